"""What is on its way: claims by lease, and what became of them.

A claim takes `due` rows only and waits for nobody (SKIP LOCKED); its cost follows the number of gates, not the backlog.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notifier.domain.messages import Claimed
from services.notifier.store.owed import cause_of

Connection = Any  # of asyncpg, whose generics exist in its stubs only


async def claim(
    conn: Connection, channel: str, barred: Sequence[str], lease: UUID, seconds: float, per_gate: int, most: int
) -> list[Claimed]:
    """Lease what is due on this channel, at most `per_gate` of each gate that is not barred, gates in random order.

    The gates with anything due are found by skipping along the index, so a long backlog behind one gate costs the
    others nothing.
    """
    rows = await conn.fetch(
        """
        WITH RECURSIVE gates AS (
            (SELECT gate FROM deliveries WHERE channel = $1 AND state = 'due' ORDER BY gate LIMIT 1)
            UNION ALL
            SELECT (SELECT d.gate FROM deliveries AS d
                    WHERE d.channel = $1 AND d.state = 'due' AND d.gate > gates.gate ORDER BY d.gate LIMIT 1)
            FROM gates WHERE gates.gate IS NOT NULL
        ), picked AS MATERIALIZED (
            SELECT due.id
            FROM (SELECT gate FROM gates WHERE gate IS NOT NULL AND gate <> ALL($2::text[])
                  ORDER BY md5(gate || ($3::uuid)::text)) AS free
            CROSS JOIN LATERAL (
                SELECT id FROM deliveries
                WHERE channel = $1 AND gate = free.gate AND state = 'due' AND due_at <= now()
                ORDER BY due_at LIMIT $5 FOR UPDATE SKIP LOCKED
            ) AS due
            LIMIT $6
        )
        UPDATE deliveries AS d
        SET lease = $3::uuid, leased_at = clock_timestamp(),
            due_at = clock_timestamp() + make_interval(secs => $4), attempts = attempts + 1,
            lapsed = CASE WHEN lease IS NULL THEN lapsed ELSE array_append(lapsed, leased_at) END
        FROM picked, notices AS n
        WHERE d.id = picked.id AND n.ticket_id = d.ticket_id AND n.sequence = d.sequence
        RETURNING d.id, d.ticket_id, d.sequence, d.channel, d.destination, d.address, d.gate, d.account, d.internal,
            d.attempts, d.created_at, n.event, n.cause_id, n.cause_source, n.cause_time, n.traceparent,
            n.correlation_id,
            (SELECT f.id FROM deliveries AS f WHERE f.ticket_id = d.ticket_id AND f.channel = d.channel
                AND f.destination = d.destination ORDER BY f.sequence LIMIT 1) AS thread
        """,
        channel,
        list(barred),
        lease,
        seconds,
        per_gate,
        most,
    )
    return [
        Claimed(
            row["id"],
            lease,
            row["ticket_id"],
            row["sequence"],
            row["channel"],
            row["destination"],
            row["address"],
            row["gate"],
            row["account"],
            row["internal"],
            row["attempts"],
            row["created_at"],
            row["thread"],
            row["event"],
            cause_of(row),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an attempt comes to: over (`accepted`, `failed`), or due again in so many seconds."""

    id: UUID
    lease: UUID
    state: str
    seconds: float
    counted: bool
    reason: str | None
    missing: str | None


async def lock_sent(conn: Connection, ids: Collection[UUID]) -> tuple[dict[UUID, int], datetime]:
    """Lock these tickets; how many notifications were said of each, and the database's time after the locks."""
    rows = await conn.fetch(
        "WITH locked AS MATERIALIZED (SELECT id, sent FROM tickets WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE) "
        "SELECT id, sent, clock_timestamp() AS now FROM locked",
        sorted(ids),
    )
    return {row["id"]: row["sent"] for row in rows}, max(row["now"] for row in rows)


async def save_marks(conn: Connection, marks: Sequence[Mark]) -> tuple[set[UUID], set[str]]:
    """Settle these; who was next in a lane that went on becomes due.

    Returns the ids that are over by this (not those that were over before), and the channels with more to claim.
    An acceptance holds whoever has the lease by now: it is a fact. Anything else holds only under its own lease.
    """
    marks = sorted(marks, key=lambda mark: mark.id)
    rows = await conn.fetch(
        """
        WITH settled AS (
            UPDATE deliveries AS d
            SET state = given.state, lease = NULL, leased_at = NULL, reason = given.reason, missing = given.missing,
                attempts = d.attempts - (NOT given.counted)::int,
                due_at = CASE WHEN given.state = 'due'
                    THEN clock_timestamp() + make_interval(secs => given.seconds) ELSE d.due_at END,
                finished_at = CASE WHEN given.state = 'due' THEN NULL ELSE clock_timestamp() END
            FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::float8[], $5::bool[], $6::text[], $7::text[])
                AS given (id, lease, state, seconds, counted, reason, missing)
            WHERE d.id = given.id AND d.state = 'due' AND (given.state = 'accepted' OR d.lease = given.lease)
            RETURNING d.id, d.ticket_id, d.channel, d.destination, d.state, d.internal
        ), following AS (
            SELECT next.id FROM settled CROSS JOIN LATERAL (
                SELECT id FROM deliveries AS q
                WHERE q.ticket_id = settled.ticket_id AND q.channel = settled.channel
                    AND q.destination = settled.destination AND q.state = 'queued'
                ORDER BY q.sequence LIMIT 1
            ) AS next WHERE settled.state <> 'due'
        ), promoted AS (
            UPDATE deliveries SET state = 'due', due_at = clock_timestamp()
            WHERE id IN (SELECT id FROM following) AND state = 'queued'
            RETURNING channel
        ), counted AS (
            UPDATE tickets SET sent = sent + said.number
            FROM (SELECT ticket_id, count(*) AS number FROM settled WHERE state <> 'due' AND NOT internal
                  GROUP BY ticket_id) AS said
            WHERE tickets.id = said.ticket_id
        )
        SELECT id, NULL AS channel FROM settled WHERE state <> 'due'
        UNION ALL
        SELECT DISTINCT NULL::uuid, channel FROM promoted
        """,
        [m.id for m in marks],
        [m.lease for m in marks],
        [m.state for m in marks],
        [m.seconds for m in marks],
        [m.counted for m in marks],
        [m.reason for m in marks],
        [m.missing for m in marks],
    )
    return {row["id"] for row in rows if row["id"]}, {row["channel"] for row in rows if row["channel"]}


async def count_open(conn: Connection) -> tuple[dict[str, tuple[int, float]], int]:
    """What is owed by channel: how many, and the seconds of the oldest; and how many notices wait for something named.

    The oldest is among the `due` ones: those that are queued come after them.
    """
    rows = await conn.fetch(
        "SELECT channel, sum(number)::int AS number, "
        "extract(epoch FROM clock_timestamp() - min(since))::float8 AS seconds FROM ("
        "SELECT channel, count(*) AS number, min(created_at) AS since FROM deliveries WHERE state = 'due' "
        "GROUP BY channel UNION ALL "
        "SELECT channel, count(*), NULL FROM deliveries WHERE state = 'queued' GROUP BY channel"
        ") AS open GROUP BY channel"
    )
    waiting = await conn.fetchval("SELECT count(*) FROM waiting")
    return {row["channel"]: (row["number"], row["seconds"] or 0.0) for row in rows}, int(waiting)
