"""What is repeated on linked tickets of what the provider's tickets said: who was told where, and what waits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from services.notifier.domain.recipients import Destination, Repeated, repeated_key
from services.notifier.store.owed import Connection


async def list_tickets_repeating(pool: Any) -> list[UUID]:
    """The tickets on which something waits for a notice on the provider's ticket that has come by now."""
    rows = await pool.fetch(
        "SELECT DISTINCT waits.ticket_id FROM waits JOIN notices ON notices.ticket_id = split_part(key, '/', 1)::uuid "
        "AND notices.sequence = split_part(key, '/', 2)::int WHERE kind = 'ticket' ORDER BY waits.ticket_id LIMIT 1000"
    )
    return [row["ticket_id"] for row in rows]


async def load_repeated(
    conn: Connection, repeated: Collection[Repeated], asked: Collection[tuple[Repeated, Destination]]
) -> dict[Repeated, set[Destination]]:
    """Of these changes of the provider's tickets those that are decided, each with who is told, of those asked for."""
    pairs, ordered = sorted(repeated), sorted(asked)
    rows = await conn.fetch(
        """
        SELECT ticket_id, sequence, NULL AS channel, NULL AS destination FROM notices
        WHERE (ticket_id, sequence) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
        UNION ALL
        SELECT d.ticket_id, d.sequence, d.channel, d.destination
        FROM unnest($3::uuid[], $4::int[], $5::text[], $6::text[]) AS asked (ticket_id, sequence, channel, destination)
        JOIN deliveries d ON d.ticket_id = asked.ticket_id AND d.channel = asked.channel
            AND d.destination = asked.destination AND d.sequence = asked.sequence
        """,
        [ticket for ticket, _ in pairs],
        [sequence for _, sequence in pairs],
        [of[0] for of, _ in ordered],
        [of[1] for of, _ in ordered],
        [to[0] for _, to in ordered],
        [to[1] for _, to in ordered],
    )
    found: dict[Repeated, set[Destination]] = {}
    for row in rows:
        told = found.setdefault((row["ticket_id"], row["sequence"]), set())
        if row["channel"] is not None:
            told.add((row["channel"], row["destination"]))
    return found


async def load_told_elsewhere(
    conn: Connection, changes: Collection[Repeated], accounts: Collection[str]
) -> dict[Repeated, set[Destination]]:
    """Whom of these accounts linked tickets have told of these changes of the provider's tickets."""
    by_key = {repeated_key(change): change for change in changes}
    rows = await conn.fetch(
        """
        SELECT n.repeats, d.channel, d.destination
        FROM notices n JOIN deliveries d ON d.ticket_id = n.ticket_id AND d.sequence = n.sequence
        WHERE n.repeats = ANY($1::text[]) AND d.account = ANY($2::text[])
        """,
        sorted(by_key),
        sorted(accounts),
    )
    found: dict[Repeated, set[Destination]] = {}
    for row in rows:
        found.setdefault(by_key[row["repeats"]], set()).add((row["channel"], row["destination"]))
    return found
