"""The checker sees a broken invariant 5 or 7 in a run that someone spoiled by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.crash.checker.evidence import Evidence, Fault
from tests.crash.checker.notifications import delivered, repeats, settled
from tests.crash.example import (
    DESK,
    HOOK,
    SUPPORT,
    TWO,
    alter,
    at,
    changed,
    example,
    message_id,
    put,
    receipt,
    sent,
)


def words(violations: object) -> list[str]:
    return [violation.what for violation in violations]  # type: ignore[attr-defined]


def without(run: Evidence, id: str) -> Evidence:
    run.receipts = [item for item in run.receipts if item.id != id]
    return run


def test_a_notification_that_was_never_received_is_seen() -> None:
    run = without(example(), message_id("UP-1", 2, DESK))

    assert words(delivered(run)) == [
        "UP-1 Update (change 2) to desk@acme.example is said to be accepted and was never received"
    ]


def test_a_notification_of_which_nothing_was_said_is_seen() -> None:
    run = example()
    run.log["notifications"] = [item for item in run.log["notifications"] if b'"Update"' not in (item.value or b"")]

    assert words(delivered(run)) == [
        "UP-1 Update (change 2) to desk@acme.example: no NotificationSent; received 1 times"
    ]


def test_resolved_held_back_by_a_filter_from_whoever_was_sent_initial_is_seen() -> None:
    run = without(example(), message_id("UP-1", 3, HOOK))
    run.log["notifications"].pop()

    assert words(delivered(run)) == [
        "UP-1 Resolved (change 3) to http://hook/acme: no NotificationSent; received 0 times"
    ]


def test_one_that_nobody_was_owed_is_seen() -> None:
    run = example()
    run.receipts.append(replace(run.receipts[-1], id="another", status="Update"))

    assert words(delivered(run)) == ["http://hook/acme got Update of UP-1 (another), which nobody was owed"]


def test_one_given_up_needs_a_reason() -> None:
    run = example()
    place = len(run.log["notifications"]) - 1
    alter(run, "notifications", place, outcome="failed", reason="410 Gone")
    without(run, message_id("UP-1", 3, HOOK))
    silent = example()
    alter(silent, "notifications", place, outcome="failed")

    assert words(delivered(run)) == []
    assert words(delivered(silent)) == ["UP-1 Resolved (change 3) to http://hook/acme was given up without a reason"]


def test_messages_out_of_order_are_seen() -> None:
    run = example()
    run.receipts.reverse()

    assert "UP-1 to desk@acme.example: change 2 came after change 3" in words(delivered(run))


def test_an_internal_notice_that_never_came_or_that_the_topic_tells_of_is_seen() -> None:
    silent = without(example(), message_id("UP-2", 2, SUPPORT))
    loud = example()
    put(loud, sent(TWO, "UP-2", 2, "Informational", SUPPORT, 12, 3))

    assert words(delivered(silent)) == ["UP-2 breached (change 2) to support@upheld.example was never received"]
    assert words(delivered(loud)) == [
        "UP-2 breached (change 2) to support@upheld.example is internal and left a NotificationSent"
    ]


def test_a_ticket_of_an_unknown_account_that_waits_for_nothing_by_name_is_seen() -> None:
    run = example()
    run.log["accounts"].clear()
    named = example()
    named.log["accounts"].clear()
    named.tables["notifier"]["waits"] = [
        {"ticket_id": item, "sequence": n, "missing": "the contacts of account acme: it is not known"}
        for item, n in [(row["ticket_id"], n) for row in named.tables["intake"]["tickets"] for n in (1, 2, 3)]
    ]

    assert "UP-1: nothing names account acme, which is not known" in words(delivered(run))
    assert not any("nothing names" in what for what in words(delivered(named)))


def test_a_change_that_still_waits_for_an_account_that_is_known_is_seen() -> None:
    run = example()
    run.tables["notifier"]["waits"] = [{"ticket_id": TWO, "sequence": 1, "missing": "account acme"}]

    assert words(delivered(run)) == ["UP-2 still waits, though the account is known: ['account acme']"]


def test_a_delivery_that_is_still_due_or_that_nobody_received_is_seen() -> None:
    run = without(example(), message_id("UP-1", 2, DESK))
    run.tables["notifier"]["deliveries"][0]["state"] = "due"

    first, second = (message_id("UP-1", 1, DESK), message_id("UP-1", 2, DESK))
    assert words(settled(run)) == [
        f"delivery {first} is still due",
        f"delivery {second} is accepted, and nobody received it",
    ]


def repeated(lapsed: list[Any], *faults: Fault) -> Evidence:
    """UP-1's Update was received at 7 and again at 40 seconds."""
    run = example()
    run.receipts.append(receipt("UP-1", 2, "Update", DESK, 40))
    row = next(row for row in run.tables["notifier"]["deliveries"] if row["id"] == message_id("UP-1", 2, DESK))
    row["lapsed"] = lapsed
    run.faults = list(faults)
    return run


def crash(seconds: float, service: str = "notifier") -> Fault:
    moment = at(seconds).timestamp()
    return Fault("kill", moment, moment, service)


def test_a_repeat_under_a_lease_that_was_open_at_a_crash_is_no_violation() -> None:
    assert words(repeats(repeated([at(6.9)], crash(7.5)))) == []


def test_a_repeat_without_a_lapsed_lease_is_seen() -> None:
    id = message_id("UP-1", 2, DESK)

    assert words(repeats(repeated([], crash(7.5)))) == [f"desk@acme.example got {id} 2 times, 0 leases lapsed"]


def test_a_repeat_whose_lease_no_crash_ended_is_seen() -> None:
    for faults in ([], [crash(5)], [crash(60)], [crash(7.5, "triage")]):
        (what,) = words(repeats(repeated([at(6.9)], *faults)))

        assert "lapsed without a crash" in what


def test_a_provider_s_ticket_is_owed_to_every_account_in_term_that_uses_its_services() -> None:
    run = example()
    put(run, changed(TWO, "UP-2", 3, 30, ("open", "open"), "Update"))
    alter(run, "tickets", len(run.log["tickets"]) - 1, recipients_rule={"services": ["voice"]})
    alter(run, "accounts", 0, id="other", services=["voice"])

    missing = [what for what in words(delivered(run)) if "UP-2 Update" in what]
    assert missing == ["UP-2 Update (change 3) to desk@acme.example: no NotificationSent; received 0 times"]
