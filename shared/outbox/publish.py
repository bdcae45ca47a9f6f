"""Publishing from the command: reference data and issues, acknowledged before it returns."""

from __future__ import annotations

from collections.abc import Sequence

from shared.outbox.partitions import partition_of
from shared.outbox.put import Outgoing
from shared.outbox.relay import producer_of
from shared.settings import Settings


async def publish(settings: Settings, source: str, events: Sequence[Outgoing]) -> None:
    """Put these events on their topics, in order, each acknowledged by all replicas.

    Raises aiokafka's KafkaError when the cluster cannot be reached or refuses.
    """
    producer = producer_of(settings)
    await producer.start()
    try:
        for out in events:
            topic = settings.topic_prefix + out.event.TOPIC
            key = (out.event.key() or source).encode()
            partition = partition_of(key, len(await producer.partitions_for(topic)))
            await producer.send_and_wait(
                topic, out.event.encode(), key=key, partition=partition, headers=out.envelope(source).headers()
            )
    finally:
        await producer.stop()
