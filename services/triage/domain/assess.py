"""An assessment: the priority, why, what is missing, whether support is owed, and the targets that follow.

- An agent's decision stands, whatever facts come later, until an agent decides anew; the reasons then say what the
  rules would say. One exception: what a rule calls final (not in production) no decision lifts above its priority.
- Coverage is judged at the moment from which the clocks run: support is owed within the subscription term.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.triage.domain.facts import Customer, Decision, Facts
from services.triage.domain.rules import Known, Ruling, rule_on
from shared.events import Coverage, Exclusion, Fact, Missing, Name, Part, PriorityAssigned, Reason, Target
from shared.policy import CLOCKS, Policy

NO_GUARANTEE: dict[str, Target | None] = dict.fromkeys(CLOCKS)


class Inputs(Part):
    """All that an assessment rests on beside the policy; recorded, so that it can be worked out again."""

    facts: Facts
    customer: Customer | None = None
    plans: tuple[Name, ...] = ()
    """Of the accounts concerned by a provider's ticket, in order of name."""
    asked: tuple[Name, ...] = ()
    """The facts that the customer was asked for before."""
    decision: Decision | None = None
    ruled: tuple[Exclusion, ...] = ()
    """Exclusions that an agent accepted or rejected; what is proposed of their clauses is theirs to say."""


class Assessment(Part):
    """What PriorityAssigned says, beside whose it is and when."""

    priority: Name
    reasons: tuple[Reason, ...]
    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...]
    exclusions: tuple[Exclusion, ...]
    coverage: Coverage
    plan: Name | None
    targets: dict[str, Target | None]
    decided_by: Name
    reason: str | None


def assess(inputs: Inputs, policy: Policy) -> Assessment:
    """The assessment of these facts under this version of the policy."""
    known = inputs.facts.known()
    ruling = _in_words(rule_on(policy, Known.of(known, inputs.facts.initiator)), known)
    decision = inputs.decision
    holds = decision is not None and not lifts_what_is_final(policy, ruling, decision.priority)
    priority = decision.priority if decision is not None and holds else ruling.priority
    coverage, plan, targets, why = _coverage(inputs, policy, priority)
    return Assessment(
        priority=priority,
        reasons=(*_decided(policy, ruling, decision, holds), *why),
        facts=tuple(known.values()),
        missing=_missing(inputs, ruling, decided=holds),
        exclusions=_exclusions(inputs, policy),
        coverage=coverage,
        plan=plan,
        targets=targets,
        decided_by=decision.by if decision is not None and holds else "rules",
        reason=decision.reason if decision is not None and holds else None,
    )


def lifts_what_is_final(policy: Policy, ruling: Ruling, priority: str) -> bool:
    """Whether a decision for this priority would lift what the deciding rule calls final."""
    return ruling.rule.final and policy.ranks[priority] < policy.ranks[ruling.priority]


def is_news(assessment: Assessment, said: PriorityAssigned) -> bool:
    """Whether it differs from what was last said in anything but that an earlier question is not asked again."""
    return (
        assessment.priority != said.priority
        or assessment.reasons != said.reasons
        or assessment.exclusions != said.exclusions
        or assessment.coverage != said.coverage
        or assessment.plan != said.plan
        or assessment.targets != said.targets
        or assessment.decided_by != said.decided_by
        or assessment.reason != said.reason
        or any(item.asked for item in assessment.missing)
        or [(item.fact, item.could_be) for item in assessment.missing]
        != [(item.fact, item.could_be) for item in said.missing]
    )


def _in_words(ruling: Ruling, known: dict[str, Fact]) -> Ruling:
    """The ruling with the words that the facts of its rule were read from."""
    asked_of = ruling.rule.when or known
    words = tuple(fact.words for name, fact in known.items() if fact.words is not None and name in asked_of)
    if not words:
        return ruling
    return replace(ruling, reasons=tuple(reason.model_copy(update={"words": words}) for reason in ruling.reasons))


