"""Services with a fault in them, to prove that the checker sees it: `python -m tests.crash.mutants NAME MUTANT`.

The program knows nothing of this: the fault is put in from outside, before the service starts.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import random
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.intake import store
from shared.consumer import inbox
from shared.consumer.batch import Outcome
from shared.consumer.failures import describe
from shared.consumer.loop import Loop
from shared.envelope import Record
from shared.observability import log
from shared.outbox import put, relay
from shared.service.process import run
from shared.settings import Settings, schema_of


def acknowledge_on_error() -> None:
    """A batch that fails counts as handled, and its offsets are committed."""
    handle = Loop._handle

    async def forgiving(self: Loop, records: Sequence[Record], tries: int) -> Outcome:
        try:
            return await handle(self, records, tries)
        except Exception as error:
            log.warning("acknowledged all the same", records=len(records), error=describe(error))
            self._forget_connection()
            return Outcome()

    Loop._handle = forgiving  # type: ignore[method-assign]


def inbox_off() -> None:
    """Nothing is ever a duplicate."""
    claim = inbox.claim

    async def generous(
        conn: Any, identities: Mapping[inbox.Identity, datetime], lanes: Collection[inbox.Lane]
    ) -> inbox.Claim:
        claimed = await claim(conn, identities, lanes)
        return replace(claimed, new=set(identities))

    inbox.claim = generous


def two_relays() -> None:
    """Every process relays, each what no other holds just then."""
    relay.READ = 2

    async def take_part(self: relay.Relay) -> None:
        conn = await self._db.connect(idle_in_transaction_session_timeout="60s")
        try:
            async with self._producer() as producer:
                self.leading = True
                while True:
                    async with conn.transaction():
                        rows = await conn.fetch(
                            "SELECT id, topic, key, headers, payload FROM outbox ORDER BY id LIMIT $1 "
                            "FOR UPDATE SKIP LOCKED",
                            relay.READ,
                        )
                        if rows:
                            await asyncio.sleep(random.uniform(0, 0.02))  # a network is not always equally quick
                            await self._send(producer, rows)
                            await conn.execute(
                                "DELETE FROM outbox WHERE id = ANY($1::bigint[])", [row["id"] for row in rows]
                            )
                    if not rows:
                        await self._wait()
        finally:
            conn.terminate()

    relay.Relay._take_part = take_part  # type: ignore[method-assign]


def outbox_before_lock() -> None:
    """A reply's place in the outbox is taken before the ticket's row is locked, as an insert before it would."""
    load, write = store.load_numbers, put.write
    places: dict[int, list[int]] = {}

    async def load_late(conn: Any, numbers: Sequence[str]) -> Any:
        rows = await conn.fetch(
            "SELECT nextval(pg_get_serial_sequence('outbox', 'id')) AS id FROM generate_series(1, $1)", len(numbers)
        )
        places[id(conn)] = [row["id"] for row in rows]
        await asyncio.sleep(random.uniform(0, 0.02))  # whatever else is done before the lock
        return await load(conn, numbers)

    async def write_early(
        conn: Any, source: str, events: Sequence[put.Outgoing], seen: Mapping[tuple[str, str], int], *more: Any
    ) -> None:
        taken = places.pop(id(conn), None)
        if taken is None:
            await write(conn, source, events, seen, *more)
            return
        await conn.executemany(
            "INSERT INTO outbox (id, topic, key, headers, payload) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5)",
            [(place, out.event.TOPIC, out.event.key(), _headers(out, source), out.event.encode())
             for place, out in zip(taken, events, strict=False)],
        )  # fmt: skip

    store.load_numbers = load_late
    put.write = write_early


def _headers(out: put.Outgoing, source: str) -> str:
    return json.dumps([[name, value.decode()] for name, value in out.envelope(source).headers()])


MUTANTS: dict[str, Callable[[], None]] = {
    "acknowledge-on-error": acknowledge_on_error,
    "inbox-off": inbox_off,
    "two-relays": two_relays,
    "outbox-before-lock": outbox_before_lock,
}


def main(name: str, mutant: str) -> int:
    MUTANTS[mutant]()
    service = importlib.import_module(f"services.{schema_of(name)}.app").service
    return run(service, Settings())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
