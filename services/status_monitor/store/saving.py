"""Tickets are saved as a set, each with what it is found by, and the new entries of their ledgers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from services.status_monitor.domain.facts import MAINTENANCE
from services.status_monitor.domain.ledger import Entry
from services.status_monitor.domain.ticket import Ticket
from shared.db import Tx


@dataclass(frozen=True, slots=True)
class Saved:
    """A ticket as it is to be stored, with what it is found by."""

    ticket: Ticket
    partition: int | None
    next_due: datetime | None
    notify_due: datetime | None
    waits_for: str | None
    began_at: datetime | None
    """Since when a customer has what may be an incident of the provider's."""
    entries: Sequence[Entry]
    known_at: datetime
    newly_opened: bool
    fresh: bool


async def save_tickets(tx: Tx, saved: Sequence[Saved]) -> None:
    """What changed of these (locked, or new) tickets, and the new entries of their ledgers, with the last statement."""
    ordered = sorted(saved, key=attrgetter("ticket.ticket_id.int"))
    written = [item for item in ordered if item.entries]
    await tx.save(
        """
        written AS (
            INSERT INTO ledger_lines (ticket_id, place, known_at, entries)
            SELECT * FROM unnest($13::uuid[], $14::int[], $15::timestamptz[], $16::jsonb[])
        ), given AS MATERIALIZED (
            SELECT ticket_id, number, partition, account, state, string_to_array(services, chr(31)) AS services,
                next_due, notify_due, string_to_array(maintenances, chr(31)) AS maintenances,
                string_to_array(held, chr(31)) AS held, waits_for, opened, data, fresh,
                began_at
            FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::jsonb[], $17::jsonb[], $18::bool[],
                $19::timestamptz[])
                AS g (ticket_id, number, partition, account, state, services, next_due, notify_due, maintenances, held,
                    waits_for, opened, data, fresh, began_at)
        ), changed AS (
            UPDATE tickets SET number = given.number, partition = given.partition, account = given.account,
                state = given.state, services = given.services, next_due = given.next_due,
                notify_due = given.notify_due, maintenances = given.maintenances, held = given.held,
                waits_for = given.waits_for, opened = coalesce(given.opened, tickets.opened), data = given.data,
                began_at = given.began_at
            FROM given WHERE tickets.ticket_id = given.ticket_id AND NOT given.fresh
        ), added AS (
            INSERT INTO tickets (ticket_id, number, partition, account, state, services, next_due, notify_due,
                maintenances, held, waits_for, opened, data, began_at)
            SELECT ticket_id, number, partition, account, state, services, next_due, notify_due, maintenances, held,
                waits_for, opened, data, began_at
            FROM given WHERE fresh
        )
        """,
        [item.ticket.ticket_id for item in ordered],
        [item.ticket.opened.number if item.ticket.opened else None for item in ordered],
        [item.partition for item in ordered],
        [item.ticket.opened.account if item.ticket.opened else None for item in ordered],
        [item.ticket.state for item in ordered],
        # An array of arrays would have to be rectangular.
        [_joined(item.ticket.services) for item in ordered],
        [item.next_due for item in ordered],
        [item.notify_due for item in ordered],
        [_joined(item.ticket.maintenances) for item in ordered],
        [_joined(_held(item.ticket)) for item in ordered],
        [item.waits_for for item in ordered],
        [
            item.ticket.opened.model_dump_json() if item.newly_opened and item.ticket.opened else None
            for item in ordered
        ],
        [item.ticket.ticket_id for item in written],
        [item.ticket.entries - len(item.entries) for item in written],
        [item.known_at for item in written],
        [_line(item.entries) for item in written],
        [item.ticket.model_dump_json(exclude={"opened"}, exclude_defaults=True) for item in ordered],
        [item.fresh for item in ordered],
        [item.began_at for item in ordered],
    )


def _line(entries: Sequence[Entry]) -> str:
    said = [(entry.clock, entry.cycle.isoformat(), entry.kind, entry.at.isoformat(), entry.detail) for entry in entries]
    return json.dumps(said)


def _joined(values: Sequence[str]) -> str:
    return "\x1f".join(value.replace("\x1f", " ") for value in values)


def _held(ticket: Ticket) -> list[str]:
    holds = ticket.facts.holds if ticket.facts is not None else ()
    return [hold.key for hold in holds if hold.reason == MAINTENANCE and hold.end is None]
