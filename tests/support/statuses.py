"""StatusChanged as status-monitor says it, for tests of those who read it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.events import Actor, PolicyRef, RecipientsRule, Reporter, StatusChanged, TicketSummary
from shared.ids import event_id, named
from shared.outbox import Outgoing
from shared.outbox.partitions import partition_of
from shared.outbox.relay import producer_of
from shared.settings import Settings

STATES: dict[str, Any] = {"Initial": "open", "Resolved": "resolved", "Action Required": "awaiting customer"}


@dataclass
class Ticket:
    """A ticket whose changes are made one by one, each with the next sequence."""

    name: str
    account: str | None = "acme"
    email: str | None = None
    services: tuple[str, ...] = ("voice",)
    provider: bool = False
    description: str = "Calls fail with 503"
    priority: str | None = "P1"
    policy: PolicyRef | None = None
    sequence: int = 0
    said: list[tuple[StatusChanged, int]] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return named("ticket of a test", self.name)

    @property
    def number(self) -> str:
        return f"T-{self.name}"

    def change(self, status: str | None = None, *, at: datetime | None = None, **given: Any) -> StatusChanged:
        """The next change; public when it has a status, unless said otherwise."""
        self.sequence += 1
        reporter = None if self.provider else Reporter(name="Ann", email=self.email, account=self.account)
        summary = TicketSummary(
            number=self.number,
            initiator="provider" if self.provider else "customer",
            account=None if self.provider else self.account,
            reporter=reporter,
            services=self.services,
            description=self.description,
            priority=self.priority,
            clause=f"B.3.{self.priority}" if self.priority else None,
            policy=self.policy,
        )
        event = StatusChanged(
            **{
                "ticket_id": self.id,
                "number": self.number,
                "state_to": STATES.get(status or "", "in progress"),
                "status": status,
                "audience": "public" if status else "internal",
                "cause": "opened",
                "actor": Actor(kind="system", name="status-monitor"),
                "ticket": summary,
                "recipients_rule": RecipientsRule(services=self.services) if self.provider else None,
                "changed_at": at or datetime.now(UTC),
                **given,
            }
        )
        self.said.append((event, self.sequence))
        return event


def outgoing(ticket: Ticket) -> list[Outgoing]:
    """What the ticket said so far and was not taken yet, with status-monitor's identities and sequences."""
    out = [
        Outgoing(
            event,
            event_id(f"test/{ticket.name}/{sequence}", event.type_name(), str(ticket.id), 0),
            event.changed_at,
            None,
            sequence,
            ticket.number,
        )
        for event, sequence in ticket.said
    ]
    ticket.said.clear()
    return out


async def say(settings: Settings, *tickets: Ticket) -> None:
    """Put what these tickets said on the log, as status-monitor; acknowledged when this returns."""
    producer = producer_of(settings)
    await producer.start()
    try:
        topic = settings.topic_prefix + StatusChanged.TOPIC
        places = len(await producer.partitions_for(topic))
        sent = []
        for ticket in tickets:
            for out in outgoing(ticket):
                key = out.event.key().encode()
                sent.append(
                    await producer.send(
                        topic,
                        out.event.encode(),
                        key=key,
                        partition=partition_of(key, places),
                        headers=out.envelope("status-monitor").headers(),
                    )
                )
        await asyncio.gather(*sent)
    finally:
        await producer.stop()
