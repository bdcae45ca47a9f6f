"""Invariants 1 to 3: one issue is one ticket, sequences have no gap and no repeat, states are a path.

What intake must have said of an issue is folded anew from the reports, in the log's order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from shared.ids import issue_uid, ticket_id
from tests.crash.checker.evidence import Evidence, Json, Said, Violation

GRAPH = {
    None: {"open"},
    "open": {"in progress", "awaiting customer", "monitoring", "resolved"},
    "in progress": {"awaiting customer", "monitoring", "resolved"},
    "awaiting customer": {"in progress", "monitoring", "resolved"},
    "monitoring": {"in progress", "awaiting customer", "resolved"},
    "resolved": {"in progress", "closed"},
    "closed": set(),
}
FACTS = ("services", "category", "environment", "impact", "workaround", "ongoing", "ended_at", "examples")
OWNED = {"intake": "tickets", "status-monitor": "tickets", "triage": "tickets"}


def ticket_of(issue: Json, source: str) -> str:
    """The ticket that this report belongs to."""
    account = (issue.get("reporter") or {}).get("account")
    return str(ticket_id(issue_uid(account or source, issue["issue_id"])))


def one_issue_one_ticket(evidence: Evidence) -> Iterator[Violation]:
    """1. Every accepted issue has exactly one ticket; no ticket without an accepted issue."""
    in_log = {entry.place: entry for entries in evidence.log.values() for entry in entries}
    for note in evidence.load:
        if note["what"] == "sent" and "offset" in note:
            entry = in_log.get((note["topic"], note["partition"], note["offset"]))
            if entry is None or (note.get("id") and entry.headers.get("ce_id", note["id"]) != note["id"]):
                yield Violation(1, f"{note['kind']} {note.get('id')} was acknowledged, and the log does not have it")
    owed: dict[str, str] = {}
    for event in evidence.events("issuereported"):
        issue_id = event.data.get("issue_id") or event.id
        owed[ticket_of({**event.data, "issue_id": issue_id}, event.source)] = f"issue {issue_id}"
    http = [note for note in evidence.load if note["what"] == "http" and note["act"] == "issue"]
    maybe = {ticket_of(note["body"], note["source"]) for note in http}
    for note in http:
        if note.get("status") == 201:
            owed[note["answer"]["ticket"]["id"]] = f"issue {note['body']['issue_id']} over HTTP"
    opened = Counter(event.ticket for event in evidence.events("ticketopened"))
    rows = Counter(str(row["ticket_id"]) for row in evidence.table("intake", "tickets"))
    for ticket, issue in owed.items():
        if opened[ticket] != 1 or rows[ticket] != 1:
            yield Violation(1, f"{issue}: {opened[ticket]} TicketOpened, {rows[ticket]} rows for ticket {ticket}")
    for ticket in (opened.keys() | rows.keys()) - owed.keys() - maybe:
        yield Violation(1, f"ticket {ticket} has no accepted issue")
    numbers = Counter(event.data["number"] for event in evidence.events("ticketopened"))
    yield from (Violation(1, f"{count} tickets are called {number}") for number, count in numbers.items() if count > 1)
    for note in http:
        if note.get("status") == 201:
            opening = evidence.opened.get(note["answer"]["ticket"]["id"])
            if opening is not None and opening.data["number"] != note["answer"]["ticket"]["number"]:
                yield Violation(1, f"key {note['key']} was told {note['answer']}; it is {opening.data['number']}")


def replies_are_said_once(evidence: Evidence) -> Iterator[Violation]:
    """4, as far as it shows in what intake said: each report and each act had its effect, once."""
    expected = _replies_owed(evidence)
    said: Counter[str] = Counter()
    for ticket, names in evidence.tickets.items():
        count = sum(event.data["origin"] == "source" for event in names["ticketreplied"])
        if count != expected.get(ticket, 0):
            yield Violation(4, f"ticket {ticket}: its source added {expected.get(ticket, 0)} times, {count} were said")
        said.update(event.data["reply_id"] for event in names["ticketreplied"] if event.data["origin"] == "customer")
    acts = [note for note in evidence.load if note["what"] == "http" and note["act"] == "reply"]
    told = Counter({note["answer"]["reply_id"]: 1 for note in acts if note.get("status") == 201})
    for reply, count in said.items():
        if count > 1:
            yield Violation(4, f"reply {reply} was said {count} times")
    yield from (Violation(4, f"reply {reply} was accepted and never said") for reply in told if reply not in said)


def _replies_owed(evidence: Evidence) -> dict[str, int]:
    """How often each issue's source said something new after it was first reported."""
    known: dict[str, Json] = {}
    owed: dict[str, int] = defaultdict(int)
    for event in evidence.events("issuereported"):
        issue = {**event.data, "issue_id": event.data.get("issue_id") or event.id}
        ticket = ticket_of(issue, event.source)
        before = known.get(ticket)
        if before is None:
            known[ticket] = issue
            continue
        stated = {
            fact: issue[fact]
            for fact in FACTS
            if issue.get(fact) not in (None, "unknown", []) and issue[fact] != before.get(fact)
        }
        if issue.get("detection") and issue["detection"] != before.get("detection"):
            stated["detection"] = issue["detection"]
        if stated or issue["description"] != before["description"]:
            owed[ticket] += 1
            known[ticket] = {**before, **stated, "description": issue["description"]}
    return owed


