"""What status-monitor says of a ticket, and what the notifier did about it (SLA B.2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.events.assessments import PolicyRef
from shared.events.base import Audience, Event, Initiator, Instant, Name, Part, State, Status, Text
from shared.events.issues import Reporter


class TicketSummary(Part):
    """What the notifier and other readers of StatusChanged need to know of the ticket, as it stands."""

    number: Name
    initiator: Initiator
    account: Name | None = None
    reporter: Reporter | None = None
    services: tuple[Name, ...] = ()
    description: Text
    priority: Name | None = None
    clause: Name | None = None
    policy: PolicyRef | None = None


class Clock(Part):
    """A clock as it stands. `state`: none, running, paused, met, late, breached, cancelled."""

    clock: Name
    state: Literal["none", "running", "paused", "met", "late", "breached", "cancelled"]
    due: Instant | None = None
    target: timedelta | None = None
    calendar: Name | None = None
    paused: timedelta = timedelta(0)


class Actor(Part):
    """Who did it."""

    kind: Literal["customer", "agent", "page", "monitor", "system"]
    name: Text


class RecipientsRule(Part):
    """For a provider's ticket: every account that uses one of these services is concerned."""

    services: tuple[Name, ...]


class ProviderLink(Part):
    """The provider's ticket that a customer's ticket is linked to (or is proposed to be, or was)."""

    ticket_id: UUID
    number: Name
    sequence: Annotated[int, Field(ge=1)] | None = None
    """Which of status-monitor's changes on it this one repeats; absent where nothing is repeated."""


class EscalationStep(Part):
    """A step of the policy's escalation ladder, from 1, and the address that it goes to."""

    step: Annotated[int, Field(ge=1)]
    to: Text


class StatusChanged(Event):
    """A ticket's state or status changed: the one cause of notifications (SLA B.2). Sequence 1 is Initial."""

    NAME: ClassVar[str] = "statuschanged"
    TOPIC: ClassVar[str] = "tickets"
    KEY: ClassVar[str] = "ticket_id"
    PRODUCER: ClassVar[str | None] = "status-monitor"

    ticket_id: UUID
    number: Name
    state_from: State | None = None
    state_to: State
    status: Status | None = None
    audience: Audience
    cause: Name
    message: Text | None = None
    actor: Actor
    ticket: TicketSummary
    clocks: tuple[Clock, ...] = ()
    next_update_due: Instant | None = None
    recipients_rule: RecipientsRule | None = None
    link: ProviderLink | None = None
    escalation: EscalationStep | None = None
    """Whom this internal notice goes to instead of the support contact."""
    changed_at: Instant


class NotificationSent(Event):
    """A notification was accepted by its channel, or given up with a reason (SLA B.2's four contents)."""

    NAME: ClassVar[str] = "notificationsent"
    TOPIC: ClassVar[str] = "notifications"
    KEY: ClassVar[str] = "ticket_id"
    PRODUCER: ClassVar[str | None] = "notifier"

    notification_id: UUID
    ticket_id: UUID
    number: Name
    status: Status
    phone: Text
    description: Text
    priority: Name | None = None
    account: Name | None = None
    destination: Text
    """Masked: enough to recognise, not enough to use."""
    channel: Literal["email", "webhook"]
    outcome: Literal["accepted", "failed"]
    reason: Text | None = None
    attempts: Annotated[int, Field(ge=0)]
    delivered_at: Instant
