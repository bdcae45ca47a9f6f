"""What the notifier's routes answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import Status


class Answer(BaseModel):
    """Docstrings of fields are their descriptions."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class DeliveryLine(Answer):
    """One message to one destination."""

    id: UUID
    """The id it was sent under: of the Message-ID, or the `webhook-id`."""
    sequence: int
    """Of the change of the ticket (status-monitor's) that it tells of."""
    cause: str
    """Why the ticket changed, such as `opened` or `breached`."""
    channel: Literal["email", "webhook"]
    destination: str
    """Masked: enough to recognise, not enough to use."""
    account: str | None
    """Whose contact it is."""
    internal: bool
    """To the provider's own support."""
    status: Status | None
    """The SLA's; none for what is internal."""
    state: Literal["queued", "due", "accepted", "failed"]
    attempts: int
    reason: str | None
    """Why it was given up, or what the last try said."""
    missing: str | None
    """What it cannot be written without."""
    owed_at: datetime
    """Since when it is to be sent."""
    finished_at: datetime | None
    """When the channel accepted it, or it was given up."""
    may_have_been_repeated: list[datetime]
    """When tries began whose answer was never seen: under the same id it may have arrived more than once."""


class WaitLine(Answer):
    """What keeps a notice from people it is owed to."""

    sequence: int
    missing: str
    since: datetime


class DeliveryLog(Answer):
    """Everything that was or is to be sent of a ticket, in order."""

    number: str
    deliveries: list[DeliveryLine]
    waiting: list[WaitLine]
    next: str | None
    """The `cursor` of the next page of deliveries; none on the last one."""
