"""What a message says: the SLA's four contents (B.2), the clause behind the priority, and what comes next.

Words of customers and pages are cleaned here: they can neither hide, nor reorder, nor break what is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from services.notifier.domain.recipients import Channel
from shared.events import NotificationSent, Status, StatusChanged
from shared.policy import Policy

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ALARM: Status = "Informational"

_CHANGED: dict[Status, str] = {
    "Initial": "A ticket was opened for this issue.",
    "Update": "There is news on this issue.",
    "Resolved": "This issue is resolved.",
    "Informational": "Something about this ticket changed.",
    "Action Required": "We need something from you to go on.",
}
_NEXT: dict[Status, str] = {
    "Initial": "We are looking into it. You need not do anything; reply to the ticket to add facts.",
    "Update": "We go on working on it. You need not do anything; reply to the ticket to add facts.",
    "Resolved": "If the problem is still there, reply to the ticket within 7 days and it is opened again; "
    "after that it is closed.",
    "Informational": "You need not do anything.",
    "Action Required": "Please reply to the ticket with what is asked for. Until then it waits for you.",
}
_NEXT_PROVIDER: dict[Status, str] = {
    "Initial": "We noticed this ourselves and are working on it. You need not do anything.",
    "Update": "We go on working on it. You need not do anything.",
    "Resolved": "If you still see the problem, open a ticket and name this one.",
    "Informational": "You need not do anything.",
    "Action Required": "Please open a ticket and name this one, with what is asked for.",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a channel needs to say it, already clean; times are UTC."""

    ticket_id: UUID
    number: str
    status: Status
    """The SLA's; an alarm, which has none, is Informational to the support contact."""
    internal: bool
    cause: str
    state: str
    phone: str
    description: str
    documentation: str
    document: str
    priority: str | None
    clause: str | None
    clause_words: str | None
    message: str
    next_step: str
    next_update: str
    next_update_due: datetime | None
    changed_at: datetime
    said_at: str

    @property
    def headline(self) -> str:
        return f"{self.cause}" if self.internal else self.status

    @property
    def subject(self) -> str:
        """One line of bounded length: a header must not be broken by what somebody else wrote."""
        return f"[{one_line(self.number, 60)}] {one_line(self.headline, 40)}: {one_line(self.description, 90)}"


class Lacking(Exception):
    """A message cannot be written yet: something that it must contain is missing, by name."""


def content_of(event: StatusChanged, policy: Policy | None, phone: str | None) -> Content:
    """What is to be said of this event. Raises Lacking without the policy or a support phone number (SLA B.2)."""
    ticket = event.ticket
    if policy is None:
        raise Lacking(f"policy {ticket.policy.sha256[:12]}" if ticket.policy else "a policy in effect")
    if not (number := policy.support.phone or phone):
        raise Lacking("the support phone number: neither the policy nor UPHELD_SUPPORT_PHONE has one")
    internal = event.status is None or event.audience == "internal"
    status = event.status or _ALARM
    clause = ticket.clause or (policy.clause_of(ticket.priority) if ticket.priority else None)
    words = policy.document.clauses.get(clause) if clause else None
    return Content(
        ticket_id=event.ticket_id,
        number=clean(event.number),
        status=status,
        internal=internal,
        cause=clean(event.cause),
        state=event.state_to,
        phone=clean(number),
        description=clean(ticket.description) or "(nothing that can be printed)",
        documentation=clean(policy.support.documentation),
        document=clean(policy.document.title),
        priority=clean(ticket.priority) if ticket.priority else None,
        clause=clean(clause) if clause else None,
        clause_words=clean(words) if words else None,
        message=clean(event.message)
        if event.message
        else (f"Alarm: {clean(event.cause)}." if internal else _CHANGED[status]),
        next_step=next_step(event),
        next_update=_next_update(event),
        next_update_due=event.next_update_due,
        changed_at=event.changed_at,
        said_at=spoken(event.changed_at),
    )


def next_step(event: StatusChanged) -> str:
    """What happens next, and what the reader has to do."""
    if event.status is None or event.audience == "internal":
        return "For support only; the customer was not told of this."
    return (_NEXT_PROVIDER if event.ticket.initiator == "provider" else _NEXT)[event.status]


def _next_update(event: StatusChanged) -> str:
    if event.next_update_due is not None:
        return f"due by {spoken(event.next_update_due)}"
    if event.status == "Resolved":
        return "none is due: the issue is resolved"
    return "no time is guaranteed; we write when there is news"


def spoken(moment: datetime) -> str:
    """A time for people, with its zone."""
    return moment.astimezone(UTC).strftime("%d %b %Y %H:%M UTC")


def clean(text: str) -> str:
    """Without control characters (but line ends and tabs) and without what reverses the direction of writing."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str, most: int) -> str:
    """All white space as single spaces, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "\u2026"


def notification(
    content: Content,
    id: UUID,
    account: str | None,
    destination: str,
    channel: Channel,
    accepted: bool,
    reason: str | None,
    attempts: int,
    delivered_at: datetime,
) -> NotificationSent:
    """What is said on `notifications` when a delivery is over."""
    return NotificationSent.model_construct(
        notification_id=id,
        ticket_id=content.ticket_id,
        number=content.number,
        status=content.status,
        phone=content.phone,
        description=content.description,
        priority=content.priority,
        account=account,
        destination=destination,
        channel=channel,
        outcome="accepted" if accepted else "failed",
        reason=reason,
        attempts=attempts,
        delivered_at=delivered_at,
    )
