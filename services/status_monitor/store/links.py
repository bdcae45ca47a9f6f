"""Incidents of the provider's, the customers' tickets linked to them, and which word reached whom.

- Links and propagations are written only under the lock of the customer's ticket, incidents and words only under that
  of the provider's ticket; each statement in the order of its key.
- A search is through when it began after the end of all transactions that were under way when what it searches for
  became known: what those wrote without knowing of it, it has seen. (A batch or an act is under way, with an id of its
  own, from its claim on, which comes before it looks for incidents and before it reads the time.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import asyncpg

from services.status_monitor.domain.links import NEAR, WINDOW, Incident, Word
from services.status_monitor.domain.ticket import Link
from services.status_monitor.domain.turn import Followed

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as it is to be stored: of this ticket, reported at this time."""

    ticket_id: UUID
    reported_at: datetime
    link: Link


async def save_incidents(conn: Connection, incidents: Sequence[tuple[Incident, datetime]]) -> None:
    """Incidents with the times at which their tickets were opened; other services or another beginning: search anew."""
    ordered = sorted(incidents, key=lambda item: item[0].ticket_id)
    await conn.execute(
        """
        INSERT INTO incident_tickets (ticket_id, number, services, begin_at, until, opened_at, data)
        SELECT id, number, string_to_array(services, chr(31)), begin_at, coalesce(until, 'infinity'), opened_at, data
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
            $7::jsonb[]) AS given (id, number, services, begin_at, until, opened_at, data) ORDER BY id
        ON CONFLICT (ticket_id) DO UPDATE SET services = EXCLUDED.services, begin_at = EXCLUDED.begin_at,
            until = EXCLUDED.until, data = EXCLUDED.data,
            horizon = CASE WHEN incident_tickets.services = EXCLUDED.services THEN incident_tickets.horizon END,
            matched = incident_tickets.matched AND incident_tickets.services = EXCLUDED.services
        """,
        [item.ticket_id for item, _ in ordered],
        [item.number for item, _ in ordered],
        ["\x1f".join(item.services) for item, _ in ordered],
        [item.begin for item, _ in ordered],
        [item.end for item, _ in ordered],
        [opened_at for _, opened_at in ordered],
        [item.model_dump_json() for item, _ in ordered],
    )


async def save_words(conn: Connection, words: Sequence[Word]) -> None:
    ordered = sorted(words, key=lambda word: (word.provider, word.sequence))
    await conn.execute(
        """
        INSERT INTO provider_words (provider_id, sequence, at, data)
        SELECT * FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::jsonb[])
        """,
        [word.provider for word in ordered],
        [word.sequence for word in ordered],
        [word.at for word in ordered],
        [word.model_dump_json() for word in ordered],
    )


async def save_links(conn: Connection, rows: Sequence[LinkRow]) -> None:
    ordered = sorted(rows, key=lambda row: (row.link.provider, row.ticket_id))
    await conn.execute(
        """
        INSERT INTO links AS l
            (provider_id, ticket_id, state, reason, decided_by, since, reported_at, followed, follows)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
            $7::timestamptz[], $8::int[], $9::bool[])
        ON CONFLICT (provider_id, ticket_id) DO UPDATE SET state = EXCLUDED.state, reason = EXCLUDED.reason,
            decided_by = EXCLUDED.decided_by, since = EXCLUDED.since, followed = EXCLUDED.followed,
            follows = EXCLUDED.follows
        """,
        [row.link.provider for row in ordered],
        [row.ticket_id for row in ordered],
        [row.link.state for row in ordered],
        [row.link.reason for row in ordered],
        [row.link.by for row in ordered],
        [row.link.since for row in ordered],
        [row.reported_at for row in ordered],
        [row.link.followed for row in ordered],
        [row.link.state == "linked" or (row.link.state == "unlinked" and not row.link.over) for row in ordered],
    )


async def add_propagations(conn: Connection, followed: Sequence[tuple[UUID, Followed]], now: datetime) -> None:
    """Which word reached which ticket: a row that is there already is a word said twice, and fails."""
    ordered = sorted(followed, key=lambda item: (item[1].provider, item[1].sequence, item[0]))
    await conn.execute(
        """
        INSERT INTO propagations (provider_id, sequence, ticket_id, told, at)
        SELECT provider_id, sequence, ticket_id, told, $5
        FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::bool[]) AS p (provider_id, sequence, ticket_id, told)
        """,
        [item.provider for _, item in ordered],
        [item.sequence for _, item in ordered],
        [ticket_id for ticket_id, _ in ordered],
        [item.told for _, item in ordered],
        now,
    )


async def load_incidents(conn: Connection, numbers: Sequence[str]) -> dict[str, Incident]:
    """The provider's tickets among these numbers."""
    rows = await conn.fetch("SELECT data FROM incident_tickets WHERE number = ANY($1::text[])", sorted(numbers))
    found = [Incident.model_validate_json(row["data"]) for row in rows]
    return {incident.number: incident for incident in found}


async def list_incidents(conn: Connection, services: Sequence[str], began: datetime) -> list[Incident]:
    """The incidents on these services that may explain what began then."""
    rows = await conn.fetch(
        "SELECT data FROM incident_tickets WHERE until > $1::timestamptz - $2::interval AND services && $3::text[]",
        began,
        WINDOW,
        sorted(services),
    )
    return [Incident.model_validate_json(row["data"]) for row in rows]


