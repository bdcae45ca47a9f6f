"""Attainment per account of the provider's own tickets: over HTTP and by the command, on real Kafka and Postgres."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import uuid4

import pytest

from shared.events import NotificationSent, Term, TicketReplied
from shared.ids import named
from tests.support.command import Command
from tests.support.feeds import said, say
from tests.support.outage import opening
from tests.support.space import Space
from tests.support.status import POLICY, assigned, target
from tests.support.waiting import until

JSON = dict[str, Any]
CLOCKS = "first_response: {target: %s, calendar: always}, update: none, first_resolution: none, total_resolution: none"
SLA = POLICY.replace(
    "    targets: {P1: none, P2: none, P3: none}\n    pauses:",
    "    targets: {P1: {notification: {target: PT15M, calendar: always}, "
    + CLOCKS % "PT1H"
    + "}, P2: none, P3: none}\n    pauses:",
).replace(
    "    targets: {P1: none, P2: none, P3: none}\n    response_met_by: initial\n    closed_counts: true",
    "    targets: {P1: {notification: none, " + CLOCKS % "P2D" + "}, P2: none, P3: none}",
)
UP7 = named("UP-7")
START = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


def told(account: str | None, minutes: float) -> NotificationSent:
    return NotificationSent(
        notification_id=uuid4(),
        ticket_id=UP7,
        number="UP-7",
        status="Initial",
        phone="+1 555 0100",
        description="Voice fails",
        account=account,
        destination="a…@acme.test",
        channel="email",
        outcome="accepted",
        attempts=1,
        delivered_at=START + timedelta(minutes=minutes),
    )


async def world(space: Space) -> None:
    """UP-7 concerns acme and birch (gold) and elm (eager); not fir, whose services are others, nor oak, out of term."""
    await space.start("status-monitor")
    sha256 = await space.policy(SLA)
    for id, plan, services in (
        ("acme", "gold", ["sms"]),
        ("birch", "gold", ["sms", "voice"]),
        ("elm", "eager", ["sms"]),
        ("fir", "gold", ["voice"]),
    ):
        await space.account(id, plan=plan, services=services)
    term = Term(start=START - timedelta(days=9), end=START - timedelta(days=1))
    await space.account("oak", plan="gold", services=["sms"], term=term)
    event = opening(UP7, "UP-7", initiator="provider", reporter=None)
    event = event.model_copy(update={"account": None, "opened_at": START, "clock_start": START})
    await say(space, "intake", event, sequence=1)
    of_all = {"notification": target(15), "first_response": target(60)}
    said_ = assigned(plan=None, coverage="provider", **of_all)
    ref = said_.policy.model_copy(update={"sha256": sha256})
    new = {"ticket_id": UP7, "number": "UP-7", "decided_at": START, "policy": ref}
    await say(space, "triage", said_.model_copy(update=new), sequence=1)
    await said(space, 1, "UP-7")
    await say(space, "notifier", told("acme", 5), told("birch", 20), told("acme", 30))
    await known(space, "SELECT count(*) = 2 FROM concerned WHERE notified IS NOT NULL")


async def known(space: Space, query: str) -> None:
    await until("status-monitor has recorded it", lambda: space.value("status-monitor", query))


def rows(report: JSON) -> list[tuple[str | None, str, int, int, int]]:
    return [(row["account"], row["clock"], row["met"], row["breached"], row["open"]) for row in report["rows"]]


async def test_a_ticket_of_the_provider_s_counts_for_each_account_that_it_concerns_by_its_own_plan(
    space: Space,
) -> None:
    await world(space)
    agent = await space.key("agent")
    acme = await space.key("customer", account="acme")
    fir = await space.key("customer", account="fir")
    asked = {"by": "account,clock"}
    async with space.http("status-monitor", agent) as http:
        by_account = (await http.get("/v1/reports/attainment", params=asked)).json()
        of_elm = (await http.get("/v1/reports/attainment", params={**asked, "account": "elm"})).json()
        once = (await http.get("/v1/reports/attainment", params={"by": "clock"})).json()
        sheet = (await http.get("/v1/reports/attainment", params={**asked, "format": "csv"})).text
    async with space.http("status-monitor", acme) as http:
        own = (await http.get("/v1/reports/attainment", params={"by": "clock"})).json()
    async with space.http("status-monitor", fir) as http:
        nothing = (await http.get("/v1/reports/attainment", params=asked)).json()

    assert rows(by_account) == [
        ("acme", "first_response", 0, 1, 0),
        ("acme", "notification", 1, 0, 0),
        ("birch", "first_response", 0, 1, 0),
        ("birch", "notification", 0, 1, 0),
        ("elm", "first_response", 0, 0, 1),
    ]
    assert (by_account["provider_tickets"], by_account["tickets"]) == ("by account", 1)
    assert rows(of_elm) == [("elm", "first_response", 0, 0, 1)]
    assert [(row["clock"], row["met"], row["breached"]) for row in once["rows"]] == [
        ("first_response", 0, 1),
        ("notification", 1, 0),
    ]
    assert once["provider_tickets"] == "once"
    assert [(row["clock"], row["met"], row["breached"]) for row in own["rows"]] == [
        ("first_response", 0, 1),
        ("notification", 1, 0),
    ]
    assert (own["provider_tickets"], nothing["rows"], nothing["tickets"]) == ("by account", [], 0)
    assert [(row["account"], row["clock"], row["breached"]) for row in csv.DictReader(io.StringIO(sheet))] == [
        (account, clock, str(breached)) for account, clock, _, breached, _ in rows(by_account)
    ]


async def test_the_command_says_where_a_ticket_counts_more_than_once(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    upheld = Command.of(space.settings, {"status-monitor": space.url("status-monitor")})

    by_account = await upheld("report", "attainment", "--by", "account", key=agent)
    once = await upheld("report", "attainment", "--by", "clock", key=agent)
    acme = await upheld("report", "attainment", "--account", "acme", "--json", key=agent)

    words = "A ticket of the provider's counts for each account that it concerns"
    assert words in " ".join(by_account.err.split())
    assert words not in " ".join(once.err.split())
    assert (acme.json["provider_tickets"], acme.json["total"]["met"], acme.json["total"]["breached"]) == (
        "by account",
        1,
        1,
    )


async def test_whom_a_ticket_concerned_stays_as_it_was_when_it_was_assessed(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    await space.account("acme", plan="eager", services=["voice"])
    await space.account("fir", plan="gold", services=["sms"])
    await until(
        "the accounts are known anew",
        lambda: space.value("status-monitor", "SELECT data->>'plan' = 'eager' FROM accounts WHERE id = 'acme'"),
    )

    async with space.http("status-monitor", agent) as http:
        found = (await http.get("/v1/reports/attainment", params={"by": "account,clock"})).json()

    assert {row[0] for row in rows(found)} == {"acme", "birch", "elm"}
    assert rows(found)[0] == ("acme", "first_response", 0, 1, 0)


async def test_what_the_reporter_of_the_provider_s_ticket_was_sent_is_no_notification_to_an_account(
    space: Space,
) -> None:
    await world(space)
    agent = await space.key("agent")
    await say(space, "notifier", told(None, 1))
    await known(
        space,
        f"""SELECT data->'facts'->>'notified' LIKE '{START + timedelta(minutes=1):%Y-%m-%dT%H:%M:%S}%'
        FROM tickets WHERE number = 'UP-7'""",
    )

    async with space.http("status-monitor", agent) as http:
        found = (await http.get("/v1/reports/attainment", params={"by": "account,clock"})).json()

    assert [row for row in rows(found) if row[1] == "notification"] == [
        ("acme", "notification", 1, 0, 0),
        ("birch", "notification", 0, 1, 0),
    ]


async def test_an_assessment_adds_nothing_to_what_is_kept_of_an_account_but_what_changed(space: Space) -> None:
    await world(space)
    at = datetime.now(UTC)
    new = {"ticket_id": UP7, "number": "UP-7"}

    async def assess(number: int) -> dict[str, int]:
        """Assessed again; how much is kept of each account."""
        again = assigned(plan=None, coverage="provider", assessment=number, notification=target(15))
        decided = {**new, "decided_at": at + timedelta(seconds=number)}
        await say(space, "triage", again.model_copy(update=decided), sequence=number)
        await known(space, f"SELECT data->'assigned'->>'assessment' = '{number}' FROM tickets WHERE number = 'UP-7'")
        async with space.sql("status-monitor") as conn:
            return dict(await conn.fetch("SELECT account, jsonb_array_length(plans) FROM concerned"))

    same = await assess(2)
    reply = TicketReplied(
        **new, reply_id="r", origin="source", services=("voice",), replied_at=at + timedelta(seconds=2.5)
    )
    await say(space, "intake", reply, sequence=2)
    await known(space, "SELECT services = ARRAY['voice'] FROM tickets WHERE number = 'UP-7'")
    of_voice = await assess(3)

    assert same == {"acme": 1, "birch": 1, "elm": 1}
    assert of_voice == {"acme": 2, "birch": 1, "elm": 2, "fir": 1}


async def test_services_that_join_an_incident_bring_their_accounts_though_triage_has_no_news(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    at = datetime.now(UTC)
    reply = TicketReplied(
        ticket_id=UP7, number="UP-7", reply_id="r", origin="source", services=("voice",), replied_at=at
    )
    await say(space, "intake", reply, sequence=2)
    await known(space, "SELECT count(*) = 1 FROM concerned WHERE account = 'fir'")

    async with space.http("status-monitor", agent) as http:
        found = (await http.get("/v1/reports/attainment", params={"by": "account,clock"})).json()

    assert [row for row in rows(found) if row[0] in ("elm", "fir")] == [
        ("fir", "first_response", 0, 1, 0),
        ("fir", "notification", 0, 1, 0),
    ]


async def test_what_is_owed_an_account_ends_with_its_term_and_is_resumed_by_a_renewal(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")

    async def elm(end: datetime | None, start: datetime | None = None) -> list[tuple[str | None, str, int, int, int]]:
        term = Term(start=start or START - timedelta(days=9), end=end)
        await space.account("elm", plan="eager", services=["sms"], term=term)
        is_it = "IS NULL" if end is None else f"= '{end.isoformat()}'"
        await known(space, f"SELECT term_end {is_it} FROM concerned WHERE account = 'elm'")
        async with space.http("status-monitor", agent) as http:
            asked = {"by": "account,clock", "account": "elm"}
            return rows((await http.get("/v1/reports/attainment", params=asked)).json())

    ended = await elm(START + timedelta(hours=1))
    renewed = await elm(None)
    lapses = await space.value(
        "status-monitor", "SELECT jsonb_array_length(lapses) FROM concerned WHERE account = 'elm'"
    )

    assert (ended, renewed, lapses) == ([], [("elm", "first_response", 0, 0, 1)], 1)


@pytest.mark.parametrize("whole", [True, False])
async def test_what_was_assessed_and_told_before_this_was_recorded_counts_too(space: Space, whole: bool) -> None:
    await world(space)
    agent = await space.key("agent")
    migration = (files("services.status_monitor") / "migrations" / "0005_concerned.sql").read_text()
    await space.fetch("status-monitor", "DROP TABLE concerned")
    async with space.sql("status-monitor") as conn:
        await conn.execute(migration)
    if not whole:
        await say(space, "notifier", told("birch", 90))  # an Update, after the upgrade
        await known(space, "SELECT count(*) = 1 FROM concerned WHERE notified IS NOT NULL")

    async with space.http("status-monitor", agent) as http:
        found = (await http.get("/v1/reports/attainment", params={"by": "account,clock"})).json()

    assert rows(found) == [
        ("acme", "first_response", 0, 1, 0),
        ("acme", "notification", 1, 0, 0),
        ("birch", "first_response", 0, 1, 0),
        ("birch", "notification", 1, 0, 0),  # by the first notification of any
        ("elm", "first_response", 0, 0, 1),
    ]
