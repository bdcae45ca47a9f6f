"""What options and files may say: times, files in YAML or JSON, and the facts that issues and replies share."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from shared.events import Category, Environment, Impact, Workaround
from shared.policy.source import Source, Unreadable
from upheld.errors import Misused

_AGO = re.compile(r"(\d{1,6})([smhd])", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII | re.IGNORECASE)
"""A date, and a zone that may follow it: read as a time, the offset would be the hour."""
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def when(value: str) -> str:
    """An option's time, as RFC 3339: a time with its zone, `now`, or how long ago (20m, 2h, 3d)."""
    if value == "now":
        return datetime.now(UTC).isoformat()
    try:
        if ago := _AGO.fullmatch(value):
            return (datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})).isoformat()
        if day := _DAY.fullmatch(value):
            at = datetime.fromisoformat(f"{day[1]}T00:00:00{day[2] or ''}")
        else:
            at = datetime.fromisoformat(value)
        if at.tzinfo is not None and day is None:
            return at.astimezone(UTC).isoformat()
    except OverflowError:
        raise typer.BadParameter(f"{value!r} lies outside the years 1 to 9999 in UTC.") from None
    except ValueError:
        raise typer.BadParameter(
            f"{value!r} is no time: write 2026-11-24T08:30:00Z, `now`, or how long ago, such as 20m, 2h or 3d."
        ) from None
    text = at.isoformat()
    if at.tzinfo is not None:
        raise typer.BadParameter(f"{value!r} is a date: write a time too, such as {text}.")
    what = "has no time zone" if day is None else "is a date"
    raise typer.BadParameter(f"{value!r} {what}: write {text}Z if it is UTC, or {text}+01:00.")


MOST_OF_A_NAME = 200
"""Characters that a name may have in an event."""


def words(value: str) -> str:
    """An option's or argument's words: some."""
    if not value.strip():
        raise typer.BadParameter("must not be empty.")
    return value


def a_name(value: str) -> str:
    """An option's or argument's name or id, as events can hold it."""
    if len(value) > MOST_OF_A_NAME:
        raise typer.BadParameter(f"has {len(value)} characters, more than {MOST_OF_A_NAME}.")
    return words(value)


NO_ZONE = "{!r} is no time zone: write an IANA name, such as Europe/Berlin"


def is_zone(value: str) -> bool:
    """Whether it is the IANA name of a time zone."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


def zone(value: str) -> str:
    """An option's time zone."""
    if not is_zone(value):
        raise typer.BadParameter(NO_ZONE.format(value) + ".")
    return value


When = Annotated[str | None, typer.Option(parser=when, metavar="TIME")]

ServiceOption = Annotated[
    list[str] | None, typer.Option("--service", metavar="KEY", help="A service that is affected; again for each.")
]
ExampleOption = Annotated[
    list[str] | None, typer.Option("--example", metavar="ID", help="A transaction id; again for each, at most 50.")
]
EnvironmentOption = Annotated[Environment | None, typer.Option(help="Where it happens; unknown: you do not know.")]
ImpactOption = Annotated[Impact | None, typer.Option(help="How bad it is.")]
WorkaroundOption = Annotated[Workaround | None, typer.Option(help="Whether there is a way around it.")]
CategoryOption = Annotated[Category | None, typer.Option(help="What it is about.")]
OngoingOption = Annotated[bool | None, typer.Option("--ongoing/--over", help="Whether it goes on.")]
EndedOption = Annotated[
    str | None, typer.Option(parser=when, metavar="TIME", help="When it ended: a time with its zone, or such as 20m.")
]
IfMatchOption = Annotated[
    int | None,
    typer.Option(
        "--if-match",
        min=0,
        metavar="SEQUENCE",
        help="Only if the ticket is as `ticket show` "
        "said: the sequence of the service that decides. Default: as it is now.",
    ),
]


def read_text(path: str) -> str:
    """A file's text; `-` is stdin. Raises Misused."""
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return raw.decode("utf-8")
    except OSError as error:
        raise Misused(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise Misused(f"{path} is not UTF-8 text.") from None


def read_mapping(path: str) -> dict[str, Any]:
    """A YAML or JSON file that holds one mapping, with no key written twice. Raises Misused."""
    text = read_text(path)
    try:
        data = json.loads(text, object_pairs_hook=_once) if path.endswith(".json") else Source(text).data
    except Unreadable as error:
        raise Misused(f"{path} {error.fault.message} (line {error.fault.line}).") from None
    except (ValueError, RecursionError) as error:
        raise Misused(f"{path} is not JSON that can be read: {' '.join(str(error).split())}.") from None
    if not isinstance(data, dict):
        raise Misused(f"{path} must hold one mapping of field names to values.")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key written twice JSON's reader would silently take the last."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise ValueError(f"{name!r} is written {times} times")
    return dict(pairs)


def said(**facts: Any) -> dict[str, Any]:
    """Only what was said: an option that was not given is no fact."""
    return {
        name: list(value) if isinstance(value, tuple | list) else value
        for name, value in facts.items()
        if value is not None and value != []
    }
