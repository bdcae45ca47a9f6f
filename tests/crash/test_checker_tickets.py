"""The checker sees a broken invariant 1, 2 or 3 in a run that someone spoiled by hand."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.crash.checker.evidence import Evidence
from tests.crash.checker.tickets import (
    agents_acts_are_done_once,
    one_issue_one_ticket,
    replies_are_said_once,
    sequences,
    states,
)
from tests.crash.example import ONE, TWO, alter, at, changed, entry, example, issue, opened, put


def words(violations: object) -> list[str]:
    return [violation.what for violation in violations]  # type: ignore[attr-defined]


def test_an_issue_without_a_ticket_is_seen() -> None:
    run = example()
    put(run, entry("issues", "crm", "r/i-3", "issuereported", issue("i-3"), 9))

    (what,) = words(one_issue_one_ticket(run))

    assert what.startswith("issue i-3: 0 TicketOpened, 0 rows")


def test_a_ticket_without_an_issue_is_seen() -> None:
    run = example()
    run.log["issues"] = [item for item in run.log["issues"] if item.headers["ce_id"] != "r/i-2"]

    assert f"ticket {TWO} has no accepted issue" in words(one_issue_one_ticket(run))


def test_two_tickets_for_one_issue_are_seen() -> None:
    run = example()
    put(run, replace(opened(ONE, "UP-3", "i-1"), headers={**opened(ONE, "UP-3", "i-1").headers, "ce_sequence": "2"}))

    assert any("2 TicketOpened, 1 rows" in what for what in words(one_issue_one_ticket(run)))


def test_a_number_given_twice_is_seen() -> None:
    run = example()
    alter(run, "tickets", 1, number="UP-1")

    assert "2 tickets are called UP-1" in words(one_issue_one_ticket(run))


def test_an_acknowledged_record_that_the_log_lost_is_seen() -> None:
    run = example()
    run.load[0] = {**run.load[0], "offset": 77}

    (what,) = words(one_issue_one_ticket(run))

    assert what == "issue r/i-1 was acknowledged, and the log does not have it"


def test_an_issue_accepted_over_http_that_has_no_ticket_is_seen() -> None:
    run = example()
    answer = {"ticket": {"id": "33333333-0000-0000-0000-000000000000", "number": "UP-9"}}
    body = issue("i-9")
    run.load.append(
        {"what": "http", "act": "issue", "key": "k", "status": 201, "answer": answer, "body": body, "source": ""}
    )

    assert any(what.startswith("issue i-9 over HTTP: 0 TicketOpened") for what in words(one_issue_one_ticket(run)))


def test_a_gap_and_a_repeat_in_a_sequence_are_seen() -> None:
    gap, repeat = example(), example()
    _renumber(gap, "changed/UP-1/3", "4")
    _renumber(repeat, "changed/UP-1/3", "2")

    assert words(sequences(gap)) == [f"tickets: ticket {ONE}: status-monitor said [1, 2, 4]"]
    assert words(sequences(repeat)) == [f"tickets: ticket {ONE}: status-monitor said [1, 2, 2]"]


def test_events_out_of_order_in_the_log_are_seen() -> None:
    run = example()
    lane = run.log["tickets"]
    second, third = (next(p for p, e in enumerate(lane) if e.headers["ce_id"] == f"changed/UP-1/{n}") for n in (2, 3))
    lane[second], lane[third] = lane[third], lane[second]

    assert words(sequences(run)) == [f"tickets: ticket {ONE}: status-monitor said [1, 3, 2]"]


def test_a_sequence_in_the_owners_table_that_the_topic_does_not_reach_is_seen() -> None:
    run = example()
    run.tables["intake"]["tickets"][0]["sequence"] = 2

    assert words(sequences(run)) == [f"intake has sequence 2 for ticket {ONE}, the topic has 1"]


def test_a_step_that_the_graph_does_not_have_is_seen() -> None:
    run = example()
    put(run, changed(ONE, "UP-1", 4, 30, ("resolved", "monitoring"), "Update"))

    assert words(states(run)) == [f"ticket {ONE}: 'resolved' to 'monitoring'"]


def test_a_change_that_does_not_begin_where_the_last_one_ended_is_seen() -> None:
    run = example()
    put(run, changed(ONE, "UP-1", 4, 30, ("open", "in progress"), "Update"))

    assert words(states(run)) == [f"ticket {ONE}: from 'open' after 'resolved'"]


def test_a_second_initial_is_seen() -> None:
    run = example()
    put(run, changed(ONE, "UP-1", 4, 30, ("resolved", "resolved"), "Initial"))

    assert words(states(run)) == [f"ticket {ONE}: change 4 is Initial"]


def test_a_duplicate_that_was_handled_again_is_seen_by_what_was_said_twice() -> None:
    run = example()
    for place, id in ((1, "r/i-1/2"), (2, "r/i-1")):
        data = {"ticket_id": ONE, "number": "UP-1", "reply_id": id, "origin": "source", "replied_at": at(6).isoformat()}
        put(run, entry("tickets", "intake", f"replied/{place}", "ticketreplied", data, 6, sequence=place + 1))
    put(run, entry("issues", "crm", "r/i-1/2", "issuereported", {**issue("i-1"), "impact": "degraded"}, 6))

    assert words(replies_are_said_once(run)) == [f"ticket {ONE}: its source added 1 times, 2 were said"]


def test_an_agent_s_act_that_was_accepted_and_not_said_or_said_twice_is_seen() -> None:
    lost, twice = example(), example()
    lost.load.append({**lost.load[-1], "key": "act 4", "answer": {"number": "UP-1", "sequence": 4}})
    put(twice, changed(ONE, "UP-1", 4, 30, ("resolved", "in progress"), "Update"))

    (what,) = words(agents_acts_are_done_once(lost))
    assert what.startswith("act act 4 was accepted as")
    assert words(agents_acts_are_done_once(twice)) == [f"ticket {ONE}: 3 changes by agents, 2 were accepted"]


def test_a_consumer_that_did_not_see_all_of_a_sequence_is_seen() -> None:
    run = example()
    run.tables["notifier"]["seen"] = [{"key": ONE, "producer": "status-monitor", "last": 2}]

    assert words(sequences(run)) == [f"notifier saw status-monitor on ticket {ONE} up to 2, the topic has 3"]


def _renumber(run: Evidence, id: str, sequence: str) -> None:
    for place, item in enumerate(run.log["tickets"]):
        if item.headers["ce_id"] == id:
            assert json.loads(item.value or b"")["ticket_id"] == ONE
            run.log["tickets"][place] = replace(item, headers={**item.headers, "ce_sequence": sequence})
