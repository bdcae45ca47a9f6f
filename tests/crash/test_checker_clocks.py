"""The checker sees a broken invariant 6 in a run that someone spoiled by hand."""

from __future__ import annotations

import json
from typing import Any

from tests.crash.checker.clocks import verdicts
from tests.crash.checker.evidence import Evidence
from tests.crash.example import ONE, TWO, alter, assigned, at, changed, entry, example, put

BREACH = 7
"""Where UP-2's breach stands on `tickets`."""


def words(violations: object) -> list[str]:
    return [violation.what for violation in violations]  # type: ignore[attr-defined]


def ledger(run: Evidence, kind: str, seconds: float, ticket: str = TWO) -> None:
    rows = run.tables["status-monitor"]["ledger"]
    rows.append({"ticket_id": ticket, "place": len(rows) + 1, "clock": "first_response", "cycle": at(0), "kind": kind,
                 "at": at(seconds), "known_at": at(seconds)})  # fmt: skip


def test_a_breach_before_its_due_time_is_seen() -> None:
    run = example()
    alter(run, "tickets", BREACH, changed_at=at(9.9).isoformat())

    assert words(verdicts(run)) == [f"ticket {TWO}: first_response breached at {at(9.9)}, due {at(10)}"]


def test_a_breach_that_is_said_twice_is_seen() -> None:
    run = example()
    put(run, changed(TWO, "UP-2", 3, 12, ("open", "open"), None, "breached", "internal"))
    ledger(run, "breached", 12)

    assert f"ticket {TWO}: first_response is breached twice" in words(verdicts(run))


def test_a_breach_after_the_answer_was_known_is_seen() -> None:
    run = example()
    put(run, changed(ONE, "UP-1", 4, 30, ("resolved", "resolved"), None, "breached", "internal"))
    ledger(run, "breached", 30, ONE)

    assert words(verdicts(run)) == [
        f"ticket {ONE}: first_response breached at {at(30)}, though known since {at(6)} as stopped",
        f"ticket {ONE}: first_response stands as breached; it was due {at(10)} and stopped at {at(6)}",
    ]


def test_a_breach_that_a_late_fact_disproved_and_that_was_corrected_is_no_violation() -> None:
    run = example()
    put(run, changed(TWO, "UP-2", 3, 14, ("open", "in progress"), "Update"))
    alter(run, "tickets", BREACH + 2, changed_at=at(9).isoformat())
    put(run, changed(TWO, "UP-2", 4, 14, ("in progress", "in progress"), None, "corrected", "internal"))
    before = words(verdicts(run))
    ledger(run, "corrected", 14)

    assert before == [f"ticket {TWO}: the ledger has ['breached'], said was ['breached', 'corrected']"]
    assert words(verdicts(run)) == []


def test_a_disproved_breach_that_nobody_corrected_is_seen() -> None:
    run = example()
    put(run, changed(TWO, "UP-2", 3, 14, ("open", "in progress"), "Update"))
    alter(run, "tickets", BREACH + 2, changed_at=at(9).isoformat())

    assert words(verdicts(run)) == [
        f"ticket {TWO}: first_response stands as breached; it was due {at(10)} and stopped at {at(9)}"
    ]


def test_a_breach_that_nobody_spoke_of_is_seen() -> None:
    run = example()
    run.log["tickets"].pop(BREACH)
    run.tables["status-monitor"]["ledger"].clear()

    assert words(verdicts(run)) == [
        f"ticket {TWO}: first_response was due {at(10)}, nothing stopped it, and no breach was said"
    ]


def test_the_wait_for_the_customer_moves_the_due_time_of_the_resolution() -> None:
    run = example()
    target = {"first_resolution": {"duration": "PT10S", "calendar": "always"}}
    alter(run, "tickets", 3, targets={"first_response": None, **target})
    run.log["tickets"].pop(BREACH)
    put(
        run,
        changed(TWO, "UP-2", 2, 6, ("open", "awaiting customer"), "Action Required"),
        changed(TWO, "UP-2", 3, 16, ("awaiting customer", "in progress"), "Update"),
        changed(TWO, "UP-2", 4, 19, ("in progress", "in progress"), None, "breached", "internal"),
    )
    run.tables["status-monitor"]["ledger"][0]["clock"] = "first_resolution"

    # Ten seconds from the start, six of them before the wait of ten.
    assert words(verdicts(run)) == [f"ticket {TWO}: first_resolution breached at {at(19)}, due {at(20)}"]


