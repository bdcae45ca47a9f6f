"""triage's beats: load, decide, save, put; for tickets, agents' decisions, and reference data that came late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.triage import domain, store
from services.triage.domain import Account, Concerned, Decision, Ticket
from services.triage.store import Assessed, Context
from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Envelope, Received
from shared.events import AccountChanged, PolicyPublished, PriorityAssigned, TicketOpened, TicketReplied
from shared.observability import log
from shared.outbox import Outgoing, emit
from shared.policy import Policies, Policy
from shared.service import Act, App, Problem

Verdict = dict[str, Any]
LATE_FOR = timedelta(minutes=5)
"""Longer than any transaction lives."""
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
    tickets: dict[UUID, Ticket] = field(default_factory=dict)
    assessed: list[Assessed] = field(default_factory=list)
    out: list[Outgoing] = field(default_factory=list)

    def policy_for(self, ticket: Ticket) -> Policy | None:
        """Its own version; else the one in effect when it was opened, else now. One that was deleted cannot be used."""
        policies = self.context.policies
        own = policies.by_sha(ticket.policy) if ticket.policy else None
        return own or policies.in_effect(ticket.opened_at) or policies.in_effect(self.context.now)

    def assess(self, step: Step) -> Ticket:
        """Assess the ticket; without any policy in effect it waits for one."""
        ticket = step.ticket
        policy = self.policy_for(ticket)
        account = self.context.accounts.get(ticket.facts.account or "", NOBODY)
        if policy is None:
            after = replace(ticket, policy=None, account_at=account.at)
        else:
            own = ticket.facts.initiator == "provider"
            concerned = self.concerned.get(ticket.facts.services, ()) if own else ()
            after, said = domain.advance(ticket, policy, account, concerned, self.context.now, self.context.policies)
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


async def on_tickets(tx: Tx, batch: Sequence[Received[TicketOpened | TicketReplied]]) -> None:
    """A ticket opened is assessed; new facts in a reply assess it anew. Each event by itself, in order."""
    opened = {item.event.ticket_id for item in batch if isinstance(item.event, TicketOpened)}
    replied = {item.event.ticket_id for item in batch} - opened
    known = await store.load_tickets(tx.conn, replied) if replied else {}
    stated: list[Ticket] = []  # first the facts alone, so that what they are assessed by is loaded at once
    latest = dict(known)
    for item in batch:
        latest[item.event.ticket_id] = _after(latest, item)
        stated.append(latest[item.event.ticket_id])
    work = await begin(tx, latest.values())
    work.tickets = dict(known)
    for item, ticket in zip(batch, stated, strict=True):
        so_far = work.tickets.get(ticket.ticket_id)
        now = ticket if so_far is None else replace(so_far, facts=ticket.facts)
        work.assess(Step(now, item.envelope, item.envelope.identity))
    if waiting := sum(ticket.policy is None for ticket in work.tickets.values()):
        log.warning("tickets wait: no policy is in effect; publish one by `upheld policy apply`", tickets=waiting)
    await work.done(tx)


def _after(tickets: dict[UUID, Ticket], item: Received[TicketOpened | TicketReplied]) -> Ticket:
    event = item.event
    if isinstance(event, TicketOpened):
        return domain.open_ticket(event, item.envelope.correlation_id or item.envelope.id)
    if (ticket := tickets.get(event.ticket_id)) is None:
        raise Refused(item, f"a reply to {event.number}, which was never opened")
    return domain.add_reply(ticket, event)


async def on_acts(tx: Tx, acts: Sequence[Act]) -> list[Verdict | Problem]:
    """Agents' decisions on the priority, each with its own verdict; a later one of a group sees the earlier ones."""
    tickets = await store.load_numbers(tx.conn, {act.number for act in acts if act.number})
    work = await begin(tx, tickets.values())
    current = {ticket.number: ticket for ticket in tickets.values()}
    verdicts: list[Verdict | Problem] = []
    for act in acts:
        ticket = current.get(act.number or "")
        policy = work.policy_for(ticket) if ticket else None
        if (problem := _objection(act, ticket, policy, work.context.policies)) is not None:
            verdicts.append(problem)
            continue
        assert ticket is not None
        decision = Decision(priority=act.payload.priority, reason=act.payload.reason, by=act.caller.name)
        cause = _cause("http", act.id, ticket, act)
        after = work.assess(Step(replace(ticket, decision=decision), cause, cause.identity))
        current[after.number] = after
        verdicts.append(
            {
                "number": after.number,
                "assessment": after.sequence,
                "priority": decision.priority,
                "sequence": after.sequence,
            }
        )
    await work.done(tx)
    return verdicts


