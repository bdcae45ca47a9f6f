"""What pages and maintenances show of a ticket: told in order, and never turning its state back."""

from __future__ import annotations

from typing import Any

from shared.events import StatusChanged
from tests.support.status import (
    Case,
    assigned,
    begun,
    opened,
    replied,
    seen,
    window,
)


def line(said: list[StatusChanged]) -> list[tuple[Any, ...]]:
    return [(item.state_from, item.state_to, item.status, item.audience, item.cause) for item in said]


def test_what_a_page_said_before_the_opening_follows_initial_in_the_pages_order() -> None:
    case = Case()
    case.event(1, seen(20, "monitoring", "third", id="c"))
    case.event(1, seen(0, "in progress", "first", id="a"))
    case.event(1, seen(10, "in progress", "second", id="b"))
    assert case.said == []

    said = case.event(2, opened(initiator="provider", reporter=None))

    assert [(item.status, item.state_to, item.message) for item in said] == [
        ("Initial", "open", None),
        ("Update", "in progress", "first"),
        ("Update", "in progress", "second"),
        ("Update", "monitoring", "third"),
    ]
    assert [out.identity for out in case.outs][1:] == ["a", "b", "c"]


def test_an_older_page_update_is_told_but_does_not_turn_the_state_back() -> None:
    case = begun()
    case.event(30, seen(20, "monitoring"))

    said = case.event(31, seen(10, "in progress", "what we found out meanwhile"))

    assert line(said) == [("monitoring", "monitoring", "Update", "public", "page")]


def test_a_page_resolves_reopens_and_tells_a_postmortem() -> None:
    case = begun()

    resolved = case.event(10, seen(10, "resolved"))
    after = case.event(11, seen(11, None, "what happened"))
    again = case.event(12, seen(12, "monitoring", "back again"))

    assert line(resolved) == [("open", "resolved", "Resolved", "public", "page")]
    assert line(after) == [("resolved", "resolved", "Informational", "public", "page")]
    assert line(again) == [
        ("resolved", "in progress", "Update", "public", "page"),
        ("in progress", "monitoring", None, "public", "page"),
    ]


def test_a_closed_ticket_is_told_what_a_page_says_but_stays_closed() -> None:
    case = begun()
    case.event(1, replied(1, close=True))

    said = case.event(2, seen(2, "in progress"))

    assert line(said) == [("closed", "closed", "Informational", "public", "page")]


def test_a_maintenance_is_told_once_and_after_initial() -> None:
    case = Case()
    case.event(0, opened())

    assert case.event(0.01, window(0)) == []
    said = case.event(0.02, assigned("P2"))
    again = case.event(1, window(0))
    ended = case.event(2, window(0, 2))

    assert [(item.status, item.cause) for item in said] == [("Initial", "opened"), ("Informational", "maintenance")]
    assert said[1].message == "Maintenance: SMS gateway"
    assert (again, ended) == ([], [])