def test_the_wait_ended_at_the_reply_though_an_agents_update_was_known_before_it() -> None:
    run = example()
    target = {"first_resolution": {"duration": "PT10S", "calendar": "always"}}
    alter(run, "tickets", 3, targets={"first_response": None, **target})
    run.log["tickets"].pop(BREACH)
    reply = {"ticket_id": TWO, "number": "UP-2", "reply_id": "r", "origin": "customer", "body": "It is production.",
             "replied_at": at(15).isoformat()}  # fmt: skip
    put(
        run,
        changed(TWO, "UP-2", 2, 6, ("open", "awaiting customer"), "Action Required"),
        changed(TWO, "UP-2", 3, 16, ("awaiting customer", "in progress"), "Update"),
        entry("tickets", "intake", "replied/UP-2", "ticketreplied", reply, 15, sequence=2),
        changed(TWO, "UP-2", 4, 19.5, ("in progress", "in progress"), None, "breached", "internal"),
    )
    run.tables["status-monitor"]["ledger"][0]["clock"] = "first_resolution"
    row = {"topic": "tickets", "source": "intake", "id": "replied/UP-2", "handled_at": at(17)}
    run.tables["status-monitor"]["inbox"].append(row)

    assert words(verdicts(run)) == []

    row["handled_at"] = at(19.8)
    assert words(verdicts(run)) == [f"ticket {TWO}: first_resolution breached at {at(19.5)}, due {at(20)}"]


def assess(run: Evidence, seconds: float, **said: Any) -> None:
    """UP-2's second assessment, known at once."""
    item = assigned(TWO, "UP-2")
    data = json.loads(item.value or b"") | {"assessment": 2, "decided_at": at(seconds).isoformat(), **said}
    put(run, entry("tickets", "triage", "assigned/UP-2/2", "priorityassigned", data, seconds, sequence=2))
    row = {"topic": "tickets", "source": "triage", "id": "assigned/UP-2/2", "handled_at": at(seconds)}
    run.tables["status-monitor"]["inbox"].append(row)


def test_what_is_promised_after_a_breach_takes_it_not_back() -> None:
    spoken, silent = example(), example()
    for run in (spoken, silent):
        assess(run, 10.5, targets={"first_response": {"duration": "PT30S", "calendar": "always"}})
    silent.log["tickets"].pop(BREACH)
    silent.tables["status-monitor"]["ledger"].clear()

    assert words(verdicts(spoken)) == []
    assert words(verdicts(silent)) == [
        f"ticket {TWO}: first_response was due {at(10)}, nothing stopped it, and no breach was said"
    ]


def test_what_is_promised_before_a_breach_is_what_counts() -> None:
    run = example()
    assess(run, 9, targets={"first_response": {"duration": "PT30S", "calendar": "always"}})

    assert words(verdicts(run)) == [f"ticket {TWO}: first_response breached at {at(11)}, due {at(30)}"]


def test_an_accepted_interval_moves_the_due_time_of_the_resolution_while_it_is_accepted() -> None:
    early, taken_back = example(), example()
    targets = {"first_response": None, "first_resolution": {"duration": "PT10S", "calendar": "always"}}
    excluded = {"clause": "B.5.f", "state": "accepted", "from": at(4).isoformat(), "to": at(8).isoformat()}
    for run in (early, taken_back):
        alter(run, "tickets", 3, targets=targets, exclusions=[excluded])
        run.tables["status-monitor"]["ledger"][0]["clock"] = "first_resolution"
    assess(taken_back, 10.5, targets=targets, exclusions=[{**excluded, "state": "rejected"}])

    assert words(verdicts(early)) == [f"ticket {TWO}: first_resolution breached at {at(11)}, due {at(14)}"]
    assert words(verdicts(taken_back)) == []
