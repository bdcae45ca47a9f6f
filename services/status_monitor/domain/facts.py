"""What the clocks of a ticket rest on: the facts that start, stop, pause and re-plan them, and the verdicts spoken.

- A fact keeps the time at which it occurred; what is learned late takes its place among the others.
- Verdicts (`marks`) are only added to: one that a late fact disproves is followed by `corrected`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.status_monitor.domain.calendars import ALWAYS, Calendar
from shared.events import Instant, Target
from shared.policy import CLOCKS, duration

__all__ = [
    "CLOCKS",
    "EXCLUSION",
    "MAINTENANCE",
    "WAITING",
    "Facts",
    "Hold",
    "LinkSpan",
    "Mark",
    "Model",
    "Planned",
    "ProviderWord",
    "Span",
    "Terms",
]
WAITING, MAINTENANCE, EXCLUSION = "awaiting customer", "maintenance", "exclusion"


class Model(BaseModel):
    """A frozen value that is kept as JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Hold(Model):
    """An interval with a reason; which clocks it pauses, the plan says. Without an end it is still open."""

    reason: str
    key: str
    begin: Instant
    end: Instant | None = None


class Planned(Model):
    """What was promised from this assessment on."""

    at: Instant
    targets: dict[str, Target | None]


class Span(Model):
    """A stay in the state resolved."""

    begin: Instant
    end: Instant | None = None


class LinkSpan(Model):
    """A time in which the ticket is linked to this ticket of the provider's, half-open; without an end it still is."""

    ticket: str
    begin: Instant
    end: Instant | None = None

    def holds(self, at: datetime) -> bool:
        return self.begin <= at and (self.end is None or at < self.end)


class ProviderWord(Model):
    """What a person or a page said in public on the provider's ticket of this key."""

    ticket: str
    at: Instant


class Mark(Model):
    """A verdict spoken on a cycle (known by its start) of a clock, and the target that it was spoken under."""

    clock: str
    cycle: Instant
    kind: Literal["at-risk", "breached", "corrected"]
    points: tuple[str, ...] = ()
    due: Instant | None = None
    target: Target | None = None
    late_plan: bool = False
    at: Instant


