"""The end of a run: nothing is done by hand but what an operator does with dead letters; all drains by itself."""

from __future__ import annotations

import asyncio
import time

import asyncpg
import httpx2
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from shared.consumer.topics import partitions_of
from shared.settings import SERVICES, Settings, schema_of
from shared.topics import TOPICS
from tests.crash import world
from tests.crash.checker.evidence import Json
from tests.crash.checker.records import topics_of
from tests.crash.cluster import Cluster

CALM = 2
"""So often in a row nothing must be left: between an outbox and an offset things are nowhere for a moment."""


async def drain(cluster: Cluster, within: float) -> list[str]:
    """Wait until nothing is left to do, or time is up; returns what is left."""
    until = time.monotonic() + within
    left = await _until_nothing(cluster, until, log_only=True)
    if not left:
        await _discard(cluster)
        left = await _until_nothing(cluster, until, log_only=False)
    return left


async def _until_nothing(cluster: Cluster, until: float, *, log_only: bool) -> list[str]:
    calm = 0
    while True:
        left = await _behind(cluster)
        if not log_only:
            left += await _unfinished(cluster)
        calm = 0 if left else calm + 1
        if calm == CALM or time.monotonic() > until:
            return left
        await asyncio.sleep(0.5)


async def _behind(cluster: Cluster) -> list[str]:
    """Events that are not out, records that are not consumed."""
    found = []
    conn = await asyncpg.connect(cluster.database_url)
    try:
        for service in SERVICES:
            if count := await conn.fetchval(f"SELECT count(*) FROM {schema_of(service)}.outbox"):
                found.append(f"{count} events in the outbox of {service}")  # noqa: PERF401
    finally:
        await conn.close()
    ends = await ends_of(cluster.settings)
    for service, offsets in (await committed(cluster.settings)).items():
        lag = sum(end - offsets.get(place, 0) for place, end in ends.items() if place[0] in topics_of(service))
        found += [f"{lag} records before {service}"] if lag else []
    return found


async def _unfinished(cluster: Cluster) -> list[str]:
    """Deliveries that are owed, clocks that run: time alone makes more of them."""
    conn = await asyncpg.connect(cluster.database_url)
    try:
        deliveries = await conn.fetchval(
            "SELECT count(*) FROM notifier.deliveries WHERE state IN ('due', 'queued') AND missing IS NULL"
        )
        clocks = await conn.fetchval(
            "SELECT count(*) FROM status_monitor.tickets "
            "WHERE least(next_due, notify_due) < clock_timestamp() + interval '5 minutes'"
        )
        words = await conn.fetchval("SELECT count(*) FROM status_monitor.provider_words WHERE NOT settled")
        searches = await conn.fetchval("SELECT count(*) FROM status_monitor.incident_tickets WHERE NOT matched")
    finally:
        await conn.close()
    counts = {
        "deliveries": deliveries,
        "tickets with a clock that runs": clocks,
        "words of the provider's on their way": words,
        "incidents that search for their tickets": searches,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


async def ends_of(settings: Settings) -> dict[tuple[str, int], int]:
    """The end offset of each partition."""
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka_bootstrap_servers)
    await consumer.start()
    try:
        prefix = len(settings.topic_prefix)
        places = [
            TopicPartition(settings.topic_prefix + topic, number)
            for topic in TOPICS
            for number in range(partitions_of(settings, topic))
        ]
        ends = await consumer.end_offsets(places)
        return {(place.topic[prefix:], place.partition): end for place, end in ends.items()}
    finally:
        await consumer.stop()


async def committed(settings: Settings) -> dict[str, dict[tuple[str, int], int]]:
    """How far each service has come, with all its groups."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        prefix = len(settings.topic_prefix)
        found = {}
        for service in SERVICES:
            found[service] = {
                (place.topic[prefix:], place.partition): at.offset
                for group in (service, f"{service}-view", f"{service}-detections")
                for place, at in (await admin.list_consumer_group_offsets(settings.topic_prefix + group)).items()
            }
        return found
    finally:
        await admin.close()


def _as(who: str) -> dict[str, str]:
    return {"authorization": f"Bearer {world.keys()[who][1]}"}


async def _discard(cluster: Cluster) -> None:
    """An operator discards what nobody can read, so that what parked behind it goes on."""
    async with httpx2.AsyncClient(timeout=30, trust_env=False, headers=_as("admin")) as client:
        for service in SERVICES:
            url = f"{cluster.urls(service)[0]}/v1/dead-letters"
            letters = (await client.get(url, params={"state": "dead", "limit": 1000})).json()["dead_letters"]
            for letter in letters:
                if letter["topic"] == "tickets":
                    answer = await client.post(f"{url}/{letter['id']}/discard")
                    assert answer.is_success, f"{service}: {answer.text} ({letter})"


async def look_around(cluster: Cluster) -> list[Json]:
    """What each customer is shown, and what it is told when it asks for another's ticket."""
    notes: list[Json] = []
    shown: dict[str, list[str]] = {}
    async with httpx2.AsyncClient(timeout=30, trust_env=False, base_url=cluster.urls("intake")[0]) as client:
        for account in world.HTTP_ACCOUNTS:
            answer = await client.get("/v1/tickets", params={"limit": 500}, headers=_as(account))
            shown[account] = [ticket["number"] for ticket in answer.json()["tickets"]]
            notes.append({"what": "page", "account": account, "numbers": shown[account]})
        for account, numbers in shown.items():
            for other in (name for name in world.HTTP_ACCOUNTS if name != account):
                for number in numbers[:3]:
                    answer = await client.get(f"/v1/tickets/{number}", headers=_as(other))
                    notes.append({"what": "peek", "account": other, "number": number, "status": answer.status_code})
    return notes
