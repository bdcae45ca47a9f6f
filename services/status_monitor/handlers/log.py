"""What arrives by the log: tickets' events of intake and triage, acceptances of the notifier, reference data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.status_monitor.domain import following, links, states, subscription
from services.status_monitor.domain.links import Incident
from services.status_monitor.domain.ticket import Ticket, Window
from services.status_monitor.handlers.book import Book
from services.status_monitor.store import concerned as concerned_store
from services.status_monitor.store import links as link_store
from services.status_monitor.store import tickets as store
from services.status_monitor.store.concerned import NO_ACCOUNT, Concerning, TermThere, Told
from services.status_monitor.store.tickets import Context, Row
from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Received
from shared.events import (
    AccountChanged,
    NotificationSent,
    PolicyPublished,
    PriorityAssigned,
    Term,
    TicketOpened,
    TicketReplied,
)

TicketEvent = TicketOpened | TicketReplied | PriorityAssigned | NotificationSent


async def on_tickets(tx: Tx, batch: Sequence[Received[TicketEvent]]) -> None:
    """Every event in its turn, in the order of the log."""
    rows, context = await _locked(tx, batch)
    incidents = [*context.incidents, *await _met_anew(tx, batch, rows)]
    book = await Book.open(tx, rows)
    concerning: list[Concerning] = []
    told: list[Told] = []
    for item in batch:
        event = item.event
        if event.ticket_id not in book:
            raise Refused(item, f"ticket {event.ticket_id} was never opened")
        partition = item.record.partition if isinstance(event, TicketOpened) else None
        try:
            with book.turn(event.ticket_id, item.envelope, partition) as turn:
                if isinstance(event, TicketOpened):
                    states.on_opened(turn, event, _meeting(context.windows, event), item.envelope)
                    if event.account is not None and event.account in context.term_ends:
                        subscription.on_term(turn, context.term_ends[event.account])
                    following.settle(turn, incidents)
                elif isinstance(event, PriorityAssigned):
                    following.learn(turn, event, incidents)
                    states.on_assigned(turn, event, item.envelope.identity)
                    if turn.opened.initiator == "provider" and turn.facts.plans[-1].at == event.decided_at:
                        concerning.append(Concerning(event.ticket_id, event.decided_at, turn.ticket.services))
                elif isinstance(event, TicketReplied):
                    states.on_replied(turn, event, item.envelope.identity)
                    if event.services is not None and _is_assessed_provider_s(turn.ticket):
                        # Triage says nothing of it where the promises stay the same.
                        concerning.append(Concerning(event.ticket_id, event.replied_at, event.services))
                    following.settle(turn, incidents)
                else:
                    states.on_notified(turn, event)
                    if event.outcome == "accepted" and _may_be_provider_s(turn.ticket):
                        initial = event.status == "Initial"
                        told.append(Told(event.ticket_id, event.account or NO_ACCOUNT, event.delivered_at, initial))
        except states.NotOpened as error:
            raise Refused(item, str(error)) from None
    await concerned_store.save_concerned(tx.conn, concerning, told)
    await book.save()


def _is_assessed_provider_s(ticket: Ticket) -> bool:
    is_provider_s = ticket.opened is not None and ticket.opened.initiator == "provider"
    return is_provider_s and ticket.facts is not None and bool(ticket.facts.plans)


def _may_be_provider_s(ticket: Ticket) -> bool:
    """Of what is told before the ticket opened here, nobody knows yet whose it is."""
    return ticket.opened is None or ticket.opened.initiator == "provider"


async def _locked(tx: Tx, batch: Sequence[Received[TicketEvent]]) -> tuple[dict[UUID, Row], Context]:
    """The tickets of this batch, and what those that open meet.

    A page or monitor may speak of the provider's ticket before it opens, and acceptances lie on another topic: there
    the row that all sides lock is made first. A customer's ticket that has no row has nobody else to wait for.
    """
    ids = {item.event.ticket_id for item in batch}
    opened = [item.event for item in batch if isinstance(item.event, TicketOpened)]
    if not opened:
        rows, context = await store.lock_tickets(tx.conn, list(ids)), Context((), (), {})
    else:
        if shown := [event.ticket_id for event in opened if event.issue.initiator == "provider"]:
            await store.create_places(tx.conn, shown)
        since = min(event.clock_start for event in opened)
        began = min(event.issue.began_at or since for event in opened)
        services = {service for event in opened for service in event.issue.services}
        accounts = {event.account for event in opened if event.account is not None}
        rows, context = await store.lock_opening(
            tx.conn, list(ids), since, min(began, since), list(services), list(accounts)
        )
        at = tx.began_at or await tx.now()
        for event in opened:
            if event.ticket_id not in rows:
                rows[event.ticket_id] = store.new_row(event.ticket_id, at)
    notified = {item.event.ticket_id for item in batch if isinstance(item.event, NotificationSent)}
    if missing := notified - rows.keys():
        await store.create_places(tx.conn, list(missing))
        rows |= await store.lock_tickets(tx.conn, list(missing))
    return rows, context


async def _met_anew(tx: Tx, batch: Sequence[Received[TicketEvent]], rows: Mapping[UUID, Row]) -> Sequence[Incident]:
    """The incidents that tickets may belong to by what is known anew; mostly nothing is."""
    services: set[str] = set()
    began: list[datetime] = []
    for item in batch:
        event = item.event
        ticket = rows[event.ticket_id].ticket if event.ticket_id in rows else None
        if ticket is None or ticket.opened is None or ticket.opened.initiator != "customer":
            continue
        restated = isinstance(event, TicketReplied) and links.restates(event)
        read = isinstance(event, PriorityAssigned) and any(link.state == "proposed" for link in ticket.links)
        if restated or read:
            services.update(ticket.services, getattr(event, "services", None) or ())
            began.append(min(ticket.about.began_at or ticket.opened.clock_start, ticket.opened.clock_start))
    return await link_store.list_incidents(tx.conn, sorted(services), min(began)) if services else ()


async def on_accounts(tx: Tx, batch: Sequence[Received[AccountChanged]]) -> None:
    """A term that ends on another day concerns the account's live tickets."""
    terms = {item.event.id: item.event.term for item in batch}
    await store.note_terms(tx.conn, terms, await tx.now())
    await take_up_terms(tx, terms)


