"""Laws of working time, for any calendar: against a walk minute by minute, and of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.status_monitor.domain.calendars import ALWAYS, Changed, due_at, merged, reach, spent, within, without
from shared.policy.hours import Calendar
from tests.support import oracle
from tests.support.oracle import MINUTE

DAYS = 5
CHANGES = {
    "Europe/Berlin": (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 3, 6, 12, tzinfo=UTC), datetime(2026, 10, 30, 12, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 10, 2, 12, tzinfo=UTC), datetime(2026, 4, 3, 12, tzinfo=UTC)),
    "America/Sao_Paulo": (datetime(2018, 11, 2, 12, tzinfo=UTC), datetime(2018, 2, 16, 12, tzinfo=UTC)),
    "America/Havana": (datetime(2026, 3, 6, 12, tzinfo=UTC), datetime(2026, 10, 30, 12, tzinfo=UTC)),
    "Africa/Casablanca": (datetime(2026, 3, 20, 12, tzinfo=UTC), datetime(2026, 2, 13, 12, tzinfo=UTC)),
    "Pacific/Apia": (datetime(2011, 12, 28, 12, tzinfo=UTC), datetime(2012, 3, 30, 12, tzinfo=UTC)),
    "Pacific/Chatham": (datetime(2026, 9, 25, 12, tzinfo=UTC), datetime(2026, 4, 3, 12, tzinfo=UTC)),
    "Asia/Kolkata": (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)),
}
"""Five days around a change to summer time and one back; the last zone has none, Apia's first skips a whole date."""
STARTS = [(zone, start) for zone, starts in CHANGES.items() for start in starts]

edges = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(sorted)
days = edges.map(lambda edges: tuple(zip(edges[::2], edges[1::2], strict=False)))
weeks = st.lists(days, min_size=7, max_size=7).map(tuple)
minutes = st.integers(0, DAYS * 1440)
gaps = st.lists(st.tuples(minutes, st.integers(0, 900)), max_size=3)


def walked(zone: str, start: datetime, week: Sequence[Sequence[tuple[int, int]]], closed: Sequence[date]) -> list[bool]:
    return oracle.open_minutes(zone, dict(enumerate(week)), start, DAYS, closed)


@pytest.mark.parametrize(("zone", "start"), STARTS)
@settings(max_examples=12, deadline=None)
@given(week=weeks, holiday=st.integers(0, DAYS), begin=minutes, until=minutes, held=gaps)
def test_working_time_is_what_a_walk_minute_by_minute_counts(
    zone: str, start: datetime, week: Any, holiday: int, begin: int, until: int, held: list[tuple[int, int]]
) -> None:
    closed = [(start + timedelta(days=holiday)).date()]
    calendar = Calendar(zone, week, frozenset(closed))
    holds = merged((start + at * MINUTE, start + (at + length) * MINUTE) for at, length in held)
    is_held = [any(at <= minute < at + length for at, length in held) for minute in range(DAYS * 1440)]
    opened = walked(zone, start, week, closed)[begin:until]

    windows = calendar.windows(start + begin * MINUTE)
    elapsed = spent(without(windows, holds), start + until * MINUTE)
    paused = within(calendar.windows(start + begin * MINUTE), holds, start + until * MINUTE)

    flags = list(zip(opened, is_held[begin:until], strict=True))
    assert elapsed == MINUTE * sum(is_open and not hold for is_open, hold in flags)
    assert paused == MINUTE * sum(is_open and hold for is_open, hold in flags)


@pytest.mark.parametrize(("zone", "start"), STARTS)
@settings(max_examples=12, deadline=None)
@given(week=weeks, begin=minutes, amount=st.integers(1, 2000))
def test_a_target_is_used_up_where_a_walk_uses_it_up(
    zone: str, start: datetime, week: Any, begin: int, amount: int
) -> None:
    opened = walked(zone, start, week, ())

    due = reach(Calendar(zone, week).windows(start + begin * MINUTE), amount * MINUTE)

    used, minute = 0, begin
    while used < amount and minute < len(opened):
        used, minute = used + opened[minute], minute + 1
    if used == amount:
        assert due == start + minute * MINUTE
    else:
        assert due is None or due > start + minute * MINUTE


calendars = st.builds(
    Calendar, st.sampled_from(sorted(CHANGES)), weeks, st.frozensets(st.dates(date(2026, 1, 1), date(2027, 1, 1)))
)
instants = st.timedeltas(timedelta(0), timedelta(days=427)).map(lambda ago: datetime(2025, 12, 1, tzinfo=UTC) + ago)
spans = st.timedeltas(timedelta(seconds=1), timedelta(hours=200))


def holds_of(start: datetime, held: list[tuple[int, int]]) -> list[Any]:
    return merged((start + at * MINUTE, start + (at + length) * MINUTE) for at, length in held)


@given(calendar=calendars, start=instants, first=spans, second=spans, held=gaps)
def test_working_time_is_additive(
    calendar: Calendar, start: datetime, first: timedelta, second: timedelta, held: list[tuple[int, int]]
) -> None:
    holds = holds_of(start, held)
    middle, end = start + first, start + first + second

    def counted(begin: datetime, until: datetime) -> timedelta:
        return spent(without(calendar.windows(begin), holds), until)

    assert counted(start, middle) + counted(middle, end) == counted(start, end)


@given(calendar=calendars, start=instants, amount=spans, held=gaps)
def test_what_is_added_has_elapsed(
    calendar: Calendar, start: datetime, amount: timedelta, held: list[tuple[int, int]]
) -> None:
    holds = holds_of(start, held)

    due = due_at(calendar, start, holds, amount)

    assert due is not None
    assert spent(without(calendar.windows(start), holds), due) == amount


@given(start=instants, amount=spans)
def test_round_the_clock_is_plain_difference(start: datetime, amount: timedelta) -> None:
    assert reach(ALWAYS.windows(start), amount) == start + amount
    assert spent(ALWAYS.windows(start), start + amount) == amount
    assert spent(Calendar("UTC", (((0, 1440),),) * 7).windows(start), start + amount) == amount


@given(calendar=calendars, start=instants, less=spans, more=spans)
def test_more_time_never_counts_less(calendar: Calendar, start: datetime, less: timedelta, more: timedelta) -> None:
    def due(begin: datetime, amount: timedelta) -> datetime:
        found = reach(calendar.windows(begin), amount)
        assert found is not None
        return found

    assert spent(calendar.windows(start), start + less) <= spent(calendar.windows(start), start + less + more)
    assert due(start, less) <= due(start, less + more)
    assert due(start, more) <= due(start + less, more)


@given(before=calendars, after=calendars, start=instants, since=spans, until=spans)
def test_a_calendar_that_is_replaced_counts_until_then_and_the_new_one_from_then(
    before: Calendar, after: Calendar, start: datetime, since: timedelta, until: timedelta
) -> None:
    change, end = start + since, start + until

    elapsed = spent(Changed(before, change, after).windows(start), end)

    expected = spent(before.windows(start), min(change, end))
    assert elapsed == expected + (spent(after.windows(change), end) if end > change else timedelta(0))
