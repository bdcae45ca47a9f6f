"""A scenario played: facts become known one after the other, and verdicts are spoken as soon as they are due.

It is status-monitor's clocks that are played (facts, course, verdicts, ledger); nothing is worked out here.
A sweep is taken to run all the time with what is known, up to the time at which the clocks are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from services.status_monitor.domain.clocks import Reading, reading
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, MAINTENANCE, Excluded, Facts, Mark
from services.status_monitor.domain.ledger import Entry, appended, pending
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.domain.verdicts import Tally, coming, disproved, due_now, tally
from shared.policy import Policy
from upheld.sla.form import AnyEvent, Ask, Exclude, Message, NewCalendar, Notified, Open, Plain, Priority, Replan
from upheld.sla.policies import followed, with_calendars
from upheld.sla.read import Known, Scenario

PROVIDER = "provider"
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Played:
    """How the clocks stand in the end."""

    course: Course
    ledger: tuple[Entry, ...]
    at: datetime

    def read(self, clock: str, *, net: bool) -> tuple[Reading, Tally]:
        """A clock, gross or net of accepted exclusions."""
        return reading(self.course, clock, self.at, net=net), tally(self.course, clock, self.at, net=net)


def play(scenario: Scenario) -> Played:
    """Everything that is known by `judged_at`."""
    judged_at = scenario.file.judged_at
    opened = max(known.at for known in scenario.events if isinstance(known.event, Open))
    ticket = _Ticket(scenario)
    # What is known before the ticket waits for it.
    order = sorted(scenario.events, key=lambda known: max(known.at, opened))
    for now, known in groupby(order, key=lambda known: max(known.at, opened)):
        if now > judged_at:
            break
        ticket.learn(list(known), now)
    ticket.sweep(judged_at)
    return Played(ticket.course, tuple(ticket.ledger), judged_at)


class _Ticket:
    """What is known of the ticket so far, what was said, and up to when its ledger is written."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.versions = {scenario.policy.sha256: scenario.policy}
        self.known: list[Known] = []
        self.now = scenario.file.judged_at
        self.course = Course(Facts(start=self.now), terms_over((), self.versions.get))
        self.ledger: list[Entry] = []

    def learn(self, events: Iterable[Known], now: datetime) -> None:
        """First what came due before, by what was known then; then these facts, and what they disprove."""
        self.sweep(now)
        self.now = now
        self.known += events
        # Of one kind at one instant, they are taken in the file's order, whenever they became known.
        in_file = [known.event for known in self.scenario.events if known in self.known]
        order = sorted(in_file, key=_in_order)
        facts = _facts(order).model_copy(update={"marks": self.course.facts.marks})
        for made in _assessments(order, self.scenario):
            self.versions[made.policy.sha256] = made.policy
            facts = facts.planned(
                made.at,
                made.policy.plans[made.plan].targets[made.priority],
                policy=made.policy.sha256,
                plan=made.plan,
                excluded=made.excluded,
                priority=made.priority,
            )
        course = Course(facts, terms_over(facts.plans, self.versions.get))
        self._write(facts, disproved(course, now), now)

    def sweep(self, upto: datetime) -> None:
        """What comes due before then."""
        while self.course.facts.plans:
            first = next(iter(coming(self.course)), None)
            if first is not None and first.at >= upto:
                first = None
            due = None if first is None else max(first.at, self.now)
            entry = pending(self.course, self.now)
            if entry is not None and entry <= upto and (due is None or entry <= due):
                self._write(self.course.facts, [], entry)
            elif first is not None and due is not None:
                limits = dict.fromkeys(CLOCKS, first.at + _MOMENT)
                self._write(self.course.facts, due_now(self.course, limits, due), due)
            else:
                self._write(self.course.facts, [], upto)
                return

    def _write(self, facts: Facts, marks: Sequence[Mark], now: datetime) -> None:
        for mark in marks:
            facts = facts.spoke(mark)
        before = self.course if self.course.facts.plans else None
        after = Course(facts, terms_over(facts.plans, self.versions.get))
        self.ledger += appended(before, after, marks, self.now, now)
        self.course, self.now = after, now


