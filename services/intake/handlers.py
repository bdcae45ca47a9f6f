"""intake's beats: load, decide, save, put; for issues, for what customers do over HTTP, and for the view."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake import domain, store
from services.intake.domain import Report, Ticket
from shared.consumer import Refused
from shared.db import Tx
from shared.envelope import Envelope, Received
from shared.events import (
    Event,
    IssueReported,
    NotificationSent,
    PriorityAssigned,
    StatusChanged,
    TicketOpened,
    TicketReplied,
)
from shared.ids import text_of
from shared.outbox import Outgoing, emit
from shared.refdata import policies_of
from shared.service import Act, Problem

Verdict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """A report, and the identity (and envelope, where it came by Kafka) of what brought it."""

    report: Report
    identity: str
    envelope: Envelope | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report: its ticket, and whether it opened it, added to it or only repeated it."""

    number: str
    ticket_id: UUID
    opened: bool
    conflict: bool = False


async def on_issues(tx: Tx, batch: Sequence[Received[IssueReported]]) -> None:
    """Every accepted issue gets one ticket; the same one again is nothing, or adds what is new."""
    catalogue, now = await _catalogue(tx), tx.began_at or await tx.now()
    causes = []
    refused = []
    for item in batch:
        if found := domain.objections(item.event, catalogue, now):
            refused.append((item, "; ".join(f"{field}: {sentence}" for field, sentence in found)))
            continue
        report = Report(item.event, item.envelope.source, item.record.appended_at)
        causes.append(Cause(report, item.envelope.identity, item.envelope))
    if refused:
        raise Refused.many(refused)
    await _accept(tx, causes, may_add=True)


async def on_acts(tx: Tx, acts: Sequence[Act]) -> list[Verdict | Problem]:
    """Issues and replies over HTTP, each with its own verdict."""
    verdicts: dict[str, Verdict | Problem] = {}
    issues = [act for act in acts if act.kind == "issue"]
    replies = [act for act in acts if act.kind == "reply"]
    catalogue = await _catalogue(tx)
    if issues:
        verdicts |= await _accept_acts(tx, issues, catalogue)
    if replies:
        verdicts |= await _reply_acts(tx, replies, catalogue)
    return [verdicts[act.id] for act in acts]


async def _accept_acts(tx: Tx, acts: Sequence[Act], catalogue: Collection[str] | None) -> dict[str, Verdict | Problem]:
    now = tx.began_at or await tx.now()
    verdicts: dict[str, Verdict | Problem] = {}
    causes: dict[str, Cause] = {}
    for act in acts:
        issue: IssueReported = act.payload
        if found := domain.objections(issue, catalogue, now):
            verdicts[act.id] = _invalid(found)
        else:
            causes[act.id] = Cause(Report(issue, _source(act), None), f"http/{act.id}", act.cause)
    outcomes = await _accept(tx, list(causes.values()), may_add=False)
    for (key, cause), outcome in zip(causes.items(), outcomes, strict=True):
        if outcome.conflict:
            verdicts[key] = Problem(
                409,
                f"Issue {cause.report.issue.issue_id!r} is known with other facts, as ticket {outcome.number}; "
                "add to it by a reply.",
                more={"number": outcome.number},
            )
        else:
            verdicts[key] = {
                "ticket": {"id": str(outcome.ticket_id), "number": outcome.number},
                "issue_id": cause.report.issue.issue_id,
                "duplicate": not outcome.opened,
            }
    return verdicts


def _source(act: Act) -> str:
    return act.caller.source or ("intake" if act.caller.account is None else f"account/{act.caller.account}")


async def _accept(tx: Tx, causes: Sequence[Cause], *, may_add: bool) -> list[Outcome]:
    """Create what is new, compare what is not; outcomes in the order of the causes."""
    if not causes:
        return []
    first: dict[UUID, Cause] = {}
    for cause in causes:
        first.setdefault(cause.report.ticket_id, cause)
    new, now = await store.create_tickets(tx.conn, [cause.report for cause in first.values()])
    others = [c for c in causes if c.report.ticket_id not in new or first[c.report.ticket_id] is not c]
    known = await store.load_tickets(tx.conn, list({c.report.ticket_id for c in others})) if others else {}
    now = max([await tx.now(), *(t.last_at for t in known.values())]) if others else now
    out: list[Outgoing] = []
    outcomes: list[Outcome] = []
    changed: dict[UUID, Ticket] = {}
    for cause in causes:
        report = cause.report
        id_ = report.ticket_id
        if id_ in new and first[id_] is cause:
            opened = domain.open_ticket(report, new[id_], now)
            out += emit(cause.envelope, cause.identity, [opened], str(id_), 0, opened.number, now)
            outcomes.append(Outcome(opened.number, id_, opened=True))
            continue
        ticket = changed.get(id_) or known[id_]
        if not may_add:
            conflict = not domain.same_facts(ticket.issue, report.issue)
            outcomes.append(Outcome(ticket.number, id_, opened=False, conflict=conflict))
            continue
        reply_id = text_of("reply", cause.identity)
        after, said = domain.say_again(ticket, report, reply_id, now)
        if said is not None:
            changed[id_] = after
            out += emit(cause.envelope, cause.identity, [said], str(id_), ticket.sequence, ticket.number, now)
        outcomes.append(Outcome(ticket.number, id_, opened=False))
    if changed:
        await store.save_tickets(tx.conn, list(changed.values()))
    tx.put(out)
    return outcomes


