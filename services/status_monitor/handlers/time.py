"""What time brings: Initial after five seconds, warnings, breaches, closing; as far as the log is known.

A partition is swept only up to the moment at which it was known to be caught up: what waits in the log comes first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import get_args

from services.status_monitor.domain import due, following
from services.status_monitor.domain.facts import CLOCKS
from services.status_monitor.domain.ledger import Kind
from services.status_monitor.handlers.book import Book
from services.status_monitor.handlers.linking import pending
from services.status_monitor.handlers.log import take_up_terms
from services.status_monitor.store import tickets as store
from shared.service import App

AT_ONCE = 500
LATE_FOR = timedelta(minutes=5)
"""Longer than any transaction lives."""


async def sweep(app: App) -> None:
    """Everything that is due on the partitions of this process, a bounded number of tickets a transaction."""
    while await sweep_once(app) == AT_ONCE:
        pass


async def sweep_once(app: App) -> int:
    """One transaction; returns how many tickets it took."""
    upto: dict[int, tuple[datetime, datetime | None]] = {}
    for partition, marks in app.owned().items():
        if marks.tickets is not None:
            both = min(marks.tickets, marks.notifications) if marks.notifications is not None else None
            upto[partition] = (marks.tickets, both)
    if not upto:
        return 0
    async with app.db.transaction() as tx:
        rows = await store.lock_due(tx.conn, upto, AT_ONCE)
        if not rows:
            return 0
        partitions = {ticket_id: row.partition for ticket_id, row in rows.items()}
        book = await Book.open(tx, rows)
        # What the provider said meanwhile restarts clocks: before they are judged.
        words = await pending(tx, book.tickets())
        for ticket_id in sorted(book.ids):
            home = partitions[ticket_id]
            if home is not None and home in upto:
                with book.turn(ticket_id) as turn:
                    turn.touch()
                    following.follow(turn, words)
                    due.sweep(turn, *upto[home])
        await book.save()
    return len(rows)


async def sweep_terms(app: App) -> None:
    """Tickets that were being opened, by another process, in the moment in which their account changed.

    Looked for once, when every transaction of that moment is over; a bounded number of accounts a transaction.
    """
    found = AT_ONCE
    while found == AT_ONCE:
        async with app.db.transaction() as tx:
            terms = await store.take_late_terms(tx.conn, await tx.now() - LATE_FOR, AT_ONCE)
            await take_up_terms(tx, terms)
            found = len(terms)


async def count(app: App) -> None:
    """How many tickets are overdue for the sweep."""
    overdue = await store.count_overdue(app.db.pool, sorted(app.owned()))
    app.metrics.clocks_due.labels(app.name).set(overdue)
    for clock, kind in product(CLOCKS, get_args(Kind)):
        app.metrics.clock_entries.labels(app.name, clock, kind)  # from 0 on, so that the first one is an increase
