"""Agents rule on exclusions over HTTP: an assessment like any other, on what they have seen, within what holds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.triage.domain import Inputs, assess
from shared.events import Agreement, PriorityAssigned, Term
from shared.policy import parse_policy
from tests.support.space import POLICIES, Space
from tests.support.triage import open_ticket, replied, said
from tests.support.waiting import until

PLIVO = parse_policy((POLICIES / "plivo.yaml").read_text())
FIREWALL = "No calls go through. Our firewall blocks the packets."
RULING = {"clause": "B.5.a", "ruling": "accept", "reason": "Your firewall dropped what we sent"}


async def ready(space: Space, **facts: Any) -> str:
    """triage with a covered ticket UP-1 on which B.5.a is proposed, assessed once; returns an agent's key."""
    await space.start("triage")
    await space.policy()
    await space.account("acme", plan="business")
    await open_ticket(space, 1, **{"description": FIREWALL, **facts})
    await said(space, 1)
    return await space.key("agent", name="Ann")


async def rule(client: httpx2.AsyncClient, sequence: int | None, **body: Any) -> httpx2.Response:
    headers = {} if sequence is None else {"if-match": str(sequence)}
    return await client.post("/v1/tickets/UP-1/exclusions", json={**RULING, **body}, headers=headers)


async def test_an_accepted_exclusion_is_an_assessment_that_says_by_whom_and_why(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        answer = await rule(client, 1)
    first, second = await said(space, 2)

    (proposed,), (accepted,) = first.json["exclusions"], second.json["exclusions"]
    assert (proposed["state"], proposed["by"]) == ("proposed", None)
    assert (accepted["clause"], accepted["state"], accepted["by"]) == ("B.5.a", "accepted", "Ann")
    assert (accepted["evidence"], accepted["reason"]) == ("Our firewall blocks the packets", RULING["reason"])
    assert datetime.fromisoformat(accepted["ruled_at"]) <= datetime.fromisoformat(second.json["decided_at"])
    new = {name for name, value in second.json.items() if value != first.json[name]}
    assert new == {"assessment", "exclusions", "decided_at"}
    assert answer.status_code == 200
    assert answer.json() == {"number": "UP-1", "assessment": 2, "sequence": 2, "changed": True, "exclusion": accepted}
    assert (second.headers["ce_sequence"], second.headers["ce_correlationid"]) == ("2", "issue-1")


async def test_rulings_stand_when_facts_come_and_can_be_worked_out_again_from_what_was_recorded(space: Space) -> None:
    agent = await ready(space)
    begin = datetime.now(UTC).replace(microsecond=0)

    async with space.http("triage", agent) as client:
        await rule(client, 1, **{"from": begin.isoformat(), "to": (begin + timedelta(hours=1)).isoformat()})
        await rule(client, 2, clause="B.5.f", evidence="The carrier's notice 4711", reason="A carrier failed")
    await replied(space, 1, 2, impact="degraded", body="Our firewall blocks it again.")
    last = (await said(space, 4))[-1].json
    async with space.http("triage", agent) as client:
        await rule(client, 4, ruling="reject", reason="The log shows that it let them pass")
    after = (await said(space, 5))[-1].json

    assert [(item["clause"], item["state"], item["to"] is not None) for item in last["exclusions"]] == [
        ("B.5.a", "accepted", True),
        ("B.5.f", "accepted", False),
    ]
    assert [(item["clause"], item["state"]) for item in after["exclusions"]] == [
        ("B.5.a", "rejected"),
        ("B.5.f", "accepted"),
    ]
    for row in await space.fetch("triage", "SELECT inputs, result FROM assessments ORDER BY assessment"):
        again = assess(Inputs.model_validate_json(row["inputs"]), PLIVO)
        recorded = PriorityAssigned.model_validate_json(row["result"])
        assert again.model_dump() == recorded.model_dump(include=set(type(again).model_fields))


async def test_accepting_what_is_accepted_changes_nothing_and_says_so(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        first = await rule(client, 1)
        again = await rule(client, 2, reason="Once more")

    assert (again.status_code, again.json()["changed"], again.json()["sequence"]) == (200, False, 2)
    assert again.json()["exclusion"] == first.json()["exclusion"]
    assert len(await said(space, 2)) == 2


async def test_a_retry_repeats_the_answer_and_of_many_at_once_one_holds(space: Space) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        headers = {"if-match": "1", "idempotency-key": "once"}
        path = "/v1/tickets/UP-1/exclusions"
        first, retry = [await client.post(path, json=RULING, headers=headers) for _ in range(2)]
        other = await client.post(path, json={**RULING, "ruling": "reject"}, headers=headers)
        answers = await asyncio.gather(*(rule(client, 2, to=f"2030-01-{day:02}T00:00:00Z") for day in range(1, 21)))

    assert first.status_code == retry.status_code == 200
    assert first.json() == retry.json()
    assert (other.status_code, "Idempotency-Key" in other.json()["detail"]) == (422, True)
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 19
    assert len(await said(space, 3)) == 3


async def test_a_ruling_must_name_the_assessment_that_it_saw_and_a_ticket_that_is_there(space: Space) -> None:
    agent = await ready(space)
    customer = await space.key("customer", account="acme")
    upstream = await space.key("upstream", source="crm")

    async with space.http("triage", agent) as client:
        blind, stale = await rule(client, None), await rule(client, 7)
        missing = await client.post("/v1/tickets/UP-99/exclusions", json=RULING, headers={"if-match": "1"})
    forbidden = []
    for key in (customer, upstream, None):
        async with space.http("triage", key) as client:
            forbidden.append((await rule(client, 1)).status_code)

    assert (blind.status_code, stale.status_code, missing.status_code) == (428, 412, 404)
    assert stale.json()["sequence"] == 1
    assert forbidden == [403, 403, 401]
    assert len(await said(space, 1)) == 1


async def test_a_ticket_that_waits_for_a_policy_has_no_exclusions_yet(space: Space) -> None:
    await space.start("triage")
    agent = await space.key("agent")
    await open_ticket(space, 1)

    async with space.http("triage", agent) as client:
        answer = await rule(client, 0)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "Ticket UP-1 is not assessed yet: no policy is in effect."


@pytest.mark.parametrize(
    ("change", "status", "field", "sentence"),
    [
        ({"clause": "B.5.z"}, 422, "clause", "must be one of B.5.a, B.5.b"),
        ({"clause": "B.3.P1"}, 422, "clause", "must be one of B.5.a, B.5.b"),
        ({"clause": "B.5.f"}, 422, "evidence", "is needed where the clause is not proposed"),
        ({"ruling": "maybe"}, 422, "ruling", "'accept' or 'reject'"),
        ({"reason": " "}, 422, "reason", "at least 1 character"),
        ({"reason": "a\u0000b"}, 422, "reason", "U+0000"),
        ({"from": "2026-03-02T09:00:00"}, 422, "from", "timezone"),
        ({"from": "2026-03-02T09:00:00Z", "to": "2026-03-02T09:00:00Z"}, 422, "to", "must be after 2026-03-02T09:00"),
        ({"ruling": "reject", "to": "2026-03-02T09:00:00Z"}, 422, "to", "must be that of an accepted interval: none"),
        ({"state": "accepted"}, 422, "state", "not permitted"),
    ],
)
async def test_a_ruling_that_is_not_as_it_must_be_is_refused_by_field(
    space: Space, change: dict[str, Any], status: int, field: str, sentence: str
) -> None:
    agent = await ready(space)

    async with space.http("triage", agent) as client:
        answer = await rule(client, 1, **change)

    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert sentence in error["message"]


async def test_a_clause_that_an_amendment_added_is_refused_for_whoever_did_not_agree_to_it(space: Space) -> None:
    await space.start("triage")
    old = PLIVO.text.replace("  - {key: g, clause: B.5.g, name: third party}\n", "")
    assert old != PLIVO.text
    await space.policy(old)
    soon = datetime.now(UTC) + timedelta(seconds=1)
    new = await space.policy(PLIVO.text.replace("effective: 2024-12-20T00:00:00Z", f"effective: {soon.isoformat()}"))
    agreed = Agreement(at=soon, cause="accepted", version=new, by="Bea")
    await space.account("acme", plan="business")
    await space.account("birch", plan="business", agreed=(agreed,))
    await space.account("cedar", plan="business", term=Term(start=soon))
    await until("it is in effect", lambda: space.value("triage", "SELECT clock_timestamp() > $1", soon))
    for number, account in enumerate(("acme", "birch", "cedar"), 1):
        await open_ticket(space, number, account=account)
    await said(space, 3)

    async with space.http("triage", await space.key("agent")) as client:
        answers = [
            await client.post(
                f"/v1/tickets/UP-{number}/exclusions",
                json={**RULING, "clause": "B.5.g", "evidence": "Their status page"},
                headers={"if-match": "1"},
            )
            for number in (1, 2, 3)
        ]

    assert [answer.status_code for answer in answers] == [409, 200, 200]
    assert answers[0].json()["clause"] == "B.5.g"
    assert (
        answers[0]
        .json()["detail"]
        .startswith(
            "Exclusion B.5.g does not hold for this account. Those that do: B.5.a, B.5.b, B.5.c, B.5.d, B.5.e, B.5.f, "
            "B.5.I, B.5.II. A material degradation"
        )
    )
