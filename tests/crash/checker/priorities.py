"""Invariant 8: a priority is worked out anew from the recorded facts and the policy version that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shared.policy import CLOCKS, duration
from tests.crash.checker.evidence import Evidence, Json, Said, Violation

STATED = ("environment", "impact", "workaround", "category", "ongoing")


def reproducible(evidence: Evidence) -> Iterator[Violation]:
    """8. Each assessment follows from facts that were recorded; the last one from all of them."""
    for ticket, names in evidence.tickets.items():
        opened, assessed = names["ticketopened"], names["priorityassigned"]
        if not opened or not assessed:
            continue
        versions = _facts(opened[0], names["ticketreplied"])
        for place, event in enumerate(assessed, 1):
            if event.data["assessment"] != place:
                yield Violation(8, f"ticket {ticket}: assessment {event.data['assessment']} stands at {place}")
            policy = evidence.policies.get(event.data["policy"]["sha256"])
            if policy is None:
                yield Violation(8, f"ticket {ticket} names a policy that was never published")
                continue
            if event.data["decided_by"] == "rules":
                stated = versions[-1:] if place == len(assessed) else versions
                candidates = [ruled(policy, _completed(facts, event)) for facts in stated]
                said = event.data["priority"], event.data["reasons"][0]["rule"]
                if said not in candidates:
                    yield Violation(8, f"ticket {ticket}: assessment {place} says {said}, the facts give {candidates}")
            yield from _unsaid(ticket, opened[0], names["ticketreplied"], event)
            yield from _targets(evidence, ticket, opened[0], event, policy)


def _completed(stated: Json, event: Said) -> Json:
    """The stated facts, and where nothing was stated what the assessment says it read."""
    read = {item["fact"]: item["value"] for item in event.data.get("facts", ()) if item["origin"] == "read"}
    if "ongoing" in read:
        read["ongoing"] = read["ongoing"] == "yes"
    return {fact: read.get(fact, value) if value == "unknown" else value for fact, value in stated.items()}


def _unsaid(ticket: str, opened: Said, replies: list[Said], event: Said) -> Iterator[Violation]:
    """What was read stands in the customer's words."""
    texts = [opened.data["issue"]["description"], *(reply.data.get("body") or "" for reply in replies)]
    for item in event.data.get("facts", ()):
        if item["origin"] == "read" and not any(item["words"] in text for text in texts):
            yield Violation(8, f"ticket {ticket}: {item['fact']} was read from {item['words']!r}, which nobody wrote")


def _facts(opened: Said, replies: list[Said]) -> list[Json]:
    """The facts as they stood after TicketOpened and after each reply."""
    issue = opened.data["issue"]
    facts: Json = {name: issue.get(name, "unknown") for name in STATED} | {"initiator": issue.get("initiator")}
    if facts["ongoing"] is None:
        facts["ongoing"] = "unknown"
    versions = [facts]
    for reply in replies:
        new = {name: reply.data[name] for name in STATED if reply.data.get(name) not in (None, "unknown")}
        versions.append(versions[-1] | new)
    return versions


def ruled(policy: Json, facts: Json) -> tuple[str, str]:
    """The first rule that holds: its priority and its id."""
    for rule in policy["rules"]:
        if all(facts[fact] in values for fact, values in rule.get("when", {}).items()):
            return rule["priority"], rule["id"]
    raise AssertionError("the policy has no rule that always holds")


def _targets(evidence: Evidence, ticket: str, opened: Said, event: Said, policy: Json) -> Iterator[Violation]:
    """What is promised is what the plan says for that priority; nothing where nothing is owed."""
    found = {
        clock: target and (_duration(target["duration"]), target["calendar"])
        for clock, target in event.data["targets"].items()
    }
    coverage, plan = event.data["coverage"], event.data.get("plan")
    if coverage == "provider":
        return
    if coverage == "covered":
        if plan not in evidence.plans[opened.data.get("account") or ""]:
            yield Violation(8, f"ticket {ticket} is covered by plan {plan}, which its account never had")
        expected = promised(policy, plan, event.data["priority"])
    else:
        expected = dict.fromkeys(CLOCKS)
    if found != expected:
        yield Violation(8, f"ticket {ticket}: targets {found}, the policy says {expected}")


def promised(policy: Json, plan: str | None, priority: str) -> dict[str, Any]:
    """Clock by clock (duration, calendar), or none."""
    cells = policy["plans"][plan]["targets"][priority]
    if cells == "none":
        return dict.fromkeys(CLOCKS)
    return {
        clock: None
        if cells[clock] == "none"
        else (duration(cells[clock].get("target") or cells[clock].get("every")), cells[clock]["calendar"])
        for clock in CLOCKS
    }


def _duration(text: str) -> timedelta:
    return duration(text)
