"""triage's routes: an agent decides a priority, what is excluded, that a ticket is planned anew; what is recorded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from services.triage.api import recorded
from services.triage.domain.wanted import ExclusionIn, PlanIn, PriorityIn
from shared.events import Exclusion, PolicyRef
from shared.service import App, Caller, Problem, allow, answers, body

AGENTS = Depends(allow("agent"))


class PriorityDecided(BaseModel):
    """The decision is an assessment like any other."""

    number: str
    assessment: int
    priority: str
    sequence: int


class ExclusionRuled(BaseModel):
    """The exclusion as it is ruled on; the ruling is an assessment like any other, unless it changed nothing."""

    number: str
    assessment: int
    exclusion: Exclusion
    changed: bool
    sequence: int


class PlannedAnew(BaseModel):
    """What the ticket follows; that is an assessment like any other, unless it follows it already."""

    number: str
    assessment: int
    plan: str | None
    policy: PolicyRef
    changed: bool
    sequence: int


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")
    routes.include_router(recorded.router(app))

    async def act(request: Request, caller: Caller, kind: str, payload: BaseModel, number: str) -> dict[str, Any]:
        if "\x00" in number:
            raise Problem(404, "There is no such ticket.")
        return await app.act(request, caller, kind, payload, number)

    @routes.post("/tickets/{number}/priority")
    @answers(PriorityDecided, 404, 409, 412, 428)
    async def decide_priority(
        number: str, request: Request, caller: Caller = AGENTS, decision: PriorityIn = body(PriorityIn)
    ) -> dict[str, Any]:
        """Decide a ticket's priority, with the reason.

        409 where a clause is final, the ticket is closed, or no policy is in effect yet.
        """
        return await act(request, caller, "priority", decision, number)

    @routes.post("/tickets/{number}/exclusions")
    @answers(ExclusionRuled, 404, 409, 412, 428)
    async def rule_on_exclusion(
        number: str, request: Request, caller: Caller = AGENTS, ruling: ExclusionIn = body(ExclusionIn)
    ) -> dict[str, Any]:
        """Accept or reject an exclusion (SLA B.5), with the reason: one that is proposed, or with evidence any.

        What is accepted pauses the clocks that the plan says from `from` to `to`, and is taken out of what counts net;
        no breach is deleted. A later ruling takes the place of those on its clause that its interval meets; one that
        meets none stands beside them. A closed ticket may be ruled on, since what is excluded later counts net. 422
        where the policy that the ticket runs under has no such clause, where it is not clear which of several intervals
        is meant, or where the one that is stated ends before the ticket's clocks start or begins in more than a week.
        409 where the clause does not hold for the account, or nothing is proposed that could be rejected.
        """
        return await act(request, caller, "exclusion", ruling, number)

    @routes.post("/tickets/{number}/plan")
    @answers(PlannedAnew, 404, 409, 412, 428)
    async def plan_anew(
        number: str, request: Request, caller: Caller = AGENTS, wanted: PlanIn = body(PlanIn)
    ) -> dict[str, Any]:
        """Have a ticket follow its account's plan as it is now, and the policy in effect now, with the reason.

        By itself a ticket stays with those that it was opened under. Its clocks are planned anew from their start:
        pauses are kept, no past warning is given, and what is late by then is one breach. 409 where the ticket is
        closed, the account or its plan is not known, or its term is over.
        """
        return await act(request, caller, "plan", wanted, number)

    return routes
