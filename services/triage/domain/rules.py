"""The policy's rules on known facts: the first that holds decides, and what is not known is named.

The facts that rules ask of have few values, so a ruling is worked out once for each combination and policy version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from shared.events import Fact, Reason
from shared.policy import FACTS, FactValue, Policy, Rule


class Known(NamedTuple):
    """The facts that rules ask of; each has a value, if only `unknown`."""

    environment: str
    impact: str
    workaround: str
    category: str
    ongoing: FactValue
    initiator: str

    @classmethod
    def of(cls, facts: Mapping[str, Fact], initiator: str) -> Known:
        def value(fact: str) -> str:
            return facts[fact].value if fact in facts else "unknown"

        ongoing: FactValue = {"yes": True, "no": False}.get(value("ongoing"), "unknown")
        return cls(
            value("environment"),
            value("impact"),
            value("workaround"),
            value("category"),
            ongoing,
            initiator,
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say: the rule that decides, why, and which unknown facts could raise the priority, to what."""

    rule: Rule
    reasons: tuple[Reason, ...]
    could_be: tuple[tuple[str, str], ...]
    policy: Policy = field(compare=False, repr=False)
    """The version that rules."""

    @property
    def priority(self) -> str:
        return self.rule.priority


_rulings: dict[tuple[str, Known], Ruling] = {}
_deciding: dict[tuple[str, Known], Rule] = {}


def rule_on(policy: Policy, known: Known) -> Ruling:
    """The ruling on these facts under this version of the policy."""
    key = (policy.sha256, known)
    if (ruled := _rulings.get(key)) is not None:
        return ruled
    rule = _decides(policy, known)
    could_be = tuple(_could_be(policy, known, rule))
    ruling = Ruling(rule, tuple(_reasons(policy, known, rule)), could_be, policy)
    _rulings[key] = ruling
    return ruling


def _decides(policy: Policy, known: Known) -> Rule:
    key = (policy.sha256, known)
    if (rule := _deciding.get(key)) is None:
        facts = known._asdict()
        rule = _deciding[key] = next(rule for rule in policy.rules if rule.holds(facts))
    return rule


def _could_be(policy: Policy, known: Known, rule: Rule) -> list[tuple[str, str]]:
    """The facts to ask for that, together with the other unknown ones, could raise the priority; each with the best.

    A fact counts only if stating it itself makes a difference, whatever the others turn out to be.
    """
    asked_of = {fact for rule in policy.rules for fact in rule.when} | {*policy.ask_for}
    unknown = [fact for fact in known._fields if getattr(known, fact) == "unknown" and fact in asked_of]
    found = []
    for fact in policy.ask_for:
        if fact not in unknown:
            continue
        best = policy.ranks[rule.priority]
        others = [other for other in unknown if other != fact]
        for values in product(*(FACTS[other] for other in others)):
            around = _with(known, dict(zip(others, values, strict=True)))
            silent = policy.ranks[_decides(policy, around).priority]
            for value in FACTS[fact]:  # unknown among them: it is as silent
                rank = policy.ranks[_decides(policy, _with(around, {fact: value})).priority]
                if rank < silent:
                    best = min(best, rank)
        if best < policy.ranks[rule.priority]:
            found.append((fact, policy.priorities[best].key))
    return found


def _with(known: Known, values: Mapping[str, Any]) -> Known:
    return known._replace(**values)


def _reasons(policy: Policy, known: Known, rule: Rule) -> list[Reason]:
    facts: Mapping[str, FactValue] = known._asdict()
    named = list(rule.when) or [fact for fact in known._fields if fact != "initiator"]
    reasons = [
        Reason(
            rule=rule.id,
            clause=rule.clause,
            fact=", ".join(f"{fact}: {_word(facts[fact])}" for fact in named),
            text=policy.document.clauses[rule.clause],
        )
    ]
    if "ongoing" in rule.when and known.ongoing is False:
        back = rule_on(policy, known._replace(ongoing=True))
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
