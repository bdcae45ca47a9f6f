"""What an agent may decide on a ticket here, and what becomes of it; a refusal says what would be right.

Each act gives the ticket as it is to be assessed next, or nothing where it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.triage.domain.assess import assess, holding_under, lifts_what_is_final, rule_held
from services.triage.domain.facts import Decision, Inputs, Replanned
from services.triage.domain.held import spared
from services.triage.domain.rules import Known
from services.triage.domain.rulings import clauses_held, proposals_of, with_ruling
from services.triage.domain.ticket import Account, Concerned, Ticket, inputs_of
from shared.events import WORDS, Description, Exclusion, Instant, Name
from shared.policy import Policies, Policy
from shared.policy.amend import Holding

Why = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True), *WORDS]


class Body(BaseModel):
    """Strict about types and names; docstrings of fields are their descriptions."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )


class PriorityIn(Body):
    """An agent's decision, with the reason that the customer can be given."""

    priority: Name
    reason: Why


class ExclusionIn(Body):
    """An agent's ruling on an exclusion of SLA B.5, proposed or not, with the reason that the customer can be given."""

    clause: Name
    """As the policy numbers it, such as B.5.a."""
    ruling: Literal["accept", "reject"]
    reason: Why
    evidence: Description | None = None
    """What shows it; needed where nothing of this clause is proposed. Left out, it is the proposal's."""
    from_: Annotated[Instant | None, Field(alias="from")] = None
    """Accepted to the extent of an interval: its begin. Left out, it is the proposal's, else that of the clocks."""
    to: Instant | None = None
    """Its end, which does not count. Left out, it is the proposal's; without one it goes on."""


class PlanIn(Body):
    """An agent's word that the ticket is to follow what its account holds now and the policy in effect now, and why."""

    reason: Why


class Refusal(Exception):
    """The act is refused: `status` as HTTP knows it, and a sentence that says what would be right."""

    def __init__(self, status: int, detail: str, *, field: str = "", message: str = "", **more: object) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more
        self.errors = [{"field": field, "message": message or detail}] if field else []


def decide(ticket: Ticket, wanted: PriorityIn, by: str, policy: Policy, policies: Policies) -> Ticket:
    """The ticket with the decision on its priority. Raises Refusal."""
    if wanted.priority not in policy.ranks:
        message = f"must be one of {', '.join(policy.ranks)}"
        raise Refusal(422, f"The policy has no priority {wanted.priority!r}.", field="priority", message=message)
    facts = Known.of(ticket.facts.known(), ticket.facts.initiator)
    ruling, _ = rule_held(policy, _holding(_inputs(ticket), policy, policies), facts)
    if lifts_what_is_final(policy, ruling, wanted.priority):
        clause = ruling.rule.clause
        raise Refusal(
            409,
            f"Ticket {ticket.number} stays {ruling.priority} by clause {clause} ({ruling.reasons[0].fact}): "
            f"{ruling.policy.document.clauses[clause]}",
            rule=ruling.rule.id,
            clause=clause,
        )
    return replace(ticket, decision=Decision(priority=wanted.priority, reason=wanted.reason, by=by))


def rule(
    ticket: Ticket, wanted: ExclusionIn, by: str, now: datetime, policy: Policy, policies: Policies
) -> tuple[Exclusion, Ticket | None]:
    """The exclusion as it is ruled on, and the ticket with it; no ticket where that changes nothing. Raises Refusal.

    What is ruled the same to the same extent stays as it is, with the reason first given.
    """
    inputs = _inputs(ticket)
    holding = _holding(inputs, policy, policies)
    clauses = clauses_held(inputs, policy, holding, policies.by_sha)
    earlier = next((item for item in ticket.ruled if item.clause == wanted.clause), None)
    proposals = list(proposals_of(inputs, clauses))
    proposed = next((item for item in proposals if item.clause == wanted.clause), None)
    if wanted.ruling == "accept":
        _must_hold(wanted.clause, clauses, holding, policy)
        before = earlier if earlier is not None and earlier.state == "accepted" else proposed or earlier
    else:
        _must_be_bare(wanted)
        before = earlier or proposed
        if before is None:
            _must_hold(wanted.clause, clauses, holding, policy)
            raise _nothing_to_reject(wanted.clause, (*ticket.ruled, *proposals))
    ruling = _ruling(wanted, before, by, now)
    _must_be_interval(ruling, ticket)
    if earlier is not None and _as_before(ruling, earlier):
        return earlier, None
    return ruling, replace(ticket, ruled=with_ruling(ticket.ruled, ruling))


