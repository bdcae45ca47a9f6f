"""Tickets as intake says them, so that triage can be tested alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.envelope import Envelope
from shared.events import Event, IssueReported, Reporter, TicketOpened, TicketReplied
from tests.support.space import Message, Space
from tests.support.waiting import until


def ticket_id(number: int) -> UUID:
    return UUID(int=number + 1)


def opened(number: int, *, account: str | None = "acme", **facts: Any) -> TicketOpened:
    """An outage of voice in production, unless it is stated otherwise."""
    stated: dict[str, Any] = {
        "services": ("voice",),
        "environment": "production",
        "impact": "outage",
        "workaround": "none",
        "reporter": Reporter(name="Bo", account=account),
        "description": "No calls go through",
        **facts,
    }
    now = datetime.now(UTC)
    issue = IssueReported(issue_id=f"issue-{number}", **stated)
    return TicketOpened(
        ticket_id=ticket_id(number),
        number=f"UP-{number}",
        issue=issue,
        source="intake",
        account=account,
        opened_at=now,
        clock_start=now,
    )


async def open_ticket(
    space: Space, number: int, *, correlation: str | None = None, account: str | None = "acme", **facts: Any
) -> None:
    """Publish TicketOpened."""
    await _put(space, opened(number, account=account, **facts), number, 1, correlation or f"issue-{number}")


async def replied(space: Space, number: int, sequence: int, **facts: Any) -> None:
    """Publish TicketReplied, as intake's event of this sequence."""
    event = TicketReplied(
        ticket_id=ticket_id(number),
        number=f"UP-{number}",
        reply_id=f"reply-{number}-{sequence}",
        origin="customer",
        replied_at=datetime.now(UTC),
        **facts,
    )
    await _put(space, event, number, sequence, f"issue-{number}")


async def _put(space: Space, event: Event, number: int, sequence: int, correlation: str) -> None:
    envelope = Envelope(
        f"{number}-{sequence}",
        "intake",
        event.type_name(),
        f"UP-{number}",
        datetime.now(UTC),
        sequence,
        correlation_id=correlation,
    )
    await space.put_raw("tickets", event.encode(), key=event.key().encode(), headers=envelope.headers())


async def said(space: Space, wanted: int) -> list[Message]:
    """The PriorityAssigned on the topic, once there are so many; never more."""

    async def enough() -> list[Message] | None:
        found = [m for m in await space.read("tickets") if m.headers["ce_source"] == "triage"]
        assert len(found) <= wanted, [m.json for m in found]
        return found if len(found) == wanted else None

    return await until(f"{wanted} PriorityAssigned", enough)
