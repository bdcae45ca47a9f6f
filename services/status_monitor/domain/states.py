"""What each event does to a ticket: the state graph and the table of statuses, as pure decisions.

- Facts are ordered by when they occurred: a reply written before the question does not answer it, and one written
  before the resolution does not reopen.
- A reply by the source that reported the issue states facts; it neither ends a wait nor reopens.
- Whatever comes first makes `Initial` first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from services.status_monitor.domain.clocks import disproved, due_now, needs_notifications, next_due
from services.status_monitor.domain.facts import CLOCKS, EXCLUSION, MAINTENANCE, Facts, Mark
from services.status_monitor.domain.graph import legal
from services.status_monitor.domain.texts import ask_text, maintenance_text, priority_text, verdict_text
from services.status_monitor.domain.ticket import Assigned, Observation, Opened, Turn, Window
from shared.events import Actor, IssueReported, NotificationSent, PriorityAssigned, TicketOpened, TicketReplied

INITIAL_AFTER = timedelta(seconds=5)
REOPENS_FOR = timedelta(days=7)


class NotOpened(Exception):
    """An event on a ticket of which no TicketOpened was read: no service may say such a thing."""


def initial(turn: Turn) -> None:
    """Make Initial, unless it was made; then what was owed until it was out."""
    ticket = turn.ticket
    if ticket.sequence == 0:
        turn.change(f"{ticket.ticket_id}/initial", "opened", to="open", status="Initial")
        owed = turn.ticket.owed
        turn.set(owed=())
        for window in owed:
            _tell_maintenance(turn, window)


def on_opened(turn: Turn, event: TicketOpened, windows: tuple[Window, ...] = ()) -> None:
    """The ticket begins; what a page said of it before is said now, after Initial."""
    if turn.ticket.opened is not None:
        return
    facts = Facts(start=event.clock_start)
    for at, of_initial in turn.ticket.notified:
        facts = facts.was_notified(at, initial=of_initial)
    pending = turn.ticket.pending
    turn.set(
        opened=Opened.of(event),
        services=event.issue.services,
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
    _must_be_opened(turn)
    before = turn.ticket.assigned
    if before is not None and event.assessment <= before.assessment:
        return
    accepted = [item for item in event.exclusions if item.state == "accepted"]
    facts = turn.facts.planned(event.decided_at, event.targets).without_holds(EXCLUSION)
    for place, item in enumerate(accepted):
        facts = facts.held(EXCLUSION, f"{item.clause}/{place}", item.from_ or turn.opened.clock_start, item.to)
    turn.set(assigned=Assigned.of(event), facts=facts, wanted=event.missing)
    _correct(turn)
    if turn.ticket.state == "closed":
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
    if event.coverage == "unknown-account" and not turn.ticket.told_unknown:
        turn.set(told_unknown=True)
        turn.change(
            identity,
            "unknown account",
            audience="internal",
            message=f"The account {turn.opened.account or 'of the reporter'} is not known.",
        )
    known = {item.clause for item in before.exclusions if item.state == "accepted"} if before else set()
    for item in accepted:
        if item.clause not in known:
            turn.change(
                identity,
                "exclusion",
                status="Informational",
                actor=_decider(event),
                message=f"Excluded under {item.clause}: {item.evidence}",
            )
    _ask(turn, event, identity)


def _ask(turn: Turn, event: PriorityAssigned, identity: str) -> None:
    """Ask for the facts wanted, or stop waiting for those that were given."""
    state, wait = turn.ticket.state, turn.ticket.wait
    asked = tuple(item for item in event.missing if item.asked)
    if asked and turn.opened.initiator == "customer" and state is not None and legal(state, "awaiting customer"):
        turn.change(
            identity,
            "facts wanted",
            to="awaiting customer",
            status="Action Required",
            message=ask_text(asked, event.priority),
            wants=tuple(item.fact for item in asked),
        )
    elif wait is not None and wait.facts and not {item.fact for item in event.missing} & set(wait.facts):
        # The answer was written before the question went out: the assessment shows that nothing is open any more.
        turn.change(identity, "facts given", to="in progress")


def on_replied(turn: Turn, event: TicketReplied, identity: str) -> None:
    """The customer's word moves the ticket; the source's only states facts."""
    _must_be_opened(turn)
    if event.services is not None:
        turn.set(services=event.services)
    if event.origin == "source":
        return
    initial(turn)
    _close_if_over(turn, event.replied_at)
    actor = Actor(kind="customer", name=event.author or turn.opened.account or "customer")
    ticket = turn.ticket
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
    _correct(turn)


def _followed(turn: Turn, event: TicketReplied) -> IssueReported:
    """What a reply to a closed ticket is: an issue of its own, whose id is the reply's."""
    opened = turn.opened
    return IssueReported(
        issue_id=event.reply_id,
        initiator="customer",
        reporter=opened.reporter,
        services=turn.ticket.services,
        description=event.body or f"A reply to {opened.number}, which is closed.",
        examples=event.examples,
        ongoing=event.ongoing,
        ended_at=event.ended_at,
        environment=event.environment or "unknown",
        impact=event.impact or "unknown",
        workaround=event.workaround or "unknown",
        category=event.category or "unknown",
        follows=opened.number,
    )


