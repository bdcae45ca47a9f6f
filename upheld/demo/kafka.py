"""What others than Upheld put on the topics: any bytes, with or without headers."""

from __future__ import annotations

from collections.abc import Sequence

from shared.outbox.relay import producer_of
from shared.settings import Settings


async def publish_raw(
    settings: Settings, topic: str, value: bytes, *, key: bytes, headers: Sequence[tuple[str, bytes]] = ()
) -> None:
    """Put this record on a topic as it is, acknowledged. Raises aiokafka's KafkaError."""
    producer = producer_of(settings)
    await producer.start()
    try:
        await producer.send_and_wait(settings.topic_prefix + topic, value, key=key, headers=list(headers))
    finally:
        await producer.stop()
