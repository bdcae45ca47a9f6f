"""Working time: windows of a zone's week, less holidays and holds, across changes of offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.status_monitor.domain.calendars import ALWAYS, Calendar, merged, reach, spent, within, without
from services.status_monitor.domain.terms import terms_of
from shared.policy.holidays import fault
from shared.policy.hours import week_of
from tests.support.status import THE_POLICY, target

HOUR = timedelta(hours=1)
OFFICE = Calendar("Europe/Berlin", week_of({"mon-thu": ["08:00-12:00", "13:00-17:00"], "fri": ["08:00-14:00"]}))


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_office_hours_leave_out_lunch_nights_and_the_weekend() -> None:
    windows = list(islice(OFFICE.windows(utc(5, 10)), 4))  # a Thursday, 11:00 in Berlin

    assert windows == [
        (utc(5, 10), utc(5, 11)),
        (utc(5, 12), utc(5, 16)),
        (utc(6, 7), utc(6, 13)),
        (utc(9, 7), utc(9, 11)),
    ]


def test_a_target_used_up_at_a_windows_end_is_due_at_that_end() -> None:
    assert reach(OFFICE.windows(utc(5, 10)), 5 * HOUR) == utc(5, 16)
    assert reach(OFFICE.windows(utc(5, 10)), 5 * HOUR + timedelta(seconds=1)) == utc(6, 7) + timedelta(seconds=1)


def test_a_hold_across_closed_hours_counts_its_working_time_only() -> None:
    holds = merged([(utc(2, 15), utc(3, 8))])  # Monday 16:00 to Tuesday 9:00 in Berlin

    assert within(OFFICE.windows(utc(2, 8)), holds, utc(3, 10)) == 2 * HOUR
    assert spent(without(OFFICE.windows(utc(2, 8)), holds), utc(3, 10)) == 8 * HOUR


def test_the_day_on_which_clocks_go_forward_is_an_hour_shorter() -> None:
    nights = Calendar("Europe/Berlin", week_of({"sat-sun": ["00:00-24:00"]}))

    assert spent(nights.windows(utc(28, 0)), utc(31, 0)) == 46 * HOUR + HOUR - HOUR


def test_an_edge_inside_a_spring_gap_is_the_gaps_end() -> None:
    early = Calendar("Europe/Berlin", week_of({"sun": ["02:30-04:00"]}))

    assert next(iter(early.windows(utc(29, 0)))) == (utc(29, 1), utc(29, 2))


def test_in_an_autumn_overlap_a_window_opens_at_the_first_and_closes_at_the_second_occurrence() -> None:
    overlap = Calendar("Europe/Berlin", week_of({"sun": ["02:15-02:45"]}))

    assert next(iter(overlap.windows(utc(25, 0, 0, 10)))) == (utc(25, 0, 15, 10), utc(25, 1, 45, 10))


def test_a_day_that_ends_in_an_autumn_overlap_ends_at_the_first_midnight_and_the_next_begins_there() -> None:
    """In the Azores 01:00 becomes 00:00: the night of 25 October has two midnights."""
    night = Calendar("Atlantic/Azores", week_of({"sat": ["20:00-24:00"], "sun": ["00:00-02:00"]}))

    assert list(islice(night.windows(utc(24, 12, 0, 10)), 2)) == [
        (utc(24, 20, 0, 10), utc(25, 0, 0, 10)),
        (utc(25, 0, 0, 10), utc(25, 3, 0, 10)),
    ]


def test_a_holiday_takes_the_windows_of_its_own_date() -> None:
    calendar = Calendar("Europe/Berlin", OFFICE.week, frozenset({date(2026, 3, 6)}))

    assert reach(calendar.windows(utc(5, 15)), 2 * HOUR) == utc(9, 8)


def test_a_country_or_subdivision_that_is_not_known_is_refused_with_what_would_be_right() -> None:
    told, without = fault("DE", "XX"), fault("LI", "BY")

    assert {fault("DE", "BY"), fault("DE", None), fault(None, None)} == {None}
    assert told is not None
    assert told.startswith("DE has no 'XX': one of BB, BE, BW, BY, ")
    assert without == "LI has no 'BY': one of none"
    assert fault(None, "BY") == "has a subdivision but no country: name the country"
    assert fault("XX", None) == ("'XX' is no country whose holidays are known: write an ISO 3166-1 code, such as DE")


def test_a_calendar_of_a_country_has_its_holidays_but_for_those_that_the_policy_drops() -> None:
    """3 April 2026 is Good Friday."""
    friday = date(2026, 4, 3)
    german = Calendar("UTC", OFFICE.week, country="DE")
    dropping = Calendar("UTC", OFFICE.week, country="DE", worked=frozenset({friday}))
    adding = Calendar("UTC", OFFICE.week, frozenset({date(2026, 4, 2)}))

    assert (german.is_closed(friday), dropping.is_closed(friday)) == (True, False)
    assert (adding.is_closed(date(2026, 4, 2)), adding.is_closed(friday)) == (True, False)
    assert reach(german.windows(utc(2, 15, 0, 4)), 3 * HOUR) == utc(7, 9, 0, 4)


def test_a_calendar_without_hours_is_never_used_up() -> None:
    assert reach(Calendar("UTC", week_of({"mon": []})).windows(utc(2, 0)), HOUR) is None


def test_holds_that_overlap_or_touch_are_one_and_one_without_length_is_none() -> None:
    assert merged(
        [
            (utc(2, 4), utc(2, 6)),
            (utc(2, 1), utc(2, 2)),
            (utc(2, 2), utc(2, 3)),
            (utc(2, 5), None),
            (utc(2, 0), utc(2, 0)),
        ]
    ) == [(utc(2, 1), utc(2, 3)), (utc(2, 4), None)]


@pytest.mark.parametrize(
    ("hold", "due"),
    [((utc(2, 1), utc(2, 2)), utc(2, 5)), ((utc(2, 4), utc(2, 6)), utc(2, 4)), ((utc(2, 1), None), None)],
)
def test_a_hold_moves_what_it_comes_before(hold: tuple[datetime, datetime | None], due: datetime | None) -> None:
    assert reach(without(ALWAYS.windows(utc(2, 0)), [hold]), 4 * HOUR) == due


def test_the_policys_calendars_are_read() -> None:
    terms = terms_of(THE_POLICY, "gold")

    assert terms.calendar(target(60, "office")) == OFFICE
    assert terms.calendar(target(60)) == ALWAYS


def test_a_providers_ticket_is_paused_only_by_what_every_plan_pauses_for() -> None:
    terms = terms_of(THE_POLICY, None)

    assert terms.pauses == {}
    assert terms.response_met_by == "person"


@given(start=st.integers(0, 10_000), target=st.integers(1, 5_000))
def test_what_is_due_has_used_up_its_target(start: int, target: int) -> None:
    begin = utc(2, 0) + timedelta(minutes=start)

    due = reach(OFFICE.windows(begin), timedelta(minutes=target))

    assert due is not None
    assert spent(OFFICE.windows(begin), due) == timedelta(minutes=target)
