"""status-monitor's routes: what agents do to a ticket and to its links, the provider's incidents, and reports."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Depends, Query, Request

from services.status_monitor.answers import IncidentList, IncidentView, TicketUpdated
from services.status_monitor.api import recorded, reports
from services.status_monitor.domain.acts import UpdateTicket
from services.status_monitor.domain.link_acts import LinkTicket
from services.status_monitor.domain.links import detected
from services.status_monitor.store import incidents as store
from services.status_monitor.store.incidents import Shown
from shared.service import App, Caller, Problem, allow, answers, body, cursor_of, position_of
from shared.service.slices import Slices

AGENTS = Depends(allow("agent"))
READERS = Depends(allow("agent", "admin"))


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

    @routes.post("/tickets/{number}/links")
    @answers(TicketUpdated, 404, 409, 412, 428)
    async def link_ticket(
        number: str, request: Request, caller: Caller = AGENTS, link: LinkTicket = body(LinkTicket)
    ) -> dict[str, Any]:
        """Link a customer's ticket to one of the provider's, unlink it, or resolve it as that one was resolved.

        `link` also accepts a link that is proposed, `unlink` rejects it. 409 where that cannot be, with the reason.
        """
        return await app.act(request, caller, "link", link, number)

    @routes.get("/incidents")
    @answers(IncidentList)
    async def list_incidents(
        caller: Caller = READERS,
        limit: int = Query(50, ge=1, le=200),
        cursor: str | None = None,
        ongoing: bool = False,
    ) -> dict[str, Any]:
        """List the provider's incidents, the newest first: when the first customer knew, the page, and so on."""
        found = await store.list_incidents(app.db.pool, ongoing=ongoing, before=position_of(cursor), limit=limit + 1)
        shown = found[:limit]
        more = len(found) > limit
        return {
            "incidents": [_line(item) for item in shown],
            "next": cursor_of(shown[-1].opened_at, shown[-1].ticket.ticket_id) if more else None,
        }

    @routes.get("/incidents/{number}")
    @answers(IncidentView, 404)
    async def show_incident(
        number: str, caller: Caller = READERS, limit: int = Query(100, ge=1, le=500), cursor: str | None = None
    ) -> dict[str, Any]:
        """Show an incident: who knew when, what was said and whom it reached, and the tickets that belong to it."""
        incident = await store.find_incident(app.db.pool, number)
        if incident is None:
            raise Problem(404, f"There is no incident {number}: name the number of a ticket of the provider's.")
        provider = incident.ticket.ticket_id
        rows = await store.list_linked(app.db.pool, provider, position_of(cursor), limit + 1)
        shown = rows[:limit]
        last = shown[-1] if len(rows) > limit else None
        return {
            **_line(incident),
            "updates": [
                {
                    **{name: value for name, value in json.loads(row["data"]).items() if name != "provider"},
                    "told": row["told"],
                    "counted": row["counted"],
                    "settled": row["settled"],
                }
                for row in await store.list_words(app.db.pool, provider)
            ],
            "tickets": [
                {
                    **{
                        name: row[name] for name in ("number", "account", "ticket_state", "state", "reason", "followed")
                    },
                    "by": row["decided_by"],
                    "since": row["since"].isoformat(),
                    "reported_at": row["reported_at"].isoformat(),
                }
                for row in shown
            ],
            "next": cursor_of(last["reported_at"], last["ticket_id"]) if last is not None else None,
        }

    slices = Slices()
    everything = APIRouter()
    everything.include_router(routes)
    everything.include_router(reports.router(app, slices))
    everything.include_router(recorded.router(app, slices))
    return everything


def _line(shown: Shown) -> dict[str, Any]:
    ticket, opened = shown.ticket, shown.ticket.opened
    assert opened is not None
    seen = opened.detection
    observed = seen.observed_at if seen is not None else opened.clock_start
    found = detected(observed, seen.origin if seen is not None else "provider", shown.first_customer_at)
    times = {
        "began_at": ticket.about.began_at,
        "first_customer_at": shown.first_customer_at,
        "observed_at": observed,
        "opened_at": opened.opened_at,
        "first_notice_at": ticket.facts.notified if ticket.facts is not None else None,
        "detected_at": found.at,
        "resolved_at": ticket.resolved_at,
    }
    return {
        "number": opened.number,
        "id": str(ticket.ticket_id),
        "state": ticket.state or "open",
        "services": list(ticket.services),
        "description": opened.description,
        "origin": seen.origin if seen is not None else None,
        "source": seen.source if seen is not None else None,
        "incident_id": seen.incident_id if seen is not None else None,
        "link": seen.link if seen is not None else None,
        **{name: at.isoformat() if at is not None else None for name, at in times.items()},
        "first_customer": shown.first_customer,
        "detected_by": found.by,
        "gap_seconds": found.gap.total_seconds() if found.gap is not None else None,
        "linked": shown.linked,
        "proposed": shown.proposed,
    }
