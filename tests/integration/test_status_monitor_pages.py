"""Pages and monitors on real HTTP, Kafka and Postgres: what they show becomes issues, and changes of their tickets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from shared.events import DetectionReported, TicketOpened
from shared.ids import issue_uid, ticket_id
from tests.support.feeds import Answer, FakePage, said, say, serve
from tests.support.space import Message, Space
from tests.support.status import POLICY, opened
from tests.support.waiting import until

MakeSpace = Callable[..., Awaitable[Space]]


def now() -> datetime:
    return datetime.now(UTC)


async def issues(space: Space, count: int) -> list[Message]:
    """The issues reported, once there are so many."""

    async def find() -> list[Message] | None:
        found = await space.read("issues")
        return found if len(found) >= count else None

    return await until(f"{count} issues", find)


async def page_row(space: Space, name: str, condition: str) -> asyncpg.Record:
    """The page's row, once the condition holds."""

    async def find() -> asyncpg.Record | None:
        rows = await space.fetch("status-monitor", f"SELECT * FROM pages WHERE name = $1 AND {condition}", name)
        return rows[0] if rows else None

    return await until(f"{name}: {condition}", find)


async def a_reading_more(page: FakePage) -> None:
    """Wait until the page was read wholly, once more."""
    before = len([name for name, _ in page.asked if name == "active"])

    async def read() -> bool:
        return len([name for name, _ in page.asked if name == "active"]) >= before + 2

    await until("the page to be read", read)


def opening(message: Message, number: str = "UP-1") -> TicketOpened:
    """What intake makes of the issue."""
    event = opened()
    issue = event.issue.model_validate_json(message.value or b"")
    return event.model_copy(
        update={
            "ticket_id": ticket_id(issue_uid("status-monitor", issue.issue_id)),
            "number": number,
            "issue": issue,
            "source": "status-monitor",
            "opened_at": now(),
            "clock_start": now(),
        }
    )


async def test_an_incident_is_an_issue_and_its_updates_wait_for_the_ticket(new_space: MakeSpace) -> None:
    async with serve(FakePage()) as page:
        page.load()
        space = await new_space(status_pages=f"northwind={page.url}", poll_seconds=0.2)
        try:
            await space.policy(POLICY)
            await space.start("status-monitor")
            found = await issues(space, 2)
            await a_reading_more(page)
            outage = next(m for m in await issues(space, 2) if m.json["impact"] == "outage")

            assert len(found) == 2
            assert (outage.key, outage.headers["ce_source"]) == ("northwind", "status-monitor")
            assert (outage.json["services"], outage.json["initiator"]) == (["sms"], "provider")
            await say(space, "intake", opening(outage), sequence=1)
            initial, *updates = await said(space, 4)
            assert initial.json["status"] == "Initial"
            assert initial.json["recipients_rule"] == {"services": ["sms"]}
            assert [m.json["state_to"] for m in updates] == ["in progress"] * 3
            assert [m.json["message"].split("\n")[0] for m in updates] == [
                "We are looking into errors of the SMS API.",
                "We are continuing to investigate this issue.",
                "A database does not answer.",
            ]

            for incident in page.incident("k3outage0001"):
                incident["status"] = "resolved"
                incident["incident_updates"].insert(
                    0,
                    {
                        "id": "u4",
                        "status": "resolved",
                        "body": "It works again.",
                        "updated_at": "2026-03-02T10:00:00Z",
                        "created_at": "2026-03-02T10:00:00Z",
                        "display_at": "2026-03-02T10:00:00Z",
                    },
                )
            page.documents["unresolved"]["incidents"] = [
                item for item in page.documents["unresolved"]["incidents"] if item["status"] != "resolved"
            ]
            (*_, resolved) = await said(space, 5)
            assert (resolved.json["status"], resolved.json["state_to"], resolved.json["message"]) == (
                "Resolved",
                "resolved",
                "It works again.",
            )
            assert resolved.json["actor"] == {"kind": "page", "name": "northwind"}
            assert len(await issues(space, 2)) == 2
        finally:
            await space.stop()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(504, b"<html><h1>Gateway Time-out</h1></html>", ("content-type: text/html",)), "the page answers 504"),
        (Answer(403, b"<html>Prove that you are human</html>"), "the page answers 403"),
        (Answer(429, b"", ("retry-after: 1800",)), "the page answers 429"),
        (Answer(200, b'{"page": {"id": "x"}, "incidents": [{"id"'), "the answer is not JSON, or was cut short"),
        (Answer(200, b"{}", ("content-length: 5000",)), "Error"),
        (Answer(200, b'{"incidents": "none"}'), "no list `incidents`"),
    ],
)
async def test_a_page_that_fails_is_recorded_and_delays_no_other(
    new_space: MakeSpace, answer: Answer, error: str
) -> None:
    async with serve(FakePage(broken=answer)) as broken, serve(FakePage(etag='"1"')) as well:
        well.load()
        space = await new_space(status_pages=f"broken={broken.url},well={well.url}", poll_seconds=0.2)
        try:
            await space.start("status-monitor")
            await space.policy(POLICY)
            row = await page_row(space, "broken", "failures > 0")
            await issues(space, 2)
            await page_row(space, "well", "last_read_at IS NOT NULL AND failures = 0 AND last_error IS NULL")

            assert error in row["last_error"]
            assert row["failing_since"] is not None
            assert (row["last_read_at"], row["first_read_at"]) == (None, None)
            if answer.status == 429:
                assert (row["due_at"] - row["failing_since"]).total_seconds() >= 1800
                assert len(broken.asked) == 1
            else:
                broken.broken = None
                broken.load()
                await page_row(space, "broken", "failures = 0 AND failing_since IS NULL AND first_read_at IS NOT NULL")

            async def unchanged() -> bool:
                return ("incidents", 304) in well.asked

            await until("an answer that nothing changed", unchanged)
        finally:
            await space.stop()


