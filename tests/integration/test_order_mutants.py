"""The checker finds out what puts a ticket's events out of order: two relays, and an outbox written before the lock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from services.intake import store
from shared.outbox import put, relay
from tests.crash import mutants
from tests.crash.checker.evidence import Evidence, Violation
from tests.crash.checker.tickets import sequences
from tests.crash.gather import entry_of, read_topic
from tests.support.space import Space
from tests.support.waiting import until

REPLIES, WRITERS = 20, 6


@pytest.fixture
def unspoiled() -> Iterator[None]:
    """Whatever a mutant changed is as it was, afterwards."""
    before = relay.READ, relay.Relay._take_part, store.load_numbers, put.write
    yield
    relay.READ, relay.Relay._take_part, store.load_numbers, put.write = before  # type: ignore[method-assign]


@contextlib.asynccontextmanager
async def _held_relay(space: Space) -> AsyncIterator[None]:
    """Nobody leads for as long: what is written meanwhile waits in the outbox together."""
    async with space.sql("intake") as conn:
        await conn.execute("SELECT pg_advisory_lock($1, hashtext('intake'))", relay._LOCK)
        yield


async def _replied(space: Space) -> list[Violation]:
    """Two replicas of intake take replies to one ticket at once; what is wrong with its sequence in the log."""
    async with _held_relay(space):
        apps = await space.start("intake", "intake")
        urls = [f"http://127.0.0.1:{app.web.port}" for app in apps]
        async with space.http("intake", await space.key("customer", account="acme")) as client:
            issue = {"reporter": {"name": "Ann"}, "description": "Calls fail"}
            number = (await client.post("/v1/issues", json=issue)).json()["ticket"]["number"]

            async def write(url: str) -> None:
                for _ in range(REPLIES):
                    answer = await client.post(f"{url}/v1/tickets/{number}/replies", json={"body": "Still."})
                    assert answer.status_code == 201

            await asyncio.gather(*(write(urls[place % 2]) for place in range(WRITERS)))
    await until("all of it on the topic", lambda: space.value("intake", "SELECT count(*) = 0 FROM outbox"))
    records = await read_topic(space.settings, "tickets")
    assert len(records) >= 1 + REPLIES * WRITERS
    return list(sequences(Evidence(log={"tickets": [entry_of(record) for record in records]})))


async def test_the_program_as_it_is_keeps_the_order(space: Space) -> None:
    assert await _replied(space) == []


@pytest.mark.usefixtures("unspoiled")
@pytest.mark.parametrize("spoil", [mutants.two_relays, mutants.outbox_before_lock])
async def test_what_spoils_the_order_is_found_out(
    new_space: Callable[..., Awaitable[Space]], spoil: Callable[[], None]
) -> None:
    space = await new_space()
    spoil()

    try:
        violations = await _replied(space)
    finally:
        await space.stop()

    assert [violation.invariant for violation in violations] == [2]
