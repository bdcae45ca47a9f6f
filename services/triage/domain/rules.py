"""The policy's rules on stated facts: the first that holds decides, and what was not stated is named.

The facts that rules ask of have few values, so a ruling is worked out once for each combination and policy version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from services.triage.domain.facts import Facts
from shared.events import Reason
from shared.policy import FACTS, FactValue, Policy, Rule


class Stated(NamedTuple):
    """The facts that rules ask of; each has a value, if only `unknown`."""

    environment: str
    impact: str
    workaround: str
    category: str
    ongoing: FactValue
    initiator: str

    @classmethod
    def of(cls, facts: Facts) -> Stated:
        ongoing: FactValue = "unknown" if facts.ongoing is None else facts.ongoing
        return cls(facts.environment, facts.impact, facts.workaround, facts.category, ongoing, facts.initiator)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say: the rule that decides, why, and which unknown facts could raise the priority, to what."""

    rule: Rule
    reasons: tuple[Reason, ...]
    could_be: tuple[tuple[str, str], ...]

    @property
    def priority(self) -> str:
        return self.rule.priority


_rulings: dict[tuple[str, Stated], Ruling] = {}
_deciding: dict[tuple[str, Stated], Rule] = {}


def rule_on(policy: Policy, stated: Stated) -> Ruling:
    """The ruling on these facts under this version of the policy."""
    key = (policy.sha256, stated)
    if (known := _rulings.get(key)) is not None:
        return known
    rule = _decides(policy, stated)
    could_be = tuple(_could_be(policy, stated, rule))
    ruling = Ruling(rule, tuple(_reasons(policy, stated, rule)), could_be)
    _rulings[key] = ruling
    return ruling


def _decides(policy: Policy, stated: Stated) -> Rule:
    key = (policy.sha256, stated)
    if (rule := _deciding.get(key)) is None:
        facts = stated._asdict()
        rule = _deciding[key] = next(rule for rule in policy.rules if rule.holds(facts))
    return rule


def _could_be(policy: Policy, stated: Stated, rule: Rule) -> list[tuple[str, str]]:
    """The facts to ask for that, together with the other unknown ones, could raise the priority; each with the best.

    A fact counts only if stating it itself makes a difference, whatever the others turn out to be.
    """
    asked_of = {fact for rule in policy.rules for fact in rule.when} | {*policy.ask_for}
    unknown = [fact for fact in stated._fields if getattr(stated, fact) == "unknown" and fact in asked_of]
    found = []
    for fact in policy.ask_for:
        if fact not in unknown:
            continue
        best = policy.ranks[rule.priority]
        others = [other for other in unknown if other != fact]
        for values in product(*(FACTS[other] for other in others)):
            around = _with(stated, dict(zip(others, values, strict=True)))
            silent = policy.ranks[_decides(policy, around).priority]
            for value in _known(fact):
                rank = policy.ranks[_decides(policy, _with(around, {fact: value})).priority]
                if rank < silent:
                    best = min(best, rank)
        if best < policy.ranks[rule.priority]:
            found.append((fact, policy.priorities[best].key))
    return found


def _with(stated: Stated, values: Mapping[str, Any]) -> Stated:
    return stated._replace(**values)


def _known(fact: str) -> tuple[FactValue, ...]:
    return tuple(value for value in FACTS[fact] if value != "unknown")


def _reasons(policy: Policy, stated: Stated, rule: Rule) -> list[Reason]:
    facts: Mapping[str, FactValue] = stated._asdict()
    named = list(rule.when) or [fact for fact in stated._fields if fact != "initiator"]
    reasons = [
        Reason(
            rule=rule.id,
            clause=rule.clause,
            fact=", ".join(f"{fact}: {_word(facts[fact])}" for fact in named),
            text=policy.document.clauses[rule.clause],
        )
    ]
    if "ongoing" in rule.when and stated.ongoing is False:
        back = rule_on(policy, stated._replace(ongoing=True))
        more = "".join(f" (up to {best} once the {fact} is known)" for fact, best in back.could_be[:1])
        reasons.append(
            Reason(
                rule=rule.id,
                clause=back.rule.clause,
                fact="ongoing: no",
                text=f"It is over; if it came back it would be {back.priority}{more}.",
            )
        )
    return reasons


def _word(value: FactValue) -> str:
    return value if isinstance(value, str) else "yes" if value else "no"
