"""What status-monitor has recorded of tickets' clocks, for agents: facts by the page, and a ticket's ledger whole."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends, Query

from services.status_monitor.answers.recorded import RecordedClocks, RecordedList
from services.status_monitor.api.shown import calendars_of, clocks_of, exclusions_of, links_of
from services.status_monitor.domain.attainment import Verdict, verdicts_of
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.store.reports import Span, find_ticket, list_ledger, list_recorded
from shared.refdata import load_policies
from shared.service import App, Caller, Problem, allow, answers, cursor_of, position_of
from shared.service.asked import FROM, TO, moment_of
from shared.service.slices import Slices

AGENTS = Depends(allow("agent", "admin"))
PAGE = 200


def router(app: App, slices: Slices) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")

    @routes.get("/reports/facts")
    @answers(RecordedList)
    async def list_facts(
        caller: Caller = AGENTS,
        from_: str | None = FROM,
        to: str | None = TO,
        account: str | None = None,
        limit: int = Query(PAGE, ge=1, le=PAGE),
        cursor: str | None = None,
    ) -> dict[str, Any]:
        """List the facts that tickets' clocks are worked out from, with the verdicts that follow, by ticket id.

        `from` and `to` are of the time at which tickets were opened. Facts are kept where nothing was promised, too, so
        that another policy can be tried on them.
        """
        span = Span(account, opened_from=moment_of("from", from_), opened_to=moment_of("to", to))
        as_at, after = position_of(cursor) or (await app.db.now(), None)
        rows = await list_recorded(app.db.pool, span, after, limit + 1)
        tickets, policies = [], await load_policies(app.db.pool)
        async with slices.turn():
            for row in rows[:limit]:
                facts = row.facts()
                course = Course(facts, terms_over(facts.plans, policies.by_sha))
                tickets.append(
                    {
                        "number": row.number,
                        "id": str(row.ticket_id),
                        "account": row.account,
                        "initiator": row.initiator,
                        "opened_at": row.opened_at.isoformat(),
                        "priority": row.priority,
                        "facts": json.loads(row.raw),
                        "verdicts": [shown_verdict(verdict) for verdict in verdicts_of(course, as_at)],
                    }
                )
                await slices.pause()
        more = len(rows) > limit
        return {
            "as_at": as_at.isoformat(),
            "tickets": tickets,
            "next": cursor_of(as_at, rows[limit - 1].ticket_id) if more else None,
        }

    @routes.get("/tickets/{number}/clocks")
    @answers(RecordedClocks, 404)
    async def show_clocks(
        number: str,
        caller: Caller = AGENTS,
        at: str | None = Query(None, description="When they are read. Default: now."),
    ) -> dict[str, Any]:
        """Show a ticket's clocks whole: facts, ledger, readings gross and net, calendars, exclusions, links."""
        as_at = moment_of("at", at) or await app.db.now()
        ticket = await find_ticket(app.db.pool, number)
        if ticket is None or ticket.opened is None or ticket.facts is None:
            raise Problem(404, f"There is no ticket {number}.")
        policies = await load_policies(app.db.pool)
        course = Course(ticket.facts, terms_over(ticket.facts.plans, policies.by_sha))
        return {
            "number": number,
            "id": str(ticket.ticket_id),
            "state": ticket.state,
            "as_at": as_at.isoformat(),
            "facts": ticket.facts.model_dump(mode="json"),
            "ledger": [
                {
                    "place": row["place"],
                    "clock": row["clock"],
                    "cycle": row["cycle"].isoformat(),
                    "kind": row["kind"],
                    "at": row["at"].isoformat(),
                    "known_at": row["known_at"].isoformat(),
                    "detail": row["detail"],
                }
                for row in await list_ledger(app.db.pool, ticket.ticket_id)
            ],
            "clocks": clocks_of(course, as_at),
            "verdicts": [shown_verdict(verdict) for verdict in verdicts_of(course, as_at)],
            "calendars": calendars_of(ticket.facts, policies, as_at),
            "exclusions": exclusions_of(course),
            "links": links_of(ticket),
        }

    return routes


def shown_verdict(verdict: Verdict) -> dict[str, Any]:
    at: datetime | None = verdict.at
    return {**verdict._asdict(), "at": at.isoformat() if at is not None else None}
