"""What intake's routes answer, as the contracts say it; the tests hold the answers against it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import (
    Clock,
    Coverage,
    Exclusion,
    Fact,
    Initiator,
    IssueReported,
    Json,
    Missing,
    PolicyRef,
    Reason,
    Reporter,
    State,
    Status,
    Target,
)


class Answer(BaseModel):
    """Docstrings of fields are their descriptions."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class TicketId(Answer):
    """The ticket of an issue."""

    id: UUID
    number: str


class IssueAccepted(Answer):
    """The issue has its ticket, from now on or already."""

    ticket: TicketId
    issue_id: str
    duplicate: bool
    """Whether this issue was known already, with the same facts."""


class ReplyAccepted(Answer):
    """What was added is part of the ticket."""

    number: str
    reply_id: str
    sequence: int
    """Of intake on the ticket."""


class TicketLine(Answer):
    """A ticket in a list."""

    number: str
    id: UUID
    account: str | None
    initiator: Initiator
    state: State | None
    """None until status-monitor has spoken."""
    priority: str | None
    """None until triage has spoken."""
    opened_at: datetime


class TicketList(Answer):
    """Tickets, the newest first."""

    tickets: list[TicketLine]
    next: str | None
    """The `cursor` of the next page; none on the last one."""


class NotificationLine(Answer):
    """What was sent to whom, or given up and why."""

    notification_id: UUID
    status: Status
    channel: str
    destination: str
    """Masked."""
    outcome: Literal["accepted", "failed"]
    reason: str | None
    attempts: int
    delivered_at: datetime


class ReplyLine(Answer):
    """What was added to a ticket."""

    body: str | None
    author: str | None
    origin: Literal["customer", "source"]
    replied_at: datetime


class TicketView(Answer):
    """A ticket as it stands, by the last word of each service."""

    number: str
    id: UUID
    account: str | None
    state: State
    priority: str | None
    reasons: list[Reason]
    facts: list[Fact]
    """What triage knows of the issue, stated or read from the customer's words."""
    missing: list[Missing]
    coverage: Coverage | None
    exclusions: list[Exclusion]
    policy: PolicyRef | None
    plan: str | None
    targets: dict[str, Target | None]
    """Per clock; null is "no guarantee"."""
    clocks: list[Clock]
    next_update_due: datetime | None
    services: list[str]
    linked_to: list[str]
    """The numbers of the provider's tickets whose public words count here."""
    description: str
    reporter: Reporter | None
    initiator: Initiator
    opened_at: datetime
    clock_start: datetime
    sequences: dict[str, int]
    """Per service, of its last event on the ticket: what `If-Match` is about."""
    notifications: list[NotificationLine]
    replies: list[ReplyLine]
    issue: IssueReported
    """The facts as they stand, with what was stated anew."""


class TimelineEntry(Answer):
    """An event of the ticket."""

    event: str
    """Its type, such as `upheld.statuschanged.v1`."""
    id: str
    service: str
    sequence: int | None
    occurred_at: datetime
    milliseconds: float
    """Since the entry before."""
    summary: str
    data: Json
    """The event's data, by the schema of its type."""


class Timeline(Answer):
    """Everything that was said of a ticket, in order."""

    number: str
    entries: list[TimelineEntry]
