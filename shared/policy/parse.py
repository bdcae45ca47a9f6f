"""From the text of a policy file to a checked policy.

Every fault is named at once where that is possible: "field: what is wrong and what to do (line n)".
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

import yaml
from pydantic import ValidationError

from shared.policy.form import FACTS, Policy

Path = tuple[int | str, ...]


class PolicyError(ValueError):
    """A policy file that does not hold; `errors` has one sentence for each fault."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key written twice, of which the usual loader silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key, times in Counter(keys).items():
            if times > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is written {times} times", node.start_mark
                )
        return super().construct_mapping(node, deep)


def parse_policy(text: str) -> Policy:
    """The policy that this file says. Raises PolicyError."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PolicyError([f"the file is not YAML that can be read: {' '.join(str(error).split())}"]) from None
    if node is None or not isinstance(data, dict):
        raise PolicyError(["the file must be a mapping that begins with `policy:`"])
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        raise PolicyError([_said(node, item["loc"], _words(item)) for item in error.errors()]) from None
    if found := [_said(node, path, words) for path, words in _faults(policy)]:
        raise PolicyError(found)
    policy._text = text
    policy._sha256 = hashlib.sha256(text.encode()).hexdigest()
    return policy


def _said(node: yaml.Node, path: Path, words: str) -> str:
    """Where, what, and the line, as near as the file goes along the path."""
    mark = node.start_mark
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            mark = node.start_mark
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is not None:
                mark, node = found[0].start_mark, found[1]
    field = ".".join(str(step) for step in path) or "the file"
    return f"{field}: {words} (line {mark.line + 1})"


def _words(error: Any) -> str:
    """pydantic's kinds of error as a sentence that says what to do."""
    kind, path, message = error["type"], error["loc"], error["msg"]
    if kind == "missing" and "targets" in path:
        return "is missing: write a target, or `none` where nothing is promised"
    if kind == "missing":
        return "is missing: write it"
    if kind == "extra_forbidden":
        return "is no key of a policy file: remove it, or correct its spelling"
    if kind == "string_type":
        return "must be text: put it in quotes"
    return str(message).removeprefix("Value error, ").removeprefix("Input ")


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
