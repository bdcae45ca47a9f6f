"""The contracts: every event that crosses a service boundary, as frozen pydantic models.

Exact in what they emit, tolerant of unknown fields in what they read. Times are timezone-aware and kept
in UTC; durations are ISO 8601. Topic and key stand on the class, once. No I/O, no clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("contains U+0000, which no field may hold")
    return value


Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
Text = Annotated[str, AfterValidator(_no_nul)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_no_nul)]
Description = Annotated[
    str, StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True), AfterValidator(_no_nul)
]
Examples = Annotated[tuple[Name, ...], Field(max_length=50)]
Services = Annotated[tuple[Name, ...], Field(max_length=50)]

Initiator = Literal["customer", "provider"]
Environment = Literal["production", "staging", "development", "unknown"]
Impact = Literal["outage", "degraded", "intermittent", "none", "unknown"]
Workaround = Literal["none", "available", "unknown"]
Category = Literal[
    "incident",
    "question",
    "development",
    "number procurement",
    "number porting",
    "account",
    "billing",
    "unknown",
]
State = Literal["open", "in progress", "awaiting customer", "monitoring", "resolved", "closed"]
Status = Literal["Initial", "Update", "Resolved", "Informational", "Action Required"]
Audience = Literal["public", "internal"]
Coverage = Literal["covered", "out-of-term", "unknown-account", "provider"]
Role = Literal["customer", "agent", "upstream", "monitor", "admin"]
ComponentStatus = Literal[
    "operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"
]


class Part(BaseModel):
    """A value inside an event: frozen, strict about types, tolerant of fields it does not know."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class Event(Part):
    """An event. `NAME` makes the CloudEvents type `upheld.<name>.v<version>`; `TOPIC` and `key` its place."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int] = 1
    TOPIC: ClassVar[str]
    PRODUCER: ClassVar[str | None] = None
    """The one service that may say it; none where anyone outside may."""

    @classmethod
    def type_name(cls) -> str:
        return f"upheld.{cls.NAME}.v{cls.VERSION}"

    def key(self) -> str:
        """The Kafka key: events of one key stay in order."""
        raise NotImplementedError

    def encode(self) -> bytes:
        """The JSON that is emitted; absent optional facts are left out."""
        return self.model_dump_json(exclude_none=True).encode()


class Reporter(Part):
    """Who reports (SLA B.1.2 a). Absent on an issue that a page or a monitor showed."""

    name: Name
    email: Annotated[str, StringConstraints(max_length=320), AfterValidator(_no_nul)] | None = None
    account: Name | None = None


class Detection(Part):
    """Where the provider saw the issue itself (SLA B.1.1)."""

    origin: Literal["page", "monitor"]
    source: Name
    incident_id: Name
    components: tuple[Name, ...] = ()
    impact: Impact = "unknown"
    observed_at: Instant
    """When Upheld first saw it: the moment from which the clocks run."""
    title: Text | None = None
    link: Text | None = None


class IssueReported(Event):
    """A problem or error within the services (SLA B.1), with the six facts asked for by B.1.2.

    What was not said is `unknown` (or absent), never guessed by the sender.
    """

    NAME: ClassVar[str] = "issuereported"
    TOPIC: ClassVar[str] = "issues"

    issue_id: Name
    initiator: Initiator = "customer"
    reporter: Reporter | None = None
    services: Services = ()
    began_at: Instant | None = None
    ongoing: bool | None = None
    ended_at: Instant | None = None
    description: Description
    examples: Examples = ()
    environment: Environment = "unknown"
    impact: Impact = "unknown"
    workaround: Workaround = "unknown"
    category: Category = "unknown"
    follows: Name | None = None
    detection: Detection | None = None

    @model_validator(mode="after")
    def _times_agree(self) -> Self:
        if self.began_at and self.ended_at and self.ended_at < self.began_at:
            raise ValueError("ended_at is before began_at")
        return self

    @property
    def account(self) -> str | None:
        return self.reporter.account if self.reporter else None

    def key(self) -> str:
        """The account, else nothing is known here: the producer's source is the key (see `put`)."""
        return self.account or (self.detection.source if self.detection else "")


