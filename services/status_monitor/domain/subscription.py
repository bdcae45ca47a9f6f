"""The account's subscription term: support is owed within it only.

- When it ends, what is not met is cancelled; when it is renewed, what was cancelled resumes where it stood. The time
  between the end and the renewal is not owed: it counts on no clock.
- A person is told of both, with the clause, once for each end; and once of a ticket that was reported outside the term,
  where no end of a term tells of it: nothing is treated as not covered without anybody knowing.
"""

from __future__ import annotations

from datetime import datetime

from services.status_monitor.domain.facts import Lapse
from services.status_monitor.domain.steps import correct
from services.status_monitor.domain.texts import out_of_term_text
from services.status_monitor.domain.turn import Turn
from shared.events import PriorityAssigned

ENDED, RENEWED = "out of term", "term renewed"
OUTSIDE = "out-of-term"
"""The coverage of what was reported outside the term, and the name by which it is kept that this was told."""


def on_term(turn: Turn, end: datetime | None, start: datetime | None = None) -> None:
    """The term (from this start on) ends at this time, or not: a fact as it is known now."""
    if turn.ticket.facts is None or turn.facts.term_end == end:
        return
    before = turn.facts.term_end
    lapses = with_lapse(turn.facts.lapses, before, end, start, turn.now)
    renewed = len(lapses) > len(turn.facts.lapses)
    turn.set(facts=turn.facts.model_copy(update={"term_end": end, "lapses": lapses}))
    if end is not None and end <= turn.facts.start and _told_outside(turn):
        turn.set(term_told=end)  # the account became known here after its ticket was said to be outside of that term
    if renewed and before is not None and (turn.ticket.term_told == before or _untold_outside(turn)):
        since = lapses[-1].end
        follows = _resumes(turn) if _owed(turn, since, end) else _stays_outside(turn)
        turn.change(
            f"{turn.ticket.ticket_id}/term/renewed/{before.isoformat()}/{since.isoformat()}",
            RENEWED,
            audience="internal",
            message=f"The subscription term of {turn.opened.account}, which ended at {_said(before)}, is renewed from "
            f"{_said(since)} on{follows}",
        )
    correct(turn)


def tell_outside(turn: Turn, event: PriorityAssigned, identity: str) -> None:
    """Say that a ticket was reported outside the term, unless the end of that term says it, or it was said."""
    end = turn.facts.term_end
    if event.coverage != OUTSIDE or OUTSIDE in turn.ticket.told_of or (end is not None and end <= turn.now):
        return
    turn.set(told_of=(*turn.ticket.told_of, OUTSIDE))
    turn.change(identity, ENDED, audience="internal", message=out_of_term_text(event, turn.opened.account))


def _owed(turn: Turn, start: datetime, end: datetime | None) -> bool:
    """Whether a term from this start on leaves something owed: not to what was reported outside of any."""
    assigned = turn.ticket.assigned
    within = start <= turn.facts.start and (end is None or turn.facts.start < end)
    return assigned is None or assigned.coverage != OUTSIDE or within


def _untold_outside(turn: Turn) -> bool:
    """Whether nobody knows yet that the ticket is out of term: the end that would have told of it was moved."""
    assigned = turn.ticket.assigned
    return assigned is not None and assigned.coverage == OUTSIDE and OUTSIDE not in turn.ticket.told_of


def _told_outside(turn: Turn) -> bool:
    """Whether a person knows of the ticket, as it is assessed now, that it is out of term."""
    assigned = turn.ticket.assigned
    return assigned is not None and assigned.coverage == OUTSIDE and OUTSIDE in turn.ticket.told_of


def _resumes(turn: Turn) -> str:
    promised = any(turn.facts.plans[-1].targets.values()) if turn.facts.plans else False
    return f": the clocks resume {_clause(turn)}." if promised else f" {_clause(turn)}."


def _stays_outside(turn: Turn) -> str:
    turn.set(told_of=tuple(dict.fromkeys((*turn.ticket.told_of, OUTSIDE))))
    return (
        f". This ticket was reported outside the term: nothing is owed on it {_clause(turn)} unless an agent has it "
        "planned anew."
    )


def with_lapse(
    lapses: tuple[Lapse, ...], before: datetime | None, end: datetime | None, start: datetime | None, now: datetime
) -> tuple[Lapse, ...]:
    """With the time that nothing is owed in, where a term that had ended is renewed, from this start on."""
    if before is None or before > now or (end is not None and end <= before):
        return lapses
    return (*lapses, Lapse(begin=before, end=before if start is None else max(before, start)))


def tell_of_end(turn: Turn, upto: datetime) -> None:
    """Say that the term has ended, unless it was said."""
    end = untold(turn)
    if end is None or end >= upto:
        return
    turn.set(term_told=end)
    turn.change(
        f"{turn.ticket.ticket_id}/term/ended/{end.isoformat()}",
        ENDED,
        audience="internal",
        message=f"The subscription term of {turn.opened.account} ended at {_said(end)}: what is not met by then is "
        f"cancelled, since support is owed within the term only {_clause(turn)}.",
    )


def untold(turn: Turn) -> datetime | None:
    """The end of the term that is still to be told of, once Initial is out."""
    ticket = turn.ticket
    if ticket.facts is None or ticket.sequence == 0 or ticket.state == "closed":
        return None
    end = ticket.facts.term_end
    return end if end != ticket.term_told else None


def _clause(turn: Turn) -> str:
    policy = turn.policy or turn.policies.in_effect(turn.now)
    assigned = turn.ticket.assigned
    clause = (policy.coverage.term if policy else None) or (assigned.clause if assigned else None)
    return f"({clause})" if clause else "by the SLA"


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
