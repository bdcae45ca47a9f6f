"""From the text of a scenario file to a scenario, with the policy that it names or of which it says what matters.

Every fault names its field and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from shared.policy import Fault, Policy, PolicyError
from shared.policy.source import WHOLE, Source, Unreadable
from shared.policy.words import faults_of
from upheld.sla.form import DOES, AnyEvent, Exclude, File, Open, Priority, Replan
from upheld.sla.policies import followed, of_parts, shipped

Steps = tuple[int | str, ...]


class ScenarioError(ValueError):
    """A scenario file that cannot be played, with all its faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


@dataclass(frozen=True)
class Known:
    """An event and when it became known."""

    event: AnyEvent
    at: datetime


@dataclass(frozen=True)
class Scenario:
    """What is played: `events` in the order of the file, each once."""

    file: File
    policy: Policy
    plan: str
    events: tuple[Known, ...]


def read_scenario(text: str) -> Scenario:
    """The scenario that this file says. Raises ScenarioError."""
    try:
        source = Source(text)
    except Unreadable as error:
        raise ScenarioError([error.fault]) from None
    try:
        file = File.model_validate(source.data)
    except ValidationError as error:
        raise ScenarioError(_faults_of(source, error)) from None
    events = _events(source, file)
    policy = _policy(source, file, [event.priority for event in events if isinstance(event, Open | Priority)])
    plan = file.plan or (next(iter(policy.plans)) if len(policy.plans) == 1 else None)
    if plan is None or plan not in policy.plans:
        what = "is missing" if plan is None else f"{plan!r} is no plan of the policy"
        raise ScenarioError([source.said(("plan",), f"{what}: write one of {', '.join(policy.plans)}")])
    faults = [
        source.said(("events", place, "priority"), f"{event.priority!r} is not among {', '.join(policy.ranks)}")
        for place, event in enumerate(events)
        if isinstance(event, Open | Priority) and event.priority not in policy.ranks
    ]
    faults += _replans(source, events, policy, plan)
    if faults:
        raise ScenarioError(faults)
    return Scenario(file, policy, plan, once(events))


def _replans(source: Source, events: Iterable[AnyEvent], policy: Policy, plan: str) -> Iterator[Fault]:
    """What is wrong with the policies and plans that the ticket comes to follow, one after the other."""
    events = list(events)
    for place, event in sorted(enumerate(events), key=lambda item: item[1].at):
        if not isinstance(event, Replan):
            continue
        where: Steps = ("events", place)
        try:
            policy = followed(policy, event)
        except PolicyError as error:
            yield from _of_policy(source, error, (*where, "policy"))
            return
        plan = event.plan or plan
        if plan not in policy.plans:
            words = f"{plan!r} is no plan of the policy then: write one of {', '.join(policy.plans)}"
            yield source.said((*where, "plan"), words)
        asked = {item.priority for item in events if isinstance(item, Open | Priority)}
        if lacking := sorted(asked - set(policy.ranks)):
            yield source.said((*where, "policy"), f"has no priority {', '.join(lacking)}: {', '.join(policy.ranks)}")


def _events(source: Source, file: File) -> list[AnyEvent]:
    events: list[AnyEvent] = []
    faults: list[Fault] = []
    for place, written in enumerate(file.events):
        where: Steps = ("events", place)
        form = DOES.get(str(written.get("do")))
        if form is None:
            what = "is missing" if written.get("do") is None else f"{written['do']!r} is nothing that can happen"
            faults.append(source.said((*where, "do"), f"{what}: write one of {', '.join(DOES)}"))
            continue
        try:
            event = form.model_validate(written)
        except ValidationError as error:
            faults += _faults_of(source, error, where)
            continue
        if event.known_at is not None and event.known_at < event.at:
            faults.append(source.said((*where, "known_at"), "is before `at`: nothing is known before it happens"))
        events.append(event)
    if faults:
        raise ScenarioError(faults)
    opens = {_identity(event): event for event in events if isinstance(event, Open)}
    if len(opens) != 1:
        words = f"has {len(opens)} different `do: open`: it is about one ticket"
        raise ScenarioError([source.said(("events",), words)])
    (opened,) = opens.values()
    if faults := list(_intervals(source, events, opened)):
        raise ScenarioError(faults)
    return events


def _intervals(source: Source, events: Iterable[AnyEvent], opened: Open) -> Iterator[Fault]:
    """Exclusions that end before they begin, which no ruling may either."""
    for place, event in enumerate(events):
        if isinstance(event, Exclude) and event.to is not None and event.to <= event.begin(opened):
            since = "`from`" if event.from_ is not None else "the start of the ticket's clocks"
            yield source.said(("events", place, "to"), f"must be after {since}")


def once(events: Iterable[AnyEvent]) -> tuple[Known, ...]:
    """Each event once, and when it is known: at `known_at`, else at the latest time in the file up to it."""
    found: dict[str, Known] = {}
    latest: datetime | None = None
    for event in events:
        latest = event.at if latest is None else max(latest, event.at)
        known = Known(event, event.known_at or latest)
        before = found.get(_identity(event))
        found[_identity(event)] = known if before is None or known.at < before.at else before
    return tuple(found.values())


def _identity(event: AnyEvent) -> str:
    return event.model_dump_json(exclude={"known_at"})


def _policy(source: Source, file: File, priorities: Iterable[str]) -> Policy:
    try:
        return shipped(file.policy) if isinstance(file.policy, str) else of_parts(file.policy, priorities)
    except PolicyError as error:
        raise ScenarioError(_of_policy(source, error, ("policy",))) from None


def _of_policy(source: Source, error: PolicyError, where: Steps) -> list[Fault]:
    """The faults of a policy that the scenario holds, at their places in the scenario."""
    return [
        source.said(where if fault.field == WHOLE else (*where, *fault.field.split(".")), fault.message)
        for fault in error.faults
    ]


def _faults_of(source: Source, error: ValidationError, where: Steps = ()) -> list[Fault]:
    return [source.said((*where, *path), words) for path, words in faults_of(error, "here")]
