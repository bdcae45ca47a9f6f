"""From IssueReported to NotificationSent, at a steady rate, in milliseconds and in raw hops.

Measured: from the moment at which an upstream system's IssueReported was due to be produced (open loop) until a
consumer of `notifications` has its NotificationSent, all four services running, a webhook receiver that accepts at
once. Beside: the raw hop, from produce to consume through one raw loop (`bench/raw.py`, three rows an event) at 200/s,
measured in the same way by the same process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from bench.figures import Json, middle, per_1000, percentile, rounded, rounds
from bench.house import House, house_on
from bench.meter import Meter
from bench.openloop import open_loop
from bench.raw import HOP, IN, OUT, start_raw
from bench.receivers import start_receivers
from bench.run import Bench
from bench.world import Item, reference, reported
from shared.settings import SERVICES

HOP_RATE = 200


async def measure(bench: Bench) -> Json:
    """{latency_ms, latency_in_raw_hops, detail}"""
    async with house_on(bench.stack) as house:
        await start_raw(house, HOP)
        hop = await _rounds(bench, house, HOP_RATE, IN, OUT, "ce_id", "the raw hop")
    found = {}
    async with house_on(bench.stack) as house:
        receivers = await start_receivers(house)
        await house.publish(reference(webhook=receivers.hook))
        await house.start(*SERVICES)
        for rate in bench.sizes.rates:
            found[str(rate)] = await _rounds(
                bench, house, rate, "issues", "notifications", "ce_correlationid", "issues"
            )
    return {
        "latency_ms": {rate: {"p50": one["p50"]["median"], "p99": one["p99"]["median"]} for rate, one in found.items()},
        "latency_in_raw_hops": {
            rate: round(one["p50"]["median"] / hop["p50"]["median"], 1) for rate, one in found.items()
        },
        "detail": {"raw_hop_ms": hop, **found},
    }


async def _rounds(bench: Bench, house: House, rate: int, topic: str, answers: str, header: str, what: str) -> Json:
    """Rounds at a rate, after a warm-up at the same rate."""
    sizes = bench.sizes
    bench.tell(f"latency: {what} at {rate}/s")
    await open_loop(house, rate, _items(rate * sizes.open_loop_warm_up, topic), topic=answers, header=header)
    halves, late, lags, cpu = [], [], [], []
    for _ in range(sizes.rounds):
        items = _items(rate * sizes.open_loop, topic)
        async with Meter(house) as meter:
            took, behind = await open_loop(house, rate, items, topic=answers, header=header)
        halves.append(median(took))
        late.append(percentile(took, 0.99))
        lags.append(percentile(behind, 0.99))
        cpu.append(per_1000(meter.cpu, len(items)))
    return {
        "p50": rounds(halves, 2),
        "p99": rounds(late, 2),
        "produced_late_p99": rounded(max(lags), 2),
        "cpu_s_per_1000": middle(cpu),
    }


def _items(count: float, topic: str) -> Sequence[Item]:
    return [replace(item, topic=topic) for item in reported(int(count))]
