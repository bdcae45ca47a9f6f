"""What makes a ticket, what is only said again, and what a reader may see. Pure: no I/O, no clock, no new ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from shared import ids
from shared.events import (
    Category,
    Description,
    Environment,
    Event,
    Examples,
    Impact,
    Instant,
    IssueReported,
    Json,
    Name,
    NotificationSent,
    Part,
    PriorityAssigned,
    Reporter,
    Services,
    StatusChanged,
    TicketOpened,
    TicketReplied,
    Workaround,
)

AHEAD = timedelta(minutes=5)
"""How far a sender's clock may run ahead of ours before `began_at` counts as being in the future."""

FACTS = ("services", "category", "environment", "impact", "workaround", "ongoing", "ended_at", "examples")
_UNSTATED: tuple[object, ...] = (None, "unknown", ())


class IssueIn(Part):
    """The body of `POST /v1/issues`: the SLA's six facts (B.1.2 a-f) and the further ones."""

    model_config = ConfigDict(extra="forbid")

    issue_id: Name | None = None
    """The reporter's own; the same again is the same issue. Without one, an Idempotency-Key makes a retry so."""
    reporter: Reporter
    services: Services = ()
    """Keys of the policy's catalogue; empty where it is not known."""
    began_at: Instant | None = None
    ongoing: bool | None = None
    ended_at: Instant | None = None
    """Not before `began_at`."""
    description: Description
    examples: Examples = ()
    """Ids of transactions that show it."""
    environment: Environment = "unknown"
    impact: Impact = "unknown"
    workaround: Workaround = "unknown"
    category: Category = "unknown"

    @model_validator(mode="after")
    def _times_agree(self) -> Self:
        if self.began_at and self.ended_at and self.ended_at < self.began_at:
            raise ValueError("ended_at is before began_at")
        return self


class ReplyIn(Part):
    """The body of `POST /v1/tickets/{number}/replies`: words, facts stated anew, or that the customer is done."""

    model_config = ConfigDict(extra="forbid")

    body: Description | None = None
    services: Services | None = None
    category: Category | None = None
    environment: Environment | None = None
    impact: Impact | None = None
    workaround: Workaround | None = None
    ongoing: bool | None = None
    ended_at: Instant | None = None
    examples: Examples = ()
    close: bool = Field(default=False)
    """The customer is done: the ticket may be closed."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_dump(exclude_defaults=True):
            raise ValueError("a reply says something: a body, a fact, or close")
        return self


@dataclass(frozen=True, slots=True)
class Report:
    """An issue as it reached us: by whom, for which account, and the moment from which its clocks run."""

    issue: IssueReported
    source: str
    clock_start: datetime | None
    ticket_id: UUID = field(init=False)

    def __post_init__(self) -> None:
        scope = self.issue.account or self.source
        object.__setattr__(self, "ticket_id", ids.ticket_id(ids.issue_uid(scope, self.issue.issue_id)))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as intake knows it; `issue` is what its reporter last said of it."""

    ticket_id: UUID
    number: str
    account: str | None
    source: str
    issue: IssueReported
    sequence: int
    last_at: datetime


def objections(issue: IssueReported, catalogue: Collection[str] | None, now: datetime) -> list[tuple[str, str]]:
    """What is wrong with an issue beyond its shape: (field, sentence) each. No catalogue refuses no service."""
    observed = issue.detection.observed_at if issue.detection else None
    found = in_future(now, began_at=issue.began_at, ended_at=issue.ended_at, observed_at=observed)
    return found + unknown_services(issue.services, catalogue)


def in_future(now: datetime, **times: datetime | None) -> list[tuple[str, str]]:
    """Which of these times lie in the future, beyond what clocks may differ by."""
    return [
        (name, f"is in the future: {at.isoformat()}")
        for name, at in times.items()
        if at is not None and at > now + AHEAD
    ]


def unknown_services(services: Collection[str], catalogue: Collection[str] | None) -> list[tuple[str, str]]:
    """Services that no policy names."""
    if catalogue is None:
        return []
    return [
        ("services", f"{service!r} is no service of the catalogue: {', '.join(sorted(catalogue))}")
        for service in services
        if service not in catalogue
    ]


def open_ticket(report: Report, number: str, now: datetime) -> TicketOpened:
    """Upon identifying an issue, a ticket is opened (SLA B.1)."""
    issue = report.issue
    observed = issue.detection.observed_at if issue.detection else None
    return TicketOpened(
        ticket_id=report.ticket_id,
        number=number,
        issue=issue,
        source=report.source,
        account=issue.account,
        opened_at=now,
        clock_start=observed or report.clock_start or now,
        unknown=issue.said_unknown,
    )