def on_notified(turn: Turn, event: NotificationSent) -> None:
    """The first acceptance meets the notification clock; nothing is said of it."""
    if event.outcome != "accepted":
        return
    if turn.ticket.facts is None:
        turn.set(notified=(*turn.ticket.notified, (event.delivered_at, event.status == "Initial")))
        return
    known = turn.facts
    if event.status != "Initial" and known.notified is not None and known.notified <= event.delivered_at:
        return
    turn.set(facts=known.was_notified(event.delivered_at, initial=event.status == "Initial"))
    _correct(turn)


def on_observed(turn: Turn, seen: Observation) -> None:
    """What a page or a monitor says of the provider's ticket; kept while the ticket is not opened yet."""
    if turn.ticket.opened is None:
        turn.set(pending=(*turn.ticket.pending, seen))
        return
    initial(turn)
    ticket = turn.ticket
    newest = ticket.shown_at is None or seen.at >= ticket.shown_at
    if newest:
        turn.set(shown_at=seen.at)
    actor = Actor(kind=seen.kind, name=seen.source)
    cause = seen.kind
    to = seen.state if newest else None
    over = ticket.resolved_at is not None and ticket.resolved_at + REOPENS_FOR < turn.now
    if ticket.state == "closed" or over or seen.state is None:
        turn.change(seen.id, cause, status="Informational", actor=actor, message=seen.message)
        return
    turn.set(facts=turn.facts.spoken(turn.now, person=False, word=True))
    if to == "resolved" and ticket.state != "resolved":
        turn.change(seen.id, cause, to="resolved", status="Resolved", actor=actor, message=seen.message)
    elif to is None or to == "resolved":
        turn.change(seen.id, cause, status="Update", actor=actor, message=seen.message)
    elif ticket.state == "resolved":
        # The graph has no step from resolved to monitoring: reopened first, told once.
        turn.change(seen.id, cause, to="in progress", status="Update", actor=actor, message=seen.message)
        if to != "in progress":
            turn.change(seen.id, cause, to=to, actor=actor)
    else:
        turn.change(seen.id, cause, to=to, status="Update", actor=actor, message=seen.message)
    _correct(turn)


def on_maintenance(turn: Turn, window: Window) -> None:
    """A maintenance of services that the ticket names: told once, and a reason to pause from its start to its end."""
    ticket = turn.ticket
    if ticket.opened is None or ticket.state == "closed":
        return
    first = window.key not in ticket.maintenances
    turn.set(facts=turn.facts.held(MAINTENANCE, window.key, window.begin, window.end))
    if first:
        turn.set(maintenances=(*ticket.maintenances, window.key))
        if window.end is None and ticket.state != "resolved":
            if ticket.sequence == 0:
                turn.set(owed=(*ticket.owed, window))
            else:
                _tell_maintenance(turn, window)
    _correct(turn)


