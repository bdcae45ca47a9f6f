"""The scalars of a policy file: durations, moments, days, windows of a week, warning points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, StringConstraints, TypeAdapter, WithJsonSchema

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = timedelta(days=1096)
"""No duration of a policy is longer: what is due must stay a date, within what a calendar is searched for."""
YEARS = range(1900, 3000)
"""Of dates and times: zones, weeks and targets are counted on from them."""
_WINDOW = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)", re.ASCII)
_DURATION = re.compile(r"P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%", re.ASCII)
_NOT_PROPER = frozenset(("localtime", "posixrules", "Factory"))
"""Beside the zones of the tz database: the machine's own, and what stands for none."""
_ISO = TypeAdapter(timedelta)


def length(value: object, longest: timedelta = LONGEST) -> timedelta | None:
    """`PT15M`, `P1DT2H`, `P2W`, `PT0S`: without months and years, whose length varies. None for what is no duration.

    Raises ValueError for one that is longer than `longest`.
    """
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    try:
        found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        found = timedelta.max
    if found > longest:
        raise ValueError(f"must not be longer than {iso(longest)}")
    return found


def duration(value: object) -> timedelta:
    """A length that is more than nothing. Raises ValueError."""
    found = length(value)
    if found is None:
        raise ValueError("must be an ISO 8601 duration in weeks to seconds, such as PT15M")
    if not found:
        raise ValueError("must be longer than nothing")
    return found


def iso(length: timedelta) -> str:
    """`PT15M`, `P400D`: as a policy may say it, which knows no years."""
    days, rest = divmod(length, timedelta(days=1))
    time = str(_ISO.dump_python(rest, mode="json"))
    return f"P{days}D{time.removeprefix('P') if rest else ''}" if days else time


def in_years(at: datetime) -> datetime:
    """The time as it was given. Raises ValueError for one that lies outside YEARS in UTC."""
    try:
        known = at.astimezone(UTC).year in YEARS
    except OverflowError:
        known = False
    if not known:
        raise ValueError(f"must be in the years {YEARS[0]} to {YEARS[-1]}")
    return at


def _aware(value: object) -> object:
    if isinstance(value, str):
        try:
            # Only with a T or a space between: a date with an offset is no time.
            value = datetime.fromisoformat(value) if value[10:11] in ("T", "t", " ") else None
        except ValueError:
            value = None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return in_years(value)
    raise ValueError("must be a time with its zone, such as 2024-12-20T00:00:00Z")


def _day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{value!r} is no date: {error}") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a date, such as 2026-12-24")
    if value.year not in YEARS:
        raise ValueError(f"must be in the years {YEARS[0]} to {YEARS[-1]}")
    return value


def _warning(value: object) -> object:
    share = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if share is None:
        if not length(value):
            raise ValueError('must be a share of the target such as "75%", or the time left such as PT30M')
    elif not 0 < float(share[1]) < 100:
        raise ValueError("must be more than 0% and less than 100%")
    return value


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("contains U+0000, which no field of an event may hold")
    return value


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """All that are known here; read once, since it takes a while."""
    return frozenset(available_timezones() - _NOT_PROPER)


def _zone(value: str) -> str:
    if value not in _zones():
        raise ValueError(f"{value!r} is no time zone: write an IANA name, such as Europe/Berlin")
    return value


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
            "description": f"ISO 8601, in weeks to seconds, such as PT15M; at most {iso(LONGEST)}.",
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
