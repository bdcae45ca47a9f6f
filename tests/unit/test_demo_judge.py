"""The demo's judge: it finds what is missing, repeated, unexpected, out of order or wrong, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from upheld.demo.judge import Arrived, Evidence, Expected, Opened, Verdict, judge
from upheld.demo.result import result
from upheld.demo.run import exit_code
from upheld.demo.scenario import Case

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CASE = Case(
    key="calls fail", way="customer, HTTP", account="acme", find=("issue", "web-1"), priority="P1", clause="B.3.P1",
    state="resolved", coverage="covered", plan="gold", clocks={"first_response": "met"}, paused=("first_resolution",),
    excluded="B.5.a",
    told={"mail ann@acme.example": ("Initial", "Update", "Resolved"), "hook acme": ("Initial", "Resolved")},
)  # fmt: skip
EXPECTED = Expected(
    cases=(CASE,),
    dead=({"service": "intake", "topic": "issues", "kind": "malformed", "names": "began_at"},),
    repeats={"over HTTP": "calls fail"},
    refusals={"a stale If-Match": 412},
    phone="+1 555 0100",
    internal="mail support@upheld.example",
)
SHOWN: dict[str, Any] = {
    "priority": "P1",
    "state": "resolved",
    "coverage": "covered",
    "plan": "gold",
    "account": "acme",
    "reasons": [{"clause": "B.3.P1"}],
    "exclusions": [{"clause": "B.5.a", "state": "accepted"}, {"clause": "B.5.f", "state": "proposed"}],
    "clocks": [
        {"clock": "first_response", "state": "met", "paused": "PT0S"},
        {"clock": "first_resolution", "state": "met", "paused": "PT3.5S"},
    ],
}


def arrived(id: str, to: str, status: str, second: int, number: str = "UP-1001", **other: Any) -> Arrived:
    text = f"Status: {status}\nTicket: {number}\nSupport phone: +1 555 0100\n> All calls fail.\n> Since nine.\n"
    return Arrived(**{"id": id, "number": number, "to": to, "status": status, "at": T0 + timedelta(seconds=second),
                      "text": text, **other})  # fmt: skip


ALL = (
    arrived("n1", "mail ann@acme.example", "Initial", 1),
    arrived("n2", "hook acme", "Initial", 2),
    arrived("n3", "mail ann@acme.example", "Update", 3),
    arrived("n4", "mail ann@acme.example", "Resolved", 4),
    arrived("n5", "hook acme", "Resolved", 5),
)


def evidence(arrivals: Sequence[Arrived] = ALL, **other: Any) -> Evidence:
    ids = dict.fromkeys(item.id for item in arrivals if item.to != EXPECTED.internal)
    return Evidence(**{
        "tickets": [Opened("UP-1001", "web-1", None, "All calls fail.\nSince nine.", SHOWN)],
        "arrived": arrivals,
        "accepted": list(ids),
        "dead": [
            {"service": "intake", "topic": "issues", "partition": 1, "offset": 3, "kind": "malformed", "state": "dead",
             "reason": "began_at: no time zone"},
        ],
        "dropped": [{"case": "calls fail", "way": "over HTTP", "number": "UP-1001"}],
        "sequences": {("UP-1001", "intake"): [1], ("UP-1001", "status-monitor"): [1, 2, 3]},
        "refusals": {"a stale If-Match": 412},
        **other,
    })  # fmt: skip


def printed(seen: Evidence, verdict: Verdict) -> dict[str, Any]:
    return result([CASE], seen, verdict, {"p50": 1.0, "p99": 2.0}, {"n1": T0}, {})


def test_exactly_what_should_arrive_is_right_and_the_exit_code_is_0() -> None:
    seen = evidence()

    verdict = judge(EXPECTED, seen)

    assert verdict == Verdict()
    assert exit_code(printed(seen, verdict)) == 0


def test_a_withheld_notification_is_missing_and_the_exit_code_is_1() -> None:
    seen = evidence(ALL[:-1])

    verdict = judge(EXPECTED, seen)

    assert verdict.missing == [{"case": "calls fail", "ticket": "UP-1001", "to": "hook acme", "status": "Resolved"}]
    assert (verdict.repeated, verdict.unexpected, verdict.wrong) == ([], [], [])
    assert exit_code(printed(seen, verdict)) == 1


def test_the_same_id_twice_at_a_receiver_is_repeated_and_the_exit_code_is_1() -> None:
    seen = evidence([*ALL, arrived("n4", "mail ann@acme.example", "Resolved", 9)])

    verdict = judge(EXPECTED, seen)

    assert verdict.repeated == [{"ticket": "UP-1001", "to": "mail ann@acme.example", "status": "Resolved", "id": "n4"}]
    assert (verdict.missing, verdict.unexpected, verdict.wrong) == ([], [], [])
    assert exit_code(printed(seen, verdict)) == 1


@pytest.mark.parametrize(
    "extra",
    [
        arrived("n6", "mail ann@acme.example", "Update", 3),
        arrived("n6", "mail someone@birch.example", "Initial", 3),
        arrived("n6", "mail support@upheld.example", "breached", 3),
    ],
)
def test_what_is_owed_to_nobody_is_unexpected(extra: Arrived) -> None:
    verdict = judge(EXPECTED, evidence([*ALL, extra]))

    assert [(item["to"], item["status"], item["id"]) for item in verdict.unexpected] == [(extra.to, extra.status, "n6")]
    assert (verdict.missing, verdict.repeated) == ([], [])


def test_the_right_statuses_in_the_wrong_order_are_wrong() -> None:
    late = [replace(ALL[0], at=T0 + timedelta(seconds=8)), *ALL[1:]]

    verdict = judge(EXPECTED, evidence(late))

    assert verdict.wrong == ["calls fail: mail ann@acme.example was told Update, Resolved, Initial, out of order"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": ALL[1].text.replace("+1 555 0100", "")}, "UP-1001: Initial to hook acme lacks support phone number"),
        ({"text": "Status: Initial, UP-1001, +1 555 0100"}, "UP-1001: Initial to hook acme lacks description"),
        ({"signed": False}, "UP-1001: Initial to hook acme is not signed by its account's secret"),
    ],
)
def test_a_notification_without_the_four_contents_or_a_signature_is_wrong(
    change: dict[str, Any], sentence: str
) -> None:
    verdict = judge(EXPECTED, evidence([ALL[0], replace(ALL[1], **change), *ALL[2:]]))

    assert verdict.wrong == [sentence]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"priority": "P2"}, "calls fail (UP-1001): priority is P2, not P1"),
        ({"state": "open"}, "calls fail (UP-1001): state is open, not resolved"),
        ({"plan": None}, "calls fail (UP-1001): plan is None, not gold"),
        ({"reasons": []}, "calls fail (UP-1001): the clause is None, not B.3.P1"),
        (
            {"exclusions": [{"clause": "B.5.f", "state": "accepted"}]},
            "calls fail (UP-1001): excluded is {'B.5.f': 'accepted'}, not {'B.5.a': 'accepted'}",
        ),
        (
            {"exclusions": [{"clause": "B.5.a", "state": "proposed"}]},
            "calls fail (UP-1001): excluded is {}, not {'B.5.a': 'accepted'}",
        ),
        ({"linked_to": ["UP-7"]}, "calls fail (UP-1001): it is linked to ['UP-7'], not to []"),
        (
            {"clocks": [{"clock": "first_response", "state": "late"}, SHOWN["clocks"][1]]},
            "calls fail (UP-1001): the clock first_response is late, not met",
        ),
        (
            {"clocks": SHOWN["clocks"][:1]},
            "calls fail (UP-1001): the clock first_resolution shows no time in which it was paused",
        ),
    ],
)
def test_a_ticket_that_is_not_as_expected_is_wrong(change: dict[str, Any], sentence: str) -> None:
    ticket = Opened("UP-1001", "web-1", None, "All calls fail.\nSince nine.", {**SHOWN, **change})

    verdict = judge(EXPECTED, evidence(tickets=[ticket]))

    assert verdict.wrong == [sentence]


def test_a_second_ticket_of_one_issue_is_wrong() -> None:
    one = evidence().tickets[0]

    verdict = judge(EXPECTED, evidence(tickets=[one, replace(one, number="UP-1002")]))

    assert verdict.wrong[0] == "calls fail: it must have one ticket, there are 2 (UP-1001, UP-1002)"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"dead": []}, "there is no dead letter of intake whose reason names began_at"),
        (
            {"dead": [*evidence().dead, {"service": "notifier", "topic": "tickets", "kind": "unexplained",
                                         "reason": "KeyError"}]},
            "an unexpected dead letter of notifier: KeyError",
        ),
        ({"dropped": []}, "calls fail: over HTTP: dropped 0 times as a duplicate of UP-1001, not once"),
        ({"refusals": {}}, "a stale If-Match: refused with None, not with 412"),
        ({"sequences": {("UP-1001", "triage"): [1, 3]}}, "UP-1001: the sequences of triage are [1, 3]"),
        ({"accepted": ["n1", "n2", "n3", "n4"]}, "notification n5 was received, and no NotificationSent says so"),
        (
            {"accepted": ["n1", "n2", "n3", "n4", "n5", "n6"]},
            "notification n6 is said to be accepted, and no receiver has it",
        ),
        (
            {"accepted": ["n1", "n1", "n2", "n3", "n4", "n5"]},
            "notification n1 is said to be accepted 2 times",
        ),
    ],
)  # fmt: skip
def test_topics_and_services_are_held_against_the_receivers(change: dict[str, Any], sentence: str) -> None:
    verdict = judge(EXPECTED, evidence(**change))

    assert verdict.wrong == [sentence]


def test_what_is_printed_says_who_got_what_and_how_long_it_took() -> None:
    seen = evidence()

    shown = printed(seen, judge(EXPECTED, seen))

    assert shown["notifications"][0] == {
        "ticket": "UP-1001", "case": "calls fail", "status": "Initial", "channel": "email", "to": "ann@acme.example",
        "id": "n1", "received_at": "2026-11-24T09:00:01+00:00", "latency_ms": 1000.0,
    }  # fmt: skip
    assert shown["tickets"][0]["clause"] == "B.3.P1"
    assert (shown["missing"], shown["repeated"], shown["ok"]) == ([], [], True)
