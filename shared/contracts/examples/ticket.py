"""A ticket's morning: calls fail, it is reported, opened, assessed, told of; and what a monitor saw of it."""

from __future__ import annotations

from datetime import timedelta

from shared import ids
from shared.contracts.examples.base import ISSUE, NUMBER, POLICY, TICKET, TRACE, Example, at, example
from shared.envelope import Envelope
from shared.events import (
    Actor,
    Clock,
    DetectionReported,
    Missing,
    NotificationSent,
    PriorityAssigned,
    Reason,
    StatusChanged,
    Target,
    TicketOpened,
    TicketReplied,
    TicketSummary,
)
from shared.outbox import Outgoing

REPORTED = Example(
    "crm.example", Outgoing(ISSUE, "crm-4711-1", at(3), Envelope("crm-4711-1", "", "", None, at(3), None, TRACE))
)
OPENED = example(
    TicketOpened(
        ticket_id=TICKET,
        number=NUMBER,
        issue=ISSUE,
        source="crm.example",
        account="acme",
        opened_at=at(3, 1),
        clock_start=at(3),
    ),
    "intake",
    at(3, 1),
    REPORTED.envelope,
    1,
)
REPLIED = example(
    TicketReplied(
        ticket_id=TICKET,
        number=NUMBER,
        reply_id="crm-4711-2",
        origin="customer",
        author="Ada Field",
        body="Portugal fails as well.",
        examples=("77e0a0de-2f2a-4d4e-9a53-1f0b6a1f6c02",),
        replied_at=at(9),
    ),
    "intake",
    at(9),
    Envelope("crm-4711-2", "http", "reply", NUMBER, at(9)),
    2,
)
ASSIGNED = example(
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
        decided_at=at(3, 2),
    ),
    "triage",
    at(3, 2),
    OPENED.envelope,
    1,
)
CHANGED = example(
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
                due=at(33),
                target=timedelta(minutes=30),
                calendar="always",
            ),
            Clock(clock="total_resolution", state="none"),
        ),
        changed_at=at(3, 3),
    ),
    "status-monitor",
    at(3, 3),
    ASSIGNED.envelope,
    1,
)
SENT = example(
    NotificationSent(
        notification_id=ids.notification_id(CHANGED.envelope.identity, "email", "ada@acme.example"),
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
        delivered_at=at(3, 4),
    ),
    "notifier",
    at(3, 4),
    CHANGED.envelope,
    1,
)
DETECTED = example(
    DetectionReported(
        source="probe.example",
        dedup_key="voice-es",
        action="trigger",
        components=("Outbound Voice",),
        status="major_outage",
        observed_at=at(1),
        title="Calls to Spain fail",
        details="12 of 12 test calls got SIP 503.",
        link="https://probe.example/runs/4711",
    ),
    "probe.example",
    at(1),
)
