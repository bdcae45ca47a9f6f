"""triage's routes: an agent decides a priority."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, StringConstraints

from shared.events import WORDS, Name
from shared.service import App, Caller, Problem, allow, answers, body

AGENTS = Depends(allow("agent"))


class PriorityIn(BaseModel):
    """An agent's decision, with the reason that the customer can be given."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    priority: Name
    reason: Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True), *WORDS]


class PriorityDecided(BaseModel):
    """The decision is an assessment like any other."""

    number: str
    assessment: int
    priority: str
    sequence: int


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")

    @routes.post("/tickets/{number}/priority")
    @answers(PriorityDecided, 404, 409, 412, 428)
    async def decide_priority(
        number: str, request: Request, caller: Caller = AGENTS, decision: PriorityIn = body(PriorityIn)
    ) -> dict[str, Any]:
        """Decide a ticket's priority, with the reason.

        409 where a clause is final, or no policy is in effect yet.
        """
        if "\x00" in number:
            raise Problem(404, "There is no such ticket.")
        return await app.act(request, caller, "priority", decision, number)

    return routes
