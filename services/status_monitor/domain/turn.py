"""The turn in which an event changes a ticket: its new state, what is said, what is written in its ledger.

- `changed_at` never goes back: it is the database's time, or that of the last change where that is later.
- Every step is one of the state graph; nothing is said before Initial.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from services.status_monitor.domain.clocks import read_all
from services.status_monitor.domain.course import Course, stays_of
from services.status_monitor.domain.facts import Facts, MoveKind, Planned
from services.status_monitor.domain.graph import GRAPH, IllegalStep, legal
from services.status_monitor.domain.ledger import Entry, appended
from services.status_monitor.domain.promised import Terms
from services.status_monitor.domain.terms import kept_from, terms_over
from services.status_monitor.domain.ticket import Opened, Ticket, Wait
from shared.events import (
    Actor,
    Audience,
    EscalationStep,
    Event,
    IssueReported,
    ProviderLink,
    RecipientsRule,
    State,
    Status,
    StatusChanged,
    TicketSummary,
)
from shared.policy import Policy

SYSTEM = Actor(kind="system", name="status-monitor")


class Policies(Protocol):
    """The policy versions known."""

    def in_effect(self, at: datetime) -> Policy | None: ...

    def by_sha(self, sha256: str) -> Policy | None: ...


@dataclass(frozen=True, slots=True)
class Out:
    """An event to be said, and the identity of what caused it; StatusChanged carry a sequence."""

    event: Event
    identity: str
    time: datetime
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A word on a ticket of the provider's that reached this one: whether the customer was told, or it only counts."""

    provider: UUID
    sequence: int
    told: bool


