"""What people see: values in words, other people's text without its powers, a ticket with all that explains it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import typer
from rich.console import Console, RenderableType

from upheld.cli.common import clean, line
from upheld.cli.keys import new_key
from upheld.cli.values import when
from upheld.cli.views import duration, event_name, span, ticket_panel, timeline_table, watched

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENTRIES = [
    {"event": "upheld.ticketopened.v1", "id": "a", "service": "intake", "sequence": 1, "milliseconds": 0.0,
     "occurred_at": "2026-11-24T08:30:00+00:00", "summary": "opened: Calls fail"},
    {"event": "upheld.priorityassigned.v1", "id": "b", "service": "triage", "sequence": 1, "milliseconds": 12.5,
     "occurred_at": "2026-11-24T08:30:00.012500+00:00", "summary": "P1 by rules"},
]  # fmt: skip
TICKET = {
    "number": "UP-1001", "id": "x", "account": "acme", "state": "in progress", "priority": "P1",
    "initiator": "customer",
    "reasons": [{"rule": "outage", "clause": "B.3.P1", "fact": "impact: outage", "text": "Out in production"}],
    "missing": [{"fact": "workaround", "could_be": "P2", "asked": True}], "coverage": "covered", "exclusions": [],
    "plan": "business", "services": ["voice"], "description": "Calls \x1b[31mfail\x1b[0m [bold]now[/bold]",
    "reporter": {"name": "Ann", "email": "ann@acme.example"}, "opened_at": "2026-11-24T08:30:00+00:00",
    "clock_start": "2026-11-24T08:30:00+00:00", "next_update_due": None,
    "clocks": [
        {"clock": "first_response", "state": "running", "due": "2026-11-24T09:30:00+00:00", "target": "PT1H",
         "calendar": "always"},
        {"clock": "first_resolution", "state": "breached", "due": "2026-11-24T08:45:00+00:00", "target": "PT15M",
         "calendar": "always"},
        {"clock": "total_resolution", "state": "none", "due": None, "target": None, "calendar": None},
    ],
    "notifications": [{"notification_id": "n", "status": "Initial", "channel": "email",
                       "destination": "a**@acme.example", "outcome": "accepted", "reason": None, "attempts": 2,
                       "delivered_at": "2026-11-24T08:30:01+00:00"}],
    "sequences": {"triage": 1, "status-monitor": 2}, "replies": [],
    "issue": {"environment": "production", "impact": "outage", "workaround": "unknown", "category": "incident",
              "began_at": "2026-11-24T08:10:00Z", "ongoing": True, "examples": ["0a1b"]},
}  # fmt: skip


def shown(what: RenderableType, width: int = 160) -> str:
    console = Console(width=width, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (timedelta(milliseconds=12), "12 ms"),
        (timedelta(seconds=42), "42 s"),
        (timedelta(minutes=59, seconds=35), "59 min 35 s"),
        (timedelta(hours=1), "1 h"),
        (timedelta(days=2, hours=3, minutes=4), "2 d 3 h"),
    ],
)
def test_a_duration_is_its_two_largest_units(value: timedelta, words: str) -> None:
    assert duration(value) == words


def test_control_characters_of_others_do_not_reach_the_terminal() -> None:
    assert clean("a\x1b[31m\x07b\u202ec\n\td é 日本") == "a\ufffd[31m\ufffdb\ufffdc\n\td é 日本"


def test_a_long_text_is_one_line_of_bounded_length() -> None:
    assert line("a\n b\tc") == "a b c"
    assert line("x" * 300, 10) == "xxxxxxxxx…"


def test_a_time_with_its_zone_is_utc() -> None:
    assert when("2026-11-24T09:30:00+01:00") == "2026-11-24T08:30:00+00:00"


def test_how_long_ago_is_a_time() -> None:
    before = datetime.now(UTC)

    then = datetime.fromisoformat(when("20m"))

    assert timedelta(minutes=19, seconds=59) < before - then + timedelta(seconds=1)
    assert before - then <= timedelta(minutes=20)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="has no time zone"):
        when("2026-11-24T09:30:00")


def test_a_key_is_published_as_the_hash_of_its_secret() -> None:
    key, change = new_key("customer", account="acme")

    prefix, key_id, secret = key.split("_")
    assert (prefix, key_id) == ("uph", change.key_id)
    assert change.secret_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert (change.role, change.account, change.name) == ("customer", "acme", "the customer of acme")
    assert secret not in change.encode().decode()


def test_a_ticket_says_why_by_when_and_who_was_told() -> None:
    text = shown(ticket_panel(TICKET, NOW))

    assert "UP-1001  P1  in progress" in text
    assert "acme (plan business, covered)" in text
    assert "Ann <ann@acme.example>" in text
    assert "P1  B.3.P1  Out in production [impact: outage]" in text
    assert "missing: workaround, which could make it P2 (asked for)" in text
    assert "30 min" in text
    assert "15 min over" in text
    assert "no guarantee" in text
    assert "accepted after 2 tries" in text
    assert "status-monitor 2, triage 1" in text


def test_a_description_is_printed_as_it_is_but_for_its_escapes() -> None:
    text = shown(ticket_panel(TICKET, NOW))

    assert "\x1b" not in text
    assert "[bold]now[/bold]" in text


def test_an_exclusion_of_a_ticket_is_shown_with_its_interval() -> None:
    excluded = {"clause": "B.5.f", "state": "accepted", "evidence": "a log", "from": "2026-11-24T08:35:00+00:00"}
    until = {"clause": "B.5.a", "state": "accepted", "evidence": "x", "to": "2026-11-24T08:40:00+00:00"}

    said = shown(ticket_panel({**TICKET, "exclusions": [excluded, until]}, NOW))

    assert "exclusion accepted from 2026-11-24 08:35:00Z: a log" in said
    assert "exclusion accepted to 2026-11-24 08:40:00Z: x" in said


def test_a_ticket_that_nobody_assessed_says_so() -> None:
    fresh = {**TICKET, "priority": None, "reasons": [], "missing": [], "clocks": [], "notifications": [], "plan": None,
             "coverage": None, "reporter": None}  # fmt: skip

    text = shown(ticket_panel(fresh, NOW))

    assert "no priority yet" in text
    assert "Not assessed yet." in text


def test_a_timeline_names_each_event_with_its_service_and_milliseconds() -> None:
    text = shown(timeline_table(ENTRIES))

    assert "2026-11-24 08:30:00.012" in text
    assert "12.5" in text
    assert "triage" in text
    assert "PriorityAssigned" in text
    assert span(ENTRIES) == "2 events in 12 ms"


def test_a_type_that_the_command_does_not_know_is_shown_as_it_is() -> None:
    assert event_name("upheld.ticketmerged.v1") == "upheld.ticketmerged.v1"


def test_a_watched_ticket_fits_the_screen() -> None:
    many = [{**ENTRIES[0], "id": str(number), "summary": "x" * 300} for number in range(100)]

    text = shown(watched(TICKET, many, NOW, 30), width=100)

    assert len(text.splitlines()) <= 30
    assert "no guarantee" not in text
