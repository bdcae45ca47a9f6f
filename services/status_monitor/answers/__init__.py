"""What status-monitor's routes answer, as the contracts say it; the tests hold the answers against it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import Actor, State, Status

LinkState = Literal["proposed", "linked", "unlinked", "rejected"]


class Answer(BaseModel):
    """Docstrings of fields are their descriptions."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class TicketUpdated(Answer):
    """The ticket after the act, and the status that the customer is sent, if any."""

    number: str
    state: State
    status: Status | None
    sequence: int


class IncidentLine(Answer):
    """An incident of the provider's: its ticket, and when who knew of it."""

    number: str
    id: UUID
    state: State
    services: list[str]
    description: str
    origin: Literal["page", "monitor"] | None
    """What saw it; none where the provider reported it otherwise."""
    source: str | None
    incident_id: str | None
    """As the page or the monitor calls it."""
    link: str | None
    began_at: datetime | None
    """As the page says."""
    first_customer_at: datetime | None
    """When the first of the linked customers' tickets was reported."""
    first_customer: str | None
    """That ticket."""
    observed_at: datetime
    """When it was first seen on the page or by the monitor; the ticket's clocks run from here."""
    opened_at: datetime
    first_notice_at: datetime | None
    """When the first notification on the ticket was accepted by its channel."""
    detected_at: datetime
    """The earliest of what customers and the provider saw."""
    detected_by: Literal["customer", "page", "monitor", "provider"]
    gap_seconds: float | None
    """How much earlier customers knew than the provider; negative where it was first, none where no customer is."""
    resolved_at: datetime | None
    linked: int
    proposed: int


class IncidentList(Answer):
    """Incidents, the newest first."""

    incidents: list[IncidentLine]
    next: str | None
    """The `cursor` of the next page; none on the last one."""


class LinkedTicket(Answer):
    """A customer's ticket that has to do with the incident, or was thought to."""

    number: str
    account: str | None
    ticket_state: State | None
    state: LinkState
    reason: str
    by: str
    """`rules`, or the agent's name."""
    since: datetime
    """When this was decided."""
    reported_at: datetime
    followed: int
    """Up to which sequence of the incident's ticket its public words have reached this one."""


class Word(Answer):
    """What was said in public on the incident's ticket, and whom it has reached."""

    sequence: int
    at: datetime
    state: State
    message: str | None
    actor: Actor
    told: int
    """To how many linked tickets it was an Update."""
    counted: int
    """On how many linked tickets it restarted the update clock, resolved ones included."""
    settled: bool
    """Whether it has reached all."""


class IncidentView(IncidentLine):
    """An incident with what was said and the tickets that have to do with it, a page of them."""

    updates: list[Word]
    tickets: list[LinkedTicket]
    next: str | None
    """The `cursor` of the next page of tickets; none on the last one."""
