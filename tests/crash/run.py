"""A run: start, load, strike, drain, look around, end, gather. What the checker says of it is another matter.

By hand: `python -m tests.crash.run [--mutant NAME] [--seed N] ...` keeps everything in a folder and prints the verdict.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pickle
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.crash import world
from tests.crash.checker import check
from tests.crash.checker.evidence import Evidence
from tests.crash.cluster import cluster_on
from tests.crash.drain import drain, look_around
from tests.crash.faults import Faults, Step, schedule, terminations
from tests.crash.gather import gather, summary
from upheld.stack import Stack, start_stack

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much of what."""

    seed: int
    rate: float
    http_rate: float
    steps: list[Step]
    gap: tuple[float, float]
    drain_within: float
    warm_up: float = 4.0
    mutant: str | None = None


def whole(seed: int) -> Plan:
    """The crash test."""
    return Plan(seed, rate=150, http_rate=4, steps=schedule(seed), gap=(0.8, 2.2), drain_within=180)


def short(seed: int, mutant: str | None, within: float) -> Plan:
    """For a mutant: handlers fail in mid batch, for a few seconds."""
    steps = terminations(seed, 10)
    return Plan(seed, rate=100, http_rate=3, steps=steps, gap=(0.2, 0.9), drain_within=within, mutant=mutant)


async def crash(stack: Stack, plan: Plan, folder: Path, tell: Tell) -> Evidence:
    """The whole run; returns what it left behind."""
    cluster = await cluster_on(stack, folder, mutant=plan.mutant)
    await cluster.prepare()
    with cluster.running():
        await cluster.all_ready()
        faults = Faults(cluster, plan.seed)
        began = time.monotonic()
        with cluster.load(plan.seed, plan.rate, plan.http_rate) as load:
            await asyncio.sleep(plan.warm_up)
            half = len(plan.steps) // 2
            await faults.run(plan.steps[:half], plan.gap)
            upgraded = [world.account(world.BY_ACCOUNT[id], cluster.hook, plan="closely") for id in world.UPGRADED]
            await cluster.publish([world.account(world.BY_ACCOUNT["late"], cluster.hook), *upgraded])
            await faults.run(plan.steps[half:], plan.gap)
            struck = time.monotonic()
            tell(f"load for {struck - began:.0f} s, {len(faults.struck)} faults")
            await cluster.end_load(load, plan.drain_within)
        left = await drain(cluster, plan.drain_within)
        tell(f"drained {time.monotonic() - struck:.0f} s after the last fault, left: {left}")
        shown = await look_around(cluster)
        restarts = dict(cluster.supervisor.restarts)
    tell(f"started again: {restarts}")
    evidence = await gather(cluster.settings, cluster.receipts, cluster.load_notes, faults.struck, left, cluster.hook)
    evidence.load += shown
    return evidence


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--mutant")
    given.add_argument("--short", action="store_true")
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--within", type=float, default=60, help="seconds for the drain of a short run")
    given.add_argument("--folder", type=Path, required=True)
    given.add_argument("--again", action="store_true", help="only check the evidence in the folder")
    options = given.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.again:
        evidence: Evidence = pickle.loads((options.folder / "evidence.pickle").read_bytes())
    else:
        for old in options.folder.iterdir():
            old.unlink()
        plan = (
            short(options.seed, options.mutant, options.within)
            if options.short or options.mutant
            else whole(options.seed)
        )
        with start_stack() as stack:
            evidence = asyncio.run(crash(stack, plan, options.folder, print))
        (options.folder / "evidence.pickle").write_bytes(pickle.dumps(evidence))
    violations = check(evidence)
    print(json.dumps(summary(evidence), indent=1))
    print(Counter(violation.invariant for violation in violations))
    for violation in violations[:60]:
        print(violation)


if __name__ == "__main__":
    main()
