"""All SQL of intake: tickets and their issues' facts; the timeline and the view that are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from services.intake.domain import Report, Ticket
from shared.db import Tx
from shared.events import IssueReported
from shared.ids import BY_TICKET

Connection = Any  # of asyncpg, whose generics exist in its stubs only
Reader = Any  # a pool or a connection


async def create_tickets(conn: Connection, reports: Sequence[Report]) -> tuple[dict[UUID, str], datetime]:
    """Create the tickets of these issues (distinct ones); the numbers of those that were new, and when that was."""
    ordered = sorted(reports, key=BY_TICKET)
    rows = await conn.fetch(
        """
        WITH now AS MATERIALIZED (SELECT clock_timestamp() AS at), created AS (
            INSERT INTO tickets (ticket_id, account, source, issue, opened_at, clock_start, last_at)
            SELECT ticket_id, account, source, issue, at, coalesce(clock_start, at), at
            FROM now, unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[])
                AS given (ticket_id, account, source, issue, clock_start)
            ORDER BY ticket_id
            ON CONFLICT DO NOTHING
            RETURNING ticket_id, number
        )
        SELECT created.ticket_id, created.number, now.at FROM now LEFT JOIN created ON true
        """,
        [r.ticket_id for r in ordered],
        [r.issue.account for r in ordered],
        [r.source for r in ordered],
        [r.issue.encode().decode() for r in ordered],
        [_clock_start(r) for r in ordered],
    )
    return {row["ticket_id"]: row["number"] for row in rows if row["ticket_id"] is not None}, rows[0]["at"]


def _clock_start(report: Report) -> datetime | None:
    return report.issue.detection.observed_at if report.issue.detection else report.clock_start


async def load_tickets(conn: Connection, ids: Sequence[UUID]) -> dict[UUID, Ticket]:
    """These tickets, locked in the order of their ids."""
    return _tickets(
        await conn.fetch(
            "SELECT ticket_id, number, account, source, issue, sequence, last_at FROM tickets "
            "WHERE ticket_id = ANY($1::uuid[]) ORDER BY ticket_id FOR UPDATE",
            ids,
        )
    )


async def load_numbers(conn: Connection, numbers: Sequence[str]) -> dict[str, Ticket]:
    """The tickets with these numbers, locked in the order of their ids."""
    found = _tickets(
        await conn.fetch(
            "SELECT ticket_id, number, account, source, issue, sequence, last_at FROM tickets "
            "WHERE number = ANY($1::text[]) ORDER BY ticket_id FOR UPDATE",
            sorted(numbers),
        )
    )
    return {ticket.number: ticket for ticket in found.values()}


def _tickets(rows: Sequence[asyncpg.Record]) -> dict[UUID, Ticket]:
    return {
        row["ticket_id"]: Ticket(
            row["ticket_id"],
            row["number"],
            row["account"],
            row["source"],
            IssueReported.model_validate_json(row["issue"]),
            row["sequence"],
            row["last_at"],
        )
        for row in rows
    }


async def save_tickets(conn: Connection, tickets: Sequence[Ticket]) -> None:
    """What changed of these (locked) tickets: their issue's facts and their sequence."""
    ordered = sorted(tickets, key=BY_TICKET)
    await conn.execute(
        """
        UPDATE tickets SET issue = given.issue, sequence = given.sequence, last_at = given.last_at
        FROM unnest($1::uuid[], $2::jsonb[], $3::int[], $4::timestamptz[])
            AS given (ticket_id, issue, sequence, last_at)
        WHERE tickets.ticket_id = given.ticket_id
        """,
        [t.ticket_id for t in ordered],
        [t.issue.encode().decode() for t in ordered],
        [t.sequence for t in ordered],
        [t.last_at for t in ordered],
    )


class Entry(NamedTuple):
    """A line of the timeline: an event as it was said. `data` is its JSON."""

    ticket_id: UUID
    source: str
    id: str
    type: str
    sequence: int | None
    occurred_at: datetime
    public: bool
    account: str | None
    data: str


@dataclass(slots=True)
class Seen:
    """What a batch says of one ticket, for its line in lists: the last word of each service."""

    ticket_id: UUID
    number: str | None = None
    account: str | None = None
    source: str | None = None
    initiator: str | None = None
    opened_at: datetime | None = None
    priority: str | None = None
    assessed: int = 0
    state: str | None = None
    status_seen: int = 0
    notified_at: datetime | None = None


