"""The notifier's routes: what was sent to whom, for agents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Depends, Query

from services.notifier.answers import DeliveryLog
from services.notifier.domain.recipients import masked
from services.notifier.store.log import find_number, list_deliveries, list_waits
from shared.service import App, Caller, Problem, allow, answers, cursor_of, position_of

READERS = Depends(allow("agent", "admin"))
_AS_STORED = ("sequence", "cause", "channel", "account", "internal", "status", "state", "attempts", "reason", "missing")


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")

    @routes.get("/tickets/{ticket_id}/deliveries")
    @answers(DeliveryLog, 404)
    async def show_deliveries(
        ticket_id: UUID, caller: Caller = READERS, limit: int = Query(500, ge=1, le=1000), cursor: str | None = None
    ) -> dict[str, Any]:
        """Show all that was or is to be sent of a ticket (by its id), internal notices too, and what waits for whom.

        Destinations are masked, as in every notification.
        """
        number = await find_number(app.db.pool, ticket_id)
        if number is None:
            raise Problem(404, f"Nothing was to be told of a ticket {ticket_id}.")
        rows = await list_deliveries(app.db.pool, ticket_id, position_of(cursor), limit + 1)
        shown = rows[:limit]
        return {
            "number": number,
            "deliveries": [_line(row) for row in shown],
            "waiting": [
                {"sequence": row["sequence"], "missing": row["missing"], "since": row["since"].isoformat()}
                for row in await list_waits(app.db.pool, ticket_id)
            ],
            "next": cursor_of(shown[-1]["created_at"], shown[-1]["id"]) if len(rows) > limit else None,
        }

    return routes


def _line(row: asyncpg.Record) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _AS_STORED},
        "id": str(row["id"]),
        "destination": masked(row["channel"], row["address"]),
        "owed_at": row["created_at"].isoformat(),
        "finished_at": row["finished_at"].isoformat() if row["finished_at"] is not None else None,
        "may_have_been_repeated": [at.isoformat() for at in row["lapsed"]],
    }
