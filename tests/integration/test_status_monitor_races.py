"""What meets in one moment: page and log, two sweeps, an act and a sweep, a term that changes."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest_asyncio

from services.status_monitor.app import service
from services.status_monitor.domain.detections import Watched
from services.status_monitor.domain.statuspage import read_page
from services.status_monitor.handlers.log import on_tickets
from services.status_monitor.handlers.pages import apply_page
from services.status_monitor.handlers.time import LATE_FOR, sweep_once, sweep_terms
from services.status_monitor.store import pages as page_store
from shared.consumer.batch import Batches
from shared.consumer.positions import Watermarks
from shared.db import Database
from shared.envelope import Envelope, Received, Record
from shared.events import AccountChanged, DetectionReported, Event, Target, Term, TicketOpened
from shared.ids import issue_uid, named, ticket_id
from shared.service import App
from tests.support.feeds import FakePage, said, say
from tests.support.space import Space
from tests.support.status import POLICY, assigned, opened, replied
from tests.support.waiting import until

places = itertools.count()


def now() -> datetime:
    return datetime.now(UTC)


def received(event: Event, source: str, sequence: int | None) -> Received[Any]:
    record = Record("tickets", 1, 0, event.key().encode(), b"", (), now())
    return Received(event, Envelope(str(uuid4()), source, event.type_name(), "UP-1", now(), sequence), record)


@pytest_asyncio.fixture(loop_scope="session")
async def db(space: Space) -> AsyncIterator[Database]:
    """status-monitor's database, without its process."""
    own = Database("status-monitor", space.settings)
    await own.open()
    yield own
    await own.close()


async def test_what_a_page_says_while_its_ticket_is_being_opened_is_not_lost(space: Space, db: Database) -> None:
    fake = FakePage()
    fake.load()
    read = read_page("page", fake.documents)
    async with space.sql("status-monitor") as conn:
        await conn.execute("INSERT INTO policies VALUES ($1, $2, now())", "p", "{}")
        await page_store.keep_pages(db.pool, {"page": "http://127.0.0.1:1"})
        (page,) = await page_store.claim_pages(db.pool, ["page"], uuid4(), timedelta(seconds=60))
        await conn.execute("DELETE FROM policies")
    outage = next(incident for incident in read.incidents if incident.id == "k3outage0001")

    async with db.transaction() as tx:
        # The ticket is being opened, and that is not committed, when the page's reading comes to its place.
        event = _opening(outage.id)
        await on_tickets(tx, [received(event, "intake", 1)])
        reading = asyncio.create_task(apply_page(db, page, read, retry_after=None, poll_seconds=60))
        await until(
            "the reading waits for the ticket's row",
            lambda: db.pool.fetchval(
                "SELECT EXISTS (SELECT FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database())"
            ),
        )
    assert await reading

    statuses = await db.pool.fetch("SELECT payload FROM outbox WHERE topic = 'tickets' ORDER BY id")
    assert [('"status":"Initial"' in row["payload"].decode()) for row in statuses] == [True, False, False, False]


def _opening(incident: str) -> TicketOpened:
    issue = str(named("page", "n0rthw1ndpg7", incident))
    return opened(initiator="provider", reporter=None, issue_id=issue).model_copy(
        update={"ticket_id": ticket_id(issue_uid("status-monitor", issue))}
    )


async def test_what_tickets_and_detections_say_of_one_ticket_in_one_batch_is_all_kept(db: Database) -> None:
    batches = Batches(service.handles, service.keeps, service.after)
    seen = DetectionReported(
        source="probes",
        dedup_key="sms",
        action="trigger",
        title="SMS API fails",
        observed_at=now() - timedelta(seconds=9),
    )
    watched = Watched(source="probes", dedup_key="sms", began=seen.observed_at)
    event = opened(initiator="provider", reporter=None).model_copy(update={"ticket_id": watched.ticket_id})
    priority = assigned(update=Target(duration=timedelta(hours=1), calendar="always"))
    async with db.transaction() as tx:
        await batches.process(tx, [record(seen, "probes"), record(event, "intake", 1)], {})

    over = seen.model_copy(update={"action": "resolve", "observed_at": now()})
    both = [record(priority.model_copy(update={"ticket_id": watched.ticket_id}), "triage", 1), record(over, "probes")]
    async with db.transaction() as tx:
        await batches.process(tx, both, {})

    rows = await db.pool.fetch("SELECT payload FROM outbox WHERE topic = 'tickets' ORDER BY id")
    data = await db.pool.fetchval("SELECT data FROM tickets")
    assert [(json.loads(row["payload"]).get("status")) for row in rows] == ["Initial", "Resolved"]
    assert json.loads(data)["assigned"]["priority"] == "P1"


def record(event: Event, source: str, sequence: int | None = None) -> Record:
    envelope = Envelope(str(uuid4()), source, event.type_name(), None, now(), sequence)
    key, headers = event.key().encode(), tuple(envelope.headers())
    return Record(event.TOPIC, 1, next(places), key, event.encode(), headers, now())


class Owner:
    """A process that owns every partition, caught up to the given time."""

    name = "status-monitor"

    def __init__(self, db: Database, upto: datetime) -> None:
        self.db = db
        self._marks = Watermarks(upto, upto)

    def owned(self) -> dict[int, Watermarks]:
        return dict.fromkeys(range(3), self._marks)


