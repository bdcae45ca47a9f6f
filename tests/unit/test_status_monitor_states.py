"""status-monitor's state graph and table of statuses: what each event does, and what the customer is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.events import Clock, Exclusion, Missing, StatusChanged
from tests.support.status import (
    Case,
    assigned,
    at,
    begun,
    opened,
    replied,
    seen,
    target,
)

WANTED = (Missing(fact="environment", could_be="P1", asked=True),)

WEEK = 7 * 24 * 60


def line(said: list[StatusChanged]) -> list[tuple[Any, ...]]:
    return [(item.state_from, item.state_to, item.status, item.audience, item.cause) for item in said]


def test_initial_waits_for_the_priority() -> None:
    case = Case()

    assert case.event(0, opened()) == []
    said = case.event(0.01, assigned("P1"))

    assert line(said) == [(None, "open", "Initial", "public", "opened")]
    assert said[0].ticket.priority == "P1"
    assert said[0].ticket.clause == "B.3.P1"
    assert case.outs[0].sequence == 1


def test_initial_goes_out_five_seconds_after_the_opening_when_triage_is_silent() -> None:
    case = Case()
    case.event(0, opened())

    assert case.next == (None, at(5 / 60))
    assert case.sweep(5 / 60) == []
    said = case.sweep(5.001 / 60)

    assert line(said) == [(None, "open", "Initial", "public", "opened")]
    assert said[0].ticket.priority is None
    assert said[0].ticket.policy is not None
    assert said[0].ticket.policy.id == "test"


def test_initial_waits_for_what_lies_in_the_log() -> None:
    case = Case()
    case.event(0, opened())

    assert case.sweep(10, upto=0) == []


def test_a_priority_that_comes_after_initial_is_informational() -> None:
    case = Case()
    case.event(0, opened())
    case.sweep(1)

    said = case.event(2, assigned("P2"))

    assert line(said) == [("open", "open", "Informational", "public", "priority")]
    assert said[0].message == "The priority is P2 now. An outage."


@pytest.mark.parametrize("early", ["agent", "reply", "page"])
def test_what_comes_before_initial_makes_it_first(early: str) -> None:
    case = Case()
    case.event(0, opened())

    if early == "agent":
        said = case.act(0.01, message="We look into it.")
    elif early == "reply":
        said = case.event(0.01, replied(0.01))
    else:
        said = case.event(0.01, seen(0, "in progress"))

    assert said[0].status == "Initial"
    assert [out.sequence for out in case.outs] == list(range(1, len(said) + 1))


def test_facts_wanted_are_asked_for_after_initial_and_say_what_they_could_give() -> None:
    case = Case()
    case.event(0, opened())

    said = case.event(0.01, assigned("P3", missing=WANTED))

    assert line(said) == [
        (None, "open", "Initial", "public", "opened"),
        ("open", "awaiting customer", "Action Required", "public", "facts wanted"),
    ]
    assert said[1].message == (
        "To decide the priority we need to know:\n"
        "- environment: In which environment does it happen: production, staging or development?"
        " The answer could make it P1.\n"
        "Until then it is handled as P3."
    )


def test_a_provider_ticket_is_never_asked() -> None:
    case = Case()
    case.event(0, opened(initiator="provider", reporter=None))

    said = case.event(0.01, assigned("P3", missing=WANTED))

    assert [item.status for item in said] == ["Initial"]
    assert said[0].recipients_rule is not None
    assert said[0].recipients_rule.services == ("sms",)


def test_the_customers_reply_ends_the_wait_silently() -> None:
    case = begun("P3")
    case.event(1, assigned("P3", assessment=2, missing=WANTED))

    said = case.event(5, replied(4))

    assert line(said) == [("awaiting customer", "in progress", None, "public", "reply")]


def test_a_reply_written_before_the_question_does_not_answer_it() -> None:
    case = begun()
    case.act(5, ask=True, message="Which numbers?")

    assert case.event(6, replied(4)) == []
    assert case.ticket.state == "awaiting customer"


def test_facts_given_before_they_were_asked_for_end_the_wait_by_the_next_assessment() -> None:
    case = begun("P3")
    case.event(5, assigned("P3", assessment=2, missing=WANTED))
    case.event(6, replied(4, environment="production"))

    said = case.event(7, assigned("P1", assessment=3))

    assert line(said) == [
        ("awaiting customer", "awaiting customer", "Informational", "public", "priority"),
        ("awaiting customer", "in progress", None, "public", "facts given"),
    ]


def test_facts_that_only_the_source_gave_do_not_end_the_wait() -> None:
    case = begun("P3")
    case.event(5, assigned("P3", assessment=2, missing=WANTED))
    case.event(6, replied(6, origin="source", environment="production"))

    case.event(7, assigned("P1", assessment=3))

    assert case.ticket.state == "awaiting customer"


def test_a_reply_of_the_source_neither_ends_a_wait_nor_reopens() -> None:
    case = begun()
    case.act(5, ask=True, message="Which numbers?")

    assert case.event(6, replied(6, origin="source", services=("voice",))) == []
    assert case.ticket.services == ("voice",)
    case.act(7, state="resolved")
    assert case.event(8, replied(8, origin="source")) == []
    assert case.ticket.state == "resolved"


def test_resolved_is_reopened_by_a_reply_within_seven_days() -> None:
    case = begun()
    case.act(10, state="resolved")

    said = case.event(10 + WEEK, replied(10 + WEEK))

    assert line(said) == [("resolved", "in progress", "Update", "public", "reply")]
    assert said[0].message == "Reopened by the customer's reply."


def test_a_reply_written_before_the_resolution_does_not_reopen() -> None:
    case = begun()
    case.act(10, state="resolved")

    assert case.event(11, replied(9)) == []


def test_resolved_is_closed_after_seven_days() -> None:
    case = begun()
    case.act(10, state="resolved")

    assert case.next == (None, at(10 + WEEK))
    assert case.sweep(10 + WEEK) == []
    said = case.sweep(10 + WEEK + 0.01)

    assert line(said) == [("resolved", "closed", None, "public", "timer")]
    assert set(case.next) == {None}


def test_a_reply_after_seven_days_closes_first_and_becomes_an_issue_of_its_own() -> None:
    case = begun()
    case.act(10, state="resolved")

    said = case.event(11 + WEEK, replied(11 + WEEK, reply_id="r-9", body="Again!", environment="production"))

    assert line(said) == [("resolved", "closed", None, "public", "timer")]
    (issue,) = case.issues
    assert (issue.issue_id, issue.follows, issue.account, issue.services) == ("r-9", "UP-1", "acme", ("sms",))
    assert (issue.description, issue.environment, issue.impact) == ("Again!", "production", "unknown")


def test_a_customer_who_is_done_with_a_resolved_ticket_closes_it() -> None:
    case = begun()
    case.act(10, state="resolved")

    said = case.event(12, replied(12, close=True))

    assert line(said) == [("resolved", "closed", None, "public", "reply")]


def test_a_customer_who_is_done_with_an_open_ticket_resolves_it_on_the_way() -> None:
    case = begun()

    said = case.event(12, replied(12, close=True))

    assert line(said) == [
        ("open", "resolved", "Resolved", "public", "reply"),
        ("resolved", "closed", None, "public", "reply"),
    ]
    assert case.event(13, replied(13, close=True)) == []
    assert case.issues == []


def test_a_new_priority_is_informational_and_an_older_assessment_is_nothing() -> None:
    case = begun("P3")

    said = case.event(5, assigned("P1", assessment=3, by="Grace"))

    assert line(said) == [("open", "open", "Informational", "public", "priority")]
    assert (said[0].actor.kind, said[0].actor.name) == ("agent", "Grace")
    assert case.event(6, assigned("P2", assessment=2)) == []


def test_an_unknown_account_is_told_once_and_to_nobody_outside() -> None:
    case = Case()
    case.event(0, opened())

    said = case.event(0, assigned("P3", coverage="unknown-account"))
    again = case.event(1, assigned("P3", assessment=2, coverage="unknown-account"))

    assert line(said)[1] == ("open", "open", None, "internal", "unknown account")
    assert again == []


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
