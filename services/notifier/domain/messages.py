"""A delivery that was claimed, and the message it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.notifier.domain.content import Content
from services.notifier.domain.recipients import Channel
from shared.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row of `deliveries` under a lease of this process."""

    id: UUID
    lease: UUID
    ticket_id: UUID
    sequence: int
    channel: Channel
    destination: str
    address: str
    gate: str
    account: str | None
    internal: bool
    attempts: int
    created_at: datetime
    thread: UUID
    """The first delivery of this ticket to this destination, to which the others answer."""
    event: str
    cause: Envelope

    @property
    def notice(self) -> tuple[UUID, int]:
        return self.ticket_id, self.sequence


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is to send, to whom, under which id."""

    claimed: Claimed
    content: Content
    secret: str | None = None
    """Signs a webhook."""
    trace: str | None = None
    """The `traceparent` that a webhook takes along."""
