"""The tickets of one transaction: locked once, changed by turns in order, saved and spoken of once.

What others find a ticket by (links, incidents, the provider's words) is saved with it, where it changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from uuid import UUID

from services.status_monitor.domain.due import next_times
from services.status_monitor.domain.links import Word, incident_of, since_of, word_of
from services.status_monitor.domain.ticket import Ticket
from services.status_monitor.domain.turn import Followed, Turn
from services.status_monitor.store import links as link_store
from services.status_monitor.store.saving import Saved, save_tickets
from services.status_monitor.store.tickets import Row
from shared.db import Tx
from shared.envelope import Envelope
from shared.events import Event, StatusChanged
from shared.ids import event_id
from shared.observability import Metrics
from shared.outbox import Outgoing
from shared.policy import Policies
from shared.refdata import policies_of


class Book:
    """Opened after the rows are locked, so that `now` is later than every lock it waited for."""

    def __init__(self, tx: Tx, rows: dict[UUID, Row], policies: Policies, now: datetime) -> None:
        self.tx = tx
        self.now = now
        self.policies = policies
        self._rows = rows
        self._before: dict[UUID, Ticket] = {}
        self._out: list[Outgoing] = []
        self._places: Counter[tuple[str, str, str]] = Counter()
        self._words: list[Word] = []
        self._followed: list[tuple[UUID, Followed]] = []

    @staticmethod
    async def open(tx: Tx, rows: dict[UUID, Row]) -> Book:
        """Of these locked rows."""
        now = max((row.locked_at for row in rows.values()), default=None) or await tx.now()
        return Book(tx, rows, await policies_of(tx), now)

    def __contains__(self, ticket_id: object) -> bool:
        return ticket_id in self._rows

    @property
    def ids(self) -> Collection[UUID]:
        return self._rows.keys()

    def tickets(self) -> list[Ticket]:
        return [row.ticket for row in self._rows.values()]

    @contextmanager
    def turn(self, ticket_id: UUID, cause: Envelope | None = None, partition: int | None = None) -> Iterator[Turn]:
        """One event on one ticket. What an exception interrupts leaves nothing behind."""
        row = self._rows[ticket_id]
        turn = Turn(row.ticket, self.now, self.policies)
        yield turn
        if turn.ticket is row.ticket and not turn.outs and partition in (None, row.partition):
            return
        self._before.setdefault(ticket_id, row.ticket)
        row.ticket, row.partition = turn.ticket, row.partition if partition is None else partition
        cause = cause or _thread(row.ticket, self.now)
        for out in turn.outs:
            subject = row.ticket.opened.number if row.ticket.opened and out.sequence is not None else None
            self._put(out.event, out.identity, str(ticket_id), out.time, cause, out.sequence, subject)
            if isinstance(out.event, StatusChanged) and out.event.recipients_rule is not None:
                self._keep_word(out.event, out.sequence)
        self._followed += [(ticket_id, item) for item in turn.followed]

    def _keep_word(self, event: StatusChanged, sequence: int | None) -> None:
        """What is said on the provider's ticket, for those that are linked to it."""
        if sequence is not None and (word := word_of(event, sequence)) is not None:
            self._words.append(word)

    def say(self, event: Event, identity: str, aggregate: str, cause: Envelope | None = None) -> None:
        """Publish something that is about no ticket here."""
        self._put(event, identity, aggregate, self.now, cause, None, None)

    def _put(
        self,
        event: Event,
        identity: str,
        aggregate: str,
        time: datetime,
        cause: Envelope | None,
        sequence: int | None,
        subject: str | None,
    ) -> None:
        key = (identity, event.type_name(), aggregate)
        self._out.append(
            Outgoing(
                event=event,
                id=event_id(*key, self._places[key]),
                time=time,
                cause=cause,
                sequence=sequence,
                subject=subject,
            )
        )
        self._places[key] += 1

    def ticket_of(self, numbers: Collection[str]) -> Mapping[str, UUID]:
        """The ids of the tickets with these numbers."""
        return {
            row.ticket.opened.number: id
            for id, row in self._rows.items()
            if row.ticket.opened is not None and row.ticket.opened.number in numbers
        }

    async def save(self) -> None:
        """Save what changed, one statement; put what is to be said, one statement."""
        if self._before:
            saved = [self._saved(id, before) for id, before in self._before.items()]
            await save_tickets(self.tx, saved)
            await self._save_links()
            if (metrics := self.tx.metrics) is not None:
                self.tx.after_commit(partial(_count, metrics, list(zip(self._before.values(), saved, strict=True))))
        self.tx.put(self._out)

    async def _save_links(self) -> None:
        """Nothing for most tickets."""
        incidents, links = [], []
        for id, before in self._before.items():
            ticket = self._rows[id].ticket
            if (opened := ticket.opened) is None:
                continue
            if opened.initiator == "provider":
                if (incident := incident_of(ticket)) is not None and incident != incident_of(before):
                    incidents.append((incident, opened.opened_at))
            elif ticket.links is not before.links:
                changed = [link for link in ticket.links if link != before.link_to(link.provider)]
                links += [link_store.LinkRow(id, opened.clock_start, link) for link in changed]
        if incidents:
            await link_store.save_incidents(self.tx.conn, incidents)
        if self._words:
            await link_store.save_words(self.tx.conn, self._words)
        if links:
            await link_store.save_links(self.tx.conn, links)
        if self._followed:
            await link_store.add_propagations(self.tx.conn, self._followed, self.now)

    def _saved(self, ticket_id: UUID, before: Ticket) -> Saved:
        """What follows from all turns together: when to sweep next, and the ledger's new entries."""
        row = self._rows[ticket_id]
        turn = Turn(row.ticket, self.now, self.policies)
        entries = turn.entries(since=before)
        notify_due, next_due = next_times(turn)
        return Saved(
            ticket=turn.ticket,
            partition=row.partition,
            next_due=next_due,
            notify_due=notify_due,
            waits_for=turn.waits_for,
            began_at=since_of(turn.ticket),
            entries=entries,
            known_at=self.now,
            newly_opened=before.opened is None and turn.ticket.opened is not None,
            fresh=row.fresh,
        )


def _count(metrics: Metrics, changed: Sequence[tuple[Ticket, Saved]]) -> None:
    """What happened to the clocks, and how long it took until somebody was told."""
    service = metrics.service
    for before, saved in changed:
        plans = saved.ticket.facts.plans if saved.ticket.facts is not None else ()
        promised = {clock for plan in plans for clock, target in plan.targets.items() if target is not None}
        for entry in (entry for entry in saved.entries if entry.clock in promised):
            metrics.clock_entries.labels(service, entry.clock, entry.kind).inc()
        facts = saved.ticket.facts
        told_before = before.facts is not None and before.facts.notified is not None
        if facts is not None and facts.notified is not None and not told_before:
            metrics.issue_to_notification.labels(service).observe((facts.notified - facts.start).total_seconds())


def _thread(ticket: Ticket, now: datetime) -> Envelope | None:
    """Time and pages are no events on a ticket: what they bring belongs to the thread in which it was opened."""
    opened = ticket.opened
    if opened is None or opened.thread is None:
        return None
    return Envelope(opened.thread, "tickets", "upheld.cause", opened.number, now, traceparent=opened.trace)
