"""What an account holds: cell by cell, the version that counts for it, and what it was kept on, and why.

It begins with the version that was agreed on. Each version that takes effect after that gives the account what is
better or equal at once; where it would be a material degradation of what the account holds, the account keeps that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shared.events import Target
from shared.policy.amend.cells import Cell, cell_of, compare_cells
from shared.policy.amend.diff import compare_exclusions, reason_of
from shared.policy.amend.outcomes import Outcome, compare_outcomes, decide
from shared.policy.amend.verdicts import Part
from shared.policy.form import CLOCKS, ExclusionClause, FactValue, Policy

Place = tuple[str, str]
"""Priority and clock."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A version whose change does not hold for the account, and what of it would be a material degradation."""

    refused: Policy
    parts: tuple[Part, ...]

    @property
    def reason(self) -> str:
        """Such as "longer target: PT4H instead of PT1H"."""
        return reason_of([part for part in self.parts if part.material])


@dataclass(frozen=True, slots=True)
class HeldCell:
    """A cell, in the version that holds; `kept` from those that came since, if any."""

    cell: Cell
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldExclusion:
    """An exclusion that holds for the account, in the words of this version; or (`spared`) one that does not yet."""

    policy: Policy
    exclusion: ExclusionClause
    spared: bool = False
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldOutcome:
    """The decision of the rules that holds."""

    outcome: Outcome
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, eq=False)
class Holding:
    """All that an account on this plan holds. `plan_from` is the place of the version that the plan was agreed in.

    The same versions give the same object, as long as it is remembered.
    """

    plan: str
    versions: tuple[Policy, ...]
    plan_from: int
    steps: tuple[Mapping[Place, HeldCell], ...]
    """After each version, what is held then; the last one is what holds."""
    exclusions: tuple[HeldExclusion, ...]

    @property
    def newest(self) -> Policy:
        return self.versions[-1]

    @property
    def cells(self) -> Mapping[Place, HeldCell]:
        return self.steps[-1]

    @property
    def known(self) -> bool:
        """Whether any of the versions has the plan."""
        return any(self.plan in policy.plans for policy in self.versions[self.plan_from :])

    def cell(self, priority: str, clock: str) -> HeldCell:
        """What is promised; nothing where no version knows the priority."""
        return self.cells.get((priority, clock)) or HeldCell(cell_of(self.newest, self.plan, priority, clock))

    def targets(self, priority: str) -> dict[str, Target | None]:
        """What is promised at this priority; a target of another version than the newest names its version."""
        return {clock: self._target(self.cell(priority, clock).cell) for clock in CLOCKS}

    def _target(self, cell: Cell) -> Target | None:
        if cell.target is None or cell.policy.sha256 == self.newest.sha256:
            return cell.target
        return cell.target.model_copy(update={"policy": cell.policy.sha256})

    def outcome(self, facts: Mapping[str, FactValue]) -> HeldOutcome:
        """What the rules decide on these facts, in the version that holds for this combination of them."""
        held = HeldOutcome(decide(self.versions[0], facts))
        for place, version in enumerate(self.versions[1:], 1):
            new = decide(version, facts)
            parts = compare_outcomes(held.outcome, new, self.promised(place, held.outcome, new))
            if _material(parts):
                held = HeldOutcome(held.outcome, (*held.kept, Kept(version, parts)))
            else:
                held = HeldOutcome(new)
        return held

    def promised(self, place: int, before: Outcome, after: Outcome) -> Iterator[tuple[Cell, Cell]]:
        """What is held at that place for the priorities of two decisions, clock by clock."""
        cells = self.steps[place]
        for clock in CLOCKS:
            pair = [
                held.cell
                if (held := cells.get((item.rule.priority, clock)))
                else cell_of(item.policy, self.plan, item.rule.priority, clock)
                for item in (before, after)
            ]
            yield pair[0], pair[1]


def hold(plan: str, versions: Sequence[Policy], plan_from: int = 0) -> Holding:
    """What an account on this plan holds after these versions, in the order in which they took effect for it."""
    return _held(plan, tuple(_Known(policy) for policy in versions), plan_from)


class _Known:
    """A policy is known by its SHA-256."""

    __slots__ = ("policy",)

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __hash__(self) -> int:
        return hash(self.policy.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.policy.sha256 == self.policy.sha256


@lru_cache(maxsize=4096)
def _held(plan: str, known: tuple[_Known, ...], plan_from: int) -> Holding:
    versions = tuple(item.policy for item in known)
    steps: list[Mapping[Place, HeldCell]] = []
    cells: Mapping[Place, HeldCell] = {}
    for place, version in enumerate(versions):
        if place >= plan_from:
            cells = _after(cells, version, plan, first=place == plan_from)
        steps.append(cells)
    return Holding(plan, versions, plan_from, tuple(steps), tuple(_exclusions(versions)))


def _after(held: Mapping[Place, HeldCell], version: Policy, plan: str, *, first: bool) -> Mapping[Place, HeldCell]:
    result: dict[Place, HeldCell] = {}
    priorities = dict.fromkeys((*(priority for priority, _ in held), *version.ranks))
    for place in ((priority, clock) for priority in priorities for clock in CLOCKS):
        new, old = cell_of(version, plan, *place), held.get(place)
        parts = () if first or old is None else compare_cells(old.cell, new)
        if old is not None and _material(parts):
            result[place] = HeldCell(old.cell, (*old.kept, Kept(version, parts)))
        else:
            result[place] = HeldCell(new)
    return result


def _exclusions(versions: Sequence[Policy]) -> Iterator[HeldExclusion]:
    first, *others = versions
    held = {item.clause: HeldExclusion(first, item) for item in first.exclusions}
    for version in others:
        new = {item.clause: item for item in version.exclusions}
        before, held = held, {}
        for clause in dict.fromkeys((*before, *new)):
            old = before.get(clause)
            had = old.exclusion if old is not None and not old.spared else None
            if had is None and clause not in new:
                continue
            part = compare_exclusions(old.policy if old else version, had, version, new.get(clause))
            if part.material and had is None:
                kept = (*(old.kept if old else ()), Kept(version, (part,)))
                held[clause] = HeldExclusion(version, new[clause], True, kept)
            elif part.material and old is not None:
                held[clause] = HeldExclusion(old.policy, old.exclusion, False, (*old.kept, Kept(version, (part,))))
            elif clause in new:
                held[clause] = HeldExclusion(version, new[clause])
    yield from held.values()


def _material(parts: Sequence[Part]) -> bool:
    return any(part.material for part in parts)
