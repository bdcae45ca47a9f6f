"""status-monitor's state graph and table of statuses: what each event does, and what the customer is sent."""

from __future__ import annotations

import pytest

from tests.support.status import (
    WANTED,
    WEEK,
    Case,
    assigned,
    at,
    begun,
    line,
    opened,
    replied,
    seen,
)


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
