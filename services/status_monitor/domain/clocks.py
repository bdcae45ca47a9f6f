"""How the five clocks of a ticket stand at a time, gross and net of accepted exclusions.

Nothing is counted up: every answer is worked out from the facts, so their order of arrival does not matter.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from services.status_monitor.domain.calendars import ZERO, merged, spent, within, without
from services.status_monitor.domain.course import Course, Cycle
from services.status_monitor.domain.facts import CLOCKS, Facts
from services.status_monitor.domain.promised import Terms
from shared.events import Clock, Target

__all__ = ["ClockState", "Cycle", "Reading", "cycles", "read", "read_all"]
ClockState = Literal["none", "running", "paused", "met", "late", "breached", "cancelled"]


class Reading(NamedTuple):
    """A clock as it stands at a time; `elapsed` and `paused` in working time of its calendar."""

    clock: str
    state: ClockState
    due: datetime | None = None
    """None while it is paused, also where it is breached: when that was, the ledger has."""
    target: Target | None = None
    elapsed: timedelta = ZERO
    paused: timedelta = ZERO

    def event(self) -> Clock:
        """As StatusChanged carries it."""
        return Clock(
            clock=self.clock,
            state=self.state,
            due=self.due,
            paused=self.paused,
            target=self.target.duration if self.target else None,
            calendar=self.target.calendar if self.target else None,
        )


def cycles(clock: str, facts: Facts, terms: Terms) -> list[Cycle]:
    """The runs of a clock, the present one last."""
    return Course(facts, terms).cycles(clock)


def read(clock: str, facts: Facts, terms: Terms, now: datetime, *, net: bool = False) -> Reading:
    """How the clock stands now, by the facts known; `net`, with accepted exclusions taken out."""
    return reading(Course(facts, terms), clock, now, net=net)


def read_all(course: Course, now: datetime) -> tuple[Reading, ...]:
    """Every clock; none of them before the first assessment says what is promised."""
    if not course.facts.plans:
        return ()
    return tuple(reading(course, clock, now) for clock in CLOCKS)


def reading(course: Course, clock: str, now: datetime, *, net: bool = False) -> Reading:
    """How the clock stands now."""
    if not any(plan.targets.get(clock) for plan in course.facts.plans):
        return Reading(clock, "none")
    cycle = course.cycles(clock)[-1]
    cancel = course.cancel
    end = cycle.stop
    cancelled = cancel is not None and cancel <= now and (end is None or end > cancel)
    if cancelled:
        end = cancel
    target = course.target(clock, end)
    if target is None:
        return Reading(clock, "none")
    holds = course.holds(clock, end, net=net)
    due = course.due(clock, cycle, target, holds)
    held = end is None and any(a <= now and (b is None or now < b) for a, b in holds)
    state: ClockState
    if cancelled:
        state = "cancelled"
    elif end is not None:
        state = "met" if due is None or end <= due else "late"
    elif due is not None and due < now:
        state = "breached"
    else:
        state = "paused" if held else "running"
    until = now if end is None else min(end, now)
    hours = course.terms.at(end).calendar(target)
    begin = course.begin(clock, cycle)
    away = course.away(clock)
    if not holds and not away:
        return Reading(clock, state, due, target, spent(hours.windows(begin), until))
    elapsed = spent(without(hours.windows(begin), merged([*holds, *away])), until)
    paused = within(without(hours.windows(begin), away), holds, until)
    return Reading(clock, state, None if held else due, target, elapsed, paused)
