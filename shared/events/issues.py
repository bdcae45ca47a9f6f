"""What is reported: an issue (SLA B.1), by a customer, an upstream system, a monitor or a page."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.events.base import (
    NO_NUL,
    Category,
    ComponentStatus,
    Description,
    Environment,
    Event,
    Examples,
    Impact,
    Initiator,
    Instant,
    Name,
    Part,
    Services,
    Text,
    Workaround,
)


class Reporter(Part):
    """Who reports (SLA B.1.2 a). Absent on an issue that a page or a monitor showed."""

    name: Name
    email: Annotated[str, StringConstraints(max_length=320), *NO_NUL] | None = None
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


MAY_BE_UNKNOWN = ("environment", "impact", "workaround", "category")
"""The facts that a reporter may say he does not know."""


class IssueReported(Event):
    """A problem or error within the services (SLA B.1), with the six facts asked for by B.1.2.

    What was not said is absent, never guessed by the sender; `unknown` is what the reporter does not know.
    """

    NAME: ClassVar[str] = "issuereported"
    TOPIC: ClassVar[str] = "issues"
    KEY: ClassVar[str] = "reporter.account, else detection.source, else what the producer chooses"

    issue_id: Name
    """The reporter's own. The same again, of the same account or source, is the same issue."""
    initiator: Initiator = "customer"
    reporter: Reporter | None = None
    services: Services = ()
    """Keys of the policy's catalogue; empty where it is not known."""
    began_at: Instant | None = None
    ongoing: bool | None = None
    ended_at: Instant | None = None
    """Not before `began_at`."""
    description: Description
    examples: Examples = ()
    """Ids of transactions that show it."""
    environment: Environment = "unknown"
    impact: Impact = "unknown"
    workaround: Workaround = "unknown"
    category: Category = "unknown"
    follows: Name | None = None
    """The number of the closed ticket that this goes on from."""
    detection: Detection | None = None

    @model_validator(mode="after")
    def _times_agree(self) -> Self:
        if self.began_at and self.ended_at and self.ended_at < self.began_at:
            raise ValueError("ended_at is before began_at")
        return self

    @property
    def said_unknown(self) -> tuple[str, ...]:
        """The facts that were said to be unknown; of the others that are, nothing was said."""
        return tuple(
            fact for fact in MAY_BE_UNKNOWN if getattr(self, fact) == "unknown" and fact in self.model_fields_set
        )

    def encode(self) -> bytes:
        """As any event; what was not said is left out too, so that it does not look as if it had been."""
        unsaid = {fact for fact in MAY_BE_UNKNOWN if fact not in self.model_fields_set}
        return self.model_dump_json(exclude_none=True, exclude=unsaid).encode()

    @property
    def account(self) -> str | None:
        return self.reporter.account if self.reporter else None

    def key(self) -> str:
        """The account, else the page or monitor, else nothing is known here: the producer's source (see `put`)."""
        return self.account or (self.detection.source if self.detection else "")


class DetectionReported(Event):
    """A monitor saw a component fail or recover."""

    NAME: ClassVar[str] = "detectionreported"
    TOPIC: ClassVar[str] = "detections"
    KEY: ClassVar[str] = "source"

    source: Name
    dedup_key: Name
    action: Literal["trigger", "resolve"]
    components: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    status: ComponentStatus = "major_outage"
    observed_at: Instant
    title: Name
    details: Annotated[str, StringConstraints(max_length=10_000), *NO_NUL] | None = None
    link: Text | None = None
