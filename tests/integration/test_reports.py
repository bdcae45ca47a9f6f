"""Reports over HTTP and by the command: what was kept and broken, whose, and who knew of incidents when."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from shared.events import Detection
from shared.ids import named
from tests.support.command import Command
from tests.support.feeds import said, say
from tests.support.outage import opening
from tests.support.space import Space
from tests.support.status import POLICY, assigned, target
from tests.support.waiting import until

HOUR = timedelta(hours=1)
MARCH = datetime(2026, 3, 31, 22, tzinfo=UTC)
JSON = dict[str, Any]


async def ticket(
    space: Space,
    number: str,
    account: str | None,
    start: datetime,
    priority: str = "P1",
    first_response: float | None = None,
    **facts: Any,
) -> None:
    """Opened and assessed at that time, with so many minutes for the first response."""
    promised = {} if first_response is None else {"first_response": target(first_response)}
    event = opening(named(number), number, **facts)
    event = event.model_copy(update={"account": account, "opened_at": start, "clock_start": start})
    priority_ = assigned(priority, **promised)
    priority_ = priority_.model_copy(update={"ticket_id": event.ticket_id, "number": number, "decided_at": start})
    await say(space, "intake", event, sequence=1)
    await say(space, "triage", priority_, sequence=1)


async def world(space: Space) -> None:
    """In March acme's UP-1 was broken, in April the second one; birch's is in time; one is of a strange account."""
    await space.start("status-monitor")
    await space.policy(POLICY)
    now = datetime.now(UTC)
    await ticket(space, "UP-1", "acme", MARCH, first_response=60)
    await ticket(space, "UP-2", "acme", MARCH, "P2", first_response=180)
    await ticket(space, "UP-3", "birch", now, first_response=6000)
    await ticket(space, "UP-4", "=cmd()", MARCH + 24 * HOUR, first_response=60)
    await ticket(space, "UP-5", "birch", MARCH)
    for number in ("UP-1", "UP-2", "UP-3", "UP-4", "UP-5"):
        await said(space, 1, number)


async def get(http: httpx2.AsyncClient, **asked: Any) -> JSON:
    answer = await http.get("/v1/reports/attainment", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def counts(row: JSON) -> tuple[int, int, int, float | None]:
    return row["met"], row["breached"], row["open"], row["percent"]


async def test_promises_are_counted_by_month_account_priority_and_clock_and_pages_add_up(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    async with space.http("status-monitor", agent) as http:
        whole = await get(http, by="month,account,priority,clock")
        await http.post("/v1/tickets/UP-3/updates", json={"message": "We are on it"}, headers={"if-match": "1"})
        after = await get(http, by="account")
        march = await get(http, by="", to="2026-04-01")
        in_april = {"from": "2026-04-01T00:00:00Z", "to": "2026-05-01"}
        april = await get(http, by="priority", account="acme", **in_april)
        pages, cursor = [], None
        while not pages or cursor:
            pages.append(await get(http, by="account", limit=2, **({"cursor": cursor} if cursor else {})))
            cursor = pages[-1]["next"]

    this_month = datetime.now(UTC).strftime("%Y-%m")
    assert [(r["month"], r["account"], r["priority"], r["clock"], counts(r)) for r in whole["rows"]] == [
        ("2026-03", "acme", "P1", "first_response", (0, 1, 0, 0.0)),
        ("2026-04", "=cmd()", "P1", "first_response", (0, 1, 0, 0.0)),
        ("2026-04", "acme", "P2", "first_response", (0, 1, 0, 0.0)),
        (this_month, "birch", "P1", "first_response", (0, 0, 1, None)),
    ]
    assert counts(whole["total"]) == (0, 3, 1, 0.0)
    assert (whole["zone"], whole["tickets"], whole["next"]) == ("UTC", 5, None)
    assert [(row["account"], counts(row)) for row in after["rows"]] == [
        ("=cmd()", (0, 1, 0, 0.0)),
        ("acme", (0, 2, 0, 0.0)),
        ("birch", (1, 0, 0, 100.0)),
    ]
    assert counts(after["total"]) == (1, 3, 0, 25.0)
    assert [counts(row) for row in march["rows"]] == [(0, 1, 0, 0.0)]
    assert [(row["priority"], counts(row)) for row in april["rows"]] == [("P2", (0, 1, 0, 0.0))]
    assert [page["tickets"] for page in pages] == [2, 2, 1]
    assert len({page["as_at"] for page in pages}) == 1
    assert sum(page["total"]["breached"] for page in pages) == 3


async def test_an_account_or_priority_that_is_not_known_is_named(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    async with space.http("status-monitor", agent) as http:
        none, known, both, no_policy = [
            (await get(http, to="2020-01-01", **asked))["unknown"]
            for asked in (
                {},
                {"account": "acme", "priority": "P1"},
                {"account": "nobody", "priority": "P9"},
                {"account": "acme", "priority": "p1"},
            )
        ]

    assert (none, known, both, no_policy) == ([], [], ["account", "priority"], ["priority"])


async def test_csv_comes_by_accept_or_format_and_no_account_is_a_formula(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    async with space.http("status-monitor", agent) as http:
        asked = {"by": "account,clock", "limit": 10}
        accepted = await http.get("/v1/reports/attainment", params=asked, headers={"accept": "text/csv"})
        named_ = await http.get("/v1/reports/attainment", params={**asked, "format": "csv"})
        as_json = {**asked, "format": "json"}
        json = await http.get("/v1/reports/attainment", params=as_json, headers={"accept": "text/csv"})
        cut = await http.get("/v1/reports/attainment", params={"format": "csv", "limit": 1})

    rows = list(csv.DictReader(io.StringIO(accepted.text, newline="")))
    assert accepted.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert named_.text == accepted.text
    assert json.headers["content-type"] == "application/json"
    assert [(row["account"], row["breached"], row["percent"], row["net_percent"]) for row in rows] == [
        ("'=cmd()", "1", "0.0", "0.0"),
        ("acme", "2", "0.0", "0.0"),
        ("birch", "0", "", ""),
    ]
    assert "x-next-cursor" in cut.headers
    assert "x-next-cursor" not in accepted.headers


async def test_a_customer_counts_its_own_account_and_nobody_else_s(space: Space) -> None:
    await world(space)
    birch = await space.key("customer", account="birch")
    upstream = await space.key("upstream", source="crm")
    async with space.http("status-monitor", birch) as http:
        own = await get(http, by="account")
        same = await get(http, by="account", account="birch")
        others = await http.get("/v1/reports/attainment", params={"account": "acme"})
        gaps = await http.get("/v1/reports/detection")
    async with space.http("status-monitor", upstream) as http:
        refused = await http.get("/v1/reports/attainment")

    assert [row["account"] for row in own["rows"]] == ["birch"]
    assert own["rows"] == same["rows"]
    assert own["tickets"] == 2
    assert (others.status_code, gaps.status_code, refused.status_code) == (403, 403, 403)
    assert others.json()["detail"] == "This key speaks for account birch, not for acme."


async def test_what_is_asked_for_wrongly_is_named_with_what_to_write(space: Space) -> None:
    await space.start("status-monitor")
    agent = await space.key("agent")
    async with space.http("status-monitor", agent) as http:
        wrong = [
            (await http.get("/v1/reports/attainment", params=params)).json()["errors"]
            for params in (
                {"by": "plan"},
                {"by": "clock,clock"},
                {"from": "2026-03-01T00:00:00"},
                {"to": "March 2026"},
            )
        ]
        nothing = await get(http)

    assert [errors[0]["field"] for errors in wrong] == ["query.by", "query.by", "query.from", "query.to"]
    assert wrong[0][0]["message"] == "name each at most once, with commas between: month, account, priority, clock"
    assert nothing["rows"] == []
    assert nothing["total"]["percent"] is None


async def test_the_command_prints_attainment_for_people_spreadsheets_and_machines(space: Space) -> None:
    await world(space)
    agent = await space.key("agent")
    upheld = Command.of(space.settings, {"status-monitor": space.url("status-monitor")})

    shown = await upheld("report", "attainment", "--by", "account", key=agent)
    sheet = await upheld("report", "attainment", "--by", "account", "--csv", key=agent)
    machine = await upheld("report", "attainment", "--by", "month", "--to", "2026-04-01", "--json", key=agent)
    nothing = await upheld("report", "attainment", "--to", "2020-01-01", key=agent)
    both = await upheld("report", "attainment", "--csv", "--json", key=agent)

    assert "acme" in shown.out
    assert "0.00" in shown.out
    assert "5 tickets, as at" in shown.err
    assert sheet.out.splitlines()[:2] == [
        "account,met,breached,open,percent,net_met,net_breached,net_open,net_percent",
        "'=cmd(),0,1,0,0.0,0,1,0,0.0",
    ]
    assert [(row["month"], counts(row)) for row in machine.json["rows"]] == [("2026-03", (0, 1, 0, 0.0))]
    assert nothing.out == "Nothing was promised in that time.\n"
    assert both.code == 2


async def test_the_detection_gap_is_told_by_incident_and_by_month(space: Space) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    agent = await space.key("agent")
    upheld = Command.of(space.settings, {"status-monitor": space.url("status-monitor")})
    seen_at = datetime.now(UTC) - timedelta(minutes=10)
    seen = Detection(origin="page", source="status.test", incident_id="i7", observed_at=seen_at)
    await ticket(space, "UP-1", "acme", datetime.now(UTC) - timedelta(minutes=20))
    opened_at = seen_at + timedelta(seconds=2)
    await ticket(space, "UP-7", None, opened_at, initiator="provider", reporter=None, detection=seen)

    async def linked() -> list[JSON] | None:
        async with space.http("status-monitor", agent) as http:
            found = (await http.get("/v1/reports/detection")).json()
        return [found] if found["incidents"] and found["incidents"][0]["first_customer"] else None

    (found,) = await until("the customer's ticket is linked", linked)
    async with space.http("status-monitor", agent) as http:
        sheet = await http.get("/v1/reports/detection", params={"format": "csv", "by": "incident"})
        by_month = await http.get("/v1/reports/detection", headers={"accept": "text/csv"})
        before = (await http.get("/v1/reports/detection", params={"to": "2020-01-01"})).json()
    shown = await upheld("report", "detection", key=agent)
    csv_ = await upheld("report", "detection", "--incidents", "--csv", key=agent)

    (incident,), (month,) = found["incidents"], found["months"]
    assert (incident["number"], incident["first_customer"], incident["detected_by"]) == ("UP-7", "UP-1", "customer")
    assert (
        month["gap"]["median_seconds"]
        == month["gap"]["max_seconds"]
        == pytest.approx(incident["gap_seconds"], abs=1e-3)
    )
    assert 590 < incident["gap_seconds"] < 610
    assert (incident["opening_seconds"], incident["first_notice_at"], incident["notice_seconds"]) == (2.0, None, None)
    assert (month["incidents"], month["customers_first"], month["notice"]["count"]) == (1, 1, 0)
    assert csv_.out == sheet.text
    assert by_month.text.splitlines()[0].startswith("month,incidents,customers_first,gap_count,gap_median_seconds")
    assert before == {"from": None, "to": "2020-01-01T00:00:00+00:00", "zone": "UTC", "months": [], "incidents": []}
    assert "10 min" in shown.out
