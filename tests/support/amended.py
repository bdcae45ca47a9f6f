"""Versions of an SLA, made from the few parts that a test is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from shared.policy import Policies, Policy, Published, parse_policy

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
CLAUSES = {"A": "plans", "B.3.P1": "out", "B.3.P2": "degraded", "B.3.P3": "the rest", "B.5": "exceptions"}
CALENDARS: dict[str, Any] = {
    "always": {"always": True},
    "office": {"zone": "Europe/Berlin", "week": {"mon-fri": ["08:00-17:00"]}},
}
RULES: list[dict[str, Any]] = [
    {"id": "staging", "when": {"environment": ["staging"]}, "priority": "P3", "clause": "B.3.P3", "final": True},
    {"id": "outage", "when": {"impact": ["outage"]}, "priority": "P1", "clause": "B.3.P1"},
    {"id": "degraded", "when": {"impact": ["degraded"]}, "priority": "P2", "clause": "B.3.P2"},
    {"id": "rest", "priority": "P3", "clause": "B.3.P3"},
]
NONE = dict.fromkeys(("notification", "first_response", "update", "first_resolution", "total_resolution"), "none")


def target(length: str, calendar: str = "always", key: str = "target") -> dict[str, str]:
    """A cell as the file writes it."""
    return {key: length, "calendar": calendar}


def plan(*, p1: Any = None, p2: Any = None, p3: Any = None, **terms: Any) -> dict[str, Any]:
    """A plan; what is not given promises nothing."""
    given = {"P1": p1, "P2": p2, "P3": p3}
    return {"targets": {key: NONE | (cells or {}) for key, cells in given.items()}, **terms}


GOLD = plan(
    p1={"first_response": target("PT1H"), "update": target("PT2H", key="every"), "total_resolution": target("PT8H")},
    p2={"first_response": target("PT4H", "office")},
    pauses={"awaiting customer": ["total_resolution"]},
    warnings={"first_response": ["75%"]},
)


def version(name: str = "1", *, effective: datetime = MARCH, **parts: Any) -> Policy:
    """A version; `parts` are those of the file that differ from the usual. `material` is longer and fewer-hours."""
    exclusions = parts.pop("exclusions", {"f": "carriers"})
    file: dict[str, Any] = {
        "policy": "sample",
        "version": name,
        "effective": effective,
        "document": {
            "title": "Sample",
            "url": "https://sample.example",
            "clauses": CLAUSES | {f"B.5.{key}": words for key, words in exclusions.items()},
        },
        "support": {"documentation": "https://docs", "plans": "https://plans", "contact": "duty@sample.example"},
        "services": [{"key": "voice", "name": "Voice"}],
        "priorities": [{"key": key, "clause": f"B.3.{key}"} for key in ("P1", "P2", "P3")],
        "rules": RULES,
        "exclusions": [{"key": key, "clause": f"B.5.{key}", "name": key} for key in exclusions],
        "calendars": CALENDARS,
        "plans": {"gold": GOLD},
        "coverage": {"term": "B.5", "plan": "A"},
    }
    return parse_policy(yaml.safe_dump(file | parts, sort_keys=False))


def published(*policies: Policy, at: datetime | None = None) -> Policies:
    """These versions, published an hour apart: by default the first a year before it takes effect."""
    begin = at or policies[0].effective - timedelta(days=365)
    return Policies(
        tuple(
            Published(policy, policy.effective, begin + timedelta(hours=place)) for place, policy in enumerate(policies)
        )
    )
