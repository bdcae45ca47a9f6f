"""A ticket as triage knows it: its facts so far, an agent's decision, and what was last said of it.

- It stays with the version of the policy under which it was first assessed, and once covered with that plan and term,
  until an agent has it planned anew.
- `sequence` counts PriorityAssigned; it says nothing anew unless something in it changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.triage.domain.assess import Assessment, assess, is_news
from services.triage.domain.facts import Customer, Decision, Facts, Inputs, Replanned, restated, stated_facts
from services.triage.domain.held import PlanLine, line_under
from shared.events import Agreement, Exclusion, PriorityAssigned, Term, TicketOpened, TicketReplied
from shared.policy import Policies, Policy

NO_OTHERS = Policies(())
"""No version beside the ticket's."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """`inputs` and `said` are those of the last assessment; None while the ticket waits for a policy."""

    ticket_id: UUID
    number: str
    opened_at: datetime
    correlation_id: str
    facts: Facts
    asked: tuple[str, ...] = ()
    decision: Decision | None = None
    ruled: tuple[Exclusion, ...] = ()
    """Exclusions that an agent has ruled on; of a clause, one an interval."""
    replanned: Replanned | None = None
    policy: str | None = None
    sequence: int = 0
    decided_at: datetime | None = None
    account_at: datetime | None = None
    """Of the account's data that the last assessment knew; None where the account was not known."""
    inputs: Inputs | None = None
    said: PriorityAssigned | None = None

    @property
    def bound(self) -> Customer | None:
        """What of the account covers this ticket for good, since it was last planned."""
        if self.said is None or self.inputs is None or self.inputs.replanned != self.replanned:
            return None
        return self.inputs.customer if self.said.coverage == "covered" else None

    @property
    def planned_at(self) -> datetime:
        """When what holds for it is looked up: when it was opened, unless an agent had it planned anew."""
        return self.opened_at if self.replanned is None else self.replanned.at


def open_ticket(opened: TicketOpened, correlation_id: str) -> Ticket:
    """The ticket as it opens, not assessed yet."""
    return Ticket(opened.ticket_id, opened.number, opened.opened_at, correlation_id, stated_facts(opened))


def add_reply(ticket: Ticket, reply: TicketReplied) -> Ticket:
    """The ticket with what a reply stated."""
    facts = restated(ticket.facts, reply)
    return ticket if facts is ticket.facts else replace(ticket, facts=facts)


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a ticket's account at an assessment, and since when."""

    customer: Customer | None = None
    at: datetime | None = None
    agreed: tuple[Agreement, ...] = ()

    def customer_of(self, ticket: Ticket, policy: Policy, policies: Policies) -> Customer | None:
        """What counts of the account for this ticket: what covers it already, or what holds when it is opened."""
        if (bound := ticket.bound) is not None or self.customer is None:
            return bound
        line = line_under(policies, policy, self.customer.term, self.agreed, ticket.planned_at)
        return self.customer if line is None else self.customer.model_copy(update={"line": line})


class Concerned(NamedTuple):
    """Accounts that a provider's ticket concerns, as far as they hold the same."""

    plan: str
    term: Term
    agreed: tuple[Agreement, ...]


def advance(
    ticket: Ticket,
    policy: Policy,
    account: Account,
    concerned: Sequence[Concerned],
    now: datetime,
    policies: Policies = NO_OTHERS,
) -> tuple[Ticket, PriorityAssigned | None]:
    """Assess what is known now. Returns the ticket after it, and what is to be said, where that is news."""
    inputs = inputs_of(ticket, policy, account, concerned, policies)
    assessment = assess(inputs, policy, policies.by_sha)
    at = now if ticket.decided_at is None else max(now, ticket.decided_at)
    as_planned = ticket.inputs is not None and ticket.inputs.replanned == inputs.replanned
    if ticket.said is not None and as_planned and not is_news(assessment, ticket.said):
        return replace(ticket, account_at=account.at), None
    said = _event(ticket, policy, assessment, at)
    asked = tuple(item.fact for item in assessment.missing if item.asked)
    after = replace(
        ticket,
        asked=ticket.asked + asked,
        policy=policy.sha256,
        sequence=ticket.sequence + 1,
        decided_at=at,
        account_at=account.at,
        inputs=inputs,
        said=said,
    )
    return after, said


def inputs_of(
    ticket: Ticket, policy: Policy, account: Account, concerned: Sequence[Concerned], policies: Policies
) -> Inputs:
    """What its assessment under this version rests on."""
    plans, lines = _plans(concerned, policies, policy, ticket.planned_at)
    return Inputs(
        facts=ticket.facts,
        customer=account.customer_of(ticket, policy, policies),
        plans=plans,
        lines=lines,
        asked=ticket.asked,
        decision=ticket.decision,
        ruled=ticket.ruled,
        replanned=ticket.replanned,
    )


def _plans(
    concerned: Sequence[Concerned], policies: Policies, policy: Policy, at: datetime
) -> tuple[tuple[str, ...], tuple[PlanLine, ...]]:
    """The plans of those for whom the policy alone counts, and the plans with their lines of the others."""
    plans: set[str] = set()
    lines: dict[tuple[str, tuple[str, ...], int], PlanLine] = {}
    for item in concerned:
        line = line_under(policies, policy, item.term, item.agreed, at)
        if line is None:
            plans.add(item.plan)
        else:
            lines[item.plan, line.versions, line.plan_from] = PlanLine(plan=item.plan, line=line)
    return tuple(sorted(plans)), tuple(lines[key] for key in sorted(lines))


def _event(ticket: Ticket, policy: Policy, assessment: Assessment, at: datetime) -> PriorityAssigned:
    return PriorityAssigned(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        assessment=ticket.sequence + 1,
        priority=assessment.priority,
        reasons=assessment.reasons,
        missing=assessment.missing,
        coverage=assessment.coverage,
        facts=assessment.facts,
        exclusions=assessment.exclusions,
        policy=policy.ref,
        plan=assessment.plan,
        targets=assessment.targets,
        decided_by=assessment.decided_by,
        reason=assessment.reason,
        decided_at=at,
    )
