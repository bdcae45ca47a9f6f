"""Redrive: a dead letter is handled again inside its own service, and what parked behind it follows, oldest first.

One transaction under the key's lock: either the letter works now and its ticket is unblocked as far as its parked
events work, or nothing changes.
"""

from __future__ import annotations

from typing import Any

from shared.consumer.batch import Batches
from shared.consumer.failures import Gap, describe, is_transient
from shared.consumer.letters import lock_keys, unpack
from shared.db import Database, Tx
from shared.envelope import Record


class CannotRedrive(Exception):
    """Why not, and the HTTP status that says so."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class _StillDead(Exception):
    """Handling it again failed for the same or another permanent reason; the transaction must go back."""


async def redrive(db: Database, batches: Batches, letter: int, by: str, *, discard: bool = False) -> dict[str, Any]:
    """Handle this letter again (or `discard` it), then what is parked behind it.

    Returns how many were handled. Raises CannotRedrive: 404 unknown, 409 settled already, or still failing and why.
    """
    row = await db.pool.fetchrow("SELECT topic, key, state FROM dead_letter WHERE id = $1", letter)
    if row is None:
        raise CannotRedrive(404, f"{db.service} has no dead letter {letter}.")
    try:
        async with db.transaction() as tx:
            return await _redrive(tx, batches, letter, row["topic"], row["key"], by, discard)
    except _StillDead as error:
        raise CannotRedrive(409, f"Dead letter {letter} still fails: {error}.") from None


async def _redrive(
    tx: Tx, batches: Batches, letter: int, topic: str, key: bytes | None, by: str, discard: bool
) -> dict[str, Any]:
    if topic == "tickets" and key:
        await lock_keys(tx.conn, [key])
    rows = await tx.conn.fetch(
        """
        SELECT id, topic, partition, "offset", key, headers, value, appended_at, state FROM dead_letter
        WHERE state IN ('dead', 'parked')
            AND (id = $1 OR ($2 = 'tickets' AND topic = 'tickets' AND key = $3))
        ORDER BY partition, "offset" FOR UPDATE
        """,
        letter,
        topic,
        key,
    )
    if letter not in {row["id"] for row in rows}:
        raise CannotRedrive(409, f"Dead letter {letter} is settled already.")
    if rows[0]["id"] != letter:
        raise CannotRedrive(409, f"Dead letter {rows[0]['id']} of the same ticket comes first.")
    handled = 0
    for row in rows:
        if row["state"] == "dead" and row["id"] != letter:
            break  # another dead one: what parks behind it stays
        record = unpack(row)
        if discard and row["id"] == letter:
            await _skip(tx, record)
            await _settle(tx, row["id"], "discarded", by)
            continue
        reason = await _again(tx, batches, record, (key or b"").decode("utf-8", "replace"))
        if reason is not None:
            if row["id"] == letter:
                raise _StillDead(reason)
            await tx.conn.execute(
                "UPDATE dead_letter SET state = 'dead', kind = 'unexplained', reason = $2 WHERE id = $1",
                row["id"],
                reason,
            )
            break
        await _settle(tx, row["id"], "redriven", by)
        handled += 1
    return {"service": tx.service, "id": letter, "handled": handled, "discarded": discard}


async def _again(tx: Tx, batches: Batches, record: Record, key: str) -> str | None:
    """Handle the record; a failure undoes only this record's work and is returned as its reason."""
    try:
        async with tx.conn.transaction():
            outcome = await batches.process(tx, [record], {}, redriving=key)
    except Exception as error:
        tx.forget()
        if is_transient(error) and not isinstance(error, Gap):
            raise
        return describe(error)
    return "it is still malformed" if any(what == "dead" for _, what in outcome.counts) else None


async def _settle(tx: Tx, letter: int, state: str, by: str) -> None:
    await tx.conn.execute(
        "UPDATE dead_letter SET state = $2, settled_at = clock_timestamp(), settled_by = $3 WHERE id = $1",
        letter,
        state,
        by,
    )


async def _skip(tx: Tx, record: Record) -> None:
    """A discarded event counts as seen, so that the next of its producer is no gap."""
    sequence, producer = record.header("ce_sequence"), record.header("ce_source")
    if record.topic == "tickets" and record.key and producer and sequence and sequence.isdigit() and len(sequence) < 10:
        lane = (record.key.decode("utf-8", "replace"), producer)
        last: int | None = await tx.conn.fetchval("SELECT last FROM seen WHERE key = $1 AND producer = $2", *lane)
        if int(sequence) == (last or 0) + 1:
            tx.remember({lane: int(sequence)})
            await tx.flush()  # what parks behind it is judged by that
