"""triage on real Kafka and Postgres: assessments, what comes late, and that each can be worked out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.triage import store
from services.triage.domain import Inputs, assess
from services.triage.handlers import log as handlers
from shared.envelope import Envelope, Received, Record
from shared.events import PriorityAssigned, Term, TicketOpened, TicketReplied
from shared.policy import parse_policy
from tests.support.space import POLICIES, Space
from tests.support.triage import open_ticket, opened, replied, said, ticket_id
from tests.support.waiting import until

PLIVO = parse_policy((POLICIES / "plivo.yaml").read_text())


async def test_a_ticket_is_assessed_with_reasons_targets_and_its_place_in_the_sequence(space: Space) -> None:
    await space.start("triage")
    await space.policy()
    await space.account("acme", plan="business", services=["voice"])

    await open_ticket(space, 1, correlation="thread-1")
    (message,) = await said(space, 1)

    assert message.key == str(ticket_id(1))
    assert message.headers["ce_type"] == "upheld.priorityassigned.v1"
    assert message.headers["ce_source"] == "triage"
    assert message.headers["ce_subject"] == "UP-1"
    assert message.headers["ce_sequence"] == "1"
    assert message.headers["ce_correlationid"] == "thread-1"
    event = message.json
    assert (event["priority"], event["coverage"], event["plan"]) == ("P1", "covered", "business")
    assert event["policy"] == {"id": "plivo", "version": "2024-12-20", "sha256": PLIVO.sha256}
    assert event["targets"] == {
        "notification": None,
        "first_response": {"duration": "PT1H", "calendar": "always"},
        "update": None,
        "first_resolution": None,
        "total_resolution": None,
    }
    assert [(reason["rule"], reason["clause"]) for reason in event["reasons"]] == [("outage", "B.3.P1")]
    assert message.headers["ce_time"] == datetime.fromisoformat(event["decided_at"]).isoformat()


async def test_new_facts_assess_anew_and_a_reply_without_news_says_nothing(space: Space) -> None:
    await space.start("triage")
    await space.policy()
    await space.account("acme", plan="business")

    await open_ticket(space, 1, environment="unknown")
    await said(space, 1)
    await replied(space, 1, 2, body="Any news?")
    await replied(space, 1, 3, environment="production")
    first, second = await said(space, 2)

    assert first.json["missing"] == [{"fact": "environment", "could_be": "P1", "asked": True}]
    assert (first.json["priority"], second.json["priority"]) == ("P3", "P1")
    assert second.headers["ce_sequence"] == "2"
    assert second.json["missing"] == []


async def test_a_plain_correction_in_a_reply_lifts_what_no_agent_may_and_a_fact_without_effect_is_recorded(
    space: Space,
) -> None:
    await space.policy()
    await space.account("acme", plan="business")
    await space.start("triage")
    await open_ticket(space, 1, environment="staging")
    await replied(space, 1, 2, body="Sorry, I was wrong: this happens in production, not in staging.")
    await replied(space, 1, 3, category="incident")

    first, second, third = await said(space, 3)

    assert [m.json["priority"] for m in (first, second, third)] == ["P3", "P1", "P1"]
    places, matters = (
        next(fact for fact in event.json["facts"] if fact["fact"] == name)
        for event, name in ((second, "environment"), (third, "category"))
    )
    assert (places["value"], places["origin"], places["words"]) == ("production", "read", "production")
    assert (matters["value"], matters["origin"]) == ("incident", "stated")


async def test_an_opening_and_its_replies_in_one_batch_are_assessed_one_by_one(space: Space) -> None:
    await space.policy()
    await space.account("acme", plan="business")
    await open_ticket(space, 1, environment="unknown")
    await replied(space, 1, 2, environment="production")
    await replied(space, 1, 3, impact="degraded")

    await space.start("triage")
    messages = await said(space, 3)

    assert [(m.json["priority"], m.headers["ce_sequence"]) for m in messages] == [("P3", "1"), ("P1", "2"), ("P2", "3")]


async def test_every_assessment_can_be_worked_out_again_from_what_was_recorded(space: Space) -> None:
    await space.start("triage")
    await space.policy()
    await space.account("acme", plan="business", services=["voice"])
    await open_ticket(space, 1, environment="unknown")
    await open_ticket(space, 2, account="nobody-knows")
    await open_ticket(space, 3, account=None, initiator="provider", reporter=None)
    await replied(space, 1, 2, environment="production")
    unstated: dict[str, Any] = {"environment": "unknown", "impact": "unknown", "workaround": "unknown"}
    text = "In production some calls to Vodafone fail, Vodafone confirmed a fault."
    await open_ticket(space, 4, description=text, **unstated)
    await replied(space, 4, 2, body="Now nothing works any more.")
    messages = {(m.headers["ce_subject"], m.headers["ce_sequence"]): m.json for m in await said(space, 6)}

    first, second = messages["UP-4", "1"], messages["UP-4", "2"]
    assert (first["priority"], second["priority"]) == ("P2", "P1")
    assert first["reasons"][0]["words"] == ["production", "some calls to Vodafone fail"]
    assert second["facts"][1] == {"fact": "impact", "value": "outage", "origin": "read", "words": "nothing works"}
    assert [(item["clause"], item["state"]) for item in first["exclusions"]] == [("B.5.f", "proposed")]
    rows = await space.fetch("triage", "SELECT policy, inputs, result FROM assessments ORDER BY ticket_id, assessment")

    assert len(rows) == 6
    for row in rows:
        again = assess(Inputs.model_validate_json(row["inputs"]), PLIVO)
        recorded = PriorityAssigned.model_validate_json(row["result"])
        assert row["policy"] == PLIVO.sha256
        assert again.model_dump() == recorded.model_dump(include=set(type(again).model_fields))


async def test_an_account_that_comes_late_covers_its_tickets(space: Space) -> None:
    await space.start("triage")
    await space.policy()
    await open_ticket(space, 1)
    await open_ticket(space, 2, account="other")
    await said(space, 2)

    await space.account("acme", plan="business")
    messages = await said(space, 3)

    late = [m for m in messages if m.headers["ce_sequence"] == "2"]
    assert [(m.key, m.json["coverage"], m.json["plan"]) for m in late] == [(str(ticket_id(1)), "covered", "business")]
    assert late[0].headers["ce_correlationid"] == "issue-1"


async def test_a_term_that_is_put_right_covers_the_ticket_and_a_new_plan_leaves_it_as_it_is(space: Space) -> None:
    await space.start("triage")
    await space.policy()
    now = datetime.now(UTC)
    await space.account("acme", plan="business", term=Term(start=now - timedelta(days=9), end=now - timedelta(days=1)))
    await open_ticket(space, 1)
    await said(space, 1)

    await space.account("acme", plan="business", term=Term(start=now - timedelta(days=9)))
    await said(space, 2)
    await space.account("acme", plan="basic")
    await replied(space, 1, 2, impact="degraded")
    messages = await said(space, 3)

    assert [(m.json["coverage"], m.json["plan"]) for m in messages] == [
        ("out-of-term", "business"),
        ("covered", "business"),
        ("covered", "business"),
    ]
    assert messages[0].json["reasons"][1]["clause"] == "B.5"


async def test_more_late_tickets_than_a_chunk_are_all_assessed(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "CHUNK", 4)
    await space.start("triage")
    await space.policy()
    for number in range(10):
        await open_ticket(space, number)
    await said(space, 10)

    await space.account("acme", plan="business")
    messages = await said(space, 20)

    assert sorted(m.headers["ce_sequence"] for m in messages) == ["1"] * 10 + ["2"] * 10


async def test_an_account_committed_while_its_ticket_is_being_assessed_is_not_missed(space: Space) -> None:
    (app,) = await space.start("triage")
    await space.policy()
    async with app.db.transaction() as tx:
        await handlers.on_tickets(tx, [received(opened(1))])
        await space.account("acme", plan="business")  # stored, and its tickets looked for, before this commits

    messages = await said(space, 2)

    assert [m.json["coverage"] for m in messages] == ["unknown-account", "covered"]


async def test_a_reply_to_a_ticket_that_was_never_opened_is_a_dead_letter_and_delays_nobody(space: Space) -> None:
    await space.start("triage")
    await space.policy()
    await replied(space, 7, 1, impact="outage")
    await open_ticket(space, 1)

    (message,) = await said(space, 1)
    letter = await until("the dead letter", lambda: space.value("triage", "SELECT reason FROM dead_letter"))

    assert message.key == str(ticket_id(1))
    assert "a reply to UP-7, which was never opened" in str(letter)


async def test_a_batch_of_a_thousand_is_a_handful_of_statements(space: Space) -> None:
    (app,) = await space.start("triage")
    await space.policy()
    await space.account("acme", plan="business")
    first, *batch = [received(opened(number)) for number in range(1001)]
    statements: list[str] = []

    async with app.db.transaction() as tx:
        await handlers.on_tickets(tx, [first])  # what a connection learns of types and a process of policies, once
        await tx.flush()
        with tx.conn.query_logger(lambda query: statements.append(query.query)):
            await handlers.on_tickets(tx, batch)
            await tx.flush()

    # The time, accounts and policies (which come with a batch's claim, or are known); what is saved and said.
    assert [statement.split()[0] for statement in statements] == ["SELECT", "SELECT", "SELECT", "WITH"]
    assert len(await said(space, 1001)) == 1001


def received(event: TicketOpened) -> Received[TicketOpened | TicketReplied]:
    envelope = Envelope(f"e{event.number}", "intake", event.type_name(), event.number, event.opened_at, 1)
    return Received(event, envelope, Record("tickets", 0, 0, event.key().encode(), b"", (), event.opened_at))
