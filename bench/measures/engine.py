"""What the rules alone cost: an assessment, the clocks of a ticket, an event on it. No Kafka, no Postgres.

Measured, in microseconds of one core: `assessment`: triage's `advance` of a ticket whose facts are stated, up to
PriorityAssigned; `assessment_with_reading`: the same from TicketOpened on, with no fact stated, so that they are read
from the description; `fold`: all facts of a ticket (`bench/case.py`) into its five clocks and what comes due next;
`step`: what status-monitor does for one event on it (a reply): the new state, StatusChanged, the new entries of the
ledger, when to sweep next.
Beside: `json.loads` and `json.dumps` of the event (for the fold: of the facts) in the same round
(`engine_ratio_to_json`).
`engine_rested_us`: the same work once every 20 ms, as at 50 issues/s, the process asleep in between: what the machine's
caches lose meanwhile it pays again.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from bench.case import MONDAY, account, after, opened, policies_with, policy, reply, unstated, waiting
from bench.figures import Json, rounds
from bench.run import Bench
from services.status_monitor.domain import states
from services.status_monitor.domain.clocks import read_all
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.domain.verdicts import next_due
from services.triage import domain as triage

RESTS = 0.02
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is measured, and what it goes by as it is kept: the event, or the facts."""

    work: Callable[[], object]
    given: bytes


async def measure(bench: Bench) -> Json:
    """{engine_us, engine_ratio_to_json, engine_rested_us, detail}"""
    detail: Json = {}
    with _as_in_a_service():
        for name, part in parts().items():
            bench.tell(f"engine: {name.replace('_', ' ')}")
            detail[name] = beside(part, bench.sizes.engine_rounds, bench.sizes.engine)
            detail[name]["rested_us"] = rested(part.work, bench.sizes.engine_rested)
    return {
        "engine_us": {name: one["us"]["median"] for name, one in detail.items()},
        "engine_ratio_to_json": {name: one["ratio_to_json"] for name, one in detail.items()},
        "engine_rested_us": {name: one["rested_us"]["median"] for name, one in detail.items()},
        "detail": detail,
    }


def parts() -> dict[str, Part]:
    """What is measured, by name."""
    only = policy()
    policies, who = policies_with(only), account()
    stated, told, answer = opened(), unstated(), reply()
    ticket = triage.open_ticket(stated, "bench")
    life = waiting(policies, only)
    facts = life.step(after(5), lambda turn: states.on_replied(turn, answer, "r-1"))[0].facts

    def assess() -> object:
        return triage.advance(ticket, only, who, (), MONDAY, policies)

    def assess_from_words() -> object:
        return triage.advance(triage.open_ticket(told, "bench"), only, who, (), MONDAY, policies)

    def fold() -> object:
        course = Course(facts, terms_over(facts.plans, policies.by_sha))
        return read_all(course, after(6)), next_due(course)

    def step() -> object:
        return life.step(after(5), lambda turn: states.on_replied(turn, answer, "r-1"))

    return {
        "assessment": Part(assess, stated.encode()),
        "assessment_with_reading": Part(assess_from_words, told.encode()),
        "fold": Part(fold, facts.model_dump_json().encode()),
        "step": Part(step, answer.encode()),
    }


def beside(part: Part, count: int, seconds: float) -> Json:
    """Rounds of so many seconds, each with a short one of JSON next to it; before them a warm-up of the same length."""

    def in_json() -> object:
        return json.dumps(json.loads(part.given))

    times, times_json = _fitting(part.work, seconds), _fitting(in_json, seconds / 4)
    ours, theirs = [], []
    for _ in range(count):
        ours.append(_each(part.work, times))
        theirs.append(_each(in_json, times_json))
    ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
    return {
        "us": rounds(ours, 2),
        "json_us": rounds(theirs, 2),
        "ratio_to_json": round(ratio, 1),
        "json_bytes": len(part.given),
    }


def rested(work: Callable[[], object], count: int) -> Json:
    """Microseconds of CPU that it takes so many times, after a rest each."""
    taken = []
    for _ in range(count):
        time.sleep(RESTS)
        taken.append(_each(work, 1))
    return rounds(taken, 2)


def _fitting(work: Callable[[], object], seconds: float) -> int:
    """How often it can be done in so many seconds of CPU."""
    work()  # what is worked out once is not counted
    times, end = 0, time.thread_time() + seconds
    while time.thread_time() < end:
        work()
        times += 1
    return max(times, 1)


def _each(work: Callable[[], object], times: int) -> float:
    """Microseconds of CPU that one of them takes."""
    began = time.thread_time()
    for _ in range(times):
        work()
    return (time.thread_time() - began) / times * 1e6


@contextmanager
def _as_in_a_service() -> Iterator[None]:
    """Garbage is collected as seldom as there (shared/service/app.py)."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
