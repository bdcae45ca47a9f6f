"""Linking and following on a real Postgres: chunks, replicas, what meets in one moment, a crash in mid propagation."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import cast

import pytest_asyncio

from services.status_monitor.handlers.linking import FEW, search, tell_some
from services.status_monitor.handlers.time import sweep_once
from shared.consumer.positions import Watermarks
from shared.db import Database
from shared.events import StatusChanged
from shared.service import App
from tests.support.command import Command
from tests.support.outage import PROVIDER, Outage, customer, now
from tests.support.space import Space
from tests.support.waiting import until


@pytest_asyncio.fixture(loop_scope="session")
async def outage(space: Space) -> AsyncIterator[Outage]:
    own = Database("status-monitor", space.settings)
    await own.open()
    yield Outage(own)
    await own.close()


async def settled(outage: Outage) -> bool:
    return not await outage.db.pool.fetchval("SELECT EXISTS (SELECT FROM provider_words WHERE NOT settled)")


async def test_words_reach_all_linked_tickets_once_in_order_and_in_chunks_whichever_replica_takes_them(
    space: Space, outage: Outage
) -> None:
    count = 2 * FEW + 50
    await outage.begin_with(count)
    replicas = [Database("status-monitor", space.settings) for _ in range(3)]
    for replica in replicas:
        await replica.open(max_size=2)
    chunks: list[int] = []

    async def work(db: Database) -> None:
        while not await settled(outage):
            chunks.append(await tell_some(db, PROVIDER))

    for message in ("one", "two"):
        await outage.speak(message)
    first = await tell_some(outage.db, PROVIDER)
    await outage.speak("three")
    await asyncio.gather(*(work(replica) for replica in replicas))
    for replica in replicas:
        await replica.close()

    assert first == FEW
    assert max(chunks) == FEW
    assert await outage.told() == {f"UP-{100 + place}": ["one", "two", "three"] for place in range(count)}
    ledger = await outage.db.pool.fetch("SELECT sequence, count(*) FILTER (WHERE told) AS told FROM propagations "
                                        "GROUP BY sequence ORDER BY sequence")  # fmt: skip
    assert [tuple(row) for row in ledger] == [(2, count), (3, count), (4, count)]


async def test_a_ticket_linked_in_the_moment_of_a_word_is_not_forgotten(outage: Outage) -> None:
    await outage.begin_with(1)

    async with outage.db.transaction() as tx:
        await outage.open_customers(1, tx=tx)
        # It is linked from before the word on, and nobody can see that yet.
        await outage.speak("said meanwhile")
        assert await tell_some(outage.db, PROVIDER) == 1
        assert await tell_some(outage.db, PROVIDER) == 0
        assert not await settled(outage)
    assert await tell_some(outage.db, PROVIDER) == 1
    await until("the word is settled", lambda: _settle(outage))

    assert await outage.told() == {"UP-100": ["said meanwhile"], "UP-101": ["said meanwhile"]}


async def _settle(outage: Outage) -> bool:
    await tell_some(outage.db, PROVIDER)
    return await settled(outage)


async def test_a_ticket_opened_in_the_moment_in_which_the_incident_is_finds_it(outage: Outage) -> None:
    await outage.know_policy()
    async with outage.db.transaction() as tx:
        await tx.conn.execute("SELECT pg_current_xact_id()")  # as a batch has by its claim, which writes
        await outage.open_customers(0, tx=tx)
        await outage.begin()
        await search(outage.db, PROVIDER)
        assert await outage.db.pool.fetchval("SELECT NOT matched FROM incident_tickets")

    async def matched() -> bool:
        await search(outage.db, PROVIDER)
        return bool(await outage.db.pool.fetchval("SELECT matched FROM incident_tickets"))

    await until("the search is through", matched)

    row = await outage.db.pool.fetchrow("SELECT ticket_id, state, decided_by FROM links")
    assert row is not None
    assert tuple(row) == (customer(0), "linked", "rules")


async def test_a_search_takes_what_belongs_and_leaves_the_rest(outage: Outage) -> None:
    await outage.know_policy()
    early = now() - timedelta(hours=2)
    await outage.open_customers(0)
    await outage.open_customers(1, environment="unknown")
    await outage.open_customers(2, environment="staging")
    await outage.open_customers(3, category="question")
    await outage.open_customers(4, services=("voice",))
    await outage.open_customers(5, began_at=early)
    await outage.open_customers(6, began_at=early - timedelta(hours=3))
    await outage.begin()
    await search(outage.db, PROVIDER)

    rows = await outage.db.pool.fetch("SELECT ticket_id, state FROM links")

    assert {row["ticket_id"]: row["state"] for row in rows} == {
        customer(0): "linked",
        customer(1): "proposed",
        customer(5): "proposed",
    }


async def test_unlinking_in_mid_propagation_keeps_what_was_said_before_and_nothing_after(outage: Outage) -> None:
    await outage.begin_with(3)

    await outage.speak("while all are linked")
    await outage.act(1, unlink="UP-7")
    await outage.speak("without UP-101")
    await outage.act(1, link="UP-7")
    await outage.speak("with it again")
    await until("the words are settled", lambda: _settle(outage))

    assert await outage.told() == {
        "UP-100": ["while all are linked", "without UP-101", "with it again"],
        "UP-101": ["while all are linked", "with it again"],
        "UP-102": ["while all are linked", "without UP-101", "with it again"],
    }


class Owner:
    """A process that owns every partition, caught up to the given time."""

    name = "status-monitor"

    def __init__(self, db: Database, upto: datetime) -> None:
        self.db = db
        self._marks = Watermarks(upto, upto)

    def owned(self) -> dict[int, Watermarks]:
        return dict.fromkeys(range(3), self._marks)


async def test_a_word_that_is_still_on_its_way_comes_before_the_clocks_are_judged(outage: Outage) -> None:
    await outage.begin_with(2)
    await outage.db.pool.execute(
        """
        UPDATE tickets SET next_due = now(), data = jsonb_set(jsonb_set(data, '{facts,start}', to_jsonb($1::text)),
            '{facts,plans,0,targets,update}', '{"duration": "PT30M", "calendar": "always"}') WHERE number <> 'UP-7'
        """,
        (now() - timedelta(minutes=20)).isoformat(),
    )
    await outage.act(1, unlink="UP-7")
    await outage.speak("in time")

    await sweep_once(cast(App, Owner(outage.db, now() + timedelta(minutes=15))))

    breached = await outage.db.pool.fetch("SELECT ticket_id FROM ledger WHERE kind = 'breached'")
    assert await outage.told() == {"UP-100": ["in time"]}
    assert [row["ticket_id"] for row in breached] == [customer(1)]


async def test_a_crash_in_mid_propagation_neither_loses_nor_repeats_a_word(space: Space, outage: Outage) -> None:
    count = 4 * FEW
    await outage.begin_with(count)
    for message in ("one", "two"):
        await outage.speak(message)
    command = Command.of(space.settings)

    async with command.running("run", "status-monitor", "--port", "0") as process:
        reached = "SELECT count(*) BETWEEN 1 AND $1 FROM propagations"
        await until("some are told", lambda: outage.db.pool.fetchval(reached, 2 * count - 1), within=60)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    left = 2 * count - await outage.db.pool.fetchval("SELECT count(*) FROM propagations")
    await space.start("status-monitor")
    await until("all are told", lambda: settled(outage), within=60)
    await until("all is said", lambda: outage.db.pool.fetchval("SELECT count(*) = 0 FROM outbox"), within=60)

    said: dict[str, dict[str, str]] = {}
    for record in await space.read("tickets"):
        if record.headers["ce_type"] == StatusChanged.type_name() and record.json["cause"] == "provider":
            said.setdefault(record.json["number"], {}).setdefault(record.headers["ce_id"], record.json["message"])
    assert left > 0
    assert {number: list(words.values()) for number, words in said.items()} == {
        f"UP-{100 + place}": ["one", "two"] for place in range(count)
    }
