"""What is owed: notices, who they wait for, and the deliveries that they become."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from services.notifier.domain.recipients import Destination, Need, Recipient, repeated, repeated_key
from shared.db import Tx
from shared.envelope import Envelope
from shared.events import AccountChanged, StatusChanged

Connection = Any  # of asyncpg, whose generics exist in its stubs only

PROVIDERS = "providers"
POLICIES = "policies"
"""Names of locks, with `account_key`: they order the arrival of reference data against the notices that want it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A StatusChanged that somebody is to be told of, with the envelope it came in."""

    event: StatusChanged
    cause: Envelope
    sequence: int

    @property
    def key(self) -> tuple[UUID, int]:
        return self.event.ticket_id, self.sequence


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery to be added: this notice to this recipient, under this id."""

    id: UUID
    notice: Notice
    recipient: Recipient


def account_key(id: str) -> str:
    """The name of the lock that orders an account's arrival against the notices that wait for it."""
    return f"account/{id}"


async def lock_tickets(conn: Connection, tickets: Mapping[UUID, tuple[str, Sequence[str] | None]]) -> dict[UUID, bool]:
    """Create or lock these tickets: number, and the services of a provider's open one. Returns who has waits."""
    ids = list(tickets)
    rows = await conn.fetch(
        """
        INSERT INTO tickets AS t (id, number, services)
        SELECT id, number, CASE WHEN services IS NULL THEN NULL ELSE string_to_array(services, chr(31)) END
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS given (id, number, services) ORDER BY id
        ON CONFLICT (id) DO UPDATE SET services = EXCLUDED.services
        RETURNING t.id, t.waits
        """,
        ids,
        [tickets[id][0] for id in ids],
        [_joined(tickets[id][1]) for id in ids],
    )
    return {row["id"]: row["waits"] for row in rows}


def _joined(services: Sequence[str] | None) -> str | None:
    return None if services is None else "\x1f".join(services)


async def lock_known(conn: Connection, ids: Iterable[UUID]) -> None:
    """Lock tickets that exist."""
    await conn.fetch("SELECT id FROM tickets WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", list(ids))


async def load_waiting(conn: Connection, ids: Iterable[UUID]) -> list[Notice]:
    """What still waits on these tickets, in order."""
    return _notices(
        await conn.fetch(
            "SELECT * FROM notices WHERE (ticket_id, sequence) IN "
            "(SELECT ticket_id, sequence FROM waits WHERE ticket_id = ANY($1::uuid[])) ORDER BY ticket_id, sequence",
            sorted(ids),
        )
    )


async def load_notices(conn: Connection, ids: Iterable[UUID]) -> list[Notice]:
    """All that was to be told on these tickets, in order."""
    return _notices(
        await conn.fetch(
            "SELECT * FROM notices WHERE ticket_id = ANY($1::uuid[]) ORDER BY ticket_id, sequence", sorted(ids)
        )
    )


def _notices(rows: Sequence[Any]) -> list[Notice]:
    return [Notice(StatusChanged.model_validate_json(row["event"]), cause_of(row), row["sequence"]) for row in rows]


def cause_of(row: Any) -> Envelope:
    """The envelope of the StatusChanged that a notice came from."""
    return Envelope(
        row["cause_id"],
        row["cause_source"],
        StatusChanged.type_name(),
        None,
        row["cause_time"],
        row["sequence"],
        row["traceparent"],
        row["correlation_id"],
    )


async def list_tickets_waiting(conn: Connection, kind: str, keys: Sequence[str] | None) -> list[UUID]:
    """The tickets on which something waits for these accounts; for any policy when `keys` is None."""
    rows = await conn.fetch(
        "SELECT DISTINCT ticket_id FROM waits WHERE kind = $1 AND ($2::text[] IS NULL OR key = ANY($2::text[])) "
        "ORDER BY ticket_id",
        kind,
        None if keys is None else list(keys),
    )
    return [row["ticket_id"] for row in rows]


async def list_provider_tickets(conn: Connection, account: AccountChanged) -> list[UUID]:
    """The provider's open tickets that concern this account and of which it was told nothing yet."""
    rows = await conn.fetch(
        "SELECT id FROM tickets WHERE services IS NOT NULL AND services && $2::text[] AND NOT EXISTS "
        "(SELECT FROM deliveries WHERE ticket_id = tickets.id AND account = $1) ORDER BY id",
        account.id,
        list(account.services),
    )
    return [row["id"] for row in rows]


async def count_provider_tickets(conn: Connection) -> int:
    """How many of the provider's tickets are open."""
    return int(await conn.fetchval("SELECT count(*) FROM tickets WHERE services IS NOT NULL"))


async def load_told(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, dict[Destination, str | None]]:
    """Who was sent the Initial of these tickets, and whose account that is."""
    told: dict[UUID, dict[Destination, str | None]] = {}
    for row in await conn.fetch(
        "SELECT ticket_id, channel, destination, account FROM deliveries "
        "WHERE ticket_id = ANY($1::uuid[]) AND status = 'Initial'",
        sorted(ids),
    ):
        told.setdefault(row["ticket_id"], {})[row["channel"], row["destination"]] = row["account"]
    return told


async def load_users(conn: Connection, services: Sequence[str]) -> dict[str, AccountChanged]:
    """The accounts that use any of these services."""
    rows = await conn.fetch("SELECT id, data FROM accounts WHERE data->'services' ?| $1::text[]", list(services))
    return {row["id"]: AccountChanged.model_validate_json(row["data"]) for row in rows}


