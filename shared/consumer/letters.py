"""Dead letters: what could not be handled, with its raw bytes and the reason, and what is parked behind it.

On `tickets` a dead letter blocks its key: later events of that ticket park, outside the inbox, in order.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from shared.envelope import Record


@dataclass(frozen=True, slots=True)
class Letter:
    """A record on its way to `dead_letter`; kind: malformed, refused, unexplained or parked."""

    record: Record
    kind: str
    reason: str

    @property
    def state(self) -> str:
        return "parked" if self.kind == "parked" else "dead"


Place = tuple[str, int, int]


async def bury(conn: asyncpg.Connection[asyncpg.Record], letters: Sequence[Letter]) -> tuple[set[Place], set[Place]]:
    """Keep these, on `tickets` under their keys' lock; a record that is kept already stays as it is.

    Returns the places (topic, partition, offset) kept just now, and of all given those that still block.
    """
    ordered = sorted(letters, key=lambda letter: (letter.record.topic, letter.record.partition, letter.record.offset))
    keys = sorted({letter.record.key for letter in ordered if letter.record.topic == "tickets" and letter.record.key})
    if keys:
        await lock_keys(conn, keys)
    records = [letter.record for letter in ordered]
    kept = await conn.fetch(
        """
        INSERT INTO dead_letter (topic, partition, "offset", key, headers, value, appended_at, state, kind, reason)
        SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bytea[],
                             $7::timestamptz[], $8::text[], $9::text[], $10::text[])
        ON CONFLICT (topic, partition, "offset") DO NOTHING
        RETURNING topic, partition, "offset"
        """,
        [r.topic for r in records],
        [r.partition for r in records],
        [r.offset for r in records],
        [r.key for r in records],
        [_pack(r) for r in records],
        [r.value for r in records],
        [r.appended_at for r in records],
        [x.state for x in ordered],
        [x.kind for x in ordered],
        [x.reason for x in ordered],
    )
    new = {(row["topic"], row["partition"], row["offset"]) for row in kept}
    settled = await conn.fetch(
        """
        SELECT topic, partition, "offset" FROM dead_letter
        JOIN unnest($1::text[], $2::int[], $3::bigint[]) AS given (topic, partition, "offset")
            USING (topic, partition, "offset")
        WHERE state NOT IN ('dead', 'parked')
        """,
        [r.topic for r in records],
        [r.partition for r in records],
        [r.offset for r in records],
    )
    return new, {r.place for r in records} - {(row["topic"], row["partition"], row["offset"]) for row in settled}


async def lock_keys(conn: asyncpg.Connection[asyncpg.Record], keys: Sequence[bytes]) -> None:
    """Parking and redriving of one key exclude each other until the end of the transaction."""
    await conn.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(encode(key, 'hex'), 7304117)) "
        "FROM unnest($1::bytea[]) AS given (key)",
        sorted(keys),
    )


async def still_blocked(conn: asyncpg.Connection[asyncpg.Record], keys: Sequence[bytes]) -> set[bytes]:
    """Which of these keys are blocked, asked again under their lock."""
    await lock_keys(conn, keys)
    rows = await conn.fetch(
        "SELECT DISTINCT key FROM dead_letter "
        "WHERE state IN ('dead', 'parked') AND topic = 'tickets' AND key = ANY($1::bytea[])",
        list(keys),
    )
    return {row["key"] for row in rows}


def _pack(record: Record) -> bytes:
    # A header may hold any bytes, a name even U+0000: as JSON bytes Postgres takes both.
    headers = [[name, None if value is None else base64.b64encode(value).decode()] for name, value in record.headers]
    return json.dumps(headers).encode()


def unpack(row: asyncpg.Record) -> Record:
    """The record as it lay in the log."""
    headers = tuple(
        (name, None if value is None else base64.b64decode(value)) for name, value in json.loads(row["headers"])
    )
    return Record(row["topic"], row["partition"], row["offset"], row["key"], row["value"], headers, row["appended_at"])


async def count_open(pool: asyncpg.Pool[asyncpg.Record]) -> dict[str, int]:
    """How many letters wait, by state."""
    rows = await pool.fetch(
        "SELECT state, count(*) AS n FROM dead_letter WHERE state IN ('dead', 'parked') GROUP BY state"
    )
    return {"dead": 0, "parked": 0} | {row["state"]: row["n"] for row in rows}


_COLUMNS = (
    'id, topic, partition, "offset", key, headers, value, appended_at, state, kind, reason, created_at, '
    "settled_at, settled_by"
)


async def list_letters(
    pool: asyncpg.Pool[asyncpg.Record], state: str | None, limit: int, after: int
) -> list[dict[str, Any]]:
    """Letters in the order of their ids, without their values."""
    rows = await pool.fetch(
        f"SELECT {_COLUMNS} FROM dead_letter WHERE id > $1 AND ($2::text IS NULL OR state = $2) ORDER BY id LIMIT $3",
        after,
        state,
        limit,
    )
    return [_shown(row) for row in rows]


async def show_letter(pool: asyncpg.Pool[asyncpg.Record], letter: int) -> dict[str, Any] | None:
    """A letter whole: headers as text, the value as text and as base64 of the raw bytes."""
    row = await pool.fetchrow(f"SELECT {_COLUMNS} FROM dead_letter WHERE id = $1", letter)
    if row is None:
        return None
    record = unpack(row)
    raw = record.value
    return {
        **_shown(row),
        "headers": {
            name: None if value is None else value.decode("utf-8", "replace") for name, value in record.headers
        },
        "value": None if raw is None else raw.decode("utf-8", "replace"),
        "value_base64": None if raw is None else base64.b64encode(raw).decode(),
    }


def _shown(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": row["id"],
        "topic": row["topic"],
        "partition": row["partition"],
        "offset": row["offset"],
        "key": None if row["key"] is None else row["key"].decode("utf-8", "replace"),
        "bytes": len(row["value"] or b""),
        "state": row["state"],
        "kind": row["kind"],
        "reason": row["reason"],
        "created_at": row["created_at"].isoformat(),
        "settled_at": row["settled_at"] and row["settled_at"].isoformat(),
        "settled_by": row["settled_by"],
    }
