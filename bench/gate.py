"""Records that appear on their topics at one instant, how far a consumer group is with them, and reading them back.

They are written in a transaction that stays open: services (and the raw loop) read committed records only, so nothing
is seen before `open`, and the work begins with everything there.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.producer.message_accumulator import BatchBuilder

from bench.world import Item
from shared.outbox.partitions import partition_of
from shared.outbox.relay import BATCH_BYTES
from shared.settings import Settings


class Gate:
    """Records that wait behind a transaction; `lasts` is the last offset of each partition."""

    def __init__(self, producer: AIOKafkaProducer, lasts: dict[TopicPartition, int]) -> None:
        self._producer = producer
        self.lasts = lasts

    async def open(self) -> float:
        """Let them be seen; returns the moment before (perf_counter)."""
        began = time.perf_counter()
        await self._producer.commit_transaction()
        return began


@asynccontextmanager
async def gate(settings: Settings, items: Sequence[Item]) -> AsyncIterator[Gate]:
    """Write these records, in order for each key, and hold them back until the gate is opened."""
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        transactional_id=f"bench-{secrets.token_hex(6)}",
        transaction_timeout_ms=120_000,
        max_batch_size=BATCH_BYTES,
        max_request_size=1024 * 1024,
    )
    await producer.start()
    try:
        await producer.begin_transaction()
        yield Gate(producer, await _write(producer, settings.topic_prefix, items))
    finally:
        await producer.stop()


async def _write(producer: AIOKafkaProducer, prefix: str, items: Sequence[Item]) -> dict[TopicPartition, int]:
    batches: dict[TopicPartition, BatchBuilder] = {}
    lasts: dict[TopicPartition, int] = {}

    async def send(place: TopicPartition, batch: BatchBuilder) -> None:
        count = batch.record_count()
        done = await (await producer.send_batch(batch, place.topic, partition=place.partition))
        lasts[place] = done.offset + count - 1

    for item in items:
        topic = prefix + item.topic
        place = TopicPartition(topic, partition_of(item.key, len(await producer.partitions_for(topic))))
        given = {"key": item.key, "value": item.value, "timestamp": None, "headers": list(item.headers)}
        batch = batches.get(place)
        if batch is None or batch.append(**given) is None:
            if batch is not None:
                await send(place, batch)
            batch = batches[place] = producer.create_batch()
            batch.append(**given)
    for place, batch in batches.items():
        await send(place, batch)
    return lasts


class Progress:
    """How far consumer groups are; an async context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
        self._consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka_bootstrap_servers, enable_auto_commit=False)

    async def __aenter__(self) -> Progress:
        await self._admin.start()
        await self._consumer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._admin.close()
        await self._consumer.stop()

    async def ends(self, topics: Collection[str]) -> dict[TopicPartition, int]:
        """The next offset of each partition of these topics (logical names)."""
        places = [
            TopicPartition(self._settings.topic_prefix + topic, number)
            for topic in topics
            for number in range(self._settings.partitions)
        ]
        found: dict[TopicPartition, int] = await self._consumer.end_offsets(places)
        return found

    async def left(self, group: str, topics: Collection[str], lasts: dict[TopicPartition, int]) -> int:
        """How many records of these topics this group has not committed; a transaction's marker is no record."""
        committed = await self._admin.list_consumer_group_offsets(self._settings.topic_prefix + group)
        left = 0
        for place, end in (await self.ends(topics)).items():
            at = committed[place].offset if place in committed else 0
            if place in lasts and end == lasts[place] + 2:
                end -= 1
            left += max(end - max(at, 0), 0)
        return left


async def read_all(settings: Settings, topic: str, types: Collection[str] | None = None) -> list[Item]:
    """All records on a topic now (of these CloudEvents types), each partition in order."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        enable_auto_commit=False,
        isolation_level="read_committed",
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    await consumer.start()
    try:
        places = [TopicPartition(settings.topic_prefix + topic, number) for number in range(settings.partitions)]
        consumer.assign(places)
        await consumer.seek_to_beginning(*places)
        ends = await consumer.end_offsets(places)
        found: list[Item] = []
        while [place for place, end in ends.items() if await consumer.position(place) < end]:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    item = Item(topic, record.key, record.value, tuple(record.headers))
                    if types is None or item.header("ce_type") in types:
                        found.append(item)
        return found
    finally:
        await consumer.stop()


async def make_topics(settings: Settings, *topics: str) -> None:
    """Topics beside the installation's own, with as many partitions."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(settings.topic_prefix + name, settings.partitions, 1) for name in topics])
    finally:
        await admin.close()
