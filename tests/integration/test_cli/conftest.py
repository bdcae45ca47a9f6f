"""One running installation for all tests of the command; each test uses tickets of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from shared.settings import SERVICES
from tests.support.command import Command
from tests.support.space import Space, make_space
from tests.support.waiting import until
from upheld.receivers import MailReceiver
from upheld.stack import Stack


@dataclass
class House:
    """A running installation, its command, a mail server, and a key of each kind."""

    space: Space
    upheld: Command
    mail: MailReceiver
    keys: dict[str, str]

    async def report(self, **facts: object) -> str:
        """A ticket of acme's; returns its number."""
        body = {"reporter": {"name": "Ann"}, "description": "Calls fail", **facts}
        async with self.space.http("intake", self.keys["acme"]) as http:
            return str((await http.post("/v1/issues", json=body)).json()["ticket"]["number"])

    async def show(self, number: str) -> dict[str, Any]:
        async with self.space.http("intake", self.keys["agent"]) as http:
            return dict((await http.get(f"/v1/tickets/{number}")).json())

    async def shows(self, number: str, what: str, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The ticket, once this is so."""

        async def found() -> dict[str, Any] | None:
            ticket = await self.show(number)
            return ticket if condition(ticket) else None

        return await until(what, found)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def house(prepared: Stack) -> AsyncIterator[House]:
    """The four services, a policy and an account."""
    async with MailReceiver() as mail:
        space = await make_space(prepared.kafka, prepared.database_url, smtp_port=mail.port)
        await space.start(*SERVICES)
        await space.policy()
        upheld = Command.of(space.settings, {name: space.url(name) for name in SERVICES})
        await space.account("acme", plan="business", services=["voice"], email="noc@acme.example")
        keys = {
            "agent": await space.key("agent", name="Gil"),
            "admin": await space.key("admin"),
            "acme": await space.key("customer", account="acme"),
            "birch": await space.key("customer", account="birch"),
            "crm": await space.key("upstream", source="crm"),
        }
        yield House(space, upheld, mail, keys)
        await space.stop()
