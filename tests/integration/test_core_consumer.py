"""The event core on real Kafka and Postgres: failures, dead letters, parking, redrive, sequences."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from shared.consumer import Refused
from shared.consumer import loop as loop_module
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


async def test_an_event_that_comes_twice_is_handled_once(space: Space) -> None:
    probe = Probe()
    await run(space, probe)
    record = opened(str(uuid4()))

    await space.put_raw("tickets", **record)
    await space.put_raw("tickets", **record)
    await space.put_raw("tickets", **opened(str(uuid4()), number="UP-2"))

    await until("both tickets", lambda: _count(space, 2))
    assert sorted(await names(space)) == ["UP-1/1", "UP-2/1"]


async def _count(space: Space, wanted: int) -> bool:
    return len(await names(space)) >= wanted


async def test_a_malformed_record_keeps_its_raw_bytes_and_delays_nobody(space: Space) -> None:
    probe = Probe()
    await run(space, probe)

    await space.put_raw("issues", b"\xff\xfe not json", key=b"k", partition=0, headers=[("x", b"\x00\xff")])
    await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": "good"}).encode(), key=b"k", partition=0)

    await until("the good one", lambda: _handled(probe, "good"))
    (letter,) = await letters(space)
    assert letter["value"] == b"\xff\xfe not json"
    assert letter["kind"] == "malformed"
    assert "not JSON" in letter["reason"]


async def _handled(probe: Probe, name: str) -> bool:
    return name in probe.handled


async def test_a_record_that_the_domain_refuses_is_a_dead_letter_and_its_batch_goes_on(space: Space) -> None:
    probe = Probe()
    probe.fail = lambda item: Refused(item, "not this one") if item.event.issue_id == "bad" else None
    for name in ("a", "bad", "b"):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": name}).encode(), key=b"k", partition=0)

    await run(space, probe)

    await until("the others", lambda: _handled(probe, "b"))
    (letter,) = await letters(space)
    assert (letter["kind"], letter["reason"]) == ("refused", "not this one")
    assert probe.handled == ["a", "b"]


async def test_an_unknown_exception_is_isolated_to_the_record_that_causes_it(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Probe()
    probe.fail = lambda item: ZeroDivisionError("a bug") if item.event.issue_id == "i3" else None
    for number in range(8):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": f"i{number}"}).encode(), key=b"k", partition=0)

    await run(space, probe)

    await until("the last", lambda: _handled(probe, "i7"), within=40)
    (letter,) = await letters(space)
    assert (letter["kind"], letter["reason"]) == ("unexplained", "ZeroDivisionError: a bug")
    assert probe.handled == ["i0", "i1", "i2", "i4", "i5", "i6", "i7"]


async def test_a_transient_failure_is_tried_until_it_works_and_buries_nothing(space: Space) -> None:
    probe = Probe()
    failures = iter([OSError("gone"), asyncpg.DeadlockDetectedError("again"), TimeoutError()])
    probe.fail = lambda item: next(failures, None)
    await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": "one"}).encode(), key=b"k")

    await run(space, probe)

    await until("it", lambda: _handled(probe, "one"))
    assert probe.attempts == 4
    assert await letters(space) == []


async def test_later_events_of_a_ticket_park_behind_its_dead_letter_and_follow_its_redrive(space: Space) -> None:
    probe = Probe()
    probe.fail = lambda item: Refused(item, "not yet") if item.envelope.sequence == 1 else None
    ticket = str(uuid4())
    app = await run(space, probe)

    for sequence in (1, 2, 3):
        await space.put_raw("tickets", **opened(ticket, sequence=sequence))
    await space.put_raw("tickets", **opened(str(uuid4()), number="UP-9", sequence=1, event="other"))
    await until("two parked", lambda: _letters(space, "parked", 2))
    first = (await letters(space))[0]
    assert await space.value("intake", "SELECT count(*) FROM inbox WHERE topic = 'tickets'") == 0

    probe.fail = lambda item: None
    key = await _admin(space, app)
    async with space.http("intake", key) as client:
        answer = await client.post(f"/v1/dead-letters/{first['id']}/redrive")

    assert answer.json() == {"service": "intake", "id": first["id"], "handled": 3, "discarded": False}
    assert await names(space) == ["UP-1/1", "UP-1/2", "UP-1/3"]
    await space.put_raw("tickets", **opened(ticket, sequence=4))
    await until("the next one flows again", lambda: _count(space, 4))


async def _letters(space: Space, state: str, wanted: int) -> bool:
    return len(await letters(space, state)) == wanted


async def _admin(space: Space, app: App) -> str:
    """An admin's key, written where the probe (which keeps no access) reads it."""
    async with space.sql("intake") as conn:
        import hashlib

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


