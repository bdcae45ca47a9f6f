"""A status page over real HTTP that answers what it is told to; events as the other services say them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.events import Event, StatusChanged
from shared.outbox import Outgoing
from shared.outbox.publish import publish
from tests.support.space import Message, Space
from tests.support.waiting import until

FIXTURES = Path(__file__).parents[1] / "fixtures" / "statuspage"
PATHS = {
    "/api/v2/incidents/unresolved.json": "unresolved",
    "/api/v2/incidents.json": "incidents",
    "/api/v2/components.json": "components",
    "/api/v2/scheduled-maintenances/active.json": "active",
    "/api/v2/scheduled-maintenances.json": "maintenances",
}


@dataclass
class Answer:
    """What the page says to every request, instead of its documents."""

    status: int
    body: bytes = b""
    headers: tuple[str, ...] = ()


@dataclass
class FakePage:
    """`documents` by name; `broken` answers in their place; `asked` is what came."""

    documents: dict[str, Any] = field(default_factory=dict)
    broken: Answer | None = None
    etag: str | None = None
    asked: list[tuple[str, int]] = field(default_factory=list)
    url: str = ""

    def load(self) -> None:
        """The documents of the fixtures."""
        self.documents = {name: json.loads((FIXTURES / f"{name}.json").read_text()) for name in PATHS.values()}

    def incident(self, id: str) -> list[dict[str, Any]]:
        """The incident, in every list that has it."""
        lists = (self.documents[name]["incidents"] for name in ("unresolved", "incidents"))
        return [item for items in lists for item in items if item["id"] == id]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                path = lines[0].split()[1]
                known = next((line.split(": ", 1)[1] for line in lines if line.lower().startswith("if-none-match")), "")
                answer = self._answer(path, known)
                self.asked.append((PATHS.get(path, path), answer.status))
                extra = "".join(f"{header}\r\n" for header in answer.headers)
                length = (
                    ""
                    if any("content-length" in header for header in answer.headers)
                    else (f"content-length: {len(answer.body)}\r\n")
                )
                writer.write(f"HTTP/1.1 {answer.status} x\r\n{extra}{length}\r\n".encode() + answer.body)
                await writer.drain()
                if not length:
                    break  # it promised more than it gave
        writer.close()

    def _answer(self, path: str, known: str) -> Answer:
        if self.broken is not None:
            return self.broken
        name = PATHS.get(path)
        if name is None or name not in self.documents:
            return Answer(404)
        headers: tuple[str, ...] = ("content-type: application/json",)
        if self.etag is not None:
            if known == self.etag:
                return Answer(304)
            headers += (f"etag: {self.etag}",)
        return Answer(200, json.dumps(self.documents[name]).encode(), headers)


@contextlib.asynccontextmanager
async def serve(page: FakePage) -> AsyncIterator[FakePage]:
    """The page on a port of its own."""
    server = await asyncio.start_server(page.handle, "127.0.0.1", 0)
    page.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield page
    finally:
        server.close()


async def say(space: Space, source: str, *events: Event, sequence: int | None = None) -> None:
    """Publish as this service would; tickets' events have sequences."""
    out = []
    for place, event in enumerate(events):
        at: datetime = next(
            getattr(event, name)
            for name in ("opened_at", "replied_at", "decided_at", "delivered_at")
            if hasattr(event, name)
        )
        number = None if sequence is None else sequence + place
        out.append(Outgoing(event, secrets.token_hex(8), at, sequence=number, subject="UP-1"))
    await publish(space.settings, source, out)


async def said(space: Space, count: int, number: str = "UP-1", within: float = 20) -> list[Message]:
    """The StatusChanged of a ticket, in the topic's order, once there are so many."""

    async def find() -> list[Message] | None:
        found = [m for m in await space.read("tickets") if m.headers.get("ce_type") == StatusChanged.type_name()]
        mine = [m for m in found if m.json["number"] == number]
        return mine if len(mine) >= count else None

    return await until(f"{count} changes of {number}", find, within=within)
