"""The detection gap: who knew of an incident when, and how long it took from the first sign to the first notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import NamedTuple

from services.status_monitor.domain.counting import month_of
from services.status_monitor.domain.links import detected
from shared.events import Detection


class Found(NamedTuple):
    """An incident's times; those that have not come are None."""

    number: str
    opened_at: datetime
    observed_at: datetime
    """When the page or the monitor showed it, or the provider reported it."""
    detected_at: datetime
    detected_by: str
    first_customer_at: datetime | None
    first_customer: str | None
    first_notice_at: datetime | None

    @property
    def month(self) -> str:
        """That in which its ticket was opened, in UTC."""
        return month_of(self.opened_at)

    @property
    def gap(self) -> float | None:
        """Seconds by which customers knew earlier than the provider; negative where the provider was first."""
        return _between(self.first_customer_at, self.observed_at)

    @property
    def opening(self) -> float | None:
        """Seconds from what the provider saw to the ticket."""
        return _between(self.observed_at, self.opened_at)

    @property
    def notice(self) -> float | None:
        """Seconds from the first sign, a customer's or the provider's, to the first notice."""
        return _between(self.detected_at, self.first_notice_at)


@dataclass(frozen=True, slots=True)
class Spread:
    """Of how many, and half of them took no longer than the median; None of none."""

    count: int
    median: float | None
    longest: float | None


class Month(NamedTuple):
    """The incidents of a month."""

    month: str
    incidents: int
    customers_first: int
    """Of these a customer knew before the page or the monitor."""
    gap: Spread
    opening: Spread
    notice: Spread


def found_of(
    number: str,
    opened_at: datetime,
    clock_start: datetime,
    seen: Detection | None,
    first_customer: tuple[datetime, str] | None,
    first_notice_at: datetime | None,
) -> Found:
    """The times of an incident, as it was opened and as customers' tickets and notices tell."""
    observed = seen.observed_at if seen is not None else clock_start
    customer_at, customer = first_customer or (None, None)
    first = detected(observed, seen.origin if seen is not None else "provider", customer_at)
    return Found(number, opened_at, observed, first.at, first.by, customer_at, customer, first_notice_at)


def months_of(incidents: Iterable[Found]) -> list[Month]:
    """By month, in order."""
    by_month: dict[str, list[Found]] = {}
    for incident in incidents:
        by_month.setdefault(incident.month, []).append(incident)
    return [
        Month(
            month,
            len(found),
            sum(item.gap is not None and item.gap > 0 for item in found),
            spread_of(item.gap for item in found),
            spread_of(item.opening for item in found),
            spread_of(item.notice for item in found),
        )
        for month, found in sorted(by_month.items())
    ]


def spread_of(seconds: Iterable[float | None]) -> Spread:
    """Of those that are known."""
    known = [value for value in seconds if value is not None]
    if not known:
        return Spread(0, None, None)
    return Spread(len(known), round(median(known), 3), round(max(known), 3))


def _between(begin: datetime | None, end: datetime | None) -> float | None:
    return None if begin is None or end is None else (end - begin).total_seconds()
