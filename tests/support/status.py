"""Tickets of status-monitor in memory: events in, StatusChanged out, by a policy of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.status_monitor.domain import acts, due, shown, states
from services.status_monitor.domain.ledger import Entry
from services.status_monitor.domain.ticket import Observation, Ticket, Window
from services.status_monitor.domain.turn import Out, Turn
from shared.events import (
    Clock,
    Exclusion,
    IssueReported,
    Missing,
    NotificationSent,
    PriorityAssigned,
    Reason,
    Reporter,
    StatusChanged,
    Target,
    TicketOpened,
    TicketReplied,
)
from shared.policy import CLOCKS, Policy, parse_policy

WANTED = (Missing(fact="environment", could_be="P1", asked=True),)
WEEK = 7 * 24 * 60
T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TICKET = UUID("11111111-1111-1111-1111-111111111111")

POLICY = """
policy: test
version: "1"
effective: 2024-01-01T00:00:00Z
document:
  title: A policy of the tests
  url: https://example.test
  clauses: {B.3.P1: one, B.3.P2: two, B.3.P3: rest, B.5: term, A: plan}
support:
  phone: "+1 555 0100"
  documentation: https://example.test/docs
  plans: https://example.test/plans
  contact: support@example.test
services:
  - {key: sms, name: SMS, components: [SMS API, Outbound SMS]}
  - {key: voice, name: Voice, components: [Voice API], carrier_components: [Voice carriers - Europe]}
priorities: [{key: P1, clause: B.3.P1}, {key: P2, clause: B.3.P2}, {key: P3, clause: B.3.P3}]
rules: [{id: everything-else, priority: P3, clause: B.3.P3}]
calendars:
  always: {always: true}
  office: {zone: Europe/Berlin, week: {mon-thu: ["08:00-12:00", "13:00-17:00"], fri: ["08:00-14:00"]}}
plans:
  gold:
    targets: {P1: none, P2: none, P3: none}
    pauses:
      awaiting customer: [first_resolution, total_resolution]
      maintenance: [update]
      exclusion: [first_resolution]
    warnings: {first_resolution: ["50%", PT30M], first_response: ["75%"]}
  eager:
    targets: {P1: none, P2: none, P3: none}
    response_met_by: initial
    closed_counts: true
coverage: {term: B.5, plan: A}
"""


def at(minutes: float) -> datetime:
    """So many minutes after the ticket's clocks start."""
    return T0 + timedelta(minutes=minutes)


def target(minutes: float, calendar: str = "always") -> Target:
    return Target(duration=timedelta(minutes=minutes), calendar=calendar)


def policy() -> Policy:
    return parse_policy(POLICY)


@dataclass
class Known:
    """The policies that are known."""

    policies: tuple[Policy, ...]

    def in_effect(self, at: datetime) -> Policy | None:
        return self.policies[-1] if self.policies else None

    def by_sha(self, sha256: str) -> Policy | None:
        return next((item for item in self.policies if item.sha256 == sha256), None)


THE_POLICY = policy()


def opened(**facts: Any) -> TicketOpened:
    issue = IssueReported(
        **{
            "issue_id": "i-1",
            "description": "Messages fail",
            "services": ("sms",),
            "reporter": Reporter(name="Ada", email="ada@acme.test", account="acme"),
            **facts,
        }
    )
    return TicketOpened(
        ticket_id=TICKET,
        number="UP-1",
        issue=issue,
        source="intake",
        account=issue.account,
        opened_at=T0,
        clock_start=T0,
    )


def assigned(
    priority: str = "P1",
    *,
    assessment: int = 1,
    decided: float = 0,
    missing: tuple[Missing, ...] = (),
    coverage: Any = "covered",
    exclusions: tuple[Exclusion, ...] = (),
    plan: str | None = "gold",
    by: str = "rules",
    **targets: Target | None,
) -> PriorityAssigned:
    return PriorityAssigned(
        ticket_id=TICKET,
        number="UP-1",
        assessment=assessment,
        priority=priority,
        reasons=(Reason(rule="r", clause=f"B.3.{priority}", fact="impact", text="An outage."),),
        missing=missing,
        coverage=coverage,
        exclusions=exclusions,
        policy=THE_POLICY.ref,
        plan=plan,
        targets={clock: targets.get(clock) for clock in CLOCKS},
        decided_by=by,
        decided_at=at(decided),
    )


def replied(minutes: float, *, origin: Any = "customer", reply_id: str = "r-1", **facts: Any) -> TicketReplied:
    body = facts.pop("body", "It is production.") if origin == "customer" else None
    return TicketReplied(
        ticket_id=TICKET, number="UP-1", reply_id=reply_id, origin=origin, body=body, replied_at=at(minutes), **facts
    )


