"""triage's routes for agents that read what was recorded: assessments with what they rested on, and policies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Depends, Query

from services.triage.answers import AssessedList, AssessedTicket, PolicyText
from services.triage.store import recorded as store
from shared.service import App, Caller, Problem, allow, answers, cursor_of, position_of
from shared.service.asked import FROM, TO, moment_of

READERS = Depends(allow("agent", "admin"))
PAGE = 200


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter()

    @routes.get("/assessments")
    @answers(AssessedList)
    async def list_assessments(
        caller: Caller = READERS,
        from_: str | None = FROM,
        to: str | None = TO,
        account: str | None = None,
        limit: int = Query(PAGE, ge=1, le=PAGE),
        cursor: str | None = None,
    ) -> dict[str, Any]:
        """List the assessments of all tickets, each with what it rested on, by ticket id.

        `from` and `to` are of the time at which tickets were opened.
        """
        position = position_of(cursor)
        rows = await store.list_assessed(
            app.db.pool,
            account=account,
            begin=moment_of("from", from_),
            end=moment_of("to", to),
            after=position[1] if position is not None else None,
            limit=limit + 1,
        )
        tickets = rows[:limit]
        assessments = await store.list_assessments(app.db.pool, [row["ticket_id"] for row in tickets])
        last = tickets[-1] if len(rows) > limit else None
        return {
            "tickets": _shown(tickets, assessments),
            "next": cursor_of(last["opened_at"], last["ticket_id"]) if last is not None else None,
        }

    @routes.get("/tickets/{number}/assessments")
    @answers(AssessedTicket, 404)
    async def show_assessments(number: str, caller: Caller = READERS) -> dict[str, Any]:
        """Show every assessment of a ticket, each with what it rested on."""
        ticket = await store.find_ticket(app.db.pool, number)
        if ticket is None:
            raise Problem(404, f"There is no ticket {number}.")
        return _shown([ticket], await store.list_assessments(app.db.pool, [ticket["ticket_id"]]))[0]

    @routes.get("/policies/{sha256}")
    @answers(PolicyText, 404)
    async def show_policy(sha256: str, caller: Caller = READERS) -> dict[str, Any]:
        """Show a version of the policy, with the text of its file."""
        text = await store.find_policy(app.db.pool, sha256)
        if text is None:
            raise Problem(404, f"There is no version of the policy with the SHA-256 {sha256}.")
        said = json.loads(text)
        return {"policy": said["id"], **{name: said[name] for name in PolicyText.model_fields if name != "policy"}}

    return routes


def _shown(
    tickets: Iterable[asyncpg.Record], assessments: Mapping[UUID, Sequence[asyncpg.Record]]
) -> list[dict[str, Any]]:
    return [
        {
            "number": row["number"],
            "id": str(row["ticket_id"]),
            "account": row["account"],
            "opened_at": row["opened_at"].isoformat(),
            "assessments": [
                {
                    "assessment": item["assessment"],
                    "decided_at": item["decided_at"].isoformat(),
                    "policy": item["policy"],
                    "cause": item["cause"],
                    "inputs": json.loads(item["inputs"]),
                    "result": json.loads(item["result"]),
                }
                for item in assessments.get(row["ticket_id"], ())
            ],
        }
        for row in tickets
    ]
