"""The scalars of a policy file: durations, moments, days, windows of a week, warning points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, StringConstraints, WithJsonSchema

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)")
_DURATION = re.compile(r"P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def duration(value: object) -> timedelta:
    """`PT15M`, `P1DT2H`, `P2W`: longer than nothing, without months and years, whose length varies."""
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be an ISO 8601 duration in weeks to seconds, such as PT15M")
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not found:
        raise ValueError("must be longer than nothing")
    return found


def _aware(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    raise ValueError("must be a time with its zone, such as 2024-12-20T00:00:00Z")


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("must be a date, such as 2026-12-24")


def _warning(value: object) -> object:
    share = re.fullmatch(r"(\d+(?:\.\d+)?)%", value) if isinstance(value, str) else None
    if share is None:
        try:
            duration(value)
        except ValueError:
            raise ValueError('must be a share of the target such as "75%", or the time left such as PT30M') from None
    elif not 0 < float(share[1]) < 100:
        raise ValueError("must be more than 0% and less than 100%")
    return value


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("contains U+0000, which no field of an event may hold")
    return value


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone: write an IANA name, such as Europe/Berlin") from None


def days_of(key: str) -> Sequence[str]:
    """`fri` or `mon-thu` as the days it names; empty when it names none."""
    first, _, last = key.partition("-")
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1] if {first, last or first} <= {*DAYS} else ()


def _week(value: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    taken: set[str] = set()
    for key, windows in value.items():
        days = days_of(key)
        if not days or taken & {*days}:
            raise ValueError(f"{key!r}: name each day once, as mon ... sun or a span such as mon-thu")
        taken |= {*days}
        end = ""
        for window in windows:
            opens, _, closes = window.partition("-")
            if not _WINDOW.fullmatch(window) or opens >= closes or opens < end:
                raise ValueError(f"{window!r}: write windows as 08:00-12:00, in order and apart; 24:00 is an end")
            end = closes
    return value


Words = Annotated[StrictStr, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_no_nul)]
Key = Annotated[
    StrictStr, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), AfterValidator(_no_nul)
]
"""What events name: as long as a name in them may be."""
Duration = Annotated[
    timedelta,
    BeforeValidator(duration),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_DURATION.pattern}$",
            "description": "ISO 8601, in weeks to seconds, such as PT15M.",
        }
    ),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_aware),
    WithJsonSchema({"type": "string", "format": "date-time", "description": "With its zone: 2024-12-20T00:00:00Z."}),
]
Day = Annotated[date, BeforeValidator(_day)]
Warning = Annotated[
    str,
    BeforeValidator(_warning),
    WithJsonSchema(
        {"type": "string", "description": 'A share of the target used such as "75%", or the time left such as PT30M.'}
    ),
]
Zone = Annotated[StrictStr, AfterValidator(_zone), Field(description="An IANA name, such as Europe/Berlin.")]
Week = Annotated[
    dict[str, tuple[StrictStr, ...]],
    AfterValidator(_week),
    WithJsonSchema(
        {
            "type": "object",
            "description": "Local windows by day or span of days: {mon-thu: ['08:00-12:00', '13:00-17:00']}.",
            "patternProperties": {
                f"^({'|'.join(DAYS)})(-({'|'.join(DAYS)}))?$": {
                    "type": "array",
                    "items": {"type": "string", "pattern": f"^({_WINDOW.pattern})$"},
                }
            },
            "additionalProperties": False,
        }
    ),
]
