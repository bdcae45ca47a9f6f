"""Incidents find the customers' tickets that belong to them, and what is said on the provider's tickets reaches those.

- A bounded number of tickets a transaction: no lock is held for long, and other events of these tickets come between.
- Of several processes one at a time does this for a ticket of the provider's; one that dies leaves what it committed,
  and the next goes on from there: how far a ticket has followed is kept with the ticket.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.status_monitor.domain import following
from services.status_monitor.domain.links import Word
from services.status_monitor.domain.ticket import Ticket
from services.status_monitor.handlers.book import Book
from services.status_monitor.store import links as store
from services.status_monitor.store import tickets as ticket_store
from shared.db import Database, Tx
from shared.service import App

FEW = 200


async def sweep(app: App) -> None:
    """Words first, in turn among the provider's tickets that have any; then searches."""
    open_ = await store.list_unsettled(app.db.pool)
    while open_:
        open_ = [provider for provider in open_ if await tell_some(app.db, provider) == FEW]
    for provider in await store.list_unmatched(app.db.pool):
        await search(app.db, provider)


async def tell_some(db: Database, provider: UUID) -> int:
    """What was said on this ticket of the provider's reaches some more; returns how many tickets were behind."""
    async with db.transaction() as tx:
        if not await store.lock_errand(tx.conn, "words", provider):
            return 0
        last, whole = await store.begin_words(tx.conn, provider)
        behind = await store.list_behind(tx.conn, provider, last, FEW)
        if not behind:
            if whole:
                await store.settle_words(tx.conn, provider, last)
            return 0
        book = await Book.open(tx, await ticket_store.lock_tickets(tx.conn, behind))
        words = await pending(tx, book.tickets(), provider)
        for ticket_id in sorted(book.ids):
            with book.turn(ticket_id) as turn:
                following.follow(turn, words)
        await book.save()
    return len(behind)


async def pending(tx: Tx, tickets: Iterable[Ticket], provider: UUID | None = None) -> list[Word]:
    """What was said on tickets of the provider's (on this one), and may not have reached these that are linked."""
    after: dict[UUID, int] = {}
    for ticket in tickets:
        for link in ticket.links:
            if link.state in ("linked", "unlinked") and not link.over and provider in (None, link.provider):
                after[link.provider] = min(link.followed, after.get(link.provider, link.followed))
    return await store.load_words(tx.conn, after) if after else []


async def search(db: Database, provider: UUID) -> None:
    """Link what certainly belongs to the incident of this ticket of the provider's, propose what is likely."""
    async with db.transaction() as tx:
        found = await store.begin_search(tx.conn, provider)
    if found is None:
        return
    after: tuple[datetime, UUID] | None = None
    while True:
        async with db.transaction() as tx:
            if not await store.lock_errand(tx.conn, "search", provider):
                return
            candidates = await store.list_candidates(tx.conn, found.incident, after, FEW)
            if candidates:
                after = candidates[-1]
                book = await Book.open(
                    tx, await ticket_store.lock_tickets(tx.conn, [ticket for _, ticket in candidates])
                )
                for ticket_id in sorted(book.ids):
                    with book.turn(ticket_id) as turn:
                        following.settle(turn, [found.incident])
                await book.save()
            if len(candidates) < FEW:
                if found.whole:
                    await store.end_search(tx.conn, found)
                return
