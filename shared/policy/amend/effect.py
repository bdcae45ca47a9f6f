"""What the newest version does to an account: what it keeps, and what is better at once, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from shared.policy.amend.cells import cell_of, compare_cells, said
from shared.policy.amend.diff import Change, compare_exclusions
from shared.policy.amend.held import Holding, hold
from shared.policy.amend.outcomes import Outcome, compare_outcomes, decide, facts_of
from shared.policy.form import FACTS, FactValue, Policy


@dataclass(frozen=True, slots=True)
class Held:
    """A cell that was held in this version, compared with what the newest one has."""

    version: Policy
    change: Change


@dataclass(frozen=True, slots=True)
class Effect:
    """`kept`: what stays as it was, since the change is a material degradation. `better`: what improves at once."""

    kept: tuple[Held, ...]
    better: tuple[Held, ...]


@lru_cache(maxsize=1024)
def effect(holding: Holding) -> Effect:
    """Of the newest version on what was held before it. Nothing, where that version is the one agreed on."""
    if len(holding.versions) == 1:
        return Effect((), ())
    before = hold(holding.plan, holding.versions[:-1], min(holding.plan_from, len(holding.versions) - 2))
    found = [*_exclusions(before, holding), *_outcomes(before, holding)]
    if holding.plan_from < len(holding.versions) - 1:
        found = [*_promises(before, holding), *found]
    kept = tuple(item for item in found if item.change.material)
    return Effect(kept, tuple(item for item in found if item.change.verdict == "better" and not item.change.material))


def _promises(before: Holding, after: Holding) -> Iterator[Held]:
    for place, held in after.cells.items():
        old = before.cell(*place).cell
        new = cell_of(after.newest, after.plan, *place)
        where = {"plan": after.plan, "priority": place[0], "clock": place[1]}
        change = Change("promise", where, said(old.target), said(new.target), compare_cells(old, new))
        yield Held(old.policy if held.kept else after.newest, change)


def _exclusions(before: Holding, after: Holding) -> Iterator[Held]:
    had = {held.exclusion.clause: held for held in before.exclusions if not held.spared}
    has = {held.exclusion.clause: held for held in after.exclusions}
    for clause in dict.fromkeys((*had, *has)):
        held = has.get(clause)
        if held is not None and held.kept and held.kept[-1].refused is after.newest:
            (part,) = held.kept[-1].parts
            version = had[clause].policy if clause in had else before.newest
            yield Held(version, Change("exclusion", {"clause": clause}, part.before, part.after, (part,)))
    for clause in had.keys() - has.keys():
        part = compare_exclusions(had[clause].policy, had[clause].exclusion, after.newest, None)
        yield Held(after.newest, Change("exclusion", {"clause": clause}, part.before, part.after, (part,)))


def _outcomes(before: Holding, after: Holding) -> Iterator[Held]:
    asked = [fact for fact in FACTS if any(fact in rule.when for policy in after.versions for rule in policy.rules)]
    found: dict[tuple[str, str, str], tuple[Outcome, Outcome, list[tuple[FactValue, ...]]]] = {}
    for values in product(*(FACTS[fact] for fact in asked)):
        facts = dict(zip(asked, values, strict=True))
        old, new = before.outcome(facts).outcome, decide(after.newest, facts)
        key = (old.policy.sha256, old.rule.id, new.rule.id)
        found.setdefault(key, (old, new, []))[2].append(values)
    for old, new, combinations in found.values():
        parts = compare_outcomes(old, new, after.promised(len(after.versions) - 1, old, new))
        facts_seen = facts_of(asked, combinations)
        where = {"before": old.rule.id, "after": new.rule.id}
        change = Change("outcome", where, old.rule.priority, new.rule.priority, parts, facts_seen, len(combinations))
        yield Held(old.policy if change.material else after.newest, change)
