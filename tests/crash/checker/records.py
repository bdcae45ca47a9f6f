"""Invariants 4 and 11: every record has one outcome, offsets and outboxes are at their ends, nothing was left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.crash.checker.evidence import Entry, Evidence, Said, Violation, read

_REFERENCE = {"policypublished", "accesschanged", "accountchanged"}
_TICKET = {"ticketopened", "ticketreplied", "priorityassigned", "statuschanged"}
HANDLES = {
    "intake": {"issuereported", *_TICKET, "notificationsent", "policypublished", "accesschanged"},
    "triage": {"ticketopened", "ticketreplied", *_REFERENCE},
    "status-monitor": {
        "detectionreported",
        "ticketopened",
        "ticketreplied",
        "priorityassigned",
        "notificationsent",
        *_REFERENCE,
    },
    "notifier": {"statuschanged", *_REFERENCE},
}
TOPIC = {
    "issuereported": "issues",
    "detectionreported": "detections",
    "notificationsent": "notifications",
    "policypublished": "policies",
    "accesschanged": "access",
    "accountchanged": "accounts",
    **dict.fromkeys(_TICKET, "tickets"),
}


def topics_of(service: str) -> set[str]:
    return {TOPIC[name] for name in HANDLES[service]}


def outcomes(evidence: Evidence) -> Iterator[Violation]:
    """4. Every record consumed has one recorded outcome; outboxes drain to zero."""
    for service in sorted(evidence.tables.keys() & HANDLES.keys()):
        yield from _of_service(evidence, service)


def _of_service(evidence: Evidence, service: str) -> Iterator[Violation]:
    inbox = {(row["topic"], row["source"], row["id"]) for row in evidence.table(service, "inbox")}
    letters = {(row["topic"], row["partition"], row["offset"]): row for row in evidence.table(service, "dead_letter")}
    committed = evidence.committed.get(service, {})
    known = set()
    for topic in sorted(topics_of(service)):
        for entry in evidence.log.get(topic, []):
            if committed.get((topic, entry.partition), 0) <= entry.offset:
                yield Violation(4, f"{service} has not consumed {entry.place}")
                continue
            letter = letters.pop(entry.place, None)
            if entry.place in evidence.poison:
                if letter is not None or not _skipped_unread(service, entry):
                    yield from _buried(service, entry, letter)
                continue
            event = read(entry)
            known.add(event.identity)
            handled = event.identity in inbox
            if not _handles(service, event):
                if handled or (letter is not None and letter["kind"] != "parked"):
                    yield Violation(4, f"{service} should have skipped {event.name} {entry.place}")
            elif letter is not None and letter["state"] in ("dead", "parked"):
                yield Violation(4, f"{service} left {event.name} {entry.place} {letter['state']}: {letter['reason']}")
            elif not handled:
                yield Violation(4, f"{service} passed over {event.name} {entry.place} {event.id}")
    for place in letters:
        yield Violation(4, f"{service} has a dead letter that the log does not have: {place}")
    for identity in inbox - known:
        yield Violation(4, f"{service} handled what the log does not have: {identity}")
    if rows := evidence.table(service, "outbox"):
        yield Violation(4, f"{service} has {len(rows)} events in its outbox")


def _handles(service: str, event: Said) -> bool:
    """triage wants to know of a ticket's closing alone, of all that status-monitor says of it."""
    if service == "triage" and event.name == "statuschanged":
        return bool(event.data["state_to"] == "closed")
    return event.name in HANDLES[service]


def _skipped_unread(service: str, entry: Entry) -> bool:
    """A header names a type that this service does not handle: nobody looks at the rest."""
    kind = entry.headers.get("ce_type")
    return kind is not None and kind.split(".")[1] not in HANDLES[service]


def _buried(service: str, entry: Entry, letter: dict[str, Any] | None) -> Iterator[Violation]:
    if letter is None:
        yield Violation(4, f"{service} has no dead letter for the poison at {entry.place}")
    elif letter["value"] != entry.value:
        yield Violation(4, f"{service} did not keep the raw bytes of {entry.place}")
    elif not letter["reason"]:
        yield Violation(4, f"{service} gives no reason for {entry.place}")


def drained(evidence: Evidence) -> Iterator[Violation]:
    """11. When the fault ends, everything drains by itself."""
    yield from (Violation(11, what) for what in evidence.left)
    for note in evidence.load:
        if note["what"] == "unanswered":
            yield Violation(11, f"{note['path']} with key {note['key']} was never answered")
    if evidence.load and not any(note["what"] == "done" for note in evidence.load):
        yield Violation(11, "the load did not come to its end")
