"""What the clocks of a ticket rest on: the facts that start, stop, pause and re-plan them, and the verdicts spoken.

- A fact keeps the time at which it occurred; what is learned late takes its place among the others, so neither the
  order of arrival nor a repetition matters. What follows from the facts together is `course.py`.
- Verdicts (`marks`) are only added to: one that a late fact disproves is followed by `corrected`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.status_monitor.domain.promised import Terms
from shared.events import Exclusion, Instant, Target
from shared.policy import CLOCKS

__all__ = [
    "CLOCKS",
    "EXCLUSION",
    "MAINTENANCE",
    "WAITING",
    "Excluded",
    "Facts",
    "Hold",
    "Lapse",
    "LinkSpan",
    "Mark",
    "Model",
    "Move",
    "Planned",
    "ProviderWord",
    "Terms",
    "excluded_of",
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


class Excluded(Model):
    """An interval of which a person accepted that a clause excludes it; without an end it goes on."""

    clause: str
    begin: Instant
    end: Instant | None = None


class Planned(Model):
    """What was promised from this assessment on, under which policy and plan, and what was excluded by then."""

    at: Instant
    targets: dict[str, Target | None]
    policy: str | None = None
    """Its SHA-256."""
    plan: str | None = None
    excluded: tuple[Excluded, ...] = ()
    priority: str | None = None
    """None where it was assessed before this was kept."""


MoveKind = Literal["resolved", "closed", "asked", "answered", "went on", "reopened"]


class Move(Model):
    """A change of state that concerns clocks. What follows depends on the state it finds:

    `asked` begins to wait for the customer; `answered` (the customer's reply) ends the wait, or reopens what is
    resolved; `went on` ends the wait alone; `reopened` ends a stay in resolved; after `closed` nothing follows.
    """

    at: Instant
    kind: MoveKind


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


class Lapse(Model):
    """A time between the end of the subscription term and its renewal, half-open; without length, one without a gap."""

    begin: Instant
    end: Instant


class Mark(Model):
    """A verdict spoken on a cycle (known by its start) of a clock, and the target that it was spoken under."""

    clock: str
    cycle: Instant
    kind: Literal["at-risk", "breached", "corrected"]
    points: tuple[str, ...] = ()
    due: Instant | None = None
    target: Target | None = None
    late_plan: bool = False
    fell: Instant | None = None
    """When it came about: at its due time, or when a new plan or the opening found it past due."""
    at: Instant
    """When it was spoken."""


class Facts(Model):
    """Everything that the clocks of one ticket are computed from."""

    start: Instant
    opened: Instant | None = None
    """When the ticket was opened, where the clocks started before."""
    plans: tuple[Planned, ...] = ()
    notified: Instant | None = None
    initial_notified: Instant | None = None
    responded: Instant | None = None
    words: tuple[Instant, ...] = ()
    links: tuple[LinkSpan, ...] = ()
    provider_words: tuple[ProviderWord, ...] = ()
    moves: tuple[Move, ...] = ()
    term_end: Instant | None = None
    lapses: tuple[Lapse, ...] = ()
    """Ends of the term that had come when it was renewed."""
    holds: tuple[Hold, ...] = ()
    marks: tuple[Mark, ...] = ()

    def planned(
        self,
        at: datetime,
        targets: Mapping[str, Target | None],
        *,
        policy: str | None = None,
        plan: str | None = None,
        excluded: Sequence[Excluded] = (),
        priority: str | None = None,
    ) -> Facts:
        """Another assessment, in its place by the time at which it was decided."""
        new = Planned(
            at=at, targets=dict(targets), policy=policy, plan=plan, excluded=tuple(excluded), priority=priority
        )
        plans = (*self.plans, new)
        if self.plans and at < self.plans[-1].at:
            plans = tuple(sorted(plans, key=lambda item: item.at))
        return self.model_copy(update={"plans": plans})

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
        if word and at not in self.words:
            update["words"] = tuple(sorted((*self.words, at)))
        return self.model_copy(update=update) if update else self

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

    def moved(self, kind: MoveKind, at: datetime) -> Facts:
        """The state changed. What came about at or after a closing that is known changes no clock any more."""
        move = Move(at=at, kind=kind)
        if move in self.moves or any(known.kind == "closed" and known.at <= at for known in self.moves):
            return self
        return self.model_copy(update={"moves": (*self.moves, move)})

    def held(self, reason: str, key: str, begin: datetime, end: datetime | None = None) -> Facts:
        """A hold begins, or is known better now."""
        others = tuple(hold for hold in self.holds if (hold.reason, hold.key) != (reason, key))
        return self.model_copy(update={"holds": (*others, Hold(reason=reason, key=key, begin=begin, end=end))})

    def spoke(self, mark: Mark) -> Facts:
        """A verdict was spoken."""
        return self.model_copy(update={"marks": (*self.marks, mark)})


def excluded_of(exclusions: Iterable[Exclusion], start: datetime) -> tuple[Excluded, ...]:
    """The exclusions that were accepted, each interval; one that names no beginning begins with the clocks."""
    accepted = (item for item in exclusions if item.state == "accepted")
    return tuple(Excluded(clause=item.clause, begin=item.from_ or start, end=item.to) for item in accepted)


def _first(known: datetime | None, at: datetime) -> datetime:
    return at if known is None else min(known, at)