def replan(
    ticket: Ticket,
    wanted: PlanIn,
    by: str,
    now: datetime,
    account: Account,
    concerned: Sequence[Concerned],
    policies: Policies,
) -> Ticket | None:
    """The ticket bound anew, to what is in effect and holds now; None where that is what it follows. Raises Refusal.

    What was decided and ruled on it stands. While the account or its plan is not known, or its term is over, that is
    refused: it would take from the customer what the ticket was opened with.
    """
    policy = policies.in_effect(now)
    last, said = ticket.inputs, ticket.said
    assert last is not None, "only what was assessed can be decided on"
    assert said is not None, "what was assessed was said"
    if policy is None:
        raise Refusal(409, "No policy is in effect now.")
    after = replace(ticket, policy=policy.sha256, replanned=Replanned(at=now, by=by, reason=wanted.reason))
    inputs = inputs_of(after, policy, account, concerned, policies)
    found = assess(inputs, policy, policies.by_sha)
    if found.coverage not in ("covered", "provider"):
        why = next(reason for reason in found.reasons if reason.rule in (found.coverage, "unknown-plan"))
        raise Refusal(
            409,
            f"Ticket {ticket.number} cannot be planned anew ({why.fact}, {why.clause}): {why.text}",
            clause=why.clause,
        )
    same = (inputs.customer, inputs.plans, inputs.lines) == (last.customer, last.plans, last.lines)
    return None if same and policy.sha256 == said.policy.sha256 else after


def _ruling(wanted: ExclusionIn, before: Exclusion | None, by: str, now: datetime) -> Exclusion:
    evidence = wanted.evidence or (before.evidence if before is not None else None)
    if evidence is None:
        raise Refusal(
            422,
            f"Nothing of {wanted.clause} is proposed on this ticket: say what shows it.",
            field="evidence",
            message="is needed where the clause is not proposed",
        )
    return Exclusion(
        clause=wanted.clause,
        evidence=evidence,
        from_=wanted.from_ or (before.from_ if before is not None else None),
        to=wanted.to or (before.to if before is not None else None),
        state="accepted" if wanted.ruling == "accept" else "rejected",
        by=by,
        reason=wanted.reason,
        ruled_at=now,
    )


def _as_before(ruling: Exclusion, earlier: Exclusion) -> bool:
    """Rejected is rejected; accepted it is the same on the same evidence to the same extent."""
    if ruling.state == "rejected":
        return earlier.state == "rejected"
    said = {"state", "evidence", "from_", "to"}
    return ruling.model_dump(include=said) == earlier.model_dump(include=said)


def _must_hold(clause: str, clauses: Mapping[str, str], holding: Holding | None, policy: Policy) -> None:
    if clause in clauses.values():
        return
    there = ", ".join(clauses.values())
    keys = {item.clause: item.key for item in policy.exclusions}
    if clause not in keys:
        raise Refusal(
            422,
            f"{policy.policy} {policy.version}, under which the ticket runs, has no exclusion {clause}.",
            field="clause",
            message=f"must be one of {there}" if there else "there is none to rule on",
        )
    why = next(spared(holding, [keys[clause]]), None)
    whose = "for this account" if why is not None else "for every account that the ticket concerns"
    raise Refusal(
        409,
        f"Exclusion {clause} does not hold {whose}. Those that do: {there or 'none'}."
        + (f" {why.text}" if why is not None else ""),
        clause=clause,
    )


def _must_be_bare(wanted: ExclusionIn) -> None:
    for field, value in (("evidence", wanted.evidence), ("from", wanted.from_), ("to", wanted.to)):
        if value is not None:
            raise Refusal(
                422,
                f"`{field}` goes with accept: what is rejected is rejected whole.",
                field=field,
                message="goes with accept",
            )


def _nothing_to_reject(clause: str, there: Iterable[Exclusion]) -> Refusal:
    found = ", ".join(f"{item.clause} ({item.state})" for item in there) or "none"
    return Refusal(409, f"No exclusion under {clause} is proposed on this ticket; there are: {found}.", clause=clause)


def _must_be_interval(ruling: Exclusion, ticket: Ticket) -> None:
    if ruling.state == "rejected" or ruling.to is None:
        return
    begin = ruling.from_ or ticket.facts.clock_start
    if ruling.to <= begin:
        since = "from" if ruling.from_ is not None else "when the ticket's clocks start"
        raise Refusal(
            422,
            f"The interval ends at {ruling.to.isoformat()}, and {since} is {begin.isoformat()}: state both.",
            field="to",
            message=f"must be after {begin.isoformat()}",
        )


def _inputs(ticket: Ticket) -> Inputs:
    """What the last assessment rested on, with the facts as they are by now."""
    assert ticket.inputs is not None, "only what was assessed can be decided on"
    return ticket.inputs.model_copy(update={"facts": ticket.facts})


def _holding(inputs: Inputs, policy: Policy, policies: Policies) -> Holding | None:
    return holding_under(inputs.customer, policy, policies.by_sha)
