"""What is recorded of tickets' clocks, as the routes for agents answer it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import Field

from services.status_monitor.answers import Answer, LinkState
from services.status_monitor.domain.attainment import Result
from services.status_monitor.domain.clocks import ClockState
from services.status_monitor.domain.ledger import Kind
from shared.events import Initiator, Json, State
from shared.policy.form import ClockName


class VerdictLine(Answer):
    """How a promise fared."""

    clock: ClockName
    priority: str | None
    """That it was judged under; none where that was not recorded."""
    gross: Result
    net: Result | None
    """With accepted exclusions taken out; none where nothing is left to be judged."""
    at: datetime | None
    """When it stopped in time, or was past due; none while it is open."""


class RecordedTicket(Answer):
    """A ticket's facts, and the verdicts that follow."""

    number: str
    id: UUID
    account: str | None
    initiator: Initiator
    opened_at: datetime
    priority: str
    facts: Json
    """As the clocks take them; their form is not promised."""
    verdicts: list[VerdictLine]


class RecordedList(Answer):
    """Assessed tickets in the order of their ids."""

    as_at: datetime
    """When the clocks are read; the same on all pages."""
    tickets: list[RecordedTicket]
    next: str | None
    """The `cursor` of the next page; none on the last one."""


class LedgerEntry(Answer):
    """What happened to a clock; never changed."""

    place: int
    clock: ClockName
    cycle: datetime
    """When the run of the clock began."""
    kind: Kind
    at: datetime
    """When it occurred."""
    known_at: datetime
    """When it was written."""
    detail: str


class ClockReading(Answer):
    """A clock as it stands; durations in the working time of its calendar."""

    state: ClockState
    due: datetime | None
    target: timedelta | None
    calendar: str | None
    elapsed: timedelta
    paused: timedelta
    breaches: int
    """Over all its cycles, as far as they were spoken and stand."""
    warnings: int


class ClockBoth(Answer):
    """A clock, and the same with accepted exclusions taken out."""

    clock: ClockName
    gross: ClockReading
    net: ClockReading


class CalendarShown(Answer):
    """The hours of a target."""

    calendar: str
    policy: str
    """The SHA-256 of the version that writes it."""
    written: Json | None
    """As the policy writes it; none where that version is not known here."""
    closed: list[str]
    """The holidays from the start of the clocks to when they are read."""
    computed_with: dict[str, str]
    """The versions of the data that this reading was computed with; which one a verdict was, is not recorded."""


class AcceptedExclusion(Answer):
    """An interval that is excluded, and since when that is decided."""

    clause: str
    from_: datetime = Field(alias="from")
    to: datetime | None
    decided_at: datetime


class TicketLink(Answer):
    """What a ticket has, or had, to do with one of the provider's."""

    provider: str
    state: LinkState
    since: datetime
    reason: str
    by: str
    """`rules`, or the agent's name."""


class RecordedClocks(Answer):
    """Everything that a ticket's clocks rest on, and what they say."""

    number: str
    id: UUID
    state: State | None
    as_at: datetime
    facts: Json
    """As the clocks take them; their form is not promised."""
    ledger: list[LedgerEntry]
    clocks: list[ClockBoth]
    """Those that were ever promised."""
    verdicts: list[VerdictLine]
    calendars: list[CalendarShown]
    exclusions: list[AcceptedExclusion]
    links: list[TicketLink]
