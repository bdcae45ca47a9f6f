"""What time brings to a ticket, and when it does next."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.status_monitor.domain.escalation import alarm, escalate, step_due
from services.status_monitor.domain.facts import CLOCKS
from services.status_monitor.domain.ledger import pending
from services.status_monitor.domain.steps import REOPENS_FOR, clock_identity, close_if_over, initial
from services.status_monitor.domain.subscription import tell_of_end, untold
from services.status_monitor.domain.texts import verdict_text
from services.status_monitor.domain.turn import Turn
from services.status_monitor.domain.verdicts import due_now, needs_notifications, next_due

INITIAL_AFTER = timedelta(seconds=5)


def sweep(turn: Turn, upto: datetime | None, notified_upto: datetime | None) -> None:
    """Do what came due before the moments up to which the facts are known."""
    ticket = turn.ticket
    if ticket.opened is None or ticket.facts is None:
        return
    if upto is not None and ticket.sequence == 0 and _initial_due(turn) < upto:
        initial(turn)
    both = min(upto, notified_upto) if upto is not None and notified_upto is not None else None
    limits = {clock: both if needs_notifications(clock, turn.terms) else upto for clock in CLOCKS}
    for mark in () if turn.waits_for else due_now(turn.course, limits, turn.now):
        initial(turn)
        turn.set(facts=turn.facts.spoke(mark))
        identity = clock_identity(turn, mark)
        turn.change(identity, mark.kind, audience="internal", message=verdict_text(mark))
        alarm(turn, identity)
    if upto is not None:
        escalate(turn, upto)
        tell_of_end(turn, upto)
        close_if_over(turn, upto)


def next_times(turn: Turn) -> tuple[datetime | None, datetime | None]:
    """When to sweep this ticket next: for what needs `notifications` too, and for the rest."""
    ticket = turn.ticket
    if ticket.facts is None or ticket.state == "closed":
        return None, None
    if turn.waits_for:
        notify, times = None, []
    else:
        notify, rest = next_due(turn.course)
        times = [at for at in (rest, pending(turn.course, turn.now)) if at is not None]
    if (step := step_due(turn)) is not None:
        times.append(step)
    if ticket.sequence == 0:
        times.append(_initial_due(turn))
    if (end := untold(turn)) is not None:
        times.append(end)
    if ticket.resolved_at is not None:
        times.append(ticket.resolved_at + REOPENS_FOR)
    return notify, min(times, default=None)


def _initial_due(turn: Turn) -> datetime:
    assert turn.ticket.handled_at is not None
    return turn.ticket.handled_at + INITIAL_AFTER
