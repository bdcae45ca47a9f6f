"""From the text of a policy file to a checked policy.

Every fault is named at once where that is possible: its field, its line, and what is wrong and what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from pydantic import ValidationError

from shared.policy.form import FACTS, Policy
from shared.policy.source import Fault, Path, Source, Unreadable
from shared.policy.words import faults_of


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
        raise PolicyError([source.said(*found) for found in faults_of(error, "of a policy file")]) from None
    if found := [source.said(path, words) for path, words in _faults(policy)]:
        raise PolicyError(found)
    policy._text = text
    policy._sha256 = hashlib.sha256(text.encode()).hexdigest()
    return policy


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
