"""Agents decide priorities over HTTP: with a reason, on what they have seen, and not above what is final."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest

from tests.support.space import Space
from tests.support.triage import open_ticket, replied, said

DECISION = {"priority": "P2", "reason": "Half of the calls still work"}


async def ready(space: Space, **facts: Any) -> str:
    """triage with a covered ticket UP-1, assessed once; returns an agent's key."""
    await space.start("triage")
    await space.policy()
    await space.account("acme", plan="business")
    await open_ticket(space, 1, **facts)
    await said(space, 1)
    return await space.key("agent", name="Ann")


async def decide(client: httpx2.AsyncClient, sequence: int | None, **body: Any) -> httpx2.Response:
    headers = {} if sequence is None else {"if-match": f'"{sequence}"'}
    return await client.post("/v1/tickets/UP-1/priority", json={**DECISION, **body}, headers=headers)


async def test_an_agent_decides_and_it_is_an_assessment_like_any_other(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        answer = await decide(client, 1)
    _, message = await said(space, 2)

    assert answer.status_code == 200
    assert answer.json() == {"number": "UP-1", "assessment": 2, "priority": "P2", "sequence": 2}
    event = message.json
    assert (event["priority"], event["decided_by"], event["reason"]) == ("P2", "Ann", DECISION["reason"])
    assert event["reasons"][0] == {
        "rule": "agent",
        "clause": "B.3.P2",
        "fact": "Ann decided for P2",
        "text": DECISION["reason"],
        "words": [],
    }
    assert event["reasons"][1]["text"].startswith("The rules say P1: ")
    assert message.headers["ce_correlationid"] == "issue-1"


async def test_a_decision_stands_when_new_facts_come(space: Space) -> None:
    agent = await ready(space)
    async with space.http("triage", agent) as client:
        await decide(client, 1)

    await replied(space, 1, 2, impact="none")
    third = (await said(space, 3))[-1]

    assert (third.json["priority"], third.json["decided_by"]) == ("P2", "Ann")
    assert third.json["reasons"][1]["text"].startswith("The rules say P3: ")


async def test_a_decision_must_name_the_assessment_that_it_saw(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        blind = await decide(client, None)
        await decide(client, 1)
        stale = await decide(client, 1, priority="P3")
        nonsense = await client.post("/v1/tickets/UP-1/priority", json=DECISION, headers={"if-match": "*"})

    assert blind.status_code == 428
    assert "If-Match" in blind.json()["detail"]
    assert stale.status_code == 412
    assert {key: stale.json()[key] for key in ("sequence", "priority", "decided_by")} == {
        "sequence": 2,
        "priority": "P2",
        "decided_by": "Ann",
    }
    assert nonsense.status_code == 400


async def test_of_many_at_once_on_one_assessment_one_holds(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        answers = await asyncio.gather(*(decide(client, 1, reason=f"opinion {number}") for number in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 19
    assert len(await said(space, 2)) == 2


async def test_a_retry_with_its_idempotency_key_repeats_the_answer(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        headers = {"if-match": "1", "idempotency-key": "once"}
        first, again = [
            await client.post("/v1/tickets/UP-1/priority", json=DECISION, headers=headers) for _ in range(2)
        ]

    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert len(await said(space, 2)) == 2


async def test_what_is_not_in_production_is_not_lifted_and_the_answer_names_the_clause(space: Space) -> None:
    agent = await ready(space, environment="staging")

    async with space.http("triage", agent) as client:
        refused = await decide(client, 1, priority="P1")
        kept = await decide(client, 1, priority="P3")

    assert refused.status_code == 409
    assert (refused.json()["rule"], refused.json()["clause"]) == ("not-production", "B.3.P3")
    assert refused.json()["detail"].startswith(
        "Ticket UP-1 stays P3 by clause B.3.P3 (environment: staging) unless a reply states otherwise: "
    )
    assert kept.status_code == 200


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"priority": "P9"}, "priority", "must be one of P1, P2, P3"),
        ({"priority": 1}, "priority", "valid string"),
        ({"reason": ""}, "reason", "at least 1 character"),
        ({"reason": "  "}, "reason", "at least 1 character"),
        ({"reason": "a\u0000b"}, "reason", "U+0000"),
        ({"because": "x"}, "because", "not permitted"),
    ],
)
async def test_a_decision_that_is_not_as_it_must_be_is_refused_by_field(
    space: Space, change: dict[str, Any], field: str, sentence: str
) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        answer = await decide(client, 1, **change)
        silent = await client.post("/v1/tickets/UP-1/priority", json={"priority": "P2"}, headers={"if-match": "1"})

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert sentence in error["message"]
    assert silent.json()["errors"] == [{"field": "reason", "message": "Field required"}]


async def test_only_agents_decide_and_only_on_tickets_that_are_there(space: Space) -> None:
    agent = await ready(space)
    customer = await space.key("customer", account="acme")

    async with space.http("triage", customer) as client:
        forbidden = await decide(client, 1)
    async with space.http("triage") as client:
        nobody = await decide(client, 1)
    async with space.http("triage", agent) as client:
        missing, strange = [
            await client.post(f"/v1/tickets/{number}/priority", json=DECISION, headers={"if-match": "1"})
            for number in ("UP-99", "UP%00")
        ]

    assert (forbidden.status_code, nobody.status_code) == (403, 401)
    assert (missing.status_code, strange.status_code) == (404, 400)
    assert missing.headers["retry-after"] == "2"


async def test_a_ticket_that_waits_for_a_policy_cannot_be_decided_yet(space: Space) -> None:
    await space.start("triage")
    agent = await space.key("agent")
    await open_ticket(space, 1)

    async with space.http("triage", agent) as client:
        answer = await decide(client, 1)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "Ticket UP-1 is not assessed yet: no policy is in effect."
