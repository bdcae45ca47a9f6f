"""From the text of a scenario file to a scenario, with the policy that it names or of which it says what matters.

Every fault names its field and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

import upheld
from shared.policy import CLOCKS, Calendar, Fault, Policy, PolicyError, parse_policy
from shared.policy.source import Source, Unreadable
from upheld.sla.form import DOES, AnyEvent, File, Open, Priority, Replan

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
        except ScenarioError as error:
            yield from (source.said((*where, "policy"), fault.message) for fault in error.faults)
            return
        except PolicyError as error:
            yield from (
                source.said((*where, "policy", *fault.field.split(".")), fault.message) for fault in error.faults
            )
            return
        except (TypeError, ValueError, AttributeError) as error:
            yield source.said((*where, "policy"), f"is not what a policy file has: {error}")
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
            what = "is missing" if "do" not in written else f"{written['do']!r} is nothing that can happen"
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
    opens = {_identity(event) for event in events if isinstance(event, Open)}
    if not faults and len(opens) != 1:
        faults.append(source.said(("events",), f"has {len(opens)} different `do: open`: it is about one ticket"))
    if faults:
        raise ScenarioError(faults)
    return events


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
    if isinstance(file.policy, str):
        return shipped_policy(source, file.policy)
    try:
        return parse_policy(yaml.safe_dump(filled(file.policy, priorities), sort_keys=False))
    except PolicyError as error:
        raise ScenarioError(
            source.said(("policy", *fault.field.split(".")), fault.message) for fault in error.faults
        ) from None
    except (TypeError, ValueError, AttributeError) as error:
        raise ScenarioError([source.said(("policy",), f"is not what a policy file has: {error}")]) from None


def followed(policy: Policy, event: Replan) -> Policy:
    """The policy that the ticket follows from a re-plan on. Raises ScenarioError, or PolicyError for parts of none."""
    if event.policy is None:
        return policy
    if isinstance(event.policy, str):
        return shipped_policy(Source("{}"), event.policy)
    whole = yaml.safe_load(policy.text)
    parts = dict(event.policy)
    plans = {
        name: plan | {"targets": _targets(plan, policy.ranks)}
        for name, plan in (parts.pop("plans", None) or {}).items()
    }
    calendars = parts.pop("calendars", None) or {}
    named = {"plans": whole["plans"] | plans, "calendars": whole["calendars"] | calendars}
    return parse_policy(yaml.safe_dump(whole | parts | named, sort_keys=False))


def filled(parts: dict[str, Any], priorities: Iterable[str]) -> dict[str, Any]:
    """A whole policy file of the parts that matter; priorities and clocks that are left out are none."""
    plans = parts.get("plans") or {}
    written = [item["key"] for item in parts.get("priorities") or ()]
    ranks = list(dict.fromkeys([*written, *sorted(_promised(plans)), *priorities])) or ["P1"]
    clause = "scenario"
    base: dict[str, Any] = {
        "policy": "scenario",
        "version": "1",
        "effective": datetime.fromisoformat("2000-01-01T00:00:00+00:00"),
        "document": {
            "title": "A scenario",
            "url": "https://scenario.example",
        },
        "support": {
            "phone": "+1 555 0100",
            "documentation": "https://scenario.example",
            "plans": "https://scenario.example",
            "contact": "support@scenario.example",
        },
        "services": [{"key": "service", "name": "Service"}],
        "rules": [{"id": "everything-else", "priority": ranks[-1], "clause": clause}],
    }
    whole = base | parts
    written_clauses = (parts.get("document") or {}).get("clauses") or {}
    whole["document"] = base["document"] | (parts.get("document") or {}) | {"clauses": {clause: "-"} | written_clauses}
    whole["support"] = base["support"] | (parts.get("support") or {})
    if not written:
        whole["priorities"] = [{"key": key, "clause": clause} for key in ranks]
    whole["calendars"] = {"always": {"always": True}, **(parts.get("calendars") or {})}
    whole["plans"] = {name: plan | {"targets": _targets(plan, ranks)} for name, plan in plans.items()}
    return whole


def _promised(plans: dict[str, Any]) -> set[str]:
    return {key for plan in plans.values() for key in plan.get("targets") or {}}


def _targets(plan: dict[str, Any], ranks: Iterable[str]) -> dict[str, Any]:
    written = plan.get("targets") or {}
    targets: dict[str, Any] = {}
    for key in dict.fromkeys([*ranks, *written]):
        cells = written.get(key) or "none"
        targets[key] = dict.fromkeys(CLOCKS, "none") | cells if isinstance(cells, dict) else cells
    return targets


def shipped_policy(source: Source, name: str) -> Policy:
    """The policy that ships under this name."""
    package = Path(upheld.__file__).parent
    for folder in (package / "policies", package.parent / "deploy" / "policies"):
        if folder.is_dir():
            files = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
            if name not in files:
                words = f"no policy {name!r} ships: write one of {', '.join(files)}, or the parts that matter"
                raise ScenarioError([source.said(("policy",), words)])
            return parse_policy(files[name].read_text("utf-8"))
    raise ScenarioError([source.said(("policy",), "no policies ship with this installation: write the parts")])


def with_calendars(policy: Policy, calendars: Mapping[str, Calendar]) -> Policy:
    """A version of the policy in which these calendars take the place of those of their names."""
    whole = yaml.safe_load(policy.text)
    written = {name: calendar.model_dump(exclude_defaults=True) for name, calendar in calendars.items()}
    whole["calendars"] = whole["calendars"] | written
    return parse_policy(yaml.safe_dump(whole, sort_keys=False))


def _faults_of(source: Source, error: ValidationError, where: Steps = ()) -> list[Fault]:
    return [source.said((*where, *item["loc"]), _words(item)) for item in error.errors()]


def _words(error: Any) -> str:
    kind = error["type"]
    if kind == "missing":
        return "is missing: write it"
    if kind == "extra_forbidden":
        return "is no key here: remove it, or correct its spelling"
    if kind == "string_type":
        return "must be text: put it in quotes"
    if kind in ("model_type", "dict_type"):
        return "must be a mapping of keys to values"
    return str(error["msg"]).removeprefix("Value error, ").removeprefix("Input ")
