"""What was promised on a ticket and whether it was kept: one verdict a promise, gross and net of accepted exclusions.

- A promise is a clock's. Of `update` each cycle is one, since each owed an update; of `total_resolution` all cycles
  together are, since they have one budget.
- It is read from the facts, not only from what was spoken: what was past due when it stopped is broken, whether or not
  a sweep came to say so, and so is what is past due and open. A breach that was spoken and stands is never taken away.
- Each assessment judges the time in which it counted: a P1 that was late is no P2 in time for being a P2 later.
- Without a target nothing was promised; what was cancelled in time was kept by nobody and broken by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from services.status_monitor.domain.course import Course, Cycle
from services.status_monitor.domain.facts import CLOCKS, Mark, Planned
from services.status_monitor.domain.verdicts import standing

Result = Literal["met", "breached", "open"]


class Verdict(NamedTuple):
    """How a promise fared. `at` is when that was decided; None while it is open."""

    clock: str
    priority: str | None
    """That it was judged under, where that is recorded."""
    gross: Result
    net: Result | None
    """With accepted exclusions taken out, whenever they were accepted; None where nothing is left to be judged."""
    at: datetime | None


def verdicts_of(course: Course, now: datetime, clocks: Sequence[str] = CLOCKS) -> list[Verdict]:
    """The verdicts on everything that was promised on these clocks, by what is known now."""
    if not course.facts.plans:
        return []
    marks = standing(course.facts)
    found: list[Verdict] = []
    for clock in clocks:
        if not any(plan.targets.get(clock) for plan in course.facts.plans):
            continue
        said = {mark.cycle: mark for mark in marks if mark.clock == clock}
        judged = [_judge(course, clock, cycle, said.get(cycle.start), now) for cycle in course.cycles(clock)]
        whole = [_together(judged)] if clock == "total_resolution" else judged
        found += [verdict for verdict in whole if verdict is not None]
    return found


def _together(judged: Sequence[Verdict | None]) -> Verdict | None:
    """Of cycles with one budget: broken once is broken, else it stands as the last one does."""
    broken = [verdict for verdict in judged if verdict is not None and verdict.gross == "breached"]
    if not broken:
        return judged[-1]
    last = judged[-1]
    spared: Result | None = None if last is None else last.net
    return broken[0]._replace(net="breached" if any(verdict.net == "breached" for verdict in broken) else spared)


def _judge(course: Course, clock: str, cycle: Cycle, mark: Mark | None, now: datetime) -> Verdict | None:
    end, cancel = cycle.stop, course.cancel
    cancelled = cancel is not None and cancel <= now and (end is None or end > cancel)
    if cancelled:
        end = cancel
    counting = course.plan(end)
    promised = counting is not None and counting.targets.get(clock) is not None
    kept: Result | None = None if cancelled or not promised else "open" if end is None else "met"
    fell = _broken(course, clock, cycle, end, now, net=False)
    if mark is not None:
        at = mark.fell or mark.at
        fell = at, _counting_at(course.facts.plans, at)
    if fell is None:
        if kept is None or counting is None:
            return None
        return Verdict(clock, counting.priority, kept, kept, end)
    net = _broken(course, clock, cycle, end, now, net=True) is not None
    return Verdict(clock, fell[1].priority, "breached", "breached" if net else kept, fell[0])


def _broken(
    course: Course, clock: str, cycle: Cycle, end: datetime | None, now: datetime, *, net: bool
) -> tuple[datetime, Planned] | None:
    """When the cycle was past due, under the assessment that counted then: at its due time, or late on re-plan.

    Gross, an exclusion counts from its acceptance on, so that the ones that came too late prevent no breach.
    """
    plans = course.facts.plans
    for place, plan in enumerate(plans):
        target = plan.targets.get(clock)
        until = plans[place + 1].at if place + 1 < len(plans) else None
        stops = min((at for at in (end, until) if at is not None), default=None)
        if target is None or (place and (plan.at > now or (stops is not None and plan.at >= stops))):
            continue
        decided_by = plan.at if until is not None and (end is None or until < end) else None
        holds = course.holds(clock, end, net=net, decided_by=decided_by)
        due = course.due(clock, cycle, target, holds)
        if due is None or due >= now:
            continue
        fell = max(due, cycle.start, plan.at) if place else max(due, cycle.start)
        if fell <= now and (stops is None or fell < stops):
            return fell, plan
    return None


def _counting_at(plans: Sequence[Planned], at: datetime) -> Planned:
    return next((plan for plan in reversed(plans) if plan.at <= at), plans[0])
