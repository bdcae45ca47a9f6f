"""From the text of a policy file to a checked policy.

Every fault is named at once where that is possible: its field, its line, and what is wrong and what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from shared.policy.form import FACTS, Policy
from shared.policy.source import Fault, Path, Source, Unreadable


class PolicyError(ValueError):
    """A policy file that does not hold, with all its faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)

    @property
    def errors(self) -> list[str]:
        """One sentence for each fault."""
        return [str(fault) for fault in self.faults]


def parse_policy(text: str) -> Policy:
    """The policy that this file says. Raises PolicyError."""
    try:
        source = Source(text)
    except Unreadable as error:
        raise PolicyError([error.fault]) from None
    try:
        policy = Policy.model_validate(source.data)
    except ValidationError as error:
        raise PolicyError([source.said(item["loc"], _words(item)) for item in error.errors()]) from None
    if found := [source.said(path, words) for path, words in _faults(policy)]:
        raise PolicyError(found)
    policy._text = text
    policy._sha256 = hashlib.sha256(text.encode()).hexdigest()
    return policy


_WORDS = {
    "missing": "is missing: write it",
    "extra_forbidden": "is no key of a policy file: remove it, or correct its spelling",
    "string_type": "must be text: put it in quotes",
    "string_too_short": "is empty: write it",
    "string_too_long": "is longer than 200 characters",
    "string_pattern_mismatch": 'must be two capital letters, such as "DE"',
    "tuple_type": "must be a list: write [one, two]",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "bool_type": "must be true or false",
    "too_short": "is an empty list: at least one is needed",
    "invalid_key": "has a key that is no text: put it in quotes",
}


def _words(error: Any) -> str:
    """pydantic's kinds of error as a sentence that says what to do."""
    kind, path = error["type"], error["loc"]
    if "targets" in path[:3]:
        if kind == "missing" and len(path) > 3:
            return "is missing: write a target, or `none` where nothing is promised"
        if kind == "model_type":
            return "must be a target such as {target: PT1H, calendar: ...} (update: every), or `none`"
    return _WORDS.get(kind) or str(error["msg"]).removeprefix("Value error, ").removeprefix("Input ")


def _faults(policy: Policy) -> Iterator[tuple[Path, str]]:
    """What no part can see alone: names that are used but not there, and what is left out."""
    ranks = policy.ranks
    yield from _twice("priorities", "key", (item.key for item in policy.priorities))
    yield from _twice("services", "key", (item.key for item in policy.services))
    yield from _twice("rules", "id", (item.id for item in policy.rules))
    yield from _twice("exclusions", "key", (item.key for item in policy.exclusions))
    for section in ("priorities", "rules", "exclusions"):
        for index, item in enumerate(getattr(policy, section)):
            if item.clause not in policy.document.clauses:
                yield (section, index, "clause"), f"document.clauses has no {item.clause!r}: write it there"
    for key, clause in (("term", policy.coverage.term), ("plan", policy.coverage.plan)):
        if clause is not None and clause not in policy.document.clauses:
            yield ("coverage", key), f"document.clauses has no {clause!r}: write it there"
    for index, rule in enumerate(policy.rules):
        if rule.priority not in ranks:
            yield ("rules", index, "priority"), f"{rule.priority!r} is not among priorities: {', '.join(ranks)}"
        for fact, values in rule.when.items():
            if fact not in FACTS:
                yield ("rules", index, "when", fact), f"is no fact: a rule may ask of {', '.join(FACTS)}"
                continue
            known = {(type(value), value) for value in FACTS[fact]}
            for value in values:
                if (type(value), value) not in known:
                    yield ("rules", index, "when", fact), f"{value!r} is none of {', '.join(map(str, FACTS[fact]))}"
        if not rule.when and index < len(policy.rules) - 1:
            yield ("rules", index), "holds always, so that those below it never decide: move it to the end"
    if policy.rules[-1].when:
        yield ("rules", len(policy.rules) - 1), "the last rule must have no `when`, so that one always holds"
    for index, fact in enumerate(policy.ask_for):
        if fact not in FACTS or "unknown" not in FACTS[fact]:
            yield ("ask_for", index), f"{fact!r} cannot be asked for: {', '.join(f for f in FACTS if f != 'initiator')}"
    for index, service in enumerate(policy.services):
        if both := set(service.components) & set(service.carrier_components):
            yield ("services", index), f"{min(both)!r} is a component and a carrier's: name it once"
    for name, plan in policy.plans.items():
        for key in ranks:
            if key not in plan.cells:
                yield ("plans", name, "targets", key), "is missing: write its clocks, or `none`"
        for key in plan.cells:
            if key not in ranks:
                yield ("plans", name, "targets", key), f"is not among priorities: {', '.join(ranks)}"
            for clock, target in plan.targets[key].items():
                if target is not None and target.calendar not in policy.calendars:
                    yield (
                        ("plans", name, "targets", key, clock, "calendar"),
                        (f"{target.calendar!r} is not among calendars: {', '.join(policy.calendars)}"),
                    )


def _twice(section: str, key: str, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield (section, index, key), f"{name!r} is written twice: each needs its own"
        seen.add(name)
