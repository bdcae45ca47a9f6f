"""The look: one statement says which events of a batch are new, how far each producer was seen, what is blocked.

What is handled is written into the inbox with the rest of the transaction (`Tx.claim`), which fails where another
process has handled one of them meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.db import Identity, Tx

Lane = tuple[str, str]
"""(key, producer): within it sequences go up by one."""
ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of identities that hold whatever time their events say."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came back: identities that nobody handled before, last sequences, keys with a dead letter, and what every
    handler asks for: the database's time, and whether the reference data is still what was loaded."""

    new: set[Identity]
    seen: dict[Lane, int]
    before: dict[Lane, int]
    blocked: set[str]
    now: datetime
    versions: Mapping[str, int]


async def look(tx: Tx, identities: Mapping[Identity, datetime], lanes: Collection[Lane]) -> Look:
    """What is known of these identities and lanes. A transaction that has begun is under way for others from here on.

    With each identity goes the time that is part of it: of an event in a sequence its own, so that rows are added where
    the index ends and not anywhere in it (its sequence tells a repeat that says another time); of all others ANY_TIME.
    """
    ordered = sorted(identities)
    pairs = sorted(lanes)
    rows = await tx.conn.fetch(
        """
        SELECT 'old' AS what, topic AS a, source AS b, id AS c, 0 AS last, NULL::timestamptz AS at
        FROM unnest($1::text[], $2::text[], $3::text[], $7::timestamptz[]) AS given (topic, source, id, said_at)
        JOIN inbox USING (topic, source, said_at, id)
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
        SELECT 'now', CASE WHEN $8 THEN pg_current_xact_id()::text END, NULL, NULL, 0, clock_timestamp()
        """,
        [i[0] for i in ordered],
        [i[1] for i in ordered],
        [i[2] for i in ordered],
        [p[0] for p in pairs],
        [p[1] for p in pairs],
        sorted({key for key, _ in pairs}),
        [identities[i] for i in ordered],
        tx.begun,
    )
    new = set(identities)
    seen: dict[Lane, int] = {}
    blocked: set[str] = set()
    versions: dict[str, int] = {}
    (now,) = (row["at"] for row in rows if row["what"] == "now")
    for what, a, b, c, last, _ in rows:
        match what:
            case "old":
                new.discard((a, b, c))
            case "seen":
                seen[a, b] = last
            case "blocked":
                blocked.add(a)
            case "version":
                versions[a] = last
    return Look(new, seen, dict(seen), blocked, now, versions)
