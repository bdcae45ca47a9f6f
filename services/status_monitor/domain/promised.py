"""What a plan says of clocks beside their targets, and how that changes when a ticket is planned anew.

A calendar that is replaced holds from then on; what was closed before keeps the terms that it was closed under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from services.status_monitor.domain.calendars import ALWAYS, Changed, Hours
from shared.policy import duration


@dataclass(frozen=True)
class Terms:
    """Which reason pauses which clocks, warning points, what meets the response; `before` until `since` held others."""

    pauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response_met_by: str = "person"
    closed_counts: bool = False
    calendars: Mapping[str, Hours] = field(default_factory=dict)
    since: datetime | None = None
    before: Terms | None = None

    def calendar(self, name: str) -> Hours:
        return self.calendars.get(name, ALWAYS)

    def at(self, stop: datetime | None) -> Terms:
        """Those under which a clock stopped; the present ones for an open clock."""
        terms = self
        while stop is not None and terms.before is not None and terms.since is not None and terms.since >= stop:
            terms = terms.before
        return terms

    def then(self, since: datetime, new: Terms) -> Terms:
        """Replaced by new ones: all counts by these, but a calendar of the same name only from then on."""
        calendars = {
            name: calendar
            if name not in self.calendars or self.calendars[name] == calendar
            else Changed(self.calendars[name], since, calendar)
            for name, calendar in new.calendars.items()
        }
        return replace(new, calendars=calendars, since=since, before=self)


@lru_cache(maxsize=1024)
def point_of(text: str, target: timedelta) -> timedelta:
    """A warning point as working time used: a share of the target (`"75%"`), or a time that is left (`"PT30M"`)."""
    if text.endswith("%"):
        return target * (float(text[:-1]) / 100)
    return target - duration(text)
