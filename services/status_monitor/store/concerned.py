"""The accounts that tickets of the provider's concern: as they were when it was assessed, and when each was told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.status_monitor.domain.concerned import Concern, Concerned
from services.status_monitor.domain.facts import Facts, Lapse

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
_PLANS = TypeAdapter(tuple[Concern, ...])
_LAPSES = TypeAdapter(tuple[Lapse, ...])
NO_ACCOUNT = ""
"""Under which a notification is kept that went to no account, such as to the reporter of a ticket of the provider's."""


@dataclass(frozen=True, slots=True)
class Concerning:
    """A ticket of the provider's is assessed, or its services change; and the services that it names by then."""

    ticket_id: UUID
    at: datetime
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A notification to an account (or `NO_ACCOUNT`) was accepted by its channel."""

    ticket_id: UUID
    account: str
    at: datetime
    initial: bool


@dataclass(frozen=True, slots=True)
class TermThere:
    """The end of an account's term, as a live ticket of the provider's has it."""

    ticket_id: UUID
    account: str
    end: datetime | None
    lapses: tuple[Lapse, ...]


async def save_concerned(conn: Connection, assessed: Sequence[Concerning], told: Sequence[Told]) -> None:
    """What counts of the accounts that these assessments concern, as they are known here now; and who was told."""
    if assessed:
        await conn.execute(
            """
            SELECT FROM concerned WHERE ticket_id = ANY($1::uuid[])
                OR (ticket_id, account) IN (SELECT * FROM unnest($2::uuid[], $3::text[]))
            ORDER BY ticket_id, account COLLATE "C" FOR UPDATE
            """,
            [item.ticket_id for item in assessed],
            [item.ticket_id for item in told],
            [item.account for item in told],
        )
    for item in assessed:
        await _save_assessed(conn, item)
    if told:
        await _save_told(conn, told)


async def _save_assessed(conn: Connection, item: Concerning) -> None:
    """Those in term that use one of the services; of those that were concerned before, that they are no more.

    What is as it was is not written again: what an account holds is by the last entry at or before a moment.
    """
    await conn.execute(
        """
        WITH used AS MATERIALIZED (
            SELECT id, data, start, ends
            FROM (
                SELECT id, data, (data->'term'->>'start')::timestamptz AS start,
                    (data->'term'->>'end')::timestamptz AS ends
                FROM accounts WHERE data->'services' ?| $3::text[]
            ) a WHERE start <= $2 AND (ends IS NULL OR ends > $2)
        ), no_more AS (
            UPDATE concerned SET plans = plans || jsonb_build_object('at', $2::timestamptz)
            WHERE ticket_id = $1 AND plans->-1->>'plan' IS NOT NULL
                AND NOT EXISTS (SELECT FROM used WHERE used.id = concerned.account)
        )
        INSERT INTO concerned (ticket_id, account, plans, term_end)
        SELECT $1, id, jsonb_build_array(jsonb_build_object('at', $2::timestamptz, 'plan', data->>'plan',
            'start', start, 'agreed', coalesce(data->'agreed', '[]'))), ends
        FROM used ORDER BY id COLLATE "C"
        ON CONFLICT (ticket_id, account) DO UPDATE
        SET plans = concerned.plans || EXCLUDED.plans, term_end = EXCLUDED.term_end
        WHERE (concerned.plans->-1) - 'at' IS DISTINCT FROM (EXCLUDED.plans->0) - 'at'
            OR (concerned.plans->-1->>'at')::timestamptz > $2
            OR concerned.term_end IS DISTINCT FROM EXCLUDED.term_end
        """,
        item.ticket_id,
        item.at,
        list(item.services),
    )


async def _save_told(conn: Connection, told: Sequence[Told]) -> None:
    """The first acceptance counts, and of Initial the first one."""
    first: dict[tuple[UUID, str], tuple[datetime, datetime | None]] = {}
    for item in told:
        at, initial = first.get((item.ticket_id, item.account), (item.at, None))
        if item.initial:
            initial = item.at if initial is None else min(initial, item.at)
        first[item.ticket_id, item.account] = min(at, item.at), initial
    keys = sorted(first, key=lambda key: (key[0].int, key[1]))  # as the rows are locked: by code points
    await conn.execute(
        """
        INSERT INTO concerned (ticket_id, account, notified, initial_notified)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
        ON CONFLICT (ticket_id, account) DO UPDATE SET
            notified = least(concerned.notified, EXCLUDED.notified),
            initial_notified = least(concerned.initial_notified, EXCLUDED.initial_notified)
        WHERE least(concerned.notified, EXCLUDED.notified) IS DISTINCT FROM concerned.notified
            OR least(concerned.initial_notified, EXCLUDED.initial_notified) IS DISTINCT FROM concerned.initial_notified
        """,
        [key[0] for key in keys],
        [key[1] for key in keys],
        [first[key][0] for key in keys],
        [first[key][1] for key in keys],
    )


async def lock_terms(conn: Connection, ends: Mapping[str, datetime | None]) -> list[TermThere]:
    """Where live tickets of the provider's have another end of the term of these accounts than given, locked."""
    rows = await conn.fetch(
        """
        SELECT c.ticket_id, c.account, c.term_end, c.lapses
        FROM incident_tickets i JOIN tickets t ON t.ticket_id = i.ticket_id AND t.state IS DISTINCT FROM 'closed'
        JOIN concerned c ON c.ticket_id = i.ticket_id
        JOIN unnest($1::text[], $2::timestamptz[]) AS term (account, ends) ON term.account = c.account
        WHERE c.plans <> '[]' AND c.term_end IS DISTINCT FROM term.ends
        ORDER BY c.ticket_id, c.account COLLATE "C" FOR UPDATE OF c
        """,
        sorted(ends),
        [ends[account] for account in sorted(ends)],
    )
    return [
        TermThere(row["ticket_id"], row["account"], row["term_end"], _LAPSES.validate_json(row["lapses"]))
        for row in rows
    ]


