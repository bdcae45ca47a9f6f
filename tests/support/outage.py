"""An incident of the provider's and many customers' tickets, in status-monitor's schema, without its process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from services.status_monitor.domain import shown
from services.status_monitor.domain.link_acts import LinkTicket, act_on_link
from services.status_monitor.domain.ticket import Observation
from services.status_monitor.handlers.book import Book
from services.status_monitor.handlers.linking import search
from services.status_monitor.handlers.log import on_tickets
from services.status_monitor.store import links as link_store
from services.status_monitor.store import tickets as store
from shared.consumer.inbox import ANY_TIME, claim
from shared.db import Database, Tx
from shared.envelope import Envelope, Received, Record
from shared.events import Event, State, TicketOpened
from shared.ids import named
from tests.support.status import POLICY, THE_POLICY, assigned, opened

PROVIDER = named("ticket of the provider's")


def now() -> datetime:
    return datetime.now(UTC)


def customer(place: int) -> UUID:
    return named("ticket of a customer's", str(place))


def opening(ticket_id: UUID, number: str, **facts: Any) -> TicketOpened:
    """A customer's ticket that was reported just now, in production, unless told otherwise."""
    given = {"issue_id": number, "environment": "production", "category": "incident", **facts}
    return opened(**given).model_copy(
        update={"ticket_id": ticket_id, "number": number, "opened_at": now(), "clock_start": now(), "account": "acme"}
    )


def received(event: Event, source: str, sequence: int, partition: int = 1) -> Received[Any]:
    record = Record("tickets", partition, 0, event.key().encode(), b"", (), now())
    return Received(event, Envelope(str(uuid4()), source, event.type_name(), "UP-1", now(), sequence), record)


async def handle(tx: Tx, events: Sequence[Received[Any]]) -> None:
    """As a batch: claimed first, which makes the transaction one that others know to be under way."""
    await claim(tx.conn, {("tickets", item.envelope.source, item.envelope.id): ANY_TIME for item in events}, [])
    await on_tickets(tx, events)


@dataclass
class Outage:
    """UP-7 is the provider's; customers' tickets are UP-100, UP-101 and so on."""

    db: Database

    async def know_policy(self) -> None:
        await self.db.pool.execute(
            "INSERT INTO policies"
            " SELECT $1, jsonb_build_object('effective', now(), 'published_at', now(), 'text', $2::text), now()",
            THE_POLICY.sha256,
            POLICY,
        )

    async def open_customers(self, *places: int, tx: Tx | None = None, **facts: Any) -> None:
        """Open these, with Initial out."""
        events = []
        for place in places:
            event = opening(customer(place), f"UP-{100 + place}", **facts)
            priority = assigned().model_copy(
                update={"ticket_id": event.ticket_id, "number": event.number, "decided_at": now()}
            )
            events += [received(event, "intake", 1), received(priority, "triage", 1)]
        if tx is not None:
            await handle(tx, events)
            return
        async with self.db.transaction() as own:
            await handle(own, events)

    async def begin(self) -> None:
        """The provider's ticket is opened."""
        event = opening(PROVIDER, "UP-7", initiator="provider", reporter=None)
        async with self.db.transaction() as tx:
            await handle(tx, [received(event.model_copy(update={"account": None}), "intake", 1)])

    async def begin_with(self, count: int) -> None:
        """The provider's ticket, with so many customers' tickets linked to it."""
        await self.know_policy()
        await self.open_customers(*range(count))
        await self.begin()
        await search(self.db, PROVIDER)

    async def speak(self, message: str, state: State = "in progress") -> None:
        """The page says this on the provider's ticket."""
        said = Observation(
            id=f"page/{message}", kind="page", source="status.test", at=now(), state=state, message=message
        )
        async with self.db.transaction() as tx:
            book = await Book.open(tx, await store.lock_tickets(tx.conn, [PROVIDER]))
            with book.turn(PROVIDER) as turn:
                shown.on_observed(turn, said)
            await book.save()

    async def act(self, place: int, **given: str) -> None:
        """An agent's act on the link of this customer's ticket."""
        async with self.db.transaction() as tx:
            incidents = await link_store.load_incidents(tx.conn, ["UP-7"])
            book = await Book.open(tx, await store.lock_tickets(tx.conn, [customer(place)]))
            with book.turn(customer(place)) as turn:
                act_on_link(
                    turn, LinkTicket(**given), turn.ticket.sequence, "Grace", f"http/{place}", incidents  # type: ignore[arg-type]
                )  # fmt: skip
            await book.save()

    async def told(self) -> dict[str, list[str]]:
        """The provider's words that each customer's ticket was told, in the order in which they were said."""
        rows: Sequence[asyncpg.Record] = await self.db.pool.fetch(
            """
            SELECT convert_from(payload, 'UTF8')::jsonb->>'number' AS number,
                convert_from(payload, 'UTF8')::jsonb->>'message' AS message
            FROM outbox WHERE topic = 'tickets' AND convert_from(payload, 'UTF8')::jsonb->>'cause' = 'provider'
            ORDER BY id
            """
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["number"], []).append(row["message"])
        return found
