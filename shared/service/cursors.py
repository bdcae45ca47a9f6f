"""Where a page of a list ended: the time and the id of its last row, opaque to the caller."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from uuid import UUID

from shared.service.http import Problem

Position = tuple[datetime, UUID]


def cursor_of(at: datetime, id: UUID) -> str:
    """What the caller sends to get the next page."""
    return base64.urlsafe_b64encode(f"{at.isoformat()} {id}".encode()).decode()


def position_of(cursor: str | None) -> Position | None:
    """Raises Problem 400 for what no `next` gave."""
    if cursor is None:
        return None
    try:
        at, _, id = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        return datetime.fromisoformat(at), UUID(id)
    except (ValueError, binascii.Error):
        raise Problem(400, "This cursor is not one that `next` gave.") from None
