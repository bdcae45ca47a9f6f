"""What comes due on a ticket's clocks: warnings and breaches, and breaches that a late fact disproves.

- At most one breach a cycle, never after the fact that stopped the clock is known.
- What was said stays said: a verdict that does not hold is followed by a correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.status_monitor.domain.calendars import ZERO, Window
from services.status_monitor.domain.clocks import Cycle, cycles, holds_of, reach_of, target_of
from services.status_monitor.domain.facts import CLOCKS, Facts, Mark, Terms, point_of
from shared.events import Target


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes due on an open clock: warning points at one instant, or (without any) the breach."""

    at: datetime
    clock: str
    cycle: datetime
    due: datetime | None
    target: Target
    points: tuple[str, ...] = ()
    late_plan: bool = False

    def mark(self, now: datetime) -> Mark:
        """The verdict, spoken now."""
        return Mark(
            clock=self.clock,
            cycle=self.cycle,
            kind="at-risk" if self.points else "breached",
            points=self.points,
            due=self.due,
            target=self.target,
            late_plan=self.late_plan,
            at=now,
        )


def coming(facts: Facts, terms: Terms) -> list[Coming]:
    """What is still to be said if nothing stops the clocks, in order of time."""
    result: list[Coming] = []
    for clock in CLOCKS:
        target = target_of(clock, facts, None)
        if target is None:
            continue
        cycle = cycles(clock, facts, terms)[-1]
        if cycle.stop is not None:
            continue
        holds = holds_of(clock, facts, terms, None)
        due = reach_of(clock, facts, terms, cycle, target, target.duration, holds)
        result += _warnings(clock, facts, terms, cycle, target, holds, due)
        if due is not None and not _breached(facts, clock, cycle, due):
            late_plan = len(facts.plans) > 1 and due < facts.plans[-1].at
            result.append(Coming(due, clock, cycle.start, due, target, late_plan=late_plan))
    cancel = facts.cancel
    result = [item for item in result if cancel is None or item.at < cancel]
    return sorted(result, key=lambda item: (item.at, not item.points, CLOCKS.index(item.clock)))


def _warnings(
    clock: str,
    facts: Facts,
    terms: Terms,
    cycle: Cycle,
    target: Target,
    holds: list[Window],
    due: datetime | None,
) -> Iterator[Coming]:
    wanted = terms.warnings.get(clock)
    if not wanted:
        return
    said = {point for mark in facts.marks if mark.clock == clock and mark.cycle == cycle.start for point in mark.points}
    at_once: dict[datetime, list[str]] = {}
    for point in wanted:
        amount = point_of(point, target.duration)
        if point in said or amount <= ZERO:
            continue
        at = reach_of(clock, facts, terms, cycle, target, amount, holds)
        # Past at opening or at a new plan it is not said any more; nor where a pause begins.
        if at is not None and at > facts.plans[-1].at and all(at != begin for begin, _ in holds):
            at_once.setdefault(at, []).append(point)
    for at, points in at_once.items():
        yield Coming(at, clock, cycle.start, due, target, tuple(points))


def _breached(facts: Facts, clock: str, cycle: Cycle, due: datetime) -> bool:
    """Whether this cycle's breach was said and holds. Total resolution uses up one budget over all its cycles."""
    standing: dict[datetime, bool] = {}
    for mark in facts.marks:
        if mark.clock == clock and mark.kind != "at-risk":
            standing[mark.cycle] = mark.kind == "breached"
    if standing.get(cycle.start):
        return True
    return clock == "total_resolution" and due <= cycle.start and any(standing.values())


def due_now(facts: Facts, terms: Terms, upto: Mapping[str, datetime | None], now: datetime) -> list[Mark]:
    """The verdicts to speak now: what came due before the moment up to which the facts of that clock are known."""
    result = []
    for item in coming(facts, terms):
        limit = upto.get(item.clock)
        if limit is not None and item.at < limit:
            result.append(item.mark(now))
    return result


def needs_notifications(clock: str, terms: Terms) -> bool:
    """Whether what stops this clock may wait in the topic `notifications`."""
    return clock == "notification" or (clock == "first_response" and terms.response_met_by == "initial")


def next_due(facts: Facts, terms: Terms) -> tuple[datetime | None, datetime | None]:
    """When something comes due next: on the clocks that need `notifications` too, and on the others."""
    times: dict[bool, datetime] = {}
    for item in coming(facts, terms):
        times.setdefault(needs_notifications(item.clock, terms), item.at)
    return times.get(True), times.get(False)


def disproved(facts: Facts, terms: Terms, now: datetime) -> list[Mark]:
    """The breaches that the facts known now disprove, under the target they were spoken under."""
    result = []
    standing: dict[tuple[str, datetime], Mark] = {}
    for mark in facts.marks:
        if mark.kind == "breached":
            standing[mark.clock, mark.cycle] = mark
        elif mark.kind == "corrected":
            standing.pop((mark.clock, mark.cycle), None)
    for (clock, start), mark in standing.items():
        cycle = next((c for c in cycles(clock, facts, terms) if c.start == start), None)
        if cycle is None or mark.target is None or not _holds_good(clock, facts, terms, cycle, mark, mark.target):
            result.append(mark.model_copy(update={"kind": "corrected", "at": now}))
    return result


def _holds_good(clock: str, facts: Facts, terms: Terms, cycle: Cycle, mark: Mark, target: Target) -> bool:
    due = reach_of(clock, facts, terms, cycle, target, target.duration, holds_of(clock, facts, terms, cycle.stop))
    if due is None or due >= mark.at:
        return False  # a pause that was not known then moved it
    ends = [end for end in (cycle.stop, facts.cancel) if end is not None]
    return not ends or min(ends) > due
