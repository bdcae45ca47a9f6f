"""Fetch sessions, on a real broker."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.protocol.fetch import FetchRequest

from shared.consumer.sessions import Incremental, Session, Sessions, fetch_in_sessions
from shared.kafka import connection
from tests.support.space import Space
from tests.support.waiting import until

FINAL = -1
"""The epoch by which a consumer ends a session (KIP-227)."""


class Watched:
    """The fetcher's client; keeps how many partitions each fetch named, and each answer told of."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.fetches: list[tuple[str, int, int]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    async def send(self, node: int, request: Any, **more: Any) -> Any:
        answer = await self._client.send(node, request, **more)
        if hasattr(request, "topics") and hasattr(answer, "session_id"):
            named, told = (sum(len(places) for _, places in topics) for topics in (request.topics, answer.topics))
            self.fetches.append((type(request).__name__, named, told))
        return answer


@pytest_asyncio.fixture(loop_scope="session")
async def consumer(space: Space) -> AsyncIterator[AIOKafkaConsumer]:
    own = AIOKafkaConsumer(
        space.settings.topic_prefix + "issues",
        **connection(space.settings),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        fetch_max_wait_ms=100,
    )
    await own.start()
    own._fetcher._client = Watched(own._fetcher._client)
    fetch_in_sessions(own)
    yield own
    await own.stop()


def watched(consumer: AIOKafkaConsumer) -> Watched:
    client = consumer._fetcher._client._client
    assert isinstance(client, Watched)
    return client


def sessions(consumer: AIOKafkaConsumer) -> dict[int, Session]:
    client = consumer._fetcher._client
    assert isinstance(client, Sessions)
    return client._open


async def in_session(consumer: AIOKafkaConsumer) -> None:
    async def quiet() -> bool:
        await consumer.getmany(timeout_ms=50)
        return bool(sessions(consumer))

    await until("a session is open", quiet)


async def values(consumer: AIOKafkaConsumer, number: int) -> list[tuple[int, bytes]]:
    """So many records, as (partition, value), in the order in which they came."""
    found: list[tuple[int, bytes]] = []

    async def enough() -> bool:
        for records in (await consumer.getmany(timeout_ms=100)).values():
            found.extend((record.partition, record.value) for record in records)
        return len(found) >= number

    await until(f"{number} records have come", enough)
    return found


async def test_in_a_session_a_fetch_names_only_the_partitions_that_moved(
    space: Space, consumer: AIOKafkaConsumer
) -> None:
    await in_session(consumer)
    before = len(watched(consumer).fetches)
    await space.put_raw("issues", b"one", partition=1)
    assert await values(consumer, 1) == [(1, b"one")]
    await space.put_raw("issues", b"two", partition=2)
    assert await values(consumer, 1) == [(2, b"two")]
    fetches = watched(consumer).fetches[before:]
    assert {kind for kind, _, _ in fetches} == {"Incremental"}
    assert max(named for _, named, _ in fetches) <= 1 < len(consumer.assignment())
    assert max(told for _, _, told in fetches) == 1


async def test_in_sessions_every_record_of_every_partition_comes_once_and_in_order(
    space: Space, consumer: AIOKafkaConsumer
) -> None:
    await in_session(consumer)
    partitions = sorted(place.partition for place in consumer.assignment())
    for turn in range(3):
        for partition in partitions:
            await space.put_raw("issues", f"{turn}".encode(), partition=partition)
    found = await values(consumer, 3 * len(partitions))
    assert {own: [value for partition, value in found if partition == own] for own in partitions} == {
        own: [b"0", b"1", b"2"] for own in partitions
    }


async def test_a_consumer_that_seeks_back_reads_again_within_its_session(
    space: Space, consumer: AIOKafkaConsumer
) -> None:
    await in_session(consumer)
    await space.put_raw("issues", b"one", partition=0)
    assert await values(consumer, 1) == [(0, b"one")]
    await in_session(consumer)
    consumer.seek(TopicPartition(space.settings.topic_prefix + "issues", 0), 0)
    assert await values(consumer, 1) == [(0, b"one")]


async def test_a_paused_partition_is_forgotten_and_read_on_when_it_is_resumed(
    space: Space, consumer: AIOKafkaConsumer
) -> None:
    await in_session(consumer)
    place = TopicPartition(space.settings.topic_prefix + "issues", 0)
    consumer.pause(place)

    async def forgotten() -> bool:
        await consumer.getmany(timeout_ms=50)
        return any((place.topic, 0) not in session.wanted for session in sessions(consumer).values())

    await until("the broker was told to forget it", forgotten)
    await space.put_raw("issues", b"held", partition=0)
    await space.put_raw("issues", b"free", partition=1)
    assert await values(consumer, 1) == [(1, b"free")]
    consumer.resume(place)
    assert await values(consumer, 1) == [(0, b"held")]


async def test_where_the_broker_has_lost_the_session_the_consumer_asks_in_full_and_goes_on(
    space: Space, consumer: AIOKafkaConsumer
) -> None:
    await in_session(consumer)

    async def whole() -> bool:
        await consumer.getmany(timeout_ms=50)
        return any(kind == "FetchRequest" for kind, _, _ in watched(consumer).fetches)

    for node, session in list(sessions(consumer).items()):
        ending = Incremental(FetchRequest(0, 0, 1, 1, []), Session(session.id, FINAL), {})
        await consumer._client.send(node, ending)
    await until("it was asked in full", whole)
    await space.put_raw("issues", b"after", partition=2)
    assert await values(consumer, 1) == [(2, b"after")]
    await in_session(consumer)