async def save_terms(conn: Connection, terms: Sequence[TermThere]) -> None:
    """These ends (of locked rows), with the time between an end and the renewal."""
    await conn.execute(
        """
        UPDATE concerned SET term_end = given.term_end, lapses = given.lapses
        FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::jsonb[])
            AS given (ticket_id, account, term_end, lapses)
        WHERE concerned.ticket_id = given.ticket_id AND concerned.account = given.account
        """,
        [item.ticket_id for item in terms],
        [item.account for item in terms],
        [item.end for item in terms],
        [json.dumps([lapse.model_dump(mode="json") for lapse in item.lapses]) for item in terms],
    )


async def list_concerned(pool: Pool, ticket_id: UUID, facts: Facts, account: str | None) -> Iterator[Concerned]:
    """The accounts (or this one) that a ticket of the provider's concerns, by name; each is parsed when asked for.

    Where it was told of before that was recorded by account, the first notification of any counts for each.
    """
    rows = await pool.fetch(
        """
        SELECT account, plans, term_end, lapses, notified, initial_notified,
            (SELECT min(notified) FROM concerned WHERE ticket_id = $1) AS first
        FROM concerned WHERE ticket_id = $1 AND plans <> '[]' AND ($2::text IS NULL OR account = $2) ORDER BY account
        """,
        ticket_id,
        account,
    )
    return (_concerned(row, facts) for row in rows)


def _concerned(row: asyncpg.Record, facts: Facts) -> Concerned:
    recorded = facts.notified is None or row["first"] == facts.notified
    told = (row["notified"], row["initial_notified"]) if recorded else (facts.notified, facts.initial_notified)
    plans, lapses = _PLANS.validate_json(row["plans"]), _LAPSES.validate_json(row["lapses"])
    return Concerned(row["account"], plans, row["term_end"], lapses, *told)
