"""Steps that several events make: Initial and what waits for it, links, closing after seven days, corrections."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.status_monitor.domain.facts import Mark
from services.status_monitor.domain.texts import (
    linked_text,
    maintenance_text,
    proposed_text,
    resolution_text,
    verdict_text,
)
from services.status_monitor.domain.ticket import Link, Window
from services.status_monitor.domain.turn import SYSTEM, Turn
from services.status_monitor.domain.verdicts import disproved
from shared.events import Actor

REOPENS_FOR = timedelta(days=7)


def initial(turn: Turn) -> None:
    """Make Initial, unless it was made; then what was owed until it was out."""
    ticket = turn.ticket
    if ticket.sequence == 0:
        turn.change(f"{ticket.ticket_id}/initial", "opened", to="open", status="Initial")
        owed = turn.ticket.owed
        turn.set(owed=())
        for window in owed:
            tell_maintenance(turn, window)
        for link in [link for link in turn.ticket.links if not link.told]:
            # What is only proposed may be linked later, which is another event.
            tell_link(turn, link, f"{'link' if link.state == 'linked' else 'propose'}/{link.provider}")


def tell_maintenance(turn: Turn, window: Window) -> None:
    turn.change(
        window.key,
        "maintenance",
        status="Informational",
        actor=Actor(kind="page", name=window.source),
        message=maintenance_text(window.name),
    )


def tell_link(turn: Turn, link: Link, identity: str, actor: Actor = SYSTEM) -> None:
    """A link to the customer, a proposed one to the support; then that the provider's ticket is resolved, if it is."""
    turn.set(links=turn.ticket.links_with(link.model_copy(update={"told": True})))
    if link.state == "linked":
        text = linked_text(link.number, link.reason)
        turn.change(identity, "linked", status="Informational", message=text, actor=actor, link=link.ref())
    else:
        text = proposed_text(link.number, link.reason)
        turn.change(identity, "link proposed", audience="internal", message=text, actor=actor, link=link.ref())
    if link.resolution is not None:
        propose_resolution(turn, link, f"{identity}/resolution")


def propose_resolution(turn: Turn, link: Link, identity: str) -> None:
    """The provider's ticket is resolved: an agent is to see whether this one is, too."""
    text = resolution_text(link.number, link.resolution or None)
    turn.change(identity, "resolution proposed", audience="internal", message=text, link=link.ref())


def close_if_over(turn: Turn, at: datetime) -> None:
    """Resolved for seven days by then: closed."""
    ticket = turn.ticket
    if ticket.state == "resolved" and ticket.resolved_at is not None and ticket.resolved_at + REOPENS_FOR < at:
        over = ticket.resolved_at + REOPENS_FOR
        turn.change(f"{ticket.ticket_id}/close/{ticket.resolved_at.isoformat()}", "timer", to="closed", at=over)


def correct(turn: Turn) -> None:
    """A fact that came late: say so of each breach that it disproves. The breach stays written."""
    for mark in disproved(turn.course, turn.now) if turn.facts.marks else ():
        turn.set(facts=turn.facts.spoke(mark))
        turn.change(clock_identity(turn, mark), "corrected", audience="internal", message=verdict_text(mark))


def clock_identity(turn: Turn, mark: Mark) -> str:
    same = [
        m
        for m in turn.facts.marks
        if (m.clock, m.cycle, m.kind, m.points) == (mark.clock, mark.cycle, mark.kind, mark.points)
    ]
    parts = (turn.ticket.ticket_id, mark.clock, mark.cycle.isoformat(), mark.kind, "+".join(mark.points), len(same))
    return "/".join(str(part) for part in parts)