async def load_words(conn: Connection, after: Mapping[UUID, int]) -> list[Word]:
    """What was said on these tickets of the provider's after these sequences."""
    ids = sorted(after)
    rows = await conn.fetch(
        """
        SELECT w.data FROM unnest($1::uuid[], $2::int[]) AS given (provider_id, sequence)
        JOIN provider_words w ON w.provider_id = given.provider_id AND w.sequence > given.sequence
        ORDER BY w.provider_id, w.sequence
        """,
        ids,
        [after[id] for id in ids],
    )
    return [Word.model_validate_json(row["data"]) for row in rows]


async def lock_errand(conn: Connection, kind: str, provider: UUID) -> bool:
    """Whether this transaction alone does this for that ticket of the provider's, until it ends."""
    held: bool = await conn.fetchval(
        "SELECT pg_try_advisory_xact_lock(hashtextextended('status-monitor/' || $1 || '/' || $2::text, 0))",
        kind,
        str(provider),
    )
    return held


async def list_unsettled(pool: asyncpg.Pool[asyncpg.Record]) -> list[UUID]:
    """The provider's tickets on which something was said that may not have reached everyone."""
    rows = await pool.fetch("SELECT DISTINCT provider_id FROM provider_words WHERE NOT settled ORDER BY provider_id")
    return [row["provider_id"] for row in rows]


async def begin_words(conn: Connection, provider: UUID) -> tuple[int, bool]:
    """The last word that is not settled (0: none), and whether all who were linked before it was known are seen now."""
    row = await conn.fetchrow(
        """
        WITH seen AS (
            UPDATE provider_words SET horizon = coalesce(horizon, pg_snapshot_xmax(pg_current_snapshot()))
            WHERE provider_id = $1 AND NOT settled RETURNING sequence, horizon
        )
        SELECT coalesce(max(sequence), 0) AS last,
            coalesce(bool_and(horizon <= pg_snapshot_xmin(pg_current_snapshot())), true) AS whole FROM seen
        """,
        provider,
    )
    assert row is not None
    return row["last"], row["whole"]


async def list_behind(conn: Connection, provider: UUID, last: int, limit: int) -> list[UUID]:
    """Tickets that the words up to this one have not reached."""
    rows = await conn.fetch(
        """
        SELECT ticket_id FROM links WHERE provider_id = $1 AND followed < $2 AND follows
        ORDER BY followed, ticket_id LIMIT $3
        """,
        provider,
        last,
        limit,
    )
    return [row["ticket_id"] for row in rows]


async def settle_words(conn: Connection, provider: UUID, last: int) -> None:
    await conn.execute(
        "UPDATE provider_words SET settled = true WHERE provider_id = $1 AND sequence <= $2 AND NOT settled",
        provider,
        last,
    )


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the tickets that may belong to an incident; `whole`: no other has to follow it."""

    incident: Incident
    horizon: str
    whole: bool


async def list_unmatched(pool: asyncpg.Pool[asyncpg.Record]) -> list[UUID]:
    """The provider's tickets whose customers' tickets are still to be searched for."""
    rows = await pool.fetch("SELECT ticket_id FROM incident_tickets WHERE NOT matched ORDER BY ticket_id")
    return [row["ticket_id"] for row in rows]


async def begin_search(conn: Connection, provider: UUID) -> Search | None:
    """None when it is done already."""
    row = await conn.fetchrow(
        """
        UPDATE incident_tickets SET horizon = coalesce(horizon, pg_snapshot_xmax(pg_current_snapshot()))
        WHERE ticket_id = $1 AND NOT matched
        RETURNING data, horizon::text, horizon <= pg_snapshot_xmin(pg_current_snapshot()) AS whole
        """,
        provider,
    )
    return None if row is None else Search(Incident.model_validate_json(row["data"]), row["horizon"], row["whole"])


async def list_candidates(
    conn: Connection, incident: Incident, after: tuple[datetime, UUID] | None, limit: int
) -> list[tuple[datetime, UUID]]:
    """Customers' tickets that may belong to the incident and of which nothing is decided, the earliest first."""
    rows = await conn.fetch(
        """
        SELECT began_at, ticket_id FROM tickets
        WHERE began_at IS NOT NULL AND (state IS NULL OR state NOT IN ('resolved', 'closed'))
            AND began_at >= $1::timestamptz - $2::interval
            AND ($3::timestamptz IS NULL OR began_at <= $3 + $4::interval)
            AND services && $5::text[]
            AND ($6::timestamptz IS NULL OR (began_at, ticket_id) > ($6, $7::uuid))
            AND NOT EXISTS (SELECT FROM links WHERE provider_id = $8 AND links.ticket_id = tickets.ticket_id)
        ORDER BY began_at, ticket_id LIMIT $9
        """,
        incident.begin,
        NEAR,
        incident.end,
        WINDOW,
        list(incident.services),
        after[0] if after else None,
        after[1] if after else None,
        incident.ticket_id,
        limit,
    )
    return [(row["began_at"], row["ticket_id"]) for row in rows]


async def end_search(conn: Connection, search: Search) -> None:
    """The search is through; unless the incident has changed meanwhile."""
    await conn.execute(
        "UPDATE incident_tickets SET matched = true WHERE ticket_id = $1 AND horizon = $2::text::xid8",
        search.incident.ticket_id,
        search.horizon,
    )
