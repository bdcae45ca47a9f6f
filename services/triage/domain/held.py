"""What an account holds of the policy: an amendment that would degrade what it was promised does not hold for it.

- The versions that count are those from the one agreed on to the one in effect when the ticket was opened. They are
  recorded with the assessment; where that is one version alone, nothing is.
- What is kept is said with the version it comes from, the version that is not in effect for it, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from shared.events import Agreement, Name, Part, Reason, Term
from shared.policy import CLOCKS, Policies, Policy
from shared.policy.amend import Holding, Kept, hold, line_of
from shared.policy.amend.cells import said

Versions = Callable[[str], Policy | None]
"""The version with this SHA-256, where it is known."""
KEPT = "kept"
"""The rule that a reason names where something is kept from an earlier version."""


class Line(Part):
    """The versions that count, by SHA-256 and in order; the plan was agreed on in the one at `plan_from`."""

    versions: tuple[Name, ...]
    plan_from: int = 0


class PlanLine(Part):
    """A plan as accounts of this line hold it."""

    plan: Name
    line: Line


def line_under(
    policies: Policies, policy: Policy, term: Term, agreed: Sequence[Agreement], opened_at: datetime
) -> Line | None:
    """The line of an account for a ticket under this version; None where that version alone counts."""
    if len(policies.versions) < 2:
        return None
    found = line_of(policies, policy, term, agreed, max(opened_at, policy.effective))
    if len(found.versions) < 2:
        return None
    return Line(versions=tuple(version.sha256 for version in found.versions), plan_from=found.plan_from)


def holding_of(plan: str, line: Line | None, policy: Policy, versions: Versions) -> Holding | None:
    """What is held by this line; None where it is the policy alone. A version that was deleted counts no more."""
    if line is None:
        return None
    known = [versions(sha256) for sha256 in line.versions[:-1]]
    gone_before = known[: line.plan_from].count(None)
    found = [version for version in known if version is not None]
    return hold(plan, [*found, policy], line.plan_from - gone_before) if found else None


def why_targets(holding: Holding, priority: str, clause: str) -> Iterator[Reason]:
    """Of each target at this priority that is kept."""
    for clock in CLOCKS:
        held = holding.cell(priority, clock)
        if held.kept:
            what = f"{clock.replace('_', ' ')}: {said(held.cell.target)}"
            yield reason_kept(what, held.cell.policy, held.kept, clause)


def reason_kept(what: str, version: Policy, kept: Sequence[Kept], clause: str) -> Reason:
    """Why something is still as an earlier version has it."""
    refused = "; ".join(f"{item.refused.policy} {item.refused.version}: {item.reason}" for item in kept)
    return Reason(
        rule=KEPT,
        clause=clause,
        fact=f"{what}, as in {version.policy} {version.version}",
        text=f"A material degradation of what was agreed does not hold until it is accepted or the term is renewed "
        f"({refused}).",
    )


def clauses_of(holding: Holding | None, policy: Policy) -> dict[str, str]:
    """The exclusions that hold: their clauses by key."""
    if holding is None:
        return {item.key: item.clause for item in policy.exclusions}
    return {held.exclusion.key: held.exclusion.clause for held in holding.exclusions if not held.spared}


def spared(holding: Holding | None, keys: Iterable[str]) -> Iterator[Reason]:
    """Of each of these exclusions that holds in the newest version but not for the account."""
    if holding is None:
        return
    wanted = set(keys)
    for held in holding.exclusions:
        if held.spared and held.exclusion.key in wanted:
            before = f"exclusion {held.exclusion.clause}: none"
            yield reason_kept(before, holding.versions[0], held.kept, held.exclusion.clause)
