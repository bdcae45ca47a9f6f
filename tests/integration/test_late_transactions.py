"""A batch of few records is a look and one statement: what only looked is refused when something has come meanwhile."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from services.status_monitor.handlers.linking import search
from services.status_monitor.store.tickets import ticket_of
from services.triage.app import service as triage
from shared.consumer import at_once
from shared.consumer import loop as loop_module
from shared.consumer.batch import Batches
from shared.db import Database, Tx
from shared.envelope import Received, Record
from shared.events import Event, IssueReported, TicketReplied
from shared.service import Service
from tests.support.outage import PROVIDER, Outage, customer, handle, now, opening, received
from tests.support.probe import ISSUE, Probe, run
from tests.support.space import Space
from tests.support.status import assigned
from tests.support.waiting import until


@pytest_asyncio.fixture(loop_scope="session")
async def outage(space: Space) -> AsyncIterator[Outage]:
    db = Database("status-monitor", space.settings)
    await db.open()
    yield Outage(db)
    await db.close()


async def _late(db: Database, events: Sequence[Received[Any]], meanwhile: Any = None) -> bool:
    """Handle these by a late transaction, in whose last moment something comes; whether it stayed one statement."""
    conn = await db.connect()
    try:
        async with db.transaction(conn, late=True) as tx:
            await handle(tx, events)
            if meanwhile is not None:
                await meanwhile()
            return not tx.begun
    finally:
        await conn.close()


async def _priority(outage: Outage, place: int) -> str | None:
    row = await outage.db.pool.fetchrow("SELECT opened, data FROM tickets WHERE ticket_id = $1", customer(place))
    assert row is not None
    assigned = ticket_of(row).assigned
    return assigned.priority if assigned else None


def _again(place: int) -> Received[Any]:
    """A new priority for this customer's ticket."""
    priority = assigned("P2", assessment=2).model_copy(
        update={"ticket_id": customer(place), "number": f"UP-{100 + place}", "decided_at": now()}
    )
    return received(priority, "triage", 2)


async def test_a_customers_ticket_that_stands_alone_is_opened_and_assessed_by_one_statement_each(
    outage: Outage,
) -> None:
    await outage.know_policy()

    assert await _late(outage.db, [received(opening(customer(0), "UP-100"), "intake", 1)])
    assert await _late(outage.db, [_again(0)])

    assert await _priority(outage, 0) == "P2"


async def test_a_ticket_that_has_changed_since_it_was_looked_at_is_not_overwritten(outage: Outage) -> None:
    await outage.know_policy()
    await outage.open_customers(0)
    said = TicketReplied(
        ticket_id=customer(0), number="UP-100", reply_id="r1", origin="customer", body="Still so.", replied_at=now()
    )

    async def meanwhile() -> None:
        async with outage.db.transaction() as tx:
            await handle(tx, [received(said, "intake", 2)])

    with pytest.raises(asyncpg.SerializationError, match="another transaction was first"):
        await _late(outage.db, [_again(0)], meanwhile)

    assert await _priority(outage, 0) == "P1"
    assert await _late(outage.db, [_again(0)])
    assert await _priority(outage, 0) == "P2"


async def test_a_ticket_is_not_opened_by_one_that_missed_the_incident_which_came_meanwhile(outage: Outage) -> None:
    await outage.know_policy()
    event = received(opening(customer(0), "UP-100"), "intake", 1)

    async def meanwhile() -> None:
        await outage.begin()
        await search(outage.db, PROVIDER)
        await search(outage.db, PROVIDER)
        assert await outage.db.pool.fetchval("SELECT matched FROM incident_tickets")

    with pytest.raises(asyncpg.SerializationError):
        await _late(outage.db, [event], meanwhile)
    stayed_one = await _late(outage.db, [event])

    assert not stayed_one
    assert await outage.db.pool.fetchval("SELECT ticket_id FROM links") == customer(0)


async def test_of_two_that_handle_the_same_event_at_once_the_second_changes_nothing(space: Space) -> None:
    db = Database("triage", space.settings)
    batches = Batches(triage.on, triage.keeps, triage.after, triage.only)
    event = opening(uuid4(), "UP-1")
    record = _record(event, received(event, "intake", 1))
    first, second = await db.connect(), await db.connect()

    async def both() -> None:
        async with db.transaction(first, late=True) as tx:
            await batches.process(tx, [record], {})
            async with db.transaction(second, late=True) as other:
                await batches.process(other, [record], {})

    with pytest.raises(asyncpg.UniqueViolationError):
        await both()
    async with db.transaction(first, late=True) as tx:
        outcome = await batches.process(tx, [record], {})

    assert outcome.counts == {("tickets", "duplicate"): 1}
    assert await first.fetchval("SELECT count(*) FROM inbox") == 1
    assert await first.fetchval("SELECT count(*) FROM tickets") == 1
    await first.close()
    await second.close()


def _record(event: Event, item: Received[Any]) -> Record:
    return Record("tickets", 1, 0, event.key().encode(), event.encode(), tuple(item.envelope.headers()), now())


@pytest.mark.parametrize(
    ("few", "begun"), [(20, [False, True]), (0, [True, True])], ids=["of few records", "of many records"]
)
async def test_a_batch_that_lost_a_race_is_handled_again_at_once_under_locks(
    space: Space, monkeypatch: pytest.MonkeyPatch, few: int, begun: list[bool]
) -> None:
    monkeypatch.setattr(loop_module, "FEW", few)
    seen: list[bool] = []

    async def on_issue(tx: Tx, batch: Sequence[Received[IssueReported]]) -> None:
        seen.append(tx.begun)
        if len(seen) == 1:
            raise asyncpg.SerializationError("another transaction was first")

    class Raced(Probe):
        def service(self) -> Service:
            return Service(name="intake", on={IssueReported: at_once(on_issue)})

    await run(space, Raced())
    await space.put_raw("issues", json.dumps(ISSUE).encode())

    await until("it was handled twice", _so_many(seen, 2))
    assert seen == begun


def _so_many(seen: Sequence[Any], wanted: int) -> Callable[[], Any]:
    async def enough() -> bool:
        return len(seen) >= wanted

    return enough
