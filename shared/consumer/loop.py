"""The consumer's loop: polls what has arrived, handles it as one transaction, commits offsets off the path.

- Offsets are committed explicitly, only after the batch's transaction; a crash in between only repeats it.
- A transient failure seeks every partition of the batch back and tries again, for ever; an unknown one is
  retried, then halved until the record that causes it stands alone.
- FastStream declares the subscription and owns the connection; this loop drives its consumer.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter, deque
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from shared.consumer.batch import Batches, Outcome
from shared.consumer.failures import Gap, Refused, Stopped, Waiting, cleaned, describe, is_transient
from shared.consumer.letters import Letter, Place, bury
from shared.consumer.pace import Pace
from shared.consumer.positions import Positions
from shared.consumer.unreadable import pass_over
from shared.db import Database
from shared.envelope import Record
from shared.observability import Metrics, log
from shared.settings import Settings

TRIES = 5
HALVED_TRIES = 1
MANY, WITHIN = 20, 60.0
STOPPED_FOR = 60.0


class Loop:
    """One consumer of one service process."""

    def __init__(
        self,
        positions: Positions,
        batches: Batches,
        db: Database,
        settings: Settings,
        metrics: Metrics,
    ) -> None:
        self._positions = positions
        self._batches = batches
        self._db = db
        self._settings = settings
        self._metrics = metrics
        self._conn: asyncpg.Connection[asyncpg.Record] | None = None
        self._failed: deque[float] = deque()
        self._stopping = asyncio.Event()
        self._pace = Pace()
        self.trouble: str | None = None
        """Why nothing is handled at the moment; None while all is well."""

    @property
    def consumer(self) -> AIOKafkaConsumer:
        if self._positions.consumer is None:
            raise RuntimeError("the consumer is not started")
        return self._positions.consumer

    async def run(self) -> None:
        """Until `stop`; raises only what is a bug."""
        backoff = 0.05
        rewind = False
        while not self._stopping.is_set():
            fetched: dict[TopicPartition, list[Any]] = {}
            try:
                if rewind:
                    await self._positions.rewind()
                    await pass_over(self.consumer, self._take, self._bury, self._settings.topic_prefix)
                    rewind = False
                self._pace.asks()
                fetched = await self.consumer.getmany(timeout_ms=500, max_records=self._settings.batch_records)
                if fetched:
                    self._pace.begins(self.consumer, sum(map(len, fetched.values())))
                    try:
                        await self._take(self._within_bytes(fetched))
                    finally:
                        self._pace.ends(self.consumer)
                if self.trouble is not None:
                    self._metrics.stopped.labels(self._metrics.service).set(0)
                self.trouble, backoff = None, 0.05
            except UnicodeDecodeError:
                rewind = True
            except Stopped as error:
                self._metrics.stopped.labels(self._metrics.service).set(1)
                await self._back_off(fetched, str(error), STOPPED_FOR)
            except Exception as error:
                if not is_transient(error):
                    raise
                self._forget_connection()
                if isinstance(error, Gap):
                    self._metrics.gaps.labels(self._metrics.service).inc()
                    log.error("gap in a sequence", error=str(error))
                await self._back_off(
                    fetched, describe(error), backoff * random.uniform(0.5, 1.5), waits=isinstance(error, Waiting)
                )
                backoff = min(backoff * 2, 5.0)
        self._forget_connection()

    def stop(self) -> None:
        """The batch in flight ends, then the loop does."""
        self._stopping.set()

    def _within_bytes(self, fetched: dict[TopicPartition, list[Any]]) -> dict[TopicPartition, list[Any]]:
        """At most `batch_bytes` at once; what is over is read again."""
        left = self._settings.batch_bytes
        kept: dict[TopicPartition, list[Any]] = {}
        for place, records in fetched.items():
            for record in records:
                left -= len(record.value or b"")
                if left < 0 and kept:
                    self.consumer.seek(place, record.offset)
                    break
                kept.setdefault(place, []).append(record)
        return kept

    async def _take(self, fetched: dict[TopicPartition, list[Any]]) -> None:
        async with self._positions.batch(fetched) as current:
            if not current:
                return
            started = time.perf_counter()
            prefix = len(self._settings.topic_prefix)
            records = [_record(item, prefix) for items in current.values() for item in items]
            with tracing.batch(records) if (tracing := self._db.tracing) else contextlib.nullcontext():
                outcome = await self._handle(records, TRIES)
                self._positions.handled(current)
                oldest = min(items[0].timestamp for items in current.values())
                self._report(outcome, time.perf_counter() - started, time.time() - oldest / 1000)

    async def _handle(self, records: Sequence[Record], tries: int) -> Outcome:
        condemned: dict[Place, Letter] = {}
        attempt = 0
        while True:
            try:
                return await self._attempt(records, condemned)
            except Refused as error:
                for received, reason in error.items:
                    condemned[received.record.place] = Letter(received.record, "refused", cleaned(reason))
            except Stopped:
                # As many as may be buried in a minute are, those in front: else a flood would never end.
                if len(records) == 1:
                    raise
                return await self._halve(records)
            except Exception as error:
                if is_transient(error):
                    raise
                attempt += 1
                if len(records) == 1 and records[0].place in condemned:
                    raise Stopped(f"a dead letter cannot be kept: {describe(error)}") from error
                log.error("batch failed", records=len(records), attempt=attempt, error=describe(error), exc_info=True)
                if attempt < tries:
                    await asyncio.sleep(0.05 * 2**attempt * random.uniform(0.5, 1.5))
                elif len(records) > 1:
                    return await self._halve(records)
                else:
                    condemned[records[0].place] = Letter(records[0], "unexplained", describe(error))

    async def _halve(self, records: Sequence[Record]) -> Outcome:
        middle = len(records) // 2
        both = Outcome()
        for half in (records[:middle], records[middle:]):
            outcome = await self._handle(half, TRIES if len(half) == 1 else HALVED_TRIES)
            both.counts += outcome.counts
            both.buried += outcome.buried
        return both

    async def _attempt(self, records: Sequence[Record], condemned: dict[Place, Letter]) -> Outcome:
        if not condemned and (skipped := self._batches.pass_over(records)) is not None:
            return skipped
        if self._conn is None or self._conn.is_closed():
            self._conn = await self._db.connect()
        async with self._db.transaction(self._conn) as tx:
            outcome = await self._batches.process(tx, records, condemned)
            self._judge(outcome)
        return outcome

    async def _bury(self, letter: Letter) -> None:
        async with self._db.transaction() as tx:
            await bury(tx.conn, [letter])
        log.warning(
            "dead letter",
            kind=letter.kind,
            topic=letter.record.topic,
            partition=letter.record.partition,
            offset=letter.record.offset,
            reason=letter.reason,
        )

    def _judge(self, outcome: Outcome) -> None:
        """More than 20 suspicious dead letters in a minute are a bug, not bad data: keep them in the log instead."""
        bad = [x for x in outcome.buried if x.kind == "unexplained" or x.record.topic == "tickets"]
        now = time.monotonic()
        while self._failed and self._failed[0] < now - WITHIN:
            self._failed.popleft()
        if bad and len(self._failed) + len(bad) > MANY:
            raise Stopped(f"stopped consuming: too many records fail, the last one by {bad[-1].reason}")
        self._failed.extend([now] * len(bad))

    async def _back_off(
        self, fetched: dict[TopicPartition, list[Any]], reason: str, seconds: float, *, waits: bool = False
    ) -> None:
        self.trouble = reason
        log.info("waits", reason=reason) if waits else log.warning(
            "tries again", reason=reason, seconds=round(seconds, 2)
        )
        self._metrics.batches.labels(self._metrics.service, "waits" if waits else "retried").inc()
        assigned = self.consumer.assignment()
        for place, records in fetched.items():
            if place in assigned and records:
                # Only back: a rebalance in between may have put the position where it belongs already.
                with contextlib.suppress(KafkaError):
                    self.consumer.seek(place, records[0].offset)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _forget_connection(self) -> None:
        if self._conn is not None:
            self._conn.terminate()
            self._conn = None

    def _report(self, outcome: Outcome, seconds: float, age: float) -> None:
        service = self._metrics.service
        self._metrics.batches.labels(service, "handled").inc()
        self._metrics.batch_seconds.labels(service).observe(seconds)
        self._metrics.record_age.labels(service).observe(max(age, 0))
        totals: Counter[str] = Counter()
        for (topic, what), count in outcome.counts.items():
            self._metrics.events.labels(service, topic, what).inc(count)
            totals[what] += count
        log.info("batch", **totals, milliseconds=round(seconds * 1000, 2), correlation_id=outcome.correlation_id)
        for letter in outcome.buried:
            log.warning(
                "dead letter",
                kind=letter.kind,
                topic=letter.record.topic,
                partition=letter.record.partition,
                offset=letter.record.offset,
                reason=letter.reason,
            )


def _record(item: Any, prefix: int) -> Record:
    try:
        at = datetime.fromtimestamp(item.timestamp / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.now(UTC)  # a producer's own clock may say anything
    return Record(
        item.topic[prefix:],
        item.partition,
        item.offset,
        item.key,
        item.value,
        tuple(item.headers),
        at,
    )
