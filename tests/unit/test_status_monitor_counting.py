"""Verdicts counted by month, account, priority and clock; and the detection gap by month."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.status_monitor.domain.attainment import Result, Verdict
from services.status_monitor.domain.counting import (
    GROUPS,
    Counts,
    Group,
    Table,
    Wanted,
    count,
    merged,
    ordered,
    share,
    total,
)
from services.status_monitor.domain.facts import CLOCKS
from services.status_monitor.domain.gaps import Spread, found_of, months_of
from shared.events import Detection
from shared.spreadsheet import as_csv

NOW = datetime(2026, 4, 10, tzinfo=UTC)
MARCH, APRIL = datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def counted(verdicts: Sequence[Verdict], by: tuple[Group, ...] = (), **wanted: Any) -> Table:
    table: Table = {}
    count(table, verdicts, "acme", "P2", Wanted(by, **wanted), NOW)
    return table


def met(at: datetime, clock: str = "update", priority: str | None = "P1") -> Verdict:
    return Verdict(clock, priority, "met", "met", at)


def late(at: datetime, net: Result | None = "breached", clock: str = "update") -> Verdict:
    return Verdict(clock, "P1", "breached", net, at)


OPEN = Verdict("update", "P1", "open", "open", None)


def test_a_verdict_counts_in_the_month_in_which_it_fell_in_utc_and_what_is_open_in_the_present_one() -> None:
    berlin = datetime.fromisoformat("2026-04-01T01:30:00+02:00")

    found = counted([met(MARCH), met(berlin), late(APRIL), OPEN], ("month",))

    assert ordered(found) == [
        (("2026-03",), Counts(met=2, net_met=2)),
        (("2026-04",), Counts(breached=1, open=1, net_breached=1, net_open=1)),
    ]


def test_a_time_is_half_open() -> None:
    verdicts = [met(MARCH), met(APRIL), OPEN]

    assert counted(verdicts, begin=APRIL)[()] == Counts(met=1, open=1, net_met=1, net_open=1)
    assert counted(verdicts, end=APRIL)[()] == Counts(met=1, net_met=1)
    assert counted(verdicts, end=NOW)[()] == Counts(met=2, net_met=2)


def test_only_what_is_wanted_is_counted_and_a_priority_not_recorded_is_the_ticket_s() -> None:
    verdicts = [met(MARCH), met(MARCH, "first_response"), met(MARCH, priority=None)]

    assert counted(verdicts, clock="first_response")[()].met == 1
    assert counted(verdicts, priority="P2")[()].met == 1
    assert [key for key, _ in ordered(counted(verdicts, ("priority", "account")))] == [("P1", "acme"), ("P2", "acme")]


def test_net_of_exclusions_a_breach_is_met_open_or_gone() -> None:
    found = counted([late(MARCH), late(MARCH, "met"), late(MARCH, "open"), late(MARCH, None)])[()]

    assert found == Counts(breached=4, net_met=1, net_breached=1, net_open=1)
    assert (found.percent, found.net_percent) == (0.0, 50.0)


@pytest.mark.parametrize(
    ("kept", "broken", "percent"),
    [(0, 0, None), (1, 0, 100.0), (0, 1, 0.0), (2, 1, 66.66), (99_999, 1, 99.99), (1, 99_999, 0.0)],
)
def test_a_percentage_is_of_something_and_100_is_all_of_it(kept: int, broken: int, percent: float | None) -> None:
    assert share(kept, broken) == percent


verdicts_ = st.builds(
    Verdict,
    st.sampled_from(CLOCKS),
    st.sampled_from(["P1", "P2", None]),
    st.sampled_from(get_args(Result)),
    st.sampled_from([*get_args(Result), None]),
    st.none() | st.datetimes(datetime(2025, 11, 1), datetime(2026, 4, 9), timezones=st.just(UTC)),  # noqa: DTZ001
)
tickets = st.lists(st.tuples(st.sampled_from(["acme", "birch", None]), st.lists(verdicts_, max_size=8)), max_size=8)


@given(tickets=tickets, by=st.sampled_from([p for n in range(5) for p in permutations(GROUPS, n)]), cut=st.integers(0))
def test_any_grouping_and_any_pages_add_up_to_the_same(
    tickets: list[tuple[str | None, list[Verdict]]], by: tuple[Group, ...], cut: int
) -> None:
    def table_of(of: Sequence[tuple[str | None, list[Verdict]]], wanted: Wanted) -> Table:
        table: Table = {}
        for account, verdicts in of:
            count(table, verdicts, account, "P3", wanted, NOW)
        return table

    whole, grouped = table_of(tickets, Wanted(())), table_of(tickets, Wanted(by))
    place = cut % (len(tickets) + 1)
    pages = [ordered(table_of(part, Wanted(by))) for part in (tickets[:place], tickets[place:])]

    assert total(grouped) == total(whole) == whole.get((), Counts())
    assert merged(pages) == grouped
    assert sum(total(whole)[:3]) == sum(len(verdicts) for _, verdicts in tickets)
    assert Counts.of(total(grouped).shown()) == total(whole)


def test_a_cell_that_a_spreadsheet_would_calculate_is_marked_as_text_and_numbers_are_numbers() -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "plain", 'a "quoted", one', "1=1"]

    made = as_csv(["text", "number"], [[text, -1.5] for text in texts] + [[None, None]])

    rows = list(csv.reader(io.StringIO(made, newline="")))
    assert [row[0] for row in rows[1:-1]] == [
        "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", "'\n=1", "plain", 'a "quoted", one', "1=1"
    ]  # fmt: skip
    assert {row[1] for row in rows[1:-1]} == {"-1.5"}
    assert rows[-1] == ["", ""]
    assert made.startswith("text,number\r\n")


def test_gaps_are_counted_by_month_with_median_and_longest() -> None:
    opened = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def incident(day: int, customer: int | None, notice: int | None) -> Any:
        """Seen on the page at nine, opened 10 s later; a customer knew so many seconds before."""
        seen = opened + timedelta(days=day)
        detection = Detection(origin="page", source="status.test", incident_id="i", observed_at=seen)
        first = (seen - timedelta(seconds=customer), "UP-1") if customer is not None else None
        told = seen + timedelta(seconds=notice) if notice is not None else None
        return found_of(f"UP-{day}", seen + timedelta(seconds=10), seen, detection, first, told)

    march, april = months_of([incident(40, None, None), incident(0, 60, 30), incident(1, -20, 12), incident(2, 120, 5)])

    assert (march.month, march.incidents, march.customers_first) == ("2026-03", 3, 2)
    assert march.gap == Spread(3, 60.0, 120.0)
    assert march.opening == Spread(3, 10.0, 10.0)
    assert march.notice == Spread(3, 90.0, 125.0)  # from the first sign: 60 + 30, 12, 120 + 5
    assert (april.month, april.incidents, april.gap) == ("2026-04", 1, Spread(0, None, None))
