"""Faults, drawn from a seed: each waits for its moment, strikes, and proves that it hit work in flight.

A process is frozen (SIGSTOP) for an instant to look at what it holds: only if it has claimed a batch and not committed
it is it killed then and there; otherwise it goes on, and the next moment is tried.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

import asyncpg
import psutil

from shared.settings import SERVICES
from tests.crash.checker.evidence import Fault
from tests.crash.cluster import REPLICAS, Cluster

PATIENCE = 60.0
"""Seconds within which a busy service must be met at work."""

_OPEN = """
    SELECT pid, client_port, application_name, backend_xid::text AS xid, left(query, 60) AS query
    FROM pg_stat_activity AS activity
    WHERE application_name LIKE 'upheld %' AND datname = current_database()
        AND backend_xid IS NOT NULL AND state <> 'idle'
"""
_BATCH = f"""{_OPEN}
        AND EXISTS (SELECT FROM pg_locks AS held JOIN pg_class ON pg_class.oid = held.relation
                    WHERE held.pid = activity.pid AND relname = 'inbox' AND mode = 'RowExclusiveLock')
"""
"""Only a consumer's batch writes to the inbox."""


class Missed(AssertionError):
    """Nothing was in flight for so long that a fault would have proved nothing."""


Step = tuple[str, str | None]


def schedule(seed: int) -> list[Step]:
    """Every fault of the whole test, shuffled: each service twice, the broker and Postgres once, three backends."""
    steps: list[Step] = [("kill", service) for service in SERVICES for _ in range(2)]
    steps += [("kafka", None), ("postgres", None)]
    steps += [("terminate", service) for service in random.Random(f"{seed} services").sample(SERVICES, 3)]
    random.Random(f"{seed} faults").shuffle(steps)
    return steps


def terminations(seed: int, count: int) -> list[Step]:
    """Backends only: handlers fail in mid batch, again and again."""
    chance = random.Random(f"{seed} terminations")
    return [("terminate", chance.choice(SERVICES)) for _ in range(count)]


class Faults:
    """Strikes; `struck` is what was done."""

    def __init__(self, cluster: Cluster, seed: int) -> None:
        self._cluster = cluster
        self._chance = random.Random(f"{seed} moments")
        self._killed: dict[str, int] = dict.fromkeys(SERVICES, 0)
        self._conn: asyncpg.Connection[asyncpg.Record] | None = None
        self.struck: list[Fault] = []

    async def run(self, steps: Sequence[Step], gap: tuple[float, float]) -> None:
        for kind, service in steps:
            await asyncio.sleep(self._chance.uniform(*gap))
            match kind:
                case "kill":
                    await self._kill(str(service))
                case "terminate":
                    await self._terminate(str(service))
                case "kafka":
                    await self._kafka()
                case "postgres":
                    await self._postgres()
        await self._forget()

    async def _look(self, query: str = _OPEN, *args: object) -> list[asyncpg.Record]:
        if self._conn is None or self._conn.is_closed():
            self._conn = await asyncpg.connect(self._cluster.database_url)
        return list(await self._conn.fetch(query, *args))

    async def _forget(self) -> None:
        if self._conn is not None:
            self._conn.terminate()
            self._conn = None

    async def _kill(self, service: str) -> None:
        """kill -9 of one replica, in mid batch."""
        self._killed[service] += 1
        name = self._cluster.replica(service, self._killed[service] % REPLICAS + 1)
        async for _ in Moments(self._chance, f"{name} in mid batch"):
            pid = self._cluster.supervisor.pids.get(name)
            if pid is None:
                continue
            with _frozen([pid]):
                if rows := await self._of(pid):
                    at = time.time()
                    os.kill(pid, signal.SIGKILL)
                    self._note("kill", at, service, f"{name}, transaction {rows[0]['xid']}: {rows[0]['query']}")
                    return

    async def _of(self, pid: int) -> list[asyncpg.Record]:
        """The batch that this (frozen) process is in the middle of."""
        try:
            ports = {c.laddr.port for c in psutil.Process(pid).net_connections("tcp") if c.raddr}
        except psutil.Error:
            return []
        return [row for row in await self._look(_BATCH) if row["client_port"] in ports]

    async def _terminate(self, service: str) -> None:
        """pg_terminate_backend of a consumer of the service, in mid batch."""
        async for _ in Moments(self._chance, f"{service} in mid batch"):
            rows = await self._look(
                f"SELECT *, pg_terminate_backend(pid) AS hit FROM ({_BATCH}) AS batch "
                "WHERE application_name = $1 LIMIT 1",
                f"upheld {service}",
            )
            if rows and rows[0]["hit"]:
                self._note("terminate", time.time(), service, f"transaction {rows[0]['xid']}: {rows[0]['query']}")
                return

    async def _kafka(self) -> None:
        """kill -9 of the broker while events wait in an outbox; back after a moment."""
        server = self._cluster.stack.kafka_process
        assert server is not None, "the crash test needs a broker of its own"
        union = " UNION ALL ".join(f"SELECT 1 FROM {name.replace('-', '_')}.outbox" for name in SERVICES)
        async for _ in Moments(self._chance, "events in an outbox"):
            rows = await self._look(f"SELECT count(*) AS waiting FROM ({union}) AS event")
            if rows[0]["waiting"]:
                at = time.time()
                await asyncio.to_thread(server.kill)
                await asyncio.sleep(self._chance.uniform(0.5, 1.5))
                await asyncio.to_thread(server.restart)
                self._note("kafka", at, None, f"{rows[0]['waiting']} events in outboxes")
                return

    async def _postgres(self) -> None:
        """kill -9 of the postmaster and its children under open transactions; back after a moment."""
        server = self._cluster.stack.postgres_process
        assert server is not None, "the crash test needs a Postgres of its own"
        async for _ in Moments(self._chance, "open transactions"):
            with _frozen(self._cluster.supervisor.pids.values()):
                rows = await self._look()
                if rows:
                    at = time.time()
                    await self._forget()
                    await asyncio.to_thread(server.kill)
            if rows:
                await asyncio.sleep(self._chance.uniform(0.5, 1.5))
                await asyncio.to_thread(server.restart)
                self._note("postgres", at, None, f"{len(rows)} open transactions: {rows[0]['query']}")
                return

    def _note(self, kind: str, at: float, service: str | None, hit: str) -> None:
        self.struck.append(Fault(kind, at, time.time(), service, " ".join(hit.split())))


class Moments:
    """Moments to try, a few milliseconds apart."""

    def __init__(self, chance: random.Random, what: str) -> None:
        self._chance, self._what = chance, what
        self._until = time.monotonic() + PATIENCE

    def __aiter__(self) -> Moments:
        return self

    async def __anext__(self) -> None:
        if time.monotonic() > self._until:
            raise Missed(f"waited {PATIENCE} s for {self._what}")
        await asyncio.sleep(self._chance.uniform(0.002, 0.03))


@contextmanager
def _frozen(pids: Iterable[int]) -> Iterator[None]:
    """These processes stand still meanwhile; those that live go on."""
    stopped = list(pids)
    try:
        for pid in stopped:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        time.sleep(0.004)  # what Postgres was told before it stood still is done by then
        yield
    finally:
        for pid in stopped:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
