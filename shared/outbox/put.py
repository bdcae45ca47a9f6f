"""Events out: identities, sequences and the insert into the outbox, in one statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import asyncpg
from pydantic_core import to_json

from shared.envelope import MAX_EVENT, Envelope
from shared.events import Event
from shared.ids import event_id

_REMEMBER = """
    INSERT INTO seen (key, producer, last)
    SELECT key, producer, last FROM unnest(${}::text[], ${}::text[], ${}::int[]) AS given (key, producer, last)
    ORDER BY key, producer
    ON CONFLICT (key, producer) DO UPDATE SET last = greatest(seen.last, EXCLUDED.last)
"""


class Outgoing(NamedTuple):
    """An event that this service says, caused by another (trace and correlation go on), at a domain time."""

    event: Event
    id: str
    time: datetime
    cause: Envelope | None = None
    sequence: int | None = None
    subject: str | None = None

    def envelope(self, source: str, trace: str | None = None) -> Envelope:
        """`trace` is that of the work which makes the event; it counts where the cause has none."""
        cause = self.cause
        return Envelope(
            id=self.id,
            source=source,
            type=self.event.type_name(),
            subject=self.subject,
            time=self.time,
            sequence=self.sequence,
            traceparent=(cause.traceparent if cause else None) or trace,
            correlation_id=(cause.correlation_id or cause.id) if cause else self.id,
        )


def emit(
    cause: Envelope | None,
    cause_identity: str,
    events: Sequence[Event],
    aggregate: str,
    sequence: int,
    subject: str,
    time: datetime,
) -> list[Outgoing]:
    """What one cause makes on one aggregate: ids by place among the type, sequences on from the given one."""
    places: Counter[str] = Counter()
    out = []
    for number, event in enumerate(events, sequence + 1):
        kind = event.type_name()
        identity = event_id(cause_identity, kind, aggregate, places[kind])
        places[kind] += 1
        out.append(Outgoing(event, identity, time, cause, number, subject))
    return out


class TooLarge(ValueError):
    """An event that no topic would take; its cause is refused instead."""


_OUT = """INSERT INTO outbox (topic, key, headers, payload)
    SELECT topic, key, headers, payload
    FROM unnest(${}::text[], ${}::text[], ${}::text[], ${}::bytea[]) WITH ORDINALITY
        AS event (topic, key, headers, payload, place)
    ORDER BY place"""


@lru_cache(maxsize=256)
def _statement(saved: str, values: int, out: bool, seen: bool) -> str:
    """What is saved, what was seen and what is said, in one; `saved` brings its own parameters, so many of them."""
    parts = [saved] if saved else []
    place = values + 1
    if seen:
        parts.append(f"last_seen AS ({_REMEMBER.format(*range(place, place + 3))})")
        place += 3
    last = _OUT.format(*range(place, place + 4)) if out else "SELECT"
    return f"WITH {', '.join(parts)} {last}" if parts else last


async def write(
    conn: asyncpg.Connection[asyncpg.Record],
    source: str,
    events: Sequence[Outgoing],
    seen: Mapping[tuple[str, str], int],
    saved: tuple[str, tuple[object, ...]] = ("", ()),
    trace: str | None = None,
) -> None:
    """What a transaction ends with: what it saves, how far each producer was seen, its events in order.

    `trace` is that of the work which makes them. Raises TooLarge before anything is written.
    """
    parts, values = saved
    columns: list[object] = [*values]
    if seen:
        lanes = sorted(seen)
        columns += [key for key, _ in lanes], [producer for _, producer in lanes], [seen[lane] for lane in lanes]
    if events:
        columns += _rows(source, events, trace)
    await conn.execute(_statement(parts, len(values), bool(events), bool(seen)), *columns)


def _rows(source: str, events: Sequence[Outgoing], trace: str | None) -> tuple[list[str], list[str], list[str], Any]:
    topics, keys, headers, payloads = [], [], [], []
    for out in events:
        payload = out.event.encode()
        if len(payload) > MAX_EVENT:  # headers are bounded where they come in
            raise TooLarge(f"{out.event.type_name()} has {len(payload)} bytes, more than {MAX_EVENT}")
        topics.append(out.event.TOPIC)
        keys.append(out.event.key() or source)
        headers.append(to_json(out.envelope(source, trace).pairs()).decode())
        payloads.append(payload)
    return topics, keys, headers, payloads