async def take_up_terms(tx: Tx, terms: Mapping[str, Term]) -> None:
    """The live tickets of these accounts on which the term ends at another time."""
    ends = {id: term.end for id, term in terms.items()}
    rows = await store.lock_with_other_term(tx.conn, ends)
    if there := await concerned_store.lock_terms(tx.conn, ends):
        now = await tx.now()
        await concerned_store.save_terms(tx.conn, [_term_now(item, terms[item.account], now) for item in there])
    if not rows:
        return
    book = await Book.open(tx, rows)
    for ticket_id in sorted(book.ids):
        with book.turn(ticket_id) as turn:
            term = terms[turn.opened.account or ""]
            subscription.on_term(turn, term.end, term.start)
    await book.save()


def _term_now(there: TermThere, term: Term, now: datetime) -> TermThere:
    lapses = subscription.with_lapse(there.lapses, there.end, term.end, term.start, now)
    return replace(there, end=term.end, lapses=lapses)


async def on_policies(tx: Tx, batch: Sequence[Received[PolicyPublished]]) -> None:
    """Clocks that waited for the policy are computed now."""
    rows = await store.lock_waiting(tx.conn, [item.event.sha256 for item in batch])
    if rows:
        book = await Book.open(tx, rows)
        for ticket_id in sorted(book.ids):
            with book.turn(ticket_id) as turn:
                turn.touch()
        await book.save()


def _meeting(windows: Sequence[Window], event: TicketOpened) -> tuple[Window, ...]:
    services = set(event.issue.services)
    return tuple(
        window
        for window in windows
        if services & set(window.services) and (window.end is None or window.end > event.clock_start)
    )
