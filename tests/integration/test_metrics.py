"""What the metrics say while something is stuck."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.outbox.relay import _LOCK
from shared.service import App
from tests.support.probe import ISSUE, Probe, run
from tests.support.scrape import scrape
from tests.support.space import Space
from tests.support.waiting import until


def told(samples: dict[tuple[str, ...], float], name: str) -> dict[str, float]:
    """A metric by topic and partition, such as `issues 1`."""
    return {f"{key[2]} {key[1]}": value for key, value in samples.items() if key[0] == name}


async def test_a_partition_that_is_stuck_says_for_how_long_and_is_told_of_only_by_its_owner(space: Space) -> None:
    probe = Probe()
    probe.fail = lambda received: ConnectionError("something is away")
    first = await run(space, probe)
    await space.put_raw("issues", json.dumps(ISSUE).encode(), key=b"acme", partition=1)

    async def behind() -> float | None:
        seconds = told(await scrape(space, first), "upheld_lag_seconds").get("issues 1", 0)
        return seconds if seconds > 0.5 else None

    await until("it says that it is behind", behind)
    stuck = await scrape(space, first)
    assert told(stuck, "upheld_lag")["issues 1"] == 1
    assert told(stuck, "upheld_lag_seconds")["issues 0"] == 0
    assert stuck["upheld_batches_total", "retried"] >= 1
    assert stuck["upheld_ready",] == 0

    probe.fail = lambda received: None
    second = await run(space, probe)

    async def shared() -> bool:
        of = [told(await scrape(space, app), "upheld_lag") for app in (first, second)]
        everything = {f"{topic} {number}" for topic in ("issues", "tickets") for number in range(3)}
        return of[0].keys() | of[1].keys() == everything and not of[0].keys() & of[1].keys()

    await until("each partition is told of by one process", shared)
    for app in (first, second):
        await until("nothing is behind", lambda app=app: _is_done(space, app))


async def _is_done(space: Space, app: App) -> bool:
    seconds = told(await scrape(space, app), "upheld_lag_seconds")
    return bool(seconds) and not any(seconds.values())


@asynccontextmanager
async def led_elsewhere(space: Space) -> AsyncIterator[None]:
    """Somebody else holds the lock of intake's relay, and does nothing."""
    async with space.sql("intake") as conn:
        assert await conn.fetchval("SELECT pg_try_advisory_lock($1, hashtext('intake'))", _LOCK)
        yield


async def test_the_outbox_s_age_is_told_where_no_relay_leads(space: Space) -> None:
    async with led_elsewhere(space):
        app = await run(space, Probe())
        async with space.sql("intake") as conn:
            await conn.execute(
                "INSERT INTO outbox (topic, key, headers, payload, created_at) "
                "VALUES ('issues', 'k', '[]', '{}', now() - interval '90 seconds')"
            )

        samples = await scrape(space, app)

        assert samples["upheld_relay_leading",] == 0
        assert 90 <= samples["upheld_outbox_age_seconds",] < 100

    async def sent() -> bool:
        samples = await scrape(space, app)
        return samples["upheld_relay_leading",] == 1 and samples["upheld_outbox_age_seconds",] == 0

    await until("the relay leads, and the outbox is empty", sent)
