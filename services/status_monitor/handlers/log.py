"""What arrives by the log: tickets' events of intake and triage, acceptances of the notifier, reference data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.status_monitor.domain import states
from services.status_monitor.domain.ticket import Window
from services.status_monitor.handlers.book import Book
from services.status_monitor.store import pages as page_store
from services.status_monitor.store import tickets as store
from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Received
from shared.events import (
    AccountChanged,
    NotificationSent,
    PolicyPublished,
    PriorityAssigned,
    TicketOpened,
    TicketReplied,
)
from shared.refdata import load_accounts

TicketEvent = TicketOpened | TicketReplied | PriorityAssigned | NotificationSent


async def on_tickets(tx: Tx, batch: Sequence[Received[TicketEvent]]) -> None:
    """Every event in its turn, in the order of the log."""
    ids = {item.event.ticket_id for item in batch}
    # Acceptances lie on another topic: after a rebuild they may be read before TicketOpened is.
    new = {item.event.ticket_id for item in batch if isinstance(item.event, TicketOpened | NotificationSent)}
    if new:
        await store.create_places(tx.conn, list(new))
    rows = await store.lock_tickets(tx.conn, list(ids))
    opened = [item.event for item in batch if isinstance(item.event, TicketOpened)]
    windows = await _windows(tx, opened)
    ends = await _term_ends(tx, opened)
    book = await Book.open(tx, rows)
    for item in batch:
        event = item.event
        if event.ticket_id not in book:
            raise Refused(item, f"ticket {event.ticket_id} was never opened")
        partition = item.record.partition if isinstance(event, TicketOpened) else None
        try:
            with book.turn(event.ticket_id, item.envelope, partition) as turn:
                if isinstance(event, TicketOpened):
                    states.on_opened(turn, event, _meeting(windows, event))
                    if event.account in ends:
                        states.on_term(turn, ends[event.account])
                elif isinstance(event, PriorityAssigned):
                    states.on_assigned(turn, event, item.envelope.identity)
                elif isinstance(event, TicketReplied):
                    states.on_replied(turn, event, item.envelope.identity)
                else:
                    states.on_notified(turn, event)
        except states.NotOpened as error:
            raise Refused(item, str(error)) from None
    await book.save()


async def on_accounts(tx: Tx, batch: Sequence[Received[AccountChanged]]) -> None:
    """A term that ends on another day concerns the account's live tickets."""
    ends = {item.event.id: item.event.term.end for item in batch}
    rows = await store.lock_with_other_term(tx.conn, ends)
    if not rows:
        return
    book = await Book.open(tx, rows)
    for ticket_id in sorted(book.ids):
        with book.turn(ticket_id) as turn:
            states.on_term(turn, ends[turn.opened.account or ""])
    await book.save()


async def on_policies(tx: Tx, batch: Sequence[Received[PolicyPublished]]) -> None:
    """Clocks that waited for the policy are computed now."""
    rows = await store.lock_waiting(tx.conn, [item.event.sha256 for item in batch])
    if rows:
        book = await Book.open(tx, rows)
        for ticket_id in sorted(book.ids):
            with book.turn(ticket_id) as turn:
                turn.touch()
        await book.save()


async def _windows(tx: Tx, opened: Sequence[TicketOpened]) -> list[Window]:
    if not any(event.issue.services for event in opened):
        return []
    return await page_store.list_windows(tx.conn, min(event.clock_start for event in opened))


def _meeting(windows: Sequence[Window], event: TicketOpened) -> tuple[Window, ...]:
    services = set(event.issue.services)
    return tuple(
        window
        for window in windows
        if services & set(window.services) and (window.end is None or window.end > event.clock_start)
    )


async def _term_ends(tx: Tx, opened: Sequence[TicketOpened]) -> dict[str | None, datetime | None]:
    named = {event.account for event in opened if event.account is not None}
    if not named:
        return {}
    accounts = await load_accounts(tx.conn, named)
    return {id: account.term.end for id, account in accounts.items()}
