"""The ledger of clocks: which entries stand for a hold, in which cycle, and up to where a hold counts."""

from __future__ import annotations

from datetime import datetime

from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Facts, Lapse, Planned
from services.status_monitor.domain.ledger import Entry, implied, pending
from services.status_monitor.domain.promised import Terms
from shared.events import Target
from tests.support.status import T0, at, target

PAUSING = Terms(pauses={"maintenance": ("update", "first_resolution"), "awaiting customer": ("total_resolution",)})


def facts(**targets: Target | None) -> Facts:
    return Facts(start=T0, plans=(Planned(at=T0, targets=dict.fromkeys(CLOCKS) | targets),))


def entries(known: Facts, clock: str) -> list[tuple[str, datetime, datetime]]:
    """Kind, cycle and time of the clock's entries."""
    found: list[Entry] = implied(Course(known, PAUSING))
    return [(entry.kind, entry.cycle, entry.at) for entry in found if entry.clock == clock]


def test_a_hold_is_written_in_the_cycle_that_it_begins_in() -> None:
    known = facts(update=target(60)).spoken(at(10), person=True, word=True).held("maintenance", "m", at(20), at(30))

    assert entries(known, "update") == [
        ("activated", T0, T0),
        ("restarted", at(10), at(10)),
        ("paused", at(10), at(20)),
        ("resumed", at(10), at(30)),
    ]


def test_a_hold_that_began_before_the_clock_is_written_at_the_begin_of_its_first_cycle() -> None:
    known = facts(update=target(60)).held("maintenance", "m", at(-20), at(30))

    assert entries(known, "update") == [("activated", T0, T0), ("paused", T0, T0), ("resumed", T0, at(30))]


def test_a_hold_over_a_word_is_one_pause_in_the_cycle_that_it_began_in() -> None:
    known = facts(update=target(60)).held("maintenance", "m", at(20), at(40)).spoken(at(30), person=True, word=True)

    assert entries(known, "update") == [
        ("activated", T0, T0),
        ("paused", T0, at(20)),
        ("restarted", at(30), at(30)),
        ("resumed", T0, at(40)),
    ]


def test_a_hold_after_the_clock_has_stopped_is_not_written() -> None:
    known = facts(first_resolution=target(60)).moved("resolved", at(40)).held("maintenance", "m", at(60), at(70))

    assert entries(known, "first_resolution") == [("activated", T0, T0), ("met", T0, at(40))]


def test_a_hold_that_the_stop_ends_is_not_resumed_and_one_after_a_reopening_is_of_the_new_cycle() -> None:
    known = facts(update=target(60)).held("maintenance", "m", at(30), at(45)).held("maintenance", "n", at(60), at(65))
    known = known.moved("resolved", at(40)).moved("reopened", at(50))

    assert entries(known, "update") == [
        ("activated", T0, T0),
        ("paused", T0, at(30)),
        ("met", T0, at(40)),
        ("restarted", at(50), at(50)),
        ("paused", at(50), at(60)),
        ("resumed", at(50), at(65)),
    ]


def test_a_hold_goes_as_far_as_the_ticket_is_open() -> None:
    known = facts(update=target(60)).held("maintenance", "m", at(20), at(50)).held("maintenance", "n", at(60), at(70))

    assert entries(known.moved("closed", at(40)), "update") == [
        ("activated", T0, T0),
        ("paused", T0, at(20)),
        ("cancelled", T0, at(40)),
    ]


def test_a_lapse_of_the_term_is_cancelled_and_resumed_and_no_hold() -> None:
    known = facts(update=target(60)).model_copy(update={"lapses": (Lapse(begin=at(20), end=at(30)),)})

    assert entries(known, "update") == [("activated", T0, T0), ("cancelled", T0, at(20)), ("resumed", T0, at(30))]


def test_the_next_entry_is_known_where_a_hold_begins_or_ends_or_the_term_does() -> None:
    known = facts(update=target(60)).held("maintenance", "m", at(20), at(30))
    ending = known.model_copy(update={"term_end": at(25)})

    assert [pending(Course(known, PAUSING), at(now)) for now in (0, 20, 30)] == [at(20), at(30), None]
    assert pending(Course(ending, PAUSING), at(20)) == at(25)
