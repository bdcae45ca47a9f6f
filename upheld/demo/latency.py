"""How long it takes from IssueReported to the Initial's NotificationSent, and where that time goes: pure.

A hop is the time between two services' words, so it holds the outbox, Kafka and the wait of the one that speaks last.
The priority of a provider's ticket is not on the way where the page's own word made Initial before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

HOPS = ("intake", "triage", "status-monitor", "notifier")


@dataclass(frozen=True, slots=True)
class Passage:
    """The moments of one ticket on its way; `assigned` only where Initial waited for it."""

    number: str
    reported: datetime
    opened: datetime
    assigned: datetime | None
    initial: datetime
    sent: datetime

    @property
    def total(self) -> float:
        return _ms(self.reported, self.sent)

    @property
    def hops(self) -> dict[str, float]:
        """Milliseconds that passed until each service had spoken."""
        if self.assigned is None:
            middle = {"status-monitor": _ms(self.opened, self.initial)}
        else:
            middle = {"triage": _ms(self.opened, self.assigned), "status-monitor": _ms(self.assigned, self.initial)}
        return {"intake": _ms(self.reported, self.opened), **middle, "notifier": _ms(self.initial, self.sent)}


def _ms(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() * 1000


def summary(passages: Sequence[Passage]) -> dict[str, Any]:
    """Median and 99th percentile (the nearest rank), and each hop's median."""
    totals = sorted(passage.total for passage in passages)
    if not totals:
        return {"p50": None, "p99": None, "tickets": 0, "hops": {}}
    hops = {}
    for hop in HOPS:
        if values := [passage.hops[hop] for passage in passages if hop in passage.hops]:
            hops[hop] = round(median(values), 1)
    return {
        "p50": round(median(totals), 1),
        "p99": round(totals[math.ceil(0.99 * len(totals)) - 1], 1),
        "tickets": len(totals),
        "hops": hops,
    }
