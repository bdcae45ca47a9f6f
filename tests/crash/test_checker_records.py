"""The checker sees a broken invariant 4 or 11 in a run that someone spoiled by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.crash.checker.evidence import Evidence
from tests.crash.checker.records import drained, outcomes
from tests.crash.example import ONE, changed, entry, example, put


def words(violations: object) -> list[str]:
    return [violation.what for violation in violations]  # type: ignore[attr-defined]


def letter(place: int, **more: Any) -> dict[str, Any]:
    return {
        "topic": "tickets", "partition": 0, "offset": place, "value": b"nonsense", "state": "discarded",
        "kind": "malformed", "reason": "not JSON", **more,
    }  # fmt: skip


def with_poison() -> tuple[Evidence, int]:
    """A run with a record on `tickets` that nobody can read, kept by all that must keep it."""
    run = example()
    item = replace(entry("tickets", "x", "x", "x", {}, 9), headers={"poison": "tickets"}, value=b"nonsense")
    put(run, item)
    place = len(run.log["tickets"]) - 1
    for service in run.tables:
        run.committed[service]["tickets", 0] = place + 1
        run.tables[service]["dead_letter"].append(letter(place))
    return run, place


def test_a_record_that_was_passed_over_is_seen() -> None:
    run = example()
    run.tables["triage"]["inbox"] = [row for row in run.tables["triage"]["inbox"] if row["id"] != "opened/UP-2"]

    assert words(outcomes(run)) == ["triage passed over ticketopened ('tickets', 0, 1) opened/UP-2"]


def test_a_record_that_was_never_consumed_is_seen() -> None:
    run = example()
    run.committed["notifier"]["tickets", 0] -= 1

    assert words(outcomes(run))[0] == "notifier has not consumed ('tickets', 0, 8)"


def test_an_event_that_a_service_invented_is_seen() -> None:
    run = example()
    row = {"topic": "tickets", "source": "intake", "id": "never said", "handled_at": None}
    run.tables["triage"]["inbox"].append(row)

    assert words(outcomes(run)) == ["triage handled what the log does not have: ('tickets', 'intake', 'never said')"]


def test_a_type_that_should_have_been_skipped_is_seen() -> None:
    run = example()
    row = {"topic": "tickets", "source": "triage", "id": "assigned/UP-1", "handled_at": None}
    run.tables["notifier"]["inbox"].append(row)

    assert words(outcomes(run)) == ["notifier should have skipped priorityassigned ('tickets', 0, 2)"]


def test_poison_that_is_kept_is_no_violation_and_poison_that_is_not_is_one() -> None:
    kept, _ = with_poison()
    lost, place = with_poison()
    lost.tables["intake"]["dead_letter"].clear()

    assert words(outcomes(kept)) == []
    assert words(outcomes(lost)) == [f"intake has no dead letter for the poison at ('tickets', 0, {place})"]


def test_raw_bytes_that_were_not_kept_are_seen() -> None:
    run, place = with_poison()
    run.tables["intake"]["dead_letter"][0]["value"] = b"nonsens"

    assert words(outcomes(run)) == [f"intake did not keep the raw bytes of ('tickets', 0, {place})"]


def test_what_is_still_parked_is_seen() -> None:
    run = example()
    run.tables["notifier"]["inbox"] = [r for r in run.tables["notifier"]["inbox"] if r["id"] != "changed/UP-1/3"]
    run.tables["notifier"]["dead_letter"].append(letter(8, state="parked", kind="parked", reason="behind another"))

    assert words(outcomes(run)) == ["notifier left statuschanged ('tickets', 0, 8) parked: behind another"]


def test_an_outbox_that_did_not_drain_is_seen() -> None:
    run = example()
    run.tables["triage"]["outbox"].append({"id": 1})

    assert words(outcomes(run)) == ["triage has 1 events in its outbox"]


def test_what_was_left_when_time_was_up_is_seen() -> None:
    run = example()
    run.left.append("12 records before triage")
    run.load.append({"what": "unanswered", "key": "k", "path": "/v1/issues"})

    assert words(drained(run)) == ["12 records before triage", "/v1/issues with key k was never answered"]


def test_triage_handles_a_closing_and_no_other_change() -> None:
    unread, read = example(), example()
    for run in (unread, read):
        put(run, changed(ONE, "UP-1", 4, 30, ("resolved", "closed"), None, "timer"))
        for service in run.tables:
            run.committed[service]["tickets", 0] = len(run.log["tickets"])
        for service in ("intake", "notifier"):
            row = {"topic": "tickets", "source": "status-monitor", "id": "changed/UP-1/4", "handled_at": None}
            run.tables[service]["inbox"].append(row)
    row = {"topic": "tickets", "source": "status-monitor", "handled_at": None}
    read.tables["triage"]["inbox"] += [{**row, "id": "changed/UP-1/4"}, {**row, "id": "changed/UP-1/3"}]

    place = len(read.log["tickets"]) - 1
    assert words(outcomes(unread)) == [f"triage passed over statuschanged ('tickets', 0, {place}) changed/UP-1/4"]
    assert words(outcomes(read)) == [f"triage should have skipped statuschanged ('tickets', 0, {place - 1})"]
