"""The claim: one statement says which events of a batch are new, how far each producer was seen, what is blocked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg

Identity = tuple[str, str, str]
Lane = tuple[str, str]
"""(key, producer): within it sequences go up by one."""
ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of identities that hold whatever time their events say."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What came back: identities that nobody handled before, last sequences, keys with a dead letter, and what every
    handler asks for: the database's time, and whether the reference data is still what was loaded."""

    new: set[Identity]
    seen: dict[Lane, int]
    before: dict[Lane, int]
    blocked: set[str]
    now: datetime
    versions: Mapping[str, int]


async def claim(
    conn: asyncpg.Connection[asyncpg.Record], identities: Mapping[Identity, datetime], lanes: Collection[Lane]
) -> Claim:
    """Claim these identities. A concurrent claim of the same one makes this wait, then not get it.

    With each goes the time that is part of it: of an event in a sequence its own, so that rows are added where the
    index ends and not anywhere in it (its sequence tells a repeat that says another time); of all others ANY_TIME.
    """
    ordered = sorted(identities)
    pairs = sorted(lanes)
    keys = sorted({key for key, _ in pairs})
    rows = await conn.fetch(
        """
        WITH claimed AS (
            INSERT INTO inbox (topic, source, said_at, id)
            SELECT topic, source, said_at, id
            FROM unnest($1::text[], $2::text[], $3::text[], $7::timestamptz[]) AS given (topic, source, id, said_at)
            ORDER BY topic, source, id
            ON CONFLICT DO NOTHING
            RETURNING topic, source, id
        )
        SELECT 'new' AS what, topic AS a, source AS b, id AS c, 0 AS last, NULL::timestamptz AS at FROM claimed
        UNION ALL
        SELECT 'seen', seen.key, seen.producer, NULL, seen.last, NULL
        FROM unnest($4::text[], $5::text[]) AS lane (key, producer)
        JOIN seen ON seen.key = lane.key AND seen.producer = lane.producer
        UNION ALL
        SELECT DISTINCT 'blocked', convert_from(key, 'UTF8'), NULL, NULL, 0, NULL::timestamptz
        FROM dead_letter
        WHERE state IN ('dead', 'parked') AND topic = 'tickets'
            AND key IN (SELECT convert_to(lane.key, 'UTF8') FROM unnest($6::text[]) AS lane (key))
        UNION ALL
        SELECT 'version', name, NULL, NULL, version, NULL FROM reference
        UNION ALL
        SELECT 'now', NULL, NULL, NULL, 0, clock_timestamp()
        """,
        [i[0] for i in ordered],
        [i[1] for i in ordered],
        [i[2] for i in ordered],
        [p[0] for p in pairs],
        [p[1] for p in pairs],
        keys,
        [identities[i] for i in ordered],
    )
    new: set[Identity] = set()
    seen: dict[Lane, int] = {}
    blocked: set[str] = set()
    versions: dict[str, int] = {}
    (now,) = (row["at"] for row in rows if row["what"] == "now")
    for what, a, b, c, last, _ in rows:
        match what:
            case "new":
                new.add((a, b, c))
            case "seen":
                seen[a, b] = last
            case "blocked":
                blocked.add(a)
            case "version":
                versions[a] = last
    return Claim(new, seen, dict(seen), blocked, now, versions)


async def unclaim(conn: asyncpg.Connection[asyncpg.Record], identities: Mapping[Identity, datetime]) -> None:
    """Give back what is parked instead: it stays outside the inbox, to be handled after its key is unblocked."""
    ordered = sorted(identities)
    await conn.execute(
        """
        DELETE FROM inbox
        USING unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS given (topic, source, id, said_at)
        WHERE inbox.topic = given.topic AND inbox.source = given.source AND inbox.said_at = given.said_at
            AND inbox.id = given.id
        """,
        [i[0] for i in ordered],
        [i[1] for i in ordered],
        [i[2] for i in ordered],
        [identities[i] for i in ordered],
    )
