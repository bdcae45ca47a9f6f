"""What a transaction does to tickets: they are assessed as they are by then, saved, and what is news is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.triage import domain, store
from services.triage.domain import Account, Concerned, Ticket
from services.triage.store import Assessed, Context
from shared.db import Tx
from shared.envelope import Envelope
from shared.events import PriorityAssigned
from shared.outbox import Outgoing, emit
from shared.policy import Policy
from shared.service import Act

NOBODY = Account()


@dataclass(slots=True)
class Step:
    """A ticket to be assessed as it is at this point, and what brought it here."""

    ticket: Ticket
    cause: Envelope
    identity: str


@dataclass(slots=True)
class Work:
    """What a transaction does: the tickets as they are by now, their assessments, the events out."""

    context: Context
    concerned: dict[tuple[str, ...], list[Concerned]]
    closed: dict[UUID, datetime] = field(default_factory=dict)
    """Since when tickets are closed; known where an act asks for it."""
    tickets: dict[UUID, Ticket] = field(default_factory=dict)
    assessed: list[Assessed] = field(default_factory=list)
    out: list[Outgoing] = field(default_factory=list)

    def policy_for(self, ticket: Ticket) -> Policy | None:
        """Its own version; else the one in effect when it was planned, else now. A deleted one cannot be used."""
        policies = self.context.policies
        own = policies.by_sha(ticket.policy) if ticket.policy else None
        return own or policies.in_effect(ticket.planned_at) or policies.in_effect(self.context.now)

    def account_of(self, ticket: Ticket) -> Account:
        return self.context.accounts.get(ticket.facts.account or "", NOBODY)

    def concerned_by(self, ticket: Ticket) -> list[Concerned]:
        """The accounts that a provider's ticket concerns; a customer's is nobody else's."""
        return self.concerned.get(ticket.facts.services, []) if ticket.facts.initiator == "provider" else []

    def assess(self, step: Step) -> Ticket:
        """Assess the ticket; without any policy in effect it waits for one."""
        ticket = step.ticket
        policy = self.policy_for(ticket)
        account = self.account_of(ticket)
        if policy is None:
            after = replace(ticket, policy=None, account_at=account.at)
        else:
            after, said = domain.advance(
                ticket, policy, account, self.concerned_by(ticket), self.context.now, self.context.policies
            )
            if said is not None:
                self._say(step, after, said)
        self.tickets[ticket.ticket_id] = after
        return after

    def _say(self, step: Step, after: Ticket, said: PriorityAssigned) -> None:
        if after.inputs is not None:
            self.assessed.append(Assessed(after, after.inputs, said, step.identity))
        self.out += emit(
            step.cause, step.identity, [said], str(said.ticket_id), after.sequence - 1, said.number, said.decided_at
        )

    async def done(self, tx: Tx) -> None:
        if self.tickets:
            await store.save(tx, self.tickets.values(), self.assessed)
            tx.put(self.out)


async def begin(tx: Tx, tickets: Iterable[Ticket]) -> Work:
    """What these tickets (locked, or new) are assessed by."""
    tickets = list(tickets)
    accounts = {t.facts.account for t in tickets if t.facts.account and t.facts.initiator == "customer"}
    context = await store.load_context(tx, accounts)
    services = {t.facts.services for t in tickets if t.facts.initiator == "provider" and t.facts.services}
    return Work(context, await store.load_concerned(tx.conn, services, context) if services else {})


def cause_of(source: str, id: str, ticket: Ticket, act: Act | None = None) -> Envelope:
    """What caused an assessment, where no event on the ticket did; it belongs to the ticket's own thread."""
    at = act.received_at if act else ticket.opened_at
    trace = act.cause.traceparent if act else None
    return Envelope(
        id, source, "upheld.cause", ticket.number, at, traceparent=trace, correlation_id=ticket.correlation_id
    )
