"""Whether support is owed, by the account's plan and term, and the targets that follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from services.triage.domain.facts import Inputs
from services.triage.domain.held import Versions, holding_of, why_targets
from shared.events import Coverage, Reason, Target, Term
from shared.policy import CLOCKS, Policy
from shared.policy.amend import Holding

NO_GUARANTEE: dict[str, Target | None] = dict.fromkeys(CLOCKS)
Targets = dict[str, Target | None]


class Covered(NamedTuple):
    """What PriorityAssigned says of it, with the reasons beyond those of the priority."""

    coverage: Coverage
    plan: str | None
    targets: Targets
    reasons: tuple[Reason, ...]


def coverage_of(inputs: Inputs, policy: Policy, priority: str, holding: Holding | None, versions: Versions) -> Covered:
    """The coverage of a ticket at this priority; `holding` is what its account holds, where not the policy alone."""
    facts, customer = inputs.facts, inputs.customer
    own = policy.clause_of(priority) or policy.priorities[-1].clause
    on_plan = policy.coverage.plan or own
    if facts.initiator == "provider":
        return _provider(inputs, policy, priority, on_plan, versions)
    if customer is None:
        fact = f"account: {facts.account}" if facts.account else "account: not stated"
        text = "Nobody here knows this account, so no target is promised until it is known."
        reason = Reason(rule="unknown-account", clause=on_plan, fact=fact, text=text)
        return Covered("unknown-account", None, NO_GUARANTEE, (reason,))
    if not (holding.known if holding is not None else customer.plan in policy.plans):
        text = "The policy has no such plan, so no target is promised until the account has one of its plans."
        reason = Reason(rule="unknown-plan", clause=on_plan, fact=f"plan: {customer.plan}", text=text)
        return Covered("unknown-account", None, NO_GUARANTEE, (reason,))
    term = customer.term
    since = facts.clock_start if inputs.replanned is None else inputs.replanned.at
    if since < term.start or (term.end is not None and since >= term.end):
        fact = f"term: {_term(term, since)}"
        text = "Reported outside the subscription term, and support is owed within it only."
        reason = Reason(rule="out-of-term", clause=policy.coverage.term or own, fact=fact, text=text)
        return Covered("out-of-term", customer.plan, NO_GUARANTEE, (reason,))
    if holding is None:
        return Covered("covered", customer.plan, policy.plans[customer.plan].targets[priority], ())
    targets = holding.targets(priority)
    return Covered("covered", customer.plan, targets, tuple(why_targets(holding, priority, on_plan)))


def _term(term: Term, at: datetime) -> str:
    """The term by its dates; by its instants, with the one that is outside, where that is on a day of the term."""
    days = [end.astimezone(UTC).date() if end is not None else date.max for end in (term.start, term.end)]
    if not days[0] <= at.astimezone(UTC).date() <= days[1]:
        return f"{days[0]} to {days[1] if term.end is not None else 'open'}"
    end = _instant(term.end) if term.end is not None else "open"
    return f"{_instant(term.start)} to {end}, reported {_instant(at)}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace(".000+", "+").replace("+00:00", "Z")


def _provider(inputs: Inputs, policy: Policy, priority: str, clause: str, versions: Versions) -> Covered:
    """Clock by clock the shortest target among the accounts that it concerns."""
    cells = {plan: policy.plans[plan].targets[priority] for plan in inputs.plans if plan in policy.plans}
    kept = []
    for item in inputs.lines:
        holding = holding_of(item.plan, item.line, policy, versions)
        if holding is not None and holding.known:
            kept.append((item.plan, holding.targets(priority)))
    names = sorted({*cells, *(plan for plan, _ in kept)})
    fact = f"plans: {', '.join(names)}" if names else "no account in term uses these services"
    text = "The provider's own ticket: clock by clock the shortest target among the accounts that it concerns."
    targets = _shortest((*cells.values(), *(targets for _, targets in kept)), policy, versions)
    return Covered("provider", None, targets, (Reason(rule="provider", clause=clause, fact=fact, text=text),))


def _shortest(cells: Iterable[Targets], policy: Policy, versions: Versions) -> Targets:
    """Clock by clock: none only if all are none; at one length a round-the-clock calendar comes before any other."""
    best = dict(NO_GUARANTEE)

    def rank(target: Target) -> tuple[object, ...]:
        version = (versions(target.policy) if target.policy is not None else None) or policy
        return target.duration, not version.calendars[target.calendar].always, target.calendar, target.policy or ""

    for targets in cells:
        for clock, target in targets.items():
            held = best[clock]
            if target is not None and (held is None or rank(target) < rank(held)):
                best[clock] = target
    return best
