"""Reading a topic as it grows, for whoever looks on: no group, no commits, no effect on any service.

Records come in the order of their partitions; what was read in one go is sorted by the time it was appended.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from shared.envelope import Record
from shared.kafka import connection
from shared.settings import Settings

__all__ = ["KafkaError", "tail"]


async def tail(
    settings: Settings,
    topic: str,
    *,
    from_beginning: bool = False,
    follow: bool = True,
    on_ready: Callable[[], None] = lambda: None,
) -> AsyncGenerator[Record, None]:
    """The records of a topic that exists, from now or from its beginning; without `follow` until its present end.

    `on_ready` is called once, when everything appended from then on will be yielded.
    """
    prefix = len(settings.topic_prefix)
    consumer = AIOKafkaConsumer(
        settings.topic_prefix + topic,
        **connection(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        request_timeout_ms=15_000,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    await consumer.start()
    try:
        places = consumer.assignment()
        ends = await consumer.end_offsets(list(places))
        if not from_beginning:
            for place, end in ends.items():
                consumer.seek(place, end)
        on_ready()
        while follow or [place for place, end in ends.items() if await consumer.position(place) < end]:
            fetched = [item for items in (await consumer.getmany(timeout_ms=500)).values() for item in items]
            for item in sorted(fetched, key=lambda item: (item.timestamp, item.partition, item.offset)):
                yield _record(item, prefix)
    finally:
        await consumer.stop()


def _record(item: Any, prefix: int) -> Record:
    return Record(
        item.topic[prefix:],
        item.partition,
        item.offset,
        item.key,
        item.value,
        tuple(item.headers),
        datetime.fromtimestamp(item.timestamp / 1000, UTC),
    )
