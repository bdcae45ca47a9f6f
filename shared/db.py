"""Postgres: connections with timeouts from the first day, and the transaction that a handler works in.

A service connects as its own role, whose rights end at its own schema.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import asyncpg

from shared.settings import Settings, schema_of

if TYPE_CHECKING:
    from shared.outbox.put import Outgoing

TIMEOUTS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "15s",
    "jit": "off",
}


LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""What a connection raises that is no more; asyncpg's state machine stumbles (InternalClientError) over a backend that
is terminated between two statements."""


class Tx:
    """A transaction: what a handler may do with the database, and the events it puts out with it."""

    __slots__ = ("conn", "service", "settings", "signals")

    def __init__(self, conn: asyncpg.Connection[asyncpg.Record], service: str, settings: Settings) -> None:
        self.conn = conn
        self.service = service
        self.settings = settings
        self.signals: set[str] = set()

    def signal(self, name: str) -> None:
        """Set the event of this name (`Database.signal`) after the commit, and only then."""
        self.signals.add(name)

    async def now(self) -> datetime:
        """The database's clock. Read it after the row locks: the transaction's own `now()` is older than its waits."""
        value: datetime = await self.conn.fetchval("SELECT clock_timestamp()")
        return value

    async def put(self, events: Sequence[Outgoing]) -> None:
        """Into the outbox, in this order. Only after the aggregates' rows are locked: ids must follow their order."""
        if events:
            from shared.outbox.put import insert

            await insert(self.conn, self.service, events)
            self.signal("outbox")


class Database:
    """A service's connections: a pool for HTTP and sweeps; loop and relay open their own with `connect`."""

    def __init__(self, service: str, settings: Settings) -> None:
        self.service = service
        self.settings = settings
        self._signals: dict[str, asyncio.Event] = {}
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    @property
    def pool(self) -> asyncpg.Pool[asyncpg.Record]:
        if self._pool is None:
            raise RuntimeError("the database is not open")
        return self._pool

    async def open(self, *, max_size: int = 8) -> None:
        self._pool = await asyncpg.create_pool(
            self.settings.dsn(self.service),
            min_size=1,
            max_size=max_size,
            timeout=10,
            command_timeout=60,
            server_settings=self._server_settings(),
        )

    async def close(self) -> None:
        if self._pool is not None:
            with contextlib.suppress(TimeoutError):
                await asyncpg_close(self._pool)
            self._pool = None

    def _server_settings(self, **more: str) -> dict[str, str]:
        return {
            "search_path": schema_of(self.service),
            "application_name": f"upheld {self.service}",
            **TIMEOUTS,
            **more,
        }

    async def connect(self, **more: str) -> asyncpg.Connection[asyncpg.Record]:
        """A connection of the caller's own, with further server settings."""
        return await asyncpg.connect(
            self.settings.dsn(self.service),
            timeout=10,
            command_timeout=60,
            server_settings=self._server_settings(**more),
        )

    @contextlib.asynccontextmanager
    async def transaction(self, conn: asyncpg.Connection[asyncpg.Record] | None = None) -> AsyncIterator[Tx]:
        """A transaction on this connection, else on one of the pool; wakes the relay after the commit."""
        if conn is None:
            async with self.pool.acquire() as pooled, self.transaction(pooled) as tx:  # type: ignore[arg-type]
                yield tx
            return
        tx = Tx(conn, self.service, self.settings)
        async with conn.transaction():
            yield tx
        for name in tx.signals:
            self.signal(name).set()

    def signal(self, name: str) -> asyncio.Event:
        """What waits for it is woken by the commit next door, at once."""
        return self._signals.setdefault(name, asyncio.Event())


async def asyncpg_close(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    """Close a pool, by force after five seconds."""
    try:
        await asyncio.wait_for(pool.close(), 5)
    except TimeoutError:
        pool.terminate()