def accepted(minutes: float, status: Any = "Initial", outcome: Any = "accepted") -> NotificationSent:
    return NotificationSent(
        notification_id=TICKET,
        ticket_id=TICKET,
        number="UP-1",
        status=status,
        phone="+1 555 0100",
        description="Messages fail",
        destination="a…@acme.test",
        channel="email",
        outcome=outcome,
        attempts=1,
        delivered_at=at(minutes),
    )


def seen(minutes: float, state: Any, message: str = "words", *, id: str | None = None) -> Observation:
    return Observation(
        id=id or f"page/i/{minutes}", kind="page", source="status.test", at=at(minutes), state=state, message=message
    )


def window(begin: float, end: float | None = None, *services: str) -> Window:
    return Window(
        key="page/maintenance/m",
        name="SMS gateway",
        source="status.test",
        services=services or ("sms",),
        begin=at(begin),
        end=None if end is None else at(end),
    )


@dataclass
class Case:
    """A ticket that things happen to; `now` is minutes after the start, at which the event is handled."""

    known: Known = field(default_factory=lambda: Known((THE_POLICY,)))
    ticket: Ticket = field(default_factory=lambda: Ticket(ticket_id=TICKET))
    outs: list[Out] = field(default_factory=list)
    ledger: list[Entry] = field(default_factory=list)
    next: tuple[datetime | None, datetime | None] = (None, None)
    """When to sweep next: with `notifications` caught up too, and without."""

    def do(self, now: float, *steps: Callable[[Turn], None]) -> list[StatusChanged]:
        """One turn; what it says of the ticket."""
        turn = Turn(self.ticket, at(now), self.known)
        for step in steps:
            step(turn)
        entries = turn.entries()
        self.next = due.next_times(turn)
        # What is stored is JSON: a ticket that does not survive it is not what comes back next time.
        static = turn.ticket.opened
        self.ticket = Ticket.model_validate_json(turn.ticket.model_dump_json(exclude={"opened"}, exclude_defaults=True))
        self.ticket = self.ticket.model_copy(update={"opened": static})
        self.outs += turn.outs
        self.ledger += entries
        return [out.event for out in turn.outs if isinstance(out.event, StatusChanged)]

    def event(self, now: float, event: Any, identity: str = "cause") -> list[StatusChanged]:
        def step(turn: Turn) -> None:
            if isinstance(event, TicketOpened):
                states.on_opened(turn, event)
            elif isinstance(event, PriorityAssigned):
                states.on_assigned(turn, event, identity)
            elif isinstance(event, TicketReplied):
                states.on_replied(turn, event, identity)
            elif isinstance(event, NotificationSent):
                states.on_notified(turn, event)
            elif isinstance(event, Observation):
                shown.on_observed(turn, event)
            else:
                shown.on_maintenance(turn, event)

        return self.do(now, step)

    def act(self, now: float, if_match: int | None = -1, **update: Any) -> list[StatusChanged]:
        """An agent's act; by default with the right sequence."""
        given = self.ticket.sequence if if_match == -1 else if_match
        return self.do(now, lambda turn: acts.act(turn, acts.UpdateTicket(**update), given, "Grace", "act"))

    def sweep(self, now: float, upto: float | None = None, notified: float | None = None) -> list[StatusChanged]:
        """A sweep, caught up to the same minute unless told otherwise."""
        limit = at(now if upto is None else upto)
        return self.do(now, lambda turn: due.sweep(turn, limit, at(now if notified is None else notified)))

    def clock(self, name: str) -> Clock:
        """As the last StatusChanged carries it."""
        return next(item for item in self.said[-1].clocks if item.clock == name)

    @property
    def said(self) -> list[StatusChanged]:
        return [out.event for out in self.outs if isinstance(out.event, StatusChanged)]

    @property
    def issues(self) -> list[IssueReported]:
        return [out.event for out in self.outs if isinstance(out.event, IssueReported)]

    def entries(self, clock: str) -> list[str]:
        return [entry.kind for entry in self.ledger if entry.clock == clock]


def begun(priority: str = "P1", **targets: Target | None) -> Case:
    """A ticket with Initial out."""
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(priority).model_copy(update={"targets": dict.fromkeys(CLOCKS) | targets}))
    return case


def line(said: list[StatusChanged]) -> list[tuple[Any, ...]]:
    """Of each: from which state to which, the status, for whom, by what."""
    return [(item.state_from, item.state_to, item.status, item.audience, item.cause) for item in said]
