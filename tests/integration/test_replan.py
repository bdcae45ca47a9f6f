"""An agent has an open ticket follow its account's new plan: over HTTP, to the clocks, and only when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx2

from tests.support.command import Command
from tests.support.space import CALLS, POLICIES, Message, Space
from tests.support.waiting import until

SOON = (POLICIES / "demo.yaml").read_text().replace("PT6S", "PT1S")


async def of(space: Space, service: str, **wanted: Any) -> list[Message]:
    """What this service said of the ticket, with these values; once there is something."""

    async def found() -> list[Message]:
        said = [m for m in await space.read("tickets") if m.headers["ce_source"] == service]
        return [m for m in said if all(m.json.get(name) == value for name, value in wanted.items())]

    return await until(f"{service} says {wanted}", found)


async def report(space: Space) -> tuple[str, str]:
    """A ticket of an account on basic, which promises nothing; returns its number, and an agent's key."""
    await space.start("intake", "triage", "status-monitor")
    await space.policy(SOON)
    await space.account("acme", plan="basic", services=["voice"])
    customer, agent = await space.key("customer", account="acme"), await space.key("agent", name="Gil")
    async with space.http("intake", customer) as http:
        number = (await http.post("/v1/issues", json=CALLS)).json()["ticket"]["number"]
    await of(space, "status-monitor", cause="opened")
    return number, agent


async def replan(http: httpx2.AsyncClient, number: str, sequence: int | None = 1, **headers: str) -> httpx2.Response:
    given = {} if sequence is None else {"if-match": str(sequence)}
    body = {"reason": "They upgraded today"}
    return await http.post(f"/v1/tickets/{number}/plan", json=body, headers={**given, **headers})


async def test_a_new_plan_counts_for_an_open_ticket_from_its_start_once_an_agent_says_so(space: Space) -> None:
    number, agent = await report(space)
    await space.account("acme", plan="business", services=["voice"])
    await until(
        "triage knows the new plan",
        lambda: space.value("triage", "SELECT data->>'plan' = 'business' FROM accounts WHERE id = 'acme'"),
    )

    (opened,) = await of(space, "intake")
    due = datetime.fromisoformat(opened.json["clock_start"]) + timedelta(seconds=1)
    await until("the new plan's time is over", lambda: space.value("triage", "SELECT clock_timestamp() > $1", due))

    async with space.http("triage", agent) as http:
        done = await replan(http, number, **{"idempotency-key": "once"})
        retry = await replan(http, number, **{"idempotency-key": "once"})
        again = await replan(http, number, 2)
    (planned,) = await of(space, "status-monitor", cause="re-planned")
    (breached,) = await of(space, "status-monitor", cause="breached")
    first, second = await of(space, "triage")

    assert (done.status_code, done.json()["plan"], done.json()["changed"]) == (200, "business", True)
    assert retry.json() == done.json()
    assert (again.status_code, again.json()["changed"], again.json()["sequence"]) == (200, False, 2)
    assert (first.json["plan"], second.json["plan"]) == ("basic", "business")
    assert second.json["reasons"][-1]["fact"] == "Gil had it planned anew: plan business, demo 1"
    states = {clock["clock"]: clock["state"] for clock in planned.json["clocks"]}
    assert states["first_resolution"] == "running"
    assert breached.json["message"].endswith(", late on re-plan.")
    assert "at-risk" not in {m.json["cause"] for m in await of(space, "status-monitor")}


async def test_a_closed_ticket_is_not_planned_anew_and_the_answer_says_what_to_do(space: Space) -> None:
    number, agent = await report(space)
    customer = await space.key("customer", account="acme")
    await space.account("acme", plan="business", services=["voice"])
    async with space.http("intake", customer) as http:
        await http.post(f"/v1/tickets/{number}/replies", json={"close": True})
    (closed,) = await of(space, "status-monitor", state_to="closed")
    await until("triage knows", lambda: space.value("triage", "SELECT EXISTS (SELECT FROM closed)"))

    async with space.http("triage", agent) as http:
        refused = await replan(http, number, **{"idempotency-key": "once"})
        retry = await replan(http, number, **{"idempotency-key": "once"})
        stale = await replan(http, number, 9)
    command = Command.of(space.settings, {name: space.url(name) for name in ("intake", "triage")})
    told = await command.having(UPHELD_API_KEY=agent)("ticket", "replan", number, "--reason", "They upgraded")

    at = closed.json["changed_at"][:19]
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"].startswith(f"Ticket {number} is closed since {at}")
    assert refused.json()["errors"] == [
        {"field": "number", "message": "is of a closed ticket: name one that is open, or reply to it first"}
    ]
    assert (refused.json()["state"], retry.json(), stale.status_code) == ("closed", refused.json(), 412)
    assert told.code == 1
    assert f"Ticket {number} is closed since {at}" in told.err
    assert "reply to it first" in told.err
    assert len(await of(space, "triage")) == 1
    handled = "SELECT count(*) FROM inbox WHERE source = 'status-monitor'"
    assert await space.value("triage", handled) == 1
    assert not await space.fetch("triage", "SELECT FROM seen WHERE producer = 'status-monitor'")


async def test_who_may_plan_anew_and_on_what_is_as_for_every_act_of_an_agent(space: Space) -> None:
    number, agent = await report(space)
    customer = await space.key("customer", account="acme")

    async with space.http("triage", agent) as http:
        nothing_new = await replan(http, number)
        blind, stale = await replan(http, number, None), await replan(http, number, 9)
        missing = await replan(http, "UP-99")
        silent = await http.post(f"/v1/tickets/{number}/plan", json={}, headers={"if-match": "1"})
    forbidden = []
    for key in (customer, None):
        async with space.http("triage", key) as http:
            forbidden.append((await replan(http, number)).status_code)
    await space.put_raw("accounts", None, key=b"acme")
    await until("the account is gone", lambda: space.value("triage", "SELECT NOT EXISTS (SELECT FROM accounts)"))
    async with space.http("triage", agent) as http:
        unknown = await replan(http, number)

    assert (nothing_new.status_code, nothing_new.json()["changed"]) == (200, False)
    assert [answer.status_code for answer in (blind, stale, missing, silent)] == [428, 412, 404, 422]
    assert silent.json()["errors"] == [{"field": "reason", "message": "Field required"}]
    assert forbidden == [403, 401]
    assert (unknown.status_code, unknown.json()["clause"]) == (409, "A")
    assert len(await of(space, "triage")) == 1
