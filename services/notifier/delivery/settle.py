"""Settles attempts: the row, the next in its lane and NotificationSent, many of them in one transaction.

- What a channel accepted is never forgotten while the process lives: settling is tried until the database takes it.
- With little on its way each answer is settled at once; with much, answers are gathered for a moment, since a
  transaction each would cost more than the sending.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from services.notifier.domain.content import Content, notification
from services.notifier.domain.messages import Claimed
from services.notifier.domain.recipients import masked
from services.notifier.domain.retries import Over, Result, verdict
from services.notifier.handlers import signal_of
from services.notifier.store import leases as store
from services.notifier.store.leases import Mark
from shared.consumer.failures import is_transient
from shared.db import Tx
from shared.events import NotificationSent
from shared.ids import event_id
from shared.outbox import Outgoing
from shared.service import App

OUTCOMES = ("accepted", "failed", "again", "unsent")
MOST = 500
MUCH = 8
GATHER = 0.05
ENOUGH = 32
"""With MUCH on its way, answers are gathered for so many seconds, or until there are ENOUGH."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a claimed delivery, and when (monotonic clock)."""

    claimed: Claimed
    content: Content | None
    result: Result
    at: float
    done: Callable[[], None]


class Settler:
    """One writer that takes what came up during its last commit."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._queue: asyncio.Queue[Attempt] = asyncio.Queue()
        self._conn: Any = None
        self._on_their_way = 0

    def begun(self) -> None:
        """A delivery is on its way; `settle` follows."""
        self._on_their_way += 1

    def settle(self, attempt: Attempt) -> None:
        self._on_their_way -= 1
        self._queue.put_nowait(attempt)

    async def drained(self) -> None:
        """Until everything handed in is settled."""
        await self._queue.join()

    async def run(self) -> None:
        try:
            while True:
                batch = [await self._queue.get()]
                if self._on_their_way >= MUCH:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(GATHER):
                            while len(batch) < ENOUGH:
                                batch.append(await self._queue.get())
                while len(batch) < MOST and not self._queue.empty():
                    batch.append(self._queue.get_nowait())
                await self._until_settled(batch)
                for attempt in batch:
                    attempt.done()
                    self._queue.task_done()
        finally:
            self._drop()

    async def _until_settled(self, batch: Sequence[Attempt]) -> None:
        pause = 0.05
        while True:
            try:
                if self._conn is None or self._conn.is_closed():
                    self._conn = await self._app.db.connect()
                with self._traced(batch):
                    await self._settle(batch)
                return
            except Exception as error:
                self._drop()
                if not is_transient(error):
                    raise
                self._app.log.warning(
                    "deliveries not settled yet", deliveries=len(batch), error=f"{type(error).__name__}: {error}"
                )
                await asyncio.sleep(pause * random.uniform(0.5, 1))
                pause = min(pause * 2, 2.0)

    def _traced(self, batch: Sequence[Attempt]) -> contextlib.AbstractContextManager[None]:
        if (tracing := self._app.tracing) is None:
            return contextlib.nullcontext()
        return tracing.work("settle", [attempt.claimed.cause.traceparent for attempt in batch])

    def _drop(self) -> None:
        if self._conn is not None:
            with contextlib.suppress(asyncpg.InterfaceError):
                self._conn.terminate()
            self._conn = None

    async def _settle(self, batch: Sequence[Attempt]) -> None:
        began = time.monotonic()
        async with self._app.db.transaction(self._conn) as tx:
            tickets = {attempt.claimed.ticket_id for attempt in batch}
            sent, now = await store.lock_sent(tx.conn, tickets)
            read_at = time.monotonic()
            marks = [self._mark(attempt, now) for attempt in batch]
            over, channels = await store.save_marks(tx.conn, marks)
            await self._say(tx, zip(batch, marks, strict=True), over, sent, now, read_at)
            for channel in channels:
                tx.signal(signal_of(channel))
        self._report(marks, batch, over, now, time.monotonic() - began)

    def _mark(self, attempt: Attempt, now: datetime) -> Mark:
        claimed, result = attempt.claimed, attempt.result
        follows = verdict(
            result, claimed.attempts, claimed.created_at, now, self._app.settings.delivery_give_up, random.random()
        )
        reason = result.reason.replace("\x00", "")[:500] if result.reason else None
        if isinstance(follows, Over):
            state = "accepted" if follows.accepted else "failed"
            return Mark(claimed.id, claimed.lease, state, 0.0, True, reason, None)
        missing = reason if result.answer == "lacking" else None
        return Mark(claimed.id, claimed.lease, "due", follows.seconds, follows.counted, reason, missing)

    async def _say(
        self,
        tx: Tx,
        settled: Iterable[tuple[Attempt, Mark]],
        over: set[UUID],
        sent: dict[UUID, int],
        now: datetime,
        read_at: float,
    ) -> None:
        """NotificationSent for each public one that is over, per ticket in the order of their times.

        `now`, by the database, was `read_at` by the monotonic clock.
        """
        events: list[tuple[datetime, NotificationSent, Claimed]] = []
        for attempt, mark in settled:
            claimed = attempt.claimed
            if claimed.id not in over or claimed.internal or attempt.content is None:
                continue
            # The channel's answer, on the database's clock.
            at = max(now - timedelta(seconds=read_at - attempt.at), claimed.created_at)
            events.append(
                (
                    at,
                    notification(
                        attempt.content,
                        claimed.id,
                        claimed.account,
                        masked(claimed.channel, claimed.address),
                        claimed.channel,
                        mark.state == "accepted",
                        None if mark.state == "accepted" else mark.reason,
                        claimed.attempts,
                        at,
                    ),
                    claimed,
                )
            )
        out: list[Outgoing] = []
        for at, event, claimed in sorted(events, key=lambda item: item[0]):
            sent[event.ticket_id] += 1
            id = event_id(claimed.cause.identity, event.type_name(), str(event.notification_id), 0)
            out.append(Outgoing(event, id, at, claimed.cause, sent[event.ticket_id], event.number))
        tx.put(out)

    def _report(
        self, marks: Sequence[Mark], batch: Sequence[Attempt], over: set[UUID], now: datetime, seconds: float
    ) -> None:
        counts: Counter[tuple[str, str]] = Counter()
        for attempt, mark in zip(batch, marks, strict=True):
            outcome = mark.state if mark.id in over else "unsent" if not mark.counted else "again"
            counts[attempt.claimed.channel, outcome] += 1
            if outcome == "accepted":
                took = (now - attempt.claimed.created_at).total_seconds()
                self._app.metrics.delivery_seconds.labels(self._app.name, attempt.claimed.channel).observe(took)
        for (channel, outcome), number in counts.items():
            self._app.metrics.deliveries.labels(self._app.name, channel, outcome).inc(number)
        self._app.log.info(
            "settled",
            milliseconds=round(seconds * 1000, 1),
            **{f"{channel}_{outcome}": number for (channel, outcome), number in sorted(counts.items())},
        )
