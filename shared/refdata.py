"""Reference data (accounts, policies, access): published by the command, kept by each service that needs it.

The last one published of an id holds; a null value on its compacted topic deletes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import asyncpg

from shared.db import Tx
from shared.envelope import Envelope, Malformed, Received, Record
from shared.events import AccessChanged, AccountChanged, Event, PolicyPublished
from shared.policy import Policies, Policy, PolicyError, Published, parse_policy

COMPACTED = {"accounts": AccountChanged, "policies": PolicyPublished, "access": AccessChanged}


class Deleted(Event):
    """A null value on a compacted topic: what the key named is no more."""

    NAME: ClassVar[str] = "deleted"
    TOPIC: ClassVar[str] = ""
    KEY: ClassVar[str] = "id"

    table: str
    id: str


def deletion(record: Record) -> Received[Event] | None:
    """The deletion that this record says, if it says one."""
    if record.value is not None or record.topic not in COMPACTED or not record.key:
        return None
    place = f"{record.topic}/{record.partition}/{record.offset}"
    envelope = Envelope(place, "log", Deleted.type_name(), None, record.appended_at)
    return Received(Deleted(table=record.topic, id=record.key.decode("utf-8", "replace")), envelope, record)


def check(received: Received[Event]) -> None:
    """Raises Malformed for a policy that does not parse, or whose text is not what its SHA-256 says."""
    event = received.event
    if isinstance(event, PolicyPublished):
        try:
            policy = parse_policy(event.text)
        except PolicyError as error:
            raise Malformed(f"the policy does not parse: {error}") from None
        if policy.sha256 != event.sha256:
            raise Malformed(f"the policy's SHA-256 is {policy.sha256}, not {event.sha256}")


async def keep(conn: asyncpg.Connection[asyncpg.Record], batch: Sequence[Received[Event]]) -> None:
    """Store what a batch publishes; one statement a table."""
    final: dict[str, dict[str, Received[Event]]] = {}
    for item in batch:
        table = item.event.table if isinstance(item.event, Deleted) else item.event.TOPIC
        final.setdefault(table, {})[item.event.key()] = item
    for table, items in sorted(final.items()):
        gone = sorted(key for key, item in items.items() if isinstance(item.event, Deleted))
        kept = sorted(key for key in items if key not in gone)
        if gone:
            await conn.execute(f"DELETE FROM {table} WHERE id = ANY($1::text[])", gone)
        if kept:
            await conn.execute(
                f"""
                INSERT INTO {table} (id, data, changed_at)
                SELECT * FROM unnest($1::text[], $2::jsonb[], $3::timestamptz[])
                ON CONFLICT (id) DO UPDATE SET data = EXCLUDED.data, changed_at = EXCLUDED.changed_at
                WHERE EXCLUDED.changed_at >= {table}.changed_at  -- an old letter that is redriven undoes nothing
                """,
                kept,
                [items[key].event.encode().decode() for key in kept],
                [items[key].record.appended_at for key in kept],
            )
        await conn.execute("UPDATE reference SET version = version + 1 WHERE name = $1", table)


async def load_accounts(conn: asyncpg.Connection[asyncpg.Record], ids: Iterable[str]) -> dict[str, AccountChanged]:
    """These accounts, as far as they are known."""
    rows = await conn.fetch("SELECT id, data FROM accounts WHERE id = ANY($1::text[])", sorted(set(ids)))
    return {row["id"]: AccountChanged.model_validate_json(row["data"]) for row in rows}


_parsed: dict[str, Policy] = {}  # immutable and known by its SHA-256, so it is parsed once a process
KEPT = 10_000
"""Accounts that a process keeps at most."""


@dataclass(frozen=True, slots=True)
class Known:
    """An account as it was published, and when."""

    account: AccountChanged
    changed_at: datetime


async def accounts_of(tx: Tx, ids: Collection[str]) -> dict[str, Known]:
    """These accounts, as far as they are known at the claim of this batch (else now).

    No statement of its own for what was loaded before, while accounts rest.
    """
    kept: dict[str, Known | None] = _kept(tx, "accounts", {})
    if len(kept) > KEPT:
        kept.clear()
    if missing := sorted(set(ids) - kept.keys()):
        kept |= dict.fromkeys(missing)
        for row in await tx.conn.fetch("SELECT id, data, changed_at FROM accounts WHERE id = ANY($1::text[])", missing):
            kept[row["id"]] = Known(AccountChanged.model_validate_json(row["data"]), row["changed_at"])
    return {id: known for id in ids if (known := kept[id]) is not None}


async def policies_of(tx: Tx) -> Policies:
    """Every version known at the claim of this batch (else now); no statement of its own while policies rest."""
    kept: list[Policies] = _kept(tx, "policies", [])
    if not kept:
        kept.append(await load_policies(tx.conn))
    return kept[0]


def _kept(tx: Tx, table: str, empty: Any) -> Any:
    """What was loaded of this table, if that is what the batch would find; what is put into it is kept."""
    if tx.versions is None:
        return empty
    version = tx.versions[table]
    if table not in tx.known or tx.known[table][0] != version:
        tx.known[table] = version, empty
    return tx.known[table][1]


async def load_policies(reader: asyncpg.Connection[asyncpg.Record] | asyncpg.Pool[asyncpg.Record]) -> Policies:
    """Every version known here. The text is fetched only for versions that this process has not parsed yet."""
    rows = await reader.fetch(
        "SELECT id, (data->>'effective')::timestamptz AS effective, (data->>'published_at')::timestamptz AS published, "
        "CASE WHEN id = ANY($1::text[]) THEN NULL ELSE data->>'text' END AS text FROM policies ORDER BY id",
        list(_parsed),
    )
    for row in rows:
        if row["text"] is not None:
            _parsed[row["id"]] = parse_policy(row["text"])
    return Policies(tuple(Published(_parsed[row["id"]], row["effective"], row["published"]) for row in rows))