def say_again(ticket: Ticket, report: Report, reply_id: str, now: datetime) -> tuple[Ticket, TicketReplied | None]:
    """The same issue once more: nothing where it says nothing new, else what its source states anew."""
    before, after = ticket.issue, report.issue
    stated: Json = {
        fact: getattr(after, fact)
        for fact in FACTS
        if getattr(after, fact) not in _UNSTATED and getattr(after, fact) != getattr(before, fact)
    }
    if after.detection is not None and after.detection != before.detection:
        stated["detection"] = after.detection
    words = after.description if after.description != before.description else None
    if not stated and words is None:
        return ticket, None
    reply = TicketReplied(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        reply_id=reply_id,
        origin="source",
        author=report.source,
        body=words,
        replied_at=now,
        **stated,
    )
    return _moved(ticket, after, now), reply


def reply(ticket: Ticket, said: ReplyIn, reply_id: str, author: str, now: datetime) -> tuple[Ticket, TicketReplied]:
    """What the customer adds. The issue stays what its reporter last said: that is what a repeat is compared with."""
    event = TicketReplied(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        reply_id=reply_id,
        origin="customer",
        author=author,
        body=said.body,
        services=said.services,
        category=said.category,
        environment=said.environment,
        impact=said.impact,
        workaround=said.workaround,
        ongoing=said.ongoing,
        ended_at=said.ended_at,
        examples=said.examples,
        close=said.close,
        replied_at=now,
    )
    return _moved(ticket, ticket.issue, now), event


def _moved(ticket: Ticket, issue: IssueReported, now: datetime) -> Ticket:
    return Ticket(ticket.ticket_id, ticket.number, ticket.account, ticket.source, issue, ticket.sequence + 1, now)


def same_facts(before: IssueReported, after: IssueReported) -> bool:
    """Whether an issue sent again over HTTP is the same one."""
    return before == after


def is_public(event: Event) -> bool:
    """Whether a customer may see this in the ticket's timeline: no internal notes, at-risk, breached, proposals."""
    return event.audience == "public" if isinstance(event, StatusChanged) else True


def summary(event: Event) -> str:
    """One line of the timeline."""
    match event:
        case TicketOpened():
            return f"opened: {_short(event.issue.description)}"
        case TicketReplied():
            facts = [fact for fact in FACTS if getattr(event, fact) not in _UNSTATED]
            said = _short(event.body) if event.body else ", ".join(facts) or "nothing in words"
            return f"{event.origin} added: {said}" + (" (and is done)" if event.close else "")
        case PriorityAssigned():
            why = event.reasons[0] if event.reasons else None
            return f"{event.priority} by {event.decided_by}" + (f": {why.text} ({why.clause})" if why else "")
        case StatusChanged():
            name = event.status or event.cause
            return f"{name}: {event.state_to}" + (f": {_short(event.message)}" if event.message else "")
        case NotificationSent():
            return f"{event.status} {event.outcome} by {event.channel} to {event.destination}"
        case _:
            return event.NAME


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:117] + "..."


def for_customer(type_name: str, data: Json) -> Json:
    """An event's data without what is not the customer's: proposals of exclusions, and who else was told."""
    if type_name == PriorityAssigned.type_name():
        kept = [item for item in data.get("exclusions", []) if item.get("state") != "proposed"]
        return {**data, "exclusions": kept}
    return data


def linked_to(changes: Iterable[Json]) -> list[str]:
    """The numbers of the provider's tickets that a ticket is linked to, from what was said of it in order."""
    linked: dict[str, bool] = {}
    for change in changes:
        if change.get("cause") in ("linked", "unlinked") and change.get("link"):
            linked[change["link"]["number"]] = change["cause"] == "linked"
    return [number for number, holds in linked.items() if holds]


def clocks_with_notification(clocks: list[dict[str, Any]], notified_at: datetime | None) -> list[dict[str, Any]]:
    """The clocks of the last StatusChanged, with the notification clock as the first NotificationSent left it."""
    if notified_at is None:
        return clocks
    shown = []
    for clock in clocks:
        if clock["clock"] == "notification" and clock["state"] in ("running", "breached", "paused"):
            due = clock.get("due")
            late = due is not None and notified_at > datetime.fromisoformat(due)
            clock = {**clock, "state": "late" if late else "met"}
        shown.append(clock)
    return shown
