"""Invariants 5 and 7: who is owed what follows from the contracts alone, and is compared with the receivers' notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.ids import notification_id
from tests.crash.checker.evidence import Evidence, Fault, Json, Receipt, Said, Violation, when

INTERNAL = {
    "at-risk", "breached", "corrected", "escalated", "unknown account", "link proposed", "resolution proposed",
    "out of term", "term renewed",
}  # fmt: skip
Destination = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Owed:
    """One message that somebody must get: of this change, at this destination, under this id."""

    change: Said
    channel: str
    destination: str
    id: str
    internal: bool = False


def owed(evidence: Evidence) -> dict[str, Owed]:
    """All of them, by id. What a linked ticket repeats is not owed to whoever is told on the provider's ticket."""
    found: dict[str, Owed] = {}
    there: dict[tuple[str, int], set[Destination]] = {}
    for names in sorted(evidence.tickets.values(), key=_is_a_customers):
        told: set[Destination] = set()
        for change in names["statuschanged"]:
            public = change.data["audience"] == "public"
            if public and change.data.get("status"):
                to = _recipients(evidence, change.data, told)
                if change.data["status"] == "Initial":
                    told |= to
                there[change.ticket, change.sequence or 0] = to
                link = change.data.get("link") or {}
                to = to - there.get((link.get("ticket_id", ""), link.get("sequence") or 0), set())
            elif not public and change.data["cause"] in INTERNAL:
                to = {("email", _support(evidence, change.data))}
            else:
                continue
            for channel, destination in to:
                id = str(notification_id(f"{change.source}/{change.id}", channel, destination))
                found[id] = Owed(change, channel, destination, id, internal=not public)
    return found


def _is_a_customers(names: dict[str, list[Said]]) -> bool:
    return not any(change.data.get("recipients_rule") for change in names["statuschanged"])


def _recipients(evidence: Evidence, change: Json, told: set[Destination]) -> set[Destination]:
    ticket = change["ticket"]
    found = set()
    if address := (ticket.get("reporter") or {}).get("email"):
        found.add(("email", address.strip().casefold()))
    for account in evidence.accounts.values():
        concerned = account["id"] == ticket.get("account") or _concerns(change, account)
        for contact in account.get("contacts", []):
            to = destination_of(contact)
            if (concerned and _wants(contact, change)) or (change["status"] == "Resolved" and to in told):
                found.add(to)
    return found


def destination_of(contact: Json) -> Destination:
    address = contact["address"]
    return contact["channel"], address.strip().casefold() if contact["channel"] == "email" else address


def _concerns(change: Json, account: Json) -> bool:
    rule, term = change.get("recipients_rule"), account["term"]
    if not rule or not set(rule["services"]) & set(account.get("services", [])):
        return False
    at = when(change["changed_at"])
    return when(term["start"]) <= at and (not term.get("end") or at < when(term["end"]))


def _wants(contact: Json, change: Json) -> bool:
    priority = change["ticket"].get("priority")
    if contact.get("statuses") and change["status"] not in contact["statuses"]:
        return False
    return not contact.get("priorities") or priority is None or priority in contact["priorities"]


def _support(evidence: Evidence, change: Json) -> str:
    if step := change.get("escalation"):
        return str(step["to"]).strip().casefold()
    policy = evidence.policies[change["ticket"]["policy"]["sha256"]]
    return str(policy["support"]["contact"]).strip().casefold()


def delivered(evidence: Evidence) -> Iterator[Violation]:
    """5. Every notification owed is accepted under one id, or given up with a reason, or waits for a named contact."""
    wanted = owed(evidence)
    receipts: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in evidence.receipts:
        receipts[receipt.id].append(receipt)
    sent: dict[str, Said] = {}
    for event in evidence.events("notificationsent"):
        if event.data["notification_id"] in sent:
            yield Violation(5, f"notification {event.data['notification_id']} was reported twice")
        sent[event.data["notification_id"]] = event
    for id, item in wanted.items():
        yield from _judge(item, receipts.get(id, []), sent.get(id))
    for id in receipts.keys() - wanted.keys():
        first = receipts[id][0]
        yield Violation(5, f"{first.destination} got {first.status} of {first.number} ({id}), which nobody was owed")
    for id in sent.keys() - wanted.keys():
        yield Violation(5, f"NotificationSent {id} of {sent[id].data['number']}, which nobody was owed")
    yield from _in_order(wanted, evidence.receipts)
    yield from _waits(evidence)


