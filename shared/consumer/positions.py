"""Which partitions are this process's own, how far each is handled, and up to which moment that was all there is.

- On revocation the batch in flight ends first, its offsets are flushed, and late results are ignored.
- A partition is caught up as of the database's time T when everything that the broker held at T is handled: it is
  asked for its end after T was read, never judged by what happened to be fetched.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from shared.observability import Metrics, log

COMMIT_EVERY = 0.25


@dataclass(frozen=True, slots=True)
class Watermarks:
    """Up to which database time a partition of each topic is known to be handled; None while unknown."""

    tickets: datetime | None
    notifications: datetime | None


class Positions(ConsumerRebalanceListener):  # type: ignore[misc]
    """Bookkeeping between the loop, the committer, the sweepers and rebalances."""

    def __init__(self, prefix: str, metrics: Metrics) -> None:
        self._prefix = prefix
        self._metrics = metrics
        self.consumer: AIOKafkaConsumer | None = None
        self._busy = asyncio.Lock()
        self._dirty: dict[TopicPartition, int] = {}
        self._flush = asyncio.Event()
        self._committing = asyncio.Lock()
        self._handled: dict[TopicPartition, int] = {}
        self._asked: dict[TopicPartition, tuple[int, datetime]] = {}
        self._until: dict[TopicPartition, datetime] = {}
        self._generation = 0
        self.lag = 0
        self.progress_at = time.monotonic()

    @contextlib.asynccontextmanager
    async def batch(self, fetched: dict[TopicPartition, list[Any]]) -> AsyncIterator[dict[TopicPartition, list[Any]]]:
        """Holds rebalances back while a batch is handled; yields what of it is still this process's own."""
        async with self._busy:
            assigned = self.consumer.assignment() if self.consumer else set()
            yield {place: records for place, records in fetched.items() if place in assigned}

    def handled(self, batch: dict[TopicPartition, list[Any]]) -> None:
        """This batch is committed in Postgres; its offsets may follow."""
        for place, records in batch.items():
            self._dirty[place] = self._handled[place] = records[-1].offset + 1
        self.progress_at = time.monotonic()
        self._flush.set()

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        async with self._busy:
            self._generation += 1
            await self._commit()
            for place in revoked:
                for kept in (self._handled, self._asked, self._until, self._dirty):
                    kept.pop(place, None)
                # It is another's to tell from now on.
                for gauge in (self._metrics.lag, self._metrics.lag_seconds):
                    with contextlib.suppress(KeyError):
                        gauge.remove(*self._labels(place))

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        self.progress_at = time.monotonic()
        for place in assigned:
            for kept in (self._handled, self._asked, self._until):
                kept.pop(place, None)

    async def run_committer(self) -> None:
        """Commits what is handled, coalesced and never in the loop's path.

        Often costs more than it is worth: what was handled and not committed is only repeated after a crash.
        """
        while True:
            await self._flush.wait()
            self._flush.clear()
            await self._commit()
            await asyncio.sleep(COMMIT_EVERY)

    async def _commit(self) -> None:
        async with self._committing:
            assigned = self.consumer.assignment() if self.consumer else set()
            offsets = {place: offset for place, offset in self._dirty.items() if place in assigned}
            self._dirty = {}
            if not offsets or self.consumer is None:
                return
            generation = self._generation
            try:
                await self.consumer.commit(offsets)
            except KafkaError as error:
                # What was lost to another is the other's to commit; the rest is said again. Only repeats can follow.
                log.info("commit failed", error=f"{type(error).__name__}: {error}")
                if generation == self._generation:
                    self._dirty = offsets | self._dirty
                    asyncio.get_running_loop().call_later(1, self._flush.set)

    async def flush(self) -> None:
        """The last commit, on the way out."""
        async with self._busy:
            await self._commit()

    async def ask(self, now: datetime) -> None:
        """Ask the broker how far each partition goes; `now` is the database's clock, read before this."""
        consumer = self.consumer
        places = consumer.assignment() if consumer else set()
        if not places or consumer is None:
            # More replicas than partitions: nothing to do is no standstill.
            self.lag, self.progress_at = 0, time.monotonic()
            return
        generation = self._generation
        async with asyncio.timeout(10):
            ends = await consumer.end_offsets(list(places))
            for place in places:
                position = await consumer.position(place)
                # With no batch in flight the position is how far all is handled, also where the log holds more
                # offsets than records: a transaction's markers, what retention or compaction took away.
                if not self._busy.locked():
                    self._handled[place] = position
        if generation != self._generation:
            return
        self.lag = 0
        for place, end in ends.items():
            if (handled := self._handled.get(place)) is None:
                continue
            asked = self._asked.setdefault(place, (end, now))
            if handled >= asked[0]:
                # Under steady load the newest end is never reached; the one asked for before is.
                self._until[place] = now if handled >= end else asked[1]
                del self._asked[place]
            lag = max(end - handled, 0)
            self.lag += lag
            self._metrics.lag.labels(*self._labels(place)).set(lag)
            behind = now - self._until.get(place, asked[1]) if lag else timedelta(0)
            self._metrics.lag_seconds.labels(*self._labels(place)).set(behind.total_seconds())
        if self.lag == 0:
            self.progress_at = time.monotonic()

    def _labels(self, place: TopicPartition) -> tuple[str, str, int]:
        return self._metrics.service, place.topic[len(self._prefix) :], place.partition

    async def rewind(self) -> None:
        """Read again from behind what is handled: a reading that failed has lost what it had taken."""
        consumer = self.consumer
        if consumer is None:
            return
        async with self._busy:  # so that nobody takes a position for handled meanwhile
            for place in consumer.assignment():
                offset = self._handled.get(place)
                if offset is None:
                    offset = await consumer.committed(place)
                if offset is None:
                    await consumer.seek_to_beginning(place)
                else:
                    consumer.seek(place, offset)

    def owned(self) -> dict[int, Watermarks]:
        """The partitions of `tickets` that are this process's own, with their watermarks."""
        places = self.consumer.assignment() if self.consumer else set()
        tickets, notifications = self._prefix + "tickets", self._prefix + "notifications"
        return {
            place.partition: Watermarks(
                self._until.get(place), self._until.get(TopicPartition(notifications, place.partition))
            )
            for place in places
            if place.topic == tickets
        }
