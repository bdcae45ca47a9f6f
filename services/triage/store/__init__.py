"""All SQL of triage: tickets as triage knows them, their assessments, and what they are assessed by.

A ticket is created by the batch that claimed its TicketOpened in the inbox; nobody else can create it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.triage.domain import Account, Concerned, Decision, Facts, Inputs, Ticket, customer_of
from shared.db import Tx
from shared.events import Agreement, PriorityAssigned, Term
from shared.ids import BY_TICKET
from shared.policy import Policies
from shared.refdata import accounts_of, policies_of

Connection = Any  # of asyncpg, whose generics exist in its stubs only
COLUMNS = (
    "t.ticket_id, t.number, t.opened_at, t.correlation_id, t.facts, t.asked, t.decision, t.policy, t.sequence, "
    "t.decided_at, t.account_at"
)
CHUNK = 1000
_AGREED = TypeAdapter(tuple[Agreement, ...])


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment to be recorded: the ticket as it is after it, and what caused it."""

    ticket: Ticket
    inputs: Inputs
    said: PriorityAssigned
    cause: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an assessment needs beside the ticket, read after the tickets' locks."""

    now: datetime
    policies: Policies
    accounts: Mapping[str, Account]


async def load_tickets(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Ticket]:
    """These tickets, locked in the order of their ids, each with its last assessment."""
    return await _with_last(
        conn,
        await conn.fetch(
            f"SELECT {COLUMNS} FROM tickets t WHERE t.ticket_id = ANY($1::uuid[]) ORDER BY t.ticket_id FOR UPDATE",
            list(ids),
        ),
    )


async def load_numbers(conn: Connection, numbers: Iterable[str]) -> dict[UUID, Ticket]:
    """The tickets with these numbers, locked in the order of their ids."""
    return await _with_last(
        conn,
        await conn.fetch(
            f"SELECT {COLUMNS} FROM tickets t WHERE t.number = ANY($1::text[]) ORDER BY t.ticket_id FOR UPDATE",
            sorted(numbers),
        ),
    )


async def save_closed(conn: Connection, closed: Mapping[UUID, datetime]) -> None:
    """These tickets were closed then. What is closed stays closed."""
    ids = sorted(closed)
    await conn.execute(
        """
        INSERT INTO closed (ticket_id, at) SELECT ticket_id, at FROM unnest($1::uuid[], $2::timestamptz[])
            AS given (ticket_id, at)
        ORDER BY ticket_id
        ON CONFLICT DO NOTHING
        """,
        ids,
        [closed[id] for id in ids],
    )


