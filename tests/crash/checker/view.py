"""Invariant 10: what is read equals what was said, and what a view that begins at offset 0 shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.crash.checker.evidence import Evidence, Json, Violation

KEYS = {"timeline": ("ticket_id", "source", "id"), "ticket_view": ("ticket_id",)}


def rebuilt(evidence: Evidence) -> Iterator[Violation]:
    """10. A view rebuilt from offset 0 equals the live one."""
    for table, keys in KEYS.items():
        live = {_key(row, keys): row for row in evidence.table("intake", table)}
        again = {_key(row, keys): row for row in evidence.rebuilt.get(table, [])}
        for key in live.keys() | again.keys():
            if live.get(key) != again.get(key):
                yield Violation(10, f"{table} {key}: live {live.get(key)}, rebuilt {again.get(key)}")


def complete(evidence: Evidence) -> Iterator[Violation]:
    """10, against the log itself: the timeline holds each event that was said of a ticket, once."""
    said = {
        (event.ticket, event.source, event.id)
        for event in evidence.said
        if event.entry.topic in ("tickets", "notifications")
    }
    shown = {_key(row, KEYS["timeline"]) for row in evidence.table("intake", "timeline")}
    for key in said - shown:
        yield Violation(10, f"the timeline lacks {key}")
    for key in shown - said:
        yield Violation(10, f"the timeline shows {key}, which nobody said")


def _key(row: Json, keys: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(str(row[key]) for key in keys)