def _objection(act: Act, ticket: Ticket | None, policy: Policy | None, policies: Policies) -> Problem | None:
    if act.if_match is None:
        return Problem(428, "Send If-Match with triage's sequence of the ticket (`sequences.triage` where it is read).")
    if ticket is None:
        return Problem.not_found_yet(act.number or "")
    if ticket.said is None or policy is None:
        return Problem(409, f"Ticket {ticket.number} is not assessed yet: no policy is in effect.")
    if act.if_match != ticket.sequence:
        return Problem(
            412,
            f"Ticket {ticket.number} was assessed since: its sequence is {ticket.sequence}, not {act.if_match}.",
            more={"sequence": ticket.sequence, "priority": ticket.said.priority, "decided_by": ticket.said.decided_by},
        )
    if (wanted := act.payload.priority) not in policy.ranks:
        known = ", ".join(policy.ranks)
        return Problem(
            422,
            f"The policy has no priority {wanted!r}.",
            errors=[{"field": "priority", "message": f"must be one of {known}"}],
        )
    customer = ticket.inputs.customer if ticket.inputs is not None else None
    facts = domain.Known.of(ticket.facts.known(), ticket.facts.initiator)
    ruling, _ = domain.rule_held(policy, domain.holding_under(customer, policy, policies.by_sha), facts)
    if domain.lifts_what_is_final(policy, ruling, wanted):
        clause = ruling.rule.clause
        return Problem(
            409,
            f"Ticket {ticket.number} stays {ruling.priority} by clause {clause} ({ruling.reasons[0].fact}): "
            f"{ruling.policy.document.clauses[clause]}",
            more={"rule": ruling.rule.id, "clause": clause},
        )
    return None


async def on_accounts(tx: Tx, batch: Sequence[Received[AccountChanged]]) -> None:
    """Accounts that came or changed: their tickets that were not covered are assessed anew."""
    await store.save_late(tx.conn, (item.event.id for item in batch), await tx.now())
    await assess_late(tx)


async def on_policies(tx: Tx, batch: Sequence[Received[PolicyPublished]]) -> None:
    """A policy came: the tickets that waited since none was in effect are assessed."""
    await assess_waiting(tx)


async def assess_late(tx: Tx) -> int:
    """A chunk of the tickets whose account changed since; returns how many there were."""
    tickets = await store.load_late(tx.conn)
    if not tickets:
        return 0
    work = await begin(tx, tickets.values())
    for ticket in tickets.values():
        at = work.context.accounts.get(ticket.facts.account or "", NOBODY).at
        cause = _cause("accounts", f"{ticket.facts.account}/{at.isoformat() if at else ''}", ticket)
        work.assess(Step(ticket, cause, cause.identity))
    await work.done(tx)
    return len(tickets)


async def assess_waiting(tx: Tx) -> int:
    """A chunk of the tickets that waited for a policy, if one is in effect; returns how many there were."""
    work = await begin(tx, ())
    if work.context.policies.in_effect(work.context.now) is None:
        return 0
    tickets = await store.load_waiting(tx.conn)
    work = await begin(tx, tickets.values())
    for ticket in tickets.values():
        policy = work.policy_for(ticket)
        cause = _cause("policies", policy.sha256 if policy else "", ticket)
        work.assess(Step(ticket, cause, cause.identity))
    await work.done(tx)
    return len(tickets)


def _cause(source: str, id: str, ticket: Ticket, act: Act | None = None) -> Envelope:
    """What caused an assessment, where no event on the ticket did; it belongs to the ticket's own thread."""
    at = act.received_at if act else ticket.opened_at
    trace = act.cause.traceparent if act else None
    return Envelope(
        id, source, "upheld.cause", ticket.number, at, traceparent=trace, correlation_id=ticket.correlation_id
    )


async def missing(app: App) -> list[str]:
    """Without a policy in effect tickets are opened, but not assessed."""
    async with app.db.transaction() as tx:
        context = await store.load_context(tx, ())
    if context.policies.in_effect(context.now) is None:
        return ["a policy in effect: publish one by `upheld policy apply`"]
    return []


async def sweep(app: App) -> None:
    """What a handler left over: more than a chunk, policies that take effect by time, accounts that came meanwhile."""
    for assess in (assess_late, assess_waiting):
        found = store.CHUNK
        while found == store.CHUNK:
            async with app.db.transaction() as tx:
                found = await assess(tx)
    async with app.db.transaction() as tx:
        await store.forget_late(tx.conn, await tx.now() - LATE_FOR)
