"""Which version of the policy a ticket is assessed under: waiting for one, amended, deleted, wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.triage.domain import Inputs, assess
from shared.events import Agreement, PolicyPublished, PriorityAssigned, Term
from shared.policy import parse_policy
from tests.support.space import POLICIES, Space
from tests.support.triage import open_ticket, replied, said, ticket_id
from tests.support.waiting import until

PLIVO = parse_policy((POLICIES / "plivo.yaml").read_text())


async def test_tickets_wait_for_a_policy_and_are_assessed_when_one_is_in_effect(space: Space) -> None:
    await space.start("triage")
    await space.account("acme", plan="business")
    await open_ticket(space, 1)
    await until("the ticket waits", lambda: space.value("triage", "SELECT true FROM tickets WHERE policy IS NULL"))
    async with space.http("triage") as client:
        lacking = (await client.get("/readyz")).json()["missing"]
    soon = datetime.now(UTC) + timedelta(seconds=2)
    text = PLIVO.text.replace("effective: 2024-12-20T00:00:00Z", f"effective: {soon.isoformat()}")
    assert text != PLIVO.text

    sha = await space.policy(text)
    (message,) = await said(space, 1)

    assert lacking == ["a policy in effect: publish one by `upheld policy apply`"]
    assert message.json["policy"]["sha256"] == sha
    assert datetime.fromisoformat(message.json["decided_at"]) >= soon


async def test_a_ticket_stays_with_the_version_under_which_it_was_first_assessed(space: Space) -> None:
    await space.start("triage")
    first = await space.policy()
    await space.account("acme", plan="business")
    await open_ticket(space, 1)
    await said(space, 1)

    later = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    second = await space.policy(PLIVO.text.replace("effective: 2024-12-20T00:00:00Z", f"effective: {later}"))
    await replied(space, 1, 2, impact="degraded")
    await open_ticket(space, 2)
    messages = await said(space, 3)

    by_ticket = {
        number: [m.json["policy"]["sha256"] for m in messages if m.key == str(ticket_id(number))] for number in (1, 2)
    }
    assert by_ticket == {1: [first, first], 2: [second]}


async def test_an_amendment_that_takes_effect_by_time_holds_for_each_account_as_far_as_it_may(space: Space) -> None:
    await space.start("triage")
    first = await space.policy()
    soon = datetime.now(UTC) + timedelta(seconds=1)
    slower = PLIVO.text.replace("effective: 2024-12-20T00:00:00Z", f"effective: {soon.isoformat()}").replace(
        "PT1H", "PT2H"
    )
    second = await space.policy(slower)
    agreed = Agreement(at=soon, cause="accepted", version=second, by="Ann")
    await space.account("acme", plan="business", services=["voice"])
    await space.account("birch", plan="business", services=["voice"], agreed=(agreed,))
    await space.account("cedar", plan="business", term=Term(start=soon))
    await until("it is in effect", lambda: space.value("triage", "SELECT clock_timestamp() > $1", soon))

    for number, account in enumerate(("acme", "birch", "cedar")):
        await open_ticket(space, number, account=account)
    await open_ticket(space, 3, account=None, initiator="provider", reporter=None)
    await said(space, 4)
    await space.account("acme", plan="business", services=["voice"], agreed=(agreed,))
    await replied(space, 0, 2, impact="degraded")
    messages = {(m.headers["ce_subject"], m.headers["ce_sequence"]): m.json for m in await said(space, 5)}
    rows = await space.fetch("triage", "SELECT inputs, result FROM assessments ORDER BY ticket_id, assessment")

    kept = {"duration": "PT1H", "calendar": "always", "policy": first}
    whole = {"duration": "PT2H", "calendar": "always"}
    assert {key: event["targets"]["first_response"] for key, event in messages.items()} == {
        ("UP-0", "1"): kept,
        ("UP-0", "2"): kept,  # a ticket stays with the cells it was opened under
        ("UP-1", "1"): whole,
        ("UP-2", "1"): whole,
        ("UP-3", "1"): kept,
    }
    assert {event["policy"]["sha256"] for event in messages.values()} == {second}
    reasons = [reason for reason in messages["UP-0", "1"]["reasons"] if reason["rule"] == "kept"]
    assert [(reason["clause"], reason["fact"]) for reason in reasons] == [
        ("A", "first response: PT1H on always, as in plivo 2024-12-20")
    ]
    versions = {version.sha256: version for version in (PLIVO, parse_policy(slower))}
    for row in rows:
        again = assess(Inputs.model_validate_json(row["inputs"]), versions[second], versions.get)
        recorded = PriorityAssigned.model_validate_json(row["result"])
        assert again.model_dump() == recorded.model_dump(include=set(type(again).model_fields))


async def test_a_ticket_whose_version_was_deleted_goes_on_under_the_one_in_effect(space: Space) -> None:
    await space.start("triage")
    sha = await space.policy()
    await space.account("acme", plan="business")
    await open_ticket(space, 1)
    await said(space, 1)

    await space.put_raw("policies", None, key=sha.encode())
    await until("it is gone", lambda: space.value("triage", "SELECT NOT EXISTS (SELECT FROM policies)"))
    await replied(space, 1, 2, impact="degraded")
    await until("the ticket waits", lambda: space.value("triage", "SELECT true FROM tickets WHERE policy IS NULL"))
    other = await space.policy(PLIVO.text + "# another\n")
    messages = await said(space, 2)

    assert [(m.json["priority"], m.json["policy"]["sha256"]) for m in messages] == [("P1", sha), ("P2", other)]


async def test_a_providers_ticket_takes_the_shortest_targets_of_the_accounts_in_term_that_it_concerns(
    space: Space,
) -> None:
    await space.start("triage")
    await space.policy(name="demo")
    over = Term(start=datetime.now(UTC) - timedelta(days=9), end=datetime.now(UTC) - timedelta(days=1))
    await space.account("a", plan="personalized", services=["voice", "sms"])
    await space.account("b", plan="business", services=["sms"])
    await space.account("c", plan="business", services=["voice"], term=over)
    await space.account("d", plan="basic", services=["voice"])

    provider: dict[str, Any] = {"account": None, "reporter": None, "initiator": "provider"}
    await open_ticket(space, 1, services=("voice",), **provider)
    await open_ticket(space, 2, services=("voice", "sms"), **provider)
    await open_ticket(space, 3, services=("lookup",), **provider)
    await open_ticket(space, 4, services=(), **provider)
    messages = {m.headers["ce_subject"]: m.json for m in await said(space, 4)}

    durations = {
        number: event["targets"]["first_response"] and event["targets"]["first_response"]["duration"]
        for number, event in messages.items()
    }
    assert durations == {"UP-1": "PT1M", "UP-2": "PT6S", "UP-3": None, "UP-4": None}
    assert {event["coverage"] for event in messages.values()} == {"provider"}
    assert {event["plan"] for event in messages.values()} == {None}
    assert messages["UP-1"]["reasons"][1]["fact"] == "plans: basic, personalized"


async def test_a_policy_that_leaves_a_target_out_is_a_dead_letter_that_names_it(space: Space) -> None:
    await space.start("triage")
    text = PLIVO.text.replace("        update: none\n", "", 1)
    await space.publish(
        PolicyPublished(
            sha256="0" * 64,
            id="plivo",
            version="x",
            effective=datetime.now(UTC),
            published_at=datetime.now(UTC),
            text=text,
        )
    )

    reason = await until("the dead letter", lambda: space.value("triage", "SELECT reason FROM dead_letter"))

    assert "plans.priority.targets.P1.update: is missing: write a target" in str(reason)
    assert await space.value("triage", "SELECT count(*) FROM policies") == 0
