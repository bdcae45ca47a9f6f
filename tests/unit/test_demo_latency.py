"""Where the time from a report to its first notification goes."""

from datetime import UTC, datetime, timedelta

from upheld.demo.latency import Passage, summary

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def passage(opened: int, assigned: int | None, initial: int, sent: int) -> Passage:
    at = [T0 + timedelta(milliseconds=ms) for ms in (opened, assigned or 0, initial, sent)]
    return Passage("UP-1001", T0, at[0], at[1] if assigned is not None else None, at[2], at[3])


def test_the_hops_add_up_to_the_whole_way() -> None:
    assert passage(10, 25, 45, 100).hops == {"intake": 10, "triage": 15, "status-monitor": 20, "notifier": 55}


def test_triage_is_not_on_the_way_of_a_page_whose_word_made_initial() -> None:
    assert passage(10, None, 45, 100).hops == {"intake": 10, "status-monitor": 35, "notifier": 55}


def test_the_summary_is_median_and_nearest_rank() -> None:
    assert summary([passage(10, 20, 30, 40), passage(10, 30, 60, 100), passage(20, 30, 40, 60)]) == {
        "p50": 60.0,
        "p99": 100.0,
        "tickets": 3,
        "hops": {"intake": 10.0, "triage": 10.0, "status-monitor": 10.0, "notifier": 20.0},
    }


def test_without_a_ticket_there_is_no_figure() -> None:
    assert summary([]) == {"p50": None, "p99": None, "tickets": 0, "hops": {}}
