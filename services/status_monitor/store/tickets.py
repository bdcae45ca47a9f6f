"""Tickets: created, locked and loaded as sets, each statement in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from services.status_monitor.domain.links import WINDOW, Incident
from services.status_monitor.domain.ticket import Opened, Ticket, Window
from shared.events import Term

_COLUMNS = "t.ticket_id, t.partition, t.opened, t.data"


def _locked(found: str) -> str:
    """These tickets (a FROM and WHERE over `tickets t`), locked in the order of their ids."""
    return f"""
        WITH locked AS MATERIALIZED (SELECT {_COLUMNS} {found} FOR UPDATE OF t)
        SELECT locked.*, clock_timestamp() AS locked_at FROM locked
    """


@dataclass(slots=True)
class Row:
    """A ticket that is locked by this transaction, and where it lies in the log."""

    ticket: Ticket
    partition: int | None
    locked_at: datetime
    """By the database, after it was locked; the latest of a statement's rows is later than all its locks."""
    fresh: bool = False
    """There is no row yet: it is inserted when it is saved."""


@dataclass(frozen=True, slots=True)
class Context:
    """What tickets that open now meet: maintenances that go on, incidents that do or just did, the ends of terms."""

    windows: Sequence[Window]
    incidents: Sequence[Incident]
    term_ends: Mapping[str, datetime | None]


async def create_places(conn: asyncpg.Connection[asyncpg.Record], ids: Sequence[UUID]) -> None:
    """A row for each of these tickets, where there is none; one that another transaction just makes is waited for."""
    await conn.execute(
        """
        INSERT INTO tickets (ticket_id, data) SELECT id, jsonb_build_object('ticket_id', id)
        FROM unnest($1::uuid[]) AS id ORDER BY id ON CONFLICT DO NOTHING
        """,
        ids,
    )


async def lock_tickets(conn: asyncpg.Connection[asyncpg.Record], ids: Sequence[UUID]) -> dict[UUID, Row]:
    """These tickets, as far as there are any, locked."""
    return _rows(
        await conn.fetch(_locked("FROM tickets t WHERE t.ticket_id = ANY($1::uuid[]) ORDER BY t.ticket_id"), ids)
    )


async def lock_opening(
    conn: asyncpg.Connection[asyncpg.Record],
    ids: Sequence[UUID],
    since: datetime,
    began: datetime,
    services: Sequence[str],
    accounts: Sequence[str],
) -> tuple[dict[UUID, Row], Context]:
    """These tickets, locked, and what those among them that open meet, in one statement."""
    rows = await conn.fetch(
        f"""
        WITH locked AS MATERIALIZED (
            SELECT {_COLUMNS} FROM tickets t WHERE t.ticket_id = ANY($1::uuid[]) ORDER BY t.ticket_id FOR UPDATE
        ), windows AS MATERIALIZED (
            SELECT data FROM maintenances WHERE ended_at IS NULL OR ended_at > $2 ORDER BY began_at, key
        )
        SELECT 'ticket' AS what, NULL AS account, ticket_id, partition, opened, data, clock_timestamp() AS locked_at
        FROM locked
        UNION ALL SELECT 'window', NULL, NULL, NULL, NULL, data, NULL FROM windows
        UNION ALL SELECT 'incident', NULL, NULL, NULL, NULL, data, NULL
        FROM incident_tickets WHERE until > $4::timestamptz - $6::interval AND services && $5::text[]
        UNION ALL SELECT 'term', id, NULL, NULL, NULL, NULL, (data->'term'->>'end')::timestamptz
        FROM accounts WHERE id = ANY($3::text[])
        """,
        ids,
        since,
        accounts,
        began,
        services,
        WINDOW,
    )
    by_kind: dict[str, list[asyncpg.Record]] = {"ticket": [], "window": [], "incident": [], "term": []}
    for row in rows:
        by_kind[row["what"]].append(row)
    windows = [Window.model_validate_json(row["data"]) for row in by_kind["window"]]
    incidents = [Incident.model_validate_json(row["data"]) for row in by_kind["incident"]]
    ends = {row["account"]: row["locked_at"] for row in by_kind["term"]}
    return _rows(by_kind["ticket"]), Context(windows, incidents, ends)


async def lock_by_number(conn: asyncpg.Connection[asyncpg.Record], numbers: Sequence[str]) -> dict[UUID, Row]:
    """The tickets with these numbers, locked."""
    return _rows(
        await conn.fetch(
            _locked("FROM tickets t WHERE t.number = ANY($1::text[]) ORDER BY t.ticket_id"), sorted(numbers)
        )
    )


async def lock_due(
    conn: asyncpg.Connection[asyncpg.Record], upto: Mapping[int, tuple[datetime, datetime | None]], limit: int
) -> dict[UUID, Row]:
    """Tickets of these partitions on which something came due before (the time of `tickets`, that of both topics)."""
    partitions = sorted(upto)
    rows = await conn.fetch(
        f"""
        WITH owned AS (
            SELECT * FROM unnest($1::smallint[], $2::timestamptz[], $3::timestamptz[]) AS o (partition, upto, both_upto)
        ), due AS (
            SELECT found.ticket_id FROM owned CROSS JOIN LATERAL (
                SELECT t.ticket_id FROM tickets t
                WHERE t.partition = owned.partition AND t.next_due < owned.upto ORDER BY t.next_due LIMIT $4
            ) found
            UNION
            SELECT found.ticket_id FROM owned CROSS JOIN LATERAL (
                SELECT t.ticket_id FROM tickets t
                WHERE t.partition = owned.partition AND t.notify_due < owned.both_upto ORDER BY t.notify_due LIMIT $4
            ) found
            LIMIT $4
        ), locked AS MATERIALIZED (
            SELECT {_COLUMNS} FROM tickets t WHERE t.ticket_id IN (SELECT ticket_id FROM due)
            ORDER BY t.ticket_id FOR UPDATE
        )
        SELECT locked.*, clock_timestamp() AS locked_at FROM locked
        """,
        partitions,
        [upto[p][0] for p in partitions],
        [upto[p][1] for p in partitions],
        limit,
    )
    return _rows(rows)


