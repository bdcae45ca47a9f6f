"""The policies of a scenario: one that ships, one made of the parts that matter, and what comes after a change.

What is not of the form is left as it was written: `parse_policy` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

import upheld
from shared.policy import CLOCKS, Calendar, Fault, Policy, PolicyError, parse_policy
from shared.policy.source import WHOLE
from upheld.sla.form import Replan

_CLAUSE = "scenario"
_BASE: dict[str, Any] = {
    "policy": "scenario",
    "version": "1",
    "effective": datetime.fromisoformat("2000-01-01T00:00:00+00:00"),
    "document": {"title": "A scenario", "url": "https://scenario.example", "clauses": {_CLAUSE: "-"}},
    "support": {
        "phone": "+1 555 0100",
        "documentation": "https://scenario.example",
        "plans": "https://scenario.example",
        "contact": "support@scenario.example",
    },
    "services": [{"key": "service", "name": "Service"}],
    "calendars": {"always": {"always": True}},
}


def shipped(name: str) -> Policy:
    """The policy that ships under this name. Raises PolicyError."""
    package = Path(upheld.__file__).parent
    for folder in (package / "policies", package.parent / "deploy" / "policies"):
        if folder.is_dir():
            files = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
            if name not in files:
                raise _not_there(f"no policy {name!r} ships: write one of {', '.join(files)}, or the parts that matter")
            return parse_policy(files[name].read_text("utf-8"))
    raise _not_there("no policies ship with this installation: write the parts")


def of_parts(parts: Mapping[str, Any], priorities: Iterable[str]) -> Policy:
    """A whole policy of the parts that matter. Raises PolicyError."""
    return _parsed(filled(parts, priorities))


def followed(policy: Policy, event: Replan) -> Policy:
    """The policy that the ticket follows from a re-plan on. Raises PolicyError."""
    if event.policy is None:
        return policy
    if isinstance(event.policy, str):
        return shipped(event.policy)
    whole = yaml.safe_load(policy.text)
    named = {
        "plans": _over(whole["plans"], _plans(event.policy.get("plans"), policy.ranks)),
        "calendars": _over(whole["calendars"], event.policy.get("calendars")),
    }
    return _parsed(whole | event.policy | named)


def with_calendars(policy: Policy, calendars: Mapping[str, Calendar]) -> Policy:
    """A version of the policy in which these calendars take the place of those of their names."""
    whole = yaml.safe_load(policy.text)
    written = {name: calendar.model_dump(exclude_defaults=True) for name, calendar in calendars.items()}
    whole["calendars"] = whole["calendars"] | written
    return _parsed(whole)


def filled(parts: Mapping[str, Any], priorities: Iterable[str]) -> dict[str, Any]:
    """A whole policy file of the parts that matter; priorities and clocks that are left out are none."""
    plans = parts.get("plans")
    listed = parts.get("priorities")
    written = list(_keys(listed))
    ranks = list(dict.fromkeys([*written, *sorted(_promised(plans)), *priorities])) or ["P1"]
    whole = _BASE | {"rules": [{"id": "everything-else", "priority": ranks[-1], "clause": _CLAUSE}]} | dict(parts)
    if listed is None:
        whole["priorities"] = [{"key": key, "clause": _CLAUSE} for key in ranks]
    document = _over(_BASE["document"], parts.get("document"))
    if isinstance(document, dict):
        document = document | {"clauses": _over(_BASE["document"]["clauses"], document.get("clauses"))}
    whole["document"] = document
    for part in ("support", "calendars"):
        whole[part] = _over(_BASE[part], parts.get(part))
    whole["plans"] = _plans(plans, ranks)
    return whole


def _parsed(whole: dict[str, Any]) -> Policy:
    return parse_policy(yaml.safe_dump(whole, sort_keys=False))


def _not_there(words: str) -> PolicyError:
    return PolicyError([Fault(WHOLE, words, 1)])


def _mapping(value: object) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _over(base: dict[str, Any], written: object) -> Any:
    """What was written over what is there by itself; alone, where it is no mapping and so no part of a policy."""
    if written is None:
        return base
    return base | written if isinstance(written, dict) else written


def _keys(listed: object) -> Iterator[str]:
    """Of the priorities that are listed, as far as they are."""
    for item in listed if isinstance(listed, list) else ():
        key = _mapping(item).get("key")
        if isinstance(key, str):
            yield key


def _promised(plans: object) -> set[str]:
    """The priorities that plans name."""
    targets = (_mapping(_mapping(plan).get("targets")) for plan in _mapping(plans).values())
    return {key for written in targets for key in written if isinstance(key, str)}


def _plans(plans: object, ranks: Iterable[str]) -> Any:
    """Each plan with a cell of every priority and clock."""
    if plans is None:
        return {}
    if not isinstance(plans, dict):
        return plans
    return {name: _plan(plan, list(ranks)) for name, plan in plans.items()}


def _plan(plan: object, ranks: Iterable[str]) -> object:
    if not isinstance(plan, dict):
        return plan
    targets = {} if plan.get("targets") is None else plan["targets"]
    if isinstance(targets, dict):
        keys = dict.fromkeys([*ranks, *targets])
        targets = {key: _cells(targets.get(key)) for key in keys}
    return plan | {"targets": targets}


def _cells(cells: object) -> object:
    if cells is None:
        return "none"
    return dict.fromkeys(CLOCKS, "none") | cells if isinstance(cells, dict) else cells
