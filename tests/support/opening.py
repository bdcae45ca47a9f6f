"""A ticket as intake opens it, for what needs no more of it than its issue and the time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.events import IssueReported, TicketOpened


def opening(issue: IssueReported, at: datetime, unknown: tuple[str, ...] = ()) -> TicketOpened:
    """The first ticket, acme's, opened then; of these facts it was said that they are not known."""
    return TicketOpened(
        ticket_id=UUID(int=1),
        number="UP-1",
        source="intake",
        account="acme",
        issue=issue,
        opened_at=at,
        clock_start=at,
        unknown=unknown,
    )
