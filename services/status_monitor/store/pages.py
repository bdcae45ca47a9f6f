"""Pages claimed by lease, their incidents, what was observed, maintenances; and what monitors watch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from services.status_monitor.domain.detections import Watched
from services.status_monitor.domain.incidents import Seen
from services.status_monitor.domain.ticket import Observation, Window


@dataclass(frozen=True, slots=True)
class Page:
    """A page that this process holds the lease of."""

    name: str
    url: str
    lease: UUID
    page: str | None
    first_read_at: datetime | None
    failing_since: datetime | None
    failures: int


async def keep_pages(pool: asyncpg.Pool[asyncpg.Record], pages: Mapping[str, str]) -> None:
    """The pages that the settings name; a new address is read at once."""
    names = sorted(pages)
    await pool.execute(
        """
        INSERT INTO pages (name, url)
        SELECT name, url FROM unnest($1::text[], $2::text[]) AS p (name, url) ORDER BY name
        ON CONFLICT (name) DO UPDATE SET url = EXCLUDED.url, due_at = clock_timestamp() WHERE pages.url <> EXCLUDED.url
        """,
        names,
        [pages[name] for name in names],
    )


async def claim_pages(
    pool: asyncpg.Pool[asyncpg.Record], names: Sequence[str], lease: UUID, lease_for: timedelta
) -> list[Page]:
    """The pages that are due and that nobody reads now; they are this process's own until the lease ends.

    None before a policy is known: it says which services a page's components show.
    """
    rows = await pool.fetch(
        """
        UPDATE pages SET lease = $2, lease_until = clock_timestamp() + $3::interval
        WHERE name IN (
            SELECT name FROM pages
            WHERE name = ANY($1::text[]) AND due_at <= clock_timestamp() AND EXISTS (SELECT FROM policies)
                AND (lease_until IS NULL OR lease_until < clock_timestamp())
            ORDER BY name FOR UPDATE SKIP LOCKED
        )
        RETURNING name, url, page, first_read_at, failing_since, failures
        """,
        list(names),
        lease,
        lease_for,
    )
    return [Page(lease=lease, **dict(row)) for row in sorted(rows, key=lambda row: str(row["name"]))]


async def lock_page(conn: asyncpg.Connection[asyncpg.Record], page: Page) -> asyncpg.Record | None:
    """The page's row, if the lease is still this process's own."""
    return await conn.fetchrow(
        "SELECT name, first_read_at, failing_since, failures FROM pages WHERE name = $1 AND lease = $2 FOR UPDATE",
        page.name,
        page.lease,
    )


async def save_page(
    conn: asyncpg.Connection[asyncpg.Record],
    page: Page,
    *,
    key: str | None,
    next_in: timedelta,
    error: str | None,
    now: datetime,
    complete: bool,
) -> None:
    """How the reading went; the lease is given back."""
    await conn.execute(
        """
        UPDATE pages SET lease = NULL, lease_until = NULL, due_at = $3::timestamptz + $4::interval,
            page = coalesce($2, page),
            first_read_at = CASE WHEN $6 THEN coalesce(first_read_at, $3) ELSE first_read_at END,
            last_read_at = CASE WHEN $5::text IS NULL THEN $3 ELSE last_read_at END,
            failing_since = CASE WHEN $5::text IS NULL THEN NULL ELSE coalesce(failing_since, $3) END,
            failures = CASE WHEN $5::text IS NULL THEN 0 ELSE failures + 1 END,
            last_error = $5
        WHERE name = $1
        """,
        page.name,
        key,
        now,
        next_in,
        error,
        complete,
    )


async def release(pool: asyncpg.Pool[asyncpg.Record], page: Page, again_in: timedelta) -> None:
    """Give the lease back though nothing came of it."""
    await pool.execute(
        "UPDATE pages SET lease = NULL, lease_until = NULL, due_at = clock_timestamp() + $3::interval "
        "WHERE name = $1 AND lease = $2",
        page.name,
        page.lease,
        again_in,
    )


async def load_incidents(conn: asyncpg.Connection[asyncpg.Record], page: str, ids: Sequence[str]) -> dict[str, Seen]:
    """What is known of these incidents; the page's row is locked, which is enough."""
    rows = await conn.fetch(
        "SELECT incident, data FROM incidents WHERE page = $1 AND incident = ANY($2::text[])", page, sorted(ids)
    )
    return {row["incident"]: Seen.model_validate_json(row["data"]) for row in rows}


