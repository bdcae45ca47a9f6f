"""Which customers' tickets belong to an incident of the provider's, and how they are linked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.status_monitor.domain import following, states
from services.status_monitor.domain.links import detected, incident_of, judge, since_of, word_of
from services.status_monitor.domain.turn import Turn
from shared.events import Fact, StatusChanged
from tests.support.links import P, follow, incident, link, reported, the_link, told, word
from tests.support.status import Case, assigned, at, opened, replied, seen

# which tickets belong to an incident


@pytest.mark.parametrize(
    ("began", "begin", "end", "certain"),
    [
        (0, 60, None, True),
        (0, 60.1, None, False),
        (0, 240, None, False),
        (0, 240.1, None, None),
        (-600, 0, None, None),
        (-30, -90, -30, True),
        (-30, -90, -31, False),
        (-30, -120, -90, False),
        (-30, -120, -91, None),
        (-30, -10_000, None, True),
    ],
    ids=[
        "an hour before the first sign",
        "more than an hour before",
        "four hours before",
        "more than four hours before",
        "long before",
        "as the incident ended",
        "after the incident's end",
        "an hour after its end",
        "more than an hour after",
        "in the middle of a long one",
    ],
)
def test_time_decides_whether_it_is_certain_likely_or_neither(
    began: float, begin: float, end: float | None, certain: bool | None
) -> None:
    found = judge(reported(began).ticket, incident(begin, end))

    assert (None if found is None else found.certain) is certain


@pytest.mark.parametrize(
    ("facts", "certain"),
    [
        ({}, True),
        ({"category": "unknown"}, True),
        ({"environment": "unknown"}, False),
        ({"environment": "staging"}, None),
        ({"environment": "development"}, None),
        ({"category": "question"}, None),
        ({"category": "billing"}, None),
        ({"services": ("voice",)}, None),
        ({"services": ("voice", "sms")}, True),
        ({"services": ()}, None),
        ({"began_at": None}, True),
        ({"began_at": at(-20), "ended_at": at(-10)}, False),
        ({"began_at": at(-20), "ended_at": at(5)}, True),
        ({"initiator": "provider", "reporter": None}, None),
    ],
    ids=str,
)
def test_facts_decide_whether_it_is_certain_likely_or_neither(facts: dict[str, Any], certain: bool | None) -> None:
    found = judge(reported(**facts).ticket, incident(-5))

    assert (None if found is None else found.certain) is certain


def test_the_reason_names_service_environment_and_both_times() -> None:
    certain = judge(reported(-3).ticket, incident(4))
    likely = judge(reported(-3, environment="unknown").ticket, incident(-60, -10))

    assert certain is not None
    assert likely is not None
    assert certain.reason == (
        "it concerns sms, in production, and began at 2026-03-02 08:57 UTC; the incident began at 2026-03-02 09:04 UTC"
    )
    assert likely.reason == (
        "it concerns sms, in an environment that was not stated, and began at 2026-03-02 08:57 UTC; "
        "the incident began at 2026-03-02 08:00 UTC and ended at 2026-03-02 08:50 UTC"
    )


def test_a_beginning_after_the_report_is_taken_as_the_report() -> None:
    assert since_of(reported(3).ticket) == at(0)


def test_an_incident_begins_with_its_first_sign_and_ends_when_it_is_resolved() -> None:
    case = Case()
    case.event(0, opened(initiator="provider", reporter=None, began_at=at(-12)))
    case.event(1, seen(1, "in progress"))
    open_ = incident_of(case.ticket)
    case.event(9, seen(9, "resolved"))
    over = incident_of(case.ticket)

    assert open_ is not None
    assert over is not None
    assert (open_.begin, open_.end, open_.services) == (at(-12), None, ("sms",))
    assert (over.begin, over.end) == (at(-12), at(9))
    assert incident_of(reported().ticket) is None


def test_words_are_what_people_pages_and_monitors_say_in_public() -> None:
    case = Case()
    case.event(0, opened(initiator="provider", reporter=None))
    case.event(1, seen(1, "in progress", "We look into it."))
    case.event(2, assigned("P2"))
    case.act(3, message="We are on it.")
    case.act(4, message="A note.", internal=True)
    case.act(5, message="By the way.", status="Informational")
    case.act(6, state="monitoring")
    case.event(7, seen(7, None, "A postmortem."))
    case.act(8, state="resolved")
    case.act(9, state="in progress")
    case.act(10, ask=True, message="Which numbers?")

    words = [word for place, event in enumerate(case.said, 1) if (word := word_of(event, place))]

    assert [(item.sequence, item.state, item.message, item.actor.name) for item in words] == [
        (2, "in progress", "We look into it.", "status.test"),
        (4, "in progress", "We are on it.", "Grace"),
        (9, "resolved", None, "Grace"),
        (11, "awaiting customer", "Which numbers?", "Grace"),
    ]


# linking


def test_what_is_certain_is_linked_and_the_customer_is_told_why() -> None:
    case = told()

    (said,) = link(case)

    assert (said.status, said.audience, said.cause) == ("Informational", "public", "linked")
    assert said.message == (
        "This ticket is linked to UP-7, our own ticket on an incident: it concerns sms, in production, and began at "
        "2026-03-02 09:00 UTC; the incident began at 2026-03-02 09:00 UTC. What we say there counts here."
    )
    assert said.link is not None
    assert (said.link.ticket_id, said.link.number, said.link.sequence) == (P, "UP-7", None)
    assert (the_link(case).state, the_link(case).by) == ("linked", "rules")
    assert link(case, 2) == []


def test_what_is_likely_is_proposed_to_the_support_alone() -> None:
    case = reported(environment="unknown")
    case.event(0, assigned())

    (said,) = link(case)

    assert (said.status, said.audience, said.cause) == (None, "internal", "link proposed")
    assert follow(case, 3, word(2, 2)) == []
    assert link(case, 4) == []


def test_a_proposal_becomes_a_link_when_a_fact_makes_it_certain() -> None:
    case = reported(environment="unknown")
    case.event(0, assigned())
    link(case)

    case.event(2, replied(2, environment="production"))
    said = link(case, 2)

    assert [item.cause for item in said] == ["linked"]


def test_a_proposal_told_with_initial_and_the_link_it_becomes_are_two_events() -> None:
    case = reported(environment="unknown")
    link(case)
    case.event(0, assigned())

    case.event(2, replied(2, environment="production"))
    link(case, 2)

    told_of = {out.identity: out.event.cause for out in case.outs if isinstance(out.event, StatusChanged)}
    assert {f"propose/{P}": "link proposed", f"link/{P}": "linked"}.items() <= told_of.items()


def test_an_incident_that_is_met_twice_at_once_is_linked_once() -> None:
    certain, likely = told(), reported(environment="unknown")
    likely.event(0, assigned())

    once = certain.do(1, lambda turn: following.settle(turn, [incident(), incident()]))
    proposed = likely.do(1, lambda turn: following.settle(turn, [incident(), incident()]))

    assert [item.cause for item in once] == ["linked"]
    assert [item.cause for item in proposed] == ["link proposed"]


def test_a_link_is_told_after_initial_and_holds_from_before() -> None:
    case = reported()

    assert link(case, 1) == []
    said = case.event(2, assigned())

    assert [(item.status, item.cause) for item in said] == [("Initial", "opened"), ("Informational", "linked")]
    assert the_link(case).since == at(1)


def test_a_ticket_that_is_done_is_left_alone() -> None:
    case = told()
    case.act(1, state="resolved")

    assert link(case, 2) == []
    assert case.ticket.links == ()


def test_what_triage_read_makes_a_proposal_certain_before_anyone_is_told_of_it() -> None:
    case = reported(environment="unknown")
    link(case)
    read = assigned().model_copy(
        update={"facts": (Fact(fact="environment", value="production", origin="read", words="in production"),)}
    )

    def assess(turn: Turn) -> None:
        following.learn(turn, read, [incident()])
        states.on_assigned(turn, read, "cause")

    said = case.do(1, assess)

    assert [item.cause for item in said] == ["opened", "linked"]


@pytest.mark.parametrize(
    ("customer", "by", "gap"),
    [(None, "page", None), (-10, "customer", 600), (0, "page", 0), (4, "page", -240)],
    ids=["no customer", "a customer first", "at once", "the page first"],
)
def test_the_earliest_report_is_the_detection(customer: float | None, by: str, gap: float | None) -> None:
    found = detected(at(0), "page", None if customer is None else at(customer))

    assert (found.by, found.gap) == (by, None if gap is None else timedelta(seconds=gap))
    assert found.at == (at(customer) if by == "customer" and customer is not None else at(0))