def sequences(evidence: Evidence) -> Iterator[Violation]:
    """2. Per ticket and producer: 1..n without gap or repeat, in the topic and in the owner's tables."""
    lanes: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for event in evidence.said:
        if event.entry.topic == "tickets" or (event.entry.topic == "notifications" and event.sequence is not None):
            lanes[event.entry.topic, event.ticket, event.source].append(event)
    for (topic, ticket, producer), events in lanes.items():
        found = [event.sequence for event in events]  # in the log's order: one key is one partition
        if found != list(range(1, len(found) + 1)):
            yield Violation(2, f"{topic}: ticket {ticket}: {producer} said {found}")
        if len({event.entry.partition for event in events}) > 1:
            yield Violation(2, f"{topic}: ticket {ticket} lies in several partitions")
    for service in evidence.tables:
        for row in evidence.table(service, "seen"):
            count = len(lanes.get(("tickets", row["key"], row["producer"]), []))
            if row["last"] != count:
                lane = f"{row['producer']} on ticket {row['key']}"
                yield Violation(2, f"{service} saw {lane} up to {row['last']}, the topic has {count}")
    for service, table in OWNED.items():
        for row in evidence.table(service, table):
            key = str(row.get("ticket_id") or row.get("id"))
            last, count = row.get("sequence"), len(lanes.get(("tickets", key, service), []))
            if last is not None and last != count:
                yield Violation(2, f"{service} has sequence {last} for ticket {key}, the topic has {count}")


def agents_acts_are_done_once(evidence: Evidence) -> Iterator[Violation]:
    """4, for what agents did over HTTP: each act that was accepted has its one event, at the sequence it was told."""
    kinds = {"update": "statuschanged", **dict.fromkeys(("priority", "exclusion", "plan"), "priorityassigned")}
    by_number = {event.data["number"]: event.ticket for event in evidence.opened.values()}
    acts = {note["key"]: note for note in evidence.load
            if note["what"] == "http" and note["act"] in kinds and note.get("status") == 200}  # fmt: skip
    done: Counter[str] = Counter()
    for note in acts.values():
        ticket, name = by_number.get(note["answer"]["number"], ""), kinds[note["act"]]
        done[ticket] += note["act"] == "update"
        if not note["answer"].get("changed", True):
            continue
        said = [event for event in evidence.tickets[ticket][name] if event.sequence == note["answer"]["sequence"]]
        words = note["body"].get("message") or note["body"].get("reason")
        if len(said) != 1 or words not in _words_of(said[0].data):
            yield Violation(4, f"act {note['key']} was accepted as {note['answer']}, said was {said}")
    for ticket, names in evidence.tickets.items():
        count = sum(event.data["cause"] == "agent" for event in names["statuschanged"])
        if count > done[ticket]:
            yield Violation(4, f"ticket {ticket}: {count} changes by agents, {done[ticket]} were accepted")


def _words_of(event: Json) -> set[str | None]:
    """What an agent may have given: a message, or the reason of a decision, a ruling or a re-plan."""
    rulings = {item.get("reason") for item in event.get("exclusions", ())}
    plans = {item["text"] for item in event.get("reasons", ()) if item["rule"] == "replanned"}
    return {event.get("message"), event.get("reason"), *rulings, *plans}


def states(evidence: Evidence) -> Iterator[Violation]:
    """3. A ticket's states are a path in the state graph; Initial comes first."""
    for ticket, names in evidence.tickets.items():
        state: Any = None
        for place, event in enumerate(names["statuschanged"]):
            before, after = event.data.get("state_from"), event.data["state_to"]
            if before != state:
                yield Violation(3, f"ticket {ticket}: from {before!r} after {state!r}")
            elif after != before and after not in GRAPH[before]:
                yield Violation(3, f"ticket {ticket}: {before!r} to {after!r}")
            if (event.data.get("status") == "Initial") != (place == 0):
                yield Violation(3, f"ticket {ticket}: change {place + 1} is {event.data.get('status')}")
            state = after
    for ticket in evidence.opened:
        if not evidence.tickets[ticket]["statuschanged"]:
            yield Violation(3, f"ticket {ticket} has no Initial")
        if not evidence.tickets[ticket]["priorityassigned"]:
            yield Violation(8, f"ticket {ticket} was never assessed")
