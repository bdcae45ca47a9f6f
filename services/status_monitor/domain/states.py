"""What each event does to a ticket: the state graph and the table of statuses, as pure decisions.

- Facts are ordered by when they occurred: a reply written before the question does not answer it, and one written
  before the resolution does not reopen.
- A reply by the source that reported the issue states facts; it neither ends a wait nor reopens.
- Whatever comes first makes `Initial` first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.status_monitor.domain.exclusions import Ruled, news_of
from services.status_monitor.domain.facts import Facts, excluded_of
from services.status_monitor.domain.graph import legal
from services.status_monitor.domain.shown import on_maintenance, on_observed
from services.status_monitor.domain.steps import close_if_over, correct, initial
from services.status_monitor.domain.subscription import tell_outside
from services.status_monitor.domain.texts import (
    ask_text,
    exclusion_text,
    priority_text,
    unknown_reason,
    unknown_text,
)
from services.status_monitor.domain.ticket import About, Assigned, Opened, Window
from services.status_monitor.domain.turn import Turn
from shared.envelope import Envelope
from shared.events import (
    MAY_BE_UNKNOWN,
    Actor,
    IssueReported,
    NotificationSent,
    PriorityAssigned,
    TicketOpened,
    TicketReplied,
)

FACTS = ("environment", "impact", "workaround", "category", "ongoing")


class NotOpened(Exception):
    """An event on a ticket of which no TicketOpened was read: no service may say such a thing."""


def on_opened(turn: Turn, event: TicketOpened, windows: tuple[Window, ...] = (), cause: Envelope | None = None) -> None:
    """The ticket begins; what a page said of it before is said now, after Initial."""
    if turn.ticket.opened is not None:
        return
    late = event.opened_at if event.opened_at != event.clock_start else None
    facts = Facts(start=event.clock_start, opened=late)
    for at, of_initial in turn.ticket.notified:
        facts = facts.was_notified(at, initial=of_initial)
    pending = turn.ticket.pending
    turn.set(
        opened=Opened.of(event, cause),
        services=event.issue.services,
        about=About.of(event),
        handled_at=turn.now,
        facts=facts,
        pending=(),
        notified=(),
    )
    for window in windows:
        on_maintenance(turn, window)
    for observation in sorted(pending, key=lambda item: item.at):
        on_observed(turn, observation)


def on_assigned(turn: Turn, event: PriorityAssigned, identity: str) -> None:
    """A priority, new targets, facts to ask for."""
    must_be_opened(turn)
    before = turn.ticket.assigned
    if before is not None and event.assessment <= before.assessment:
        return
    ruled = news_of(event.exclusions, before.exclusions if before else ())
    facts = turn.facts.planned(
        event.decided_at,
        event.targets,
        policy=event.policy.sha256,
        plan=event.plan,
        excluded=excluded_of(event.exclusions, turn.opened.clock_start),
        priority=event.priority,
    )
    replanned = before is not None and facts.plans[-1] != turn.facts.plans[-1].model_copy(
        update={"at": facts.plans[-1].at, "priority": facts.plans[-1].priority}
    )
    turn.set(assigned=Assigned.of(event), facts=facts, wanted=event.missing)
    correct(turn)
    if turn.ticket.state == "closed":
        # What is excluded later still counts net, so the customer hears of it; nothing else concerns him any more.
        _tell_of_exclusions(turn, event, ruled, identity)
        return
    if turn.ticket.sequence == 0:
        initial(turn)
    elif before is None or before.priority != event.priority:
        turn.change(
            identity,
            "priority",
            status="Informational",
            actor=_decider(event),
            message=priority_text(event, before.priority if before else None),
        )
    elif replanned and not ruled:
        # Nobody is told, but whoever shows the clocks has to learn of them.
        turn.change(identity, "re-planned")
    unknown = reason.rule if (reason := unknown_reason(event)) else "unknown-account"
    if event.coverage == "unknown-account" and unknown not in turn.ticket.told_of:
        turn.set(told_of=(*turn.ticket.told_of, unknown))
        turn.change(
            identity,
            "unknown account",
            audience="internal",
            message=unknown_text(event, turn.opened.account),
        )
    tell_outside(turn, event, identity)
    _tell_of_exclusions(turn, event, ruled, identity)
    _ask(turn, event, identity)


def _tell_of_exclusions(turn: Turn, event: PriorityAssigned, ruled: Sequence[Ruled], identity: str) -> None:
    for news in ruled:
        turn.change(
            identity,
            "exclusion",
            status="Informational",
            actor=Actor(kind="agent", name=news.item.by) if news.item.by else _decider(event),
            message=exclusion_text(news),
        )


def _ask(turn: Turn, event: PriorityAssigned, identity: str) -> None:
    """Ask for the facts wanted, or stop waiting for those that were given."""
    state, wait = turn.ticket.state, turn.ticket.wait
    asked = tuple(item for item in event.missing if item.asked)
    open_facts, given = {item.fact for item in event.missing}, set(turn.ticket.stated)
    if asked and turn.opened.initiator == "customer" and state is not None and legal(state, "awaiting customer"):
        turn.change(
            identity,
            "facts wanted",
            to="awaiting customer",
            status="Action Required",
            message=ask_text(asked, event.priority),
            wants=tuple(item.fact for item in asked),
        )
    elif wait is not None and wait.facts and not open_facts & set(wait.facts) and set(wait.facts) <= given:
        # The customer's answer was written before the question went out. (What only the source says ends no wait.)
        turn.change(identity, "facts given", to="in progress")


def on_replied(turn: Turn, event: TicketReplied, identity: str) -> None:
    """The customer's word moves the ticket; the source's only states facts."""
    must_be_opened(turn)
    if event.services is not None:
        turn.set(services=event.services)
    about = turn.ticket.about.restated(event)
    if about is not turn.ticket.about:
        turn.set(about=about)
    if event.origin == "source":
        return
    named = (fact for fact in FACTS if getattr(event, fact) not in (None, "unknown"))
    turn.set(stated=tuple(dict.fromkeys((*turn.ticket.stated, *named))))
    initial(turn)
    close_if_over(turn, event.replied_at)
    actor = Actor(kind="customer", name=event.author or turn.opened.account or "customer")
    ticket = turn.ticket
    if ticket.state != "closed":
        # What the customer closes unresolved was not resolved by anyone: its clocks are cancelled.
        turn.set(facts=turn.facts.moved("closed" if event.close else "answered", min(event.replied_at, turn.now)))
    if ticket.state == "closed":
        if not event.close:
            turn.report(_followed(turn, event), identity)
    elif event.close:
        if ticket.state != "resolved":
            turn.change(
                identity,
                "reply",
                to="resolved",
                status="Resolved",
                actor=actor,
                message="The customer says that this is settled.",
                at=event.replied_at,
            )
        turn.change(identity, "reply", to="closed", actor=actor)
    elif ticket.wait is not None and event.replied_at >= ticket.wait.since:
        turn.change(identity, "reply", to="in progress", actor=actor, at=event.replied_at)
    elif ticket.resolved_at is not None and event.replied_at >= ticket.resolved_at:
        turn.change(
            identity,
            "reply",
            to="in progress",
            status="Update",
            actor=actor,
            at=event.replied_at,
            message="Reopened by the customer's reply.",
        )
    correct(turn)


def _followed(turn: Turn, event: TicketReplied) -> IssueReported:
    """What a reply to a closed ticket is: an issue of its own, whose id is the reply's."""
    opened = turn.opened
    said: dict[str, Any] = {fact: value for fact in MAY_BE_UNKNOWN if (value := getattr(event, fact)) is not None}
    return IssueReported(
        issue_id=event.reply_id,
        initiator="customer",
        reporter=opened.reporter,
        services=turn.ticket.services,
        description=event.body or f"A reply to {opened.number}, which is closed.",
        examples=event.examples,
        ongoing=event.ongoing,
        ended_at=event.ended_at,
        follows=opened.number,
        **said,
    )


def on_notified(turn: Turn, event: NotificationSent) -> None:
    """The first acceptance meets the notification clock; nothing is said of it."""
    if event.outcome != "accepted":
        return
    if turn.ticket.facts is None:
        turn.set(notified=(*turn.ticket.notified, (event.delivered_at, event.status == "Initial")))
        return
    known = turn.facts
    facts = known.was_notified(event.delivered_at, initial=event.status == "Initial")
    if (facts.notified, facts.initial_notified) == (known.notified, known.initial_notified):
        return  # one of many that came after the first
    turn.set(facts=facts)
    correct(turn)


def _decider(event: PriorityAssigned) -> Actor:
    by_rules = event.decided_by == "rules"
    return Actor(kind="system" if by_rules else "agent", name="triage" if by_rules else event.decided_by)


def must_be_opened(turn: Turn) -> None:
    if turn.ticket.opened is None:
        raise NotOpened(f"ticket {turn.ticket.ticket_id} was never opened")
