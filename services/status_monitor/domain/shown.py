"""What pages and monitors say of a provider's ticket, and maintenances of services that a ticket names."""

from __future__ import annotations

from services.status_monitor.domain.facts import MAINTENANCE
from services.status_monitor.domain.steps import REOPENS_FOR, correct, initial, tell_maintenance
from services.status_monitor.domain.ticket import Observation, Window
from services.status_monitor.domain.turn import Turn
from shared.events import Actor


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
    correct(turn)


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
                tell_maintenance(turn, window)
    correct(turn)
