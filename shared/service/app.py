"""A service: its card, and the process that runs it.

Loop, committer, relay, acts, sweepers and HTTP are tasks of one process, supervised: the death of one ends it,
and whoever started it starts it again.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import asyncpg
from aiokafka.errors import KafkaError
from fastapi import APIRouter, Request
from faststream.kafka import KafkaBroker
from pydantic import BaseModel

from shared.consumer.batch import Batches, Handler
from shared.consumer.positions import Watermarks
from shared.consumer.topics import missing_topics
from shared.db import LOST, Database
from shared.events import Event
from shared.migrate import pending
from shared.observability import Metrics, log
from shared.outbox.relay import Relay
from shared.service import acts as acts_module
from shared.service.acts import Acts, act_of
from shared.service.http import Access, Caller
from shared.service.pages import use_large_pages
from shared.service.reader import AT_ONCE, Apart, Reader
from shared.service.security import security_of
from shared.service.state import EVERY, tell_state
from shared.service.web import Web
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.tracing import Tracing

WATCH_EVERY = {True: 0.25, False: 1.0}
"""Seconds between looks at how far the log goes."""

Sweep = Callable[["App"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that is done every so often, in seconds, by every process of the service."""

    name: str
    every: float
    run: Sweep


@dataclass(frozen=True, slots=True)
class Service:
    """A service's wiring: event -> handler, route -> handler, timer -> handler."""

    name: str
    on: Mapping[type[Event], Handler]
    apart: Sequence[Apart] = ()
    """What is read by groups of its own, on topics of which `on` has none."""
    only: Mapping[type[Event], bytes] = field(default_factory=dict)
    """Of these events in `on`, those whose data hold these bytes; the others are skipped, unread."""
    keeps: Sequence[type[Event]] = ()
    emits: Sequence[type[Event]] = ()
    about: str | None = None
    """The card in words: what it is for, consumes, emits, owns."""
    after: Mapping[type[Event], Handler] = field(default_factory=dict)
    posts: type[BaseModel] | None = None
    """What its webhooks are posted."""
    acts: acts_module.Handler | None = None
    routes: Callable[[App], APIRouter] | None = None
    timers: Sequence[Timer] = ()
    tasks: Sequence[Callable[[App], Coroutine[Any, Any, None]]] = ()
    """Long-running ones, supervised like the rest."""
    by_log: bool = False
    """Whether its timers go by `owned`: how far the log is known, which is asked more often then."""
    missing: Callable[[App], Awaitable[Sequence[str]]] | None = None
    """What this service needs before it is ready, by name; empty when nothing is missing."""

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The topics that each of its consumer groups reads."""
        found = {self.name: _topics(*self.on, *self.keeps)}
        return found | {f"{self.name}-{part.name}": _topics(*part.on) for part in self.apart}

    @property
    def handles(self) -> dict[type[Event], Handler]:
        """All events, whichever group reads them."""
        return {**self.on, **{kind: handler for part in self.apart for kind, handler in part.on.items()}}


def _topics(*kinds: type[Event]) -> tuple[str, ...]:
    return tuple(sorted({kind.TOPIC for kind in kinds}))


class Dead(RuntimeError):
    """A task that must not end has ended, or nothing moves any more; the process must be restarted."""


class App:
    """The running process of a service, as its routes and timers see it."""

    def __init__(self, service: Service, settings: Settings, tracing: Tracing | None = None) -> None:
        self.service = service
        self.name = service.name
        self.settings = settings
        self.metrics = Metrics(service.name)
        self.tracing = tracing
        self.db = Database(service.name, settings, self.metrics, tracing)
        self.log = log
        self.access = Access(lambda: self.db.pool)
        self.batches = Batches(service.handles, service.keeps, service.after, service.only)
        parts = [(Batches(service.on, service.keeps, service.after, service.only), AT_ONCE)]
        parts += [(Batches(part.on, (), {}), part.gathering) for part in service.apart]
        self._readers = [
            Reader(group, topics, batches, gathering, self.db, settings, self.metrics)
            for (group, topics), (batches, gathering) in zip(service.groups.items(), parts, strict=True)
        ]
        self.relay = Relay(self.db, settings, self.metrics)
        self._acts = Acts(self.db, service.acts, self.metrics) if service.acts else None
        self.web = Web(self)
        self._stop = asyncio.Event()
        self.watch_error: str | None = None

    def owned(self) -> dict[int, Watermarks]:
        """The partitions of `tickets` that this process owns, each with its watermarks."""
        return self._readers[0].positions.owned()

    async def act(
        self, request: Request, caller: Caller, kind: str, payload: BaseModel, number: str | None = None
    ) -> dict[str, Any]:
        """Do this by group commit. Raises Problem."""
        if self._acts is None:
            raise RuntimeError(f"{self.name} takes no acts")
        trace = self.tracing.current() if self.tracing else None
        return await self._acts.submit(act_of(request, caller, kind, payload, number, datetime.now(UTC), trace))

    async def missing(self) -> list[str]:
        """What this process needs before it is ready, each by name."""
        found: list[str] = []
        try:
            async with asyncio.timeout(3):
                await self.db.pool.fetchval("SELECT 1")
                if self.service.missing is not None:
                    found += await self.service.missing(self)
        except (asyncpg.PostgresError, *LOST) as error:
            found.append(f"Postgres does not answer: {type(error).__name__}")
        if self.watch_error is not None:
            found.append(f"Kafka does not answer: {self.watch_error}")
        else:
            found += dict.fromkeys(lack for reader in self._readers if (lack := reader.lacks) is not None)
        return found

    def stop(self) -> None:
        """Finish what is in flight and end."""
        self._stop.set()

    async def run(self) -> None:
        """Until `stop` or a signal. Raises Dead when a task dies, StartError when something is missing at start."""
        await self._check()
        broker = KafkaBroker(
            self.settings.kafka_bootstrap_servers,
            security=security_of(self.settings),
            consumer_only=True,
            logger=None,
            allow_auto_create_topics=False,
            client_id=f"upheld-{self.name}",
        )
        for reader in self._readers:
            reader.subscribe(broker)
        await self.db.open()
        await self.web.start()
        tasks: list[asyncio.Task[None]] = []
        try:
            await broker.start()
            for reader in self._readers:
                reader.started()
            tasks = [asyncio.create_task(work, name=name) for name, work in self._work()]
            # Start-up's objects live as long as the process: leave them out of every collection.
            gc.collect()
            gc.freeze()
            gc.set_threshold(20_000, 50, 50)
            use_large_pages()
            log.info("started", port=self.web.port, groups=list(self.service.groups))
            await self._supervise(tasks)
        finally:
            await self._shut_down(tasks)
            with contextlib.suppress(Exception):
                await asyncio.wait_for(broker.stop(), 10)
            await self.db.close()
            log.info("stopped")

    async def _check(self) -> None:
        """Fail at once, and clearly, for what only an operator can mend."""
        conn = await self.db.connect()
        try:
            if lacks := await pending(conn, self.name):
                raise StartError(f"the schema lacks {', '.join(lacks)}: run `upheld migrate`")
        finally:
            await conn.close()
        if lacks := await missing_topics(self.settings):
            raise StartError(f"topics are missing: {', '.join(lacks)}: run `upheld topics create`")

    def _work(self) -> list[tuple[str, Coroutine[Any, Any, None]]]:
        work: list[tuple[str, Coroutine[Any, Any, None]]] = [
            *(item for reader in self._readers for item in reader.work()),
            ("relay", self.relay.run()),
            ("watch", self._watch()),
        ]
        if self._acts is not None:
            work.append(("acts", self._acts.run()))
        timers = (Timer("state", EVERY, tell_state), *self.service.timers)
        work += [(f"timer {timer.name}", self._repeat(timer)) for timer in timers]
        work += [(task.__name__, task(self)) for task in self.service.tasks]
        return work

    async def _supervise(self, tasks: list[asyncio.Task[None]]) -> None:
        stopping = asyncio.create_task(self._stop.wait(), name="stop")
        watched = [*tasks, *([self.web.task] if self.web.task else [])]
        done, _ = await asyncio.wait([*watched, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in done - {stopping}:
            error = task.exception()
            raise Dead(f"{task.get_name()} ended") from error

    async def _shut_down(self, tasks: list[asyncio.Task[None]]) -> None:
        await self.web.stop()
        by_name = {task.get_name(): task for task in tasks}
        await asyncio.gather(
            *(
                reader.finish(task)
                for reader in self._readers
                if (task := by_name.get(f"loop {reader.name}")) is not None
            )
        )
        pending = set(tasks)
        while pending:  # a library may swallow a cancellation that meets its own result: say it again
            for task in pending:
                task.cancel()
            _, pending = await asyncio.wait(pending, timeout=0.5)

    async def _repeat(self, timer: Timer) -> None:
        """Failures of the database or the network are logged and tried again; any other ends the process."""
        failures = 0
        while True:
            try:
                await timer.run(self)
                failures = 0
            except (asyncpg.PostgresError, *LOST, KafkaError) as error:
                failures += 1
                log.warning("timer failed", timer=timer.name, error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(timer.every * min(2**failures, 32))

    async def _watch(self) -> None:
        """Watermarks, and the watchdog."""
        all_positions = [reader.positions for reader in self._readers]
        while True:
            try:
                now = await self.db.now()
                for positions in all_positions:
                    await positions.ask(now)
                self.watch_error = None
            except (asyncpg.PostgresError, *LOST, KafkaError) as error:
                self.watch_error = type(error).__name__
                for positions in all_positions:
                    positions.progress_at = time.monotonic()
            for reader in self._readers:
                positions = reader.positions
                if reader.loop.trouble is not None:
                    positions.progress_at = time.monotonic()  # it waits, and says why
                if time.monotonic() - positions.progress_at > self.settings.stalled_seconds:
                    raise Dead(f"{reader.name}: {positions.lag} records wait and nothing was handled for too long")
            await asyncio.sleep(WATCH_EVERY[self.service.by_log])


class StartError(RuntimeError):
    """Something that an operator must do first; the message says what."""
