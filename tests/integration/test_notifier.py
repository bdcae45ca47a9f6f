"""The notifier on real Kafka and Postgres, with a real mail server and webhook receiver: who is told what, in order."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from standardwebhooks import Webhook

from shared.events import Contact
from tests.support.space import Message, Space
from tests.support.statuses import Ticket, say
from tests.support.waiting import until
from upheld.receivers import MailReceiver, WebhookReceiver

SECRET = "whsec_" + base64.b64encode(b"a secret of the account").decode()
NewSpace = Callable[..., Awaitable[Space]]


@dataclass
class Desk:
    """A notifier with its receivers."""

    space: Space
    mail: MailReceiver
    hook: WebhookReceiver

    async def say(self, *tickets: Ticket) -> None:
        await say(self.space.settings, *tickets)

    async def sent(self, wanted: int) -> list[Message]:
        """NotificationSent, once there are so many."""

        async def enough() -> list[Message] | None:
            found = await self.space.read("notifications")
            return found if len(found) >= wanted else None

        return await until(f"{wanted} NotificationSent", enough)

    def webhook(self, path: str = "/hook", secret: str | None = SECRET, **filters: Any) -> Contact:
        return Contact(name="Hook", channel="webhook", address=self.hook.url(path), secret=secret, **filters)

    async def settled(self) -> None:
        """Nothing is owed any more."""
        await until("all is settled", lambda: self.space.value(
            "notifier", "SELECT count(*) = 0 FROM deliveries WHERE state IN ('due', 'queued')"))


async def desk_of(new_space: NewSpace, **overrides: Any) -> AsyncIterator[Desk]:
    async with MailReceiver() as mail, WebhookReceiver() as hook:
        space = await new_space(smtp_port=mail.port, webhook_allow_private=True,
                                mail_from="Support <support@upheld.example>", **overrides)
        await space.start("notifier")
        await space.policy()
        yield Desk(space, mail, hook)
        await space.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(new_space: NewSpace) -> AsyncIterator[Desk]:
    async for one in desk_of(new_space):
        yield one


async def test_reporter_and_contacts_are_told_once_each_with_the_four_contents(desk: Desk) -> None:
    await desk.space.account("acme", email="Ops@acme.example", contacts=[desk.webhook()])
    ticket = Ticket("one", email="ops@acme.example")

    ticket.change("Initial")
    await desk.say(ticket)
    sent = await desk.sent(2)

    (mail,), (hook,) = desk.mail.receipts, desk.hook.receipts
    assert mail.headers["subject"] == "[T-one] Initial: Calls fail with 503"
    assert mail.headers["auto-submitted"] == "auto-generated"
    assert mail.headers["message-id"] == f"<{mail.id}@upheld.example>"
    for content in ("Status: Initial", "Ticket: T-one", "Support phone: +1 555 0100", "> Calls fail with 503",
                    "Priority: P1 (clause B.3.P1)", "no workaround exists", "Documentation: https://"):
        assert content in mail.text
    data = Webhook(SECRET).verify(hook.text, hook.headers)["data"]
    assert hook.headers["webhook-id"] == data["notification_id"] == hook.id
    assert (data["status"], data["number"], data["phone"], data["description"]) == (
        "Initial", "T-one", "+1 555 0100", "Calls fail with 503")
    assert sorted((m.json["channel"], m.json["destination"], m.json["outcome"], m.json["attempts"]) for m in sent) == [
        ("email", "o***@acme.example", "accepted", 1),
        ("webhook", f"http://127.0.0.1:{desk.hook.port}/...", "accepted", 1)]
    assert {m.headers["ce_sequence"] for m in sent} == {"1", "2"}
    assert {m.headers["ce_source"] for m in sent} == {"notifier"}
