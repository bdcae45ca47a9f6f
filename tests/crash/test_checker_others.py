"""The checker sees a broken invariant 8, 9 or 10 in a run that someone spoiled by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.crash.checker.isolation import apart
from tests.crash.checker.priorities import reproducible
from tests.crash.checker.view import complete, rebuilt
from tests.crash.example import ONE, alter, entry, example, put


def words(violations: object) -> list[str]:
    return [violation.what for violation in violations]  # type: ignore[attr-defined]


def test_a_priority_that_the_facts_do_not_give_is_seen() -> None:
    run = example()
    alter(run, "tickets", 2, priority="P3", targets=dict.fromkeys(
        ("notification", "first_response", "update", "first_resolution", "total_resolution")))  # fmt: skip

    assert words(reproducible(run)) == [
        f"ticket {ONE}: assessment 1 says ('P3', 'outage'), the facts give [('P1', 'outage')]"
    ]


def test_targets_that_the_plan_does_not_promise_are_seen() -> None:
    run = example()
    alter(run, "accounts", 0, plan="silver")

    assert any("covered by plan gold, which its account never had" in what for what in words(reproducible(run)))


def test_a_policy_that_was_never_published_is_seen() -> None:
    run = example()
    run.log["policies"].clear()

    assert f"ticket {ONE} names a policy that was never published" in words(reproducible(run))


def test_an_agent_s_decision_needs_no_rule() -> None:
    run = example()
    nothing = dict.fromkeys(("notification", "first_response", "update", "first_resolution", "total_resolution"))
    alter(run, "tickets", 2, priority="P3", decided_by="an agent", targets=nothing)

    assert words(reproducible(run)) == []


def test_a_row_of_another_account_is_seen() -> None:
    run = example()
    run.tables["intake"]["ticket_view"][0]["account"] = "other"

    assert words(apart(run)) == [f"intake.ticket_view: {ONE} says other"]


def test_an_event_of_another_account_is_seen() -> None:
    run = example()
    alter(run, "tickets", 4, ticket={"account": "other", "priority": "P1", "policy": {"sha256": "p1"}})

    assert f"ticket {ONE} of acme: a change says other" in words(apart(run))


def test_a_message_and_its_words_at_another_account_are_seen() -> None:
    run = example()
    contact = {"channel": "email", "address": "desk@other.example"}
    account = {"id": "other", "plan": "gold", "term": {"start": "2020-01-01T00:00:00Z"}, "contacts": [contact]}
    put(run, entry("accounts", "upheld", "a2", "accountchanged", account, -5))
    run.receipts.append(replace(run.receipts[0], destination="desk@other.example"))
    run.receipts.append(replace(run.receipts[0], text="[account=other] calls fail"))

    assert words(apart(run)) == [
        "desk@other.example got UP-1 of acme, meant for other",
        "desk@acme.example got words of other in UP-1 of acme",
    ]


def test_a_page_that_shows_another_account_s_ticket_is_seen() -> None:
    run = example()
    run.load.append({"what": "page", "account": "other", "numbers": ["UP-1"]})
    run.load.append({"what": "peek", "account": "other", "number": "UP-2", "status": 200})

    assert words(apart(run)) == ["other was shown UP-1", "other asked for UP-2 of another and got 200"]


def test_a_view_that_a_rebuild_does_not_give_is_seen() -> None:
    run = example()
    run.tables["intake"]["ticket_view"][0]["state"] = "open"
    run.rebuilt["ticket_view"][0]["state"] = "resolved"

    (what,) = words(rebuilt(run))

    assert what.startswith(f"ticket_view ('{ONE}',): live")


def test_an_event_that_the_timeline_lacks_or_invents_is_seen() -> None:
    run = example()
    lost = run.tables["intake"]["timeline"].pop(0)
    run.tables["intake"]["timeline"].append({**lost, "id": "invented"})

    assert words(complete(run)) == [
        f"the timeline lacks ('{ONE}', 'intake', 'opened/UP-1')",
        f"the timeline shows ('{ONE}', 'intake', 'invented'), which nobody said",
    ]
