"""What triage has recorded, as its routes for agents answer it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import Json


class Answer(BaseModel):
    """Docstrings of fields are their descriptions."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class AssessmentLine(Answer):
    """An assessment as it was made: the same inputs and the same version of the policy give the same result."""

    assessment: int
    """From 1 on."""
    decided_at: datetime
    policy: str
    """The SHA-256 of the version."""
    cause: str
    """The identity of the event or the act that it came of."""
    inputs: Json
    """What it rested on beside the policy; their form is not promised."""
    result: Json
    """The PriorityAssigned that was said."""


class AssessedTicket(Answer):
    """A ticket with all its assessments, in order."""

    number: str
    id: UUID
    account: str | None
    opened_at: datetime
    assessments: list[AssessmentLine]


class AssessedList(Answer):
    """Assessed tickets in the order of their ids."""

    tickets: list[AssessedTicket]
    next: str | None
    """The `cursor` of the next page; none on the last one."""


class PolicyText(Answer):
    """A version of the policy, whole."""

    sha256: str
    policy: str
    version: str
    effective: datetime
    published_at: datetime
    text: str
    """The file."""
