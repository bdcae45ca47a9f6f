"""A notifier with a mail server and a webhook receiver of its own, for the tests of what it delivers."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

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
        """NotificationSent, once there are so many; what the relay repeated is left out, as every inbox does."""

        async def enough() -> list[Message] | None:
            found: dict[str, Message] = {}
            for message in await self.space.read("notifications"):
                found.setdefault(message.headers["ce_id"], message)
            return list(found.values()) if len(found) >= wanted else None

        return await until(f"{wanted} NotificationSent", enough)

    def webhook(self, path: str = "/hook", secret: str | None = SECRET, **filters: Any) -> Contact:
        return Contact(name="Hook", channel="webhook", address=self.hook.url(path), secret=secret, **filters)

    async def settled(self) -> None:
        """Nothing is owed any more."""
        await until(
            "all is settled",
            lambda: self.space.value(
                "notifier", "SELECT count(*) = 0 FROM deliveries WHERE state IN ('due', 'queued')"
            ),
        )


@contextlib.asynccontextmanager
async def desk_of(new_space: NewSpace, **overrides: Any) -> AsyncIterator[Desk]:
    async with MailReceiver() as mail, WebhookReceiver() as hook:
        space = await new_space(
            **{
                "smtp_port": mail.port,
                "webhook_allow_private": True,
                "mail_from": "Support <support@upheld.example>",
                **overrides,
            }
        )
        await space.start("notifier")
        await space.policy()
        yield Desk(space, mail, hook)
        await space.stop()
