"""One batch, one transaction: sort out, claim, hand to the handlers, remember.

- A record is handled, a duplicate, skipped for its type, parked or dead-lettered; nothing else can happen to it.
- Per ticket and producer, events are applied in sequence; a gap is raised, and the batch comes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.consumer import inbox, letters
from shared.consumer.failures import Gap, Waiting, describe
from shared.consumer.letters import Letter, Place
from shared.db import Tx
from shared.envelope import (
    PLAIN_TOPICS,
    Malformed,
    Received,
    Record,
    UnknownType,
    decode,
    type_of,
    unknown_type_is_skipped,
)
from shared.events import BY_TYPE, Event
from shared.refdata import COMPACTED, Deleted, check, deletion, keep

Handler = Callable[[Tx, Sequence[Received[Any]]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record of a type that this service does not handle, and its place in its producer's sequence."""

    record: Record
    source: str | None
    sequence: int | None


@dataclass(slots=True)
class Outcome:
    """What became of the records: counts by (topic, outcome), and the dead letters that are new."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    buried: list[Letter] = field(default_factory=list)
    correlation_id: str | None = None
    """Of the first event that was handled: enough to find a quiet batch's, and one of a full one's."""


Entry = Received[Event] | Skipped | Letter


class Batches:
    """How one service handles its records."""

    def __init__(
        self,
        on: Mapping[type[Event], Handler],
        keeps: Sequence[type[Event]],
        after: Mapping[type[Event], Handler],
        only: Mapping[type[Event], bytes] | None = None,
    ) -> None:
        """`only`: of these events those whose data hold these bytes; the others are skipped, unread."""
        self._on = dict(on)
        self._only = {kind.type_name(): words for kind, words in (only or {}).items()}
        self._keeps = tuple(keeps)
        self._after = dict(after)
        self._handled = {kind.type_name() for kind in (*self._on, *self._keeps)}
        # Whose sequences are followed: the producers of what is handled here, all of it.
        self._followed = {
            kind.PRODUCER for kind in self._on if kind.TOPIC == "tickets" and kind.type_name() not in self._only
        }

    async def process(
        self,
        tx: Tx,
        records: Sequence[Record],
        condemned: Mapping[Place, Letter],
        *,
        redriving: str | None = None,
    ) -> Outcome:
        """Everything about these records, inside the transaction. `redriving` names a key that is being unblocked."""
        outcome = Outcome()
        entries = [condemned.get(record.place) or self._sort_out(record) for record in records]
        fresh = await self._claim(tx, entries, redriving, outcome)
        if tx.tracing is not None:
            fresh = tx.tracing.adopt(tx, fresh)
        if fresh:
            outcome.correlation_id = fresh[0].envelope.correlation_id or fresh[0].envelope.id
        await self._dispatch(tx, fresh)
        await tx.flush()
        return outcome

    def pass_over(self, records: Sequence[Record]) -> Outcome | None:
        """What became of records of which nothing is to be kept: types that this service does not handle.

        None where any of them needs the database.
        """
        outcome = Outcome()
        for record in records:
            kind = type_of(record)
            if kind is None or self._wants(kind, record):
                return None
            entry = self._sort_out(record)
            if not isinstance(entry, Skipped) or self._lane(entry) is not None:
                return None
            outcome.counts[record.topic, "skipped"] += 1
        return outcome

    def _wants(self, kind: str, record: Record) -> bool:
        """Whether a record of this type is for a handler here; which of those that it is not about, nobody reads."""
        if (words := self._only.get(kind)) is not None:
            return record.value is not None and words in record.value
        return kind in self._handled

    async def _bury(self, tx: Tx, entries: Sequence[Entry], outcome: Outcome) -> set[Place]:
        """Keep the dead letters of this batch; returns the places of those that block what comes after them."""
        dead = [entry for entry in entries if isinstance(entry, Letter)]
        if not dead:
            return set()
        new, blocking = await letters.bury(tx.conn, dead)
        outcome.buried = [letter for letter in dead if letter.record.place in new]
        return blocking

    def _sort_out(self, record: Record) -> Entry:
        kind = type_of(record)
        if kind is not None and not self._wants(kind, record):
            known = BY_TYPE.get(kind)
            if (known is not None and record.topic == known.TOPIC) or (
                known is None and unknown_type_is_skipped(record.topic, kind, self._handled)
            ):
                return Skipped(record, record.header("ce_source"), _whole(record.header("ce_sequence")))
        try:
            received = deletion(record) or decode(record)
            check(received)
        except UnknownType as error:
            envelope = error.envelope
            if unknown_type_is_skipped(record.topic, envelope.type, self._handled):
                return Skipped(record, envelope.source, envelope.sequence)
            return Letter(record, "malformed", describe(error))
        except Malformed as error:
            return Letter(record, "malformed", describe(error))
        except Exception as error:
            # Whatever someone outside makes the reading stumble over is their record's fault; of our own it is a bug.
            if record.topic not in PLAIN_TOPICS:
                raise
            return Letter(record, "malformed", describe(error))
        if not isinstance(received.event, Deleted) and received.envelope.type not in self._handled:
            return Skipped(record, received.envelope.source, received.envelope.sequence)
        return received

    async def _claim(
        self, tx: Tx, entries: Sequence[Entry], redriving: str | None, outcome: Outcome
    ) -> list[Received[Event]]:
        identities = [_identity(entry) if isinstance(entry, Received) else None for entry in entries]
        lanes = [self._lane(entry) for entry in entries]
        said = {
            identity: entry.envelope.time if lane else inbox.ANY_TIME
            for entry, identity, lane in zip(entries, identities, lanes, strict=True)
            if identity is not None and isinstance(entry, Received)
        }
        claimed = await inbox.claim(tx.conn, said, {lane for lane in lanes if lane})
        tx.began_at, tx.versions = claimed.now, claimed.versions
        new, seen, blocked = claimed.new, claimed.seen, claimed.blocked - {redriving}
        # After the claim has asked what is blocked: a letter of this batch must not park what comes before it.
        blocking = await self._bury(tx, entries, outcome) if redriving is None else set()
        fresh: list[Received[Event]] = []
        parked: list[Letter] = []
        unhandled: dict[inbox.Identity, datetime] = {}
        for entry, identity, lane in zip(entries, identities, lanes, strict=True):
            record = entry.record
            if isinstance(entry, Letter):
                outcome.counts[record.topic, "dead"] += 1
                if record.place in blocking and record.topic == "tickets" and (key := _key(record)):
                    blocked.add(key)
                continue
            if identity is not None:
                if identity not in new:
                    outcome.counts[record.topic, "duplicate"] += 1
                    continue
                new.discard(identity)
            if lane is not None and lane[0] in blocked:
                parked.append(Letter(record, "parked", "an earlier event of this ticket is a dead letter"))
                if identity is not None:
                    unhandled[identity] = said[identity]
                outcome.counts[record.topic, "parked"] += 1
                continue
            if lane is not None and not _in_sequence(lane, _sequence(entry), seen):
                outcome.counts[record.topic, "duplicate"] += 1
            elif isinstance(entry, Skipped):
                outcome.counts[record.topic, "skipped"] += 1
            else:
                outcome.counts[record.topic, "handled"] += 1
                fresh.append(entry)
        if parked:
            await self._park(tx, parked, unhandled)
        tx.remember({lane: last for lane, last in seen.items() if claimed.before.get(lane) != last})
        return fresh

    async def _park(self, tx: Tx, parked: Sequence[Letter], unhandled: Mapping[inbox.Identity, datetime]) -> None:
        keys = {letter.record.key or b"" for letter in parked}
        if await letters.still_blocked(tx.conn, sorted(keys)) != keys:
            raise Waiting("a ticket was unblocked in this moment")
        await letters.bury(tx.conn, parked)
        await inbox.unclaim(tx.conn, unhandled)

    def _lane(self, entry: Entry) -> inbox.Lane | None:
        """Where this entry stands in a sequence, if it stands in one that is followed here."""
        if entry.record.topic != "tickets" or isinstance(entry, Letter):
            return None
        source = entry.envelope.source if isinstance(entry, Received) else entry.source
        key = _key(entry.record)
        if source not in self._followed or _sequence(entry) is None or not key:
            return None
        return key, str(source)

    async def _dispatch(self, tx: Tx, fresh: Sequence[Received[Event]]) -> None:
        """Reference data first, then each handler once with all that is its own, in the log's order."""
        if kept := [item for item in fresh if COMPACTED.get(item.record.topic) in self._keeps]:
            await keep(tx.conn, kept)
            tx.versions = None  # they are others now
            for kind, handler in self._after.items():
                if of_kind := [item for item in kept if isinstance(item.event, kind)]:
                    await handler(tx, of_kind)
                    await tx.flush()
        mine: dict[Handler, list[Received[Event]]] = {handler: [] for handler in self._on.values()}
        for item in fresh:
            if (wanted := self._on.get(type(item.event))) is not None:
                mine[wanted].append(item)
        saved = False
        for handler, items in mine.items():
            if not items:
                continue
            if saved:
                await tx.flush()  # what the handler before this one saves is read by it
            await handler(tx, items)
            saved = True


def _identity(item: Received[Event]) -> inbox.Identity:
    return item.record.topic, item.envelope.source, item.envelope.id


def _key(record: Record) -> str:
    """The ticket that a record is about; a key that is no text names none, and blocks none."""
    try:
        key = (record.key or b"").decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in key else key


def _sequence(entry: Received[Event] | Skipped) -> int | None:
    return entry.envelope.sequence if isinstance(entry, Received) else entry.sequence


def _whole(value: str | None) -> int | None:
    return int(value) if value and len(value) <= 9 and value.isascii() and value.isdigit() else None


def _in_sequence(lane: inbox.Lane, sequence: int | None, seen: dict[inbox.Lane, int]) -> bool:
    """Whether it is the next one; an earlier one is a duplicate. Raises Gap when something lies between."""
    last = seen.get(lane, 0)
    if sequence is None or sequence <= last:
        return False
    if sequence != last + 1:
        raise Gap(f"ticket {lane[0]}: {lane[1]} went from {last} to {sequence}")
    seen[lane] = sequence
    return True
