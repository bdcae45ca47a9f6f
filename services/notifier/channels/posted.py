"""What a webhook is posted, as the contract says it; the tests hold `webhook_of` against it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import State, Status


class Notice(BaseModel):
    """What a mail says too (SLA B.2), and what a program needs to go on."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    notification_id: UUID
    """The same as the header `webhook-id`, and as that of NotificationSent."""
    ticket_id: UUID
    number: str
    status: Status
    phone: str
    description: str
    priority: str | None
    clause: str | None
    clause_words: str | None
    """The clause in words."""
    account: str | None
    state: State
    message: str
    """What an agent or a page said; empty where nobody said anything."""
    next_step: str
    next_update: str
    """When the next word is due, in words; empty where none is promised."""
    next_update_due: datetime | None
    documentation: str
    changed_at: datetime


class Posted(BaseModel):
    """The form of Standard Webhooks."""

    type: Literal["upheld.notification"]
    timestamp: datetime
    data: Notice
