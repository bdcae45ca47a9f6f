"""Records that the client library cannot even read: a header whose name is not UTF-8.

Such a record would end every reading of its partition. It is found by reading one record at a time, noted as a dead
letter by its place (its bytes stay in the log, as long as the topic keeps them), and passed over.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.consumer.letters import Letter
from shared.envelope import Record

REASON = "a header's name is not UTF-8: the record cannot be read; its bytes are in the log, at this place"
Fetched = dict[TopicPartition, list[Any]]


async def pass_over(
    consumer: AIOKafkaConsumer,
    take: Callable[[Fetched], Awaitable[None]],
    bury: Callable[[Letter], Awaitable[None]],
    prefix: str,
) -> None:
    """Handle what comes before the record, note it, and go on behind it. The consumer was rewound before."""
    for place in consumer.assignment():
        while True:
            try:
                fetched = await consumer.getmany(place, timeout_ms=300, max_records=1)
            except UnicodeDecodeError:
                offset = await consumer.position(place)
                at = datetime.now(UTC)
                record = Record(place.topic[len(prefix) :], place.partition, offset, None, None, (), at)
                await bury(Letter(record, "malformed", REASON))
                consumer.seek(place, offset + 1)
                return
            if not fetched:
                break
            await take(fetched)