def _judge(item: Owed, got: list[Receipt], sent: Said | None) -> Iterator[Violation]:
    name = (
        f"{item.change.data['number']} {item.change.data.get('status') or item.change.data['cause']} "
        f"(change {item.change.sequence}) to {item.destination}"
    )
    for receipt in got:
        if (receipt.channel, receipt.destination) != (item.channel, item.destination):
            yield Violation(5, f"{name} went to {receipt.destination}")
        if receipt.number != item.change.data["number"]:
            yield Violation(5, f"{name} speaks of {receipt.number}")
    if item.internal:
        if not got:
            yield Violation(5, f"{name} was never received")
        if sent is not None:
            yield Violation(5, f"{name} is internal and left a NotificationSent")
        return
    if sent is None:
        yield Violation(5, f"{name}: no NotificationSent; received {len(got)} times")
    elif sent.data["outcome"] == "accepted":
        if not got:
            yield Violation(5, f"{name} is said to be accepted and was never received")
        if not all(sent.data.get(part) for part in ("status", "number", "phone", "description")):
            yield Violation(5, f"{name}: NotificationSent lacks one of the four contents")
    elif not sent.data.get("reason"):
        yield Violation(5, f"{name} was given up without a reason")


def _in_order(wanted: dict[str, Owed], receipts: list[Receipt]) -> Iterator[Violation]:
    """In order per ticket and destination, by what was received first of each id."""
    last: dict[tuple[str, str, str], Owed] = {}
    seen: set[str] = set()
    for receipt in receipts:
        item = wanted.get(receipt.id)
        if item is None or receipt.id in seen:
            continue
        seen.add(receipt.id)
        lane = item.change.ticket, item.channel, item.destination
        before = last.get(lane)
        if before is not None and (before.change.sequence or 0) > (item.change.sequence or 0):
            yield Violation(
                5,
                f"{item.change.data['number']} to {item.destination}: change {item.change.sequence} "
                f"came after change {before.change.sequence}",
            )
        last[lane] = item


def _waits(evidence: Evidence) -> Iterator[Violation]:
    """What waits for a contact says for which; and whatever has none waits."""
    named: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in evidence.table("notifier", "waits"):
        named[str(row["ticket_id"]), row["sequence"]].append(row["missing"])
    for ticket, names in evidence.tickets.items():
        for change in names["statuschanged"]:
            account = change.data["ticket"].get("account")
            if change.data["audience"] != "public" or not change.data.get("status") or account is None:
                continue
            missing = named.pop((ticket, change.sequence or 0), [])
            if account not in evidence.accounts and not any(account in words for words in missing):
                yield Violation(5, f"{change.data['number']}: nothing names account {account}, which is not known")
            elif account in evidence.accounts and missing:
                yield Violation(5, f"{change.data['number']} still waits, though the account is known: {missing}")


def repeats(evidence: Evidence) -> Iterator[Violation]:
    """7. A repeat at a receiver carries an id whose lease was open at a crash; no other repeats."""
    receipts: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in evidence.receipts:
        receipts[receipt.id].append(receipt)
    rows = {str(row["id"]): row for row in evidence.table("notifier", "deliveries")}
    crashes = [fault for fault in evidence.faults if _ends_leases(fault)]
    for id, got in receipts.items():
        if len(got) == 1:
            continue
        lapsed: list[datetime] = (rows.get(id) or {}).get("lapsed") or []
        if len(lapsed) < len(got) - 1:
            yield Violation(7, f"{got[0].destination} got {id} {len(got)} times, {len(lapsed)} leases lapsed")
        for begun in lapsed:
            if not any(_open_at(begun.timestamp(), got, crash) for crash in crashes):
                yield Violation(7, f"the lease of {id}, begun {begun}, lapsed without a crash; got {len(got)} times")


def _ends_leases(fault: Fault) -> bool:
    return fault.service == "notifier" or fault.kind == "postgres"


def _open_at(begun: float, got: list[Receipt], crash: Fault) -> bool:
    """Whether the lease that began then was open at the crash: before the next attempt was received."""
    after = [receipt.at for receipt in got if receipt.at > begun]
    last = max(after) if after else begun + 120
    return begun <= crash.until and crash.at <= last


def settled(evidence: Evidence) -> Iterator[Violation]:
    """5, in the tables: what is accepted there was received, and nothing is still due."""
    got = {receipt.id for receipt in evidence.receipts}
    row: dict[str, Any]
    for row in evidence.table("notifier", "deliveries"):
        if row["state"] == "accepted" and str(row["id"]) not in got:
            yield Violation(5, f"delivery {row['id']} is accepted, and nobody received it")
        if row["state"] == "failed" and not row["reason"]:
            yield Violation(5, f"delivery {row['id']} failed without a reason")
        if row["state"] in ("due", "queued") and not row["missing"]:
            yield Violation(5, f"delivery {row['id']} is still {row['state']}")
