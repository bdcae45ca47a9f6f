"""What a run left behind: the log, the tables, the receivers' own notes, and what was done to it. Plain data.

Events are read here as JSON, not through the program's own models: the checker must not share a fault with it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

Json = dict[str, Any]
Place = tuple[str, int, int]
Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that does not hold, and where."""

    invariant: int
    what: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it lies in the log; `topic` without the installation's prefix, `at` its timestamp."""

    topic: str
    partition: int
    offset: int
    key: str | None
    headers: dict[str, str]
    value: bytes | None
    at: datetime

    @property
    def place(self) -> Place:
        return self.topic, self.partition, self.offset


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receiver noted: when (seconds since the epoch), by which channel, for whom, under which id, and what."""

    at: float
    channel: str
    destination: str
    id: str
    number: str
    status: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What was done, from when until it was over; `service` where it concerns one alone."""

    kind: str
    at: float
    until: float
    service: str | None = None
    hit: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An event, as it first occurred in the log. `name` is its type's: ticketopened, statuschanged, ..."""

    entry: Entry
    source: str
    id: str
    name: str
    sequence: int | None
    time: datetime
    data: Json

    @property
    def identity(self) -> Identity:
        return self.entry.topic, self.source, self.id

    @property
    def ticket(self) -> str:
        return str(self.data["ticket_id"])


@dataclass
class Evidence:
    """All of it. `tables` by service and table; `left` is what had not drained when time was up."""

    log: dict[str, list[Entry]] = field(default_factory=dict)
    tables: dict[str, dict[str, list[Json]]] = field(default_factory=dict)
    committed: dict[str, dict[tuple[str, int], int]] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    load: list[Json] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rebuilt: dict[str, list[Json]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    gathered_at: datetime = datetime(2100, 1, 1, tzinfo=UTC)

    def table(self, service: str, name: str) -> list[Json]:
        return self.tables.get(service, {}).get(name, [])

    @cached_property
    def poison(self) -> set[Place]:
        """Where the load put what no service can handle; it says so in a header that nobody else reads."""
        return {entry.place for entries in self.log.values() for entry in entries if "poison" in entry.headers}

    @cached_property
    def said(self) -> list[Said]:
        """Every event that can be read, in the order of each partition, repeats left out."""
        seen: set[Identity] = set()
        found = []
        for topic in sorted(self.log):
            for entry in self.log[topic]:
                if entry.place in self.poison:
                    continue
                event = read(entry)
                if event.identity not in seen:
                    seen.add(event.identity)
                    found.append(event)
        return found

    def events(self, name: str) -> Iterator[Said]:
        return (event for event in self.said if event.name == name)

    @cached_property
    def tickets(self) -> dict[str, dict[str, list[Said]]]:
        """By ticket, then by name of the event, each list in the order of its sequence."""
        found: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
        for event in self.said:
            if event.entry.topic in ("tickets", "notifications"):
                found[event.ticket][event.name].append(event)
        for names in found.values():
            for events in names.values():
                events.sort(key=lambda event: event.sequence or 0)
        return found

    @cached_property
    def opened(self) -> dict[str, Said]:
        return {event.ticket: event for event in self.events("ticketopened")}

    @cached_property
    def accounts(self) -> dict[str, Json]:
        """The last word on each account."""
        return {event.data["id"]: event.data for event in self.events("accountchanged")}

    @cached_property
    def plans(self) -> dict[str, set[str]]:
        """Every plan that an account ever had: a ticket stays with that of its opening until it is planned anew."""
        found: dict[str, set[str]] = defaultdict(set)
        for event in self.events("accountchanged"):
            found[event.data["id"]].add(event.data["plan"])
        return found

    @cached_property
    def policies(self) -> dict[str, Json]:
        """Each policy version's file, parsed, by its SHA-256."""
        import yaml

        return {event.data["sha256"]: yaml.safe_load(event.data["text"]) for event in self.events("policypublished")}


def read(entry: Entry) -> Said:
    """The event in a record: CloudEvents in binary or structured mode, or plain JSON."""
    headers, value = entry.headers, json.loads(entry.value or b"null")
    if "ce_type" in headers:
        return _said(entry, {name.removeprefix("ce_"): text for name, text in headers.items()}, value)
    if "specversion" in value and "data" in value:
        return _said(entry, {name: text for name, text in value.items() if name != "data"}, value["data"])
    identity = f"{entry.topic}/{entry.partition}/{entry.offset}"
    name = {"issues": "upheld.issuereported.v1", "detections": "upheld.detectionreported.v1"}[entry.topic]
    source = entry.key or value.get("source") or f"topic/{entry.topic}"
    return _said(entry, {"id": identity, "source": source, "type": name}, value)


def _said(entry: Entry, attributes: Json, data: Json) -> Said:
    sequence, time = attributes.get("sequence"), attributes.get("time")
    return Said(
        entry,
        attributes["source"],
        attributes["id"],
        attributes["type"].split(".")[1],
        int(sequence) if sequence else None,
        when(time) if time else entry.at,
        data,
    )


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
