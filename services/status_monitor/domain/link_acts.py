"""What an agent may do to the links of a customer's ticket; a refusal says what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from services.status_monitor.domain.acts import Refusal, UpdateTicket, act, check_sequence
from services.status_monitor.domain.following import link_to, unlink
from services.status_monitor.domain.links import Incident
from services.status_monitor.domain.steps import initial
from services.status_monitor.domain.ticket import Link
from services.status_monitor.domain.turn import Turn
from shared.events import Actor, Name


class LinkTicket(BaseModel):
    """An agent's act on a link, as it comes over HTTP: the number of a ticket of the provider's, under one verb.

    `link` also accepts a link that is proposed, `unlink` rejects it; `resolve` accepts the resolution that is proposed
    when the provider's ticket is resolved.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    link: Name | None = None
    unlink: Name | None = None
    resolve: Name | None = None
    reason: Name | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(value is not None for value in (self.link, self.unlink, self.resolve)) != 1:
            raise ValueError("send one of link, unlink and resolve, with the number of the provider's ticket")
        return self

    @property
    def number(self) -> str:
        return self.link or self.unlink or self.resolve or ""


def act_on_link(
    turn: Turn, given: LinkTicket, if_match: int | None, agent: str, identity: str, incidents: Mapping[str, Incident]
) -> None:
    """Do it; `incidents` are the provider's tickets by number. Raises Refusal, and then nothing was done."""
    check_sequence(turn.ticket.sequence, if_match)
    number = turn.opened.number
    if turn.opened.initiator == "provider":
        raise Refusal(409, f"{number} is a ticket of the provider's: links are made on the customers' tickets.")
    incident = incidents.get(given.number)
    field = "link" if given.link else "unlink" if given.unlink else "resolve"
    if incident is None:
        raise Refusal(422, f"{given.number} is no ticket of the provider's.", field=field)
    known = turn.ticket.link_to(incident.ticket_id)
    actor = Actor(kind="agent", name=agent)
    if given.resolve:
        _resolve(turn, known, incident, if_match, agent, identity)
        return
    if turn.ticket.state == "closed":
        raise Refusal(409, f"{number} is closed: its links stay as they are.")
    if given.link:
        if known is not None and known.state == "linked":
            raise Refusal(409, f"{number} is linked to {incident.number} already.")
        proposed = known is not None and known.state == "proposed"
        initial(turn)
        reason = given.reason or (known.reason if known is not None and proposed else f"{agent} says so")
        link_to(turn, incident, reason, agent, identity, actor)
        return
    if known is None or known.state not in ("linked", "proposed"):
        raise Refusal(409, f"{number} is not linked to {incident.number}.")
    initial(turn)
    unlink(turn, known, given.reason, agent, identity, actor)


def _resolve(
    turn: Turn, known: Link | None, incident: Incident, if_match: int | None, agent: str, identity: str
) -> None:
    """The resolution that stands proposed: told to the customer in the words of the provider's ticket."""
    number = turn.opened.number
    if known is None or known.state != "linked":
        raise Refusal(409, f"{number} is not linked to {incident.number}.")
    if known.resolution is None:
        raise Refusal(409, f"{incident.number} is not resolved, as far as {number} was told.")
    if turn.ticket.state in ("resolved", "closed"):
        raise Refusal(409, f"{number} is {turn.ticket.state} already.")
    words = known.resolution or f"{incident.number}, our own ticket on this, is resolved."
    act(turn, UpdateTicket(state="resolved", message=words[:10_000]), if_match, agent, identity)
