"""A ticket of triage, and what an agent rules on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.triage.domain import Account, Customer, Ticket, add_reply, advance, open_ticket
from services.triage.domain.acts import rule
from services.triage.domain.wanted import ExclusionIn, Refusal
from shared.events import Agreement, Exclusion, IssueReported, Reporter, Term, TicketReplied
from shared.policy import Policies
from tests.support.amended import MARCH, published, version
from tests.support.opening import opening

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLAUSES = {"a": "the customer's own", "f": "carriers", "g": "third parties"}
SLA = version("1", exclusions=CLAUSES)
ONLY = published(SLA)
CUSTOMER = Customer(plan="gold", term=Term(start=MARCH))
FIREWALL = "No calls go out in production. Our firewall blocks the packets."
CARRIER = "Some calls to Vodafone fail in production, Vodafone confirmed a fault."


def ticket(description: str = FIREWALL, *, policies: Policies = ONLY, **facts: Any) -> Ticket:
    """Assessed once."""
    stated = {"reporter": Reporter(name="Bo", account="acme"), "services": ("voice",), **facts}
    issue = IssueReported(issue_id="i", description=description, **stated)
    return assessed(open_ticket(opening(issue, NOON), "c"), policies=policies)


def assessed(ticket: Ticket, *agreed: Agreement, policies: Policies = ONLY) -> Ticket:
    policy = policies.by_sha(ticket.policy or "") or policies.in_effect(NOON)
    assert policy is not None
    after, _ = advance(ticket, policy, Account(CUSTOMER, MARCH, agreed), (), NOON, policies)
    return after


def ruled(ticket: Ticket, *, by: str = "Ann", policies: Policies = ONLY, **wanted: Any) -> Ticket:
    """The ticket after the ruling and its assessment; the same where it changes nothing."""
    policy = policies.by_sha(ticket.policy or "")
    assert policy is not None
    said = {"ruling": "accept", "reason": "So it is", **wanted}
    _, after = rule(ticket, ExclusionIn(**said), by, NOON + HOUR, policy, policies)
    return ticket if after is None else assessed(after, policies=policies)


def replied(ticket: Ticket, body: str | None = None, **facts: Any) -> Ticket:
    event = TicketReplied(
        ticket_id=UUID(int=1), number="UP-1", reply_id="r", origin="customer", replied_at=NOON, body=body, **facts
    )
    return assessed(add_reply(ticket, event))


def exclusions(ticket: Ticket) -> tuple[Exclusion, ...]:
    assert ticket.said is not None
    return ticket.said.exclusions


def states(ticket: Ticket) -> dict[str, str]:
    return {item.clause: item.state for item in exclusions(ticket)}


def refusal(ticket: Ticket, *, policies: Policies = ONLY, **wanted: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        ruled(ticket, policies=policies, **wanted)
    return caught.value


def of_carrier(ticket: Ticket, begin: float, end: float | None, **wanted: Any) -> Ticket:
    """Accepted from and to so many hours after noon."""
    extent = {"from_": NOON + begin * HOUR, "to": None if end is None else NOON + end * HOUR}
    return ruled(ticket, **{"clause": "B.5.f", "evidence": "a log", **extent, **wanted})
