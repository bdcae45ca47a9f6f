"""What an issue costs when the tables hold 10,000, 100,000 and 1,000,000 tickets.

Measured: CPU seconds of all processes per 1,000 issues, as `pipeline` has it (all four services, until every delivery
is owed and all is at rest), with tables that SQL filled with copies of real tickets and then analyzed.
Beside: the same with the smallest number of tickets; `growth_1m` is the largest to it.
"""

from __future__ import annotations

import time

from bench.figures import Json, middle, per_1000, rounds
from bench.gate import Progress
from bench.house import House, house_on
from bench.measures.pipeline import Flow, Pass
from bench.multiply import keep_templates, multiply
from bench.receivers import start_receivers
from bench.run import Bench
from bench.world import reference, reported
from shared.settings import SERVICES

TEMPLATES = 500
"""Real tickets that are copied; more accounts than that would not show."""


async def measure(bench: Bench) -> Json:
    """{growth_1m, detail}"""
    sizes = bench.sizes
    detail: Json = {}
    async with house_on(bench.stack) as house:
        await _live(bench, house)
        await keep_templates(house)
        for tickets in sizes.grown:
            bench.tell(f"growth: filling the tables with {tickets:,} tickets")
            began = time.perf_counter()
            await multiply(house, tickets // TEMPLATES - 1)
            filled = time.perf_counter() - began
            bench.tell(f"growth: {tickets:,} tickets")
            done = await _cost(bench, house)
            cost = [per_1000(one.cpu, sizes.grown_drained) for one in done]
            detail[str(tickets)] = {
                "cpu_s_per_1000": middle(cost),
                "total": rounds([one["total"] for one in cost], 3),
                "issues_per_s": rounds([sizes.grown_drained / one.owed for one in done], 0),
                "filled_s": round(filled, 1),
                "database_mb": round(await house.owner.fetchval("SELECT pg_database_size(current_database())") / 1e6),
            }
    totals = [one["total"]["median"] for one in detail.values()]
    return {"growth_1m": round(totals[-1] / totals[0], 3), "detail": detail}


async def _live(bench: Bench, house: House) -> None:
    """Real tickets, from the report to the delivery; then nobody receives any more."""
    bench.tell("growth: real tickets to be copied")
    receivers = await start_receivers(house)
    await house.publish(reference(webhook=receivers.hook))
    await house.start(*SERVICES)
    async with Progress(house.settings) as progress:
        await Flow(house, progress).once(reported(TEMPLATES), state="accepted")
    await house.stop()


async def _cost(bench: Bench, house: House) -> list[Pass]:
    sizes = bench.sizes
    await house.start(*SERVICES)
    async with Progress(house.settings) as progress:
        flow = Flow(house, progress)
        await flow.once(reported(sizes.warm_up))
        done = [await flow.once(reported(sizes.grown_drained)) for _ in range(sizes.rounds)]
    await house.stop()
    return done