def _exclusions(inputs: Inputs, policy: Policy) -> tuple[Exclusion, ...]:
    """What was read, where the policy has the clause, as proposals; what an agent has ruled on stays as ruled."""
    clauses = {item.key: item.clause for item in policy.exclusions}
    ruled = {item.clause: item for item in inputs.ruled}
    facts = inputs.facts
    found = (
        Exclusion(
            clause=clauses[proposal.clause],
            evidence=" / ".join(proposal.words),
            from_=proposal.from_ or facts.began_at,
            to=proposal.to or facts.ended_at,
        )
        for proposal in facts.read.exclusions
        if proposal.clause in clauses and clauses[proposal.clause] not in ruled
    )
    return (*inputs.ruled, *found)


def _decided(policy: Policy, ruling: Ruling, decision: Decision | None, holds: bool) -> tuple[Reason, ...]:
    if decision is None:
        return ruling.reasons
    if not holds:
        return (
            *ruling.reasons,
            Reason(
                rule=ruling.rule.id,
                clause=ruling.rule.clause,
                fact=f"{decision.by} decided for {decision.priority}",
                text=f"That does not hold: no agent lifts this above {ruling.priority}.",
            ),
        )
    clause = policy.clause_of(decision.priority) or ruling.rule.clause
    first, *others = ruling.reasons
    return (
        Reason(
            rule="agent", clause=clause, fact=f"{decision.by} decided for {decision.priority}", text=decision.reason
        ),
        first.model_copy(update={"text": f"The rules say {ruling.priority}: {first.text}"}),
        *others,
    )


def _missing(inputs: Inputs, ruling: Ruling, *, decided: bool) -> tuple[Missing, ...]:
    """Asked once each; not of a provider's own ticket, nor where an agent has decided."""
    if not ruling.could_be:
        return ()
    may_ask = inputs.facts.initiator == "customer" and not decided
    return tuple(
        Missing(fact=fact, could_be=best, asked=may_ask and fact not in inputs.asked) for fact, best in ruling.could_be
    )


def _coverage(
    inputs: Inputs, policy: Policy, priority: str
) -> tuple[Coverage, str | None, dict[str, Target | None], tuple[Reason, ...]]:
    facts, customer = inputs.facts, inputs.customer
    own = policy.clause_of(priority) or policy.priorities[-1].clause
    on_plan = policy.coverage.plan or own
    if facts.initiator == "provider":
        known = [plan for plan in inputs.plans if plan in policy.plans]
        targets = _shortest(policy, (policy.plans[plan].targets[priority] for plan in known))
        fact = f"plans: {', '.join(known)}" if known else "no account in term uses these services"
        text = "The provider's own ticket: clock by clock the shortest target among the accounts that it concerns."
        return "provider", None, targets, (Reason(rule="provider", clause=on_plan, fact=fact, text=text),)
    if customer is None:
        fact = f"account: {facts.account}" if facts.account else "account: not stated"
        text = "Nobody here knows this account, so no target is promised until it is known."
        return (
            "unknown-account",
            None,
            NO_GUARANTEE,
            (Reason(rule="unknown-account", clause=on_plan, fact=fact, text=text),),
        )
    if customer.plan not in policy.plans:
        text = "The policy has no such plan, so no target is promised until the account has one of its plans."
        return (
            "unknown-account",
            None,
            NO_GUARANTEE,
            (Reason(rule="unknown-plan", clause=on_plan, fact=f"plan: {customer.plan}", text=text),),
        )
    term = customer.term
    if facts.clock_start < term.start or (term.end is not None and facts.clock_start >= term.end):
        fact = f"term: {term.start:%Y-%m-%d} to {f'{term.end:%Y-%m-%d}' if term.end else 'open'}"
        text = "Reported outside the subscription term, and support is owed within it only."
        return (
            "out-of-term",
            customer.plan,
            NO_GUARANTEE,
            (Reason(rule="out-of-term", clause=policy.coverage.term or own, fact=fact, text=text),),
        )
    return "covered", customer.plan, policy.plans[customer.plan].targets[priority], ()


def _shortest(policy: Policy, cells: Iterable[dict[str, Target | None]]) -> dict[str, Target | None]:
    """Clock by clock: none only if all are none; at one length a round-the-clock calendar comes before any other."""
    best = dict(NO_GUARANTEE)
    for targets in cells:
        for clock, target in targets.items():
            held = best[clock]
            if target is not None and (held is None or _by_length(policy, target) < _by_length(policy, held)):
                best[clock] = target
    return best


def _by_length(policy: Policy, target: Target) -> tuple[object, ...]:
    return target.duration, not policy.calendars[target.calendar].always, target.calendar
