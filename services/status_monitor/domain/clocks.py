"""The five clocks of a ticket, computed from its facts: their cycles, pauses and due times, and how each stands.

- At one instant, first what stops, then what pauses, then what starts: an act at the due instant is in time.
- Nothing is counted up: every answer is worked out from the facts, so their order of arrival does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.status_monitor.domain.calendars import ZERO, Window, merged, reach, spent, within, without
from services.status_monitor.domain.facts import CLOCKS, Facts, Planned, Terms
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
        edges += [(word, "word") for word in facts.heard]
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
    target = target_of(clock, facts, cycle.stop)
    if target is None:
        return Reading(clock, "none")
    cancel = facts.cancel
    end = cycle.stop
    cancelled = cancel is not None and cancel <= now and (end is None or end > cancel)
    if cancelled:
        end = cancel
    holds = holds_of(clock, facts, terms, end)
    due = reach_of(clock, facts, terms, cycle, target, target.duration, holds)
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


def target_of(clock: str, facts: Facts, stop: datetime | None) -> Target | None:
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


def reach_of(
    clock: str, facts: Facts, terms: Terms, cycle: Cycle, target: Target, amount: timedelta, holds: list[Window]
) -> datetime | None:
    begin = facts.start if clock == "total_resolution" else cycle.start
    # A stay in resolved that begins where this cycle stops must not move its due time away.
    away = [(a, b) for a, b in _away(clock, facts, terms) if cycle.stop is None or a < cycle.stop]
    if not holds and not away:
        return reach(terms.calendar(target.calendar).windows(begin), amount)
    return reach(without(terms.calendar(target.calendar).windows(begin), merged([*holds, *away])), amount)
