"""From the text of a policy file to a checked policy.

Every fault is named at once where that is possible: its field, its line, and what is wrong and what to do.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from shared.policy.form import FACTS, Policy

Path = tuple[int | str, ...]


class Fault(NamedTuple):
    """What is wrong with a file: the field by its path, what to do, and the line (from 1) as near as it is known."""

    field: str
    message: str
    line: int

    def __str__(self) -> str:
        return f"{self.field}: {self.message} (line {self.line})"


class PolicyError(ValueError):
    """A policy file that does not hold, with all its faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)

    @property
    def errors(self) -> list[str]:
        """One sentence for each fault."""
        return [str(fault) for fault in self.faults]


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key written twice, of which the usual loader silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for name, times in Counter(key.value for key in keys).items():
            if times > 1:
                second = [key for key in keys if key.value == name][1]
                raise yaml.constructor.ConstructorError(
                    None, None, f"{name!r} is written {times} times", second.start_mark
                )
        return super().construct_mapping(node, deep)

    def construct_timestamp(self, node: yaml.ScalarNode) -> Any:
        """A date that the calendar does not have, with its place."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(
                None, None, f"{node.value!r} is no date: {error}", node.start_mark
            ) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_timestamp)


def parse_policy(text: str) -> Policy:
    """The policy that this file says. Raises PolicyError."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PolicyError([_unreadable(error)]) from None
    if node is None or not isinstance(data, dict):
        raise PolicyError([Fault("the file", "must be a mapping that begins with `policy:`", 1)])
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        raise PolicyError([_said(node, item["loc"], _words(item)) for item in error.errors()]) from None
    if found := [_said(node, path, words) for path, words in _faults(policy)]:
        raise PolicyError(found)
    policy._text = text
    policy._sha256 = hashlib.sha256(text.encode()).hexdigest()
    return policy


def _unreadable(error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or (
        "it is nested too deeply" if isinstance(error, RecursionError) else error
    )
    return Fault(
        "the file", f"is not YAML that can be read: {' '.join(str(what).split())}", mark.line + 1 if mark else 1
    )


def _said(node: yaml.Node, path: Path, words: str) -> Fault:
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
    return Fault(field, words, mark.line + 1)


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
