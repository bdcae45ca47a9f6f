"""status-monitor's route: what an agent does to a ticket."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request

from services.status_monitor.domain.acts import UpdateTicket
from shared.service import App, Caller, allow, body

AGENTS = Depends(allow("agent"))


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")

    @routes.post("/tickets/{number}/updates")
    async def update_ticket(
        number: str, request: Request, caller: Caller = AGENTS, update: UpdateTicket = body(UpdateTicket)
    ) -> dict[str, Any]:
        return await app.act(request, caller, "update", update, number)

    return routes
