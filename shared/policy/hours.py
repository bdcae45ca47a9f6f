"""The hours that a calendar of a policy holds: half-open windows in UTC, in rising order.

- Windows are written in local time and expanded date by date, so a change of offset inside one is counted as it passed.
- An edge inside a spring gap is the gap's end; in an autumn overlap a window opens at the first occurrence and closes
  at the second; 24:00 is where the date ends. Windows never overlap: what two would share is counted once.
- A holiday takes the windows of its own date: those of the country (and subdivision) and those that the policy adds,
  without those that it drops.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.policy import form
from shared.policy.holidays import of_year
from shared.policy.values import DAYS, days_of

Window = tuple[datetime, datetime | None]
DAY = 24 * 60
HORIZON = timedelta(days=3660)
"""Nothing is due later than this: a calendar without windows must not be searched for ever."""


@dataclass(frozen=True)
class Calendar:
    """`week` holds, for each weekday from Monday, the local (opening, closing) minutes of the day; none is always."""

    zone: str = "UTC"
    week: tuple[tuple[tuple[int, int], ...], ...] | None = None
    closed: frozenset[date] = frozenset()
    country: str | None = None
    subdivision: str | None = None
    worked: frozenset[date] = frozenset()
    """Holidays of the country that are none here."""
    _known: dict[date, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict, compare=False, repr=False)

    def windows(self, start: datetime) -> Iterator[Window]:
        """The windows from `start` on, the first one cut at it."""
        if self.week is None:
            yield start, None
            return
        day = start.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        last = day + HORIZON
        at = start
        while day < last:
            known = self._known.get(day)
            if known is None:
                known = self._known[day] = tuple(self._on(day))
            for begin, end in known:
                if end > at:
                    yield max(begin, at), end
                    at = end
            day += timedelta(days=1)

    def _on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The windows of a date."""
        if self.week is None or self.is_closed(day):
            return
        zone = ZoneInfo(self.zone)
        for opens, closes in self.week[day.weekday()]:
            begin, end = _instant(day, opens, zone, 0), _instant(day, closes, zone, 1 if closes < DAY else 0)
            if end > begin:
                yield begin, end

    def is_closed(self, day: date) -> bool:
        """Whether it is a holiday here."""
        if day in self.closed:
            return True
        if self.country is None or day in self.worked:
            return False
        return day in of_year(self.country, self.subdivision, day.year)


ALWAYS = Calendar()


def _instant(day: date, minutes: int, zone: ZoneInfo, fold: int) -> datetime:
    local = datetime.combine(day + timedelta(days=minutes // DAY), time(minutes % DAY // 60, minutes % 60))
    first, second = (local.replace(tzinfo=zone, fold=f).astimezone(UTC) for f in (0, 1))
    if second < first:
        # In a gap: the two readings lie on both sides of the change, which is where the gap ends.
        return _change(second, first, zone)
    return second if fold else first


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def minutes_of(text: str) -> int:
    """`"08:30"` as minutes of the day; `"24:00"` is its end."""
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def week_of(named: Mapping[str, Sequence[str]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """`{"mon-thu": ["08:00-12:00"], "fri": [...]}` as windows for each weekday."""
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for key, spans in named.items():
        for day in days_of(key):
            for span in spans:
                opens, closes = span.split("-")
                week[DAYS.index(day)].append((minutes_of(opens), minutes_of(closes)))
    return tuple(tuple(sorted(spans)) for spans in week)


def calendar_of(written: form.Calendar) -> Calendar:
    """A calendar as the policy writes it, as windows."""
    if written.always:
        return ALWAYS
    holidays = written.holidays or form.Holidays()
    return Calendar(
        zone=written.zone or "UTC",
        week=week_of(written.week),
        closed=frozenset(holidays.add),
        country=holidays.country,
        subdivision=holidays.subdivision,
        worked=frozenset(holidays.drop),
    )