def _tell_maintenance(turn: Turn, window: Window) -> None:
    turn.change(
        window.key,
        "maintenance",
        status="Informational",
        actor=Actor(kind="page", name=window.source),
        message=maintenance_text(window.name),
    )


def on_term(turn: Turn, end: datetime | None) -> None:
    """The account's subscription term ends (another day): from then on nothing unmet is owed."""
    if turn.ticket.facts is not None and turn.facts.term_end != end:
        turn.set(facts=turn.facts.model_copy(update={"term_end": end}))
        _correct(turn)


def sweep(turn: Turn, upto: datetime | None, notified_upto: datetime | None) -> None:
    """Do what came due before the moments up to which the facts are known."""
    ticket = turn.ticket
    if ticket.opened is None or ticket.facts is None:
        return
    if upto is not None and ticket.sequence == 0 and _initial_due(turn) < upto:
        initial(turn)
    both = min(upto, notified_upto) if upto is not None and notified_upto is not None else None
    limits = {clock: both if needs_notifications(clock, turn.terms) else upto for clock in CLOCKS}
    for mark in () if turn.waits_for else due_now(turn.facts, turn.terms, limits, turn.now):
        initial(turn)
        turn.set(facts=turn.facts.model_copy(update={"marks": (*turn.facts.marks, mark)}))
        turn.change(_clock_identity(turn, mark), mark.kind, audience="internal", message=verdict_text(mark))
    if upto is not None:
        _close_if_over(turn, upto)


def next_times(turn: Turn) -> tuple[datetime | None, datetime | None]:
    """When to sweep this ticket next: for what needs `notifications` too, and for the rest."""
    ticket = turn.ticket
    if ticket.facts is None or ticket.state == "closed":
        return None, None
    notify, rest = (None, None) if turn.waits_for else next_due(turn.facts, turn.terms)
    times = [rest] if rest is not None else []
    if ticket.sequence == 0:
        times.append(_initial_due(turn))
    if ticket.resolved_at is not None:
        times.append(ticket.resolved_at + REOPENS_FOR)
    return notify, min(times, default=None)


def _initial_due(turn: Turn) -> datetime:
    assert turn.ticket.handled_at is not None
    return turn.ticket.handled_at + INITIAL_AFTER


def _close_if_over(turn: Turn, at: datetime) -> None:
    """Resolved for seven days by then: closed."""
    ticket = turn.ticket
    if ticket.state == "resolved" and ticket.resolved_at is not None and ticket.resolved_at + REOPENS_FOR < at:
        turn.change(f"{ticket.ticket_id}/close/{ticket.resolved_at.isoformat()}", "timer", to="closed")


def _correct(turn: Turn) -> None:
    """A fact that came late: say so of each breach that it disproves. The breach stays written."""
    for mark in disproved(turn.facts, turn.terms, turn.now) if turn.facts.marks else ():
        turn.set(facts=turn.facts.model_copy(update={"marks": (*turn.facts.marks, mark)}))
        turn.change(_clock_identity(turn, mark), "corrected", audience="internal", message=verdict_text(mark))


def _clock_identity(turn: Turn, mark: Mark) -> str:
    same = [
        m
        for m in turn.facts.marks
        if (m.clock, m.cycle, m.kind, m.points) == (mark.clock, mark.cycle, mark.kind, mark.points)
    ]
    parts = (turn.ticket.ticket_id, mark.clock, mark.cycle.isoformat(), mark.kind, "+".join(mark.points), len(same))
    return "/".join(str(part) for part in parts)


def _decider(event: PriorityAssigned) -> Actor:
    by_rules = event.decided_by == "rules"
    return Actor(kind="system" if by_rules else "agent", name="triage" if by_rules else event.decided_by)


def _must_be_opened(turn: Turn) -> None:
    if turn.ticket.opened is None:
        raise NotOpened(f"ticket {turn.ticket.ticket_id} was never opened")
