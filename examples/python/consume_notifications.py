"""Prints each notification once, however often it is delivered. Started again, it goes on where it was."""

import asyncio
import json
import os
import sqlite3

from aiokafka import AIOKafkaConsumer

KAFKA = os.environ.get("UPHELD_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
TOPIC = os.environ.get("UPHELD_TOPIC_PREFIX", "") + "notifications"
GROUP = {"group_id": "desk", "auto_offset_reset": "earliest", "enable_auto_commit": False}


async def main() -> None:
    seen = sqlite3.connect("seen.sqlite")  # at least once: what is known by (source, id) was handled before
    seen.execute("CREATE TABLE IF NOT EXISTS seen (source TEXT, id TEXT, PRIMARY KEY (source, id))")
    async with AIOKafkaConsumer(TOPIC, bootstrap_servers=KAFKA, **GROUP) as consumer:
        async for record in consumer:
            event = {name: value.decode() for name, value in record.headers}
            with seen:  # one transaction; what you do with a notification belongs in it
                key = event["ce_source"], event["ce_id"]
                if seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", key).rowcount:
                    sent = json.loads(record.value)
                    print(sent["number"], sent["status"], sent["channel"], sent["outcome"], flush=True)
            await consumer.commit()  # only now: what a crash leaves unhandled is read again


asyncio.run(main())
