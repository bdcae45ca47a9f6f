"""An assessment: the priority, why, what is missing, whether support is owed, and the targets that follow.

- An agent's decision stands, whatever facts come later, until an agent decides anew; the reasons then say what the
  rules would say. One exception: what a rule calls final (not in production) no decision lifts above its priority.
- Coverage is judged at the moment from which the clocks run (support is owed within the subscription term), or at that
  at which an agent had the ticket planned anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.triage.domain.coverage import coverage_of
from services.triage.domain.facts import Customer, Decision, Inputs
from services.triage.domain.held import Versions, holding_of, reason_kept, spared
from services.triage.domain.rules import Known, Ruling, rule_on
from services.triage.domain.rulings import clauses_held, exclusions_of
from shared.events import Coverage, Exclusion, Fact, Missing, Name, Part, PriorityAssigned, Reason, Target
from shared.policy import Policy
from shared.policy.amend import Holding
from shared.policy.amend.outcomes import urgency

REPLANNED = "replanned"
"""The rule that a reason names where an agent had the ticket planned anew."""


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


def assess(inputs: Inputs, policy: Policy, versions: Versions = lambda sha256: None) -> Assessment:
    """The assessment of these facts under this version of the policy; `versions` are those that the inputs name."""
    known = inputs.facts.known()
    holding = holding_under(inputs.customer, policy, versions)
    ruling, kept = rule_held(policy, holding, Known.of(known, inputs.facts.initiator))
    ruling = _in_words(ruling, known)
    decision = inputs.decision
    holds = decision is not None and _may_hold(policy, ruling, decision.priority)
    priority = decision.priority if decision is not None and holds else ruling.priority
    covered = coverage_of(inputs, policy, priority, holding, versions)
    proposed = inputs.facts.read.exclusions
    return Assessment(
        priority=priority,
        reasons=(
            *_decided(policy, ruling, decision, holds),
            *kept,
            *covered.reasons,
            *_replanned(inputs, policy, covered.plan, priority),
            *spared(holding, (item.clause for item in proposed)),
        ),
        facts=tuple(known.values()),
        missing=_missing(inputs, ruling, decided=holds),
        exclusions=exclusions_of(inputs, clauses_held(inputs, policy, holding, versions)),
        coverage=covered.coverage,
        plan=covered.plan,
        targets=covered.targets,
        decided_by=decision.by if decision is not None and holds else "rules",
        reason=decision.reason if decision is not None and holds else None,
    )


def holding_under(customer: Customer | None, policy: Policy, versions: Versions) -> Holding | None:
    """What the account holds, where it is not this version alone."""
    return None if customer is None else holding_of(customer.plan, customer.line, policy, versions)


def rule_held(policy: Policy, holding: Holding | None, known: Known) -> tuple[Ruling, tuple[Reason, ...]]:
    """The ruling in the version that holds for these very facts, and why, where that is not the newest."""
    if holding is None:
        return rule_on(policy, known), ()
    held = holding.outcome(known._asdict())
    version = held.outcome.policy
    ruling = rule_on(version, known)
    if not held.kept:
        return ruling, ()
    return ruling, (reason_kept(f"priority: {ruling.priority}", version, held.kept, ruling.rule.clause),)


def lifts_what_is_final(policy: Policy, ruling: Ruling, priority: str) -> bool:
    """Whether a decision for this priority would lift what the deciding rule calls final."""
    return ruling.rule.final and urgency(ruling.policy, ruling.priority, policy, priority) == "better"


def _may_hold(policy: Policy, ruling: Ruling, priority: str) -> bool:
    """A decision for this priority; the ticket may have come to a version that has no such priority."""
    return priority in policy.ranks and not lifts_what_is_final(policy, ruling, priority)


def _replanned(inputs: Inputs, policy: Policy, plan: str | None, priority: str) -> Iterator[Reason]:
    said = inputs.replanned
    if said is not None:
        what = f"plan {plan}, {policy.policy} {policy.version}" if plan else f"{policy.policy} {policy.version}"
        clause = policy.coverage.plan or policy.clause_of(priority) or policy.priorities[-1].clause
        yield Reason(rule=REPLANNED, clause=clause, fact=f"{said.by} had it planned anew: {what}", text=said.reason)


def is_news(assessment: Assessment, said: PriorityAssigned) -> bool:
    """Whether it differs from what was last said in anything but that an earlier question is not asked again."""
    return (
        assessment.priority != said.priority
        or assessment.reasons != said.reasons
        or assessment.facts != said.facts
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
                text=f"That does not hold: no agent lifts this above {ruling.priority}."
                if decision.priority in policy.ranks
                else f"That does not hold: {policy.policy} {policy.version} has no such priority.",
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
