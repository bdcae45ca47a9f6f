"""The examples of docs/integrate.md, beyond what the page shows: a repeated record is printed once, a forgery never."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from standardwebhooks import Webhook

from tests.docs.conftest import Installation
from tests.docs.pages import ROOT
from tests.docs.shell import Shell
from tests.support.waiting import until
from upheld.stack import free_port

CONSUMERS = {
    "python": "python examples/python/consume_notifications.py",
    "node": "node examples/node/consume_notifications.js",
}


@pytest_asyncio.fixture(loop_scope="session")
async def terminal(installation: Installation) -> Shell:
    """A terminal after docs/integrate.md was followed: its account is there, and its consumers have ended."""
    assert await installation.pages["docs/integrate.md"] == []
    return await installation.terminal("examples")


@pytest.fixture
async def notifications(installation: Installation) -> AsyncIterator[tuple[AIOKafkaConsumer, AIOKafkaProducer]]:
    """The topic, to be read whole and to be written to."""
    kafka = installation.settings.kafka_bootstrap_servers
    async with (
        AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False) as consumer,
        AIOKafkaProducer(bootstrap_servers=kafka) as producer,
    ):
        topic = f"{installation.settings.topic_prefix}notifications"
        consumer.assign([TopicPartition(topic, number) for number in range(installation.settings.partitions)])
        yield consumer, producer


async def test_a_record_that_comes_again_is_printed_once_also_after_a_restart(
    terminal: Shell, notifications: tuple[AIOKafkaConsumer, AIOKafkaProducer]
) -> None:
    consumer, producer = notifications
    _, reported = await terminal.run("upheld issue report --reporter Ann --account acme --service sms --description No")
    number = re.findall(r"UP-\d+", reported)[0]
    first = {name: await terminal.start(command) for name, command in CONSUMERS.items()}
    for job in first.values():
        assert await job.until(f"{number} Initial email accepted\n"), job.text
    record = await anext(record async for record in consumer if _is(record.value, number, "email"))

    again = {"partition": record.partition, "key": record.key, "headers": list(record.headers)}
    await producer.send_and_wait(record.topic, record.value, **again)
    await terminal.run(f"upheld ticket update {number} --message 'We look at it'")
    for job in first.values():
        assert await job.until(f"{number} Update email accepted\n"), job.text
    await asyncio.gather(*(job.interrupt() for job in first.values()))
    await producer.send_and_wait(record.topic, record.value, **again)
    later = {name: await terminal.start(command) for name, command in CONSUMERS.items()}
    await terminal.run(f"upheld ticket update {number} --message 'We found it'")
    for job in later.values():
        assert await job.until(f"{number} Update email accepted\n"), job.text

    for name in CONSUMERS:
        printed = [line for line in first[name].text.splitlines() if line.startswith(number)]
        assert sorted(printed) == sorted(set(printed))
        assert {f"{number} Initial email accepted", f"{number} Update email accepted"} <= set(printed)
        assert f"{number} Initial email accepted" not in later[name].text


def _is(value: bytes, number: str, channel: str) -> bool:
    sent = json.loads(value)
    return bool((sent["number"], sent["status"], sent["channel"]) == (number, "Initial", channel))


async def test_a_monitors_alarm_became_a_ticket_of_the_providers_that_its_all_clear_resolved(
    installation: Installation, terminal: Shell
) -> None:
    key = re.findall(r"UPHELD_API_KEY=(\S+)", installation.pasted)[-1]
    async with httpx2.AsyncClient(
        base_url=installation.settings.url_of("intake"), headers={"authorization": f"Bearer {key}"}, trust_env=False
    ) as http:

        async def resolved() -> list[str]:
            tickets = (await http.get("/v1/tickets", params={"state": "resolved"})).json()["tickets"]
            return [ticket["number"] for ticket in tickets if ticket["initiator"] == "provider"]

        (number,) = await until("the monitor's ticket is resolved", resolved)
        ticket = (await http.get(f"/v1/tickets/{number}")).json()

    assert (ticket["services"], ticket["priority"], ticket["account"]) == (["voice"], "P1", None)
    assert "Outbound calls fail" in ticket["description"]


async def test_a_webhook_is_printed_once_and_only_if_its_signature_is_right() -> None:
    secret, port = "whsec_" + "c2VjcmV0" * 4, free_port()
    body = (
        '{"type":"upheld.notification","data":{"number":"UP-7","status":"Initial","priority":"P1","description":"x"}}'
    )
    now = datetime.now(UTC)
    right = {
        "webhook-id": "a",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("a", now, body),
    }
    receiver = await asyncio.create_subprocess_exec(
        sys.executable, ROOT / "examples" / "python" / "receive_webhook.py", str(port),
        env={"WEBHOOK_SECRET": secret}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert receiver.stdout is not None
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:

            async def post(headers: dict[str, str]) -> int:
                while True:
                    try:
                        return (await http.post("/", content=body, headers=headers)).status_code
                    except httpx2.ConnectError:
                        await asyncio.sleep(0.02)

            async with asyncio.timeout(20):
                forged = await post(right | {"webhook-id": "b"})
                answers = [await post(right), await post(right)]
    finally:
        receiver.terminate()
        printed = (await receiver.communicate())[0].decode()

    assert (forged, answers) == (401, [204, 204])
    assert printed == "UP-7 Initial P1 x\n"


@pytest.mark.parametrize("file", sorted(Path(ROOT / "examples").glob("*/*.[pj][ys]")), ids=lambda file: file.name)
def test_an_example_has_20_to_30_lines(file: Path) -> None:
    assert 20 <= len(file.read_text().splitlines()) <= 30
