"""The raw loop: what a programmer writes who wants speed and nothing else.

aiokafka in, `json.loads`, one asyncpg transaction of at most 500 events with a statement `INSERT ... unnest` a table,
aiokafka out; offsets are committed off the path. No framework, no inbox, no outbox, no rules: it writes as many rows of
the same size as the service that it stands beside, and emits as many records of the same size.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.gate import make_topics
from bench.house import BenchError, House

BATCH = 500
IN, OUT = "raw-in", "raw-out"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is written for an event: by table, how many rows and of how many bytes; and what is emitted."""

    rows: dict[str, tuple[float, int]]
    out: float
    out_bytes: int


HOP = Shape({"one": (1.0, 700), "two": (1.0, 700), "three": (1.0, 700)}, 1.0, 1200)
"""Three rows and a record out for each: about what a service does, for the raw hop."""


async def start_raw(house: House, shape: Shape) -> None:
    """Run the raw loop as a process of this installation, from its own topic to its own; it is ready on return."""
    await make_topics(house.settings, IN, OUT)
    config = house.folder / "raw.json"
    config.write_text(
        json.dumps(
            {
                "kafka": house.settings.kafka_bootstrap_servers,
                "prefix": house.settings.topic_prefix,
                "database_url": house.database_url,
                "shape": asdict(shape),
            }
        )
    )
    house.log("raw").unlink(missing_ok=True)
    house.run("raw", [sys.executable, "-m", "bench.raw", config])
    for _ in range(600):
        house.check()
        if "ready" in house.log("raw").read_text():
            return
        await asyncio.sleep(0.05)
    raise BenchError(f"the raw loop does not start:\n{house.last_words('raw')}")


async def _run(config: dict[str, Any]) -> None:
    prefix, shape = config["prefix"], Shape(**config["shape"])
    conn = await asyncpg.connect(config["database_url"])
    await conn.execute("DROP SCHEMA IF EXISTS raw CASCADE; CREATE SCHEMA raw")
    for table in shape.rows:
        # EXTERNAL: what is as large as the service's rows are on disk must not be compressed once more.
        await conn.execute(
            f'CREATE TABLE raw."{table}" (id uuid PRIMARY KEY, data bytea NOT NULL); '
            f'ALTER TABLE raw."{table}" ALTER data SET STORAGE EXTERNAL'
        )
    producer = AIOKafkaProducer(
        bootstrap_servers=config["kafka"], acks="all", enable_idempotence=True, max_batch_size=512 * 1024, linger_ms=0
    )
    consumer = AIOKafkaConsumer(
        prefix + IN,
        bootstrap_servers=config["kafka"],
        group_id=prefix + "raw",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    work = asyncio.current_task()
    assert work is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, work.cancel)
    async with producer, consumer:  # a consumer that leaves its group is not waited for by the next one
        print("ready", flush=True)
        await _loop(consumer, producer, conn, shape, prefix + OUT)


async def _loop(
    consumer: AIOKafkaConsumer,
    producer: AIOKafkaProducer,
    conn: asyncpg.Connection[asyncpg.Record],
    shape: Shape,
    out: str,
) -> None:
    offsets: dict[Any, int] = {}
    committing: asyncio.Task[None] | None = None
    owed = dict.fromkeys((*shape.rows, "out"), 0.0)

    def due(name: str, each: float, count: int) -> int:
        owed[name] += each * count
        whole = int(owed[name] + 1e-9)
        owed[name] -= whole
        return whole

    async def commit() -> None:
        while offsets:
            taken = dict(offsets)
            offsets.clear()
            await consumer.commit(taken)

    while True:
        fetched = await consumer.getmany(timeout_ms=500, max_records=BATCH)
        records = [record for items in fetched.values() for record in items]
        if not records:
            continue
        for record in records:
            json.loads(record.value)
        count = len(records)
        async with conn.transaction():
            for table, (each, size) in shape.rows.items():
                if rows := due(table, each, count):
                    values = [_sized(records[n % count].value, size) for n in range(rows)]
                    await conn.execute(
                        f'INSERT INTO raw."{table}" SELECT * FROM unnest($1::uuid[], $2::bytea[])', _ids(rows), values
                    )
        sent = []
        for n in range(due("out", shape.out, count)):
            record = records[n % count]
            value = _sized(record.value, shape.out_bytes)
            sent.append(await producer.send(out, value, key=record.key, headers=list(record.headers)))
        await asyncio.gather(*sent)
        offsets.update({place: items[-1].offset + 1 for place, items in fetched.items()})
        if committing is None or committing.done():
            committing = asyncio.create_task(commit())


def _sized(value: bytes, size: int) -> bytes:
    return (value * (size // len(value) + 1))[:size]


def _ids(count: int) -> list[UUID]:
    noise = os.urandom(16 * count)
    return [UUID(bytes=noise[n : n + 16]) for n in range(0, 16 * count, 16)]


def main(path: Path) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_run(json.loads(path.read_text())))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
