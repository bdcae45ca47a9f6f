"""What comes due on a ticket's clocks: warnings and breaches, and breaches that a late fact disproves.

- At most one breach a cycle, never after the fact that stopped the clock is known; total resolution has one budget
  over all its cycles, so what was said of that is not said again after a reopening.
- What was said stays said: a verdict that does not hold is followed by a correction. An exclusion that is accepted
  after the breach, or a target that is lengthened after it, disproves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from services.status_monitor.domain.calendars import ZERO, Window
from services.status_monitor.domain.course import Course, Cycle
from services.status_monitor.domain.facts import CLOCKS, Facts, Mark
from services.status_monitor.domain.promised import Terms, point_of
from shared.events import Target


class Coming(NamedTuple):
    """Something that comes due on an open clock: warning points at one instant, or (without any) the breach."""

    at: datetime
    clock: str
    cycle: datetime
    due: datetime | None
    target: Target
    points: tuple[str, ...] = ()
    fell: datetime | None = None

    def mark(self, now: datetime) -> Mark:
        """The verdict, spoken now."""
        return Mark(
            clock=self.clock,
            cycle=self.cycle,
            kind="at-risk" if self.points else "breached",
            points=self.points,
            due=self.due,
            target=self.target,
            late_plan=self.fell is not None,
            fell=self.fell or self.at,
            at=now,
        )


def coming(course: Course) -> list[Coming]:
    """What is still to be said if nothing stops the clocks, in order of time."""
    facts = course.facts
    cancel = course.cancel
    result: list[Coming] = []
    for clock in CLOCKS:
        target = course.target(clock, cancel)
        if target is None and len(facts.plans) < 2:
            continue
        cycle = course.cycles(clock)[-1]
        if cycle.stop is not None:
            continue
        breach = _silent(course, clock, cycle) if len(facts.plans) > 1 else None
        if target is not None:
            holds = course.holds(clock, cancel)
            due = course.due(clock, cycle, target, holds)
            since = course.planned_at(clock)
            if points := course.terms.warnings.get(clock):
                result += _warnings(course, clock, cycle, target, holds, due, points, since)
            if breach is None and due is not None:
                breach = _breach(course, clock, cycle, target, due, since)
        if breach is not None and not _breached(facts, clock, cycle, breach.at):
            result.append(breach)
    if cancel is not None:
        result = [item for item in result if item.at < cancel]
    return sorted(result, key=lambda item: (item.at, not item.points, CLOCKS.index(item.clock)))


def _breach(course: Course, clock: str, cycle: Cycle, target: Target, due: datetime, since: datetime) -> Coming:
    """The breach at its due time; late on re-plan, where the target counts only `since` a later moment."""
    late = due < since and since != (course.facts.opened or course.facts.start)
    return Coming(due, clock, cycle.start, due, target, fell=max(since, cycle.start) if late else None)


def _silent(course: Course, clock: str, cycle: Cycle) -> Coming | None:
    """The first breach that fell while an earlier assessment counted.

    An exclusion that was accepted, or a target that was lengthened, before anybody came to say so does not undo it.
    """
    plans = course.facts.plans
    for place, (plan, after) in enumerate(pairwise(plans)):
        target = plan.targets.get(clock)
        if course.cancel is not None and plan.at >= course.cancel:
            break
        if target is None or after.at <= cycle.start:
            continue
        due = course.due(clock, cycle, target, course.holds(clock, cycle.stop, decided_by=plan.at))
        if due is None:
            continue
        breach = _breach(course, clock, cycle, target, due, course.planned_at(clock, place + 1))
        if max(breach.fell or due, cycle.start) < after.at:
            return breach
    return None


def _warnings(
    course: Course,
    clock: str,
    cycle: Cycle,
    target: Target,
    holds: list[Window],
    due: datetime | None,
    wanted: tuple[str, ...],
    since: datetime,
) -> Iterator[Coming]:
    one_budget = clock == "total_resolution"
    said = {
        point
        for mark in course.facts.marks
        if mark.clock == clock and (one_budget or mark.cycle == cycle.start)
        for point in mark.points
    }
    at_once: dict[datetime, list[str]] = {}
    for point in wanted:
        amount = point_of(point, target.duration)
        if point in said or amount <= ZERO:
            continue
        at = course.reached(clock, cycle, target, holds, amount)
        # What was past at opening, at a new plan or at a reopening is not said any more.
        if at is not None and at >= since and at >= cycle.start:
            at_once.setdefault(at, []).append(point)
    for at, points in at_once.items():
        yield Coming(at, clock, cycle.start, due, target, tuple(points))


def _breached(facts: Facts, clock: str, cycle: Cycle, due: datetime) -> bool:
    """Whether this cycle's breach was said and holds, or that of the same budget before a reopening."""
    cycles = {mark.cycle for mark in standing(facts) if mark.clock == clock}
    return cycle.start in cycles or (clock == "total_resolution" and due <= cycle.start and bool(cycles))


