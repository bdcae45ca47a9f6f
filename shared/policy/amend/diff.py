"""Two versions compared cell by cell: every promise of every plan, every exclusion, every decision of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shared.policy.amend.cells import Cell, cell_of, compare_cells, said
from shared.policy.amend.outcomes import Pair, compare_outcomes, pairs
from shared.policy.amend.verdicts import Part, Verdict, together
from shared.policy.form import CLOCKS, ExclusionClause, FactValue, Policy

Kind = Literal["promise", "exclusion", "outcome"]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell in both versions. `where` names it; `facts` are those that lead to a decision of the rules."""

    kind: Kind
    where: Mapping[str, str]
    before: str
    after: str
    parts: tuple[Part, ...]
    facts: Mapping[str, tuple[FactValue, ...]] | None = None
    combinations: int | None = None

    @property
    def verdict(self) -> Verdict:
        """On the version that comes after."""
        return together(part.verdict for part in self.parts)

    @property
    def material(self) -> bool:
        """Whether the rule of the version before calls it a material degradation."""
        return any(part.material for part in self.parts)

    @property
    def reason(self) -> str:
        """Why."""
        return reason_of(self.parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """Every cell of two versions."""

    before: Policy
    after: Policy
    changes: tuple[Change, ...]

    @property
    def summary(self) -> Mapping[str, int]:
        """How many cells are better, equal, worse, incomparable, and material."""
        verdicts = Counter(change.verdict for change in self.changes)
        counted = {verdict: verdicts[verdict] for verdict in ("better", "equal", "worse", "incomparable")}
        return {**counted, "material": sum(change.material for change in self.changes)}


def diff(before: Policy, after: Policy) -> Difference:
    """What changes from the one to the other, in the eyes of a customer who was promised the first."""
    changes = (*_promises(before, after), *_exclusions(before, after), *_outcomes(before, after))
    return Difference(before, after, changes)


def reason_of(parts: Iterable[Part]) -> str:
    """The reasons of what differs; of what does not, that it is the same."""
    parts = tuple(parts)
    differing = [part.reason for part in parts if part.verdict != "equal"]
    return "; ".join(differing) or next((part.reason for part in parts), "the same")


def _promises(before: Policy, after: Policy) -> Iterator[Change]:
    for plan in _both(before.plans, after.plans):
        for priority in _both(before.ranks, after.ranks):
            for clock in CLOCKS:
                old, new = (cell_of(policy, plan, priority, clock) for policy in (before, after))
                where = {"plan": plan, "priority": priority, "clock": clock}
                yield Change("promise", where, said(old.target), said(new.target), compare_cells(old, new))


def _exclusions(before: Policy, after: Policy) -> Iterator[Change]:
    old, new = ({item.clause: item for item in policy.exclusions} for policy in (before, after))
    for clause in _both(old, new):
        part = compare_exclusions(before, old.get(clause), after, new.get(clause))
        yield Change("exclusion", {"clause": clause}, part.before, part.after, (part,))


def compare_exclusions(before: Policy, old: ExclusionClause | None, after: Policy, new: ExclusionClause | None) -> Part:
    """One exclusion is known by its clause. Whether other words take in more, only a person can say."""
    was = before.document.clauses[old.clause] if old else "none"
    becomes = after.document.clauses[new.clause] if new else "none"
    if old is None:
        return Part("exclusion", was, becomes, "worse", True, "excluded where it was not")
    if new is None:
        return Part("exclusion", was, becomes, "better", False, "excluded no more")
    if was != becomes:
        return Part("exclusion", was, becomes, "incomparable", True, "its words differ: a person has to judge them")
    return Part("exclusion", was, becomes, "equal", False, "the same words")


def _outcomes(before: Policy, after: Policy) -> Iterator[Change]:
    plans = [plan for plan in before.plans if plan in after.plans]
    for pair in pairs(before, after):
        old, new = pair.before.rule, pair.after.rule
        parts = compare_outcomes(pair.before, pair.after, _promised(pair, plans))
        where = {"before": old.id, "after": new.id}
        yield Change("outcome", where, old.priority, new.priority, parts, pair.facts, pair.combinations)


def _promised(pair: Pair, plans: Iterable[str]) -> Iterator[tuple[Cell, Cell]]:
    for plan in plans:
        for clock in CLOCKS:
            old, new = (cell_of(item.policy, plan, item.rule.priority, clock) for item in (pair.before, pair.after))
            yield old, new


def _both(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The names of either, those of the first in its order, then what the second adds."""
    return [*dict.fromkeys((*before, *after))]
