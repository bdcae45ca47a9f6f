"""What was left over: tickets that waited for an account or a policy, a chunk a transaction."""

from __future__ import annotations

from datetime import timedelta

from services.triage import store
from services.triage.handlers.work import Step, begin, cause_of
from shared.db import Tx
from shared.service import App

LATE_FOR = timedelta(minutes=5)
"""Longer than any transaction lives."""


async def assess_late(tx: Tx) -> int:
    """A chunk of the tickets whose account changed since; returns how many there were."""
    tickets = await store.load_late(tx.conn)
    if not tickets:
        return 0
    work = await begin(tx, tickets.values())
    for ticket in tickets.values():
        at = work.account_of(ticket).at
        cause = cause_of("accounts", f"{ticket.facts.account}/{at.isoformat() if at else ''}", ticket)
        work.assess(Step(ticket, cause, cause.identity))
    await work.done(tx)
    return len(tickets)


async def assess_waiting(tx: Tx) -> int:
    """A chunk of the tickets that waited for a policy, if one is in effect; returns how many there were."""
    work = await begin(tx, ())
    if work.context.policies.in_effect(work.context.now) is None:
        return 0
    tickets = await store.load_waiting(tx.conn)
    work = await begin(tx, tickets.values())
    for ticket in tickets.values():
        policy = work.policy_for(ticket)
        cause = cause_of("policies", policy.sha256 if policy else "", ticket)
        work.assess(Step(ticket, cause, cause.identity))
    await work.done(tx)
    return len(tickets)


async def missing(app: App) -> list[str]:
    """Without a policy in effect tickets are opened, but not assessed."""
    async with app.db.transaction() as tx:
        context = await store.load_context(tx, ())
    if context.policies.in_effect(context.now) is None:
        return ["a policy in effect: publish one by `upheld policy apply`"]
    return []


async def sweep(app: App) -> None:
    """What a handler left over: more than a chunk, policies that take effect by time, accounts that came meanwhile."""
    for assess in (assess_late, assess_waiting):
        found = store.CHUNK
        while found == store.CHUNK:
            async with app.db.transaction() as tx:
                found = await assess(tx)
    async with app.db.transaction() as tx:
        await store.forget_late(tx.conn, await tx.now() - LATE_FOR)