async def test_a_maintenance_is_told_to_open_tickets_of_its_services_and_holds_them(new_space: MakeSpace) -> None:
    async with serve(FakePage()) as page:
        page.load()
        page.documents["unresolved"]["incidents"] = page.documents["incidents"]["incidents"] = []
        active, page.documents["active"]["scheduled_maintenances"] = (
            page.documents["active"]["scheduled_maintenances"],
            [],
        )
        page.documents["components"]["components"] = []
        space = await new_space(status_pages=page.url, poll_seconds=0.2)
        try:
            await space.policy(POLICY)
            await space.start("status-monitor")
            await say(space, "intake", opened(services=("voice",)).model_copy(update={"opened_at": now()}), sequence=1)
            await said(space, 1)

            page.documents["active"]["scheduled_maintenances"] = active
            _, told = await said(space, 2)
            page.documents["active"]["scheduled_maintenances"] = []
            await until(
                "the end",
                lambda: space.value("status-monitor", "SELECT held = '{}' AND maintenances <> '{}' FROM tickets"),
            )

            assert (told.json["status"], told.json["cause"], told.json["state_to"]) == (
                "Informational",
                "maintenance",
                "open",
            )
            assert told.json["message"] == "Maintenance: Voice gateways are replaced"
            assert await space.value("status-monitor", "SELECT ended_at FROM maintenances") == datetime(
                2026, 3, 2, 10, 10, tzinfo=UTC
            )
            assert len(await said(space, 2)) == 2
        finally:
            await space.stop()


async def test_two_processes_read_a_page_once_a_time(new_space: MakeSpace) -> None:
    async with serve(FakePage()) as page:
        page.load()
        space = await new_space(status_pages=page.url, poll_seconds=0.2)
        try:
            await space.policy(POLICY)
            await space.start("status-monitor", "status-monitor")
            await issues(space, 2)
            await a_reading_more(page)
            await a_reading_more(page)

            names = [name for name, _ in page.asked]
            assert len(await issues(space, 2)) == 2
            assert names[:8] == ["unresolved", "incidents", "components", "active"] * 2
        finally:
            await space.stop()


def detection(action: Any, second: int) -> DetectionReported:
    return DetectionReported(
        source="probe",
        dedup_key="sms/eu",
        action=action,
        components=("SMS API",),
        status="major_outage",
        observed_at=datetime(2026, 3, 2, 9, 0, second, tzinfo=UTC),
        title="SMS API does not answer",
    )


async def test_a_monitors_trigger_is_an_issue_and_its_resolve_resolves_the_ticket(space: Space) -> None:
    await space.start("status-monitor")
    await space.policy(POLICY)
    await space.put_raw("detections", b"{not json", key=b"probe")
    await space.publish(
        detection("trigger", 1),
        detection("trigger", 2),
        detection("resolve", 3),
        detection("trigger", 4),
        source="probe",
    )

    first, second = await issues(space, 2)
    await say(space, "intake", opening(first), sequence=1)
    await say(space, "intake", opening(second, "UP-2"), sequence=1)
    initial, resolved = await said(space, 2)
    (other,) = await said(space, 1, "UP-2")

    assert first.json["issue_id"] != second.json["issue_id"]
    assert first.json["detection"]["observed_at"] == "2026-03-02T09:00:01Z"
    assert (first.json["services"], first.json["impact"]) == (["sms"], "outage")
    assert (initial.json["status"], resolved.json["status"], other.json["status"]) == ("Initial", "Resolved", "Initial")
    assert resolved.json["actor"] == {"kind": "monitor", "name": "probe"}