class Turn:
    """One event's effect on one ticket: collects the new state, the events out and the ledger's new entries."""

    def __init__(self, ticket: Ticket, now: datetime, policies: Policies) -> None:
        self.ticket = ticket
        self.now = now if ticket.last_at is None else max(now, ticket.last_at)
        self.policies = policies
        self.outs: list[Out] = []
        self.followed: list[Followed] = []
        self._start = ticket
        self._course: Course | None = None
        self._resolved: tuple[tuple[Planned, ...], Policy | None, Terms] | None = None

    def set(self, **update: Any) -> None:
        self.ticket = self.ticket.model_copy(update=update)

    def touch(self) -> None:
        """Store the ticket anew though nothing changed: what is derived from it may have."""
        self.ticket = self.ticket.model_copy()

    @property
    def opened(self) -> Opened:
        assert self.ticket.opened is not None
        return self.ticket.opened

    @property
    def facts(self) -> Facts:
        assert self.ticket.facts is not None
        return self.ticket.facts

    @property
    def terms(self) -> Terms:
        """What the plan says that the ticket was last assessed under, and those before it."""
        return self._assessed_under()[1]

    @property
    def course(self) -> Course:
        """What the facts say of the clocks."""
        if self._course is None or self._course.facts is not self.ticket.facts:
            self._course = Course(self.facts, self.terms)
        return self._course

    @property
    def policy(self) -> Policy | None:
        """The policy that the ticket was last assessed under, where it is known."""
        return self._assessed_under()[0]

    @property
    def waits_for(self) -> str | None:
        """A policy that the ticket was assessed under, while it is not known here: its clocks wait for it."""
        assigned = self.ticket.assigned
        if assigned is None:
            return None
        if self._assessed_under()[0] is None:
            return assigned.policy.sha256
        kept = kept_from(self.facts.plans[-1].targets) if self.facts.plans else {}
        return next((version for version in kept.values() if self.policies.by_sha(version) is None), None)

    def _assessed_under(self) -> tuple[Policy | None, Terms]:
        plans = self.ticket.facts.plans if self.ticket.facts is not None else ()
        if self._resolved is None or self._resolved[0] is not plans:
            assigned = self.ticket.assigned
            policy = self.policies.by_sha(assigned.policy.sha256) if assigned is not None else None
            self._resolved = (plans, policy, terms_over(plans, self.policies.by_sha))
        return self._resolved[1:]

    def change(
        self,
        identity: str,
        cause: str,
        *,
        to: State | None = None,
        status: Status | None = None,
        audience: Audience = "public",
        message: str | None = None,
        actor: Actor = SYSTEM,
        at: datetime | None = None,
        wants: tuple[str, ...] = (),
        link: ProviderLink | None = None,
        escalation: EscalationStep | None = None,
    ) -> None:
        """Say that the state or status changed. `at` is when what caused it occurred, where that was earlier."""
        before = self.ticket.state
        after = to if to is not None else before
        assert after is not None  # nothing is said of a ticket before Initial
        if not legal(before, after):
            raise IllegalStep(before or "open", after, GRAPH[before or "open"])
        occurred = self.now if at is None else min(at, self.now)
        self._enter(before, after, occurred, wants)
        self.set(sequence=self.ticket.sequence + 1, state=after, last_at=self.now)
        readings = () if self.waits_for else read_all(self.course, self.now)
        update = next((item for item in readings if item.clock == "update"), None)
        initiator = self.opened.initiator
        event = StatusChanged(
            ticket_id=self.ticket.ticket_id,
            number=self.opened.number,
            state_from=before,
            state_to=after,
            status=status,
            audience=audience,
            cause=cause,
            message=message,
            actor=actor,
            ticket=self._summary(),
            clocks=tuple(item.event() for item in readings),
            next_update_due=update.due if update is not None and update.state in ("running", "breached") else None,
            recipients_rule=RecipientsRule(services=self.ticket.services) if initiator == "provider" else None,
            link=link,
            escalation=escalation,
            changed_at=self.now,
        )
        self.outs.append(Out(event, identity, self.now, self.ticket.sequence))

    def _enter(self, before: State | None, after: State, at: datetime, wants: tuple[str, ...]) -> None:
        """What a step means for the clocks."""
        if after == "awaiting customer":
            if before != after:
                self._moved("asked", at)
                self.set(wait=Wait(since=self.now, facts=wants))
            elif wants and self.ticket.wait is not None:
                self.set(wait=Wait(since=self.now, facts=tuple(dict.fromkeys((*self.ticket.wait.facts, *wants)))))
        elif before == "awaiting customer":
            self._moved("went on", at)
            self.set(wait=None)
        if after == "resolved" and before != after:
            self._moved("resolved", at)
            self.set(resolved_at=self.now)
        elif before == "resolved" and after == "in progress":
            self._moved("reopened", at)
            self.set(resolved_at=None)
        if after == "closed" and before != after:
            self._moved("closed", at)

    def _moved(self, kind: MoveKind, at: datetime) -> None:
        """A fact of the clocks, unless another (the reply that caused this) says it already."""
        facts = self.facts.moved(kind, at)
        if facts is not self.facts and stays_of(facts.moves) != stays_of(self.facts.moves):
            self.set(facts=facts)

    def report(self, event: IssueReported, identity: str) -> None:
        """Publish an issue: it has no place in the ticket's sequence."""
        self.outs.append(Out(event, identity, self.now))

    def _summary(self) -> TicketSummary:
        ticket, opened = self.ticket, self.opened
        assigned = ticket.assigned
        clause = ref = None
        if assigned is not None:
            ref, policy = assigned.policy, self._assessed_under()[0]
            clause = (policy.clause_of(assigned.priority) if policy else None) or assigned.clause
        elif (policy := self.policies.in_effect(self.now)) is not None:
            ref = policy.ref
        return TicketSummary(
            number=opened.number,
            initiator=opened.initiator,
            account=opened.account,
            reporter=opened.reporter,
            services=ticket.services,
            description=opened.description,
            priority=assigned.priority if assigned else None,
            clause=clause,
            policy=ref,
        )

    def entries(self, since: Ticket | None = None) -> list[Entry]:
        """The ledger's entries that this turn adds, which it counts; with `since`, all that the turns since do.

        While the policy is not known the ledger is not written: all of it follows when it is.
        """
        start = self._start if since is None else since
        facts = self.ticket.facts
        if facts is None or self.waits_for:
            return []
        before = None
        if start.ledger_at is not None and start.facts is not None:
            before = Course(start.facts, terms_over(start.facts.plans, self.policies.by_sha))
        marks = facts.marks[len(start.facts.marks) if start.facts is not None else 0 :]
        entries = appended(before, self.course, marks, start.ledger_at or self.now, self.now)
        if facts.plans:
            self.set(entries=self.ticket.entries + len(entries), ledger_at=self.now)
        return entries
