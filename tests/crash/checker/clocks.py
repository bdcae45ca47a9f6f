"""Invariant 6: verdicts on clocks, judged by due times worked out here from targets, starts and pauses.

What status-monitor knew when it spoke is what its inbox says it had handled by then, and what it had said itself.
The crash test's policy runs round the clock, so a due time is the start, the target, and the holds in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.policy import duration
from tests.crash.checker.evidence import Evidence, Identity, Json, Said, Violation, when

SIMPLE = ("notification", "first_response", "first_resolution")
"""Clocks that run once, from the ticket's start."""
SETTLED = timedelta(seconds=10)
"""A sweep comes by every second; whoever has not spoken so long after has forgotten."""


Window = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Stop:
    """The fact that stopped a clock: when it occurred, and when status-monitor knew it."""

    at: datetime
    known: datetime


def verdicts(evidence: Evidence) -> Iterator[Violation]:
    """6. No breach before its due time, none twice, none after the stop was known; a disproved one is corrected."""
    handled = {
        (row["topic"], row["source"], row["id"]): row["handled_at"] for row in evidence.table("status-monitor", "inbox")
    }
    ledger: dict[str, list[Json]] = {}
    for row in sorted(evidence.table("status-monitor", "ledger"), key=lambda row: row["place"]):
        ledger.setdefault(str(row["ticket_id"]), []).append(row)
    for ticket, names in evidence.tickets.items():
        if names["ticketopened"]:
            spoken = [event for event in names["statuschanged"] if event.data["cause"] in ("breached", "corrected")]
            yield from _of_ticket(evidence, ticket, names, ledger.get(ticket, []), spoken, handled)


def _of_ticket(
    evidence: Evidence,
    ticket: str,
    names: dict[str, list[Said]],
    ledger: list[Json],
    spoken: list[Said],
    handled: dict[Identity, datetime],
) -> Iterator[Violation]:
    rows = [row for row in ledger if row["kind"] in ("breached", "corrected")]
    # The inbox says when an event was claimed; the row lock behind that may have been waited for.
    notified = [row["known_at"] for row in ledger if (row["clock"], row["kind"]) == ("notification", "met")]
    met = min(notified, default=None)
    if [row["kind"] for row in rows] != [event.data["cause"] for event in spoken]:
        yield Violation(
            6,
            f"ticket {ticket}: the ledger has {[row['kind'] for row in rows]}, "
            f"said was {[event.data['cause'] for event in spoken]}",
        )
        return
    standing: dict[tuple[str, Any], Said] = {}
    for row, event in zip(rows, spoken, strict=True):
        clock, key = row["clock"], (row["clock"], row["cycle"])
        if row["kind"] == "corrected":
            if standing.pop(key, None) is None:
                yield Violation(6, f"ticket {ticket}: {clock} is corrected and was not breached")
            continue
        if key in standing:
            yield Violation(6, f"ticket {ticket}: {clock} is breached twice")
        standing[key] = event
        if clock in SIMPLE:
            yield from _is_right(ticket, clock, names, event, handled, met)
    for clock in SIMPLE:
        breached = any(name == clock for name, _ in standing)
        yield from _at_the_end(evidence, ticket, clock, names, breached, handled)


def _is_right(
    ticket: str,
    clock: str,
    names: dict[str, list[Said]],
    event: Said,
    handled: dict[Identity, datetime],
    met: datetime | None,
) -> Iterator[Violation]:
    at = when(event.data["changed_at"])
    due = fell_at(clock, names, handled, at, event.sequence or 0)
    if due is None or at < due:
        yield Violation(6, f"ticket {ticket}: {clock} breached at {at}, due {due}")
    known = min((stop.known for stop in _stops(clock, names, handled, event.sequence or 0)), default=None)
    if known is not None and clock == "notification" and met is not None:
        known = max(known, met)
    if known is not None and known < at:
        yield Violation(6, f"ticket {ticket}: {clock} breached at {at}, though known since {known} as stopped")


def _at_the_end(
    evidence: Evidence,
    ticket: str,
    clock: str,
    names: dict[str, list[Said]],
    breached: bool,
    handled: dict[Identity, datetime],
) -> Iterator[Violation]:
    due = fell_at(clock, names, handled, evidence.gathered_at, 1 << 30)
    stops = _stops(clock, names, handled, 1 << 30)
    first = min((stop.at for stop in stops), default=None)
    if breached and (due is None or (first is not None and first <= due)):
        yield Violation(6, f"ticket {ticket}: {clock} stands as breached; it was due {due} and stopped at {first}")
    closed = any(change.data["state_to"] == "closed" for change in names["statuschanged"])
    if not breached and not closed and due is not None and first is None and due < evidence.gathered_at - SETTLED:
        yield Violation(6, f"ticket {ticket}: {clock} was due {due}, nothing stopped it, and no breach was said")


