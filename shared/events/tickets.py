"""What intake says of a ticket: it was opened, and what was added to it."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import (
    Category,
    Description,
    Environment,
    Event,
    Examples,
    Impact,
    Instant,
    Name,
    Services,
    Text,
    Workaround,
)
from shared.events.issues import Detection, IssueReported


class TicketOpened(Event):
    """Upon identifying an issue, a ticket is opened (SLA B.1). Always the ticket's first event."""

    NAME: ClassVar[str] = "ticketopened"
    TOPIC: ClassVar[str] = "tickets"
    KEY: ClassVar[str] = "ticket_id"
    PRODUCER: ClassVar[str | None] = "intake"

    ticket_id: UUID
    number: Name
    issue: IssueReported
    source: Name
    """Who produced the issue: an upstream system, `status-monitor`, or `intake` for what came over HTTP."""
    account: Name | None = None
    opened_at: Instant
    clock_start: Instant
    """From here the clocks run: accepted over HTTP, appended to the log, or first observed."""
    unknown: tuple[Name, ...] = ()
    """Facts of the issue that were said to be unknown. One that is unknown there and is not named here was not said."""


class TicketReplied(Event):
    """Something was added to a ticket by its customer, or by the source that reported it.

    Facts that are absent were not stated anew.
    """

    NAME: ClassVar[str] = "ticketreplied"
    TOPIC: ClassVar[str] = "tickets"
    KEY: ClassVar[str] = "ticket_id"
    PRODUCER: ClassVar[str | None] = "intake"

    ticket_id: UUID
    number: Name
    reply_id: Name
    origin: Literal["customer", "source"]
    author: Text | None = None
    body: Description | None = None
    services: Services | None = None
    category: Category | None = None
    environment: Environment | None = None
    impact: Impact | None = None
    workaround: Workaround | None = None
    ongoing: bool | None = None
    ended_at: Instant | None = None
    examples: Examples = ()
    detection: Detection | None = None
    close: bool = False
    replied_at: Instant
