"""What was sent of a ticket, as it is read by people; nothing is locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

Pool = Any  # of asyncpg, whose generics exist in its stubs only


async def find_number(pool: Pool, ticket_id: UUID) -> str | None:
    """The number of a ticket of which anything was said here."""
    number: str | None = await pool.fetchval("SELECT number FROM tickets WHERE id = $1", ticket_id)
    return number


async def list_deliveries(
    pool: Pool, ticket_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[asyncpg.Record]:
    """Every message of a ticket in the order in which they came to be owed, after this one."""
    at, id = after or (None, None)
    rows: Sequence[asyncpg.Record] = await pool.fetch(
        """
        SELECT d.id, d.sequence, n.event::jsonb->>'cause' AS cause, d.channel, d.address, d.account, d.internal,
            d.status, d.state, d.attempts, d.reason, d.missing, d.created_at, d.finished_at, d.lapsed
        FROM deliveries d JOIN notices n ON n.ticket_id = d.ticket_id AND n.sequence = d.sequence
        WHERE d.ticket_id = $1 AND ($2::timestamptz IS NULL OR (d.created_at, d.id) > ($2, $3::uuid))
        ORDER BY d.created_at, d.id LIMIT $4
        """,
        ticket_id,
        at,
        id,
        limit,
    )
    return rows


async def list_waits(pool: Pool, ticket_id: UUID) -> Sequence[asyncpg.Record]:
    """What keeps notices of a ticket from people they are owed to."""
    rows: Sequence[asyncpg.Record] = await pool.fetch(
        "SELECT sequence, missing, since FROM waits WHERE ticket_id = $1 ORDER BY sequence, kind, key", ticket_id
    )
    return rows
