"""Everything that a dispute about a ticket needs, in one document, as the services have recorded it.

- Each part is what a service says, in the order of what occurred; nothing is worked out here but what belongs together.
- The same records make the same document: clocks are read as at the last thing that is recorded, not as at now.
  `made_at` alone differs, and `content_sha256` is of all the rest.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from services.triage.domain import Inputs
from shared.events import NotificationSent, StatusChanged, TicketOpened, TicketReplied
from shared.policy import Policy, PolicyError, parse_policy
from upheld.client import Client
from upheld.errors import NotThere, Refused

Json = dict[str, Any]
FORMAT = "upheld-evidence/1"
TRIES, PAUSE = 20, 0.25


async def gather(client: Client, number: str) -> Json:
    """The content of the evidence on this ticket, from all services; needs the key of an agent."""
    ticket = await _followed(client, number)
    timeline = (await client.timeline(number))["entries"]
    assessed = (await client.assessments(number))["assessments"]
    as_at = max((entry["occurred_at"] for entry in timeline), key=datetime.fromisoformat)
    clocks = await client.clocks(number, as_at)
    policies = [await client.policy(sha256) for sha256 in _versions(assessed)]
    deliveries, waiting = await _deliveries(client, ticket["id"])
    return content_of(ticket, timeline, assessed, clocks, policies, deliveries, waiting)


async def _followed(client: Client, number: str) -> Json:
    """The ticket; one that was opened a moment ago is waited for. Raises NotThere."""
    for _ in range(TRIES):
        ticket = await client.ticket(number)
        if ticket["priority"] is not None and "status-monitor" in ticket["sequences"]:
            return ticket
        await asyncio.sleep(PAUSE)
    raise NotThere(f"{number} is not assessed and followed yet: there is nothing to show.", hint="Try again later.")


async def _deliveries(client: Client, ticket_id: str) -> tuple[list[Json], list[Json]]:
    """Everything that was or is to be sent; nothing where the notifier never had to tell of the ticket."""
    found: list[Json] = []
    cursor: str | None = None
    while True:
        try:
            page = await client.deliveries(ticket_id, cursor=cursor)
        except Refused as error:
            if error.status == 404:
                return [], []
            raise
        found += page["deliveries"]
        cursor = page["next"]
        if cursor is None:
            return found, page["waiting"]


def content_of(
    ticket: Json,
    timeline: list[Json],
    assessed: list[Json],
    clocks: Json,
    policies: Iterable[Json],
    deliveries: list[Json],
    waiting: list[Json],
) -> Json:
    """What the services said, put together."""
    versions = {policy["sha256"]: policy for policy in policies}
    return {
        "ticket": {
            name: ticket[name]
            for name in ("number", "id", "account", "initiator", "state", "opened_at", "clock_start", "linked_to")
        },
        "report": _data(timeline, TicketOpened.type_name())[0],
        "replies": _data(timeline, TicketReplied.type_name()),
        "facts": assessed[-1]["result"].get("facts", []),
        "policies": [{**versions[sha256], "applied": _applied(assessed, versions[sha256])} for sha256 in versions],
        "assessments": [
            {**{name: item[name] for name in ("assessment", "decided_at", "policy", "cause")}, "inputs": item["inputs"],
             "said": item["result"]}
            for item in assessed
        ],
        "clocks": {
            "as_at": clocks["as_at"],
            "readings": clocks["clocks"],
            "verdicts": clocks["verdicts"],
            "calendars": clocks["calendars"],
            "facts": clocks["facts"],
        },
        "ledger": clocks["ledger"],
        "exclusions": {
            "accepted": clocks["exclusions"],
            "ruled_or_proposed": assessed[-1]["result"].get("exclusions", []),
        },
        "links": clocks["links"],
        "changes": _data(timeline, StatusChanged.type_name()),
        "notifications": {
            "sent": _data(timeline, NotificationSent.type_name()),
            "deliveries": deliveries,
            "waiting": waiting,
        },
    }  # fmt: skip


def document(content: Json, made_at: str) -> str:
    """The file: readable, its keys in order, the same bytes for the same content and time."""
    whole = {"format": FORMAT, "made_at": made_at, "content_sha256": content_sha256(content), "content": content}
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def content_sha256(content: Json) -> str:
    """Of the content as JSON with sorted keys and no spaces, in UTF-8: two files of one ticket can be held together."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _data(timeline: Iterable[Json], kind: str) -> list[Json]:
    """The events of this type as they were said, with when and by which service."""
    return [
        {**{name: entry[name] for name in ("id", "service", "sequence", "occurred_at")}, "data": entry["data"]}
        for entry in timeline
        if entry["event"] == kind
    ]


def _versions(assessed: Iterable[Json]) -> list[str]:
    """The versions of the policy that count, in the order in which they came in."""
    return list(dict.fromkeys(version for item in assessed for version in _of_assessment(item)))


def _of_assessment(item: Json) -> Iterator[str]:
    inputs = Inputs.model_validate_json(json.dumps(item["inputs"]))
    lines = [inputs.customer.line if inputs.customer is not None else None, *(plan.line for plan in inputs.lines)]
    yield item["policy"]
    for line in lines:
        yield from line.versions if line is not None else ()


def _applied(assessed: Iterable[Json], version: Mapping[str, Any]) -> Json:
    """What of this version the assessments rest on: clauses cited, rules that decided, the plan's cells, calendars."""
    try:
        policy = parse_policy(version["text"])
    except PolicyError:  # written by a later release, say: its text is there whole
        return {}
    mine = [item["result"] for item in assessed if item["policy"] == version["sha256"] or _keeps(item, version)]
    reasons = [reason for said in mine for reason in said["reasons"]]
    clauses = {reason["clause"] for reason in reasons}
    clauses |= {item["clause"] for said in mine for item in said["exclusions"]}
    rules = {reason["rule"] for reason in reasons}
    cells = {(said["plan"], said["priority"]) for said in mine if said["plan"] in policy.plans}
    return {
        "clauses": {key: text for key, text in sorted(policy.document.clauses.items()) if key in clauses},
        "rules": [_written(rule) for rule in policy.rules if rule.id in rules],
        "plans": [_plan(policy, plan, priority) for plan, priority in sorted(cells)],
    }


def _keeps(item: Json, version: Mapping[str, Any]) -> bool:
    return version["sha256"] in set(_of_assessment(item))


def _plan(policy: Policy, plan: str, priority: str) -> Json:
    """A plan's cells at a priority, with how their clocks run, and the calendars that they name."""
    terms = policy.plans[plan]
    targets = terms.targets.get(priority, {})
    named = sorted({target.calendar for target in targets.values() if target is not None})
    return {
        "plan": plan,
        "priority": priority,
        "targets": _written(terms.cells[priority]) if priority in terms.cells else None,
        "pauses": dict(terms.pauses),
        "warnings": dict(terms.warnings),
        "response_met_by": terms.response_met_by,
        "closed_counts": terms.closed_counts,
        "calendars": {name: _written(policy.calendars[name]) for name in named},
    }


def _written(part: Any) -> Json:
    """A part of the file, as JSON."""
    written: Json = part.model_dump(mode="json", by_alias=True)
    return written
