"""status-monitor's reports: how many promises were kept, and who knew of incidents when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.status_monitor.answers.gaps import (
    INCIDENT_COLUMNS,
    MONTH_COLUMNS,
    incident_row,
    month_row,
    shown_incident,
    shown_month,
)
from services.status_monitor.answers.reports import AttainmentReport, DetectionReport
from services.status_monitor.domain.attainment import verdicts_of
from services.status_monitor.domain.concerned import verdicts_by_account
from services.status_monitor.domain.counting import COLUMNS, GROUPS, Group, Table, Wanted, count, ordered, total
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.gaps import months_of
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.store.concerned import list_concerned
from services.status_monitor.store.reports import Span, knows_account, list_gaps, list_recorded
from shared.policy.form import ClockName
from shared.refdata import load_policies
from shared.service import App, Caller, allow, answers, cursor_of, position_of
from shared.service.asked import AS_CSV, FORMAT, FROM, TO, Format, account_of, moment_of, sheet, wants_csv, wrong
from shared.service.slices import Slices

READERS = Depends(allow("customer", "agent", "admin"))
AGENTS = Depends(allow("agent", "admin"))
AT_ONCE = 200
MOST_TICKETS = 10_000
MOST_INCIDENTS = 5_000


def router(app: App, slices: Slices) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1/reports")

    @routes.get("/attainment", response_model=None, responses=AS_CSV)
    @answers(AttainmentReport)
    async def report_attainment(
        request: Request,
        caller: Caller = READERS,
        by: str = Query("month,clock", description=f"What the rows are of: some of {', '.join(GROUPS)}."),
        from_: str | None = FROM,
        to: str | None = TO,
        account: str | None = None,
        priority: str | None = None,
        clock: ClockName | None = None,
        limit: int = Query(MOST_TICKETS, ge=1, le=MOST_TICKETS, description="How many tickets are looked at."),
        cursor: str | None = None,
        format: Format | None = FORMAT,
    ) -> Response | dict[str, Any]:
        """Count promises met, breached and open, gross and net of accepted exclusions.

        A clock counts in the month (UTC) in which its verdict fell: when it stopped in time, or when it was past due;
        each cycle of `update` is a promise of its own. What is open and in time is counted apart, what was cancelled
        or never promised is not. A ticket of the provider's is counted once, by its own clocks; where it is asked for
        an account or `by` account, once for each account that it concerns, by that account's plan (`provider_tickets`
        says which it was). Percentages are of what has a verdict, and none of nothing. An answer covers as many
        tickets as `limit` says; with `next` as `cursor` comes the rest, whose counts are to be added. As CSV, the
        header `X-Next-Cursor` says it. A customer's key counts its own account.
        """
        wanted = Wanted(groups_of(by), moment_of("from", from_), moment_of("to", to), clock, priority)
        whose = account_of(caller, account)
        span = Span(whose, judged_from=wanted.begin, judged_to=wanted.end, concerning=True)
        as_at, after = position_of(cursor) or (await app.db.now(), None)
        async with slices.turn():
            table, looked, last = await _counted(app, slices, wanted, span, as_at, after, limit)
        following = cursor_of(as_at, last) if last is not None else None
        if wants_csv(request, format):
            more = {"x-next-cursor": following} if following is not None else {}
            cells = [[*key, *counts.cells] for key, counts in ordered(table)]
            return sheet([*wanted.by, *COLUMNS], cells, "attainment", **more)
        return {
            "from": _iso(wanted.begin),
            "to": _iso(wanted.end),
            "as_at": as_at.isoformat(),
            "zone": "UTC",
            "by": list(wanted.by),
            "provider_tickets": "by account" if _by_account(wanted, span) else "once",
            "tickets": looked,
            "rows": [dict(zip(wanted.by, key, strict=True)) | counts.shown() for key, counts in ordered(table)],
            "total": total(table).shown(),
            "next": following,
            "unknown": await _unknown(app, account, priority),
        }

    @routes.get("/detection", response_model=None, responses=AS_CSV)
    @answers(DetectionReport)
    async def report_detection(
        request: Request,
        caller: Caller = AGENTS,
        by: Literal["month", "incident"] = Query("month", description="What the rows of the CSV are of."),
        from_: str | None = FROM,
        to: str | None = TO,
        format: Format | None = FORMAT,
    ) -> Response | dict[str, Any]:
        """Say who knew of each incident when, and how long it took to tell customers; median and longest by month.

        An incident counts in the month (UTC) in which its ticket was opened. 422 where more than 5,000 were opened in
        the time that is asked for.
        """
        begin, end = moment_of("from", from_), moment_of("to", to)
        found = await list_gaps(app.db.pool, begin, end, MOST_INCIDENTS + 1)
        if len(found) > MOST_INCIDENTS:
            raise wrong("from", f"there are more than {MOST_INCIDENTS} incidents: ask for less time with from and to")
        months = [shown_month(month) for month in months_of(found)]
        incidents = [shown_incident(incident) for incident in found]
        if wants_csv(request, format):
            if by == "incident":
                return sheet(INCIDENT_COLUMNS, map(incident_row, incidents), "incidents")
            return sheet(MONTH_COLUMNS, map(month_row, months), "detection")
        return {"from": _iso(begin), "to": _iso(end), "zone": "UTC", "months": months, "incidents": incidents}

    return routes


async def _unknown(app: App, account: str | None, priority: str | None) -> list[str]:
    """What was asked for and is not known, so that nothing can be counted of it."""
    found = []
    if account is not None and not await knows_account(app.db.pool, account):
        found.append("account")
    if priority is not None:
        policies = await load_policies(app.db.pool)
        if not any(priority in item.policy.ranks for item in policies.versions):
            found.append("priority")
    return found


async def _counted(
    app: App, slices: Slices, wanted: Wanted, span: Span, as_at: datetime, after: UUID | None, limit: int
) -> tuple[Table, int, UUID | None]:
    """The counts of the next tickets, how many they are, and the last of them where there are more."""
    table: Table = {}
    looked, policies = 0, await load_policies(app.db.pool)
    while True:
        take = min(AT_ONCE, limit - looked)
        rows = await list_recorded(app.db.pool, span, after, take + 1)
        for row in rows[:take]:
            facts = row.facts()
            if row.initiator == "provider" and _by_account(wanted, span):
                accounts = await list_concerned(app.db.pool, row.ticket_id, facts, span.account)
                found = verdicts_by_account(facts, row.opened_at, row.priority, accounts, policies, as_at)
                for account, verdicts in found:
                    count(table, verdicts, account, row.priority, wanted, as_at)
                    await slices.pause()
            else:
                course = Course(facts, terms_over(facts.plans, policies.by_sha))
                count(table, verdicts_of(course, as_at), row.account, row.priority, wanted, as_at)
            looked, after = looked + 1, row.ticket_id
            await slices.pause()
        if len(rows) <= take:
            return table, looked, None
        if looked == limit:
            return table, looked, after


def _by_account(wanted: Wanted, span: Span) -> bool:
    """Whether a ticket of the provider's is counted for each account that it concerns, not once by its own clocks."""
    return "account" in wanted.by or span.account is not None


def groups_of(by: str) -> tuple[Group, ...]:
    """Raises Problem 422 for what is no group, or is there twice."""
    names = [name.strip() for name in by.split(",") if name.strip()]
    found = tuple(group for name in names for group in GROUPS if group == name)
    if len(found) < len(names) or len({*found}) < len(found):
        raise wrong("by", f"name each at most once, with commas between: {', '.join(GROUPS)}")
    return found


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
