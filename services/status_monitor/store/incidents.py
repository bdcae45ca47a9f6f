"""Incidents as they are read: with how many tickets are linked, who reported first, and what reached whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from services.status_monitor.domain.ticket import Ticket
from services.status_monitor.store.tickets import ticket_of

FIRST_CUSTOMER = """
    LEFT JOIN LATERAL (
        SELECT c.number, links.reported_at FROM links JOIN tickets c ON c.ticket_id = links.ticket_id
        WHERE links.provider_id = i.ticket_id AND links.state = 'linked'
        ORDER BY links.reported_at, links.ticket_id LIMIT 1
    ) first ON true
"""
"""Of the incident `i`: the linked ticket that was reported first."""
_INCIDENT = f"""
    SELECT t.ticket_id, t.opened, t.data, i.opened_at, l.linked, l.proposed, first.number AS first_customer,
        first.reported_at AS first_customer_at
    FROM incident_tickets i JOIN tickets t ON t.ticket_id = i.ticket_id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 'linked') AS linked,
            count(*) FILTER (WHERE state = 'proposed') AS proposed
        FROM links WHERE provider_id = i.ticket_id
    ) l
    {FIRST_CUSTOMER}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident's ticket with what is known through customers' tickets. Only linked ones count."""

    ticket: Ticket
    opened_at: datetime
    linked: int
    proposed: int
    first_customer: str | None
    first_customer_at: datetime | None


async def list_incidents(
    pool: asyncpg.Pool[asyncpg.Record], *, ongoing: bool, before: tuple[datetime, UUID] | None, limit: int
) -> list[Shown]:
    """Newest first, after the cursor; all, or only what goes on."""
    at, id = before or (None, None)
    rows = await pool.fetch(
        f"""
        {_INCIDENT}
        WHERE ($1::timestamptz IS NULL OR (i.opened_at, i.ticket_id) < ($1, $2::uuid))
            AND (NOT $3 OR i.until = 'infinity')
        ORDER BY i.opened_at DESC, i.ticket_id DESC LIMIT $4
        """,
        at,
        id,
        ongoing,
        limit,
    )
    return [_shown(row) for row in rows]


async def find_incident(pool: asyncpg.Pool[asyncpg.Record], number: str) -> Shown | None:
    row = await pool.fetchrow(f"{_INCIDENT} WHERE i.number = $1", number)
    return None if row is None else _shown(row)


async def list_linked(
    pool: asyncpg.Pool[asyncpg.Record], provider: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[asyncpg.Record]:
    """The tickets that have to do with an incident, those that were reported first before the others."""
    at, id = after or (None, None)
    return await pool.fetch(
        """
        SELECT l.ticket_id, t.number, t.account, t.state AS ticket_state, l.state, l.reason, l.decided_by, l.since,
            l.reported_at, l.followed
        FROM links l JOIN tickets t ON t.ticket_id = l.ticket_id
        WHERE l.provider_id = $1 AND ($2::timestamptz IS NULL OR (l.reported_at, l.ticket_id) > ($2, $3::uuid))
        ORDER BY l.reported_at, l.ticket_id LIMIT $4
        """,
        provider,
        at,
        id,
        limit,
    )


async def list_words(pool: asyncpg.Pool[asyncpg.Record], provider: UUID) -> Sequence[asyncpg.Record]:
    """What was said in public, and how many tickets it has reached."""
    return await pool.fetch(
        """
        SELECT w.data, w.settled, count(p.*) FILTER (WHERE p.told) AS told, count(p.*) AS counted
        FROM provider_words w
        LEFT JOIN propagations p ON p.provider_id = w.provider_id AND p.sequence = w.sequence
        WHERE w.provider_id = $1 GROUP BY w.provider_id, w.sequence ORDER BY w.sequence
        """,
        provider,
    )


def _shown(row: asyncpg.Record) -> Shown:
    return Shown(
        ticket=ticket_of(row),
        opened_at=row["opened_at"],
        linked=row["linked"],
        proposed=row["proposed"],
        first_customer=row["first_customer"],
        first_customer_at=row["first_customer_at"],
    )
