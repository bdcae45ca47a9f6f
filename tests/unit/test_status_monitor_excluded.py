"""What status-monitor says of exclusions that are accepted, amended and taken back, and what they pause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.events import Clock, Exclusion
from tests.support.status import (
    Case,
    assigned,
    at,
    begun,
    line,
    replied,
    target,
)


def test_an_exclusion_that_is_accepted_is_informational_and_a_proposed_one_is_not() -> None:
    case = begun("P1")
    proposed = Exclusion(clause="B.5.f", evidence="a carrier", state="proposed")

    assert case.event(1, assigned("P1", assessment=2, exclusions=(proposed,))) == []
    accepted_ = proposed.model_copy(update={"state": "accepted", "from_": at(0)})
    said = case.event(2, assigned("P1", assessment=3, exclusions=(accepted_,), by="Grace"))

    assert line(said) == [("open", "open", "Informational", "public", "exclusion")]
    assert said[0].message == "Excluded under B.5.f from 2026-03-02T09:00:00+00:00: a carrier"


def test_whoever_was_told_of_an_exclusion_is_told_of_another_extent_and_when_it_is_taken_back() -> None:
    case = begun("P1")
    accepted_ = Exclusion(clause="B.5.a", evidence="a log", state="accepted", by="Ann", reason="Their router")
    case.event(1, assigned("P1", assessment=2, exclusions=(accepted_,)))
    shorter = accepted_.model_copy(update={"to": at(30), "by": "Gil"})
    rejected = shorter.model_copy(update={"state": "rejected", "reason": "It was our gateway"})

    repeated = case.event(2, assigned("P1", assessment=3, exclusions=(accepted_,), missing=()))
    amended = case.event(3, assigned("P1", assessment=4, exclusions=(shorter,)))
    taken_back = case.event(4, assigned("P1", assessment=5, exclusions=(rejected,)))

    assert repeated == []
    assert line(amended) == line(taken_back) == [("open", "open", "Informational", "public", "exclusion")]
    assert (amended[0].actor.kind, amended[0].actor.name) == ("agent", "Gil")
    assert amended[0].message == (
        "Excluded under B.5.a to 2026-03-02T09:30:00+00:00 (before: throughout): Their router\nEvidence: a log"
    )
    assert taken_back[0].message == "Not excluded under B.5.a any more: It was our gateway"


def extent(begin: float, end: float | None, state: Any = "accepted", reason: str = "Their router") -> Exclusion:
    return Exclusion(
        clause="B.5.a",
        evidence="a log",
        from_=at(begin),
        to=None if end is None else at(end),
        state=state,
        by="Ann",
        reason=reason,
    )


def held(*exclusions: Exclusion) -> tuple[Case, Clock]:
    """A resolution in 60 minutes, excluded like that from minute 1 on, and how it stands at minute 90."""
    targets = {"first_resolution": target(60)}
    case = begun("P1", **targets)
    case.event(1, assigned("P1", assessment=2, decided=1, exclusions=exclusions, **targets))
    case.act(90, message="Still on it", internal=True)
    return case, case.clock("first_resolution")


def test_every_interval_that_is_accepted_under_a_clause_pauses_and_is_told_of_by_itself() -> None:
    case, clock = held(extent(10, 20), extent(30, 45))

    told = [item.message for item in case.said if item.cause == "exclusion"]
    assert told == [
        f"Excluded under B.5.a from 2026-03-02T09:{begin}:00+00:00 to 2026-03-02T09:{end}:00+00:00: Their router\n"
        "Evidence: a log"
        for begin, end in ((10, 20), (30, 45))
    ]
    assert (clock.paused, clock.due) == (timedelta(minutes=25), at(85))
    assert len({out.sequence for out in case.outs}) == len(case.outs)


def test_a_second_interval_of_a_clause_leaves_the_first_and_only_it_is_told_of() -> None:
    case, _ = held(extent(10, 20))

    said = case.event(95, assigned("P1", assessment=3, decided=95, exclusions=(extent(10, 20), extent(92, 94))))

    assert [item.message and item.message[:53] for item in said] == [
        "Excluded under B.5.a from 2026-03-02T10:32:00+00:00 t"
    ]
    facts = case.ticket.facts
    assert facts is not None
    assert [(item.begin, item.end) for item in facts.plans[-1].excluded] == [(at(10), at(20)), (at(92), at(94))]


def test_of_several_intervals_the_one_that_is_taken_back_is_named_and_the_others_go_on() -> None:
    case, _ = held(extent(10, 20), extent(30, 45))
    back = extent(10, 20, "rejected", "It was our gateway")

    said = case.event(91, assigned("P1", assessment=3, decided=91, exclusions=(back, extent(30, 45))))
    repeated = case.event(92, assigned("P1", assessment=4, decided=92, exclusions=(back, extent(30, 45))))
    last = extent(30, 45, "rejected", "Ours as well")
    then = case.event(93, assigned("P1", assessment=5, decided=93, exclusions=(back, last)))

    assert [item.message for item in said] == [
        "Not excluded under B.5.a from 2026-03-02T09:10:00+00:00 to 2026-03-02T09:20:00+00:00 any more: "
        "It was our gateway"
    ]
    assert repeated == []
    assert [item.message for item in then] == ["Not excluded under B.5.a any more: Ours as well"]


def test_an_interval_that_takes_the_place_of_others_says_which() -> None:
    case, _ = held(extent(10, 20), extent(30, 45))

    (said,) = case.event(91, assigned("P1", assessment=3, decided=91, exclusions=(extent(15, 40),)))

    assert said.message == (
        "Excluded under B.5.a from 2026-03-02T09:15:00+00:00 to 2026-03-02T09:40:00+00:00 (before: from "
        "2026-03-02T09:10:00+00:00 to 2026-03-02T09:20:00+00:00 and from 2026-03-02T09:30:00+00:00 to "
        "2026-03-02T09:45:00+00:00): Their router\nEvidence: a log"
    )


def test_what_is_taken_back_pauses_no_more_and_is_due_as_if_it_had_never_been_accepted() -> None:
    case = begun("P1", first_resolution=target(60))
    accepted_ = Exclusion(clause="B.5.a", evidence="a log", state="accepted", by="Ann", reason="Their router")
    targets = {"first_resolution": target(60)}
    case.event(10, assigned("P1", assessment=2, decided=10, exclusions=(accepted_,), **targets))
    paused = case.clock("first_resolution")

    rejected = accepted_.model_copy(update={"state": "rejected"})
    case.event(90, assigned("P1", assessment=3, decided=90, exclusions=(rejected,), **targets))
    case.sweep(91)

    assert (paused.state, paused.due) == ("paused", None)
    assert (case.clock("first_resolution").state, case.clock("first_resolution").due) == ("breached", at(60))
    assert case.entries("first_resolution").count("breached") == 1


def test_the_customer_is_told_of_what_is_excluded_after_the_ticket_was_closed_and_of_nothing_else() -> None:
    case = begun("P1", first_response=target(60))
    case.act(80, state="resolved", message="It was your router")
    case.event(90, replied(90, close=True))

    said = case.event(100, assigned("P2", assessment=2, decided=100, exclusions=(extent(0, 30),)))
    again = case.event(110, assigned("P1", assessment=3, decided=110, exclusions=(extent(0, 30),)))
    back = case.event(120, assigned("P1", assessment=4, decided=120, exclusions=(extent(0, 30, "rejected"),)))

    assert line(said) == line(back) == [("closed", "closed", "Informational", "public", "exclusion")]
    assert said[0].message == (
        "Excluded under B.5.a from 2026-03-02T09:00:00+00:00 to 2026-03-02T09:30:00+00:00: Their router\n"
        "Evidence: a log"
    )
    assert again == []
