"""What agents decide, each act with its own verdict; a later one of a group sees the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.triage import store
from services.triage.domain import Ticket
from services.triage.domain.acts import decide, must_be_open, replan, rule
from services.triage.domain.wanted import ExclusionIn, PlanIn, PriorityIn, Refusal
from services.triage.handlers.work import Step, Work, begin, cause_of
from shared.db import Tx
from shared.policy import Policy
from shared.service import Act, Problem

Verdict = dict[str, Any]


async def on_acts(tx: Tx, acts: Sequence[Act]) -> list[Verdict | Problem]:
    """Decisions on priorities, rulings on exclusions, and tickets planned anew, in turn."""
    tickets = await store.load_numbers(tx.conn, {act.number for act in acts if act.number})
    work = await begin(tx, tickets.values())
    if any(isinstance(act.payload, PlanIn | PriorityIn) for act in acts):
        work.closed = await store.load_closed(tx.conn, tickets)
    ids = {ticket.number: id for id, ticket in tickets.items()}
    verdicts: list[Verdict | Problem] = []
    for act in acts:
        id = ids.get(act.number or "")
        try:
            ticket, policy = _as_seen(act, None if id is None else work.tickets.get(id, tickets[id]), work)
            verdicts.append(_done(work, act, ticket, policy))
        except Problem as problem:
            verdicts.append(problem)
        except Refusal as refusal:
            verdicts.append(Problem(refusal.status, str(refusal), errors=refusal.errors, more=dict(refusal.more)))
    await work.done(tx)
    return verdicts


def _as_seen(act: Act, ticket: Ticket | None, work: Work) -> tuple[Ticket, Policy]:
    """The ticket and its version of the policy, if the ticket is as the agent saw it. Raises Problem."""
    if act.if_match is None:
        raise Problem(428, "Send If-Match with triage's sequence of the ticket (`sequences.triage` where it is read).")
    if ticket is None:
        raise Problem.not_found_yet(act.number or "")
    policy = work.policy_for(ticket)
    if ticket.said is None or policy is None:
        raise Problem(409, f"Ticket {ticket.number} is not assessed yet: no policy is in effect.")
    if act.if_match != ticket.sequence:
        raise Problem(
            412,
            f"Ticket {ticket.number} was assessed since: its sequence is {ticket.sequence}, not {act.if_match}.",
            more={"sequence": ticket.sequence, "priority": ticket.said.priority, "decided_by": ticket.said.decided_by},
        )
    return ticket, policy


def _done(work: Work, act: Act, ticket: Ticket, policy: Policy) -> Verdict:
    """Do it, and say what was done. Raises Refusal."""
    by, policies = act.caller.name, work.context.policies
    match act.payload:
        case PriorityIn() as wanted:
            must_be_open(ticket, work.closed.get(ticket.ticket_id))
            after = _assessed(work, act, decide(ticket, wanted, by, policy, policies))
            return _verdict(after, priority=wanted.priority)
        case ExclusionIn() as wanted:
            exclusion, ruled = rule(ticket, wanted, by, work.context.now, policy, policies)
            after = ticket if ruled is None else _assessed(work, act, ruled)
            said = exclusion.model_dump(mode="json", by_alias=True)
            return _verdict(after, exclusion=said, changed=ruled is not None)
        case PlanIn() as wanted:
            must_be_open(ticket, work.closed.get(ticket.ticket_id))
            now, account, concerned = work.context.now, work.account_of(ticket), work.concerned_by(ticket)
            planned = replan(ticket, wanted, by, now, account, concerned, policies)
            after = ticket if planned is None else _assessed(work, act, planned)
            assert after.said is not None, "what was assessed was said"
            ref = after.said.policy.model_dump(mode="json")
            return _verdict(after, plan=after.said.plan, policy=ref, changed=planned is not None)
        case other:
            raise TypeError(f"nobody here does what {type(other).__name__} asks")


def _assessed(work: Work, act: Act, ticket: Ticket) -> Ticket:
    cause = cause_of("http", act.id, ticket, act)
    return work.assess(Step(ticket, cause, cause.identity))


def _verdict(ticket: Ticket, **said: object) -> Verdict:
    return {"number": ticket.number, "assessment": ticket.sequence, "sequence": ticket.sequence, **said}