async def _reply_acts(tx: Tx, acts: Sequence[Act], catalogue: Collection[str] | None) -> dict[str, Verdict | Problem]:
    tickets = await store.load_numbers(tx.conn, [act.number for act in acts if act.number])
    now = await tx.now()
    verdicts: dict[str, Verdict | Problem] = {}
    changed: dict[UUID, Ticket] = {}
    out: list[Outgoing] = []
    for act in acts:
        ticket = tickets.get(act.number or "")
        if ticket is None or not may_speak(act, ticket):
            verdicts[act.id] = Problem.not_found_yet(act.number or "")
        elif found := (
            domain.in_future(now, ended_at=act.payload.ended_at)
            + domain.unknown_services(act.payload.services or (), catalogue)
        ):
            verdicts[act.id] = _invalid(found)
        else:
            ticket = changed.get(ticket.ticket_id, ticket)
            at = max(now, ticket.last_at)
            after, said = domain.reply(ticket, act.payload, act.id, act.caller.name, at)
            changed[ticket.ticket_id] = after
            out += emit(act.cause, f"http/{act.id}", [said], str(ticket.ticket_id), ticket.sequence, ticket.number, at)
            verdicts[act.id] = {"number": ticket.number, "reply_id": act.id, "sequence": after.sequence}
    if changed:
        await store.save_tickets(tx.conn, list(changed.values()))
    tx.put(out)
    return verdicts


def may_speak(act: Act, ticket: Ticket) -> bool:
    """A customer for its account's tickets, an upstream system for what it reported, an agent for all."""
    match act.caller.role:
        case "agent":
            return True
        case "customer":
            return ticket.account is not None and ticket.account == act.caller.account
        case "upstream":
            return ticket.source == act.caller.source
        case _:
            return False


def _invalid(found: Sequence[tuple[str, str]]) -> Problem:
    return Problem(
        422,
        "Some fields are not as they must be.",
        errors=[{"field": field, "message": sentence} for field, sentence in found],
    )


async def _catalogue(tx: Tx) -> Collection[str] | None:
    """The services of every policy that holds or will; none while no policy is known."""
    versions = (await policies_of(tx)).versions
    if not versions:
        return None
    return {service.key for version in versions for service in version.policy.services}


async def on_timeline(tx: Tx, batch: Sequence[Received[Event]]) -> None:
    """Everything that was said of a ticket, for those who read it."""
    seen: dict[UUID, store.Seen] = {}
    entries = []
    for item in batch:
        event, envelope = item.event, item.envelope
        ticket_id: UUID = event.ticket_id  # type: ignore[attr-defined]
        entries.append(
            store.Entry(
                ticket_id,
                envelope.source,
                envelope.id,
                envelope.type,
                envelope.sequence,
                envelope.time,
                domain.is_public(event),
                getattr(event, "account", None),
                event.encode().decode(),
            )
        )
        _merge(seen.setdefault(ticket_id, store.Seen(ticket_id)), event, envelope.sequence or 0)
    await store.save_timeline(tx, entries, list(seen.values()))


def _merge(seen: store.Seen, event: Event, sequence: int) -> None:
    match event:
        case TicketOpened():
            seen.number, seen.account, seen.source = event.number, event.account, event.source
            seen.initiator, seen.opened_at = event.issue.initiator, event.opened_at
        case PriorityAssigned() if sequence > seen.assessed:
            seen.priority, seen.assessed = event.priority, sequence
        case StatusChanged() if sequence > seen.status_seen:
            seen.state, seen.status_seen = event.state_to, sequence
        case NotificationSent() if event.outcome == "accepted":
            seen.notified_at = _earlier(seen.notified_at, event.delivered_at)
        case TicketReplied() | _:
            pass


def _earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)
