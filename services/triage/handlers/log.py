"""What the log brings: tickets and replies, and reference data that came late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.triage import domain, store
from services.triage.domain import Ticket
from services.triage.handlers.time import assess_late, assess_waiting
from services.triage.handlers.work import Step, begin
from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Received
from shared.events import AccountChanged, PolicyPublished, StatusChanged, TicketOpened, TicketReplied
from shared.observability import log


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


async def on_statuses(tx: Tx, batch: Sequence[Received[StatusChanged]]) -> None:
    """Tickets that were closed: an agent rules on exclusions there, and decides nothing else. The rest is
    status-monitor's to know."""
    closed = {item.event.ticket_id: item.event.changed_at for item in batch if item.event.state_to == "closed"}
    if closed:
        await store.save_closed(tx.conn, closed)


async def on_accounts(tx: Tx, batch: Sequence[Received[AccountChanged]]) -> None:
    """Accounts that came or changed: their tickets that were not covered are assessed anew."""
    await store.save_late(tx.conn, (item.event.id for item in batch), await tx.now())
    await assess_late(tx)


async def on_policies(tx: Tx, batch: Sequence[Received[PolicyPublished]]) -> None:
    """A policy came: the tickets that waited since none was in effect are assessed."""
    await assess_waiting(tx)