class Facts(Model):
    """Everything that the clocks of one ticket are computed from."""

    start: Instant
    plans: tuple[Planned, ...] = ()
    notified: Instant | None = None
    initial_notified: Instant | None = None
    responded: Instant | None = None
    words: tuple[Instant, ...] = ()
    links: tuple[LinkSpan, ...] = ()
    provider_words: tuple[ProviderWord, ...] = ()
    resolved: tuple[Span, ...] = ()
    closed: Instant | None = None
    term_end: Instant | None = None
    holds: tuple[Hold, ...] = ()
    marks: tuple[Mark, ...] = ()

    def planned(self, at: datetime, targets: Mapping[str, Target | None]) -> Facts:
        """Another assessment, in its place by the time at which it was decided."""
        plans = sorted((*self.plans, Planned(at=at, targets=dict(targets))), key=lambda plan: plan.at)
        return self.model_copy(update={"plans": tuple(plans)})

    def was_notified(self, at: datetime, *, initial: bool) -> Facts:
        """A notification was accepted by its channel."""
        update: dict[str, object] = {"notified": _first(self.notified, at)}
        if initial:
            update["initial_notified"] = _first(self.initial_notified, at)
        return self.model_copy(update=update)

    def spoken(self, at: datetime, *, person: bool, word: bool) -> Facts:
        """A public act: a person's is a response; a `word` (of a person or a page) restarts the update clock."""
        update: dict[str, object] = {}
        if person:
            update["responded"] = _first(self.responded, at)
        if word:
            update["words"] = tuple(sorted((*self.words, at)))
        return self.model_copy(update=update)

    def linked(self, ticket: str, at: datetime) -> Facts:
        """From here the words on this ticket of the provider's count, unless they do already."""
        if any(span.ticket == ticket and span.end is None for span in self.links):
            return self
        return self.model_copy(update={"links": (*self.links, LinkSpan(ticket=ticket, begin=at))})

    def unlinked(self, ticket: str, at: datetime) -> Facts:
        """From here they count no more; those that were said before still do."""
        links = tuple(
            span.model_copy(update={"end": max(at, span.begin)}) if span.ticket == ticket and span.end is None else span
            for span in self.links
        )
        return self.model_copy(update={"links": links})

    def provider_spoke(self, ticket: str, at: datetime) -> Facts:
        """A person or a page said something in public on this ticket of the provider's."""
        word = ProviderWord(ticket=ticket, at=at)
        if word in self.provider_words:
            return self
        return self.model_copy(update={"provider_words": (*self.provider_words, word)})

    def is_linked(self, ticket: str, at: datetime) -> bool:
        return any(span.ticket == ticket and span.holds(at) for span in self.links)

    @property
    def heard(self) -> tuple[datetime, ...]:
        """What restarts the update clock: the words on this ticket, and the provider's that fell while linked."""
        if not self.provider_words:
            return self.words
        return self.words + tuple(word.at for word in self.provider_words if self.is_linked(word.ticket, word.at))

    def was_resolved(self, at: datetime) -> Facts:
        """A stay in resolved begins, unless one is open."""
        if self.resolved and self.resolved[-1].end is None:
            return self
        return self.model_copy(update={"resolved": (*self.resolved, Span(begin=at))})

    def was_reopened(self, at: datetime) -> Facts:
        """The open stay in resolved ends."""
        if not self.resolved or self.resolved[-1].end is not None:
            return self
        last = self.resolved[-1].model_copy(update={"end": at})
        return self.model_copy(update={"resolved": (*self.resolved[:-1], last)})

    def was_closed(self, at: datetime) -> Facts:
        return self.model_copy(update={"closed": _first(self.closed, at)})

    def held(self, reason: str, key: str, begin: datetime, end: datetime | None = None) -> Facts:
        """A hold begins, or is known better now."""
        others = tuple(hold for hold in self.holds if (hold.reason, hold.key) != (reason, key))
        return self.model_copy(update={"holds": (*others, Hold(reason=reason, key=key, begin=begin, end=end))})

    def freed(self, reason: str, at: datetime, key: str | None = None) -> Facts:
        """The open holds for this reason (of this key) end."""
        return self.model_copy(
            update={
                "holds": tuple(
                    hold.model_copy(update={"end": max(at, hold.begin)})
                    if hold.reason == reason and hold.end is None and key in (None, hold.key)
                    else hold
                    for hold in self.holds
                )
            }
        )

    def without_holds(self, reason: str) -> Facts:
        return self.model_copy(update={"holds": tuple(hold for hold in self.holds if hold.reason != reason)})

    @property
    def cancel(self) -> datetime | None:
        """From here nothing unmet is owed any more: the ticket was closed, or the term ended."""
        ends = [end for end in (self.closed, self.term_end) if end is not None]
        return min(ends) if ends else None


def _first(known: datetime | None, at: datetime) -> datetime:
    return at if known is None else min(known, at)


@dataclass(frozen=True)
class Terms:
    """What a plan says beside its targets: which reason pauses which clocks, warnings, what meets the response."""

    pauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response_met_by: str = "person"
    closed_counts: bool = False
    calendars: Mapping[str, Calendar] = field(default_factory=dict)

    def calendar(self, name: str) -> Calendar:
        return self.calendars.get(name, ALWAYS)


@lru_cache(maxsize=1024)
def point_of(text: str, target: timedelta) -> timedelta:
    """A warning point as working time used: a share of the target (`"75%"`), or a time that is left (`"PT30M"`)."""
    if text.endswith("%"):
        return target * (float(text[:-1]) / 100)
    return target - duration(text)
