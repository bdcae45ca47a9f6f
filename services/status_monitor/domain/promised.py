"""What a plan says of clocks beside their targets, and how that changes when a ticket is planned anew.

A calendar that is replaced holds from then on; what was closed before keeps the terms that it was closed under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from services.status_monitor.domain.calendars import ALWAYS, Changed, Hours
from shared.events import Target
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

    def calendar(self, target: Target) -> Hours:
        """The calendar of a target, in the version that it is kept from, if any."""
        return self.calendars.get(_name(target.calendar, target.policy), ALWAYS)

    def with_clock(self, clock: str, other: Terms, version: str) -> Terms:
        """This clock by the terms of another version."""
        pauses = {
            reason: tuple(name for name in self.pauses.get(reason, ()) if name != clock)
            + ((clock,) if clock in other.pauses.get(reason, ()) else ())
            for reason in {**self.pauses, **other.pauses}
        }
        return replace(
            self,
            pauses=pauses,
            warnings={**self.warnings, clock: other.warnings.get(clock, ())},
            response_met_by=other.response_met_by if clock == "first_response" else self.response_met_by,
            closed_counts=other.closed_counts if clock == "total_resolution" else self.closed_counts,
            calendars={
                **self.calendars,
                **{_name(name, version): hours for name, hours in other.calendars.items()},
            },
        )

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


def _name(calendar: str, version: str | None) -> str:
    return calendar if version is None else f"{version}/{calendar}"


@lru_cache(maxsize=1024)
def point_of(text: str, target: timedelta) -> timedelta:
    """A warning point as working time used: a share of the target (`"75%"`), or a time that is left (`"PT30M"`)."""
    if text.endswith("%"):
        return target * (float(text[:-1]) / 100)
    return target - duration(text)
