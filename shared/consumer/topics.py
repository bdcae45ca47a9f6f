"""The topics: created by the command, checked at start; nothing creates one silently."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import for_code

from shared.kafka import connection
from shared.settings import Settings
from shared.topics import TOPICS


def partitions_of(settings: Settings, topic: str) -> int:
    """How many partitions a topic is created with."""
    return 1 if TOPICS[topic].compacted else settings.partitions


async def _admin(settings: Settings) -> AIOKafkaAdminClient:
    admin = AIOKafkaAdminClient(**connection(settings), request_timeout_ms=15_000)
    await admin.start()
    return admin


async def create_topics(settings: Settings) -> list[str]:
    """Create what is missing; returns the names created. An existing topic stays as it is."""
    admin = await _admin(settings)
    try:
        there = set(await admin.list_topics())
        wanted = {name: settings.topic_prefix + name for name in TOPICS}
        missing = [name for name, full in wanted.items() if full not in there]
        if missing:
            answer = await admin.create_topics(
                [
                    NewTopic(
                        wanted[name],
                        partitions_of(settings, name),
                        settings.replication,
                        topic_configs=TOPICS[name].settings,
                    )
                    for name in missing
                ]
            )
            for topic, code, *_ in answer.topic_errors:
                error = for_code(code)
                if error.errno and error.__name__ != "TopicAlreadyExistsError":
                    raise error(f"topic {topic}")
        # The controller knows them before every broker does.
        for _ in range(100):
            if not await _missing(admin, list(wanted.values())):
                break
            await asyncio.sleep(0.1)
        return [wanted[name] for name in missing]
    finally:
        await admin.close()


async def missing_topics(settings: Settings, names: Sequence[str] | None = None) -> list[str]:
    """Which of these topics (default all) do not exist."""
    admin = await _admin(settings)
    try:
        return await _missing(admin, [settings.topic_prefix + name for name in names or TOPICS])
    finally:
        await admin.close()


async def _missing(admin: AIOKafkaAdminClient, names: Sequence[str]) -> list[str]:
    there = set(await admin.list_topics())
    return [name for name in names if name not in there]


async def delete_topics(settings: Settings) -> None:
    """Delete this installation's topics with all that is on them, as far as they exist; only the demo does so."""
    admin = await _admin(settings)
    try:
        there = set(await admin.list_topics())
        if ours := [settings.topic_prefix + name for name in TOPICS if settings.topic_prefix + name in there]:
            await admin.delete_topics(ours)
    finally:
        await admin.close()
