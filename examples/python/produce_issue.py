"""Reports an issue on the topic `issues`, as a CloudEvent in binary mode, and prints its id."""

import asyncio
import json
import os

from aiokafka import AIOKafkaProducer

KAFKA = os.environ.get("UPHELD_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
TOPIC = os.environ.get("UPHELD_TOPIC_PREFIX", "") + "issues"
ISSUE = {
    "issue_id": f"case-{os.urandom(8).hex()}",  # as your system knows it: the same one is the same ticket
    "reporter": {"name": "Bo", "account": "acme"},
    "description": "No SMS since noon",
    "services": ["sms"],
    "environment": "production",
    "impact": "outage",
}
EVENT = {"specversion": "1.0", "type": "upheld.issuereported.v1", "source": "crm", "id": os.urandom(16).hex()}


async def main() -> None:
    headers = [(f"ce_{name}", value.encode()) for name, value in EVENT.items()]
    async with AIOKafkaProducer(bootstrap_servers=KAFKA, enable_idempotence=True) as producer:
        await producer.send_and_wait(TOPIC, json.dumps(ISSUE).encode(), key=b"acme", headers=headers)
    print(ISSUE["issue_id"])


asyncio.run(main())
