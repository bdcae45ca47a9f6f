"""What the rules of two versions decide over every combination of facts, and which of two decisions is the better one.

A higher priority is better only if what it promises is not worse than what the lower one did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from shared.policy.amend.cells import Cell, compare_cells
from shared.policy.amend.verdicts import Part, Verdict, by_size, together
from shared.policy.form import FACTS, FactValue, Policy, Rule


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rule of this version that decides."""

    policy: Policy
    rule: Rule


@dataclass(frozen=True, slots=True)
class Pair:
    """What two versions decide on the same facts; `facts` has the values that lead there, for the facts that matter."""

    before: Outcome
    after: Outcome
    combinations: int
    facts: Mapping[str, tuple[FactValue, ...]]


def decide(policy: Policy, facts: Mapping[str, FactValue]) -> Outcome:
    """The first rule that holds."""
    return Outcome(policy, next(rule for rule in policy.rules if rule.holds(facts)))


def pairs(before: Policy, after: Policy) -> Iterator[Pair]:
    """Every pair of decisions that some combination of facts leads to, in the order of the rules."""
    asked = [fact for fact in FACTS if any(fact in rule.when for rule in (*before.rules, *after.rules))]
    found: dict[tuple[str, str], tuple[Outcome, Outcome, list[tuple[FactValue, ...]]]] = {}
    for values in product(*(FACTS[fact] for fact in asked)):
        facts = dict(zip(asked, values, strict=True))
        old, new = decide(before, facts), decide(after, facts)
        found.setdefault((old.rule.id, new.rule.id), (old, new, []))[2].append(values)
    for old, new, combinations in found.values():
        yield Pair(old, new, len(combinations), facts_of(asked, combinations))


def facts_of(
    asked: Sequence[str], combinations: Iterable[tuple[FactValue, ...]]
) -> Mapping[str, tuple[FactValue, ...]]:
    """The values that the facts have in these combinations; a fact that has all of them does not matter."""
    seen = dict(zip(asked, map(set, zip(*combinations, strict=True)), strict=False))
    return {
        fact: tuple(value for value in FACTS[fact] if value in values)
        for fact, values in seen.items()
        if len(values) < len(FACTS[fact])
    }


def compare_outcomes(before: Outcome, after: Outcome, promised: Iterable[tuple[Cell, Cell]]) -> tuple[Part, ...]:
    """Part by part; `promised` are the cells of the old priority, each with that of the new one."""
    return tuple(_parts(before, after, promised))


def _parts(before: Outcome, after: Outcome, promised: Iterable[tuple[Cell, Cell]]) -> Iterator[Part]:
    old, new = before.rule, after.rule
    verdict = urgency(before.policy, old.priority, after.policy, new.priority)
    word = {
        "equal": "the same",
        "better": f"more urgent: {new.priority} instead of {old.priority}",
        "worse": f"less urgent: {new.priority} instead of {old.priority}",
        "incomparable": f"{new.priority} instead of {old.priority}, which the two versions do not rank alike",
    }[verdict]
    yield Part("priority", old.priority, new.priority, verdict, verdict in ("worse", "incomparable"), word)
    if old.priority != new.priority:
        yield _targets(old.priority, new.priority, promised)
    final = by_size(old.final, new.final)
    if final != "equal":
        any_change = before.policy.material.targets == "any"
        text = "no agent may lift it any more" if final == "worse" else "an agent may lift it now"
        yield Part(
            "final", str(old.final).lower(), str(new.final).lower(), final, final == "worse" and any_change, text
        )


def _targets(old: str, new: str, promised: Iterable[tuple[Cell, Cell]]) -> Part:
    parts = [
        (before, part) for before, after in promised for part in compare_cells(before, after) if part.verdict != "equal"
    ]
    texts = [f"{cell.clock.replace('_', ' ')} of {cell.plan}: {part.reason}" for cell, part in parts]
    return Part(
        "promises",
        f"those of {old}",
        f"those of {new}",
        together(part.verdict for _, part in parts),
        any(part.material for _, part in parts),
        "; ".join(texts) or "the same",
    )


def urgency(before: Policy, old: str, after: Policy, new: str) -> Verdict:
    """Whether the new priority is more urgent, by the ranks of the versions that know both."""
    if old == new:
        return "equal"
    verdicts = {
        by_size(policy.ranks[old], policy.ranks[new])
        for policy in (before, after)
        if old in policy.ranks and new in policy.ranks
    }
    return verdicts.pop() if len(verdicts) == 1 else "incomparable"
