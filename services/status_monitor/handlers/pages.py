"""What pages show: claimed by lease, read, and folded into incidents, tickets and maintenances.

- A page that fails is recorded on its row and asked again later; no other page and nothing else waits for it.
- A ticket that a page speaks of before it is opened has a place already: what was said waits there.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from services.status_monitor.domain import incidents, maintenances, shown
from services.status_monitor.domain.statuspage import PageRead, read_page
from services.status_monitor.domain.ticket import Observation, Window
from services.status_monitor.handlers.book import Book
from services.status_monitor.store import pages as store
from services.status_monitor.store import tickets as ticket_store
from services.status_monitor.store.pages import Page
from shared.db import Database, Tx
from shared.refdata import policies_of

LEASE = timedelta(seconds=60)
"""Longer than a reading can take: at most two goes at the page, each with its own limit."""
FEW = 200
MOST_BACKOFF = 900.0


def pause_after(poll_seconds: float, failures: int, retry_after: float | None, jitter: float) -> timedelta:
    """When to ask again: with jitter, later after each failure in a row, never before the page wants it."""
    seconds = poll_seconds * (0.9 + 0.2 * jitter)
    if failures:
        seconds = min(seconds * 2 ** min(failures - 1, 6), max(MOST_BACKOFF, seconds))
    return timedelta(seconds=max(seconds, retry_after or 0.0))


async def apply_page(
    db: Database, page: Page, read: PageRead, *, retry_after: float | None, poll_seconds: float
) -> bool:
    """Everything that this reading shows; False when another process has taken the page over meanwhile."""
    async with db.transaction() as tx:
        row = await store.lock_page(tx.conn, page)
        if row is None:
            return False
        found, problems = await _find(tx, page, read)
        windows = await _windows(tx, read)
        told = [(item.seen.ticket_id, seen) for item in found for seen in item.observations]
        fresh = await store.add_observations(tx.conn, told, await tx.now()) if told else set()
        book = await _open_book(tx, [ticket for ticket, seen in told if seen.id in fresh])
        for item in found:
            if item.issue is not None:
                book.say(item.issue, incidents.report_identity(item.seen), f"{read.page}/{item.seen.incident}")
        tell(book, [(ticket, seen) for ticket, seen in told if seen.id in fresh])
        if found:
            await store.save_incidents(tx.conn, [item.seen for item in found])
        if windows:
            await store.save_windows(tx.conn, read.page, windows)
        await book.save()
        error = "; ".join([*read.problems, *problems])[:2000] or None
        failures = row["failures"] + 1 if error else 0
        await store.save_page(
            tx.conn,
            page,
            key=read.page,
            error=error,
            now=book.now,
            complete=read.complete,
            next_in=pause_after(poll_seconds, failures, retry_after, random.random()),
        )
    await _spread(db, read.page, windows)
    return True


async def _open_book(tx: Tx, tickets: Sequence[UUID]) -> Book:
    if not tickets:
        return await Book.open(tx, {})
    ids = list(set(tickets))
    await ticket_store.create_places(tx.conn, ids)
    return await Book.open(tx, await ticket_store.lock_tickets(tx.conn, ids))


def tell(book: Book, told: Sequence[tuple[UUID, Observation]]) -> None:
    """Each observation on its ticket, in order."""
    for ticket, seen in told:
        with book.turn(ticket) as turn:
            shown.on_observed(turn, seen)


async def _find(tx: Tx, page: Page, read: PageRead) -> tuple[list[incidents.Found], list[str]]:
    """What is new about the incidents, and which of them cannot be understood."""
    known = await store.load_incidents(tx.conn, read.page, [incident.id for incident in read.incidents])
    now = await tx.now()
    policy = (await policies_of(tx)).in_effect(now)
    return incidents.observe_all(read, known, policy, page.first_read_at, now)


async def _windows(tx: Tx, read: PageRead) -> list[Window]:
    known = await store.load_open_windows(tx.conn, read.page)
    now = await tx.now()
    return maintenances.windows_of(read, known, (await policies_of(tx)).in_effect(now), now)


async def _spread(db: Database, page: str, ended: Sequence[Window]) -> None:
    """Tell the tickets concerned, a bounded number at once.

    Windows that are open are told at every reading: a ticket that was opened in the same moment is found by the next.
    """
    for window in (await store.load_open_windows(db.pool, page)).values():
        while window.services and await _tell_some(db, window) == FEW:
            pass
    for window in ended:
        while window.end is not None and await _tell_some(db, window) == FEW:
            pass


async def _tell_some(db: Database, window: Window) -> int:
    async with db.transaction() as tx:
        if window.end is None:
            rows = await ticket_store.lock_unaware(tx.conn, window.key, window.services, FEW)
        else:
            rows = await ticket_store.lock_held(tx.conn, window.key, FEW)
        if not rows:
            return 0
        book = await Book.open(tx, rows)
        for ticket_id in sorted(book.ids):
            with book.turn(ticket_id) as turn:
                shown.on_maintenance(turn, window)
        await book.save()
        return len(rows)


def read_of(page: Page, documents: dict[str, object], problems: Sequence[str]) -> PageRead:
    """The documents as one reading; a page that did not say its id keeps the one it had."""
    read = read_page(page.name, documents, problems)
    if read.page == page.name and page.page is not None:
        read = read.model_copy(update={"page": page.page})
    return read


def new_lease() -> UUID:
    return uuid4()