async def lock_unaware(
    conn: asyncpg.Connection[asyncpg.Record], key: str, services: Sequence[str], limit: int
) -> dict[UUID, Row]:
    """Live tickets that name one of these services and do not know of this maintenance."""
    rows = await conn.fetch(
        _locked(
            """FROM tickets t
            WHERE t.number IS NOT NULL AND t.state IS DISTINCT FROM 'closed' AND t.services && $2::text[]
                AND NOT t.maintenances @> ARRAY[$1::text]
            ORDER BY t.ticket_id LIMIT $3"""
        ),
        key,
        sorted(services),
        limit,
    )
    return _rows(rows)


async def lock_held(conn: asyncpg.Connection[asyncpg.Record], key: str, limit: int) -> dict[UUID, Row]:
    """Live tickets that this maintenance still holds."""
    rows = await conn.fetch(
        _locked(
            """FROM tickets t
            WHERE t.number IS NOT NULL AND t.state IS DISTINCT FROM 'closed' AND t.held @> ARRAY[$1::text]
            ORDER BY t.ticket_id LIMIT $2"""
        ),
        key,
        limit,
    )
    return _rows(rows)


async def lock_with_other_term(
    conn: asyncpg.Connection[asyncpg.Record], ends: Mapping[str, datetime | None]
) -> dict[UUID, Row]:
    """The live tickets of these accounts on which the term ends at another time than given."""
    accounts = sorted(ends)
    rows = await conn.fetch(
        _locked(
            """FROM tickets t JOIN unnest($1::text[], $2::timestamptz[]) AS term (account, ends)
                ON term.account = t.account
            WHERE t.number IS NOT NULL AND t.state IS DISTINCT FROM 'closed'
                AND (t.data->'facts'->>'term_end')::timestamptz IS DISTINCT FROM term.ends
            ORDER BY t.ticket_id"""
        ),
        accounts,
        [ends[account] for account in accounts],
    )
    return _rows(rows)


async def note_terms(conn: asyncpg.Connection[asyncpg.Record], accounts: Iterable[str], now: datetime) -> None:
    """These accounts were published: what was being opened in that moment is looked for later."""
    await conn.execute(
        """
        INSERT INTO late_terms (account, noticed_at) SELECT account, $2 FROM unnest($1::text[]) AS given (account)
        ORDER BY account
        ON CONFLICT (account) DO UPDATE SET noticed_at = EXCLUDED.noticed_at
        """,
        sorted(accounts),
        now,
    )


async def take_late_terms(conn: asyncpg.Connection[asyncpg.Record], before: datetime, limit: int) -> dict[str, Term]:
    """The terms, as they are by now, of accounts that were published before then; each is looked at again once."""
    rows = await conn.fetch(
        """
        WITH late AS (
            DELETE FROM late_terms WHERE account IN (
                SELECT account FROM late_terms WHERE noticed_at < $1 ORDER BY account LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING account
        )
        SELECT a.id, a.data->>'term' AS term FROM late JOIN accounts a ON a.id = late.account
        """,
        before,
        limit,
    )
    return {row["id"]: Term.model_validate_json(row["term"]) for row in rows}


async def lock_waiting(conn: asyncpg.Connection[asyncpg.Record], policies: Sequence[str]) -> dict[UUID, Row]:
    """Tickets that were assessed under one of these policies before it was known here."""
    rows = await conn.fetch(
        _locked("FROM tickets t WHERE t.waits_for = ANY($1::text[]) ORDER BY t.ticket_id"),
        sorted(policies),
    )
    return _rows(rows)


async def count_overdue(pool: asyncpg.Pool[asyncpg.Record], partitions: Sequence[int]) -> int:
    """Tickets of these partitions on which something was due by now."""
    found: int = await pool.fetchval(
        """
        SELECT count(*) FROM tickets WHERE partition = ANY($1::smallint[])
            AND (next_due < (SELECT clock_timestamp()) OR notify_due < (SELECT clock_timestamp()))
        """,
        list(partitions),
    )
    return found


def _rows(found: Sequence[asyncpg.Record]) -> dict[UUID, Row]:
    return {row["ticket_id"]: _row(row) for row in found}


def _row(row: asyncpg.Record) -> Row:
    return Row(ticket_of(row), row["partition"], row["locked_at"])


def ticket_of(row: asyncpg.Record) -> Ticket:
    """A ticket from the two columns that hold it: how it was opened, and how it stands."""
    ticket = Ticket.model_validate_json(row["data"])
    if row["opened"] is not None:
        ticket = ticket.model_copy(update={"opened": Opened.model_validate_json(row["opened"])})
    return ticket


def new_row(ticket_id: UUID, at: datetime) -> Row:
    """A ticket that nobody else can have a place for: only its own log speaks of it."""
    return Row(Ticket(ticket_id=ticket_id), None, at, fresh=True)
