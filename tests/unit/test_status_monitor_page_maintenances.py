"""Maintenances on a status page, and bodies as plain text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.status_monitor.domain.maintenances import gone_from_active, windows_of
from services.status_monitor.domain.plaintext import plain
from services.status_monitor.domain.statuspage import PageRead, read_page
from services.status_monitor.domain.ticket import Window
from tests.support.status import THE_POLICY

FIXTURES = Path(__file__).parents[1] / "fixtures" / "statuspage"

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

NAMES = ("unresolved", "incidents", "components", "active")


def documents(*names: str) -> dict[str, Any]:
    return {name: json.loads((FIXTURES / f"{name}.json").read_text()) for name in names or NAMES}


def window_of(read: PageRead, known: dict[str, Window], now: datetime = NOW) -> list[Window]:
    return windows_of(read, known, THE_POLICY, now)


def test_a_maintenance_begins_when_it_goes_into_progress_and_ends_when_it_is_completed() -> None:
    during = read_page("p", documents())
    after_docs = documents("unresolved", "incidents", "components", "active", "maintenances")
    after_docs["active"]["scheduled_maintenances"] = []
    after_docs["components"]["components"] = []

    (begun,) = window_of(during, {})
    (ended,) = window_of(read_page("p", after_docs), {begun.key: begun})

    assert (begun.key, begun.name, begun.services) == (
        "n0rthw1ndpg7/maintenance/m1gateway001",
        "Voice gateways are replaced",
        ("voice",),
    )
    assert (begun.begin, begun.end) == (datetime(2026, 3, 2, 8, 30, 0, 500_000, tzinfo=UTC), None)
    assert ended.end == datetime(2026, 3, 2, 10, 10, tzinfo=UTC)
    assert gone_from_active(read_page("p", after_docs), [begun.key])
    assert not gone_from_active(during, [begun.key])


def test_a_maintenance_that_is_not_listed_any_more_ends_now_and_one_that_was_not_asked_for_does_not() -> None:
    (begun,) = window_of(read_page("p", documents()), {})
    gone = documents("unresolved", "incidents", "active")
    gone["active"]["scheduled_maintenances"] = []

    assert [item.end for item in window_of(read_page("p", gone), {begun.key: begun})] == [NOW]
    assert window_of(read_page("p", documents("unresolved", "incidents")), {begun.key: begun}) == []


def test_a_component_under_maintenance_that_no_maintenance_names_is_one_itself() -> None:
    docs = documents()
    docs["active"]["scheduled_maintenances"] = []

    (begun,) = window_of(read_page("p", docs), {})
    assert (begun.key, begun.name, begun.services) == ("n0rthw1ndpg7/component/c0voiceapi01", "Voice API", ("voice",))

    docs["components"]["components"][4]["status"] = "operational"
    assert [item.end for item in window_of(read_page("p", docs), {begun.key: begun})] == [NOW]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("x<script>alert(1)</script>y", "xy"),
        ('see <a href="https://e.example/x">there</a>', "see there (https://e.example/x)"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a\x00b", "ab"),
        ("  many   blanks \r\n\r\n\r\n\r\nend ", "many blanks\n\nend"),
    ],
)
def test_bodies_become_plain_text(html: str, text: str) -> None:
    assert plain(html) == text


def test_long_bodies_are_cut() -> None:
    assert plain("x" * 20_000) == "x" * 9_999 + "…"
