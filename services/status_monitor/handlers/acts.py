"""What agents do, each act with its own verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.status_monitor.domain.acts import Refusal, act
from services.status_monitor.domain.link_acts import LinkTicket, act_on_link
from services.status_monitor.handlers.book import Book
from services.status_monitor.store import links as link_store
from services.status_monitor.store import tickets as store
from shared.db import Tx
from shared.events import StatusChanged
from shared.service import Act, Problem


async def on_acts(tx: Tx, acts: Sequence[Act]) -> list[dict[str, Any] | Problem]:
    """One after the other; two on one ticket see each other's sequence."""
    numbers = {item.number for item in acts if item.number is not None}
    named = {item.payload.number for item in acts if isinstance(item.payload, LinkTicket)}
    incidents = await link_store.load_incidents(tx.conn, list(named)) if named else {}
    book = await Book.open(tx, await store.lock_by_number(tx.conn, list(numbers)))
    known = book.ticket_of(numbers)
    verdicts: list[dict[str, Any] | Problem] = []
    for item in acts:
        number = item.number or ""
        if number not in known:
            verdicts.append(Problem.not_found_yet(number))
            continue
        try:
            with book.turn(known[number], item.cause) as turn:
                who, identity = item.caller.name, f"http/{item.id}"
                if isinstance(item.payload, LinkTicket):
                    act_on_link(turn, item.payload, item.if_match, who, identity, incidents)
                else:
                    act(turn, item.payload, item.if_match, who, identity)
                said = [out.event for out in turn.outs if isinstance(out.event, StatusChanged)]
                verdicts.append(
                    {
                        "number": number,
                        "state": turn.ticket.state,
                        "status": said[-1].status,
                        "sequence": turn.ticket.sequence,
                    }
                )
        except Refusal as refusal:
            verdicts.append(_problem(refusal))
    await book.save()
    return verdicts


def _problem(refusal: Refusal) -> Problem:
    errors = [{"field": refusal.field, "message": refusal.detail}] if refusal.field else []
    return Problem(refusal.status, refusal.detail, errors=errors, more=dict(refusal.more))
