"""Tickets that were reported outside the subscription term: nothing is promised, and a person is told once."""

from __future__ import annotations

from shared.events import PriorityAssigned, StatusChanged
from tests.support.status import Case, assigned, opened, target
from tests.unit.test_status_monitor_term import term, term_events

RESPONSE = "first_response"


OUTSIDE = (
    assigned()
    .reasons[0]
    .model_copy(update={"rule": "out-of-term", "clause": "B.5", "fact": "term: 2026-03-03 to open"})
)


def outside(assessment: int = 1) -> PriorityAssigned:
    """Assessed as reported outside the term."""
    said = assigned(assessment=assessment, coverage="out-of-term", **{RESPONSE: None})
    return said.model_copy(update={"reasons": (*said.reasons, OUTSIDE)})


def internal(said: list[StatusChanged]) -> list[tuple[str, str | None]]:
    return [(event.cause, event.message) for event in said if event.audience == "internal"]


def test_a_ticket_before_the_term_begins_goes_to_a_person_once() -> None:
    case = Case()
    case.event(0, opened())

    said = case.event(1, outside())
    again = case.event(2, outside(assessment=2))

    assert internal(said) == [
        (
            "out of term",
            "Reported outside the subscription term of acme (term: 2026-03-03 to open, B.5): nothing is promised on it "
            "unless an agent has it planned anew within the term.",
        )
    ]
    assert internal(again) == []


def test_an_unknown_account_that_becomes_known_with_a_later_term_goes_to_a_person_again() -> None:
    case = Case()
    case.event(0, opened())
    unknown = assigned(coverage="unknown-account", plan=None).model_copy(
        update={"reasons": _unknown("unknown-account", "account: acme")}
    )

    assert [cause for cause, _ in internal(case.event(1, unknown))] == ["unknown account"]
    assert [cause for cause, _ in internal(case.event(2, outside(assessment=2)))] == ["out of term"]


def test_a_ticket_after_the_end_of_the_term_is_told_of_by_that_end_alone() -> None:
    case = Case()
    case.event(0, opened())
    term(case, 0, -60)

    said = case.event(1, outside()) + case.sweep(2)

    assert [cause for cause, _ in internal(said)] == ["out of term"]
    assert (internal(said)[0][1] or "").startswith("The subscription term of acme ended at 2026-03-02 08:00 UTC")


def test_an_end_that_is_learned_after_the_ticket_was_said_to_be_outside_of_the_term_is_not_told_again() -> None:
    case = Case()
    case.event(0, opened())

    said = case.event(1, outside()) + term_events(case, 2, -60) + case.sweep(3)

    assert [cause for cause, _ in internal(said)] == ["out of term"]
    assert [cause for cause, _ in term(case, 10, 1000, start=5)] == ["term renewed"]
    assert [event.cause for event in case.sweep(1001)] == ["out of term"]


def test_an_end_before_a_ticket_that_was_planned_anew_is_told_of_since_it_cancels_what_was_promised() -> None:
    case = Case()
    case.event(0, opened())
    case.event(1, outside())
    case.event(2, assigned(assessment=2, **{RESPONSE: target(60)}))

    term(case, 3, -60)

    assert [cause for cause, _ in internal(case.sweep(4))] == ["out of term"]


def test_a_renewal_resumes_nothing_on_a_ticket_that_was_reported_between_two_terms() -> None:
    case = Case()
    case.event(0, opened())
    term(case, 0, -60)
    case.event(1, outside())
    case.sweep(2)

    said = term(case, 10, 1000, start=5)
    later = case.event(11, outside(assessment=2))

    assert said == [
        (
            "term renewed",
            "The subscription term of acme, which ended at 2026-03-02 08:00 UTC, is renewed from 2026-03-02 09:05 UTC "
            "on. This ticket was reported outside the term: nothing is owed on it (B.5) unless an agent has it planned "
            "anew.",
        )
    ]
    assert internal(later) == []


def test_a_person_hears_of_a_ticket_between_two_terms_also_where_the_renewal_comes_before_the_end_was_told() -> None:
    case = Case()
    case.event(0, opened())
    term(case, 0, -60)
    case.event(1, outside())

    said = term(case, 2, 1000, start=2)

    assert [cause for cause, _ in said] == ["term renewed"]
    assert "This ticket was reported outside the term" in (said[0][1] or "")
    assert internal(case.event(3, outside(assessment=2))) == []


def test_a_renewal_that_covers_the_time_of_the_report_is_told_of_as_that_alone() -> None:
    case = Case()
    case.event(0, opened())
    term(case, 0, -60)
    case.event(1, outside())
    case.sweep(2)

    ((cause, message),) = term(case, 10, 1000, start=-60)

    assert (cause, (message or "")[-43:]) == ("term renewed", "renewed from 2026-03-02 08:00 UTC on (B.5).")


def test_whose_plan_nobody_knows_is_told_apart_from_an_unknown_account() -> None:
    case = Case()
    case.event(0, opened())
    first, second = (
        assigned(assessment=place, coverage="unknown-account", plan=None).model_copy(update={"reasons": reasons})
        for place, reasons in (
            (1, _unknown("unknown-account", "account: acme")),
            (2, _unknown("unknown-plan", "plan: platinum")),
        )
    )

    told = [event.message for event in case.event(1, first) + case.event(2, second) if event.audience == "internal"]
    again = case.event(3, second.model_copy(update={"assessment": 3}))

    assert told == [
        "The account acme is not known: nothing is promised until it is (A).",
        "The account acme has a plan that is not known (plan: platinum): nothing is promised until it is (A).",
    ]
    assert [event for event in again if event.audience == "internal"] == []


def _unknown(rule: str, fact: str) -> tuple[object, ...]:
    reason = assigned().reasons[0]
    return (reason, reason.model_copy(update={"rule": rule, "clause": "A", "fact": fact}))
