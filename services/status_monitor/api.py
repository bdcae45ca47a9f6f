"""status-monitor's route: what an agent does to a ticket."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from services.status_monitor.domain.acts import UpdateTicket
from shared.events import State, Status
from shared.service import App, Caller, allow, answers, body

AGENTS = Depends(allow("agent"))


class TicketUpdated(BaseModel):
    """The ticket after the act, and the status that the customer is sent, if any."""

    number: str
    state: State
    status: Status | None
    sequence: int


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")

    @routes.post("/tickets/{number}/updates")
    @answers(TicketUpdated, 404, 409, 412, 428)
    async def update_ticket(
        number: str, request: Request, caller: Caller = AGENTS, update: UpdateTicket = body(UpdateTicket)
    ) -> dict[str, Any]:
        """Change a ticket's state, tell its customer something, ask for facts, or leave an internal note.

        409 where the state graph has no such step.
        """
        return await app.act(request, caller, "update", update, number)

    return routes
