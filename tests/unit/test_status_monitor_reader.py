"""How pages are named and asked: settings, addresses, Retry-After, pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.status_monitor.handlers.pages import pause_after
from services.status_monitor.reader import api_of, pages_of, retry_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("setting", "pages"),
    [
        ("", {}),
        ("https://status.plivo.com", {"status.plivo.com": "https://status.plivo.com"}),
        (
            "plivo=https://status.plivo.com/ , https://a.test/x?y=1",
            {"plivo": "https://status.plivo.com/", "a.test": "https://a.test/x?y=1"},
        ),
    ],
)
def test_pages_are_addresses_with_or_without_a_name(setting: str, pages: dict[str, str]) -> None:
    assert pages_of(setting) == pages


@pytest.mark.parametrize(
    "url", ["https://a.test", "https://a.test/", "https://a.test/api/v2", "https://a.test/api/v2/"]
)
def test_the_interface_is_found_from_the_pages_address(url: str) -> None:
    assert api_of(url) == "https://a.test/api/v2"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("30", 30.0),
        ("99999", 3600.0),
        ("-5", 0.0),
        ("soon", None),
        ("nan", None),
        ("Mon, 02 Mar 2026 09:02:00 GMT", 120.0),
        ("Mon, 02 Mar 2026 08:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_an_hour(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_a_page_that_fails_is_asked_less_and_less_often() -> None:
    assert [pause_after(60, failures, None, 0.5).total_seconds() for failures in (0, 1, 2, 3, 10)] == [
        60,
        60,
        120,
        240,
        900,
    ]


def test_a_page_is_not_asked_before_it_wants_to_be() -> None:
    assert pause_after(60, 1, 600.0, 0.5) == timedelta(minutes=10)
    assert pause_after(60, 1, 5.0, 0.0) == timedelta(seconds=54)