async def test_two_sweeps_at_once_say_a_breach_once(db: Database) -> None:
    promised = assigned().model_copy(
        update={"targets": {"first_response": Target(duration=timedelta(minutes=1), calendar="always")}}
    )
    async with db.transaction() as tx:
        await on_tickets(tx, [received(opened(), "intake", 1), received(promised, "triage", 1)])
        await tx.flush()
        await tx.conn.execute("UPDATE tickets SET next_due = '2026-01-01', waits_for = NULL")
        await tx.conn.execute(
            "INSERT INTO policies"
            " SELECT $1, jsonb_build_object('effective', now(), 'published_at', now(), 'text', $2::text), now()",
            promised.policy.sha256,
            POLICY,
        )
    owners = [cast(App, Owner(db, now())) for _ in range(4)]

    swept = await asyncio.gather(*(sweep_once(owner) for owner in owners))
    again = await sweep_once(owners[0])

    kinds = await db.pool.fetch("SELECT kind FROM ledger WHERE kind = 'breached'")
    assert len(kinds) == 1
    assert sum(swept) >= 1
    assert again == 0


async def test_nothing_is_swept_before_the_log_is_known_up_to_then(db: Database) -> None:
    async with db.transaction() as tx:
        await on_tickets(tx, [received(opened(), "intake", 1)])
        handled = await tx.now()

    assert await sweep_once(cast(App, Owner(db, handled + timedelta(seconds=4)))) == 0
    assert await sweep_once(cast(App, Owner(db, handled + timedelta(seconds=6)))) == 1
    assert await db.pool.fetchval("SELECT state FROM tickets") == "open"


async def test_a_term_that_ends_on_another_day_is_taken_up_by_live_tickets(space: Space) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    promised = assigned().model_copy(
        update={"targets": {"first_response": Target(duration=timedelta(hours=1), calendar="always")}}
    )
    event = opened().model_copy(update={"clock_start": now(), "opened_at": now(), "account": "acme"})
    await say(space, "intake", event, sequence=1)
    await say(space, "triage", promised.model_copy(update={"decided_at": now()}), sequence=1)
    await said(space, 1)

    ends = now() + timedelta(minutes=5)
    await space.account("acme", term=Term(start=now() - timedelta(days=9), end=ends))
    await until(
        "the next thing to come is the term's end",
        lambda: space.value("status-monitor", f"SELECT next_due = '{ends.isoformat()}' FROM tickets"),
    )
    await space.account("acme")

    await until(
        "the response is due again",
        lambda: space.value("status-monitor", f"SELECT next_due > '{ends.isoformat()}' FROM tickets"),
    )


async def test_a_ticket_that_was_being_opened_while_its_account_changed_takes_up_the_new_term(db: Database) -> None:
    batches = Batches(service.handles, service.keeps, service.after)
    ends = now() + timedelta(days=9)
    changed = AccountChanged(id="acme", name="Acme", plan="gold", term=Term(start=now() - timedelta(days=9), end=ends))
    event = opened().model_copy(update={"clock_start": now(), "opened_at": now(), "account": "acme"})
    async with db.transaction() as opening:
        await on_tickets(opening, [received(event, "intake", 1)])
        async with db.transaction() as tx:
            await batches.process(tx, [record(changed, "admin")], {})
    before = await db.pool.fetchval("SELECT data->'facts'->>'term_end' FROM tickets")

    await db.pool.execute("UPDATE late_terms SET noticed_at = noticed_at - $1::interval", LATE_FOR)
    await sweep_terms(cast(App, Owner(db, now())))

    assert before is None
    assert datetime.fromisoformat(await db.pool.fetchval("SELECT data->'facts'->>'term_end' FROM tickets")) == ends


async def test_a_term_that_ends_while_a_ticket_is_open_is_told_of_and_its_renewal_resumes_the_clock(
    space: Space,
) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    begin, ends = now() - timedelta(days=9), now() + timedelta(seconds=1)
    await space.account("acme", term=Term(start=begin, end=ends))
    promised = assigned().model_copy(
        update={"targets": {"first_response": Target(duration=timedelta(hours=1), calendar="always")}}
    )
    event = opened().model_copy(update={"clock_start": now(), "opened_at": now(), "account": "acme"})
    await say(space, "intake", event, sequence=1)
    await say(space, "triage", promised.model_copy(update={"decided_at": now()}), sequence=1)

    _, over = await said(space, 2)
    await space.account("acme", term=Term(start=now(), end=None))
    *_, renewed = await said(space, 3)

    assert [(m.json["cause"], m.json["audience"]) for m in (over, renewed)] == [
        ("out of term", "internal"),
        ("term renewed", "internal"),
    ]
    assert over.json["message"].endswith("since support is owed within the term only (B.5).")
    assert {clock["clock"]: clock["state"] for clock in over.json["clocks"]}["first_response"] == "cancelled"
    assert {clock["clock"]: clock["state"] for clock in renewed.json["clocks"]}["first_response"] == "running"
    rows = await space.fetch("status-monitor", "SELECT kind FROM ledger WHERE clock = 'first_response' ORDER BY place")
    assert [row["kind"] for row in rows] == ["activated", "cancelled", "resumed"]


async def test_an_event_on_a_ticket_that_was_never_opened_is_a_dead_letter_and_delays_no_other(space: Space) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    stray = replied(0).model_copy(update={"ticket_id": uuid4(), "replied_at": now()})
    await say(space, "intake", stray, sequence=1)
    await say(space, "intake", opened().model_copy(update={"opened_at": now()}), sequence=1)

    await said(space, 1)

    (letter,) = await space.fetch("status-monitor", "SELECT kind, reason FROM dead_letter")
    assert letter["kind"] == "refused"
    assert "was never opened" in letter["reason"]
