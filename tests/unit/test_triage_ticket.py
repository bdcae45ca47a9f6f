"""A ticket through its assessments: what is kept, what new facts change, and what is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.triage.domain import (
    Account,
    Concerned,
    Customer,
    Decision,
    Facts,
    Inputs,
    Ticket,
    add_reply,
    advance,
    open_ticket,
)
from shared.events import (
    IssueReported,
    Missing,
    PriorityAssigned,
    Reporter,
    Target,
    Term,
    TicketOpened,
    TicketReplied,
)
from shared.policy import parse_policy

POLICIES = Path(__file__).parents[2] / "deploy" / "policies"
PLIVO = parse_policy((POLICIES / "plivo.yaml").read_text())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TERM = Term(start=NOON - timedelta(days=30), end=NOON + timedelta(days=30))
BUSINESS = Customer(plan="business", term=TERM)
HOUR = Target(duration=timedelta(hours=1), calendar="always")

TICKET = UUID("00000000-0000-0000-0000-000000000001")
OPENED = TicketOpened(
    ticket_id=TICKET,
    number="UP-1",
    source="intake",
    account="acme",
    opened_at=NOON,
    clock_start=NOON,
    issue=IssueReported(
        issue_id="i",
        reporter=Reporter(name="Bo", account="acme"),
        description="No calls",
        impact="outage",
        workaround="none",
    ),
)
KNOWN = Account(BUSINESS, NOON)


def reply(**said: Any) -> TicketReplied:
    return TicketReplied(ticket_id=TICKET, number="UP-1", reply_id="r", origin="customer", replied_at=NOON, **said)


def opened() -> tuple[Ticket, PriorityAssigned]:
    ticket, said = advance(open_ticket(OPENED, "c"), PLIVO, KNOWN, (), NOON)
    assert said is not None
    return ticket, said


def test_a_ticket_is_assessed_when_it_opens_and_again_when_a_reply_states_what_was_missing() -> None:
    ticket, first = opened()
    after, second = advance(add_reply(ticket, reply(environment="production")), PLIVO, KNOWN, (), NOON)

    assert (first.assessment, first.priority) == (1, "P3")
    assert first.missing == (Missing(fact="environment", could_be="P1", asked=True),)
    assert (ticket.sequence, ticket.asked, ticket.policy) == (1, ("environment",), PLIVO.sha256)
    assert second is not None
    assert (second.assessment, second.priority, second.missing) == (2, "P1", ())
    assert after.sequence == 2


@pytest.mark.parametrize("said", [{}, {"body": "Any news?"}, {"environment": "unknown"}, {"impact": "outage"}])
def test_a_reply_that_changes_nothing_of_the_assessment_is_no_news(said: dict[str, Any]) -> None:
    ticket, _ = opened()

    after, second = advance(add_reply(ticket, reply(**said)), PLIVO, KNOWN, (), NOON)

    assert second is None
    assert after.sequence == 1
    assert after.asked == ("environment",)


def test_a_reply_that_changes_only_what_a_missing_fact_could_give_is_news() -> None:
    ticket, _ = opened()

    _, second = advance(add_reply(ticket, reply(workaround="available")), PLIVO, KNOWN, (), NOON)

    assert second is not None
    assert second.missing == (Missing(fact="environment", could_be="P2", asked=False),)


def test_unknown_in_a_reply_unsays_nothing() -> None:
    ticket, _ = opened()

    assert add_reply(ticket, reply(impact="unknown", services=())) is ticket
    assert add_reply(ticket, reply(ongoing=False)).facts.ongoing is False


def test_a_covered_ticket_keeps_its_plan_and_term_when_the_account_changes() -> None:
    ticket, _ = opened()
    changed = Account(Customer(plan="basic", term=Term(start=NOON + timedelta(days=9))), NOON)

    _, second = advance(add_reply(ticket, reply(environment="production")), PLIVO, changed, (), NOON)

    assert second is not None
    assert (second.coverage, second.plan, second.targets["first_response"]) == ("covered", "business", HOUR)


def test_an_account_that_comes_late_covers_the_ticket() -> None:
    waiting, first = advance(open_ticket(OPENED, "c"), PLIVO, Account(), (), NOON)
    covered, second = advance(waiting, PLIVO, KNOWN, (), NOON)

    assert first is not None
    assert second is not None
    assert (first.coverage, second.coverage, second.assessment) == ("unknown-account", "covered", 2)
    assert (waiting.account_at, covered.account_at) == (None, NOON)
    assert second.missing == (Missing(fact="environment", could_be="P1", asked=False),)


def test_a_decision_outlives_new_facts_but_not_a_final_rule() -> None:
    ticket, _ = opened()
    decision = Decision(priority="P2", reason="Half of the calls work", by="Ann")
    decided, second = advance(replace(ticket, decision=decision), PLIVO, KNOWN, (), NOON)
    later, third = advance(add_reply(decided, reply(environment="production")), PLIVO, KNOWN, (), NOON)
    _, fourth = advance(add_reply(later, reply(environment="staging")), PLIVO, KNOWN, (), NOON)

    assert second is not None
    assert third is not None
    assert fourth is not None
    assert [(e.priority, e.decided_by) for e in (second, third, fourth)] == [
        ("P2", "Ann"),
        ("P2", "Ann"),
        ("P3", "rules"),
    ]
    assert third.reasons[1].text.startswith("The rules say P1")


def test_an_assessment_is_never_dated_before_the_last_one() -> None:
    ticket, _ = opened()

    _, second = advance(
        add_reply(ticket, reply(environment="production")), PLIVO, KNOWN, (), NOON - timedelta(seconds=1)
    )

    assert second is not None
    assert second.decided_at == NOON


ANY_INPUTS = st.builds(
    Inputs,
    facts=st.builds(
        Facts,
        initiator=st.sampled_from(["customer", "provider"]),
        account=st.sampled_from(["acme", None]),
        services=st.just(("voice",)),
        environment=st.sampled_from(["production", "staging", "unknown"]),
        impact=st.sampled_from(["outage", "degraded", "none", "unknown"]),
        workaround=st.sampled_from(["none", "available", "unknown"]),
        ongoing=st.sampled_from([True, False, None]),
        clock_start=st.just(NOON),
    ),
    customer=st.sampled_from(
        [
            None,
            BUSINESS,
            Customer(plan="gold", term=TERM),
            Customer(plan="basic", term=Term(start=NOON + timedelta(days=1))),
        ]
    ),
    plans=st.sampled_from([(), ("basic",), ("business", "priority")]),
    asked=st.sampled_from([(), ("environment",)]),
    decision=st.sampled_from(
        [None, Decision(priority="P1", reason="loud", by="Ann"), Decision(priority="P3", reason="calm", by="Bo")]
    ),
)


@settings(deadline=None)
@given(ANY_INPUTS)
def test_what_is_said_can_be_read_and_is_no_news_to_itself(inputs: Inputs) -> None:
    ticket = replace(open_ticket(OPENED, "c"), facts=inputs.facts, decision=inputs.decision, asked=inputs.asked)
    concerned = [Concerned(plan, TERM, ()) for plan in inputs.plans]

    after, said = advance(ticket, PLIVO, Account(inputs.customer, NOON), concerned, NOON)
    assert said is not None
    read = PriorityAssigned.model_validate_json(said.encode())

    again = advance(replace(after, said=read), PLIVO, Account(inputs.customer, NOON), concerned, NOON)

    assert read == said
    assert again[1] is None
