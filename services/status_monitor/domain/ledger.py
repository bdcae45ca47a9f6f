"""The ledger of a ticket's clocks: append-only entries, in the words of an SLA engine.

- An entry is what the facts imply, or a verdict that was spoken; what new facts imply beyond the old is appended, and
  what lies in the future is appended when its time has come.
- It is kept where nothing is promised too, so that another plan can be tried on it later.
- A public word restarts the update clock; only Resolved meets it.
- A hold is one `paused` and one `resumed`, over however many cycles; one that the clock's stop ends has no `resumed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Literal, NamedTuple

from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Mark
from shared.events import Target

Kind = Literal[
    "activated", "targeted", "paused", "resumed", "at-risk", "breached", "met", "corrected", "cancelled", "restarted"
]
# At one instant: what stops, what pauses, what starts; but a clock begins before it is stopped or held.
_ORDER = {"activated": 0, "met": 1, "cancelled": 1, "restarted": 2, "paused": 3, "resumed": 4, "targeted": 5}
_PLACE = {clock: place for place, clock in enumerate(CLOCKS)}


class Entry(NamedTuple):
    """What happened to a clock, and when; verdicts also say when they were spoken, in `detail`."""

    clock: str
    cycle: datetime
    kind: Kind
    at: datetime
    detail: str = ""


def implied(course: Course) -> list[Entry]:
    """What the facts say of every clock, in order, as far as it is known to come."""
    if not course.facts.plans:
        return []
    entries = [entry for clock in CLOCKS for entry in _of_clock(clock, course)]
    return sorted(entries, key=lambda entry: (entry.at, _PLACE[entry.clock], _ORDER[entry.kind]))


def _of_clock(clock: str, course: Course) -> Iterator[Entry]:
    cancel = course.cancel
    plans = course.facts.plans
    runs = course.cycles(clock)
    for place, cycle in enumerate(runs):
        detail = _say(plans[0].targets.get(clock)) if place == 0 else ""
        yield Entry(clock, cycle.start, "restarted" if place else "activated", cycle.start, detail)
        stop = cycle.stop
        if cancel is not None and (stop is None or stop > cancel):
            if cancel >= cycle.start:
                yield Entry(clock, cycle.start, "cancelled", cancel)
            break
        goes_on = place + 1 < len(runs) and runs[place + 1].start == stop
        if stop is not None and not goes_on:
            yield Entry(clock, cycle.start, "met", stop)
    yield from _holds(clock, course)
    yield from _lapses(clock, course)
    end = runs[-1].stop if cancel is None else min(runs[-1].stop or cancel, cancel)
    for before, after in pairwise(plans):
        new = after.targets.get(clock)
        if new != before.targets.get(clock) and (end is None or after.at < end):
            yield Entry(clock, runs[0].start, "targeted", after.at, _say(new))


def _holds(clock: str, course: Course) -> Iterator[Entry]:
    cancel = course.cancel
    runs = course.cycles(clock)
    for begin, stop in course.open_spans(clock):
        if cancel is not None and cancel < begin:
            return
        end = cancel if cancel is not None and (stop is None or stop > cancel) else stop
        for held, freed in course.holds(clock, end, lapsed=False):
            if freed is None or freed > begin:
                at = max(held, begin)
                cycle = max((run.start for run in runs if run.start <= at), default=begin)
                yield Entry(clock, cycle, "paused", at)
                if freed is not None and (end is None or freed < end):
                    yield Entry(clock, cycle, "resumed", freed)


def _lapses(clock: str, course: Course) -> Iterator[Entry]:
    """The term ended and was renewed: what ran at the end was cancelled, and resumes unless it was met meanwhile."""
    for lapse in course.facts.lapses:
        for cycle in course.cycles(clock):
            if cycle.start <= lapse.begin and (cycle.stop is None or cycle.stop > lapse.begin):
                yield Entry(clock, cycle.start, "cancelled", lapse.begin)
                if cycle.stop is None or cycle.stop > lapse.end:
                    yield Entry(clock, cycle.start, "resumed", lapse.end)


def _say(target: Target | None) -> str:
    return "no guarantee" if target is None else f"{int(target.duration.total_seconds())} s on {target.calendar}"


def spoken(mark: Mark) -> Entry:
    """A verdict as an entry: when it was spoken, with the points, or the cause where it is a special one."""
    detail = "late on re-plan" if mark.late_plan else ", ".join(mark.points)
    return Entry(mark.clock, mark.cycle, mark.kind, mark.at, detail)


def appended(
    before: Course | None, after: Course, marks: Iterable[Mark], since: datetime, now: datetime
) -> list[Entry]:
    """What is to be written now: entries that are implied and were not written by `since`, then the new verdicts.

    `before` is what was known when the ledger was last written, `since` up to when it was.
    """
    known = {entry for entry in implied(before) if entry.at <= since} if before is not None else set()
    fresh = [entry for entry in implied(after) if entry.at <= now and entry not in known]
    return fresh + [spoken(mark) for mark in marks]


def pending(course: Course, now: datetime) -> datetime | None:
    """When something that is known to come may have to be written: an end of a hold, an exclusion or the term."""
    facts = course.facts
    times: list[datetime | None] = [facts.term_end]
    for hold in facts.holds:
        times += [hold.begin, hold.end]
    for span, _ in course.exclusions:
        times += span
    return min((at for at in times if at is not None and at > now), default=None)
