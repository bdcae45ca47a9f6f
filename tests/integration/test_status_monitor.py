"""status-monitor on real Kafka and Postgres: Initial, acts, clocks, and the cost of a batch."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from services.status_monitor.domain.facts import CLOCKS
from services.status_monitor.handlers.log import on_tickets
from shared.db import Database
from shared.envelope import Envelope, Received, Record
from shared.events import Event, Missing, NotificationSent, PriorityAssigned, Target, TicketOpened
from shared.ids import named
from tests.support.feeds import said, say
from tests.support.space import Space
from tests.support.status import POLICY, THE_POLICY, TICKET, accepted, assigned, opened, replied
from tests.support.waiting import until

SECOND = timedelta(seconds=1)


def now() -> datetime:
    return datetime.now(UTC)


def ticket(**facts: Any) -> TicketOpened:
    return opened(**facts).model_copy(update={"opened_at": now(), "clock_start": now(), "account": "acme"})


def promises(seconds: dict[str, float]) -> dict[str, Target | None]:
    return {
        clock: Target(duration=seconds[clock] * SECOND, calendar="always") if clock in seconds else None
        for clock in CLOCKS
    }


def priority(
    name: str = "P1", missing: tuple[Missing, ...] = (), assessment: int = 1, **seconds: float
) -> PriorityAssigned:
    return assigned(name, missing=missing, assessment=assessment).model_copy(
        update={"targets": promises(seconds), "decided_at": now()}
    )


def sent() -> NotificationSent:
    return accepted(0).model_copy(update={"delivered_at": now()})


async def begin(space: Space, **seconds: float) -> None:
    """status-monitor with the policy, and a ticket with Initial out."""
    await space.start("status-monitor")
    await space.policy(POLICY)
    await say(space, "intake", ticket(), sequence=1)
    await say(space, "triage", priority().model_copy(update={"targets": promises(seconds)}), sequence=1)
    await said(space, 1)


async def test_initial_is_the_first_word_on_the_topic_with_the_attributes_of_cloudevents(space: Space) -> None:
    await begin(space, first_response=3600)

    (message,) = await said(space, 1)

    assert message.key == str(TICKET)
    assert message.headers["ce_source"] == "status-monitor"
    assert message.headers["ce_type"] == "upheld.statuschanged.v1"
    assert message.headers["ce_subject"] == "UP-1"
    assert message.headers["ce_sequence"] == "1"
    event = message.json
    assert (event["status"], event["state_to"], event["cause"]) == ("Initial", "open", "opened")
    assert event["ticket"]["policy"]["sha256"] == THE_POLICY.sha256
    assert [clock["state"] for clock in event["clocks"]] == ["none", "running", "none", "none", "none"]


async def test_initial_comes_by_itself_when_triage_is_silent(space: Space) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    handled = now()
    await say(space, "intake", ticket(), sequence=1)

    (message,) = await said(space, 1)

    changed = datetime.fromisoformat(message.json["changed_at"])
    assert changed - handled >= 5 * SECOND
    assert message.json["status"] == "Initial"
    assert "priority" not in message.json["ticket"]


async def test_an_agents_acts_follow_the_graph_and_the_sequence(space: Space) -> None:
    await begin(space)
    agent, customer = await space.key("agent"), await space.key("customer", account="acme")
    path = "/v1/tickets/UP-1/updates"

    async with space.http("status-monitor", agent) as http:
        unconditional = await http.post(path, json={"message": "words"})
        stale = await http.post(path, json={"message": "words"}, headers={"if-match": "7"})
        illegal = await http.post(path, json={"state": "closed"}, headers={"if-match": "1"})
        wrong = await http.post(path, json={"message": 1}, headers={"if-match": "1"})
        nowhere = await http.post("/v1/tickets/UP-9/updates", json={"message": "words"}, headers={"if-match": "1"})
        done = await http.post(
            path,
            json={"state": "in progress", "message": "We look into it."},
            headers={"if-match": '"1"', "idempotency-key": "a"},
        )
        again = await http.post(
            path,
            json={"state": "in progress", "message": "We look into it."},
            headers={"if-match": '"1"', "idempotency-key": "a"},
        )
    async with space.http("status-monitor", customer) as http:
        forbidden = await http.post(path, json={"message": "words"}, headers={"if-match": "2"})

    assert [r.status_code for r in (unconditional, stale, illegal, wrong, nowhere, forbidden)] == [
        428,
        412,
        409,
        422,
        404,
        403,
    ]
    assert stale.json()["sequence"] == 1
    assert illegal.json()["legal"] == ["in progress", "awaiting customer", "monitoring", "resolved"]
    assert nowhere.headers["retry-after"] == "2"
    assert done.status_code == 200
    assert done.json() == {"number": "UP-1", "state": "in progress", "status": "Update", "sequence": 2}
    assert again.json() == done.json()
    assert [m.json["status"] for m in await said(space, 2)] == ["Initial", "Update"]


async def test_of_two_agents_at_once_one_is_told_that_the_ticket_moved_on(space: Space) -> None:
    await begin(space)
    agent = await space.key("agent")

    async with space.http("status-monitor", agent) as http:
        answers = await asyncio.gather(
            *(
                http.post("/v1/tickets/UP-1/updates", json={"message": f"word {n}"}, headers={"if-match": "1"})
                for n in range(8)
            )
        )

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_asked_paused_answered_resumed(space: Space) -> None:
    wanted = (Missing(fact="environment", could_be="P1", asked=True),)
    await space.start("status-monitor")
    await space.policy(POLICY)
    await say(space, "intake", ticket(), sequence=1)
    await say(space, "triage", priority("P3", missing=wanted, first_resolution=3600), sequence=1)
    _, asked = await said(space, 2)
    await say(space, "intake", replied(0).model_copy(update={"replied_at": now()}), sequence=2)
    await say(space, "triage", priority("P1", assessment=2, first_resolution=1800), sequence=2)

    *_, answered, raised = await said(space, 4)

    assert (asked.json["status"], asked.json["state_to"]) == ("Action Required", "awaiting customer")
    assert asked.json["clocks"][3]["state"] == "paused"
    assert (answered.json["state_from"], answered.json["state_to"], answered.json.get("status")) == (
        "awaiting customer",
        "in progress",
        None,
    )
    assert answered.json["clocks"][3]["state"] == "running"
    assert (raised.json["status"], raised.json["ticket"]["priority"]) == ("Informational", "P1")
    entries = await space.fetch(
        "status-monitor", "SELECT kind FROM ledger WHERE clock = 'first_resolution' ORDER BY place"
    )
    assert [entry["kind"] for entry in entries] == ["activated", "paused", "resumed", "targeted"]


async def test_what_is_late_is_breached_once_and_what_was_met_is_not(space: Space) -> None:
    await begin(space, notification=2, first_response=1)
    await say(space, "notifier", sent())

    (*_, breached) = await said(space, 3)
    await until(
        "nothing is due any more",
        lambda: space.value("status-monitor", "SELECT next_due IS NULL AND notify_due IS NULL FROM tickets"),
    )

    entries = await space.fetch("status-monitor", "SELECT clock, kind, at, known_at FROM ledger ORDER BY place")
    verdicts = [(row["clock"], row["kind"]) for row in entries if row["kind"] != "activated"]
    assert sorted(verdicts) == [("first_response", "at-risk"), ("first_response", "breached"), ("notification", "met")]
    assert (breached.json["cause"], breached.json["audience"]) == ("breached", "internal")
    due = next(clock["due"] for clock in breached.json["clocks"] if clock["clock"] == "first_response")
    assert datetime.fromisoformat(breached.json["changed_at"]) > datetime.fromisoformat(due)


async def test_a_reply_to_a_closed_ticket_is_an_issue_of_its_own(space: Space) -> None:
    await begin(space)
    done = replied(0, close=True).model_copy(update={"replied_at": now()})
    more = replied(0, reply_id="reply-2", body="It is back.").model_copy(update={"replied_at": now()})
    await say(space, "intake", done, more, sequence=2)

    async def issue() -> Any:
        return await space.read("issues")

    (message,) = await until("the issue", issue)

    assert (message.key, message.headers["ce_source"]) == ("acme", "status-monitor")
    assert (message.json["issue_id"], message.json["follows"], message.json["services"]) == ("reply-2", "UP-1", ["sms"])
    assert [m.json["state_to"] for m in await said(space, 3)] == ["open", "resolved", "closed"]


async def test_an_account_and_a_policy_that_come_late_are_taken_up(space: Space) -> None:
    await space.start("status-monitor")
    await say(space, "intake", ticket(), sequence=1)
    await say(space, "triage", priority(first_response=3600), sequence=1)
    (initial,) = await said(space, 1)
    assert initial.json["clocks"] == []
    assert await space.value("status-monitor", "SELECT waits_for FROM tickets") == THE_POLICY.sha256

    await space.policy(POLICY)

    assert await space.value("status-monitor", "SELECT waits_for IS NULL AND next_due IS NOT NULL FROM tickets")
    assert await space.value("status-monitor", "SELECT kind FROM ledger WHERE clock = 'first_response'") == "activated"


def received(event: Event, offset: int, source: str, sequence: int | None) -> Received[Any]:
    record = Record("tickets", 1, offset, event.key().encode(), b"", (), now())
    envelope = Envelope(f"e-{offset}", source, event.type_name(), "UP-1", now(), sequence)
    return Received(event, envelope, record)


def mixed(numbers: range) -> list[Received[Any]]:
    """Four events on each of these tickets."""
    offsets = itertools.count(numbers.start * 4)
    batch: list[Received[Any]] = []
    for number in numbers:
        mine = {"ticket_id": named("t", str(number)), "number": f"UP-{number}"}
        batch += [
            received(ticket().model_copy(update=mine), next(offsets), "intake", 1),
            received(priority(first_resolution=3600).model_copy(update=mine), next(offsets), "triage", 1),
            received(replied(0).model_copy(update=mine | {"replied_at": now()}), next(offsets), "intake", 2),
            received(sent().model_copy(update=mine), next(offsets), "notifier", None),
        ]
    return batch


async def test_a_thousand_mixed_events_are_a_handful_of_statements(space: Space) -> None:
    db = Database("status-monitor", space.settings)
    await db.open()
    statements: list[str] = []
    try:
        async with db.pool.acquire() as conn:
            async with db.transaction(conn) as tx:  # type: ignore[arg-type]
                await on_tickets(tx, mixed(range(1)))  # the driver learns the types of the columns once
            async with db.transaction(conn) as tx:  # type: ignore[arg-type]
                with conn.query_logger(lambda record: statements.append(record.query)):
                    await on_tickets(tx, mixed(range(1, 251)))
                    await tx.flush()
        shown = [" ".join(query.split())[:60] for query in statements]

        # Locks and what is met, the time and the policies (which a batch's claim brings otherwise), saved and said.
        assert len(shown) == 4, shown
        assert await db.pool.fetchval("SELECT count(*) FROM outbox") == 251
    finally:
        await db.close()
