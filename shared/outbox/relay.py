"""The relay: puts the outbox on Kafka in id order, one active relay a schema, and deletes what is acknowledged.

- The table is its only source; a crash between send and delete only repeats what the inboxes drop.
- Leadership is a session advisory lock on a connection of its own, which also reads and deletes.
- Rows of one key keep their order: partition batches are sent in id order by one idempotent producer, and the
  producer is made anew after any error.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.producer.message_accumulator import BatchBuilder
from pydantic_core import from_json

from shared.db import LOST, Database
from shared.kafka import connection
from shared.observability import Metrics, log
from shared.outbox.partitions import partition_of
from shared.settings import Settings, schema_of

READ = 2000
BATCH_BYTES = 512 * 1024
POLL = 0.5
_LOCK = 7_304_117  # with the service's name: one leader a schema

# What was acknowledged goes with the next look, a poll later at the latest: one statement a turn. The sent rows are
# left out by name, since a row that commits late may have a lower id.
_READ = """
    WITH gone AS (DELETE FROM outbox WHERE id = ANY($1::bigint[]))
    SELECT id, topic, key, headers, payload, extract(epoch FROM clock_timestamp() - created_at)::float8 AS age
    FROM outbox WHERE id <> ALL($1::bigint[]) ORDER BY id LIMIT $2
"""

Row = asyncpg.Record
_stopping: set[asyncio.Task[None]] = set()


def _stopped(task: asyncio.Task[None]) -> None:
    _stopping.discard(task)
    if not task.cancelled():
        task.exception()  # nobody waits for it any more


def producer_of(settings: Settings) -> AIOKafkaProducer:
    """Idempotent, acknowledged by all replicas; requests stay below what the topics accept."""
    return AIOKafkaProducer(
        **connection(settings),
        acks="all",
        enable_idempotence=True,
        max_batch_size=BATCH_BYTES,
        max_request_size=1024 * 1024,
        linger_ms=0,
        request_timeout_ms=15_000,
    )


class Relay:
    """Supervised by the service: its death ends the process."""

    def __init__(self, db: Database, settings: Settings, metrics: Metrics) -> None:
        self._db = db
        self._settings = settings
        self._metrics = metrics
        self._channel = f"upheld_outbox_{schema_of(db.service)}"
        self._woken = db.signal("outbox")
        self._leads(False)

    def _leads(self, leading: bool) -> None:
        self.leading = leading
        self._metrics.relay_leading.labels(self._db.service).set(leading)

    async def run(self) -> None:
        """Lead, or stand by, for ever; every error means a new connection and a new producer."""
        while True:
            try:
                await self._take_part()
            except (asyncpg.PostgresError, *LOST, KafkaError) as error:
                log.warning("relay interrupted", error=f"{type(error).__name__}: {error}")
                await asyncio.sleep(0.5)
            finally:
                self._leads(False)

    async def _take_part(self) -> None:
        # A stopped process loses the lock to the next relay: its session ends when it stays idle.
        conn = await self._db.connect(idle_session_timeout="15s", synchronous_commit="off")
        try:
            while not await conn.fetchval("SELECT pg_try_advisory_lock($1, hashtext($2))", _LOCK, self._db.service):
                if await self._wait():
                    await conn.execute(f"NOTIFY {self._channel}")
            await self._lead(conn)
        finally:
            conn.terminate()

    async def _wait(self) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL):
                await self._woken.wait()
        woken = self._woken.is_set()
        self._woken.clear()
        return woken

    async def _lead(self, conn: asyncpg.Connection[Row]) -> None:
        await conn.add_listener(self._channel, lambda *_: self._woken.set())
        async with self._producer() as producer:
            self._leads(True)
            log.info("relay leads")
            sent: list[int] = []
            while True:
                self._woken.clear()
                rows = await conn.fetch(_READ, sent, READ)
                self._metrics.outbox_age.labels(self._db.service).set(rows[0]["age"] if rows else 0)
                if rows:
                    with self._traced(rows):
                        await self._send(producer, rows)
                sent = [row["id"] for row in rows]
                if len(rows) < READ and not self._woken.is_set():
                    await self._wait()

    def _traced(self, rows: list[Row]) -> contextlib.AbstractContextManager[None]:
        if self._db.tracing is None:
            return contextlib.nullcontext()
        return self._db.tracing.send([row["topic"] for row in rows], [dict(from_json(row["headers"])) for row in rows])

    @contextlib.asynccontextmanager
    async def _producer(self) -> AsyncIterator[AIOKafkaProducer]:
        producer = producer_of(self._settings)
        try:
            await producer.start()
            yield producer
        finally:
            # After an error a graceful stop waits for a broker that is gone; what it held is still in the table.
            # Cancelled, it would leave its sender running: it ends by itself, when its batches expire.
            stopping = asyncio.create_task(producer.stop())
            _stopping.add(stopping)
            stopping.add_done_callback(_stopped)
            await asyncio.wait({stopping}, timeout=5)

    async def _send(self, producer: AIOKafkaProducer, rows: list[Row]) -> None:
        async with asyncio.timeout(30):
            await self._send_all(producer, rows)

    async def _send_all(self, producer: AIOKafkaProducer, rows: list[Row]) -> None:
        by_topic: dict[str, int] = defaultdict(int)
        batches: dict[tuple[str, int], BatchBuilder] = {}
        futures: list[asyncio.Future[Any]] = []
        partitions: dict[str, int] = {}
        for row in rows:
            topic = self._settings.topic_prefix + row["topic"]
            if topic not in partitions:
                partitions[topic] = len(await producer.partitions_for(topic))
            key = row["key"].encode()
            place = (topic, partition_of(key, partitions[topic]))
            headers = [(name, value.encode()) for name, value in from_json(row["headers"])]
            batch = batches.get(place)
            if batch is None or batch.append(key=key, value=row["payload"], timestamp=None, headers=headers) is None:
                if batch is not None:
                    # Acknowledged before the next one: a broker that refuses this one might take that.
                    await (await producer.send_batch(batch, place[0], partition=place[1]))
                batch = batches[place] = producer.create_batch()
                if batch.append(key=key, value=row["payload"], timestamp=None, headers=headers) is None:
                    raise ValueError(f"outbox row {row['id']} fits in no batch")
            by_topic[row["topic"]] += 1
        for (topic, partition), batch in batches.items():
            futures.append(await producer.send_batch(batch, topic, partition=partition))
        await asyncio.gather(*futures)
        for topic, count in by_topic.items():
            self._metrics.outbox_rows.labels(self._db.service, topic).inc(count)