async def test_a_discarded_dead_letter_lets_the_next_events_of_its_ticket_go_on(space: Space) -> None:
    probe = Probe()
    app = await run(space, probe)
    ticket = str(uuid4())

    await space.put_raw("tickets", **opened(ticket, sequence=1, opened_at="not a time"))
    await space.put_raw("tickets", **opened(ticket, sequence=2))
    await until("one parked", lambda: _letters(space, "parked", 1))
    (dead,) = await letters(space)
    async with space.http("intake", await _admin(space, app)) as client:
        still = await client.post(f"/v1/dead-letters/{dead['id']}/redrive")
        done = await client.post(f"/v1/dead-letters/{dead['id']}/discard")

    assert still.status_code == 409
    assert "still fails" in still.json()["detail"]
    assert done.json()["handled"] == 1
    assert await names(space) == ["UP-1/2"]
    assert await letters(space) == []


async def test_a_gap_in_a_sequence_waits_and_an_earlier_event_is_a_duplicate(space: Space) -> None:
    probe = Probe()
    app = await run(space, probe)
    ticket = str(uuid4())

    await space.put_raw("tickets", **opened(ticket, sequence=1))
    await until("the first", lambda: _count(space, 1))
    await space.put_raw("tickets", **opened(ticket, sequence=3))
    await until("the gap is seen", lambda: _gaps(app))

    assert await names(space) == ["UP-1/1"]
    assert await letters(space) == []


async def _gaps(app: App) -> bool:
    return bool(app.metrics.gaps.labels("intake")._value.get() >= 1)


async def test_a_type_that_this_service_does_not_handle_counts_as_seen(space: Space) -> None:
    probe = Probe()
    await run(space, probe)
    ticket = str(uuid4())

    await space.put_raw("tickets", **opened(ticket, sequence=1))
    await space.put_raw("tickets", **opened(ticket, sequence=2, type_="upheld.ticketmerged.v1"))
    await space.put_raw("tickets", **opened(ticket, sequence=3))

    await until("the third", lambda: _count(space, 2))
    assert await names(space) == ["UP-1/1", "UP-1/3"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"type_": "upheld.ticketopened.v2"}, "unknown type"),
        ({"source": "someone"}, "is said by intake"),
        ({"number": 5}, "number: Input should be a valid string"),
        ({"number": "a\u0000b"}, "U+0000"),
        ({"opened_at": "2026-01-01T00:00:00"}, "opened_at: Input should have timezone info"),
    ],
)
async def test_a_record_on_tickets_that_is_not_as_it_must_be_is_a_dead_letter(
    space: Space, record: dict[str, Any], reason: str
) -> None:
    await run(space, Probe())

    await space.put_raw("tickets", **opened(str(uuid4()), **record))

    await until("the letter", lambda: _letters(space, "dead", 1))
    assert reason in (await letters(space))[0]["reason"]


async def test_a_null_value_and_a_megabyte_are_dead_letters_on_issues(space: Space) -> None:
    await run(space, Probe())

    await space.put_raw("issues", None, key=b"k")
    await space.put_raw("issues", b'{"description": "' + b"x" * 1_000_000 + b'"}', key=b"k")

    await until("both", lambda: _letters(space, "dead", 2))
    reasons = sorted(letter["reason"] for letter in await letters(space))
    assert "the value has 1000019 bytes, more than the 131072 allowed" in reasons[0]
    assert "the value is null" in reasons[1]


async def test_a_flood_of_unexplained_failures_stops_the_service_which_says_why_and_resumes_by_itself(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_module, "STOPPED_FOR", 0.5)
    monkeypatch.setattr(loop_module, "TRIES", 1)
    probe = Probe()
    probe.fail = lambda item: RuntimeError("a bug")
    for number in range(30):
        await space.put_raw("issues", json.dumps({**ISSUE, "issue_id": f"i{number}"}).encode(), key=b"k", partition=0)
    app = await run(space, probe)

    await until("it stops", lambda: _stopped(app))
    assert len(await letters(space)) <= 20
    assert any("too many records fail" in reason for reason in await app.missing())
    buried = len(await letters(space))

    probe.fail = lambda item: None
    await until("the rest is handled", lambda: _many(probe, 30 - buried))
    assert len(await letters(space)) == buried
    await until("it is ready again", lambda: _ready(app))


async def _stopped(app: App) -> bool:
    return bool(app.metrics.stopped.labels("intake")._value.get() == 1)


async def _many(probe: Probe, wanted: int) -> bool:
    return len(probe.handled) >= wanted


async def _ready(app: App) -> bool:
    return not await app.missing()
