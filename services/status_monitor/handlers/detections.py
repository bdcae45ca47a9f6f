"""What monitors report: each episode is an issue, its end resolves the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.status_monitor.domain import detections
from services.status_monitor.domain.ticket import Observation
from services.status_monitor.handlers.book import Book
from services.status_monitor.handlers.pages import tell
from services.status_monitor.store import pages as store
from services.status_monitor.store import tickets as ticket_store
from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Envelope, Received
from shared.events import DetectionReported, IssueReported
from shared.refdata import policies_of


async def on_detections(tx: Tx, batch: Sequence[Received[DetectionReported]]) -> None:
    """Every detection in the order of the log; what they mean is ordered by when they were observed."""
    keys = {(item.event.source, item.event.dedup_key) for item in batch}
    watched = await store.lock_watched(tx.conn, list(keys))
    now = await tx.now()
    refused = [
        (item, f"observed_at: is in the future: {item.event.observed_at.isoformat()}")
        for item in batch
        if item.event.observed_at > now + detections.AHEAD
    ]
    if refused:
        raise Refused.many(refused)
    policy = (await policies_of(tx)).in_effect(now)
    issues: list[tuple[IssueReported, str, Envelope]] = []
    told: list[tuple[UUID, Observation]] = []
    for item in batch:
        key = (item.event.source, item.event.dedup_key)
        watch = detections.on_detection(watched[key], item.event, policy, now)
        watched[key] = watch.state
        if watch.issue is not None:
            issues.append((watch.issue, detections.report_identity(watch.state), item.envelope))
        if watch.observation is not None and watch.ticket is not None:
            told.append((watch.ticket, watch.observation))
    await store.save_watched(tx.conn, list(watched.values()))
    fresh = await store.add_observations(tx.conn, told, now) if told else set()
    ids = list({ticket for ticket, seen in told if seen.id in fresh})
    if ids:
        await ticket_store.create_places(tx.conn, ids)
    book = await Book.open(tx, await ticket_store.lock_tickets(tx.conn, ids) if ids else {})
    for issue, identity, envelope in issues:
        book.say(issue, identity, issue.issue_id, envelope)
    tell(book, [(ticket, seen) for ticket, seen in told if seen.id in fresh])
    await book.save()
