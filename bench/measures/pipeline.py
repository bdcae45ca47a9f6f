"""The whole pipeline: issues/s until every owed delivery is committed, and CPU seconds per 1,000 issues by process.

Measured: from the instant at which `issues` holds so many issues, with all four services running, until the last
delivery that they owe is a committed row of the notifier. Nothing is sent: the receiver's port is closed, so what is
owed waits; what sending costs is measured by `delivery`. CPU is counted until all is at rest, intake's view too.
Beside it stand `ratio` (each service's work by the raw loop) and `delivery` (a bare loop of the same client).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.drain import FAR, NEAR, WITHIN, Drain
from bench.figures import Json, middle, per_1000, rounded, rounds
from bench.gate import Progress, gate
from bench.house import BenchError, House, house_on
from bench.measures.ratio import CLOSED
from bench.meter import Meter
from bench.run import Bench
from bench.world import Item, reference, reported, sliced
from shared.settings import SERVICES


async def measure(bench: Bench) -> Json:
    """{pipeline_issues_per_s, pipeline_cpu_s_per_1000, detail}"""
    count = bench.sizes.drained
    sizes = [bench.sizes.warm_up, *[count] * bench.sizes.rounds]
    async with house_on(bench.stack) as house, Progress(house.settings) as progress:
        await house.publish(reference(webhook=CLOSED))
        await house.start(*SERVICES)
        flow, done = Flow(house, progress), []
        for place, part in enumerate(sliced(reported(sum(sizes)), sizes)):
            bench.tell(f"pipeline: {f'round {place}' if place else 'warm-up'}, {len(part)} issues")
            done.append(await flow.once(part))
    done = done[1:]
    rates = [count / one.owed for one in done]
    return {
        "pipeline_issues_per_s": rounded(median(rates), 0),
        "pipeline_cpu_s_per_1000": middle([per_1000(one.cpu, count) for one in done]),
        "detail": {
            "issues_per_s": rounds(rates, 0),
            "until_at_rest_per_s": rounds([count / one.rest for one in done], 0),
            "postgres_of": middle([per_1000(one.postgres_of, count) for one in done]),
            "owed_per_issue": round(sum(one.deliveries for one in done) / count / len(done), 4),
        },
    }


@dataclass(frozen=True, slots=True)
class Pass:
    """One passage of many issues: seconds until all deliveries were owed, and until all was at rest."""

    owed: float
    rest: float
    deliveries: int
    cpu: dict[str, float]
    postgres_of: dict[str, float]


class Flow:
    """Issues through all four services of an installation, again and again."""

    def __init__(self, house: House, progress: Progress) -> None:
        self._house = house
        self._drains = {name: Drain.of(house, progress, name) for name in SERVICES}

    async def once(self, items: Sequence[Item], state: str | None = None) -> Pass:
        """Report these issues and wait until each owes its delivery (or has it in this state), and nothing moves."""
        before, owed_before = await self.deliveries(state), await self.deliveries()
        async with gate(self._house.settings, items) as filled:
            self._house.lasts |= filled.lasts
            async with Meter(self._house) as meter:
                began = await filled.open()
                owed = await self._until(before + len(items), state) - began
                for drain in self._drains.values():
                    await drain.settled()
                rest = time.perf_counter() - began
        deliveries = await self.deliveries() - owed_before
        return Pass(owed, rest, deliveries, meter.cpu, meter.postgres_of)

    async def deliveries(self, state: str | None = None) -> int:
        """How many there are (in this state)."""
        return await self._house.count("notifier", f"deliveries WHERE state = '{state}'" if state else "deliveries")

    async def _until(self, wanted: int, state: str | None = None) -> float:
        """The moment (perf_counter) at which there are so many deliveries. Raises BenchError when it does not come."""
        began, first = time.perf_counter(), await self.deliveries(state)
        while (now := await self.deliveries(state)) < wanted:
            self._house.check()
            if time.perf_counter() - began > WITHIN:
                raise BenchError(f"{wanted - now} of {wanted - first} deliveries are missing after {WITHIN:.0f} s")
            await asyncio.sleep(FAR if wanted - now > (wanted - first) // 5 else 2 * NEAR)
        return time.perf_counter()