def _in_order(event: AnyEvent) -> tuple[datetime, bool]:
    """At one instant a maintenance begins (what pauses) before another ends (what starts)."""
    return event.at, isinstance(event, Plain) and event.do == "maintenance-end"


def _facts(events: Sequence[AnyEvent]) -> Facts:
    """All facts but the assessments, from events in the order of their times."""
    opened = next(event for event in events if isinstance(event, Open))
    facts = Facts(start=opened.clock_start or opened.at, opened=opened.at)
    maintenances: list[tuple[datetime, datetime | None]] = []
    for event in events:
        at = event.at
        if isinstance(event, Open):
            kind = {"awaiting customer": "asked", "paused": "asked", "resolved": "resolved", "closed": "closed"}
            if (move := kind.get(event.state)) is not None:
                facts = facts.moved(move, at)  # type: ignore[arg-type]
        elif isinstance(event, Notified):
            facts = facts.was_notified(at, initial=True)
        elif isinstance(event, Message):
            facts = _said(facts, event)
        elif isinstance(event, Ask):
            person = event.by == "person"
            facts = facts.spoken(at, person=person, word=person).moved("asked", at)
        elif isinstance(event, Plain):
            facts = _plainly(facts, event, maintenances)
    for place, (begin, end) in enumerate(maintenances):
        facts = facts.held(MAINTENANCE, str(place), begin, end)
    return facts


def _said(facts: Facts, event: Message) -> Facts:
    if event.by == "automatic" or not event.public:
        return facts
    if event.ticket is not None:
        return facts.provider_spoke(PROVIDER, event.at)
    return facts.spoken(event.at, person=event.by == "person", word=True)


def _plainly(facts: Facts, event: Plain, maintenances: list[tuple[datetime, datetime | None]]) -> Facts:
    at = event.at
    if event.do == "reply":
        return facts.moved("answered", at)
    if event.do == "resolve":
        return facts.spoken(at, person=True, word=True).moved("resolved", at)
    if event.do == "reopen":
        return facts.moved("reopened", at)
    if event.do == "close":
        return facts.moved("closed", at)
    if event.do == "link":
        return facts.linked(PROVIDER, at)
    if event.do == "unlink":
        return facts.unlinked(PROVIDER, at)
    if event.do == "maintenance-start":
        maintenances.append((at, None))
    elif (place := next((i for i, (_, end) in enumerate(maintenances) if end is None), None)) is not None:
        maintenances[place] = (maintenances[place][0], at)
    return facts


class _Assessed(NamedTuple):
    """What counts from an assessment on: version and plan, the priority, the accepted exclusions."""

    at: datetime
    policy: Policy
    plan: str
    priority: str
    excluded: tuple[Excluded, ...] = ()


def _assessments(events: Sequence[AnyEvent], scenario: Scenario) -> Iterator[_Assessed]:
    """What counts from each event on that changes it."""
    opened = next(event for event in events if isinstance(event, Open))
    now = _Assessed(opened.at, scenario.policy, scenario.plan, opened.priority)
    yield now
    for event in events:
        if isinstance(event, Priority):
            now = now._replace(priority=event.priority)
        elif isinstance(event, NewCalendar):
            now = now._replace(policy=with_calendars(now.policy, event.calendars))
        elif isinstance(event, Replan):
            now = now._replace(policy=followed(now.policy, event), plan=event.plan or now.plan)
        elif isinstance(event, Exclude):
            new = Excluded(clause=event.clause, begin=event.begin(opened), end=event.to)
            excluded = tuple(item for item in now.excluded if not _amends(new, item))
            now = now._replace(excluded=(*excluded, new) if event.state == "accepted" else excluded)
        else:
            continue
        now = now._replace(at=event.at)
        yield now


def _amends(new: Excluded, old: Excluded) -> bool:
    """Another word on the same clause and time takes the place of the one before."""
    return (
        new.clause == old.clause
        and (old.end is None or new.begin < old.end)
        and (new.end is None or old.begin < new.end)
    )
