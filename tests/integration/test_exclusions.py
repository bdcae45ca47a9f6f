"""An exclusion from the report to the clocks: what is accepted pauses and counts net, and no breach is deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.status_monitor.domain.clocks import reading
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.domain.verdicts import tally
from services.status_monitor.store.tickets import lock_by_number
from shared.policy import parse_policy
from tests.support.space import POLICIES, Message, Space
from tests.support.waiting import until

SOON = parse_policy((POLICIES / "demo.yaml").read_text().replace("PT6S", "PT1S"))
CALLS = {
    "reporter": {"name": "Ann"},
    "services": ["voice"],
    "description": "No calls go through. Our firewall blocks the packets.",
    "environment": "production",
    "impact": "outage",
    "workaround": "none",
}


async def changed(space: Space, cause: str, count: int = 1) -> Message:
    """The StatusChanged of this cause, once there are so many; the last of them."""

    async def found() -> list[Message] | None:
        said = [m for m in await space.read("tickets") if m.headers["ce_source"] == "status-monitor"]
        of_cause = [m for m in said if m.json["cause"] == cause]
        return of_cause if len(of_cause) == count else None

    return (await until(f"{count} of {cause}", found))[-1]


def states(message: Message) -> dict[str, str]:
    return {clock["clock"]: clock["state"] for clock in message.json["clocks"]}


async def counted(space: Space, number: str, clock: str) -> dict[str, Any]:
    """Breaches of a clock and its state, gross and net, from what status-monitor has stored."""
    async with space.sql("status-monitor") as conn, conn.transaction():
        (row,) = (await lock_by_number(conn, [number])).values()
    facts, now = row.ticket.facts, datetime.now(UTC)
    assert facts is not None
    course = Course(facts, terms_over(facts.plans, {SOON.sha256: SOON}.get))
    return {
        name: (tally(course, clock, now, net=net).breaches, reading(course, clock, now, net=net).state)
        for name, net in (("gross", False), ("net", True))
    }


async def test_an_accepted_exclusion_pauses_and_counts_net_and_leaves_the_breach(space: Space) -> None:
    await space.start("intake", "triage", "status-monitor")
    await space.policy(SOON.text)
    await space.account("acme", plan="business", services=["voice"])
    customer, agent = await space.key("customer", account="acme"), await space.key("agent", name="Ann")
    began = datetime.now(UTC)
    async with space.http("intake", customer) as http:
        number = (await http.post("/v1/issues", json=CALLS)).json()["ticket"]["number"]
    breached = await changed(space, "breached")
    ruling = {"clause": "B.5.a", "ruling": "accept", "reason": "Your firewall dropped what we sent"}

    async with space.http("triage", agent) as http:
        path = f"/v1/tickets/{number}/exclusions"
        accepted = await http.post(path, json=ruling, headers={"if-match": "1"})
        told = await changed(space, "exclusion")
        whole = await counted(space, number, "first_response")
        until_now = {**ruling, "from": (began - timedelta(hours=1)).isoformat(), "to": datetime.now(UTC).isoformat()}
        amended = await http.post(path, json=until_now, headers={"if-match": "2"})
    shorter = await changed(space, "exclusion", 2)
    async with space.http("status-monitor", agent) as http:
        await http.post(
            f"/v1/tickets/{number}/updates",
            json={"state": "resolved", "message": "It was the firewall"},
            headers={"if-match": str(shorter.headers["ce_sequence"])},
        )
    resolved = await changed(space, "agent")
    async with space.http("intake", customer) as http:
        shown = (await http.get(f"/v1/tickets/{number}")).json()
    ledger = await space.fetch("status-monitor", "SELECT clock, kind FROM ledger ORDER BY place")

    assert (accepted.status_code, amended.status_code) == (200, 200)
    assert (states(breached)["first_response"], states(told)["first_response"]) == ("breached", "breached")
    assert (states(told)["first_resolution"], states(shorter)["first_resolution"]) == ("paused", "running")
    assert (told.json["status"], told.json["audience"], told.json["actor"]) == (
        "Informational",
        "public",
        {"kind": "agent", "name": "Ann"},
    )
    assert told.json["message"] == (
        "Excluded under B.5.a: Your firewall dropped what we sent\nEvidence: Our firewall blocks the packets"
    )
    assert whole == {"gross": (1, "breached"), "net": (0, "paused")}
    assert (states(resolved)["first_response"], states(resolved)["first_resolution"]) == ("late", "met")
    assert next(item["paused"] for item in resolved.json["clocks"] if item["clock"] == "first_resolution") != "PT0S"
    (exclusion,) = shown["exclusions"]
    assert (exclusion["clause"], exclusion["state"], exclusion["by"]) == ("B.5.a", "accepted", "Ann")
    assert [row["kind"] for row in ledger if row["clock"] == "first_response"] == [
        "activated",
        "at-risk",
        "breached",
        "met",
    ]
    resolution = [row["kind"] for row in ledger if row["clock"] == "first_resolution"]
    assert (resolution[:2], resolution[-1]) == (["activated", "paused"], "met")


async def test_a_clause_is_accepted_for_two_intervals_and_one_of_them_is_taken_back(space: Space) -> None:
    await space.start("intake", "triage", "status-monitor")
    await space.policy()
    await space.account("acme", plan="business", services=["voice"])
    customer, agent = await space.key("customer", account="acme"), await space.key("agent", name="Ann")
    async with space.http("intake", customer) as http:
        number = (await http.post("/v1/issues", json=CALLS)).json()["ticket"]["number"]
    await changed(space, "opened")
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1)
    hours = [(start + timedelta(hours=at)).isoformat() for at in range(4)]
    ruling = {"clause": "B.5.f", "ruling": "accept", "reason": "A carrier failed", "evidence": "Notice 4711"}

    async with space.http("triage", agent) as http:
        path = f"/v1/tickets/{number}/exclusions"
        first = await http.post(path, json={**ruling, "from": hours[0], "to": hours[1]}, headers={"if-match": "1"})
        one = await changed(space, "exclusion")
        second = await http.post(path, json={**ruling, "from": hours[2], "to": hours[3]}, headers={"if-match": "2"})
        two = await changed(space, "exclusion", 2)
        async with space.http("status-monitor", agent) as clocks:
            both = (await clocks.get(f"/v1/tickets/{number}/clocks")).json()["exclusions"]
        reject = {"clause": "B.5.f", "ruling": "reject", "reason": "It was our gateway"}
        which = await http.post(path, json=reject, headers={"if-match": "3"})
        back = await http.post(path, json={**reject, "from": hours[0], "to": hours[1]}, headers={"if-match": "3"})
    three = await changed(space, "exclusion", 3)
    async with space.http("status-monitor", agent) as clocks:
        left = (await clocks.get(f"/v1/tickets/{number}/clocks")).json()["exclusions"]

    assert [answer.status_code for answer in (first, second, which, back)] == [200, 200, 422, 200]
    assert which.json()["errors"][0]["field"] == "from"
    assert [one.json["message"], two.json["message"]] == [
        f"Excluded under B.5.f from {begin} to {end}: A carrier failed\nEvidence: Notice 4711"
        for begin, end in (hours[:2], hours[2:])
    ]
    assert three.json["message"] == (
        f"Not excluded under B.5.f from {hours[0]} to {hours[1]} any more: It was our gateway"
    )
    assert [(item["from"], item["to"]) for item in both] == [(hours[0], hours[1]), (hours[2], hours[3])]
    assert [(item["from"], item["to"]) for item in left] == [(hours[2], hours[3])]


async def test_a_closed_ticket_takes_exclusions_the_customer_is_told_of_and_no_priority(space: Space) -> None:
    await space.start("intake", "triage", "status-monitor")
    await space.policy(SOON.text)
    await space.account("acme", plan="business", services=["voice"])
    customer, agent = await space.key("customer", account="acme"), await space.key("agent", name="Ann")
    async with space.http("intake", customer) as http:
        number = (await http.post("/v1/issues", json=CALLS)).json()["ticket"]["number"]
        await changed(space, "breached")
        await http.post(f"/v1/tickets/{number}/replies", json={"close": True})
    await until("triage knows", lambda: space.value("triage", "SELECT EXISTS (SELECT FROM closed)"))
    ruling = {"clause": "B.5.a", "ruling": "accept", "reason": "Your firewall dropped what we sent"}

    async with space.http("triage", agent) as http:
        decided = await http.post(
            f"/v1/tickets/{number}/priority",
            json={"priority": "P2", "reason": "Half of it works"},
            headers={"if-match": "1"},
        )
        accepted = await http.post(f"/v1/tickets/{number}/exclusions", json=ruling, headers={"if-match": "1"})
    told = await changed(space, "exclusion")

    assert (decided.status_code, decided.json()["state"], accepted.status_code) == (409, "closed", 200)
    assert (told.json["state_from"], told.json["state_to"]) == ("closed", "closed")
    assert (told.json["status"], told.json["audience"]) == ("Informational", "public")
    assert (await counted(space, number, "first_response"))["net"][0] == 0
