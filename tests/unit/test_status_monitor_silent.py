"""Breaches that fell before anybody came to say so: what is accepted or assessed meanwhile does not undo them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.status_monitor.domain.attainment import verdicts_of
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.domain.verdicts import tally
from shared.events import Exclusion
from tests.support.status import Case, assigned, at, begun, target

HOUR = {"first_resolution": target(60)}


def excluded(begin: float, end: float | None = None, state: Any = "accepted") -> Exclusion:
    to = None if end is None else at(end)
    return Exclusion(clause="B.5.f", evidence="notice 4711", from_=at(begin), to=to, state=state, by="Ann")


def ruled(
    case: Case, now: float, *exclusions: Exclusion, decided: float | None = None, priority: str = "P1", **targets: Any
) -> None:
    """Another assessment, handled now."""
    assessment = case.ticket.assigned.assessment + 1 if case.ticket.assigned else 1
    event = assigned(
        priority,
        assessment=assessment,
        decided=now if decided is None else decided,
        exclusions=exclusions,
        **(targets or HOUR),
    )
    case.event(now, event, f"assessment/{assessment}")


def causes(case: Case) -> list[str]:
    return [item.cause for item in case.said if item.cause in ("breached", "corrected")]


def breaches(case: Case, now: float) -> tuple[int, int]:
    """Of the resolution: gross, net."""
    facts = case.ticket.facts
    assert facts is not None
    course = Course(facts, terms_over(facts.plans, case.known.by_sha))
    gross, net = (tally(course, "first_resolution", at(now), net=net).breaches for net in (False, True))
    return gross, net


def gross(case: Case, now: float) -> list[tuple[str, datetime | None]]:
    """What the report says of the resolution, and when that was decided."""
    facts = case.ticket.facts
    assert facts is not None
    found = verdicts_of(Course(facts, terms_over(facts.plans, case.known.by_sha)), at(now))
    return [(verdict.gross, verdict.at) for verdict in found if verdict.clock == "first_resolution"]


def test_a_breach_is_said_though_an_exclusion_was_accepted_before_the_sweep_and_counts_gross_alone() -> None:
    case = begun("P1", **HOUR)

    ruled(case, 65, excluded(0))
    said = case.sweep(70)
    case.sweep(80)
    ruled(case, 90, excluded(0), decided=90, priority="P2")

    assert [(item.cause, item.message) for item in said] == [
        ("breached", "The first resolution is breached: due 2026-03-02T10:00:00+00:00.")
    ]
    assert case.entries("first_resolution").count("breached") == 1
    assert (causes(case), breaches(case, 100), gross(case, 100)) == (["breached"], (1, 0), [("breached", at(60))])


def test_a_sweep_is_due_at_once_where_a_breach_is_left_to_be_said() -> None:
    case = begun("P1", **HOUR)

    ruled(case, 65, excluded(0))

    assert case.next[1] == at(60)


@pytest.mark.parametrize("targets", [{"first_resolution": target(600)}, {"first_resolution": None}])
def test_a_breach_is_said_though_another_assessment_promises_more_time_or_nothing(targets: dict[str, Any]) -> None:
    case = begun("P1", **HOUR)

    ruled(case, 65, priority="P3", **targets)
    case.sweep(70)
    case.sweep(700)

    assert causes(case) == ["breached"]
    assert gross(case, 701) == [("breached", at(60))]


def test_what_was_accepted_after_the_due_time_does_not_disprove_a_breach_that_was_said_later_still() -> None:
    case = begun("P1", **HOUR)
    case.sweep(70)

    ruled(case, 71, excluded(0), decided=65)

    assert (causes(case), breaches(case, 72)) == (["breached"], (1, 0))


def test_what_was_accepted_in_time_and_is_learned_late_disproves_the_breach() -> None:
    case = begun("P1", **HOUR)
    case.sweep(70)

    ruled(case, 71, excluded(0), decided=59)

    assert (causes(case), breaches(case, 72)) == (["breached", "corrected"], (0, 0))


def test_at_the_due_instant_what_pauses_comes_before_the_breach() -> None:
    case = begun("P1", **HOUR)

    ruled(case, 61, excluded(30, 90), decided=60)
    case.sweep(70)

    assert causes(case) == []
    assert case.next[1] == at(90)


def test_an_exclusion_that_is_extended_while_it_pauses_leaves_no_gap_to_be_late_in() -> None:
    case = begun("P1", **HOUR)
    ruled(case, 40, excluded(30, 90))

    ruled(case, 80, excluded(30, 150))
    case.sweep(100)

    assert (causes(case), gross(case, 100)) == ([], [("open", None)])
    case.sweep(181)
    assert (causes(case), gross(case, 181)) == (["breached"], [("breached", at(180))])


def test_an_exclusion_that_is_shortened_makes_late_what_is_late_without_the_rest() -> None:
    case = begun("P1", **HOUR)
    ruled(case, 40, excluded(30, 150))
    case.sweep(100)

    ruled(case, 120, excluded(30, 60))
    case.sweep(121)

    assert causes(case) == ["breached"]
    assert case.said[-1].message == "The first resolution is breached: due 2026-03-02T10:30:00+00:00."
    assert gross(case, 121) == [("breached", at(90))]


def test_what_stopped_before_the_sweep_is_late_without_a_word_as_ever() -> None:
    case = begun("P1", **HOUR)

    ruled(case, 65, excluded(0))
    case.act(66, state="resolved", message="Done")
    case.sweep(70)

    assert causes(case) == []
    assert gross(case, 71) == [("breached", at(60))]
