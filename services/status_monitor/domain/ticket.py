"""A ticket as status-monitor keeps it, and the turn in which events change it.

- `Initial` is always the first thing said of a ticket; what comes earlier is kept until then.
- `changed_at` never goes back: it is the database's time, or that of the last change where that is later.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from services.status_monitor.domain.facts import Facts, Model
from shared.envelope import Envelope
from shared.events import (
    Category,
    Coverage,
    Detection,
    Environment,
    Exclusion,
    Initiator,
    Instant,
    Missing,
    PolicyRef,
    PriorityAssigned,
    ProviderLink,
    Reporter,
    State,
    TicketOpened,
    TicketReplied,
)


class Opened(Model):
    """What never changes about a ticket: how it was opened."""

    number: str
    issue_id: str
    initiator: Initiator
    account: str | None
    reporter: Reporter | None
    description: str
    opened_at: Instant
    clock_start: Instant
    thread: str | None = None
    trace: str | None = None
    """Correlation id and `traceparent` of the event that opened it: what time and pages bring goes on from there."""
    detection: Detection | None = None
    """Where the provider saw it itself."""

    @staticmethod
    def of(event: TicketOpened, cause: Envelope | None = None) -> Opened:
        issue = event.issue
        return Opened(
            number=event.number,
            issue_id=issue.issue_id,
            initiator=issue.initiator,
            account=event.account,
            reporter=issue.reporter,
            description=issue.description,
            opened_at=event.opened_at,
            clock_start=event.clock_start,
            thread=(cause.correlation_id or cause.id) if cause else None,
            trace=cause.traceparent if cause else None,
            detection=issue.detection,
        )


class About(Model):
    """What was stated of the issue that decides whether it belongs to an incident of the provider's."""

    environment: Environment = "unknown"
    category: Category = "unknown"
    began_at: Instant | None = None
    ended_at: Instant | None = None

    @staticmethod
    def of(event: TicketOpened) -> About:
        issue = event.issue
        return About(
            environment=issue.environment, category=issue.category, began_at=issue.began_at, ended_at=issue.ended_at
        )

    def restated(self, event: TicketReplied) -> About:
        """With what a reply states anew."""
        stated = {
            name: value
            for name in ("environment", "category", "ended_at")
            if (value := getattr(event, name)) not in (None, "unknown")
        }
        return self.model_copy(update=stated) if stated else self

    def learned(self, event: PriorityAssigned) -> About:
        """With what triage knows, stated or read from the customer's words."""
        news = {
            item.fact: item.value
            for item in event.facts
            if item.fact in ("environment", "category") and getattr(self, item.fact) != item.value
        }
        return About.model_validate({**self.model_dump(), **news}) if news else self


class Link(Model):
    """What this customer's ticket has to do with a ticket of the provider's, and who decided that, and why."""

    provider: UUID
    number: str
    state: Literal["proposed", "linked", "unlinked", "rejected"]
    since: Instant
    reason: str
    by: str
    """`rules`, or the agent's name."""
    told: bool = False
    followed: int = 0
    """Up to which sequence the provider's words were followed here."""
    over: bool = False
    """Unlinked, and all that was said until then was followed."""
    resolution: str | None = None
    """The words with which the provider's ticket was resolved, while it is: the same is proposed here."""

    @property
    def key(self) -> str:
        """As the facts of the clocks name the provider's ticket."""
        return str(self.provider)

    def ref(self, sequence: int | None = None) -> ProviderLink:
        return ProviderLink(ticket_id=self.provider, number=self.number, sequence=sequence)


class Assigned(Model):
    """The assessment that counts."""

    assessment: int
    at: Instant
    priority: str
    clause: str | None
    policy: PolicyRef
    plan: str | None
    coverage: Coverage
    exclusions: tuple[Exclusion, ...] = ()

    @staticmethod
    def of(event: PriorityAssigned) -> Assigned:
        return Assigned(
            assessment=event.assessment,
            at=event.decided_at,
            priority=event.priority,
            clause=event.reasons[0].clause if event.reasons else None,
            policy=event.policy,
            plan=event.plan,
            coverage=event.coverage,
            exclusions=event.exclusions,
        )


class Observation(Model):
    """What a page or a monitor said of an incident: `at` by its own clock, which orders them."""

    id: str
    kind: Literal["page", "monitor"]
    source: str
    at: Instant
    state: State | None = None
    """None: it leaves the state alone (a postmortem)."""
    message: str | None = None
    edited: bool = False


class Window(Model):
    """A maintenance of some services, as a page shows it."""

    key: str
    name: str
    source: str
    services: tuple[str, ...]
    begin: Instant
    end: Instant | None = None


class Wait(Model):
    """Since when the customer is waited for, and for which facts (none: for the answer to an agent)."""

    since: Instant
    facts: tuple[str, ...] = ()


class Alarm(Model):
    """A warning or a breach that no agent has taken up: which one, since when, and how many steps were climbed."""

    cause: str
    since: Instant
    step: int = 0


class Ticket(Model):
    """The aggregate. Not opened yet: only what arrived before, waiting."""

    ticket_id: UUID
    opened: Opened | None = None
    sequence: int = 0
    state: State | None = None
    services: tuple[str, ...] = ()
    handled_at: Instant | None = None
    last_at: Instant | None = None
    assigned: Assigned | None = None
    wanted: tuple[Missing, ...] = ()
    wait: Wait | None = None
    stated: tuple[str, ...] = ()
    """The facts that the customer stated in replies."""
    resolved_at: Instant | None = None
    told_of: tuple[str, ...] = ()
    """What nobody knows of the account, as far as somebody was told."""
    term_told: Instant | None = None
    """The end of the term that somebody was told of."""
    facts: Facts | None = None
    about: About = About()
    links: tuple[Link, ...] = ()
    pending: tuple[Observation, ...] = ()
    """Said before the ticket was opened."""
    owed: tuple[Window, ...] = ()
    """Maintenances to tell of once Initial is out."""
    maintenances: tuple[str, ...] = ()
    notified: tuple[tuple[Instant, bool], ...] = ()
    """Acceptances (and whether of Initial) that arrived before TicketOpened did."""
    shown_at: Instant | None = None
    """The newest page update that was applied, by the page's clock."""
    alarm: Alarm | None = None
    entries: int = 0
    """How many entries its ledger has."""
    ledger_at: Instant | None = None
    """Up to when it is written."""

    def link_to(self, provider: UUID) -> Link | None:
        return next((link for link in self.links if link.provider == provider), None)

    def links_with(self, link: Link) -> tuple[Link, ...]:
        """The links, with this one in the place of the one to the same ticket of the provider's."""
        if self.link_to(link.provider) is None:
            return (*self.links, link)
        return tuple(link if other.provider == link.provider else other for other in self.links)
