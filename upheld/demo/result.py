"""What `upheld demo --json` prints: the evidence and the verdict as plain data. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from upheld.demo.judge import Evidence, Opened, Verdict
from upheld.demo.scenario import Case

Json = dict[str, Any]


def result(
    expected: Sequence[Case],
    seen: Evidence,
    verdict: Verdict,
    latency: Mapping[str, Any],
    begun: Mapping[str, datetime],
    installation: Mapping[str, Any],
) -> Json:
    """One JSON object."""
    cases = {ticket.number: case for ticket in seen.tickets for case in expected if ticket.is_of(case)}
    return {
        "ok": verdict.right,
        "tickets": [_ticket(ticket, cases.get(ticket.number)) for ticket in _in_order(seen.tickets)],
        "notifications": [
            {
                "ticket": item.number,
                "case": _key(cases.get(item.number)),
                "status": item.status,
                "channel": item.channel,
                "to": item.to.partition(" ")[2],
                "id": item.id,
                "received_at": item.at.isoformat(),
                "latency_ms": _since(begun.get(item.id), item.at),
            }
            for item in seen.arrived
        ],
        "missing": verdict.missing,
        "repeated": verdict.repeated,
        "unexpected": verdict.unexpected,
        "wrong": verdict.wrong,
        "dead_letters": [
            {name: letter[name] for name in ("service", "topic", "partition", "offset", "kind", "state", "reason")}
            for letter in seen.dead
        ],
        "duplicates_dropped": list(seen.dropped),
        "refusals": dict(seen.refusals),
        "latency_ms": dict(latency),
        **installation,
    }


def _in_order(tickets: Sequence[Opened]) -> list[Opened]:
    return sorted(tickets, key=lambda ticket: str(ticket.shown.get("opened_at")))


def _ticket(ticket: Opened, case: Case | None) -> Json:
    shown = ticket.shown
    reasons = shown.get("reasons") or []
    return {
        "number": ticket.number,
        "case": _key(case),
        "way": case.way if case else None,
        "description": ticket.description,
        "clause": reasons[0].get("clause") if reasons else None,
        "exclusions": shown.get("exclusions", []),
        **{name: shown.get(name) for name in ("account", "plan", "coverage", "priority", "state", "clocks", "reasons")},
    }


def _key(case: Case | None) -> str:
    return case.key if case else ""


def _since(begin: datetime | None, end: datetime) -> float | None:
    return None if begin is None else round((end - begin).total_seconds() * 1000, 1)