class TicketOpened(Event):
    """Upon identifying an issue, a ticket is opened (SLA B.1). Always the ticket's first event."""

    NAME: ClassVar[str] = "ticketopened"
    TOPIC: ClassVar[str] = "tickets"
    PRODUCER: ClassVar[str | None] = "intake"

    ticket_id: UUID
    number: Name
    issue: IssueReported
    source: Name
    """Who produced the issue: an upstream system, `status-monitor`, or `intake` for what came over HTTP."""
    account: Name | None = None
    opened_at: Instant
    clock_start: Instant
    """From here the clocks run: accepted over HTTP, appended to the log, or first observed."""

    def key(self) -> str:
        return str(self.ticket_id)


class TicketReplied(Event):
    """Something was added to a ticket by its customer, or by the source that reported it.

    Facts that are absent were not stated anew.
    """

    NAME: ClassVar[str] = "ticketreplied"
    TOPIC: ClassVar[str] = "tickets"
    PRODUCER: ClassVar[str | None] = "intake"

    ticket_id: UUID
    number: Name
    reply_id: Name
    origin: Literal["customer", "source"]
    author: Text | None = None
    body: Description | None = None
    services: Services | None = None
    category: Category | None = None
    environment: Environment | None = None
    impact: Impact | None = None
    workaround: Workaround | None = None
    ongoing: bool | None = None
    ended_at: Instant | None = None
    examples: Examples = ()
    detection: Detection | None = None
    close: bool = False
    replied_at: Instant

    def key(self) -> str:
        return str(self.ticket_id)


class Reason(Part):
    """Why a priority is what it is: the rule, its clause, and the fact or the words it rests on."""

    rule: Name
    clause: Name
    fact: Text
    text: Text


class Missing(Part):
    """A fact that nobody stated, and the priority that stating it could give."""

    fact: Name
    could_be: Name
    asked: bool = False
    """Whether the customer is to be asked for it now (once each, never on a provider's ticket)."""


class Exclusion(Part):
    """A proposal that a clause of SLA B.5 applies, to the extent of an interval; a person decides."""

    clause: Name
    evidence: Text
    from_: Annotated[Instant | None, Field(alias="from")] = None
    to: Instant | None = None
    state: Literal["proposed", "accepted", "rejected"] = "proposed"
    by: Text | None = None

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", populate_by_name=True)


class PolicyRef(Part):
    """Which version of which policy: its SHA-256 is the identity."""

    id: Name
    version: Name
    sha256: Name


class Target(Part):
    """A promised duration on a named calendar of the policy."""

    duration: timedelta
    calendar: Name


class PriorityAssigned(Event):
    """An assessment of a ticket: the priority (SLA B.3), why, and the targets that follow (SLA B.4)."""

    NAME: ClassVar[str] = "priorityassigned"
    TOPIC: ClassVar[str] = "tickets"
    PRODUCER: ClassVar[str | None] = "triage"

    ticket_id: UUID
    number: Name
    assessment: Annotated[int, Field(ge=1)]
    priority: Name
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()
    coverage: Coverage
    exclusions: tuple[Exclusion, ...] = ()
    policy: PolicyRef
    plan: Name | None = None
    targets: dict[str, Target | None]
    """Per clock (notification, first_response, update, first_resolution, total_resolution); null is "no guarantee"."""
    decided_by: Name
    """`rules`, or the agent's name."""
    reason: Text | None = None
    decided_at: Instant

    def key(self) -> str:
        return str(self.ticket_id)

    def encode(self) -> bytes:
        # "No guarantee" is a value: nulls under `targets` are kept.
        return self.model_dump_json(by_alias=True).encode()


class TicketSummary(Part):
    """What the notifier and other readers of StatusChanged need to know of the ticket, as it stands."""

    number: Name
    initiator: Initiator
    account: Name | None = None
    reporter: Reporter | None = None
    services: tuple[Name, ...] = ()
    description: Text
    priority: Name | None = None
    clause: Name | None = None
    policy: PolicyRef | None = None


class Clock(Part):
    """A clock as it stands. `state`: none, running, paused, met, late, breached, cancelled."""

    clock: Name
    state: Literal["none", "running", "paused", "met", "late", "breached", "cancelled"]
    due: Instant | None = None
    target: timedelta | None = None
    calendar: Name | None = None
    paused: timedelta = timedelta(0)


class Actor(Part):
    """Who did it."""

    kind: Literal["customer", "agent", "page", "monitor", "system"]
    name: Text


class RecipientsRule(Part):
    """For a provider's ticket: every account that uses one of these services is concerned."""

    services: tuple[Name, ...]


