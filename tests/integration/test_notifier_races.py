"""An account and a notice that wants it, handled by two processes in the same moment: neither misses the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.notifier.handlers import on_account_changed, on_status_changed
from shared.consumer import Waiting
from shared.db import Database, Tx
from shared.envelope import Envelope, Received, Record
from shared.events import AccountChanged, Contact, Event, Term
from shared.refdata import keep
from tests.support.space import Space
from tests.support.statuses import Ticket
from tests.support.waiting import until

NOW = datetime.now(UTC)
ACCOUNT = AccountChanged(
    id="acme",
    name="Acme",
    plan="basic",
    term=Term(start=NOW - timedelta(days=1)),
    services=("voice",),
    contacts=(Contact(name="Ops", channel="email", address="ops@acme.example"),),
)


@pytest_asyncio.fixture(loop_scope="session")
async def db(space: Space) -> AsyncIterator[Database]:
    """The notifier's database, without a process on it."""
    database = Database("notifier", space.settings)
    await database.open()
    yield database
    await database.close()


def received(event: Event, sequence: int | None = None) -> Received[Any]:
    envelope = Envelope(f"{event.NAME}-{sequence}", "test", event.type_name(), None, NOW, sequence)
    return Received(event, envelope, Record(event.TOPIC, 0, 0, None, None, (), NOW))


async def account_comes(tx: Tx) -> None:
    item = received(ACCOUNT)
    await keep(tx.conn, [item])
    await on_account_changed(tx, [item])


async def owed(db: Database) -> list[tuple[str, int]]:
    rows = await db.pool.fetch("SELECT destination, sequence FROM deliveries ORDER BY destination, sequence")
    return [(row["destination"], row["sequence"]) for row in rows]


@pytest.mark.parametrize("provider", [False, True])
async def test_an_account_that_comes_while_a_notice_begins_to_wait_lets_it_go(db: Database, provider: bool) -> None:
    ticket = Ticket("race", provider=provider)

    async with db.transaction() as tx:
        await on_status_changed(tx, [received(ticket.change("Initial"), 1)])
        coming = asyncio.create_task(_in_a_transaction(db, account_comes))
        await until(
            "the account waits for the notice",
            lambda: db.pool.fetchval("SELECT bool_or(NOT granted) FROM pg_locks WHERE locktype = 'advisory'"),
        )
    await coming

    assert await owed(db) == [("ops@acme.example", 1)]
    assert await db.pool.fetchval("SELECT count(*) FROM waiting") == 0


@pytest.mark.parametrize("provider", [False, True])
async def test_a_notice_that_comes_while_its_account_is_arriving_is_tried_again(db: Database, provider: bool) -> None:
    ticket = Ticket("race", provider=provider)
    notice = received(ticket.change("Initial"), 1)

    async with db.transaction() as tx:
        await account_comes(tx)
        with pytest.raises(Waiting):
            await _in_a_transaction(db, lambda other: on_status_changed(other, [notice]))
    await _in_a_transaction(db, lambda other: on_status_changed(other, [notice]))

    assert await owed(db) == [("ops@acme.example", 1)]


async def test_a_notice_that_waits_goes_before_the_next_one_of_its_ticket(db: Database) -> None:
    ticket = Ticket("order", account="acme")
    first, second = received(ticket.change("Initial"), 1), received(ticket.change("Update"), 2)

    await _in_a_transaction(db, lambda tx: on_status_changed(tx, [first]))
    await _in_a_transaction(db, lambda tx: keep(tx.conn, [received(ACCOUNT)]))
    await _in_a_transaction(db, lambda tx: on_status_changed(tx, [second]))

    rows = await db.pool.fetch("SELECT sequence, state FROM deliveries ORDER BY sequence")
    assert [tuple(row) for row in rows] == [(1, "due"), (2, "queued")]
    assert await db.pool.fetchval("SELECT count(*) FROM waiting") == 0


async def _in_a_transaction(db: Database, act: Any) -> None:
    async with db.transaction() as tx:
        await act(tx)
