"""What a ticket of the provider's promised to each account that it concerns, and whether that was kept (SLA B.4).

- The ticket has one set of clocks, by the shortest promise of all. An account is judged by what its own plan promises
  at the ticket's priority, on the ticket's facts; its notification clock by the first notification to itself.
- It is concerned where an assessment finds it in term and using one of the ticket's services, as it was then.
- What was spoken of the ticket's own clocks is no verdict on an account's: it is by the facts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from services.status_monitor.domain.attainment import Verdict, verdicts_of
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Facts, Lapse, Model, Planned
from services.status_monitor.domain.promised import Terms
from services.status_monitor.domain.terms import terms_over
from shared.events import Agreement, Instant, Term
from shared.policy import Policies, Policy
from shared.policy.amend import Holding, hold, line_of

_TOLD = ("notification",)
_OTHERS = tuple(clock for clock in CLOCKS if clock not in _TOLD)


class Concern(Model):
    """What of an account counted from an assessment on; without a plan, that the ticket concerned it no more."""

    at: Instant
    plan: str | None = None
    start: Instant | None = None
    """Of its term."""
    agreed: tuple[Agreement, ...] = ()


class Concerned(NamedTuple):
    """An account that a ticket of the provider's concerns; `plans` has one entry or more, in order."""

    account: str
    plans: tuple[Concern, ...]
    term_end: datetime | None = None
    lapses: tuple[Lapse, ...] = ()
    notified: datetime | None = None
    """When the first notification to it was accepted; `initial_notified`, the first Initial."""
    initial_notified: datetime | None = None


class _Under(NamedTuple):
    """An assessment, its version of the policy, all that were published by then, and when what holds is looked up."""

    planned: Planned
    policy: Policy | None
    policies: Policies
    since: datetime


class _Held(NamedTuple):
    """What an account holds from this time on; nothing where it is not concerned."""

    at: datetime
    place: int
    """Of the assessment."""
    plan: str | None
    holding: Holding | None


def verdicts_by_account(
    facts: Facts,
    opened_at: datetime,
    priority: str,
    accounts: Iterable[Concerned],
    policies: Policies,
    now: datetime,
) -> Iterator[tuple[str, list[Verdict]]]:
    """The verdicts on what each account was promised, in the order given; accounts that hold the same cost little.

    `priority` is the ticket's present one, for assessments of which it is not recorded.
    """
    under = list(_under(facts.plans, opened_at, policies))
    shapes: dict[tuple[_Held, ...], tuple[tuple[Planned, ...], Terms]] = {}
    known: dict[tuple[object, ...], list[Verdict]] = {}
    for account in accounts:
        held = tuple(_held(account, under))
        if held not in shapes:
            plans = tuple(_planned(each, facts.plans[each.place], priority) for each in held)
            shapes[held] = plans, terms_over(plans, policies.by_sha)
        plans, terms = shapes[held]
        own = {
            "plans": plans,
            "notified": account.notified,
            "initial_notified": account.initial_notified,
            "term_end": account.term_end,
            "lapses": account.lapses,
            "marks": (),
        }
        course = Course(facts.model_copy(update=own), terms)
        by_initial = account.initial_notified if terms.response_met_by == "initial" else None
        key = (held, account.term_end, account.lapses, by_initial)
        if key not in known:
            known[key] = verdicts_of(course, now, _OTHERS)
        yield account.account, [*verdicts_of(course, now, _TOLD), *known[key]]


def _under(plans: Sequence[Planned], opened_at: datetime, policies: Policies) -> Iterator[_Under]:
    """As triage has it: what held when the ticket was opened, or was planned anew under another version."""
    since, before = opened_at, plans[0].policy if plans else None
    for plan in plans:
        if plan.policy != before:
            since, before = plan.at, plan.policy
        policy = policies.by_sha(plan.policy) if plan.policy is not None else None
        versions = (item for item in policies.versions if item.published_at <= plan.at or item.policy is policy)
        yield _Under(plan, policy, Policies(tuple(versions)), since)


def _held(account: Concerned, under: Sequence[_Under]) -> Iterator[_Held]:
    """At each assessment, and where the ticket began or ceased to concern the account without one."""
    moments = {each.planned.at for each in under}
    moments |= {concern.at for concern in account.plans if concern.at >= under[0].planned.at}
    plan = account.plans[0].plan
    for at in sorted(moments):
        place = sum(each.planned.at <= at for each in under) - 1
        concern = next((concern for concern in reversed(account.plans) if concern.at <= at), None)
        policy = under[place].policy
        if concern is None or concern.plan is None or concern.start is None or policy is None:
            yield _Held(at, place, plan, None)
            continue
        plan, term = concern.plan, Term(start=concern.start)
        since = max(under[place].since, policy.effective)
        line = line_of(under[place].policies, policy, term, concern.agreed, since)
        yield _Held(at, place, plan, hold(plan, line.versions, line.plan_from))


def _planned(held: _Held, planned: Planned, priority: str) -> Planned:
    """The assessment as it is for an account."""
    targets = dict.fromkeys(CLOCKS) if held.holding is None else held.holding.targets(planned.priority or priority)
    return planned.model_copy(update={"at": held.at, "plan": held.plan, "targets": targets})
