"""The simulated status page answers as a Statuspage does, and a stage is shown until it was read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx2
import pytest

from upheld.demo.page import Page
from upheld.demo.reports import INCIDENT, STAGES

NOW = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    shown = Page("demo", ["Outbound MMS", "SMS API"])
    await shown.start()
    yield shown
    await shown.stop()


async def show(page: Page, http: httpx2.AsyncClient, stages: int) -> None:
    for stage in STAGES[:stages]:
        showing = asyncio.create_task(page.show("abc", INCIDENT, stage, NOW))
        await asyncio.sleep(0)
        await http.get(f"{page.url}/api/v2/incidents/unresolved.json")
        await showing


async def test_an_incident_is_unresolved_until_it_is_over_and_listed_then_too(page: Page) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:
        await show(page, http, 3)
        before = (await http.get(f"{page.url}/api/v2/incidents/unresolved.json")).json()["incidents"]
        status = (await http.get(f"{page.url}/api/v2/status.json")).json()["status"]
        await show(page, http, 4)
        after = (await http.get(f"{page.url}/api/v2/incidents/unresolved.json")).json()["incidents"]
        listed = (await http.get(f"{page.url}/api/v2/incidents.json")).json()["incidents"]

    assert [(item["status"], item["impact"]) for item in before] == [("monitoring", "major")]
    assert status == {"indicator": "major", "description": "Major Service Outage"}
    assert after == []
    assert [item["status"] for item in listed] == ["resolved"]
    assert listed[0]["resolved_at"] == "2026-11-24T09:30:00.000-08:00"


async def test_updates_come_newest_first_and_name_what_they_affect_in_three_ways(page: Page) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:
        await show(page, http, 3)
        (incident,) = (await http.get(f"{page.url}/api/v2/incidents.json")).json()["incidents"]
        components = (await http.get(f"{page.url}/api/v2/components.json")).json()["components"]

    assert [update["status"] for update in incident["incident_updates"]] == [
        "monitoring",
        "identified",
        "investigating",
    ]
    named = [update["affected_components"] for update in incident["incident_updates"]]
    assert named[0] == [{"name": "Outbound MMS"}]
    assert named[1] is None
    assert (named[2][0]["old_status"], named[2][0]["new_status"]) == ("operational", "partial_outage")
    assert {item["name"]: item["status"] for item in components} == {
        "Outbound MMS": "degraded_performance",
        "SMS API": "operational",
    }


async def test_what_did_not_change_is_304_and_what_is_not_there_is_html(page: Page) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:
        first = await http.get(f"{page.url}/api/v2/summary.json")
        again = await http.get(f"{page.url}/api/v2/summary.json", headers={"if-none-match": first.headers["etag"]})
        nothing = await http.get(f"{page.url}/api/v3/summary.json")

    assert (first.status_code, again.status_code, nothing.status_code) == (200, 304, 404)
    assert nothing.headers["content-type"] == "text/html"


async def test_a_stage_is_shown_until_someone_has_read_it(page: Page) -> None:
    showing = asyncio.create_task(page.show("abc", INCIDENT, STAGES[0], NOW))
    await asyncio.sleep(0)

    async with httpx2.AsyncClient(trust_env=False) as http:
        await http.get(f"{page.url}/api/v2/components.json")
        read_components_only = showing.done()
        await http.get(f"{page.url}/api/v2/summary.json")
        await asyncio.wait_for(showing, 5)

    assert not read_components_only