async def save_incidents(conn: asyncpg.Connection[asyncpg.Record], seen: Sequence[Seen]) -> None:
    ordered = sorted(seen, key=lambda item: (item.page, item.incident))
    await conn.execute(
        """
        INSERT INTO incidents (page, incident, ticket_id, data)
        SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::jsonb[])
        ON CONFLICT (page, incident) DO UPDATE SET data = EXCLUDED.data
        """,
        [item.page for item in ordered],
        [item.incident for item in ordered],
        [item.ticket_id for item in ordered],
        [item.model_dump_json() for item in ordered],
    )


async def add_observations(
    conn: asyncpg.Connection[asyncpg.Record], seen: Sequence[tuple[UUID, Observation]], now: datetime
) -> set[str]:
    """Keep what was observed; returns the ids that are new."""
    ordered = sorted(seen, key=lambda item: item[1].id)
    rows = await conn.fetch(
        """
        INSERT INTO observations (id, ticket_id, at, received_at, data)
        SELECT id, ticket_id, at, $5, data
        FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::jsonb[]) AS o (id, ticket_id, at, data) ORDER BY id
        ON CONFLICT DO NOTHING RETURNING id
        """,
        [item.id for _, item in ordered],
        [ticket for ticket, _ in ordered],
        [item.at for _, item in ordered],
        [item.model_dump_json() for _, item in ordered],
        now,
    )
    return {row["id"] for row in rows}


async def load_open_windows(
    conn: asyncpg.Connection[asyncpg.Record] | asyncpg.Pool[asyncpg.Record], page: str
) -> dict[str, Window]:
    """The page's maintenances that have not ended."""
    rows = await conn.fetch("SELECT key, data FROM maintenances WHERE page = $1 AND ended_at IS NULL", page)
    return {row["key"]: Window.model_validate_json(row["data"]) for row in rows}


async def save_windows(conn: asyncpg.Connection[asyncpg.Record], page: str, windows: Sequence[Window]) -> None:
    ordered = sorted(windows, key=lambda item: item.key)
    await conn.execute(
        """
        INSERT INTO maintenances (key, page, began_at, ended_at, data)
        SELECT key, $2, began_at, ended_at, data
        FROM unnest($1::text[], $3::timestamptz[], $4::timestamptz[], $5::jsonb[]) AS w (key, began_at, ended_at, data)
        ON CONFLICT (key) DO UPDATE SET ended_at = EXCLUDED.ended_at, data = EXCLUDED.data
        """,
        [item.key for item in ordered],
        page,
        [item.begin for item in ordered],
        [item.end for item in ordered],
        [item.model_dump_json() for item in ordered],
    )


async def lock_watched(
    conn: asyncpg.Connection[asyncpg.Record], keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Watched]:
    """What monitors watch under these (source, dedup key), created where it is new, locked."""
    ordered = sorted(keys)
    sources, dedup = [source for source, _ in ordered], [key for _, key in ordered]
    await conn.execute(
        """
        INSERT INTO detections (source, dedup_key, data)
        SELECT s, k, jsonb_build_object('source', s, 'dedup_key', k)
        FROM unnest($1::text[], $2::text[]) AS d (s, k) ORDER BY s, k ON CONFLICT DO NOTHING
        """,
        sources,
        dedup,
    )
    rows = await conn.fetch(
        """
        SELECT source, dedup_key, data FROM detections
        WHERE (source, dedup_key) IN (SELECT * FROM unnest($1::text[], $2::text[]))
        ORDER BY source, dedup_key FOR UPDATE
        """,
        sources,
        dedup,
    )
    return {(row["source"], row["dedup_key"]): Watched.model_validate_json(row["data"]) for row in rows}


async def save_watched(conn: asyncpg.Connection[asyncpg.Record], watched: Sequence[Watched]) -> None:
    ordered = sorted(watched, key=lambda item: (item.source, item.dedup_key))
    await conn.execute(
        """
        UPDATE detections SET data = given.data
        FROM unnest($1::text[], $2::text[], $3::jsonb[]) AS given (source, dedup_key, data)
        WHERE detections.source = given.source AND detections.dedup_key = given.dedup_key
        """,
        [item.source for item in ordered],
        [item.dedup_key for item in ordered],
        [item.model_dump_json() for item in ordered],
    )


async def list_failing(pool: asyncpg.Pool[asyncpg.Record], names: Sequence[str]) -> dict[str, float]:
    """For how many seconds each of these pages could not be read; 0 for one that can."""
    rows = await pool.fetch(
        """
        SELECT name, coalesce(extract(epoch FROM clock_timestamp() - failing_since), 0)::float8 AS seconds
        FROM pages WHERE name = ANY($1::text[])
        """,
        list(names),
    )
    return {row["name"]: row["seconds"] for row in rows}
