"""Gathers what a run left behind: topics, tables, offsets, notes, after its services have ended; rebuilds the view."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from pydantic import SecretStr

from services.intake.app import service as intake
from shared.consumer.batch import Batches
from shared.consumer.failures import Gap
from shared.consumer.topics import partitions_of
from shared.db import Database
from shared.envelope import Record
from shared.migrate import migrate
from shared.settings import SERVICES, Settings, schema_of
from shared.topics import TOPICS
from tests.crash.checker.evidence import Entry, Evidence, Fault, Json, Place, Receipt
from tests.crash.checker.view import KEYS
from tests.crash.drain import committed
from tests.support.space import address

REBUILT_IN = 500
"""Records a batch, when the view is rebuilt: others than the live ones had."""


async def gather(
    settings: Settings, receipts: Path, load: Path, faults: Sequence[Fault], left: Sequence[str], hook: str
) -> Evidence:
    """All of it, as plain data."""
    records = {topic: await read_topic(settings, topic) for topic in TOPICS}
    evidence = Evidence(
        log={topic: [entry_of(record) for record in found] for topic, found in records.items()},
        tables={service: await _tables(settings, service) for service in SERVICES},
        committed=await committed(settings),
        receipts=_receipts(receipts, hook),
        load=_lines(load),
        faults=list(faults),
        left=list(left),
        gathered_at=datetime.now(UTC),
    )
    try:
        evidence.rebuilt = await _rebuild(settings, records, evidence.poison)
    except Gap as gap:
        evidence.left.append(f"the view cannot be rebuilt: {gap}")
    return evidence


async def read_topic(settings: Settings, topic: str) -> list[Record]:
    """All that is on a topic now, each partition in order."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=8 * 1024 * 1024,
    )
    await consumer.start()
    try:
        places = [
            TopicPartition(settings.topic_prefix + topic, number) for number in range(partitions_of(settings, topic))
        ]
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        found: list[Record] = []
        while [place for place, end in ends.items() if await consumer.position(place) < end]:
            for items in (await consumer.getmany(timeout_ms=200, max_records=20_000)).values():
                found += [
                    Record(
                        topic,
                        item.partition,
                        item.offset,
                        item.key,
                        item.value,
                        tuple(item.headers),
                        datetime.fromtimestamp(item.timestamp / 1000, UTC),
                    )
                    for item in items
                ]
        return found
    finally:
        await consumer.stop()


def entry_of(record: Record) -> Entry:
    """As the checker reads it."""
    return Entry(
        record.topic,
        record.partition,
        record.offset,
        None if record.key is None else record.key.decode("utf-8", "replace"),
        {name: (value or b"").decode("utf-8", "replace") for name, value in record.headers},
        record.value,
        record.appended_at,
    )


async def _tables(settings: Settings, service: str) -> dict[str, list[Json]]:
    """Every table and view of a service's schema."""
    conn = await asyncpg.connect(settings.dsn(service))
    try:
        names = await conn.fetch(
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1", schema_of(service)
        )
        return {
            row["name"]: [
                dict(found) for found in await conn.fetch(f"SELECT * FROM {schema_of(service)}.{row['name']}")
            ]
            for row in names
        }
    finally:
        await conn.close()


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _receipts(path: Path, hook: str) -> list[Receipt]:
    """Webhooks are noted by their path; who sends them knows their address."""
    return [
        Receipt(
            note["at"],
            note["channel"],
            note["destination"].strip().casefold() if note["channel"] == "email" else hook + note["destination"],
            note["id"],
            note["number"],
            note["status"],
            note["text"],
        )
        for note in _lines(path)
    ]


async def _rebuild(
    settings: Settings, records: Mapping[str, Sequence[Record]], poison: set[Place]
) -> dict[str, list[Json]]:
    """intake's view from offset 0, in a database of its own and through intake's own handlers."""
    base = settings.database_url.get_secret_value()
    owner = await asyncpg.connect(base)
    try:
        again = f"{await owner.fetchval('SELECT current_database()')}_rebuilt"
        await owner.execute(f"CREATE DATABASE {again}")
    finally:
        await owner.close()
    fresh = settings.model_copy(update={"database_url": SecretStr(address(base, again))})
    await migrate(fresh, ("intake",))
    batches = Batches(intake.apart[0].on, (), {})
    wanted = [
        record for topic in ("tickets", "notifications") for record in records[topic] if record.place not in poison
    ]
    db = Database("intake", fresh)
    conn = await db.connect()
    try:
        for start in range(0, len(wanted), REBUILT_IN):
            async with db.transaction(conn) as tx:
                await batches.process(tx, wanted[start : start + REBUILT_IN], {})
        return {table: [dict(row) for row in await conn.fetch(f"SELECT * FROM {table}")] for table in KEYS}
    finally:
        await conn.close()


def summary(evidence: Evidence) -> dict[str, Any]:
    """What a run was, in numbers."""
    count = {topic: len(entries) for topic, entries in evidence.log.items()}
    restated = {
        name: sum(1 for _ in evidence.events(name))
        for name in (
            "issuereported",
            "ticketopened",
            "ticketreplied",
            "priorityassigned",
            "statuschanged",
            "notificationsent",
        )
    }
    return {
        "records": count,
        "events": restated,
        "receipts": len(evidence.receipts),
        "repeats": len(evidence.receipts) - len({receipt.id for receipt in evidence.receipts}),
        "dead_letters": {service: len(evidence.table(service, "dead_letter")) for service in SERVICES},
        "faults": [(fault.kind, fault.service, fault.hit) for fault in evidence.faults],
    }
