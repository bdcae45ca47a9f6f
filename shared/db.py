"""Postgres: connections with timeouts from the first day, and the transaction that a handler works in.

A service connects as its own role, whose rights end at its own schema.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import asyncpg

from shared.settings import Settings, schema_of

if TYPE_CHECKING:
    from shared.observability import Metrics
    from shared.outbox.put import Outgoing
    from shared.tracing import Tracing

SESSION = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "15s",
    "jit": "off",
    # Every statement names its rows by key, few or many: nested loops over indexes, planned once. Left to itself the
    # planner hashes and scans whole tables while they are small or not analysed yet, for a batch of one.
    "plan_cache_mode": "force_generic_plan",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_seqscan": "off",
}


LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""What a connection raises that is no more; asyncpg's state machine stumbles (InternalClientError) over a backend that
is terminated between two statements."""


class Tx:
    """A transaction: what a handler may do with the database, and the events it puts out with it.

    What is saved last, events out and sequences seen are gathered and written by one statement, `flush`: once a
    transaction, and always after the aggregates' rows are locked, so that the outbox's ids follow their order.
    """

    __slots__ = (
        "_after",
        "_later",
        "_out",
        "_saved",
        "_seen",
        "began_at",
        "conn",
        "known",
        "metrics",
        "service",
        "settings",
        "signals",
        "tracing",
        "versions",
    )

    def __init__(self, conn: asyncpg.Connection[asyncpg.Record], database: Database) -> None:
        self.conn = conn
        self.service = database.service
        self.settings = database.settings
        self.metrics = database.metrics
        self.tracing = database.tracing
        self.signals: set[str] = set()
        self.began_at: datetime | None = None
        """The database's time at the claim of a batch: before any row was locked."""
        self.versions: Mapping[str, int] | None = None
        """Of the reference data, at the claim of a batch; see `shared.refdata`."""
        self.known = database.known
        self._saved: tuple[str, tuple[object, ...]] | None = None
        self._out: list[Outgoing] = []
        self._seen: dict[tuple[str, str], int] = {}
        self._later: list[Callable[[], None]] = []
        self._after: list[Callable[[], None]] = []

    def signal(self, name: str) -> None:
        """Set the event of this name (`Database.signal`) after the commit, and only then."""
        self.signals.add(name)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this after the commit, and only then: what is counted and told of must have happened."""
        self._later.append(call)

    async def now(self) -> datetime:
        """The database's clock. Read it after the row locks: the transaction's own `now()` is older than its waits."""
        value: datetime = await self.conn.fetchval("SELECT clock_timestamp()")
        return value

    async def save(self, parts: str, *values: object) -> None:
        """Run this with the last statement: its parts as they stand behind WITH, `name AS (INSERT ...), ...`."""
        if self._saved is not None:
            await self.flush()
        self._saved = parts, values

    def put(self, events: Sequence[Outgoing]) -> None:
        """Into the outbox, in this order."""
        self._out += events

    def remember(self, seen: Mapping[tuple[str, str], int]) -> None:
        """How far each (key, producer) is handled with this transaction."""
        self._seen.update(seen)

    async def flush(self) -> None:
        """Write what was gathered. Raises TooLarge, before anything is written, for an event that no topic takes."""
        saved, out, seen, later = self._saved, self._out, self._seen, self._later
        self.forget()
        if saved or out or seen:
            from shared.outbox.put import write

            trace = self.tracing.current() if self.tracing else None
            await write(self.conn, self.service, out, seen, saved or ("", ()), trace)
            if out:
                self.signal("outbox")
        self._after += later

    def forget(self) -> None:
        """Drop what was gathered since the last flush: what it belongs to is undone."""
        self._saved, self._out, self._seen, self._later = None, [], {}, []

    def committed(self) -> None:
        """Do what was to be done after the commit."""
        for call in self._after:
            call()


class Database:
    """A service's connections: a pool for HTTP and sweeps; loop and relay open their own with `connect`."""

    def __init__(
        self, service: str, settings: Settings, metrics: Metrics | None = None, tracing: Tracing | None = None
    ) -> None:
        self.service = service
        self.settings = settings
        self.metrics = metrics
        self.tracing = tracing
        self.known: dict[str, tuple[int, Any]] = {}
        """Reference data as it was loaded, by table and version; see `shared.refdata`."""
        self._signals: dict[str, asyncio.Event] = {}
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def now(self) -> datetime:
        """The database's clock, for what reads outside of a transaction."""
        value: datetime = await self.pool.fetchval("SELECT clock_timestamp()", timeout=10)
        return value

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
            **SESSION,
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
        tx = Tx(conn, self)
        async with conn.transaction():
            yield tx
            await tx.flush()
        for name in tx.signals:
            self.signal(name).set()
        tx.committed()

    def signal(self, name: str) -> asyncio.Event:
        """What waits for it is woken by the commit next door, at once."""
        return self._signals.setdefault(name, asyncio.Event())


async def asyncpg_close(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    """Close a pool, by force after five seconds."""
    try:
        await asyncio.wait_for(pool.close(), 5)
    except TimeoutError:
        pool.terminate()
