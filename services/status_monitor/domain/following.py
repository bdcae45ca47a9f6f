"""A customer's ticket and the provider's: it is linked, follows what is said there in public, and is unlinked again.

- A word reaches a linked ticket at most once, in the order of the provider's sequence: `Link.followed` says how far.
- What was said while it was linked counts, whenever it arrives; what was said before or afterwards never does.
- Linking changes no clock but the update clock. The provider's resolution only proposes one here.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.status_monitor.domain.links import Incident, Word, judge
from services.status_monitor.domain.steps import correct, initial, propose_resolution, tell_link
from services.status_monitor.domain.texts import provider_text, rejected_text, unlinked_text
from services.status_monitor.domain.ticket import Link
from services.status_monitor.domain.turn import SYSTEM, Followed, Turn
from shared.events import Actor, PriorityAssigned

BY_RULES = "rules"
DONE = ("resolved", "closed")


def settle(turn: Turn, incidents: Sequence[Incident]) -> None:
    """Link the ticket to every incident that it certainly belongs to, propose the likely ones.

    What was decided before stands: only a proposal becomes a link once it is certain.
    """
    if turn.ticket.opened is None or turn.ticket.state in DONE:
        return
    for incident in sorted(incidents, key=lambda item: (item.begin, item.ticket_id)):
        known = turn.ticket.link_to(incident.ticket_id)
        if known is not None and known.state != "proposed":
            continue
        found = judge(turn.ticket, incident)
        if found is not None and found.certain:
            link_to(turn, incident, found.reason, BY_RULES, f"link/{incident.ticket_id}")
        elif found is not None and known is None:
            _enter(turn, _link(turn, incident, "proposed", found.reason, BY_RULES), f"propose/{incident.ticket_id}")


def learn(turn: Turn, event: PriorityAssigned, incidents: Sequence[Incident]) -> None:
    """What triage read in the customer's words may make certain what was only likely: before Initial tells of it."""
    about = turn.ticket.about.learned(event)
    if about is not turn.ticket.about:
        turn.set(about=about)
    if incidents:
        settle(turn, incidents)


def link_to(turn: Turn, incident: Incident, reason: str, by: str, identity: str, actor: Actor = SYSTEM) -> None:
    """Link the ticket; where the incident is over already, its resolution is proposed here too."""
    turn.set(facts=turn.facts.linked(str(incident.ticket_id), turn.now))
    link = _link(turn, incident, "linked", reason, by)
    if incident.end is not None:
        link = link.model_copy(update={"resolution": ""})
    _enter(turn, link, identity, actor)


def _link(turn: Turn, incident: Incident, state: str, reason: str, by: str) -> Link:
    known = turn.ticket.link_to(incident.ticket_id)
    return Link.model_validate(
        {
            "provider": incident.ticket_id,
            "number": incident.number,
            "state": state,
            "since": turn.now,
            "reason": reason,
            "by": by,
            "followed": known.followed if known is not None else 0,
        }
    )


def _enter(turn: Turn, link: Link, identity: str, actor: Actor = SYSTEM) -> None:
    """Said at once where Initial is out, else right after it."""
    turn.set(links=turn.ticket.links_with(link))
    if turn.ticket.sequence > 0:
        tell_link(turn, link, identity, actor)


def unlink(turn: Turn, link: Link, reason: str | None, by: str, identity: str, actor: Actor) -> None:
    """The two have nothing to do with each other any more; or never had, where it was only proposed."""
    was_linked = link.state == "linked"
    turn.set(
        facts=turn.facts.unlinked(link.key, turn.now),
        links=turn.ticket.links_with(
            link.model_copy(
                update={
                    "state": "unlinked" if was_linked else "rejected",
                    "since": turn.now,
                    "by": by,
                    "reason": reason or "",
                    "resolution": None,
                    "told": True,
                }
            )
        ),
    )
    if was_linked:
        text = unlinked_text(link.number, reason)
        turn.change(identity, "unlinked", status="Informational", message=text, actor=actor, link=link.ref())
    else:
        text = rejected_text(link.number, reason)
        turn.change(identity, "link rejected", audience="internal", message=text, actor=actor, link=link.ref())


def follow(turn: Turn, words: Sequence[Word]) -> None:
    """What was said on tickets of the provider's, as far as it has not reached this one."""
    before = turn.ticket.links
    heard: dict[UUID, int] = {}
    for word in sorted(words, key=lambda item: (item.provider, item.sequence)):
        link = turn.ticket.link_to(word.provider)
        if link is not None and word.sequence > link.followed and not link.over:
            _hear(turn, link, word)
            heard[word.provider] = word.sequence
    for known in before:
        link = turn.ticket.link_to(known.provider)
        resolved = link is not None and link.resolution is not None and known.resolution is None
        if link is not None and resolved and turn.ticket.state not in DONE:
            propose_resolution(turn, link, f"{link.provider}/{heard[link.provider]}/resolution")
    if heard:
        correct(turn)


def _hear(turn: Turn, known: Link, word: Word) -> None:
    counts = turn.facts.is_linked(known.key, word.at)
    told = counts and turn.ticket.state not in DONE
    if told:
        initial(turn)
        known = turn.ticket.link_to(word.provider) or known
    link = known.model_copy(update={"followed": word.sequence})
    if link.state == "linked":
        resolution = (word.message or "") if word.state in DONE else None
        link = link.model_copy(update={"resolution": resolution})
    elif word.at >= link.since:
        link = link.model_copy(update={"over": True})
    turn.set(links=turn.ticket.links_with(link))
    if counts:
        turn.set(facts=turn.facts.provider_spoke(link.key, word.at))
        turn.followed.append(Followed(word.provider, word.sequence, told))
    if told:
        turn.change(
            f"{word.provider}/{word.sequence}",
            "provider",
            status="Update",
            message=provider_text(link.number, word.message),
            actor=word.actor,
            link=link.ref(word.sequence),
        )