class StatusChanged(Event):
    """A ticket's state or status changed: the one cause of notifications (SLA B.2). Sequence 1 is Initial."""

    NAME: ClassVar[str] = "statuschanged"
    TOPIC: ClassVar[str] = "tickets"
    PRODUCER: ClassVar[str | None] = "status-monitor"

    ticket_id: UUID
    number: Name
    state_from: State | None = None
    state_to: State
    status: Status | None = None
    audience: Audience
    cause: Name
    message: Text | None = None
    actor: Actor
    ticket: TicketSummary
    clocks: tuple[Clock, ...] = ()
    next_update_due: Instant | None = None
    recipients_rule: RecipientsRule | None = None
    changed_at: Instant

    def key(self) -> str:
        return str(self.ticket_id)


class NotificationSent(Event):
    """A notification was accepted by its channel, or given up with a reason (SLA B.2's four contents)."""

    NAME: ClassVar[str] = "notificationsent"
    TOPIC: ClassVar[str] = "notifications"
    PRODUCER: ClassVar[str | None] = "notifier"

    notification_id: UUID
    ticket_id: UUID
    number: Name
    status: Status
    phone: Text
    description: Text
    priority: Name | None = None
    account: Name | None = None
    destination: Text
    """Masked: enough to recognise, not enough to use."""
    channel: Literal["email", "webhook"]
    outcome: Literal["accepted", "failed"]
    reason: Text | None = None
    attempts: Annotated[int, Field(ge=0)]
    delivered_at: Instant

    def key(self) -> str:
        return str(self.ticket_id)


class DetectionReported(Event):
    """A monitor saw a component fail or recover."""

    NAME: ClassVar[str] = "detectionreported"
    TOPIC: ClassVar[str] = "detections"

    source: Name
    dedup_key: Name
    action: Literal["trigger", "resolve"]
    components: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    status: ComponentStatus = "major_outage"
    observed_at: Instant
    title: Name
    details: Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_no_nul)] | None = None
    link: Text | None = None

    def key(self) -> str:
        return self.source


class Contact(Part):
    """Someone at an account who wants to be told. Empty `statuses` or `priorities` mean all of them.

    `secret` signs a webhook (Standard Webhooks, `whsec_...`).
    """

    name: Name
    channel: Literal["email", "webhook"]
    address: Name
    statuses: tuple[Status, ...] = ()
    priorities: tuple[Name, ...] = ()
    secret: Text | None = None


class Term(Part):
    """The subscription term (SLA B.5): support is owed from `start` until `end`, which is outside it."""

    start: Instant
    end: Instant | None = None


class AccountChanged(Event):
    """An account as it is now: plan, term, services in use, contacts."""

    NAME: ClassVar[str] = "accountchanged"
    TOPIC: ClassVar[str] = "accounts"

    id: Name
    name: Name
    plan: Name
    term: Term
    services: tuple[Name, ...] = ()
    time_zone: Name = "UTC"
    locale: Name = "en"
    contacts: Annotated[tuple[Contact, ...], Field(max_length=50)] = ()

    def key(self) -> str:
        return self.id


class PolicyPublished(Event):
    """A version of the SLA as data: the whole file. Immutable, known by its SHA-256."""

    NAME: ClassVar[str] = "policypublished"
    TOPIC: ClassVar[str] = "policies"

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    id: Name
    version: Name
    effective: Instant
    published_at: Instant
    text: Text

    def key(self) -> str:
        return self.sha256


class AccessChanged(Event):
    """An API key: what it may do, and for whom it may speak. The secret itself is never stored."""

    NAME: ClassVar[str] = "accesschanged"
    TOPIC: ClassVar[str] = "access"

    key_id: Name
    secret_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    role: Role
    name: Name
    account: Name | None = None
    source: Name | None = None
    revoked: bool = False

    def key(self) -> str:
        return self.key_id


EVENTS: tuple[type[Event], ...] = (
    IssueReported,
    TicketOpened,
    TicketReplied,
    PriorityAssigned,
    StatusChanged,
    NotificationSent,
    DetectionReported,
    AccountChanged,
    PolicyPublished,
    AccessChanged,
)
BY_TYPE: dict[str, type[Event]] = {event.type_name(): event for event in EVENTS}
TOPIC_EVENTS: dict[str, tuple[type[Event], ...]] = {
    topic: tuple(event for event in EVENTS if topic == event.TOPIC) for topic in {e.TOPIC for e in EVENTS}
}
Json = dict[str, Any]
