"""A service whose handlers do what a test tells them, in intake's schema, and what it left behind."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg

from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Envelope, Received
from shared.events import IssueReported, TicketOpened
from shared.service import App, Service
from tests.support.space import Space
from tests.support.waiting import until

ISSUE = {"issue_id": "i-1", "description": "Calls fail"}


def opened(
    ticket: str,
    *,
    source: str = "intake",
    event: str | None = None,
    sequence: int = 1,
    type_: str = TicketOpened.type_name(),
    **more: Any,
) -> dict[str, Any]:
    """A record for `tickets`: value, key and headers."""
    now = datetime.now(UTC)
    body = {
        "ticket_id": ticket,
        "number": "UP-1",
        "issue": ISSUE,
        "source": "test",
        "opened_at": now.isoformat(),
        "clock_start": now.isoformat(),
        **more,
    }
    envelope = Envelope(event or str(uuid4()), source, type_, "UP-1", now, sequence)
    return {"value": json.dumps(body).encode(), "key": ticket.encode(), "headers": envelope.headers()}


class Probe:
    """A service in intake's schema whose handler does what a test tells it, and remembers what it handled."""

    def __init__(self) -> None:
        self.handled: list[str] = []
        self.attempts = 0
        self.fail: Any = lambda received: None
        self.refuse: Any = lambda batch: []

    async def on_opened(self, tx: Tx, batch: Sequence[Received[TicketOpened]]) -> None:
        self.attempts += 1
        for item in batch:
            if (error := self.fail(item)) is not None:
                raise error
        names = [item.event.number + f"/{item.envelope.sequence}" for item in batch]
        await tx.conn.execute("CREATE TABLE IF NOT EXISTS probe (place bigint GENERATED ALWAYS AS IDENTITY, name text)")
        await tx.conn.executemany("INSERT INTO probe (name) VALUES ($1)", [(name,) for name in names])

    async def on_issue(self, tx: Tx, batch: Sequence[Received[IssueReported]]) -> None:
        self.attempts += 1
        if refused := self.refuse(batch):
            raise Refused.many(refused)
        for item in batch:
            if (error := self.fail(item)) is not None:
                raise error
        self.handled += [item.event.issue_id for item in batch]

    def service(self) -> Service:
        return Service(name="intake", on={TicketOpened: self.on_opened, IssueReported: self.on_issue})


async def run(space: Space, probe: Probe, **overrides: Any) -> App:
    """The probe as a service of the space."""
    app = App(probe.service(), space.settings.model_copy(update={"port": 0, **overrides}))
    space.apps.setdefault("intake", []).append((app, asyncio.create_task(app.run())))
    await until("the probe has its partitions", lambda: space._assigned(app))
    return app


async def names(space: Space) -> list[str]:
    if not await space.value("intake", "SELECT to_regclass('probe') IS NOT NULL"):
        return []
    return [row["name"] for row in await space.fetch("intake", "SELECT name FROM probe ORDER BY place")]


async def letters(space: Space, state: str = "dead") -> list[asyncpg.Record]:
    return await space.fetch("intake", "SELECT * FROM dead_letter WHERE state = $1 ORDER BY id", state)


async def counted(space: Space, wanted: int) -> bool:
    return len(await names(space)) >= wanted


async def was_handled(probe: Probe, name: str) -> bool:
    return name in probe.handled


async def are_letters(space: Space, state: str, wanted: int) -> bool:
    return len(await letters(space, state)) == wanted


async def admin_key(space: Space, app: App) -> str:
    """An admin's key, written where the probe (which keeps no access) reads it."""
    async with space.sql("intake") as conn:
        await conn.execute(
            "INSERT INTO access (id, data, changed_at) VALUES ('adm', $1::jsonb, now())",
            json.dumps(
                {
                    "key_id": "adm",
                    "secret_sha256": hashlib.sha256(b"0123456789abcdef").hexdigest(),
                    "role": "admin",
                    "name": "op",
                }
            ),
        )
    return "uph_adm_0123456789abcdef"


async def saw_gap(app: App) -> bool:
    return bool(app.metrics.gaps.labels("intake")._value.get() >= 1)


async def is_stopped(app: App) -> bool:
    return bool(app.metrics.stopped.labels("intake")._value.get() == 1)


async def handled_so_many(probe: Probe, wanted: int) -> bool:
    return len(probe.handled) >= wanted


async def is_ready(app: App) -> bool:
    return not await app.missing()
