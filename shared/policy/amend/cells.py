"""A cell of a plan: what is promised on one clock at one priority, whole.

Target, calendar, what pauses it, what meets it and when people are warned belong together: an account holds all of it
in one version, so that nobody ever holds a mixture that no version promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.events import Target
from shared.policy.amend.calendars import compare_hours
from shared.policy.amend.verdicts import Part, by_content, by_size
from shared.policy.form import Material, Plan, Policy
from shared.policy.values import iso


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of this version; without a target nothing is promised, also where the version has no such plan."""

    policy: Policy
    plan: str
    priority: str
    clock: str
    target: Target | None

    @property
    def terms(self) -> Plan:
        """What the plan says of its clocks."""
        return self.policy.plans[self.plan]

    @property
    def pauses(self) -> frozenset[str]:
        """The reasons for which the clock stands still."""
        return frozenset(reason for reason, clocks in self.terms.pauses.items() if self.clock in clocks)

    @property
    def warnings(self) -> frozenset[str]:
        """The points at which people are warned."""
        return frozenset(
            point for name, points in self.terms.warnings.items() if name == self.clock for point in points
        )


def cell_of(policy: Policy, plan: str, priority: str, clock: str) -> Cell:
    """The cell in this version."""
    plans = policy.plans.get(plan)
    return Cell(policy, plan, priority, clock, plans.targets.get(priority, {}).get(clock) if plans else None)


def compare_cells(before: Cell, after: Cell) -> tuple[Part, ...]:
    """Part by part; what is material, the version that was promised says."""
    return tuple(_parts(before, after, before.policy.material))


def _parts(before: Cell, after: Cell, rule: Material) -> Iterator[Part]:
    old, new = before.target, after.target
    if old is None or new is None:
        yield _given_or_taken(old, new, after)
        return
    verdict = by_size(old.duration.total_seconds(), new.duration.total_seconds())
    word = {"better": "shorter", "worse": "longer", "equal": ""}[verdict]
    was, becomes = iso(old.duration), iso(new.duration)
    text = f"{word} target: {becomes} instead of {was}" if word else "the same"
    yield Part("target", was, becomes, verdict, verdict == "worse", text)
    first_year = min(before.policy.effective, after.policy.effective).year
    hours, text = compare_hours(before.policy.calendars[old.calendar], after.policy.calendars[new.calendar], first_year)
    lost = rule.calendars == "fewer-hours" and hours in ("worse", "incomparable")
    yield Part("calendar", old.calendar, new.calendar, hours, lost, text)
    # A clock that stands still for one reason more is due later: a longer target by another name.
    yield _pauses(before.pauses, after.pauses)
    yield _warnings(before.warnings, after.warnings, material=rule.targets == "any")
    if before.clock == "first_response":
        yield _response(before.terms.response_met_by, after.terms.response_met_by)
    if before.clock == "total_resolution":
        yield _closed(before.terms.closed_counts, after.terms.closed_counts)


def _given_or_taken(old: Target | None, new: Target | None, after: Cell) -> Part:
    was, becomes = said(old), said(new)
    if old is None and new is None:
        return Part("target", was, becomes, "equal", False, "nothing is promised in either")
    if old is None:
        return Part("target", was, becomes, "better", False, f"{becomes} where nothing was promised")
    if after.plan not in after.policy.plans:
        why = f"the plan {after.plan} is gone"
    elif after.priority not in after.policy.ranks:
        why = f"the priority {after.priority} is gone"
    else:
        why = "the promise is gone"
    return Part("target", was, becomes, "worse", True, f"{why}: {becomes} instead of {was}")


def _pauses(before: frozenset[str], after: frozenset[str]) -> Part:
    verdict = by_content(after, before)  # fewer are better
    material = verdict in ("worse", "incomparable")
    text = _changes("paused", before, after, "while")
    return Part("pauses", _listed(before), _listed(after), verdict, material, text)


def _warnings(before: frozenset[str], after: frozenset[str], *, material: bool) -> Part:
    verdict = by_content(before, after)
    lost = material and verdict in ("worse", "incomparable")
    return Part("warnings", _listed(before), _listed(after), verdict, lost, _changes("warned", before, after, "at"))


def _changes(word: str, before: frozenset[str], after: frozenset[str], at: str) -> str:
    texts = [f"{word} also {at}: {_listed(after - before)}"] if after - before else []
    texts += [f"no longer {word} {at}: {_listed(before - after)}"] if before - after else []
    return "; ".join(texts) or "the same"


def _response(before: str, after: str) -> Part:
    verdict = by_size(before == "initial", after == "initial")
    text = {
        "equal": "the same",
        "better": "only a person's answer meets it now",
        "worse": "an automatic notification meets it, where a person's answer was promised",
    }[verdict]
    return Part("response_met_by", before, after, verdict, verdict == "worse", text)


def _closed(before: bool, after: bool) -> Part:
    verdict = by_size(not before, not after)
    text = {
        "equal": "the same",
        "better": "the time in resolved counts after a reopening",
        "worse": "the time in resolved counts no more after a reopening, so it is due later",
    }[verdict]
    return Part("closed_counts", _word(before), _word(after), verdict, verdict == "worse", text)


def said(target: Target | None) -> str:
    """`PT1H on office`, or `none`."""
    return "none" if target is None else f"{iso(target.duration)} on {target.calendar}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _word(value: bool) -> str:
    return "yes" if value else "no"