async def load_closed(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Which of these tickets are closed, and since when."""
    rows = await conn.fetch("SELECT ticket_id, at FROM closed WHERE ticket_id = ANY($1::uuid[])", sorted(ids))
    return {row["ticket_id"]: row["at"] for row in rows}


async def load_waiting(conn: Connection) -> dict[UUID, Ticket]:
    """Tickets that wait for a policy, locked; a chunk of them."""
    return await _with_last(
        conn,
        await conn.fetch(
            f"SELECT {COLUMNS} FROM tickets t WHERE t.policy IS NULL ORDER BY t.ticket_id LIMIT {CHUNK} FOR UPDATE"
        ),
    )


async def load_late(conn: Connection) -> dict[UUID, Ticket]:
    """Tickets not covered whose account has changed since they were assessed, locked; a chunk of them."""
    return await _with_last(
        conn,
        await conn.fetch(
            f"""
        SELECT {COLUMNS}
        FROM tickets t JOIN late_accounts l ON l.account = t.account JOIN accounts a ON a.id = t.account
        WHERE t.coverage IN ('unknown-account', 'out-of-term') AND t.account_at IS DISTINCT FROM a.changed_at
        ORDER BY t.ticket_id LIMIT {CHUNK} FOR UPDATE OF t
        """
        ),
    )


async def _with_last(conn: Connection, rows: Sequence[asyncpg.Record]) -> dict[UUID, Ticket]:
    """The last assessments come by a statement of their own: one that waited for the locks would not see them."""
    tickets = {row["ticket_id"]: _ticket(row) for row in rows}
    if not any(ticket.sequence for ticket in tickets.values()):
        return tickets
    last = await conn.fetch(
        """
        SELECT a.ticket_id, a.inputs, a.result
        FROM unnest($1::uuid[], $2::int[]) AS given (ticket_id, assessment)
        JOIN assessments a USING (ticket_id, assessment)
        """,
        list(tickets),
        [ticket.sequence for ticket in tickets.values()],
    )
    for row in last:
        inputs = Inputs.model_validate_json(row["inputs"])
        tickets[row["ticket_id"]] = replace(
            tickets[row["ticket_id"]],
            inputs=inputs,
            ruled=inputs.ruled,
            replanned=inputs.replanned,
            said=PriorityAssigned.model_validate_json(row["result"]),
        )
    return tickets


def _ticket(row: asyncpg.Record) -> Ticket:
    return Ticket(
        ticket_id=row["ticket_id"],
        number=row["number"],
        opened_at=row["opened_at"],
        correlation_id=row["correlation_id"],
        facts=Facts.model_validate_json(row["facts"]),
        asked=tuple(row["asked"]),
        decision=None if row["decision"] is None else Decision.model_validate_json(row["decision"]),
        policy=row["policy"],
        sequence=row["sequence"],
        decided_at=row["decided_at"],
        account_at=row["account_at"],
    )


async def load_context(tx: Tx, accounts: Collection[str]) -> Context:
    """The database's clock, every version of the policy, and these accounts."""
    now = tx.began_at or await tx.now()
    known = await accounts_of(tx, accounts)
    found = {id: Account(customer_of(item.account), item.changed_at, item.account.agreed) for id, item in known.items()}
    return Context(now, await policies_of(tx), found)


async def load_concerned(
    conn: Connection, concerned: Collection[tuple[str, ...]], context: Context
) -> dict[tuple[str, ...], list[Concerned]]:
    """For each set of services the accounts in term that use one of them, those that hold the same as one.

    What an account holds hangs on its plan, on what it agreed to, and on which versions there were when its term began.
    """
    sets = sorted(concerned)
    moments = {at for item in context.policies.versions for at in (item.effective, item.published_at)}
    rows = await conn.fetch(
        """
        SELECT given.place, a.data->>'plan' AS plan, min((a.data->'term'->>'start')::timestamptz) AS start,
            coalesce(a.data->'agreed', '[]')::text AS agreed
        FROM unnest($1::jsonb[]) WITH ORDINALITY AS given (services, place)
        JOIN accounts a ON a.data->'services' ?| ARRAY(SELECT jsonb_array_elements_text(given.services))
        WHERE (a.data->'term'->>'start')::timestamptz <= $2
            AND ((a.data->'term'->>'end') IS NULL OR (a.data->'term'->>'end')::timestamptz > $2)
        GROUP BY given.place, plan, agreed, width_bucket((a.data->'term'->>'start')::timestamptz, $3::timestamptz[])
        ORDER BY given.place, plan
        """,
        [json.dumps(services) for services in sets],
        context.now,
        sorted(moments),
    )
    found: dict[tuple[str, ...], list[Concerned]] = {}
    for row in rows:
        agreed = _AGREED.validate_json(row["agreed"])
        found.setdefault(sets[row["place"] - 1], []).append(Concerned(row["plan"], Term(start=row["start"]), agreed))
    return found


async def save(tx: Tx, tickets: Iterable[Ticket], assessed: Sequence[Assessed]) -> None:
    """New and changed tickets, and their new assessments, with the transaction's last statement."""
    t = sorted(tickets, key=BY_TICKET)
    a = sorted(assessed, key=attrgetter("ticket.ticket_id.int", "ticket.sequence"))
    await tx.save(
        """
        kept AS (
            INSERT INTO tickets (ticket_id, number, account, opened_at, correlation_id, facts, asked, decision, policy,
                                 coverage, sequence, decided_at, account_at)
            SELECT ticket_id, number, account, opened_at, correlation_id, facts, string_to_array(asked, ','), decision,
                   policy, coverage, sequence, decided_at, account_at
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::json[], $7::text[],
                        $8::json[], $9::text[], $10::text[], $11::int[], $12::timestamptz[], $13::timestamptz[])
                AS given (ticket_id, number, account, opened_at, correlation_id, facts, asked, decision, policy,
                          coverage, sequence, decided_at, account_at)
            ORDER BY ticket_id
            ON CONFLICT (ticket_id) DO UPDATE SET
                facts = EXCLUDED.facts, asked = EXCLUDED.asked, decision = EXCLUDED.decision, policy = EXCLUDED.policy,
                coverage = EXCLUDED.coverage, sequence = EXCLUDED.sequence, decided_at = EXCLUDED.decided_at,
                account_at = EXCLUDED.account_at
        ), recorded AS (
            INSERT INTO assessments (ticket_id, assessment, policy, inputs, result, cause, decided_at)
            SELECT * FROM unnest($14::uuid[], $15::int[], $16::text[], $17::json[], $18::json[], $19::text[],
                                 $20::timestamptz[])
        )
        """,
        [x.ticket_id for x in t],
        [x.number for x in t],
        [x.facts.account for x in t],
        [x.opened_at for x in t],
        [x.correlation_id for x in t],
        [x.facts.model_dump_json(exclude_none=True) for x in t],
        [",".join(x.asked) for x in t],
        [x.decision.model_dump_json() if x.decision else None for x in t],
        [x.policy for x in t],
        [x.said.coverage if x.said else None for x in t],
        [x.sequence for x in t],
        [x.decided_at for x in t],
        [x.account_at for x in t],
        [x.ticket.ticket_id for x in a],
        [x.ticket.sequence for x in a],
        [x.said.policy.sha256 for x in a],
        [x.inputs.model_dump_json(exclude_none=True) for x in a],
        [x.said.encode().decode() for x in a],
        [x.cause for x in a],
        [x.said.decided_at for x in a],
    )


async def save_late(conn: Connection, accounts: Iterable[str], now: datetime) -> None:
    """These accounts changed: tickets that were assessed without knowing it are looked for, for a while."""
    await conn.execute(
        """
        INSERT INTO late_accounts (account, noticed_at) SELECT account, $2 FROM unnest($1::text[]) AS given (account)
        ORDER BY account
        ON CONFLICT (account) DO UPDATE SET noticed_at = EXCLUDED.noticed_at
        """,
        sorted(set(accounts)),
        now,
    )


async def forget_late(conn: Connection, before: datetime) -> None:
    """Accounts that changed so long ago that every transaction since has read them."""
    await conn.execute(
        """
        DELETE FROM late_accounts WHERE account IN (
            SELECT account FROM late_accounts WHERE noticed_at < $1 ORDER BY account FOR UPDATE SKIP LOCKED)
        """,
        before,
    )
