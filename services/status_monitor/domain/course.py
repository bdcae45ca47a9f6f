"""The course of a ticket's clocks: when each of them ran, was held and stopped, by the facts under the terms.

- At one instant: first what stops, then what pauses, then what starts; a new plan comes after what stops.
- Intervals are half-open. A hold that was on when a clock stopped ended there.
- An exclusion that was accepted after a clock stopped pauses nothing any more: it counts net alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from services.status_monitor.domain.calendars import Hours, Window, common, due_at, merged, reach, without
from services.status_monitor.domain.facts import EXCLUSION, WAITING, Facts, Move, Planned
from services.status_monitor.domain.promised import Terms
from shared.events import Target

_RANK = {"resolved": 0, "closed": 1, "asked": 2, "answered": 3, "went on": 4, "reopened": 5}


class Cycle(NamedTuple):
    """A run of a clock, half-open; without a stop it is still open."""

    start: datetime
    stop: datetime | None


class Stays(NamedTuple):
    """When the ticket waited for the customer and when it was resolved, and when it was closed."""

    waiting: tuple[Window, ...] = ()
    resolved: tuple[Window, ...] = ()
    closed: datetime | None = None


_NONE = Stays()


def stays_of(moves: Sequence[Move]) -> Stays:
    """The states that the moves lead through, in the order in which they came about."""
    if not moves:
        return _NONE
    waiting: list[Window] = []
    resolved: list[Window] = []
    state, since = "open", moves[0].at
    for move in sorted(moves, key=lambda item: (item.at, _RANK[item.kind])):
        after = _step(state, move.kind)
        if after == state:
            continue
        if state == "waiting":
            waiting.append((since, move.at))
        elif state == "resolved" and after != "closed":
            resolved.append((since, move.at))
        if after == "closed":
            if state == "resolved":
                resolved.append((since, None))
            return Stays(tuple(waiting), tuple(resolved), move.at)
        state, since = after, move.at
    if state == "waiting":
        waiting.append((since, None))
    elif state == "resolved":
        resolved.append((since, None))
    return Stays(tuple(waiting), tuple(resolved))


def _step(state: str, kind: str) -> str:
    if kind in ("resolved", "closed"):
        return kind
    if kind == "asked":
        return "waiting" if state == "open" else state
    ends = {"answered": ("waiting", "resolved"), "went on": ("waiting",), "reopened": ("resolved",)}[kind]
    return "open" if state in ends else state


class Course:
    """What the facts say of every clock; worked out once, when it is asked for."""

    __slots__ = ("_cycles", "_exclusions", "_stays", "facts", "terms")

    def __init__(self, facts: Facts, terms: Terms) -> None:
        self.facts = facts
        self.terms = terms
        self._stays: Stays | None = None
        self._cycles: dict[str, list[Cycle]] = {}
        self._exclusions: tuple[tuple[Window, datetime], ...] | None = None

    @property
    def stays(self) -> Stays:
        if self._stays is None:
            self._stays = stays_of(self.facts.moves)
        return self._stays

    @property
    def cancel(self) -> datetime | None:
        """From here nothing unmet is owed any more: the ticket was closed, or the term ended."""
        closed, ended = self.stays.closed, self.facts.term_end
        return min(closed, ended) if closed and ended else closed or ended

    def cycles(self, clock: str) -> list[Cycle]:
        """The runs of a clock, the present one last."""
        known = self._cycles.get(clock)
        if known is None:
            known = self._cycles[clock] = self._runs(clock)
        return known

    def _runs(self, clock: str) -> list[Cycle]:
        facts = self.facts
        start = facts.start
        if clock == "notification":
            return [Cycle(start, facts.notified)]
        if clock == "first_response":
            return [Cycle(start, self._responded())]
        stays = self.stays.resolved
        if clock == "first_resolution":
            return [Cycle(start, stays[0][0] if stays else None)]
        runs = []
        words = sorted(set(facts.heard)) if clock == "update" else []
        for begin, end in self.open_spans(clock):
            at = begin
            for word in words:
                if at < word and (end is None or word < end):
                    runs.append(Cycle(at, word))
                    at = word
            runs.append(Cycle(at, end))
        cancel = self.cancel
        return runs if cancel is None else [run for run in runs if run.start <= cancel] or runs[:1]

    def open_spans(self, clock: str) -> list[Window]:
        """When the clock ran, whatever cycles that was: for update and total resolution, all that was not resolved.

        A stay in resolved without length (reopened at the same instant) is none.
        """
        if clock not in ("update", "total_resolution"):
            cycle = self.cycles(clock)[-1]
            return [(cycle.start, cycle.stop)]
        spans: list[Window] = []
        at: datetime | None = self.facts.start
        for begin, end in self.stays.resolved:
            if at is not None and begin != end:
                spans.append((at, max(at, begin)))
                at = end
        if at is not None:
            spans.append((at, None))
        return spans

    def _responded(self) -> datetime | None:
        by_person, by_initial = self.facts.responded, self.facts.initial_notified
        if by_initial is None or self.terms.response_met_by != "initial":
            return by_person
        return by_initial if by_person is None else min(by_person, by_initial)

    def plan(self, stop: datetime | None) -> Planned | None:
        """What counts: the last assessment; for a clock that stopped, the last one before."""
        plans = self.facts.plans
        if not plans:
            return None
        if stop is not None and len(plans) > 1:
            return next((plan for plan in reversed(plans) if plan.at < stop), plans[0])
        return plans[-1]

    def target(self, clock: str, stop: datetime | None) -> Target | None:
        plan = self.plan(stop)
        return plan.targets.get(clock) if plan else None

    def planned_at(self, clock: str, count: int | None = None) -> datetime:
        """Since when the present target of this clock counts; the first one, since the ticket was opened.

        With a count: by so many assessments, the first ones.
        """
        plans = self.facts.plans[:count]
        at = self.facts.opened or self.facts.start
        for before, after in pairwise(plans):
            if before.targets.get(clock) != after.targets.get(clock) or _terms(before) != _terms(after):
                at = after.at
        return at

    @property
    def exclusions(self) -> tuple[tuple[Window, datetime], ...]:
        """The intervals that are excluded by the last assessment, and since when that is decided."""
        if self._exclusions is None:
            found = []
            plans = self.facts.plans
            for item in plans[-1].excluded if plans else ():
                decided = plans[-1].at
                for plan in reversed(plans):
                    if item not in plan.excluded:
                        break
                    decided = plan.at
                found.append(((item.begin, item.end), decided))
            self._exclusions = tuple(found)
        return self._exclusions

    def excluded(self, by: datetime | None) -> list[Window]:
        """The time that is excluded by what was accepted by then and, where it was amended since, still is."""
        plans = self.facts.plans
        count = len(plans) if by is None else sum(plan.at <= by for plan in plans)
        if count == 0:
            return []
        accepted = plans[count - 1].excluded
        found = merged((item.begin, item.end) for item in accepted)
        for plan in plans[count:]:
            if plan.excluded != accepted:
                found = common(found, merged((item.begin, item.end) for item in plan.excluded))
        return found

    def holds(
        self,
        clock: str,
        end: datetime | None,
        *,
        net: bool = False,
        decided_by: datetime | None = None,
        lapsed: bool = True,
    ) -> list[Window]:
        """The intervals that pause this clock up to its end, merged; `net`, all accepted exclusions too.

        Exclusions count (but net) as far as they were accepted by then, or else by the end, and ever since. `lapsed`:
        those between two terms too, which pause every clock.
        """
        facts = self.facts
        stays = self.stays
        excluded = bool(facts.plans and facts.plans[-1].excluded)
        if not facts.holds and not stays.waiting and not excluded and not facts.lapses:
            return []
        pauses = self.terms.at(end).pauses
        spans: list[Window] = [(lapse.begin, lapse.end) for lapse in facts.lapses] if lapsed else []
        if clock in pauses.get(WAITING, ()):
            spans += stays.waiting
        spans += [(hold.begin, hold.end) for hold in facts.holds if clock in pauses.get(hold.reason, ())]
        if excluded and (net or clock in pauses.get(EXCLUSION, ())):
            spans += self.excluded(None if net else decided_by or end)
        if end is not None:
            spans = [(a, end if b is None else min(b, end)) for a, b in spans if a < end]
        return merged(spans)

    def away(self, clock: str, cycle: Cycle | None = None) -> list[Window]:
        """The time in resolved, which total resolution does not count, unless the plan says so.

        With a cycle: without the stay that begins where the cycle stops, and what follows.
        """
        if clock != "total_resolution" or not self.stays.resolved or self.terms.closed_counts:
            return []
        return merged(
            stay for stay in self.stays.resolved if cycle is None or cycle.stop is None or stay[0] < cycle.stop
        )

    def begin(self, clock: str, cycle: Cycle) -> datetime:
        """Where the budget of a cycle begins: total resolution has one over all its cycles."""
        return self.facts.start if clock == "total_resolution" else cycle.start

    def due(self, clock: str, cycle: Cycle, target: Target, holds: list[Window]) -> datetime | None:
        """When the target is used up."""
        return due_at(*self._counted(clock, cycle, target, holds), target.duration)

    def reached(
        self, clock: str, cycle: Cycle, target: Target, holds: list[Window], amount: timedelta
    ) -> datetime | None:
        """When so much of it is used up; None if that is where a hold begins, or never."""
        hours, begin, held = self._counted(clock, cycle, target, holds)
        if not held:
            return reach(hours.windows(begin), amount)
        at = reach(without(hours.windows(begin), held), amount)
        return None if any(at == hold for hold, _ in held) else at

    def _counted(
        self, clock: str, cycle: Cycle, target: Target, holds: list[Window]
    ) -> tuple[Hours, datetime, list[Window]]:
        away = self.away(clock, cycle)
        hours = self.terms.at(cycle.stop).calendar(target)
        return hours, self.begin(clock, cycle), merged([*holds, *away]) if away else holds


def _terms(plan: Planned) -> Iterable[str | None]:
    return plan.policy, plan.plan
