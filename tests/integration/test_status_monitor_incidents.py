"""An incident and its customers over Kafka and HTTP: linked before and after, followed, unlinked, resolved, read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2

from shared.events import Detection
from tests.support.command import Command
from tests.support.feeds import said, say
from tests.support.outage import PROVIDER, customer, now, opening
from tests.support.space import Space
from tests.support.status import POLICY, assigned


async def report(space: Space, ticket_id: UUID, number: str, **facts: Any) -> None:
    """A ticket is opened and assessed."""
    event = opening(ticket_id, number, **facts)
    if facts.get("initiator") == "provider":
        event = event.model_copy(update={"account": None})
    priority = assigned("P2").model_copy(update={"ticket_id": ticket_id, "number": number, "decided_at": now()})
    await say(space, "intake", event, sequence=1)
    await say(space, "triage", priority, sequence=1)


async def act(http: httpx2.AsyncClient, number: str, what: str, sequence: int, **body: Any) -> httpx2.Response:
    return await http.post(f"/v1/tickets/{number}/{what}", json=body, headers={"if-match": str(sequence)})


async def causes(space: Space, number: str, count: int) -> list[tuple[str | None, str]]:
    return [(message.json.get("status"), message.json["cause"]) for message in await said(space, count, number)]


async def test_tickets_before_and_after_an_incident_follow_it_until_they_are_unlinked_or_resolved(
    space: Space,
) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    agent, stranger = await space.key("agent", name="Gil"), await space.key("customer", account="acme")
    first = now()
    await report(space, customer(1), "UP-1")
    await said(space, 1, "UP-1")
    seen = Detection(origin="page", source="status.test", incident_id="i7", observed_at=now())
    await report(space, PROVIDER, "UP-7", initiator="provider", reporter=None, detection=seen)
    await said(space, 2, "UP-1")
    await report(space, customer(2), "UP-2")
    await said(space, 2, "UP-2")

    async with space.http("status-monitor", agent) as http:
        spoken = await act(http, "UP-7", "updates", 1, state="in progress", message="We know the cause.")
        await said(space, 3, "UP-1")
        await said(space, 3, "UP-2")
        stale = await act(http, "UP-1", "links", 2, unlink="UP-7")
        odd = await act(http, "UP-1", "links", 3, unlink="UP-7", link="UP-7")
        unlinked = await act(http, "UP-1", "links", 3, unlink="UP-7", reason="their firewall")
        resolved = await act(http, "UP-7", "updates", 2, state="resolved", message="It works again.")
        await said(space, 5, "UP-2")
        early = await act(http, "UP-1", "links", 4, resolve="UP-7")
        accepted = await act(http, "UP-2", "links", 5, resolve="UP-7")
        shown = (await http.get("/v1/incidents/UP-7", params={"limit": 1})).json()
        rest = (await http.get("/v1/incidents/UP-7", params={"cursor": shown["next"]})).json()
        nothing = await http.get("/v1/incidents/UP-1")
        ongoing = (await http.get("/v1/incidents", params={"ongoing": "true"})).json()
    async with space.http("status-monitor", stranger) as http:
        forbidden = [(await http.get("/v1/incidents")).status_code, (await act(http, "UP-1", "links", 4)).status_code]

    assert [r.status_code for r in (spoken, stale, odd, unlinked, resolved, early, accepted, nothing)] == [
        200,
        412,
        422,
        200,
        200,
        409,
        200,
        404,
    ]
    assert forbidden == [403, 403]
    assert early.json()["detail"] == "UP-1 is not linked to UP-7."
    assert await causes(space, "UP-1", 4) == [
        ("Initial", "opened"),
        ("Informational", "linked"),
        ("Update", "provider"),
        ("Informational", "unlinked"),
    ]
    assert await causes(space, "UP-2", 6) == [
        ("Initial", "opened"),
        ("Informational", "linked"),
        ("Update", "provider"),
        ("Update", "provider"),
        (None, "resolution proposed"),
        ("Resolved", "agent"),
    ]
    assert shown["first_customer"] == "UP-2"  # UP-1 was first, and has nothing to do with it
    assert (shown["detected_by"], shown["gap_seconds"] < 0) == ("page", True)
    assert [(item["told"], item["counted"], item["message"]) for item in shown["updates"]] == [
        (2, 2, "We know the cause."),
        (1, 1, "It works again."),
    ]
    tickets = [*shown["tickets"], *rest["tickets"]]
    assert [(item["number"], item["state"], item["by"], item["reason"][:19]) for item in tickets] == [
        ("UP-1", "unlinked", "Gil", "their firewall"),
        ("UP-2", "linked", "rules", "it concerns sms, in"),
    ]
    assert ongoing == {"incidents": [], "next": None}
    assert first < now()


async def test_the_command_shows_that_a_customer_knew_first(space: Space) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    agent = await space.key("agent")
    upheld = Command.of(space.settings, {"status-monitor": space.url("status-monitor")})
    reported = now() - timedelta(minutes=10)
    await report(space, customer(1), "UP-1")
    await said(space, 1, "UP-1")
    async with space.sql("status-monitor") as conn:
        await conn.execute(
            "UPDATE tickets SET opened = jsonb_set(opened, '{clock_start}', to_jsonb($1::text)), began_at = $2",
            reported.isoformat(),
            reported,
        )
    seen = Detection(origin="monitor", source="probes", incident_id="sms/eu", observed_at=now())
    await report(space, PROVIDER, "UP-7", initiator="provider", reporter=None, detection=seen)
    await said(space, 2, "UP-1")

    listed = await upheld("incident", "list", "--ongoing", "--json", key=agent)
    shown = await upheld("incident", "show", "UP-7", key=agent)

    (one,) = listed.json["incidents"]
    assert (one["number"], one["origin"], one["source"], one["incident_id"]) == ("UP-7", "monitor", "probes", "sms/eu")
    assert (one["detected_by"], one["first_customer"]) == ("customer", "UP-1")
    assert one["detected_at"] == one["first_customer_at"] == reported.isoformat()
    assert one["observed_at"] == seen.observed_at.isoformat()
    assert 600 <= one["gap_seconds"] < 660
    assert (one["first_notice_at"], one["linked"], one["proposed"]) == (None, 1, 0)
    assert shown.code == 0
    assert "by the customer" in shown.out
    assert "UP-1" in shown.out
