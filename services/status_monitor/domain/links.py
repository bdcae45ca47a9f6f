"""When a customer's ticket belongs to an incident of the provider's, and which of the provider's words reach it.

- Certain (it is linked at once): the same service, stated to be in production, an incident or of no stated category,
  and begun while the incident lasted or at most WINDOW before its first sign.
- Likely (it is proposed, and an agent decides): the same but that the environment was not stated, or that it began up
  to NEAR before the first sign, or up to WINDOW after the incident's end, or was over before the first sign.
- All else has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.status_monitor.domain.facts import Model
from services.status_monitor.domain.ticket import Ticket
from shared.events import Actor, Instant, State, StatusChanged, TicketReplied

WINDOW = timedelta(hours=1)
NEAR = timedelta(hours=4)
SPOKEN = ("Update", "Action Required", "Resolved")
"""The statuses that restart an update clock: these are followed, what is Informational is not."""


class Incident(Model):
    """A ticket of the provider's as customers' tickets are held against it."""

    ticket_id: UUID
    number: str
    services: tuple[str, ...]
    begin: Instant
    """Its first sign: when the page says that it began, or when it was first seen there, if that was earlier."""
    end: Instant | None = None


class Word(Model):
    """What a person, a page or a monitor said in public on a ticket of the provider's."""

    provider: UUID
    sequence: int
    at: Instant
    state: State
    message: str | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class Judgement:
    """That a ticket belongs to an incident: certain, or likely; and why, in words for the customer."""

    certain: bool
    reason: str


def judge(ticket: Ticket, incident: Incident) -> Judgement | None:
    """Whether this ticket of a customer's belongs to the incident; None if nothing speaks for it."""
    began = since_of(ticket)
    shared = [service for service in ticket.services if service in incident.services]
    if began is None or not shared:
        return None
    if began < incident.begin - NEAR or (incident.end is not None and began > incident.end + WINDOW):
        return None
    over = ticket.about.ended_at is not None and ticket.about.ended_at < incident.begin
    during = began >= incident.begin - WINDOW and (incident.end is None or began <= incident.end)
    certain = ticket.about.environment == "production" and during and not over
    return Judgement(certain, _reason(ticket, incident, shared, began))


def since_of(ticket: Ticket) -> datetime | None:
    """Since when a customer has what may be an incident of the provider's: as stated, else when it was reported.

    None where it cannot be one: not an incident, not in production, or the provider's own ticket.
    """
    opened, about = ticket.opened, ticket.about
    if opened is None or opened.initiator != "customer":
        return None
    if about.environment not in ("production", "unknown") or about.category not in ("incident", "unknown"):
        return None
    return min(about.began_at or opened.clock_start, opened.clock_start)


def restates(event: TicketReplied) -> bool:
    """Whether a reply states something that decides whether its ticket belongs to an incident."""
    return any((event.services, event.environment, event.category, event.ended_at))


def incident_of(ticket: Ticket) -> Incident | None:
    """The incident that a ticket of the provider's is of; None for customers' tickets."""
    opened = ticket.opened
    if opened is None or opened.initiator != "provider":
        return None
    signs = [opened.clock_start]
    if ticket.about.began_at is not None:
        signs.append(ticket.about.began_at)
    return Incident(
        ticket_id=ticket.ticket_id,
        number=opened.number,
        services=ticket.services,
        begin=min(signs),
        end=ticket.resolved_at if ticket.state in ("resolved", "closed") else None,
    )


@dataclass(frozen=True, slots=True)
class Detected:
    """Who knew of an incident first, and when. `gap`: how much earlier customers knew than the provider's own page or
    monitor; negative where these were first, none where no customer reported it."""

    at: datetime
    by: str
    gap: timedelta | None


def detected(observed: datetime, origin: str, first_customer: datetime | None) -> Detected:
    """The earliest report moves the detection time; the provider's clocks still run from its own observation."""
    if first_customer is None:
        return Detected(observed, origin, None)
    gap = observed - first_customer
    return Detected(first_customer, "customer", gap) if gap > timedelta(0) else Detected(observed, origin, gap)


def word_of(event: StatusChanged, sequence: int) -> Word | None:
    """The word that this change of a ticket of the provider's is, if it is one."""
    spoken = event.audience == "public" and event.status in SPOKEN and event.actor.kind in ("agent", "page", "monitor")
    if not spoken or (event.message is None and event.status != "Resolved"):
        return None
    return Word(
        provider=event.ticket_id,
        sequence=sequence,
        at=event.changed_at,
        state=event.state_to,
        message=event.message,
        actor=event.actor,
    )


def _reason(ticket: Ticket, incident: Incident, shared: Sequence[str], began: datetime) -> str:
    about = ticket.about
    where = "in production" if about.environment == "production" else "in an environment that was not stated"
    parts = [f"it concerns {', '.join(shared)}", where, f"and began at {_time(began)}"]
    when = f"the incident began at {_time(incident.begin)}"
    if incident.end is not None:
        when += f" and ended at {_time(incident.end)}"
    return f"{parts[0]}, {parts[1]}, {parts[2]}; {when}"


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
