"""One example of each event, as its producer would put it on its topic: a morning on which calls failed.

They are shown in the documents, and the golden messages of the tests say what they look like on the wire.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared import ids
from shared.envelope import Envelope
from shared.events import (
    AccessChanged,
    AccountChanged,
    Actor,
    Clock,
    Contact,
    DetectionReported,
    Event,
    IssueReported,
    Missing,
    NotificationSent,
    PolicyPublished,
    PolicyRef,
    PriorityAssigned,
    Reason,
    Reporter,
    StatusChanged,
    Target,
    Term,
    TicketOpened,
    TicketReplied,
    TicketSummary,
)
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


def _at(minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 2, 9, minute, second, tzinfo=UTC)


def _example(
    event: Event, source: str, at: datetime, cause: Envelope | None = None, sequence: int | None = None
) -> Example:
    """A ticket's event has an id that follows from its cause, and the number as its subject."""
    kind = event.type_name()
    identity = ids.event_id(cause.identity, kind, str(TICKET), 0) if cause else f"{event.NAME}-4711"
    subject = NUMBER if cause else None
    return Example(source, Outgoing(event, identity, at, cause, sequence, subject))


ISSUE = IssueReported(
    issue_id="crm-4711",
    reporter=Reporter(name="Ada Field", email="ada@acme.example", account="acme"),
    services=("voice",),
    began_at=_at(0),
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

_reported = Example(
    "crm.example", Outgoing(ISSUE, "crm-4711-1", _at(3), Envelope("crm-4711-1", "", "", None, _at(3), None, TRACE))
)
_opened = _example(
    TicketOpened(
        ticket_id=TICKET,
        number=NUMBER,
        issue=ISSUE,
        source="crm.example",
        account="acme",
        opened_at=_at(3, 1),
        clock_start=_at(3),
    ),
    "intake",
    _at(3, 1),
    _reported.envelope,
    1,
)
_replied = _example(
    TicketReplied(
        ticket_id=TICKET,
        number=NUMBER,
        reply_id="crm-4711-2",
        origin="customer",
        author="Ada Field",
        body="Portugal fails as well.",
        examples=("77e0a0de-2f2a-4d4e-9a53-1f0b6a1f6c02",),
        replied_at=_at(9),
    ),
    "intake",
    _at(9),
    Envelope("crm-4711-2", "http", "reply", NUMBER, _at(9)),
    2,
)
_assigned = _example(
    PriorityAssigned(
        ticket_id=TICKET,
        number=NUMBER,
        assessment=1,
        priority="P1",
        reasons=(
            Reason(
                rule="outage",
                clause="B.3.P1",
                fact="environment production, impact outage, workaround none",
                text="The service is out in production and no workaround exists.",
            ),
        ),
        missing=(Missing(fact="ended_at", could_be="P3"),),
        coverage="covered",
        policy=POLICY,
        plan="premium",
        targets={
            "notification": Target(duration=timedelta(minutes=15), calendar="always"),
            "first_response": Target(duration=timedelta(minutes=30), calendar="always"),
            "total_resolution": None,
        },
        decided_by="rules",
        decided_at=_at(3, 2),
    ),
    "triage",
    _at(3, 2),
    _opened.envelope,
    1,
)
_changed = _example(
    StatusChanged(
        ticket_id=TICKET,
        number=NUMBER,
        state_to="open",
        status="Initial",
        audience="public",
        cause="opened",
        actor=Actor(kind="system", name="status-monitor"),
        ticket=TicketSummary(
            number=NUMBER,
            initiator="customer",
            account="acme",
            reporter=ISSUE.reporter,
            services=("voice",),
            description=ISSUE.description,
            priority="P1",
            clause="B.3.P1",
            policy=POLICY,
        ),
        clocks=(
            Clock(
                clock="first_response",
                state="running",
                due=_at(33),
                target=timedelta(minutes=30),
                calendar="always",
            ),
            Clock(clock="total_resolution", state="none"),
        ),
        changed_at=_at(3, 3),
    ),
    "status-monitor",
    _at(3, 3),
    _assigned.envelope,
    1,
)
_sent = _example(
    NotificationSent(
        notification_id=ids.notification_id(_changed.envelope.identity, "email", "ada@acme.example"),
        ticket_id=TICKET,
        number=NUMBER,
        status="Initial",
        phone="+1 555 0100",
        description=ISSUE.description,
        priority="P1",
        account="acme",
        destination="a***@acme.example",
        channel="email",
        outcome="accepted",
        attempts=1,
        delivered_at=_at(3, 4),
    ),
    "notifier",
    _at(3, 4),
    _changed.envelope,
    1,
)

EXAMPLES: dict[type[Event], Example] = {
    type(example.event): example
    for example in (
        _reported,
        _opened,
        _replied,
        _assigned,
        _changed,
        _sent,
        _example(
            DetectionReported(
                source="probe.example",
                dedup_key="voice-es",
                action="trigger",
                components=("Outbound Voice",),
                status="major_outage",
                observed_at=_at(1),
                title="Calls to Spain fail",
                details="12 of 12 test calls got SIP 503.",
                link="https://probe.example/runs/4711",
            ),
            "probe.example",
            _at(1),
        ),
        _example(
            AccountChanged(
                id="acme",
                name="Acme GmbH",
                plan="premium",
                term=Term(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2027, 1, 1, tzinfo=UTC)),
                services=("voice", "sms"),
                time_zone="Europe/Berlin",
                locale="de",
                contacts=(
                    Contact(name="Ada Field", channel="email", address="ada@acme.example", statuses=("Initial",)),
                    Contact(
                        name="Status board",
                        channel="webhook",
                        address="https://board.acme.example/upheld",
                        secret="whsec_c2VjcmV0LW9mLWFuLWV4YW1wbGU=",
                    ),
                ),
            ),
            "upheld",
            _at(0),
        ),
        _example(
            PolicyPublished(
                sha256=POLICY.sha256,
                id=POLICY.id,
                version=POLICY.version,
                effective=datetime(2026, 1, 1, tzinfo=UTC),
                published_at=_at(0),
                text="policy: acme-sla\nversion: 2026-01-01\n# ... the whole file",
            ),
            "upheld",
            _at(0),
        ),
        _example(
            AccessChanged(
                key_id="3f2a9c1b",
                secret_sha256="6b" * 32,
                role="customer",
                name="Acme's integration",
                account="acme",
            ),
            "upheld",
            _at(0),
        ),
    )
}
