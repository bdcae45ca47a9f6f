"""Calendars compared by the hours they hold.

More hours are better (a target on them is used up earlier), fewer are worse; hours of which each has some that the
other lacks are incomparable. Compared are five years from the earlier of two effective dates, and every year of which
one of the calendars names a day: hour by hour in local time where the zones are the same, else in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from shared.policy import form
from shared.policy.amend.verdicts import Verdict
from shared.policy.hours import Calendar, calendar_of, week_of

Span = tuple[datetime, datetime]
YEARS = 5


def compare_hours(before: form.Calendar, after: form.Calendar, first_year: int) -> tuple[Verdict, str]:
    """The verdict on `after`, and why."""
    return _compared(_Written(before.model_dump_json(), before), _Written(after.model_dump_json(), after), first_year)


@dataclass(frozen=True, slots=True)
class _Written:
    """A calendar that can be hashed: by what it says."""

    text: str
    calendar: form.Calendar = field(compare=False)


@lru_cache(maxsize=1024)
def _compared(before: _Written, after: _Written, first_year: int) -> tuple[Verdict, str]:
    if before == after:
        return "equal", "the same hours"
    old, new = before.calendar, after.calendar
    years = sorted({*range(first_year, first_year + YEARS), *_years_named(old), *_years_named(new)})
    local = old.always or new.always or old.zone == new.zone
    was, becomes = (list(_spans(calendar, years, local)) for calendar in (old, new))
    lost, gained = next(_outside(was, becomes), None), next(_outside(becomes, was), None)
    zone = (old.zone or new.zone or "UTC") if local else "UTC"
    change = f"{_described(new)} instead of {_described(old)}"
    if lost and gained:
        return (
            "incomparable",
            f"a calendar with other hours: {change}; without {_said(lost, zone)}, with {_said(gained, zone)}",
        )
    if lost:
        return "worse", f"a calendar with fewer hours: {change}; without {_said(lost, zone)}"
    if gained:
        return "better", f"a calendar with more hours: {change}; with {_said(gained, zone)}"
    return "equal", "the same hours"


def _years_named(calendar: form.Calendar) -> Iterator[int]:
    if calendar.holidays is not None:
        yield from (day.year for day in (*calendar.holidays.add, *calendar.holidays.drop))


def _spans(calendar: form.Calendar, years: Iterable[int], local: bool) -> Iterator[Span]:
    """What it holds of these years, in order: without a zone where they are local times."""
    hours = calendar_of(calendar)
    for year in years:
        begin = datetime(year, 1, 1, tzinfo=None if local else UTC)
        end = begin.replace(year=year + 1)
        yield from _merged(_local(hours, begin, end) if local else _in_utc(hours, begin, end))


def _local(hours: Calendar, begin: datetime, end: datetime) -> Iterator[Span]:
    if hours.week is None:
        yield begin, end
        return
    for place in range((end - begin).days):
        day = begin + timedelta(days=place)
        if not hours.is_closed(day.date()):
            for opens, closes in hours.week[day.weekday()]:
                yield day + timedelta(minutes=opens), day + timedelta(minutes=closes)


def _in_utc(hours: Calendar, begin: datetime, end: datetime) -> Iterator[Span]:
    for opens, closes in hours.windows(begin):
        if opens >= end:
            return
        yield opens, end if closes is None else min(closes, end)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that touch, as one."""
    held: Span | None = None
    for span in spans:
        if held is not None and span[0] <= held[1]:
            held = held[0], max(held[1], span[1])
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _outside(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """The parts of the spans that none of the others holds."""
    place = 0
    for begin, end in spans:
        at = begin
        while at < end:
            while place < len(others) and others[place][1] <= at:
                place += 1
            if place == len(others) or others[place][0] >= end:
                yield at, end
                break
            if others[place][0] > at:
                yield at, others[place][0]
            at = others[place][1]


def _described(calendar: form.Calendar) -> str:
    if calendar.always:
        return "round the clock"
    minutes = sum(closes - opens for day in week_of(calendar.week) for opens, closes in day)
    hours = f"{minutes / 60:g} h a week ({calendar.zone})"
    return f"{hours} less holidays" if calendar.holidays else hours


def _said(span: Span, zone: str) -> str:
    begin, end = span
    if end.date() == begin.date():
        upto = f"{end:%H:%M}"
    elif end - datetime.combine(begin.date(), time(), begin.tzinfo) == timedelta(days=1):
        upto = "24:00"
    else:
        upto = f"{end:%Y-%m-%d %H:%M}"
    return f"{begin:%a %Y-%m-%d %H:%M}-{upto} {zone}"
