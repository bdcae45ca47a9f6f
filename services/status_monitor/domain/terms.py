"""What a policy's plan says about clocks, in the form that the clocks want it.

A provider's ticket has no plan of its own: it is paused only by what every plan that promises that clock pauses for,
and warned at every point that any of them names, so that no account gets less than its plan gives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from services.status_monitor.domain.calendars import Calendar
from services.status_monitor.domain.facts import CLOCKS, Planned
from services.status_monitor.domain.promised import Terms
from shared.policy import Plan, Policy
from shared.policy.hours import calendar_of

_NONE = Terms()


def terms_of(policy: Policy | None, plan: str | None) -> Terms:
    """The terms of the plan; of no plan in particular where none is named."""
    return _NONE if policy is None else _cached(_Keyed(policy), plan)


def terms_over(plans: Sequence[Planned], by_sha: Callable[[str], Policy | None]) -> Terms:
    """The terms over all assessments of a ticket: where an agent planned it anew, those before it and those after."""
    terms: Terms | None = None
    for place, plan in enumerate(plans):
        if place and (plan.policy, plan.plan) == (plans[place - 1].policy, plans[place - 1].plan):
            continue
        new = terms_of(by_sha(plan.policy) if plan.policy is not None else None, plan.plan)
        terms = new if terms is None else terms.then(plan.at, new)
    return terms or _NONE


class _Keyed:
    """A policy is known by its SHA-256."""

    __slots__ = ("policy",)

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __hash__(self) -> int:
        return hash(self.policy.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other.policy.sha256 == self.policy.sha256


@lru_cache(maxsize=256)
def _cached(keyed: _Keyed, name: str | None) -> Terms:
    policy = keyed.policy
    calendars = calendars_of(policy)
    plan = policy.plans.get(name) if name is not None else None
    if plan is None:
        return _of_all(list(policy.plans.values()), calendars)
    return Terms(
        pauses={reason: tuple(clocks) for reason, clocks in plan.pauses.items()},
        warnings={clock: tuple(points) for clock, points in plan.warnings.items()},
        response_met_by=plan.response_met_by,
        closed_counts=plan.closed_counts,
        calendars=calendars,
    )


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
