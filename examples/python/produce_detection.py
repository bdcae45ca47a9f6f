"""Says on the topic `detections` what a monitor sees: produce_detection.py trigger, and later resolve."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer

KAFKA = os.environ.get("UPHELD_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
TOPIC = os.environ.get("UPHELD_TOPIC_PREFIX", "") + "detections"
DETECTION = {
    "source": "probe",
    "dedup_key": "voice/outbound",  # what fails: its trigger and its resolve have the same one
    "action": sys.argv[1],
    "components": ["Outbound Voice"],  # as the policy names them
    "observed_at": datetime.now(UTC).isoformat(),
    "title": "Outbound calls fail",
}
EVENT = {"specversion": "1.0", "type": "upheld.detectionreported.v1", "source": "probe", "id": os.urandom(16).hex()}


async def main() -> None:
    headers = [(f"ce_{name}", value.encode()) for name, value in EVENT.items()]
    async with AIOKafkaProducer(bootstrap_servers=KAFKA, enable_idempotence=True) as producer:
        await producer.send_and_wait(TOPIC, json.dumps(DETECTION).encode(), key=b"probe", headers=headers)


asyncio.run(main())
