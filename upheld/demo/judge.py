"""Compares what arrived with what should have: pure, and it knows nothing of how the scenario was played.

- Only evidence from outside counts: the receivers' own logs, the topics, what the services answer over HTTP.
- A notification is known by its id: one that a receiver got twice is repeated; one that is owed to nobody is
  unexpected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from upheld.demo.scenario import Case

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A notification in a receiver's log. `to` is "mail ADDRESS" or "hook ACCOUNT"; `status` the headline it bears."""

    id: str
    number: str
    to: str
    status: str
    at: datetime
    text: str
    signed: bool = True
    """Whether the webhook's signature was right; mails have none."""

    @property
    def channel(self) -> str:
        return "email" if self.to.startswith("mail ") else "webhook"


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket as `tickets` says that it was opened, and how intake's view shows it at the end."""

    number: str
    issue_id: str
    incident_id: str | None
    description: str
    shown: Json

    def is_of(self, case: Case) -> bool:
        return case.find in (("issue", self.issue_id), ("incident", self.incident_id))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is judged."""

    tickets: Sequence[Opened]
    arrived: Sequence[Arrived]
    accepted: Sequence[str]
    """Ids of the notifications that `notifications` says were accepted."""
    dead: Sequence[Json]
    dropped: Sequence[Json]
    """Repeats that made no second ticket: {case, way, number}."""
    sequences: Mapping[tuple[str, str], Sequence[int]]
    """Per (ticket's number, producer): the sequences of its events on `tickets`, in the log's order."""
    refusals: Mapping[str, int]
    """What was refused over HTTP, by name: the status."""


@dataclass
class Verdict:
    """What is not as it should be; all empty means that exactly what should have arrived has arrived."""

    missing: list[Json] = field(default_factory=list)
    repeated: list[Json] = field(default_factory=list)
    unexpected: list[Json] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not (self.missing or self.repeated or self.unexpected or self.wrong)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the evidence is held against."""

    cases: Sequence[Case]
    dead: Sequence[Mapping[str, str]]
    repeats: Mapping[str, str]
    refusals: Mapping[str, int]
    phone: str
    internal: str
    """The destination that alone gets internal notices."""


def judge(expected: Expected, seen: Evidence) -> Verdict:
    """Hold one against the other."""
    verdict = Verdict()
    found = _tickets(expected.cases, seen, verdict)
    first = _repeated(seen.arrived, verdict)
    _notifications(expected, found, first, verdict)
    _contents(expected, found, first, verdict)
    _accepted(expected, seen, first, verdict)
    for case in expected.cases:
        if (ticket := found.get(case.key)) is not None:
            verdict.wrong += _ticket_faults(case, ticket)
            verdict.wrong += _link_faults(case, ticket, found)
    _letters(expected.dead, seen.dead, verdict)
    _repeats(expected.repeats, found, seen.dropped, verdict)
    for (number, producer), said in sorted(seen.sequences.items()):
        if list(said) != list(range(1, len(said) + 1)):
            verdict.wrong.append(f"{number}: the sequences of {producer} are {list(said)}")
    for name, status in expected.refusals.items():
        if seen.refusals.get(name) != status:
            verdict.wrong.append(f"{name}: refused with {seen.refusals.get(name)}, not with {status}")
    return verdict


def _tickets(cases: Sequence[Case], seen: Evidence, verdict: Verdict) -> dict[str, Opened]:
    """The ticket of each case: exactly one."""
    found = {}
    known: set[str] = set()
    for case in cases:
        of_case = [ticket for ticket in seen.tickets if ticket.is_of(case)]
        known |= {ticket.number for ticket in of_case}
        if len(of_case) != 1:
            numbers = ", ".join(ticket.number for ticket in of_case) or "none"
            verdict.wrong.append(f"{case.key}: it must have one ticket, there are {len(of_case)} ({numbers})")
        if of_case:
            found[case.key] = of_case[0]
    for ticket in seen.tickets:
        if ticket.number not in known:
            verdict.wrong.append(f"{ticket.number}: nothing was reported that it could be of ({ticket.description})")
    return found


def _repeated(arrived: Sequence[Arrived], verdict: Verdict) -> list[Arrived]:
    """The first arrival of each id; what came again under an id is repeated."""
    first: dict[str, Arrived] = {}
    for item in sorted(arrived, key=lambda item: item.at):
        if item.id in first:
            verdict.repeated.append(_line(item))
        else:
            first[item.id] = item
    return list(first.values())


def _notifications(expected: Expected, found: Mapping[str, Opened], first: Sequence[Arrived], verdict: Verdict) -> None:
    """Per ticket and destination: the statuses that are owed, each once and in their order."""
    lanes: dict[tuple[str, str], list[Arrived]] = {}
    for item in first:
        lanes.setdefault((item.number, item.to), []).append(item)
    for case in expected.cases:
        number = found[case.key].number if case.key in found else None
        for to, statuses in case.told.items():
            lane = lanes.pop((number, to), []) if number is not None else []
            got = [item.status for item in lane]
            owed = Counter(statuses)
            for status, count in (owed - Counter(got)).items():
                verdict.missing += [{"case": case.key, "ticket": number, "to": to, "status": status}] * count
            for item in lane:
                owed[item.status] -= 1
                if owed[item.status] < 0:
                    verdict.unexpected.append({"case": case.key, **_line(item)})
            if sorted(got) == sorted(statuses) and got != list(statuses):
                verdict.wrong.append(f"{case.key}: {to} was told {', '.join(got)}, out of order")
    for lane in lanes.values():
        verdict.unexpected += [_line(item) for item in lane]


def _contents(expected: Expected, found: Mapping[str, Opened], first: Sequence[Arrived], verdict: Verdict) -> None:
    """The SLA's four contents (B.2) stand in every notification, and webhooks are signed rightly."""
    described = {ticket.number: ticket.description for ticket in found.values()}
    for item in first:
        text = " ".join(item.text.replace("\n> ", "\n").split())
        contents = {
            "status": item.status,
            "ticket number": item.number,
            "support phone number": expected.phone,
            "description": " ".join(described.get(item.number, "").split()),
        }
        lacks = [name for name, words in contents.items() if words not in text]
        if lacks:
            verdict.wrong.append(f"{item.number}: {item.status} to {item.to} lacks {', '.join(lacks)}")
        if not item.signed:
            verdict.wrong.append(f"{item.number}: {item.status} to {item.to} is not signed by its account's secret")


def _accepted(expected: Expected, seen: Evidence, first: Sequence[Arrived], verdict: Verdict) -> None:
    """What `notifications` says was accepted is what the receivers got; internal notices are not published there."""
    got = {item.id for item in first if item.to != expected.internal}
    said = Counter(seen.accepted)
    for id in sorted(got - set(said)):
        verdict.wrong.append(f"notification {id} was received, and no NotificationSent says so")
    for id in sorted(set(said) - got):
        verdict.wrong.append(f"notification {id} is said to be accepted, and no receiver has it")
    for id, count in sorted(said.items()):
        if count > 1:
            verdict.wrong.append(f"notification {id} is said to be accepted {count} times")


def _ticket_faults(case: Case, ticket: Opened) -> list[str]:
    shown = ticket.shown
    clauses = [reason.get("clause") for reason in shown.get("reasons", [])]
    clocks = {clock["clock"]: clock for clock in shown.get("clocks", [])}
    wanted = {
        "priority": case.priority,
        "state": case.state,
        "coverage": case.coverage,
        "plan": case.plan,
        "account": case.account,
    }
    faults = [
        f"{case.key} ({ticket.number}): {name} is {shown.get(name)}, not {value}"
        for name, value in wanted.items()
        if shown.get(name) != value
    ]
    if not clauses or clauses[0] != case.clause:
        first = clauses[0] if clauses else None
        faults.append(f"{case.key} ({ticket.number}): the clause is {first}, not {case.clause}")
    ruled = {item["clause"]: item["state"] for item in shown.get("exclusions", []) if item["state"] != "proposed"}
    if ruled != (wanted_ruling := {case.excluded: "accepted"} if case.excluded else {}):
        faults.append(f"{case.key} ({ticket.number}): excluded is {ruled}, not {wanted_ruling}")
    for name, state in case.clocks.items():
        if (got := clocks.get(name, {}).get("state", "none")) != state:
            faults.append(f"{case.key} ({ticket.number}): the clock {name} is {got}, not {state}")
    return faults + [
        f"{case.key} ({ticket.number}): the clock {name} shows no time in which it was paused"
        for name in case.paused
        if clocks.get(name, {}).get("paused", "PT0S") in ("PT0S", "P0D")
    ]


def _link_faults(case: Case, ticket: Opened, found: Mapping[str, Opened]) -> list[str]:
    wanted = [found[case.linked_to].number] if case.linked_to in found and case.linked_to is not None else []
    linked = ticket.shown.get("linked_to", [])
    return [] if linked == wanted else [f"{case.key} ({ticket.number}): it is linked to {linked}, not to {wanted}"]


def _letters(expected: Sequence[Mapping[str, str]], dead: Sequence[Json], verdict: Verdict) -> None:
    left = list(dead)
    for wanted in expected:
        match = next((letter for letter in left if _is_letter(wanted, letter)), None)
        if match is None:
            verdict.wrong.append(f"there is no dead letter of {wanted['service']} whose reason names {wanted['names']}")
        else:
            left.remove(match)
    verdict.wrong += [f"an unexpected dead letter of {letter['service']}: {letter['reason']}" for letter in left]


def _is_letter(wanted: Mapping[str, str], letter: Json) -> bool:
    same = all(letter.get(name) == wanted[name] for name in ("service", "topic", "kind"))
    return same and wanted["names"] in str(letter.get("reason"))


def _repeats(
    repeats: Mapping[str, str], found: Mapping[str, Opened], dropped: Sequence[Json], verdict: Verdict
) -> None:
    """What was sent again made no second ticket, and is known to have been dropped."""
    for way, case in repeats.items():
        number = found[case].number if case in found else None
        count = sum(item["way"] == way and item["number"] == number for item in dropped)
        if count != 1:
            verdict.wrong.append(f"{case}: {way}: dropped {count} times as a duplicate of {number}, not once")


def _line(item: Arrived) -> Json:
    return {"ticket": item.number, "to": item.to, "status": item.status, "id": item.id}
