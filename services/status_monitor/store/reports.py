"""What reports are made of: read page by page, so that no statement and no snapshot lasts long; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import asyncpg

from services.status_monitor.domain.facts import Facts
from services.status_monitor.domain.gaps import Found, found_of
from services.status_monitor.domain.ticket import Ticket
from services.status_monitor.store.incidents import FIRST_CUSTOMER
from services.status_monitor.store.tickets import ticket_of
from shared.events import Detection

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A ticket as its clocks are worked out from; not parsed yet, since a page of them takes a while."""

    ticket_id: UUID
    number: str
    account: str | None
    initiator: str
    opened_at: datetime
    priority: str
    """Of the last assessment."""
    raw: str

    def facts(self) -> Facts:
        return Facts.model_validate_json(self.raw)


@dataclass(frozen=True, slots=True)
class Span:
    """Which tickets: of an account; whose clocks may have been judged in a time, or that were opened in it."""

    account: str | None = None
    judged_from: datetime | None = None
    judged_to: datetime | None = None
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    concerning: bool = False
    """With an account, also those of the provider's that concern it."""


async def knows_account(pool: Pool, id: str) -> bool:
    """Whether it was published, or has a ticket."""
    known: bool = await pool.fetchval(
        "SELECT EXISTS (SELECT FROM accounts WHERE id = $1) OR EXISTS (SELECT FROM tickets WHERE account = $1)", id
    )
    return known


async def list_recorded(pool: Pool, span: Span, after: UUID | None, limit: int) -> list[Recorded]:
    """Assessed tickets in the order of their ids, after this one. A ticket whose policy is not known here is left out.

    Nothing on a ticket is judged before its clocks start, nor after it was closed.
    """
    rows: Sequence[asyncpg.Record] = await pool.fetch(
        """
        SELECT ticket_id, number, account, opened->>'initiator' AS initiator,
            (opened->>'opened_at')::timestamptz AS opened_at, data->'assigned'->>'priority' AS priority,
            data->'facts' AS facts
        FROM tickets
        WHERE ($1::uuid IS NULL OR ticket_id > $1) AND number IS NOT NULL AND waits_for IS NULL
            AND ($2::text IS NULL OR account = $2 OR ($8 AND EXISTS (
                SELECT FROM concerned c WHERE c.ticket_id = tickets.ticket_id AND c.account = $2 AND c.plans <> '[]')))
            AND data->'assigned' IS NOT NULL
            AND ($3::timestamptz IS NULL OR state IS DISTINCT FROM 'closed'
                OR (data->>'last_at')::timestamptz >= $3)
            AND ($4::timestamptz IS NULL OR (opened->>'clock_start')::timestamptz < $4)
            AND ($5::timestamptz IS NULL OR (opened->>'opened_at')::timestamptz >= $5)
            AND ($6::timestamptz IS NULL OR (opened->>'opened_at')::timestamptz < $6)
        ORDER BY ticket_id LIMIT $7
        """,
        after,
        span.account,
        span.judged_from,
        span.judged_to,
        span.opened_from,
        span.opened_to,
        limit,
        span.concerning,
    )
    return [
        Recorded(
            row["ticket_id"],
            row["number"],
            row["account"],
            row["initiator"],
            row["opened_at"],
            row["priority"],
            row["facts"],
        )
        for row in rows
    ]


async def list_gaps(pool: Pool, begin: datetime | None, end: datetime | None, limit: int) -> list[Found]:
    """The incidents that were opened in this time, half-open, the newest first."""
    rows: Sequence[asyncpg.Record] = await pool.fetch(
        f"""
        SELECT i.number, i.opened_at, (t.opened->>'clock_start')::timestamptz AS clock_start,
            t.opened->'detection' AS detection, (t.data->'facts'->>'notified')::timestamptz AS notified,
            first.number AS first_customer, first.reported_at AS first_customer_at
        FROM incident_tickets i JOIN tickets t ON t.ticket_id = i.ticket_id
        {FIRST_CUSTOMER}
        WHERE ($1::timestamptz IS NULL OR i.opened_at >= $1) AND ($2::timestamptz IS NULL OR i.opened_at < $2)
        ORDER BY i.opened_at DESC, i.ticket_id DESC LIMIT $3
        """,
        begin,
        end,
        limit,
    )
    return [
        found_of(
            row["number"],
            row["opened_at"],
            row["clock_start"],
            None if row["detection"] in (None, "null") else Detection.model_validate_json(row["detection"]),
            (row["first_customer_at"], row["first_customer"]) if row["first_customer"] is not None else None,
            row["notified"],
        )
        for row in rows
    ]


async def find_ticket(pool: Pool, number: str) -> Ticket | None:
    """A ticket as it stands."""
    row = await pool.fetchrow("SELECT opened, data FROM tickets WHERE number = $1", number)
    return None if row is None else ticket_of(row)


async def list_ledger(pool: Pool, ticket_id: UUID) -> Sequence[asyncpg.Record]:
    """What happened to its clocks, in the order in which it was written."""
    return await pool.fetch(
        "SELECT place, clock, cycle, kind, at, known_at, detail FROM ledger WHERE ticket_id = $1 ORDER BY place",
        ticket_id,
    )
