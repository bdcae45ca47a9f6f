"""What a Java program sees: Kafka's own console tools report an issue and read the notification."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from shared.events import Contact
from tests.support.space import Space
from upheld.receivers import MailReceiver
from upheld.stack import Stack

ISSUE = {
    "issue_id": "java-1",
    "reporter": {"name": "Batch job", "account": "acme"},
    "description": "Outbound calls fail",
    "services": ["voice"],
    "environment": "production",
    "impact": "outage",
    "ongoing": True,
}


async def tool(stack: Stack, name: str, *arguments: str, given: bytes = b"", within: float = 60) -> str:
    """Run one of Kafka's tools; returns what it printed."""
    process = await asyncio.create_subprocess_exec(
        *stack.kafka_tool(name, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(given), within)
    assert process.returncode == 0, err.decode()
    return out.decode()


async def test_a_console_producer_reports_an_issue_and_a_console_consumer_reads_its_notification(
    stack: Stack, new_space: Callable[..., Awaitable[Space]]
) -> None:
    async with MailReceiver() as mail:
        space = await new_space(smtp_port=mail.port, mail_from="Support <support@upheld.example>")
        try:
            await space.start("intake", "triage", "status-monitor", "notifier")
            await space.policy()
            await space.account(
                "acme", services=["voice"], contacts=[Contact(name="Ops", channel="email", address="ops@acme.example")]
            )
            prefix = space.settings.topic_prefix

            await tool(stack, "kafka-console-producer", "--topic", prefix + "issues", given=json.dumps(ISSUE).encode())
            printed = await tool(
                stack, "kafka-console-consumer", "--topic", prefix + "notifications", "--from-beginning",
                "--max-messages", "1", "--timeout-ms", "50000", "--property", "print.headers=true",
                "--property", "print.key=true",
            )  # fmt: skip
        finally:
            await space.stop()

    (line,) = [line for line in printed.splitlines() if line.startswith("ce_")]
    headers, key, value = line.split("\t")
    named = dict(header.split(":", 1) for header in headers.split(","))
    sent = json.loads(value)
    assert named["ce_specversion"] == "1.0"
    assert named["ce_type"] == "upheld.notificationsent.v1"
    assert named["ce_source"] == "notifier"
    assert named["ce_subject"] == "UP-1001"
    assert named["content-type"] == "application/json"
    assert key == sent["ticket_id"]
    assert (sent["status"], sent["outcome"], sent["priority"]) == ("Initial", "accepted", "P1")
    assert (sent["number"], sent["phone"], sent["description"]) == ("UP-1001", "+1 555 0100", "Outbound calls fail")
