"""What the reports answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from services.status_monitor.answers import Answer
from services.status_monitor.domain.counting import Group
from shared.policy.form import ClockName


class Counted(Answer):
    """Promises, counted; `net_` with accepted exclusions taken out."""

    met: int
    breached: int
    open: int
    """Not past due yet."""
    percent: float | None
    """Met, of those with a verdict, cut after two decimals; none where there is no verdict."""
    net_met: int
    net_breached: int
    net_open: int
    net_percent: float | None


class AttainmentRow(Counted):
    """The counts of a group; only what was asked for `by` is there."""

    month: str | None = None
    """`2026-03`, in UTC."""
    account: str | None = None
    """None for tickets that name no account. A ticket of the provider's counts for each account that it concerns."""
    priority: str | None = None
    """That the promise was judged under."""
    clock: ClockName | None = None


class AttainmentReport(Answer):
    """How many promises were kept, as far as it looked."""

    from_: datetime | None = Field(alias="from")
    to: datetime | None
    as_at: datetime
    """When the clocks are read; the same on all pages."""
    zone: Literal["UTC"]
    """Of months, and of dates without a time."""
    by: list[Group]
    provider_tickets: Literal["once", "by account"]
    """How a ticket of the provider's is counted: once, by its own clocks; or, where accounts are asked for, for each
    account that it concerns, by what its own plan promises."""
    tickets: int
    """How many were looked at."""
    rows: list[AttainmentRow]
    total: Counted
    next: str | None
    """The `cursor` of the rest, whose counts are to be added; none where this is all."""
    unknown: list[Literal["account", "priority"]]
    """Those that were asked for and that are not known: an account that was neither published nor has a ticket, a
    priority that no policy has."""


class GapSpread(Answer):
    """Of how many incidents it is known, the median and the longest, in seconds."""

    count: int
    median_seconds: float | None
    max_seconds: float | None


class DetectionMonth(Answer):
    """The incidents whose tickets were opened in a month."""

    month: str
    incidents: int
    customers_first: int
    """Of which a customer knew before the page or the monitor."""
    gap: GapSpread
    """How much earlier customers knew than the provider; negative where it was first."""
    opening: GapSpread
    """From what the provider saw to the ticket."""
    notice: GapSpread
    """From the first sign, a customer's or the provider's, to the first notice."""


class DetectionLine(Answer):
    """Who knew of an incident when."""

    number: str
    month: str
    first_customer_at: datetime | None
    """When the first of the linked customers' tickets was reported."""
    first_customer: str | None
    observed_at: datetime
    """When the page or the monitor showed it."""
    opened_at: datetime
    first_notice_at: datetime | None
    detected_at: datetime
    detected_by: Literal["customer", "page", "monitor", "provider"]
    gap_seconds: float | None
    opening_seconds: float | None
    notice_seconds: float | None


class DetectionReport(Answer):
    """Who knew of incidents when, and how long it took to tell customers."""

    from_: datetime | None = Field(alias="from")
    to: datetime | None
    zone: Literal["UTC"]
    months: list[DetectionMonth]
    incidents: list[DetectionLine]
    """The newest first."""
