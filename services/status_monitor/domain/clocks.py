"""The five clocks of a ticket, computed from its facts: how each stands, what comes due, what a late fact disproves.

- At one instant, first what stops, then what pauses, then what starts, then warnings and breaches: an act at the due
  instant is in time.
- Nothing is counted up: every answer is worked out from the facts, so their order of arrival does not matter.
- At most one breach a cycle, never after the fact that stopped the clock is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.status_monitor.domain.calendars import ZERO, Window, merged, reach, spent, within, without
from services.status_monitor.domain.facts import CLOCKS, Facts, Mark, Planned, Terms, point_of
from shared.events import Clock, Target

ClockState = Literal["none", "running", "paused", "met", "late", "breached", "cancelled"]


@dataclass(frozen=True)
class Cycle:
    """A run of a clock, half-open; without a stop it is still open."""

    start: datetime
    stop: datetime | None


@dataclass(frozen=True)
class Reading:
    """A clock as it stands at a time; `elapsed` and `paused` in working time of its calendar."""

    clock: str
    state: ClockState
    due: datetime | None = None
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
    start = facts.start
    if clock == "notification":
        return [Cycle(start, facts.notified)]
    if clock == "first_response":
        met = facts.responded
        if terms.response_met_by == "initial" and facts.initial_notified is not None:
            met = facts.initial_notified if met is None else min(met, facts.initial_notified)
        return [Cycle(start, met)]
    if clock == "first_resolution":
        return [Cycle(start, facts.resolved[0].begin if facts.resolved else None)]
    # A stay without length (resolved and reopened at one instant) is none: the word that was said is what counts.
    stays = [span for span in facts.resolved if span.end != span.begin]
    edges = [(span.begin, "stop") for span in stays]
    edges += [(span.end, "start") for span in stays if span.end is not None]
    if clock == "update":
        edges += [(word, "word") for word in facts.words]
    return list(_runs(start, sorted(edges)))


def _runs(start: datetime, edges: Iterable[tuple[datetime, str]]) -> Iterator[Cycle]:
    open_at: datetime | None = start
    for at, kind in edges:
        if kind == "start":
            open_at = at if open_at is None else open_at
        elif open_at is not None and (kind == "stop" or at > open_at):
            yield Cycle(open_at, max(at, open_at))
            open_at = at if kind == "word" else None
    if open_at is not None:
        yield Cycle(open_at, None)


def read(clock: str, facts: Facts, terms: Terms, now: datetime) -> Reading:
    """How the clock stands now, by the facts known."""
    if not any(plan.targets.get(clock) for plan in facts.plans):
        return Reading(clock, "none")
    cycle = cycles(clock, facts, terms)[-1]
    target = _target(clock, facts, cycle.stop)
    if target is None:
        return Reading(clock, "none")
    cancel = facts.cancel
    end = cycle.stop
    cancelled = cancel is not None and cancel <= now and (end is None or end > cancel)
    if cancelled:
        end = cancel
    holds = holds_of(clock, facts, terms, end)
    due = _reach(clock, facts, terms, cycle, target, target.duration, holds)
    until = now if end is None else min(end, now)
    calendar = terms.calendar(target.calendar)
    begin = facts.start if clock == "total_resolution" else cycle.start
    away = merged([*holds, *_away(clock, facts, terms)])
    counted = without(calendar.windows(begin), away)
    paused_in = without(calendar.windows(begin), _away(clock, facts, terms))
    held = any(a <= now and (b is None or now < b) for a, b in holds)
    state: ClockState
    if cancelled:
        state = "cancelled"
    elif end is not None:
        state = "met" if due is None or end <= due else "late"
    elif due is not None and due < now:
        state = "breached"
    else:
        state = "paused" if held else "running"
    return Reading(
        clock, state, None if state == "paused" else due, target, spent(counted, until), within(paused_in, holds, until)
    )


def read_all(facts: Facts, terms: Terms, now: datetime) -> tuple[Reading, ...]:
    """Every clock; none of them before the first assessment says what is promised."""
    return tuple(read(clock, facts, terms, now) for clock in CLOCKS) if facts.plans else ()


def _plan(facts: Facts, stop: datetime | None) -> Planned | None:
    """What counts: the last assessment, but for a clock that was met, the last one before it was."""
    if not facts.plans:
        return None
    if stop is None:
        return facts.plans[-1]
    held = [plan for plan in facts.plans if plan.at <= stop]
    return held[-1] if held else facts.plans[0]


def _target(clock: str, facts: Facts, stop: datetime | None) -> Target | None:
    plan = _plan(facts, stop)
    return plan.targets.get(clock) if plan else None


def holds_of(clock: str, facts: Facts, terms: Terms, end: datetime | None) -> list[Window]:
    """The intervals that pause this clock; one that stopped while paused, as if the pause had ended there."""
    if not facts.holds:
        return []
    reasons = {reason for reason, clocks in terms.pauses.items() if clock in clocks}
    spans: list[Window] = [(hold.begin, hold.end) for hold in facts.holds if hold.reason in reasons]
    if end is not None:
        spans = [(a, end if b is None else min(b, end)) for a, b in spans if a < end]
    return merged(spans)


def _away(clock: str, facts: Facts, terms: Terms) -> list[Window]:
    """Total resolution does not count the time in resolved, unless the plan says so."""
    if clock != "total_resolution" or terms.closed_counts:
        return []
    return merged([(span.begin, span.end) for span in facts.resolved])


def _reach(
    clock: str, facts: Facts, terms: Terms, cycle: Cycle, target: Target, amount: timedelta, holds: list[Window]
) -> datetime | None:
    begin = facts.start if clock == "total_resolution" else cycle.start
    # A stay in resolved that begins where this cycle stops must not move its due time away.
    away = [(a, b) for a, b in _away(clock, facts, terms) if cycle.stop is None or a < cycle.stop]
    if not holds and not away:
        return reach(terms.calendar(target.calendar).windows(begin), amount)
    return reach(without(terms.calendar(target.calendar).windows(begin), merged([*holds, *away])), amount)


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
        target = _target(clock, facts, None)
        if target is None:
            continue
        cycle = cycles(clock, facts, terms)[-1]
        if cycle.stop is not None:
            continue
        holds = holds_of(clock, facts, terms, None)
        due = _reach(clock, facts, terms, cycle, target, target.duration, holds)
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
        at = _reach(clock, facts, terms, cycle, target, amount, holds)
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
    due = _reach(clock, facts, terms, cycle, target, target.duration, holds_of(clock, facts, terms, cycle.stop))
    if due is None or due >= mark.at:
        return False  # a pause that was not known then moved it
    ends = [end for end in (cycle.stop, facts.cancel) if end is not None]
    return not ends or min(ends) > due
