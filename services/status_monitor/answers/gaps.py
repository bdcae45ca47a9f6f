"""The detection gap as its report says it, by incident and by month, and as the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.status_monitor.domain.gaps import Found, Month, Spread

INCIDENT_COLUMNS = (
    "number", "month", "first_customer_at", "first_customer", "observed_at", "opened_at", "first_notice_at",
    "detected_at", "detected_by", "gap_seconds", "opening_seconds", "notice_seconds",
)  # fmt: skip
_PLAIN = ("month", "incidents", "customers_first")
_SPREADS = ("gap", "opening", "notice")
_OF_SPREAD = ("count", "median_seconds", "max_seconds")
MONTH_COLUMNS = (*_PLAIN, *(f"{name}_{what}" for name in _SPREADS for what in _OF_SPREAD))


def shown_incident(found: Found) -> dict[str, Any]:
    return {
        "number": found.number,
        "month": found.month,
        "first_customer_at": _iso(found.first_customer_at),
        "first_customer": found.first_customer,
        "observed_at": _iso(found.observed_at),
        "opened_at": _iso(found.opened_at),
        "first_notice_at": _iso(found.first_notice_at),
        "detected_at": _iso(found.detected_at),
        "detected_by": found.detected_by,
        "gap_seconds": found.gap,
        "opening_seconds": found.opening,
        "notice_seconds": found.notice,
    }


def shown_month(found: Month) -> dict[str, Any]:
    return {
        "month": found.month,
        "incidents": found.incidents,
        "customers_first": found.customers_first,
        "gap": _spread(found.gap),
        "opening": _spread(found.opening),
        "notice": _spread(found.notice),
    }


def incident_row(said: Mapping[str, Any]) -> list[Any]:
    """The cells under INCIDENT_COLUMNS."""
    return [said[column] for column in INCIDENT_COLUMNS]


def month_row(said: Mapping[str, Any]) -> list[Any]:
    """The cells under MONTH_COLUMNS."""
    return [*(said[column] for column in _PLAIN), *(said[name][what] for name in _SPREADS for what in _OF_SPREAD)]


def _spread(found: Spread) -> dict[str, Any]:
    return {"count": found.count, "median_seconds": found.median, "max_seconds": found.longest}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
