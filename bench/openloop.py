"""An open loop: records are produced at a steady rate whatever happens, and what comes of each is awaited on a topic.

A latency runs from the moment at which a record was due to be produced until this process has consumed what came of it;
a producer that falls behind so does not hide it. Records are matched by an id in a header.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.house import BenchError, House
from bench.world import Item

WITHIN = 30.0
"""Seconds after the last record in which everything must have come."""


async def open_loop(
    house: House, rate: float, items: Sequence[Item], *, topic: str, header: str
) -> tuple[list[float], list[float]]:
    """Produce these at `rate` per second; `header` of records on `topic` names the `ce_id` that they came of.

    Returns the latency of each and how late each was produced, in milliseconds, in the order of the items.
    """
    settings = house.settings
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers, acks="all", enable_idempotence=True, linger_ms=0
    )
    consumer = AIOKafkaConsumer(
        settings.topic_prefix + topic, bootstrap_servers=settings.kafka_bootstrap_servers, enable_auto_commit=False
    )
    async with producer, consumer:
        for place, end in (await consumer.end_offsets(consumer.assignment())).items():
            consumer.seek(place, end)
        wanted = {item.header("ce_id"): place for place, item in enumerate(items)}
        arrived: list[float] = [0.0] * len(items)
        watching = asyncio.create_task(_watch(consumer, header, wanted, arrived))
        due, sent = await _produce(producer, settings.topic_prefix, rate, items, house.check)
        try:
            await asyncio.wait_for(watching, WITHIN)
        except TimeoutError:
            missing = sum(not at for at in arrived)
            raise BenchError(f"{missing} of {len(items)} did not come within {WITHIN:.0f} s at {rate}/s") from None
    return (
        [(end - begin) * 1000 for begin, end in zip(due, arrived, strict=True)],
        [(end - begin) * 1000 for begin, end in zip(due, sent, strict=True)],
    )


async def _watch(consumer: AIOKafkaConsumer, header: str, wanted: dict[str, int], arrived: list[float]) -> None:
    """Until each has come once."""
    left = len(wanted)
    while left:
        for records in (await consumer.getmany(timeout_ms=500)).values():
            now = time.perf_counter()
            for record in records:
                id = next((value.decode() for key, value in record.headers if key == header), "")
                place = wanted.get(id)
                if place is not None and not arrived[place]:
                    arrived[place] = now
                    left -= 1


async def _produce(
    producer: AIOKafkaProducer, prefix: str, rate: float, items: Sequence[Item], check: Callable[[], None]
) -> tuple[list[float], list[float]]:
    """The moments at which each was due and was given to the producer."""
    began = time.perf_counter() + 0.05
    due = [began + place / rate for place in range(len(items))]
    sent = []
    for at, item in zip(due, items, strict=True):
        if (wait := at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        sent.append(time.perf_counter())
        await producer.send(prefix + item.topic, item.value, key=item.key, headers=list(item.headers))
    check()
    await producer.flush()
    return due, sent
