"""What a policy's plan says about clocks, in the form that the clocks want it.

A target that is kept from an earlier version comes with all that this version says of its clock.

A provider's ticket has no plan of its own: it is paused only by what every plan that promises that clock pauses for,
and warned at every point that any of them names, so that no account gets less than its plan gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from services.status_monitor.domain.calendars import Calendar
from services.status_monitor.domain.facts import CLOCKS, Planned
from services.status_monitor.domain.promised import Terms
from shared.events import Target
from shared.policy import Plan, Policy
from shared.policy.hours import calendar_of

_NONE = Terms()


def terms_of(policy: Policy | None, plan: str | None) -> Terms:
    """The terms of the plan; of no plan in particular where none is named."""
    if policy is None:
        return _NONE
    calendars = calendars_of(policy)
    said = policy.plans.get(plan) if plan is not None else None
    if said is None:
        return _of_all(list(policy.plans.values()), calendars)
    return Terms(
        pauses={reason: tuple(clocks) for reason, clocks in said.pauses.items()},
        warnings={clock: tuple(points) for clock, points in said.warnings.items()},
        response_met_by=said.response_met_by,
        closed_counts=said.closed_counts,
        calendars=calendars,
    )


def terms_over(plans: Sequence[Planned], by_sha: Callable[[str], Policy | None]) -> Terms:
    """The terms over all assessments of a ticket: where an agent planned it anew, those before it and those after."""
    terms = _NONE
    said: tuple[object, ...] | None = None
    for plan in plans:
        kept = kept_from(plan.targets)
        if (plan.policy, plan.plan, kept) != said:
            before, said = said, (plan.policy, plan.plan, kept)
            new = _known(plan.policy, plan.plan, by_sha)
            for clock, version in kept.items():
                new = new.with_clock(clock, _known(version, plan.plan, by_sha), version)
            terms = new if before is None else terms.then(plan.at, new)
    return terms


def kept_from(targets: Mapping[str, Target | None]) -> dict[str, str]:
    """The clocks whose target is of another version than that of the assessment, and its SHA-256."""
    return {clock: target.policy for clock, target in targets.items() if target is not None and target.policy}


_of_plans: dict[tuple[str, str | None], Terms] = {}  # a policy is immutable and known by its SHA-256


def _known(sha256: str | None, plan: str | None, by_sha: Callable[[str], Policy | None]) -> Terms:
    if sha256 is None:
        return _NONE
    terms = _of_plans.get((sha256, plan))
    if terms is None:
        policy = by_sha(sha256)
        if policy is None:
            return _NONE
        terms = _of_plans[sha256, plan] = terms_of(policy, plan)
    return terms


def _of_all(plans: Sequence[Plan], calendars: dict[str, Calendar]) -> Terms:
    pauses: dict[str, tuple[str, ...]] = {}
    warnings: dict[str, tuple[str, ...]] = {}
    promising: list[Plan] = []
    for clock in CLOCKS:
        of_clock = [plan for plan in plans if any(targets[clock] for targets in plan.targets.values())]
        promising += of_clock
        for reason in {reason for plan in of_clock for reason in plan.pauses}:
            if all(clock in plan.pauses.get(reason, ()) for plan in of_clock):
                pauses[reason] = (*pauses.get(reason, ()), clock)
        points = dict.fromkeys(
            point for plan in of_clock for name, said in plan.warnings.items() if name == clock for point in said
        )
        if points:
            warnings[clock] = tuple(points)
    by_initial = bool(promising) and all(plan.response_met_by == "initial" for plan in promising)
    return Terms(
        pauses=pauses,
        warnings=warnings,
        response_met_by="initial" if by_initial else "person",
        closed_counts=any(plan.closed_counts for plan in promising),
        calendars=calendars,
    )


def calendars_of(policy: Policy) -> dict[str, Calendar]:
    """The policy's calendars."""
    return {name: calendar_of(calendar) for name, calendar in policy.calendars.items()}
