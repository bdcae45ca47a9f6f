"""A small run in which everything holds, written by hand; each test of the checker spoils one thing in it.

Two tickets of the account `acme`: UP-1 is answered in time and resolved, UP-2 is not answered: its first response is
breached. Times are seconds after `START`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from shared.ids import issue_uid, notification_id, ticket_id
from tests.crash.checker.evidence import Entry, Evidence, Json, Receipt, read
from tests.crash.checker.records import HANDLES, topics_of

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DESK, HOOK = ("email", "desk@acme.example"), ("webhook", "http://hook/acme")
SUPPORT = ("email", "support@upheld.example")
ONE, TWO = (str(ticket_id(issue_uid("acme", name))) for name in ("i-1", "i-2"))
NONE = dict.fromkeys(("notification", "first_response", "update", "first_resolution", "total_resolution"), "none")
POLICY = {
    "support": {"contact": "Support@upheld.example"},
    "rules": [
        {"id": "outage", "when": {"impact": ["outage"]}, "priority": "P1"},
        {"id": "everything-else", "priority": "P3"},
    ],
    "plans": {
        "gold": {"targets": {"P1": {**NONE, "first_response": {"target": "PT10S", "calendar": "always"}}, "P3": "none"}}
    },
}
TARGETS = {**dict.fromkeys(NONE), "first_response": {"duration": "PT10S", "calendar": "always"}}


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def entry(
    topic: str, source: str, id: str, name: str, data: Json, seconds: float, *, sequence: int | None = None
) -> Entry:
    """A record in binary mode; its offset is settled by `put`."""
    headers = {"ce_id": id, "ce_source": source, "ce_type": f"upheld.{name}.v1", "ce_time": at(seconds).isoformat()}
    if sequence is not None:
        headers["ce_sequence"] = str(sequence)
    key = str(data.get("ticket_id", source))
    return Entry(topic, 0, -1, key, headers, json.dumps(data).encode(), at(seconds))


def put(evidence: Evidence, *entries: Entry) -> None:
    """Append to the log, in this order."""
    for item in entries:
        lane = evidence.log.setdefault(item.topic, [])
        lane.append(replace(item, offset=len(lane)))


def issue(name: str, account: str = "acme") -> Json:
    return {
        "issue_id": name,
        "reporter": {"name": "Ann", "account": account},
        "impact": "outage",
        "ongoing": True,
        "description": f"[account={account}] calls fail",
    }


def opened(ticket: str, number: str, name: str) -> Entry:
    data = {
        "ticket_id": ticket, "number": number, "issue": issue(name), "account": "acme", "source": "crm",
        "opened_at": at(1).isoformat(), "clock_start": at(0).isoformat(),
    }  # fmt: skip
    return entry("tickets", "intake", f"opened/{number}", "ticketopened", data, 1, sequence=1)


def assigned(ticket: str, number: str) -> Entry:
    data = {
        "ticket_id": ticket, "number": number, "assessment": 1, "priority": "P1", "coverage": "covered",
        "plan": "gold", "policy": {"sha256": "p1"}, "reasons": [{"rule": "outage"}], "decided_by": "rules",
        "targets": TARGETS, "decided_at": at(2).isoformat(),
    }  # fmt: skip
    return entry("tickets", "triage", f"assigned/{number}", "priorityassigned", data, 2, sequence=1)


def changed(
    ticket: str, number: str, sequence: int, seconds: float, step: tuple[str | None, str], status: str | None,
    cause: str = "agent", audience: str = "public",
) -> Entry:  # fmt: skip
    data = {
        "ticket_id": ticket, "number": number, "state_from": step[0], "state_to": step[1], "status": status,
        "audience": audience, "cause": cause, "message": "words" if cause == "agent" else None,
        "actor": {"kind": "agent" if cause == "agent" else "system", "name": "x"},
        "ticket": {"number": number, "account": "acme", "priority": "P1", "policy": {"sha256": "p1"}},
        "changed_at": at(seconds).isoformat(),
    }  # fmt: skip
    id = f"changed/{number}/{sequence}"
    return entry("tickets", "status-monitor", id, "statuschanged", data, seconds, sequence=sequence)


def message_id(number: str, sequence: int, to: tuple[str, str]) -> str:
    return str(notification_id(f"status-monitor/changed/{number}/{sequence}", *to))


def sent(ticket: str, number: str, change: int, status: str, to: tuple[str, str], seconds: float, place: int) -> Entry:
    id = message_id(number, change, to)
    data = {
        "notification_id": id, "ticket_id": ticket, "number": number, "status": status, "phone": "+1",
        "description": "calls fail", "account": "acme", "channel": to[0], "outcome": "accepted",
        "delivered_at": at(seconds).isoformat(),
    }  # fmt: skip
    return entry("notifications", "notifier", f"sent/{id}", "notificationsent", data, seconds, sequence=place)


def receipt(number: str, change: int, status: str, to: tuple[str, str], seconds: float) -> Receipt:
    words = "[account=acme] calls fail"
    return Receipt(at(seconds).timestamp(), *to, message_id(number, change, to), number, status, words)


def example() -> Evidence:
    """Everything holds."""
    evidence = Evidence(gathered_at=at(600))
    term = {"start": at(-1000).isoformat(), "end": None}
    contacts = [
        {"channel": "email", "address": "Desk@acme.example"},
        {"channel": "webhook", "address": "http://hook/acme", "statuses": ["Initial"]},
    ]
    account = {"id": "acme", "plan": "gold", "term": term, "services": [], "contacts": contacts}
    policy = {"sha256": "p1", "text": yaml.safe_dump(POLICY)}
    put(
        evidence,
        entry("accounts", "upheld", "a1", "accountchanged", account, -10),
        entry("policies", "upheld", "p1", "policypublished", policy, -10),
        *(entry("issues", "crm", f"r/{name}", "issuereported", issue(name), 0) for name in ("i-1", "i-2")),
        entry("issues", "crm", "r/i-1", "issuereported", issue("i-1"), 5),
        opened(ONE, "UP-1", "i-1"), opened(TWO, "UP-2", "i-2"), assigned(ONE, "UP-1"), assigned(TWO, "UP-2"),
        changed(ONE, "UP-1", 1, 3, (None, "open"), "Initial", "opened"),
        changed(TWO, "UP-2", 1, 3, (None, "open"), "Initial", "opened"),
        changed(ONE, "UP-1", 2, 6, ("open", "in progress"), "Update"),
        changed(TWO, "UP-2", 2, 11, ("open", "open"), None, "breached", "internal"),
        changed(ONE, "UP-1", 3, 20, ("in progress", "resolved"), "Resolved"),
        sent(ONE, "UP-1", 1, "Initial", DESK, 4, 1), sent(ONE, "UP-1", 1, "Initial", HOOK, 4, 2),
        sent(TWO, "UP-2", 1, "Initial", DESK, 4, 1), sent(TWO, "UP-2", 1, "Initial", HOOK, 4, 2),
        sent(ONE, "UP-1", 2, "Update", DESK, 7, 3), sent(ONE, "UP-1", 3, "Resolved", DESK, 21, 4),
        sent(ONE, "UP-1", 3, "Resolved", HOOK, 21, 5),
    )  # fmt: skip
    evidence.receipts = [
        *(receipt(number, 1, "Initial", to, 4) for number in ("UP-1", "UP-2") for to in (DESK, HOOK)),
        receipt("UP-1", 2, "Update", DESK, 7), receipt("UP-2", 2, "Informational", SUPPORT, 12),
        receipt("UP-1", 3, "Resolved", DESK, 21), receipt("UP-1", 3, "Resolved", HOOK, 21),
    ]  # fmt: skip
    evidence.load = [{"what": "sent", "kind": "issue", "id": "r/i-1", "topic": "issues", "partition": 0, "offset": 0},
                     {"what": "done"}]  # fmt: skip
    evidence.load += [
        {"what": "http", "act": "update", "key": f"act {sequence}", "status": 200, "body": {"message": "words"},
         "answer": {"number": "UP-1", "sequence": sequence}}
        for sequence in (2, 3)
    ]  # fmt: skip
    _tables(evidence)
    return evidence


def _tables(evidence: Evidence) -> None:
    """What the services would have of all this in their tables."""
    for service, names in HANDLES.items():
        events = [read(item) for topic in topics_of(service) for item in evidence.log.get(topic, [])]
        seen = {event.identity: event for event in events if event.name in names}
        evidence.tables[service] = {
            "inbox": [dict(zip(("topic", "source", "id"), identity, strict=True), handled_at=event.time)
                      for identity, event in seen.items()],
            "outbox": [], "dead_letter": [],
        }  # fmt: skip
        evidence.committed[service] = {(topic, 0): len(evidence.log.get(topic, [])) for topic in topics_of(service)}
    one = {"ticket_id": ONE, "account": "acme", "sequence": 1}
    two = {"ticket_id": TWO, "account": "acme", "sequence": 1}
    evidence.tables["intake"] |= {"tickets": [one, two], "ticket_view": [dict(one), dict(two)]}
    evidence.tables["intake"]["timeline"] = [
        {"ticket_id": json.loads(item.value or b"")["ticket_id"], "source": item.headers["ce_source"],
         "id": item.headers["ce_id"]}
        for topic in ("tickets", "notifications") for item in evidence.log[topic]
    ]  # fmt: skip
    evidence.rebuilt = {name: [dict(row) for row in evidence.tables["intake"][name]]
                        for name in ("timeline", "ticket_view")}  # fmt: skip
    evidence.tables["triage"]["tickets"] = [dict(one), dict(two)]
    evidence.tables["status-monitor"]["ledger"] = [
        {"ticket_id": TWO, "place": 1, "clock": "first_response", "cycle": at(0), "kind": "breached", "at": at(10),
         "known_at": at(11)}
    ]  # fmt: skip
    evidence.tables["notifier"]["deliveries"] = [
        {"id": item.id, "channel": item.channel, "destination": item.destination, "state": "accepted",
         "account": None if (item.channel, item.destination) == SUPPORT else "acme", "reason": None, "missing": None,
         "lapsed": []}
        for item in evidence.receipts
    ]  # fmt: skip


def alter(evidence: Evidence, topic: str, place: int, **data: Any) -> None:
    """Say something else in this record."""
    item = evidence.log[topic][place]
    evidence.log[topic][place] = replace(item, value=json.dumps(json.loads(item.value or b"") | data).encode())
