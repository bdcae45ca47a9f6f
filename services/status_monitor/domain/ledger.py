"""The ledger of a ticket's clocks: append-only entries, in the words of an SLA engine.

An entry is what the facts imply, or a verdict that was spoken; what new facts imply beyond the old is appended.
Clocks that were never promised anything have no entries: their facts are kept with the ticket all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.status_monitor.domain.clocks import cycles, holds_of
from services.status_monitor.domain.facts import CLOCKS, Facts, Mark, Terms
from shared.events import Target

Kind = Literal[
    "activated", "targeted", "paused", "resumed", "at-risk", "breached", "met", "corrected", "cancelled", "restarted"
]
# At one instant: what stops, what pauses, what starts.
_ORDER = {"met": 0, "cancelled": 0, "paused": 1, "resumed": 2, "activated": 3, "restarted": 3, "targeted": 4}


@dataclass(frozen=True)
class Entry:
    """What happened to a clock, and when; verdicts also say when they were spoken, in `detail`."""

    clock: str
    cycle: datetime
    kind: Kind
    at: datetime
    detail: str = ""


def implied(facts: Facts, terms: Terms) -> list[Entry]:
    """What the facts say of every clock that was promised something, in order."""
    entries = [
        entry
        for clock in CLOCKS
        if any(plan.targets.get(clock) for plan in facts.plans)
        for entry in _of_clock(clock, facts, terms)
    ]
    return sorted(entries, key=lambda entry: (entry.at, CLOCKS.index(entry.clock), _ORDER[entry.kind]))


def _of_clock(clock: str, facts: Facts, terms: Terms) -> Iterator[Entry]:
    cancel = facts.cancel
    runs = cycles(clock, facts, terms)
    for place, cycle in enumerate(runs):
        detail = _say(facts.plans[0].targets.get(clock)) if place == 0 else ""
        yield Entry(clock, cycle.start, "restarted" if place else "activated", cycle.start, detail)
        stop = cycle.stop
        cancelled = cancel is not None and (stop is None or stop > cancel)
        end = cancel if cancelled else stop
        for begin, freed in holds_of(clock, facts, terms, end):
            if freed is None or freed > cycle.start:
                yield Entry(clock, cycle.start, "paused", max(begin, cycle.start))
                if freed is not None and (end is None or freed < end):
                    yield Entry(clock, cycle.start, "resumed", freed)
        if cancelled and cancel is not None and cancel >= cycle.start:
            yield Entry(clock, cycle.start, "cancelled", cancel)
        elif stop is not None:
            yield Entry(clock, cycle.start, "met", stop)
    for before, after in zip(facts.plans, facts.plans[1:], strict=False):
        new = after.targets.get(clock)
        if new != before.targets.get(clock) and (runs[-1].stop is None or after.at < runs[-1].stop):
            yield Entry(clock, runs[0].start, "targeted", after.at, _say(new))


def _say(target: Target | None) -> str:
    return "no guarantee" if target is None else f"{int(target.duration.total_seconds())} s on {target.calendar}"


def spoken(mark: Mark) -> Entry:
    """A verdict as an entry: at its due time, with the cause where it is a special one."""
    detail = "late on re-plan" if mark.late_plan else ", ".join(mark.points)
    return Entry(mark.clock, mark.cycle, mark.kind, mark.at, detail)


def appended(before: Facts | None, after: Facts, terms: Terms) -> list[Entry]:
    """What is to be written now: entries that the new facts imply and the old did not, then the new verdicts."""
    if before is after:
        return []
    known = set(implied(before, terms)) if before is not None and before.plans else set()
    fresh = [entry for entry in implied(after, terms) if entry not in known] if after.plans else []
    marks = after.marks[len(before.marks) if before is not None else 0 :]
    return fresh + [spoken(mark) for mark in marks]