def standing(facts: Facts) -> list[Mark]:
    """The breaches that were said and not corrected."""
    found: dict[tuple[str, datetime], Mark] = {}
    for mark in facts.marks:
        if mark.kind == "breached":
            found[mark.clock, mark.cycle] = mark
        elif mark.kind == "corrected":
            found.pop((mark.clock, mark.cycle), None)
    return list(found.values())


def due_now(course: Course, upto: Mapping[str, datetime | None], now: datetime) -> list[Mark]:
    """The verdicts to speak now: what came due before the moment up to which the facts of that clock are known."""
    result = []
    for item in coming(course):
        limit = upto.get(item.clock)
        if limit is not None and item.at < limit:
            result.append(item.mark(now))
    return result


def needs_notifications(clock: str, terms: Terms) -> bool:
    """Whether what stops this clock may wait in the topic `notifications`."""
    return clock == "notification" or (clock == "first_response" and terms.response_met_by == "initial")


def next_due(course: Course) -> tuple[datetime | None, datetime | None]:
    """When something comes due next: on the clocks that need `notifications` too, and on the others."""
    times: dict[bool, datetime] = {}
    for item in coming(course):
        times.setdefault(needs_notifications(item.clock, course.terms), item.at)
    return times.get(True), times.get(False)


def disproved(course: Course, now: datetime) -> list[Mark]:
    """The breaches that the facts known now disprove, as corrections to be spoken."""
    breaches = standing(course.facts)
    wrong = [mark for mark in breaches if not holds_good(course, mark, now)]
    return [mark.model_copy(update={"kind": "corrected", "at": now}) for mark in wrong]


def holds_good(course: Course, mark: Mark, now: datetime, *, net: bool = False) -> bool:
    """Whether the cycle was past due by what is known now, under the target that counted when the breach came about.

    Net, accepted exclusions are taken out, whenever they were accepted.
    """
    cycle = next((cycle for cycle in course.cycles(mark.clock) if cycle.start == mark.cycle), None)
    fell = mark.fell or mark.at
    plans = course.facts.plans
    plan = next((plan for plan in reversed(plans) if plan.at <= fell), plans[0] if plans else None)
    target = plan.targets.get(mark.clock) if plan is not None else None
    if cycle is None or plan is None or target is None:
        return False
    holds = course.holds(mark.clock, cycle.stop, net=net, decided_by=fell)
    due = course.due(mark.clock, cycle, target, holds)
    if due is None:
        return False
    past = max(due, plan.at) if mark.late_plan else due
    ends = [end for end in (cycle.stop, course.cancel, now) if end is not None]
    return past < min(ends)


class Tally(NamedTuple):
    """What was said of a clock over all its cycles and holds."""

    breaches: int
    warnings: int


def tally(course: Course, clock: str, now: datetime, *, net: bool = False) -> Tally:
    """How many breaches and warnings; net, those that there would be with accepted exclusions taken out."""
    breaches = [mark for mark in standing(course.facts) if mark.clock == clock]
    warnings = [mark for mark in course.facts.marks if mark.clock == clock and mark.kind == "at-risk"]
    if net:
        breaches = [mark for mark in breaches if holds_good(course, mark, now, net=True)]
        warnings = [mark for mark in warnings if _reached_net(course, mark, now)]
    return Tally(len(breaches), len(warnings))


def _reached_net(course: Course, mark: Mark, now: datetime) -> bool:
    cycle = next((cycle for cycle in course.cycles(mark.clock) if cycle.start == mark.cycle), None)
    if cycle is None or mark.target is None:
        return False
    holds = course.holds(mark.clock, cycle.stop, net=True)
    end = min(end for end in (cycle.stop, course.cancel, now) if end is not None)
    points = (point_of(point, mark.target.duration) for point in mark.points)
    times = [course.reached(mark.clock, cycle, mark.target, holds, amount) for amount in points]
    return any(at is not None and at < end for at in times)
