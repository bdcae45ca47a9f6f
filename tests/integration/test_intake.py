"""intake on real Kafka and Postgres: one issue is one ticket, by whichever way it comes; who may read it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from shared.envelope import Envelope
from shared.events import IssueReported, Reporter, StatusChanged
from tests.support.space import Message, Space
from tests.support.waiting import until

ISSUE: dict[str, Any] = {
    "reporter": {"name": "Ann"},
    "description": "Calls fail with 503",
    "services": [],
    "environment": "production",
    "impact": "outage",
}


async def tickets(space: Space, wanted: int, kind: str = "ticketopened") -> list[Message]:
    """The events of a kind on `tickets`, once there are so many."""

    async def enough() -> list[Message] | None:
        found = [m for m in await space.read("tickets") if m.headers["ce_type"] == f"upheld.{kind}.v1"]
        return found if len(found) >= wanted else None

    return await until(f"{wanted} {kind}", enough)


async def test_an_issue_over_http_opens_a_ticket_and_its_retry_repeats_the_answer(space: Space) -> None:
    await space.start("intake")
    key = await space.key("customer", account="acme")

    async with space.http("intake", key) as client:
        first = await client.post("/v1/issues", json=ISSUE, headers={"idempotency-key": "one"})
        again = await client.post("/v1/issues", json=ISSUE, headers={"idempotency-key": "one"})
        other = await client.post("/v1/issues", json={**ISSUE, "impact": "none"}, headers={"idempotency-key": "one"})

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert other.status_code == 422
    assert "used before" in other.json()["detail"]
    assert len(await tickets(space, 1)) == 1


async def test_the_same_issue_by_kafka_and_by_http_at_once_is_one_ticket(space: Space) -> None:
    await space.start("intake", "intake")
    key = await space.key("customer", account="acme")
    facts: dict[str, Any] = {**ISSUE, "issue_id": "shared", "services": []}
    issue = IssueReported(
        issue_id="shared",
        reporter=Reporter(name="Ann", account="acme"),
        description=ISSUE["description"],
        environment="production",
        impact="outage",
    )

    async with space.http("intake", key) as client:
        answers = await asyncio.gather(
            *(client.post("/v1/issues", json=facts) for _ in range(10)),
            *(space.publish(issue, source="upstream") for _ in range(10)),
        )

    numbers = {answer.json()["ticket"]["number"] for answer in answers if answer is not None}
    assert len(numbers) == 1
    assert len(await tickets(space, 1)) == 1


async def test_the_same_issue_with_other_facts_is_a_reply_of_its_source_and_409_over_http(space: Space) -> None:
    await space.start("intake")
    key = await space.key("customer", account="acme")
    reporter = Reporter(name="Probe", account="acme")
    first = IssueReported(issue_id="x", reporter=reporter, description="down", impact="degraded")

    await space.publish(first, source="upstream")
    await tickets(space, 1)
    await space.publish(first.model_copy(update={"impact": "outage"}), source="upstream")
    (reply,) = await tickets(space, 1, "ticketreplied")
    async with space.http("intake", key) as client:
        conflict = await client.post("/v1/issues", json={**ISSUE, "issue_id": "x"})

    assert reply.json["origin"] == "source"
    assert reply.json["impact"] == "outage"
    assert "body" not in reply.json
    assert reply.headers["ce_sequence"] == "2"
    assert conflict.status_code == 409
    assert conflict.json()["number"] == "UP-1001"


async def test_no_route_is_served_without_a_key_of_a_role_that_it_names(space: Space) -> None:
    (app,) = await space.start("intake")
    open_to_all = {"/livez", "/readyz", "/metrics"}
    monitor = await space.key("monitor", source="m")

    routes = [
        (method, path.replace("{number}", "UP-1").replace("{letter}", "1"))
        for path, methods in app.web.api.openapi()["paths"].items()
        if path not in open_to_all
        for method in methods
    ]
    assert len(routes) == 9
    async with space.http("intake") as nobody, space.http("intake", monitor) as stranger:
        for method, path in routes:
            assert (await nobody.request(method.upper(), path)).status_code == 401, path
            assert (await stranger.request(method.upper(), path)).status_code == 403, path


async def test_a_ticket_of_another_account_does_not_exist_for_a_customer(space: Space) -> None:
    await space.start("intake")
    acme, globex = await space.key("customer", account="acme"), await space.key("customer", account="globex")
    agent = await space.key("agent")
    async with space.http("intake", acme) as client:
        number = (await client.post("/v1/issues", json=ISSUE)).json()["ticket"]["number"]
        assert (await client.get(f"/v1/tickets/{number}")).status_code == 200

    async with space.http("intake", globex) as client:
        answers = [
            await client.get(f"/v1/tickets/{number}"),
            await client.get(f"/v1/tickets/{number}/timeline"),
            await client.post(f"/v1/tickets/{number}/replies", json={"body": "mine?"}),
        ]
        listed = await client.get("/v1/tickets", params={"account": "acme"})
    async with space.http("intake", agent) as client:
        seen = await client.get("/v1/tickets", params={"account": "acme"})

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert answers[2].headers["retry-after"] == "2"
    assert listed.json() == {"tickets": [], "next": None}
    assert [ticket["number"] for ticket in seen.json()["tickets"]] == [number]


async def test_a_reply_states_facts_anew_and_the_ticket_shows_them(space: Space) -> None:
    await space.start("intake")
    key = await space.key("customer", account="acme")

    async with space.http("intake", key) as client:
        opened = await client.post("/v1/issues", json={**ISSUE, "environment": "unknown"})
        number = opened.json()["ticket"]["number"]
        replied = await client.post(
            f"/v1/tickets/{number}/replies", json={"body": "It is production.", "environment": "production"}
        )
        nothing = await client.post(f"/v1/tickets/{number}/replies", json={})

        async def shown() -> dict[str, Any] | None:
            ticket = (await client.get(f"/v1/tickets/{number}")).json()
            return ticket if ticket["replies"] else None

        ticket = await until("the reply in the view", shown)

    assert replied.json()["sequence"] == 2
    assert nothing.status_code == 422
    assert ticket["issue"]["environment"] == "production"
    assert ticket["replies"][0]["body"] == "It is production."


async def test_a_ticket_says_of_which_facts_the_reporter_said_that_they_are_unknown(space: Space) -> None:
    await space.start("intake")
    silent = {key: value for key, value in ISSUE.items() if key != "environment"}

    async with space.http("intake", await space.key("customer", account="acme")) as client:
        await client.post("/v1/issues", json={**ISSUE, "environment": "unknown"})
        await client.post("/v1/issues", json=silent)
    for said in ({**silent, "issue_id": "u", "environment": "unknown"}, {**silent, "issue_id": "s"}):
        await space.put_raw("issues", json.dumps(said).encode(), key=b"k")

    opened = await tickets(space, 4)
    assert sorted(message.json["unknown"] for message in opened) == [[], [], ["environment"], ["environment"]]


async def test_lists_are_paged_by_a_cursor_newest_first(space: Space) -> None:
    await space.start("intake")
    key = await space.key("customer", account="acme")
    async with space.http("intake", key) as client:
        for number in range(5):
            await client.post("/v1/issues", json={**ISSUE, "issue_id": f"i{number}"})

        async def five() -> bool:
            return len((await client.get("/v1/tickets")).json()["tickets"]) == 5

        await until("all in the view", five)
        pages, cursor = [], None
        while True:
            page = (
                await client.get("/v1/tickets", params={"limit": 2, **({"cursor": cursor} if cursor else {})})
            ).json()
            pages.append([ticket["number"] for ticket in page["tickets"]])
            cursor = page["next"]
            if cursor is None:
                break
        wrong = await client.get("/v1/tickets", params={"cursor": "x"})

    assert pages == [["UP-1005", "UP-1004"], ["UP-1003", "UP-1002"], ["UP-1001"]]
    assert wrong.status_code == 400


async def test_a_customer_sees_only_what_is_public_in_the_timeline(space: Space) -> None:
    await space.start("intake")
    customer, agent = await space.key("customer", account="acme"), await space.key("agent")
    async with space.http("intake", customer) as client:
        ticket = (await client.post("/v1/issues", json=ISSUE)).json()["ticket"]
    now = datetime.now(UTC)
    base = StatusChanged.model_validate_json(
        json.dumps(
            {
                "ticket_id": ticket["id"],
                "number": ticket["number"],
                "state_to": "open",
                "status": "Initial",
                "audience": "public",
                "cause": "opened",
                "actor": {"kind": "system", "name": "rules"},
                "ticket": {"number": ticket["number"], "initiator": "customer", "description": "x"},
                "changed_at": now.isoformat(),
            }
        )
    )
    note = base.model_copy(update={"audience": "internal", "status": None, "cause": "breached"})
    for sequence, event in enumerate((base, note), 1):
        envelope = Envelope(f"s{sequence}", "status-monitor", event.type_name(), ticket["number"], now, sequence)
        await space.put_raw("tickets", event.encode(), key=ticket["id"].encode(), headers=envelope.headers())

    async with space.http("intake", agent) as client:

        async def three() -> bool:
            return len((await client.get(f"/v1/tickets/{ticket['number']}/timeline")).json()["entries"]) == 3

        await until("all three", three)
    async with space.http("intake", customer) as client:
        entries = (await client.get(f"/v1/tickets/{ticket['number']}/timeline")).json()["entries"]

    assert [entry["summary"] for entry in entries] == ["opened: Calls fail with 503", "Initial: open"]


async def test_the_view_rebuilt_from_the_topics_equals_the_live_one(space: Space) -> None:
    await space.start("intake")
    key = await space.key("customer", account="acme")
    async with space.http("intake", key) as client:
        for number in range(20):
            ticket = (await client.post("/v1/issues", json={**ISSUE, "issue_id": f"i{number}"})).json()["ticket"]
            await client.post(f"/v1/tickets/{ticket['number']}/replies", json={"body": "more"})

        async def all_there() -> bool:
            return bool(await space.value("intake", "SELECT count(*) = 40 FROM timeline"))

        await until("40 lines", all_there)
    view = "SELECT * FROM ticket_view ORDER BY ticket_id"
    lines = "SELECT * FROM timeline ORDER BY ticket_id, source, id"
    live = (await space.fetch("intake", view), await space.fetch("intake", lines))

    await space.stop("intake")
    async with space.sql("intake") as conn:
        await conn.execute("TRUNCATE ticket_view, timeline, seen")
        await conn.execute("DELETE FROM inbox WHERE topic IN ('tickets', 'notifications')")
    await space.start("intake", group_suffix=".again")
    await until("40 lines again", all_there)

    assert (await space.fetch("intake", view), await space.fetch("intake", lines)) == live
