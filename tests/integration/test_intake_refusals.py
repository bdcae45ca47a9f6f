"""What intake refuses, over HTTP and by Kafka: each with a clear error, nothing changed, nobody delayed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from shared.events import IssueReported, Reporter
from tests.support.space import Space, make_space
from tests.support.waiting import until
from upheld.stack import Stack

ISSUE: dict[str, Any] = {
    "reporter": {"name": "Ann"},
    "description": "Calls fail with 503",
    "services": [],
    "environment": "production",
    "impact": "outage",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def refusing(prepared: Stack) -> AsyncIterator[tuple[Space, str]]:
    """intake with a catalogue and a customer's key, for requests that change nothing."""
    space = await make_space(prepared.kafka, prepared.database_url)
    await space.start("intake")
    await space.policy()
    yield space, await space.key("customer", account="acme")
    await space.stop()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"began_at": "2026-01-01T00:00:00"}, "began_at", "timezone"),
        ({"began_at": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}, "began_at", "in the future"),
        ({"description": "   "}, "description", "at least 1 character"),
        ({"description": "a\u0000b"}, "description", "U+0000"),
        ({"examples": ["x"] * 51}, "examples", "at most 50"),
        ({"services": ["teleport"]}, "services", "'teleport' is no service of the catalogue"),
        ({"ongoing": "yes"}, "ongoing", "valid boolean"),
        ({"ongoing": 0}, "ongoing", "valid boolean"),
        ({"impact": "huge"}, "impact", "'outage'"),
        ({"surprise": 1}, "surprise", "not permitted"),
        ({"reporter": {}}, "reporter.name", "required"),
    ],
)
async def test_an_issue_that_is_not_as_it_must_be_is_refused_by_field(
    refusing: tuple[Space, str], change: dict[str, Any], field: str, sentence: str
) -> None:
    space, key = refusing

    async with space.http("intake", key) as client:
        answer = await client.post("/v1/issues", json={**ISSUE, **change})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert sentence in error["message"]
    assert await space.value("intake", "SELECT count(*) FROM tickets WHERE account = 'acme'") == 0


async def test_what_is_not_json_or_too_large_or_of_another_type_is_refused(refusing: tuple[Space, str]) -> None:
    space, key = refusing

    async with space.http("intake", key) as client:
        broken = await client.post("/v1/issues", content=b'{"reporter"', headers={"content-type": "application/json"})
        empty = await client.post("/v1/issues", headers={"content-type": "application/json"})
        large = await client.post("/v1/issues", content=b" " * 1_000_000, headers={"content-type": "application/json"})
        text = await client.post("/v1/issues", content=b"hello", headers={"content-type": "text/plain"})

    assert [answer.status_code for answer in (broken, empty, large, text)] == [400, 422, 413, 415]


async def test_a_key_speaks_for_its_own_account_only(refusing: tuple[Space, str]) -> None:
    space, key = refusing

    async with space.http("intake", key) as client:
        answer = await client.post("/v1/issues", json={**ISSUE, "reporter": {"name": "Ann", "account": "globex"}})

    assert answer.status_code == 403
    assert answer.json()["detail"] == "This key speaks for account acme, not for globex."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"began_at": datetime.now(UTC) + timedelta(hours=1)}, "began_at: is in the future"),
        ({"services": ("teleport",)}, "services: 'teleport' is no service of the catalogue"),
    ],
)
async def test_an_issue_by_kafka_that_cannot_be_is_a_dead_letter_and_the_next_one_is_not_delayed(
    refusing: tuple[Space, str], change: dict[str, Any], reason: str
) -> None:
    space, _ = refusing
    good = IssueReported(issue_id=reason, description="down", reporter=Reporter(name="Probe", account=reason[:8]))

    await space.publish(good.model_copy(update={**change, "issue_id": f"bad {reason}"}), good, source="probe")

    await until(
        "the good one",
        lambda: space.value("intake", "SELECT EXISTS (SELECT FROM tickets WHERE issue->>'issue_id' = $1)", reason),
    )
    (letter,) = await space.fetch("intake", "SELECT kind, reason FROM dead_letter WHERE reason LIKE $1", f"{reason}%")
    assert letter["kind"] == "refused"