def fell_at(
    clock: str, names: dict[str, list[Said]], handled: dict[Identity, datetime], at: datetime, sequence: int
) -> datetime | None:
    """When this clock first was past due by what was known then: at that time, and before that change.

    Each assessment counts until the next one: neither a longer target nor an exclusion that came after the due time
    takes a breach back.
    """
    known = [event for event in names["priorityassigned"] if (read := handled.get(event.identity)) and read <= at]
    for place, event in enumerate(known):
        due = _due(clock, names, known[place:], _answers(names, handled, at), sequence)
        if due is None:
            continue
        decided = when(event.data["decided_at"])
        fell = max(due, decided) if place else due
        if place + 1 == len(known) or fell < when(known[place + 1].data["decided_at"]):
            return fell
    return None


def _due(
    clock: str, names: dict[str, list[Said]], known: list[Said], answers: list[datetime], sequence: int
) -> datetime | None:
    """When it is due under the first of these assessments; excluded is what all of them exclude."""
    target = known[0].data["targets"].get(clock)
    if target is None:
        return None
    due = when(names["ticketopened"][0].data["clock_start"]) + duration(target["duration"])
    if clock != "first_resolution":
        return due
    start = when(names["ticketopened"][0].data["clock_start"])
    for begin, end in _merged(start, [*_holds(names, answers, sequence), *_excluded(known)]):
        if begin < due:
            if end is None:
                return None
            due += end - begin
    return due


def _excluded(known: list[Said]) -> list[Window]:
    accepted = [
        {(item["from"], item["to"]) for item in event.data.get("exclusions", ()) if item["state"] == "accepted"}
        for event in known
    ]
    return [(when(begin), when(end)) for begin, end in set.intersection(*accepted)]


def _merged(start: datetime, holds: list[Window]) -> list[Window]:
    """From the start on, each moment once."""
    found: list[Window] = []
    for begin, end in sorted(holds, key=lambda hold: hold[0]):
        begin = max(begin, start)
        if found:
            last = found[-1][1]
            if last is None:
                break
            begin = max(begin, last)
        if end is None or begin < end:
            found.append((begin, end))
    return found


def _answers(names: dict[str, list[Said]], handled: dict[Identity, datetime], at: datetime) -> list[datetime]:
    """When the customer replied, as far as status-monitor knew by then."""
    return [
        when(reply.data["replied_at"])
        for reply in names["ticketreplied"]
        if reply.data["origin"] == "customer" and (read := handled.get(reply.identity)) and read <= at
    ]


def _holds(names: dict[str, list[Said]], replies: list[datetime], sequence: int) -> list[Window]:
    """The stays in awaiting customer that were known before that change; ended by a reply, at the reply.

    That it ended was said of an agent's act where that came to be known first; it ended at the reply all the same.
    """
    found: list[Window] = []
    for change in names["statuschanged"]:
        if (change.sequence or 0) >= sequence:
            break
        before, after = change.data.get("state_from"), change.data["state_to"]
        at = when(change.data["changed_at"])
        if after == "awaiting customer" and before != after:
            found.append((at, None))
        elif before == "awaiting customer" and after != before:
            begin = found[-1][0]
            if change.data["cause"] == "reply":
                at = max(begin, max((reply for reply in replies if reply <= at), default=at))
            else:
                at = min((reply for reply in replies if begin <= reply < at), default=at)
            found[-1] = (begin, at)
    return found


def _stops(clock: str, names: dict[str, list[Said]], handled: dict[Identity, datetime], sequence: int) -> list[Stop]:
    """What stopped this clock, as far as status-monitor has handled or (before that change) said it."""
    if clock == "notification":
        return [
            Stop(when(event.data["delivered_at"]), handled[event.identity])
            for event in names["notificationsent"]
            if event.data["outcome"] == "accepted" and event.identity in handled
        ]
    found = []
    for change in names["statuschanged"]:
        data, at = change.data, when(change.data["changed_at"])
        if (change.sequence or 0) >= sequence:
            break
        person = data["actor"]["kind"] == "agent" and data["audience"] == "public" and data.get("status")
        resolved = data["state_to"] == "resolved" and data.get("state_from") != "resolved"
        by_person = person and data["cause"] == "agent" and (data.get("message") or data["status"] == "Resolved")
        if (clock == "first_response" and by_person) or (clock == "first_resolution" and resolved):
            found.append(Stop(at, at))
    return found