async def save_timeline(tx: Tx, entries: Sequence[Entry], seen: Sequence[Seen]) -> None:
    """Append to the timeline, and merge into the view: each service's last word by its own sequence, so the order of
    arrival does not matter. With the transaction's last statement."""
    e = sorted(entries, key=attrgetter("ticket_id.int", "source", "id"))
    v = sorted(seen, key=BY_TICKET)
    await tx.save(
        """
        told AS (
            INSERT INTO timeline (ticket_id, source, id, type, sequence, occurred_at, public, account, data)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[],
                                 $7::bool[], $8::text[], $9::jsonb[])
            ON CONFLICT DO NOTHING
        ), shown AS (
        INSERT INTO ticket_view AS v (ticket_id, number, account, source, initiator, opened_at, priority, assessed,
                                      state, status_seen, notified_at)
        SELECT * FROM unnest($10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::timestamptz[],
                             $16::text[], $17::int[], $18::text[], $19::int[], $20::timestamptz[])
        ON CONFLICT (ticket_id) DO UPDATE SET
            number = coalesce(v.number, EXCLUDED.number),
            account = coalesce(v.account, EXCLUDED.account),
            source = coalesce(v.source, EXCLUDED.source),
            initiator = coalesce(v.initiator, EXCLUDED.initiator),
            opened_at = coalesce(v.opened_at, EXCLUDED.opened_at),
            priority = CASE WHEN EXCLUDED.assessed > v.assessed THEN EXCLUDED.priority ELSE v.priority END,
            assessed = greatest(v.assessed, EXCLUDED.assessed),
            state = CASE WHEN EXCLUDED.status_seen > v.status_seen THEN EXCLUDED.state ELSE v.state END,
            status_seen = greatest(v.status_seen, EXCLUDED.status_seen),
            notified_at = least(v.notified_at, EXCLUDED.notified_at)
        )
        """,
        [x.ticket_id for x in e],
        [x.source for x in e],
        [x.id for x in e],
        [x.type for x in e],
        [x.sequence for x in e],
        [x.occurred_at for x in e],
        [x.public for x in e],
        [x.account for x in e],
        [x.data for x in e],
        [x.ticket_id for x in v],
        [x.number for x in v],
        [x.account for x in v],
        [x.source for x in v],
        [x.initiator for x in v],
        [x.opened_at for x in v],
        [x.priority for x in v],
        [x.assessed for x in v],
        [x.state for x in v],
        [x.status_seen for x in v],
        [x.notified_at for x in v],
    )


async def list_tickets(
    reader: Reader,
    *,
    account: str | None,
    source: str | None,
    state: str | None,
    priority: str | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[asyncpg.Record]:
    """Newest first, after the cursor."""
    at, ticket = before or (None, None)
    rows: list[asyncpg.Record] = await reader.fetch(
        """
        SELECT ticket_id, number, account, source, initiator, opened_at, priority, coalesce(state, 'open') AS state
        FROM ticket_view
        WHERE number IS NOT NULL AND ($1::text IS NULL OR account = $1) AND ($2::text IS NULL OR source = $2)
            AND ($3::text IS NULL OR coalesce(state, 'open') = $3) AND ($4::text IS NULL OR priority = $4)
            AND ($5::timestamptz IS NULL OR (opened_at, ticket_id) < ($5, $6))
        ORDER BY opened_at DESC, ticket_id DESC LIMIT $7
        """,
        account,
        source,
        state,
        priority,
        at,
        ticket,
        limit,
    )
    return rows


async def find_ticket(reader: Reader, number: str) -> asyncpg.Record | None:
    """The view's line of a ticket."""
    row: asyncpg.Record | None = await reader.fetchrow("SELECT * FROM ticket_view WHERE number = $1", number)
    return row


async def is_ticket(reader: Reader, number: str) -> bool:
    """Whether the ticket exists, also where the view has not seen it yet."""
    return bool(await reader.fetchval("SELECT EXISTS (SELECT FROM tickets WHERE number = $1)", number))


async def list_entries(reader: Reader, ticket_id: UUID) -> list[asyncpg.Record]:
    """The timeline of a ticket, in the order of what occurred."""
    rows: list[asyncpg.Record] = await reader.fetch(
        "SELECT source, id, type, sequence, occurred_at, public, account, data FROM timeline WHERE ticket_id = $1 "
        "ORDER BY occurred_at, source, sequence, id",
        ticket_id,
    )
    return rows