async def share_locks(conn: Connection, keys: Collection[str]) -> bool:
    """Hold these names, together with others that only read them; False when one is being changed right now."""
    rows = await conn.fetch(
        "SELECT pg_try_advisory_xact_lock_shared(hashtextextended('notifier/' || key, 0)) AS held "
        "FROM unnest($1::text[]) AS given (key) ORDER BY key",
        sorted(keys),
    )
    return all(row["held"] for row in rows)


async def take_locks(conn: Connection, keys: Collection[str]) -> None:
    """Hold these names alone, when all who read them have committed."""
    await conn.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('notifier/' || key, 0)) "
        "FROM (SELECT key FROM unnest($1::text[]) AS given (key) ORDER BY key) AS sorted",
        sorted(keys),
    )


async def save_owed(tx: Tx, notices: Sequence[Notice], owed: Sequence[Owed]) -> None:
    """Keep the notices and add what is new of the deliveries, with the transaction's last statement.

    The first of an empty lane is due, the others queue.
    """
    notices = sorted(notices, key=attrgetter("event.ticket_id.int", "sequence"))
    await tx.save(
        """
        kept AS (
            INSERT INTO notices (ticket_id, sequence, event, cause_id, cause_source, cause_time, traceparent,
                                 correlation_id, repeats)
            SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
                                 $7::text[], $8::text[], $19::text[]) AS given
            ON CONFLICT DO NOTHING
        ), fresh AS (
            SELECT given.*, row_number() OVER (PARTITION BY ticket_id, channel, destination ORDER BY sequence) AS place
            FROM unnest($9::uuid[], $10::uuid[], $11::int[], $12::text[], $13::text[], $14::text[], $15::text[],
                        $16::text[], $17::bool[], $18::text[])
                AS given (id, ticket_id, sequence, channel, destination, address, gate, account, internal, status)
            WHERE NOT EXISTS (SELECT FROM deliveries WHERE deliveries.id = given.id)
        ), owed AS (
        INSERT INTO deliveries (id, ticket_id, sequence, channel, destination, address, gate, account, internal,
                                status, state, due_at)
        SELECT id, ticket_id, sequence, channel, destination, address, gate, account, internal, status,
            CASE WHEN place = 1 AND NOT EXISTS (
                SELECT FROM deliveries AS other
                WHERE other.ticket_id = fresh.ticket_id AND other.channel = fresh.channel
                    AND other.destination = fresh.destination AND other.state IN ('due', 'queued')
            ) THEN 'due' ELSE 'queued' END,
            clock_timestamp()
        FROM fresh ORDER BY ticket_id, channel, destination, sequence
        )
        """,
        [n.event.ticket_id for n in notices],
        [n.sequence for n in notices],
        [n.event.encode().decode() for n in notices],
        [n.cause.id for n in notices],
        [n.cause.source for n in notices],
        [n.cause.time for n in notices],
        [n.cause.traceparent for n in notices],
        [n.cause.correlation_id for n in notices],
        [o.id for o in owed],
        [o.notice.event.ticket_id for o in owed],
        [o.notice.sequence for o in owed],
        [o.recipient.channel for o in owed],
        [o.recipient.destination for o in owed],
        [o.recipient.address for o in owed],
        [o.recipient.gate for o in owed],
        [o.recipient.account for o in owed],
        [o.recipient.internal for o in owed],
        [None if o.recipient.internal else o.notice.event.status for o in owed],
        [None if (of := repeated(n.event)) is None else repeated_key(of) for n in notices],
    )


async def save_waits(conn: Connection, needs: Mapping[tuple[UUID, int], Sequence[Need]]) -> None:
    """What these notices wait for from now on; the first time that they waited for it is kept."""
    rows = sorted((*notice, need.kind, need.key, need.missing) for notice, of in needs.items() for need in of)
    notices = sorted(needs)
    await conn.execute(
        "DELETE FROM waits WHERE (ticket_id, sequence) IN (SELECT * FROM unnest($1::uuid[], $2::int[])) "
        "AND (ticket_id, sequence, kind, key) NOT IN "
        "(SELECT * FROM unnest($3::uuid[], $4::int[], $5::text[], $6::text[]))",
        [ticket for ticket, _ in notices],
        [sequence for _, sequence in notices],
        [r[0] for r in rows],
        [r[1] for r in rows],
        [r[2] for r in rows],
        [r[3] for r in rows],
    )
    await conn.execute(
        """
        WITH waiting AS (
            INSERT INTO waits (ticket_id, sequence, kind, key, missing)
            SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[])
            ON CONFLICT (ticket_id, sequence, kind, key) DO UPDATE SET missing = EXCLUDED.missing
            RETURNING ticket_id
        )
        UPDATE tickets SET waits = id IN (SELECT ticket_id FROM waiting)
            OR EXISTS (SELECT FROM waits WHERE waits.ticket_id = tickets.id)
        WHERE id = ANY($6::uuid[])
        """,
        [r[0] for r in rows],
        [r[1] for r in rows],
        [r[2] for r in rows],
        [r[3] for r in rows],
        [r[4] for r in rows],
        sorted({ticket for ticket, _ in notices}),
    )


async def release_lacking(conn: Connection) -> None:
    """Messages that could not be written for want of something are due at once."""
    await conn.execute(
        "UPDATE deliveries SET due_at = clock_timestamp() WHERE state = 'due' AND missing IS NOT NULL AND lease IS NULL"
    )
