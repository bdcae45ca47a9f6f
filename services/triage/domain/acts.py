"""What an agent may decide on a ticket here, and what becomes of it; a refusal says what would be right.

Each act gives the ticket as it is to be assessed next, or nothing where it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.triage.domain.assess import assess, holding_under, lifts_what_is_final, rule_held
from services.triage.domain.extents import accepted, as_before, must_have_room, rejected, taken_back
from services.triage.domain.facts import Decision, Inputs, Replanned
from services.triage.domain.held import spared
from services.triage.domain.rules import Known
from services.triage.domain.rulings import clauses_held, proposals_of, with_ruling
from services.triage.domain.ticket import Account, Concerned, Ticket, inputs_of
from services.triage.domain.wanted import ExclusionIn, PlanIn, PriorityIn, Refusal
from shared.events import Exclusion
from shared.policy import Policies, Policy
from shared.policy.amend import Holding


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
            f"Ticket {ticket.number} stays {ruling.priority} by clause {clause} ({ruling.reasons[0].fact}) unless a "
            f"reply states otherwise: {ruling.policy.document.clauses[clause]}",
            rule=ruling.rule.id,
            clause=clause,
        )
    return replace(ticket, decision=Decision(priority=wanted.priority, reason=wanted.reason, by=by))


def rule(
    ticket: Ticket, wanted: ExclusionIn, by: str, now: datetime, policy: Policy, policies: Policies
) -> tuple[Exclusion, Ticket | None]:
    """The exclusion as it is ruled on, and the ticket with it; no ticket where that changes nothing. Raises Refusal.

    What is ruled the same to the same extent stays as it is, with the reason first given. An interval that meets none
    that was ruled on under the clause stands beside those; one that does takes their place.
    """
    inputs = _inputs(ticket)
    holding = _holding(inputs, policy, policies)
    clauses = clauses_held(inputs, policy, holding, policies.by_sha)
    proposals = list(proposals_of(inputs, clauses))
    proposed = next((item for item in proposals if item.clause == wanted.clause), None)
    if wanted.ruling == "accept":
        _must_hold(wanted.clause, clauses, holding, policy)
        ruling = accepted(wanted, ticket, proposed, by, now)
    else:
        before = taken_back(wanted, ticket) or proposed
        if before is None:
            _must_hold(wanted.clause, clauses, holding, policy)
            raise _nothing_to_reject(wanted.clause, (*ticket.ruled, *proposals))
        ruling = rejected(wanted, before, by, now)
    earlier = next((item for item in ticket.ruled if as_before(ruling, item)), None)
    if earlier is not None:
        return earlier, None
    ruled = with_ruling(ticket.ruled, ruling, ticket.facts.clock_start)
    must_have_room(ruled, ticket)
    return ruling, replace(ticket, ruled=ruled)


def must_be_open(ticket: Ticket, closed_at: datetime | None) -> None:
    """Raises Refusal for a ticket that is closed: what was promised on it was kept or broken, whatever is decided."""
    if closed_at is not None:
        since = closed_at.isoformat(timespec="seconds")
        raise Refusal(
            409,
            f"Ticket {ticket.number} is closed since {since}: its clocks have stopped, and neither a priority nor a "
            "plan moves any of them. A reply to it opens a new ticket, which follows what its account holds then.",
            field="number",
            message="is of a closed ticket: name one that is open, or reply to it first",
            state="closed",
        )


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
    assert last is not None  # only what was assessed, and said, can be decided on
    assert said is not None
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


def _nothing_to_reject(clause: str, there: Iterable[Exclusion]) -> Refusal:
    found = ", ".join(f"{item.clause} ({item.state})" for item in there) or "none"
    return Refusal(409, f"No exclusion under {clause} is proposed on this ticket; there are: {found}.", clause=clause)


def _inputs(ticket: Ticket) -> Inputs:
    """What the last assessment rested on, with the facts as they are by now."""
    assert ticket.inputs is not None  # only what was assessed can be decided on
    return ticket.inputs.model_copy(update={"facts": ticket.facts})


def _holding(inputs: Inputs, policy: Policy, policies: Policies) -> Holding | None:
    return holding_under(inputs.customer, policy, policies.by_sha)
