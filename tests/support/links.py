"""A customer's ticket and tickets of the provider's, in memory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.status_monitor.domain import following
from services.status_monitor.domain.link_acts import LinkTicket, act_on_link
from services.status_monitor.domain.links import Incident, Word
from services.status_monitor.domain.ticket import Link
from shared.events import Actor, State, StatusChanged
from tests.support.status import Case, assigned, at, opened

P, Q = UUID(int=7), UUID(int=8)
IN_PRODUCTION = {"environment": "production", "category": "incident"}


def incident(begin: float = 0, end: float | None = None, id: UUID = P, *services: str) -> Incident:
    ends = None if end is None else at(end)
    return Incident(ticket_id=id, number=f"UP-{id.int}", services=services or ("sms",), begin=at(begin), end=ends)


def word(sequence: int, minute: float, message: str | None = "We know the cause.", *, state: State = "in progress",
         provider: UUID = P) -> Word:  # fmt: skip
    actor = Actor(kind="page", name="status.test")
    return Word(provider=provider, sequence=sequence, at=at(minute), state=state, message=message, actor=actor)


def reported(began: float | None = 0, **facts: Any) -> Case:
    """A customer's ticket without Initial yet; its issue began so many minutes after the start of its clocks."""
    case = Case()
    case.event(0, opened(**{**IN_PRODUCTION, "began_at": None if began is None else at(began), **facts}))
    return case


def told(**targets: Any) -> Case:
    """The same with Initial out."""
    case = reported()
    case.event(0, assigned(**targets))
    return case


def link(case: Case, now: float = 1, found: Incident | None = None) -> list[StatusChanged]:
    return case.do(now, lambda turn: following.settle(turn, [found or incident()]))


def follow(case: Case, now: float, *words: Word) -> list[StatusChanged]:
    return case.do(now, lambda turn: following.follow(turn, words))


def act(case: Case, now: float, if_match: int | None = -1, found: Incident | None = None, **given: Any) -> list[Any]:
    known = {item.number: item for item in (found or incident(),)}
    match = case.ticket.sequence if if_match == -1 else if_match
    return case.do(now, lambda turn: act_on_link(turn, LinkTicket(**given), match, "Grace", "act", known))


def the_link(case: Case, provider: UUID = P) -> Link:
    found = case.ticket.link_to(provider)
    assert found is not None
    return found
