"""The sentences that status-monitor says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.status_monitor.domain.exclusions import Extent, Ruled
from services.status_monitor.domain.facts import Mark
from shared.events import Missing, PriorityAssigned, Reason

QUESTIONS = {
    "environment": "In which environment does it happen: production, staging or development?",
    "impact": "What does it do: is the service out, degraded, or failing at times?",
    "workaround": "Is there a workaround?",
    "category": "What is it about: an incident, a question, an account or billing matter?",
    "ongoing": "Does it still go on?",
}


def ask_text(missing: Sequence[Missing], priority: str) -> str:
    """What is needed, and the priority that each answer could give."""
    lines = [
        f"- {item.fact}: {QUESTIONS.get(item.fact, 'please state it.')} The answer could make it {item.could_be}."
        for item in missing
    ]
    return "\n".join(["To decide the priority we need to know:", *lines, f"Until then it is handled as {priority}."])


def priority_text(event: PriorityAssigned, before: str | None) -> str:
    """The new priority, the one before, and why."""
    change = f"The priority is {event.priority} now" + (f", before it was {before}." if before else ".")
    why = event.reason or (event.reasons[0].text if event.reasons else "")
    return f"{change} {why}".strip()


def exclusion_text(ruled: Ruled) -> str:
    """What is excluded, to which extent, why and by what evidence; or that it is not any more."""
    exclusion = ruled.item
    if exclusion.state != "accepted":
        extent = _extent((exclusion.from_, exclusion.to)) if ruled.others else ""
        return f"Not excluded under {exclusion.clause}{extent} any more: {exclusion.reason or 'that was taken back.'}"
    head = f"Excluded under {exclusion.clause}{_extent((exclusion.from_, exclusion.to))}"
    if ruled.instead_of:
        head += f" (before:{' and'.join(_extent(extent) or ' throughout' for extent in ruled.instead_of)})"
    if exclusion.reason is None:
        return f"{head}: {exclusion.evidence}"
    return f"{head}: {exclusion.reason}\nEvidence: {exclusion.evidence}"


def _extent(extent: Extent) -> str:
    ends = zip(("from", "to"), extent, strict=True)
    return "".join(f" {word} {at.isoformat(timespec='seconds')}" for word, at in ends if at is not None)


def escalation_text(clocks: Sequence[str], since: datetime) -> str:
    """What nobody has taken up."""
    names = ", ".join(clock.replace("_", " ") for clock in clocks)
    return f"Nobody has taken this up since {since.isoformat(timespec='seconds')}; at risk or breached: {names}."


def unknown_text(event: PriorityAssigned, account: str | None) -> str:
    """Whom or what nobody knows: the account, or its plan; with the clause, as triage gives the reason."""
    who = f"account {account}" if account else "account of the reporter"
    reason = unknown_reason(event)
    if reason is None:
        return f"The {who} is not known."
    what = f" has a plan that is not known ({reason.fact})" if reason.rule == "unknown-plan" else " is not known"
    return f"The {who}{what}: nothing is promised until it is ({reason.clause})."


def unknown_reason(event: PriorityAssigned) -> Reason | None:
    """Why triage does not know whether the ticket is covered."""
    return next((reason for reason in event.reasons if reason.rule.startswith("unknown-")), None)


def out_of_term_text(event: PriorityAssigned, account: str | None) -> str:
    """That a ticket was reported outside its account's term, with the term and the clause, as triage gives them."""
    reason = next((reason for reason in event.reasons if reason.rule == "out-of-term"), None)
    why = f" ({reason.fact}, {reason.clause})" if reason else ""
    return (
        f"Reported outside the subscription term of {account}{why}: nothing is promised on it unless an agent has it "
        "planned anew within the term."
    )


def maintenance_text(name: str) -> str:
    return f"Maintenance: {name}"


def linked_text(number: str, reason: str) -> str:
    return f"This ticket is linked to {number}, our own ticket on an incident: {reason}. What we say there counts here."


def proposed_text(number: str, reason: str) -> str:
    return f"This ticket may belong to {number}: {reason}. Link it, or unlink it to say that it does not."


def unlinked_text(number: str, reason: str | None) -> str:
    return f"This ticket is not linked to {number} any more{f': {reason}' if reason else ''}."


def rejected_text(number: str, reason: str | None) -> str:
    return f"This ticket does not belong to {number}{f': {reason}' if reason else ''}."


def provider_text(number: str, message: str | None) -> str:
    """What was said on the provider's ticket, as it was said."""
    return message or f"{number}, our own ticket on this, is resolved."


def resolution_text(number: str, message: str | None) -> str:
    said = f" ({message})" if message else ""
    return f"{number}, to which this ticket is linked, is resolved{said}. Is this one, too? Resolve it, or unlink it."


def verdict_text(mark: Mark) -> str:
    """At-risk, breached or corrected, for people of the support."""
    clock = mark.clock.replace("_", " ")
    due = f"due {mark.due.isoformat(timespec='seconds')}" if mark.due else "without a due time at present"
    if mark.kind == "at-risk" and mark.clock == "update":
        return f"The customer is to hear of it again ({', '.join(mark.points)}): {due}."
    if mark.kind == "at-risk":
        return f"The {clock} is at risk ({', '.join(mark.points)}): {due}."
    if mark.kind == "corrected":
        return f"The {clock} was in time after all: the breach ({due}) is corrected."
    return f"The {clock} is breached: {due}{', late on re-plan' if mark.late_plan else ''}."
