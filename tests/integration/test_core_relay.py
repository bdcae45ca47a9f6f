"""The relay and the roles on real Kafka and Postgres."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from itertools import permutations
from uuid import UUID, uuid5

import asyncpg
import pytest

from shared.events import IssueReported, TicketReplied
from shared.outbox import Outgoing
from shared.settings import SERVICES, schema_of
from tests.support.space import Space
from tests.support.waiting import until

NAMESPACE = UUID(int=7)


def said(ticket: int, sequence: int) -> Outgoing:
    at = datetime.now(UTC)
    event = TicketReplied(
        ticket_id=uuid5(NAMESPACE, str(ticket)),
        number=f"UP-{ticket}",
        reply_id=f"{sequence}",
        origin="customer",
        body="words",
        replied_at=at,
    )
    return Outgoing(event, f"{ticket}-{sequence}", at, sequence=sequence, subject=f"UP-{ticket}")


async def test_the_outbox_reaches_kafka_in_order_per_ticket_and_drains_to_zero(space: Space) -> None:
    (app,) = await space.start("intake")

    for sequence in range(1, 51):
        async with app.db.transaction() as tx:
            tx.put([said(ticket, sequence) for ticket in range(20)])

    await until("an empty outbox", lambda: _empty(space))
    by_key: dict[str | None, list[str]] = {}
    for message in await space.read("tickets"):
        by_key.setdefault(message.key, []).append(message.headers["ce_sequence"])
    assert len(by_key) == 20
    assert set(map(tuple, by_key.values())) == {tuple(str(number) for number in range(1, 51))}


async def _empty(space: Space) -> bool:
    return not await space.value("intake", "SELECT count(*) FROM outbox")


async def test_of_two_processes_one_relay_leads_and_the_other_takes_over(space: Space) -> None:
    first, second = await space.start("intake", "intake")
    await until("a leader", lambda: _leaders(first, second))
    assert (first.relay.leading, second.relay.leading).count(True) == 1

    leader = first if first.relay.leading else second
    follower = second if leader is first else first
    leader.stop()
    await until("the other leads", lambda: _leaders(follower))
    async with follower.db.transaction() as tx:
        tx.put([said(1, 1)])

    await until("an empty outbox", lambda: _empty(space))


async def _leaders(*apps: object) -> bool:
    return any(app.relay.leading for app in apps)  # type: ignore[attr-defined]


async def test_a_relay_whose_connection_is_cut_goes_on_and_loses_nothing(space: Space) -> None:
    (app,) = await space.start("intake")
    owner = await asyncpg.connect(space.settings.database_url.get_secret_value())
    try:
        for sequence in range(1, 31):
            async with app.db.transaction() as tx:
                tx.put([said(ticket, sequence) for ticket in range(5)])
            if sequence % 10 == 0:
                await owner.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
    finally:
        await owner.close()

    await until("an empty outbox", lambda: _empty(space))
    first_seen: dict[str | None, list[str]] = {}
    for message in await space.read("tickets"):
        if message.headers["ce_sequence"] not in first_seen.setdefault(message.key, []):
            first_seen[message.key].append(message.headers["ce_sequence"])
    assert set(map(tuple, first_seen.values())) == {tuple(str(number) for number in range(1, 31))}


async def test_an_event_carries_its_cloudevents_attributes_as_headers(space: Space) -> None:
    await space.start("intake")
    issue = IssueReported(issue_id="x", description="words")
    await space.publish(issue, source="upstream/probe", time=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))

    async def messages() -> bool:
        return len(await space.read("tickets")) == 1

    await until("the ticket", messages)
    (reported,) = await space.read("issues")
    (ticket,) = await space.read("tickets")
    assert reported.key == "upstream/probe"
    assert reported.headers["ce_time"] == "2026-01-02T03:04:05+00:00"
    assert ticket.headers["ce_type"] == "upheld.ticketopened.v1"
    assert ticket.headers["ce_source"] == "intake"
    assert ticket.headers["ce_subject"] == "UP-1001"
    assert ticket.headers["ce_sequence"] == "1"
    assert ticket.headers["ce_correlationid"] == reported.headers["ce_id"]
    assert ticket.headers["content-type"] == "application/json"
    assert ticket.key == ticket.json["ticket_id"]


@pytest.mark.parametrize(("role", "other"), list(permutations(SERVICES, 2)))
async def test_a_service_cannot_touch_the_schema_of_another(space: Space, role: str, other: str) -> None:
    async with space.sql(role) as conn:
        for statement in (
            "SELECT * FROM {}.inbox",
            "INSERT INTO {}.inbox VALUES ('a', 'b', 'c')",
            "CREATE TABLE {}.mine (x int)",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await conn.execute(statement.format(schema_of(other)))


async def test_a_service_started_before_its_topics_or_tables_exist_says_what_to_do(space: Space) -> None:
    from services.intake.app import service
    from shared.service.app import App, StartError

    no_topics = App(service, space.settings.model_copy(update={"port": 0, "topic_prefix": "nowhere."}))
    with pytest.raises(StartError, match=r"nowhere\.access.*upheld topics create"):
        await no_topics.run()
    async with space.sql("intake") as conn:
        await conn.execute("DELETE FROM migration WHERE name = '0001_tickets.sql'")
    no_tables = App(service, space.settings.model_copy(update={"port": 0}))
    with pytest.raises(StartError, match=r"0001_tickets\.sql.*upheld migrate"):
        await no_tables.run()
    await asyncio.sleep(0)
