"""What triage says of a ticket: its priority, why, and the targets that follow (SLA B.3, B.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.events.base import Coverage, Event, Instant, Name, Part, Text


class Reason(Part):
    """Why a priority is what it is: the rule, its clause, and the fact or the words it rests on."""

    rule: Name
    clause: Name
    fact: Text
    text: Text
    words: tuple[Text, ...] = ()
    """The customer's own words that facts were read from; none where all were stated."""


class Fact(Part):
    """A fact as triage knows it: stated, or read from the customer's words, which are then shown."""

    fact: Name
    value: Name
    origin: Literal["stated", "read"]
    words: Text | None = None


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
    """The agent who accepted or rejected it."""
    reason: Annotated[Text | None, Field(exclude_if=lambda value: value is None)] = None
    """Why, in the agent's words."""
    ruled_at: Annotated[Instant | None, Field(exclude_if=lambda value: value is None)] = None
    """When it was accepted or rejected; later assessments repeat it."""

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
    policy: Annotated[Name | None, Field(exclude_if=lambda value: value is None)] = None
    """The SHA-256 of the version that this target and its calendar are kept from; absent: that of the assessment."""


class PriorityAssigned(Event):
    """An assessment of a ticket: the priority (SLA B.3), why, and the targets that follow (SLA B.4)."""

    NAME: ClassVar[str] = "priorityassigned"
    TOPIC: ClassVar[str] = "tickets"
    KEY: ClassVar[str] = "ticket_id"
    PRODUCER: ClassVar[str | None] = "triage"

    ticket_id: UUID
    number: Name
    assessment: Annotated[int, Field(ge=1)]
    priority: Name
    reasons: tuple[Reason, ...]
    facts: tuple[Fact, ...] = ()
    """What is known of the issue, and from where."""
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

    def encode(self) -> bytes:
        # "No guarantee" is a value: nulls under `targets` are kept.
        return self.model_dump_json(by_alias=True).encode()
