"""What triage has recorded, as it is read by people: page by page, nothing is locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

Pool = Any  # of asyncpg, whose generics exist in its stubs only


async def list_assessed(
    pool: Pool,
    *,
    account: str | None,
    begin: datetime | None,
    end: datetime | None,
    after: UUID | None,
    limit: int,
) -> Sequence[asyncpg.Record]:
    """Assessed tickets that were opened in this time, half-open, in the order of their ids, after this one."""
    rows: Sequence[asyncpg.Record] = await pool.fetch(
        """
        SELECT ticket_id, number, account, opened_at FROM tickets
        WHERE sequence > 0 AND ($1::text IS NULL OR account = $1) AND ($2::timestamptz IS NULL OR opened_at >= $2)
            AND ($3::timestamptz IS NULL OR opened_at < $3) AND ($4::uuid IS NULL OR ticket_id > $4)
        ORDER BY ticket_id LIMIT $5
        """,
        account,
        begin,
        end,
        after,
        limit,
    )
    return rows


async def find_ticket(pool: Pool, number: str) -> asyncpg.Record | None:
    """An assessed ticket."""
    row: asyncpg.Record | None = await pool.fetchrow(
        "SELECT ticket_id, number, account, opened_at FROM tickets WHERE number = $1 AND sequence > 0", number
    )
    return row


async def list_assessments(pool: Pool, ids: Sequence[UUID]) -> dict[UUID, list[asyncpg.Record]]:
    """All assessments of these tickets, in order."""
    found: dict[UUID, list[asyncpg.Record]] = {}
    for row in await pool.fetch(
        """
        SELECT ticket_id, assessment, policy, inputs, result, cause, decided_at FROM assessments
        WHERE ticket_id = ANY($1::uuid[]) ORDER BY ticket_id, assessment
        """,
        ids,
    ):
        found.setdefault(row["ticket_id"], []).append(row)
    return found


async def find_policy(pool: Pool, sha256: str) -> str | None:
    """A version of the policy as it was published, JSON."""
    text: str | None = await pool.fetchval("SELECT data FROM policies WHERE id = $1", sha256)
    return text
