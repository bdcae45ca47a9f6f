"""intake's routes: report an issue, reply, and read tickets and their timelines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg
from fastapi import APIRouter, Depends, Query, Request

from services.intake import domain, store
from services.intake.answers import IssueAccepted, ReplyAccepted, TicketList, TicketView, Timeline
from services.intake.domain import IssueIn, ReplyIn
from shared.events import (
    BY_TYPE,
    IssueReported,
    NotificationSent,
    PriorityAssigned,
    StatusChanged,
    TicketOpened,
    TicketReplied,
)
from shared.ids import act_id
from shared.service import App, Caller, Problem, allow, answers, body, cursor_of, position_of

SPEAKERS = Depends(allow("customer", "agent", "upstream"))
READERS = Depends(allow("customer", "agent", "upstream", "admin"))


def router(app: App) -> APIRouter:
    """The routes of this process."""
    routes = APIRouter(prefix="/v1")

    @routes.post("/issues", status_code=201)
    @answers(IssueAccepted, 409)
    async def report_issue(
        request: Request, caller: Caller = SPEAKERS, issue: IssueIn = body(IssueIn)
    ) -> dict[str, Any]:
        """Report an issue: one issue, one ticket.

        409 where the same issue is known with other facts: add them by a reply.
        """
        return await app.act(request, caller, "issue", _issue(caller, issue, request))

    @routes.post("/tickets/{number}/replies", status_code=201)
    @answers(ReplyAccepted, 404)
    async def reply(
        number: str, request: Request, caller: Caller = SPEAKERS, said: ReplyIn = body(ReplyIn)
    ) -> dict[str, Any]:
        """Add words or facts to a ticket, or say that the matter is done."""
        return await app.act(request, caller, "reply", said, number)

    @routes.get("/tickets")
    @answers(TicketList)
    async def list_tickets(
        caller: Caller = READERS,
        limit: int = Query(50, ge=1, le=500),
        cursor: str | None = None,
        state: str | None = None,
        priority: str | None = None,
        account: str | None = None,
    ) -> dict[str, Any]:
        """List tickets, the newest first.

        Customers see their account's, upstream systems what they reported.
        """
        rows = await store.list_tickets(
            app.db.pool,
            account=caller.account if caller.role == "customer" else account,
            source=caller.source if caller.role == "upstream" else None,
            state=state,
            priority=priority,
            before=position_of(cursor),
            limit=limit + 1,
        )
        shown = rows[:limit]
        return {
            "tickets": [_line(row) for row in shown],
            "next": cursor_of(shown[-1]["opened_at"], shown[-1]["ticket_id"]) if len(rows) > limit else None,
        }

    @routes.get("/tickets/{number}")
    @answers(TicketView, 404)
    async def show_ticket(number: str, caller: Caller = READERS) -> dict[str, Any]:
        """Show a ticket as it stands."""
        row = await _find(app, number, caller)
        return _ticket(row, await store.list_entries(app.db.pool, row["ticket_id"]), caller)

    @routes.get("/tickets/{number}/timeline")
    @answers(Timeline, 404)
    async def show_timeline(number: str, caller: Caller = READERS) -> dict[str, Any]:
        """Show everything that was said of a ticket, in order.

        Customers see what is public: no internal notes, at-risk, breached or proposals.
        """
        row = await _find(app, number, caller)
        entries = _visible(await store.list_entries(app.db.pool, row["ticket_id"]), caller)
        return {"number": number, "entries": _timeline(entries, caller)}

    return routes


def _issue(caller: Caller, issue: IssueIn, request: Request) -> IssueReported:
    account = issue.reporter.account
    if caller.role == "customer":
        if account is not None and account != caller.account:
            raise Problem(403, f"This key speaks for account {caller.account}, not for {account}.")
        account = caller.account
    key = request.headers.get("idempotency-key")
    facts = issue.model_dump(exclude={"issue_id", "reporter"}, exclude_unset=True)
    # Without an id of the reporter's own the act is the issue: made here, before any retry.
    issue_id = issue.issue_id or f"http/{act_id(caller.key_id, key) if key else uuid4()}"
    return IssueReported(
        issue_id=issue_id,
        initiator="customer",
        reporter=issue.reporter.model_copy(update={"account": account}),
        **facts,
    )


async def _find(app: App, number: str, caller: Caller) -> asyncpg.Record:
    """The ticket, if this caller may read it; one that was opened a moment ago is waited for."""
    for _ in range(40):
        row = await store.find_ticket(app.db.pool, number)
        if row is not None:
            break
        if not await store.is_ticket(app.db.pool, number):
            raise Problem(404, f"There is no ticket {number}.")
        await asyncio.sleep(0.05)
    if row is None or not _may_read(caller, row):
        raise Problem(404, f"There is no ticket {number}.")
    return row


def _may_read(caller: Caller, row: asyncpg.Record) -> bool:
    if caller.role == "customer":
        return caller.account is not None and row["account"] == caller.account
    if caller.role == "upstream":
        return caller.source is not None and row["source"] == caller.source
    return True


def _visible(entries: Sequence[asyncpg.Record], caller: Caller) -> list[asyncpg.Record]:
    return [entry for entry in entries if entry["public"] or caller.role in ("agent", "admin")]


def _line(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "number": row["number"],
        "id": str(row["ticket_id"]),
        "account": row["account"],
        "initiator": row["initiator"],
        "state": row["state"],
        "priority": row["priority"],
        "opened_at": row["opened_at"].isoformat(),
    }


def _ticket(row: asyncpg.Record, entries: Sequence[asyncpg.Record], caller: Caller) -> dict[str, Any]:
    """The ticket as it stands: folded from its timeline, each service's last word by its own sequence."""
    visible = _visible(entries, caller)
    by_type: dict[str, list[dict[str, Any]]] = {}
    sequences: dict[str, int] = {}
    for entry in sorted(entries, key=lambda entry: entry["sequence"] or 0):
        sequences[entry["source"]] = max(sequences.get(entry["source"], 0), entry["sequence"] or 0)
    for entry in sorted(visible, key=lambda entry: entry["sequence"] or 0):
        by_type.setdefault(entry["type"], []).append(
            domain.for_customer(entry["type"], json.loads(entry["data"]))
            if caller.role == "customer"
            else json.loads(entry["data"])
        )
    opened = by_type[TicketOpened.type_name()][0]
    assessed = (by_type.get(PriorityAssigned.type_name()) or [{}])[-1]
    status = (by_type.get(StatusChanged.type_name()) or [{}])[-1]
    notified = sorted(by_type.get(NotificationSent.type_name(), []), key=lambda sent: str(sent["delivered_at"]))
    replies = by_type.get(TicketReplied.type_name(), [])
    issue = dict(opened["issue"])
    for said in replies:
        issue |= {fact: said[fact] for fact in domain.FACTS if said.get(fact) not in (None, [])}
    return {
        "number": row["number"],
        "id": str(row["ticket_id"]),
        "account": row["account"],
        "state": row["state"] or "open",
        "priority": assessed.get("priority"),
        "reasons": assessed.get("reasons", []),
        "facts": assessed.get("facts", []),
        "missing": assessed.get("missing", []),
        "coverage": assessed.get("coverage"),
        "exclusions": assessed.get("exclusions", []),
        "policy": assessed.get("policy"),
        "plan": assessed.get("plan"),
        "targets": assessed.get("targets", {}),
        "clocks": domain.clocks_with_notification(status.get("clocks", []), row["notified_at"]),
        "next_update_due": status.get("next_update_due"),
        "services": issue.get("services", []),
        "linked_to": domain.linked_to(by_type.get(StatusChanged.type_name(), [])),
        "description": opened["issue"]["description"],
        "reporter": issue.get("reporter"),
        "initiator": issue.get("initiator"),
        "opened_at": opened["opened_at"],
        "clock_start": opened["clock_start"],
        "sequences": sequences,
        "notifications": [
            {
                name: sent.get(name)
                for name in (
                    "notification_id",
                    "status",
                    "channel",
                    "destination",
                    "outcome",
                    "reason",
                    "attempts",
                    "delivered_at",
                )
            }
            for sent in notified
        ],
        "replies": [
            {
                "body": said.get("body"),
                "author": said.get("author"),
                "origin": said["origin"],
                "replied_at": said["replied_at"],
            }
            for said in replies
        ],
        "issue": issue,
    }


def _timeline(entries: Sequence[asyncpg.Record], caller: Caller) -> list[dict[str, Any]]:
    shown = []
    before: datetime | None = None
    for entry in entries:
        data = json.loads(entry["data"])
        kind = BY_TYPE[entry["type"]]
        at: datetime = entry["occurred_at"]
        shown.append(
            {
                "event": entry["type"],
                "id": entry["id"],
                "service": entry["source"],
                "sequence": entry["sequence"],
                "occurred_at": at.isoformat(),
                "milliseconds": 0.0 if before is None else round((at - before).total_seconds() * 1000, 3),
                "summary": domain.summary(kind.model_validate_json(entry["data"])),
                "data": domain.for_customer(entry["type"], data) if caller.role == "customer" else data,
            }
        )
        before = at
    return shown
