"""What the examples have in common: who, when, which ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from shared import ids
from shared.envelope import Envelope
from shared.events import Event, IssueReported, PolicyRef, Reporter
from shared.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Example:
    """An event on its way out, and who says it."""

    source: str
    out: Outgoing

    @property
    def event(self) -> Event:
        return self.out.event

    @property
    def envelope(self) -> Envelope:
        return self.out.envelope(self.source)

    @property
    def key(self) -> str:
        return self.event.key() or self.source

    @property
    def headers(self) -> dict[str, str]:
        return {name: value.decode() for name, value in self.envelope.headers()}


NUMBER = "UP-1001"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def at(minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 2, 9, minute, second, tzinfo=UTC)


def example(
    event: Event, source: str, when: datetime, cause: Envelope | None = None, sequence: int | None = None
) -> Example:
    """A ticket's event has an id that follows from its cause, and the number as its subject."""
    kind = event.type_name()
    identity = ids.event_id(cause.identity, kind, str(TICKET), 0) if cause else f"{event.NAME}-4711"
    subject = NUMBER if cause else None
    return Example(source, Outgoing(event, identity, when, cause, sequence, subject))


ISSUE = IssueReported(
    issue_id="crm-4711",
    reporter=Reporter(name="Ada Field", email="ada@acme.example", account="acme"),
    services=("voice",),
    began_at=at(0),
    ongoing=True,
    description="Outbound calls to Spain fail with SIP 503; no workaround.",
    examples=("5d1c2c1e-9a0b-4c58-8f0e-3c6b7f2d9a11",),
    environment="production",
    impact="outage",
    workaround="none",
    category="incident",
)
TICKET = ids.ticket_id(ids.issue_uid("acme", ISSUE.issue_id))
POLICY = PolicyRef(id="acme-sla", version="2026-01-01", sha256="9f" * 32)
