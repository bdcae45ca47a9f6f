"""An agent's rulings on exclusions: what stands, what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.triage.domain import Inputs, Ticket, assess
from shared.events import Agreement, Exclusion
from tests.support.amended import published, version
from tests.support.rulings import (
    CLAUSES,
    HOUR,
    NOON,
    SLA,
    assessed,
    exclusions,
    of_carrier,
    refusal,
    replied,
    ruled,
    states,
    ticket,
)


def test_an_accepted_proposal_keeps_its_evidence_and_extent_and_says_who_ruled_when_and_why() -> None:
    before = ticket(began_at=NOON - HOUR)
    assert states(before) == {"B.5.a": "proposed"}

    after = ruled(before, clause="B.5.a", reason="Your firewall dropped our packets")

    assert exclusions(after) == (
        Exclusion(
            clause="B.5.a",
            evidence="Our firewall blocks the packets",
            from_=NOON - HOUR,
            state="accepted",
            by="Ann",
            reason="Your firewall dropped our packets",
            ruled_at=NOON + HOUR,
        ),
    )
    assert after.sequence == before.sequence + 1
    assert (after.said and after.said.priority, after.said and after.said.decided_by) == ("P1", "rules")


def test_a_ruling_is_to_the_extent_that_the_agent_states_and_the_rest_is_the_proposals() -> None:
    before = ticket(began_at=NOON - HOUR)

    (item,) = exclusions(ruled(before, clause="B.5.a", to=NOON + HOUR))

    assert (item.from_, item.to) == (NOON - HOUR, NOON + HOUR)


def test_what_is_not_proposed_is_accepted_on_evidence_only() -> None:
    before = ticket()

    told = refusal(before, clause="B.5.f")
    after = ruled(before, clause="B.5.f", evidence="The carrier's notice 4711", from_=NOON)

    assert (told.status, told.errors[0]["field"]) == (422, "evidence")
    assert states(after) == {"B.5.f": "accepted", "B.5.a": "proposed"}
    assert exclusions(after)[0].evidence == "The carrier's notice 4711"


def test_what_is_rejected_is_never_proposed_again() -> None:
    after = ruled(ticket(), clause="B.5.a", ruling="reject", reason="It passed our packets")

    later = replied(after, "Our firewall blocks the packets again.")

    assert states(after) == states(later) == {"B.5.a": "rejected"}


def test_nothing_is_rejected_that_nobody_proposed_and_the_answer_says_what_there_is() -> None:
    told = refusal(ticket(), clause="B.5.f", ruling="reject")

    assert told.status == 409
    assert str(told) == "No exclusion under B.5.f is proposed on this ticket; there are: B.5.a (proposed)."


def test_a_later_ruling_takes_the_place_of_the_earlier_one() -> None:
    accepted = ruled(ticket(), clause="B.5.a", to=NOON + HOUR)

    taken_back = ruled(accepted, clause="B.5.a", ruling="reject", reason="It was ours", by="Gil")
    again = ruled(taken_back, clause="B.5.a", reason="No, it was theirs")
    longer = ruled(accepted, clause="B.5.a", to=NOON + 2 * HOUR)

    assert states(taken_back) == {"B.5.a": "rejected"}
    assert (exclusions(taken_back)[0].by, exclusions(taken_back)[0].reason) == ("Gil", "It was ours")
    assert (states(again), exclusions(again)[0].to) == ({"B.5.a": "accepted"}, None)
    assert exclusions(longer)[0].to == NOON + 2 * HOUR
    assert [item.sequence for item in (accepted, taken_back, again, longer)] == [2, 3, 4, 3]


@pytest.mark.parametrize(
    "again",
    [
        {"ruling": "accept", "reason": "Said once more"},
        {"ruling": "accept", "reason": "With its end", "to": NOON + HOUR},
    ],
)
def test_accepting_what_is_accepted_to_the_same_extent_changes_nothing(again: dict[str, Any]) -> None:
    accepted = ruled(ticket(), clause="B.5.a", to=NOON + HOUR)

    assert ruled(accepted, clause="B.5.a", by="Gil", **again) is accepted


def extents(ticket: Ticket) -> list[tuple[str, float, float | None]]:
    """What was ruled of B.5.f: the state, and its ends in hours after noon."""
    return [
        (item.state, ((item.from_ or NOON) - NOON) / HOUR, None if item.to is None else (item.to - NOON) / HOUR)
        for item in exclusions(ticket)
        if item.clause == "B.5.f"
    ]


def test_another_interval_of_a_clause_stands_beside_the_first() -> None:
    first = of_carrier(ticket(), 1, 2)

    both = of_carrier(first, 2, 3)
    third = of_carrier(both, 5, None)

    assert extents(both) == [("accepted", 1, 2), ("accepted", 2, 3)]
    assert extents(third) == [("accepted", 1, 2), ("accepted", 2, 3), ("accepted", 5, None)]


def test_an_interval_that_meets_others_of_its_clause_takes_their_place_and_no_other_clauses() -> None:
    both = ruled(of_carrier(of_carrier(ticket(), 1, 2), 3, 4), clause="B.5.a", to=NOON + 9 * HOUR)

    one = of_carrier(both, 3.5, 5)
    all_ = of_carrier(both, 1.5, 3.5)

    assert extents(one) == [("accepted", 1, 2), ("accepted", 3.5, 5)]
    assert extents(all_) == [("accepted", 1.5, 3.5)]
    assert states(all_)["B.5.a"] == "accepted"


def test_an_interval_later_than_the_accepted_one_is_another_and_may_be_open() -> None:
    first = of_carrier(ticket(), 1, 2)

    again = ruled(first, clause="B.5.f", from_=NOON + 3 * HOUR, evidence="down once more")
    without = refusal(first, clause="B.5.f", from_=NOON + 3 * HOUR)

    assert extents(again) == [("accepted", 1, 2), ("accepted", 3, None)]
    assert (without.status, without.errors[0]["field"]) == (422, "evidence")


def test_one_interval_of_several_is_taken_back_by_its_ends_and_the_others_stand() -> None:
    both = of_carrier(of_carrier(ticket(), 1, 2), 3, 4)
    wanted = {"clause": "B.5.f", "ruling": "reject", "from_": NOON + 3 * HOUR, "to": NOON + 4 * HOUR}

    left = ruled(both, **wanted, reason="It was ours")
    again = ruled(left, **wanted)
    none = ruled(left, clause="B.5.f", ruling="reject")

    assert extents(left) == [("accepted", 1, 2), ("rejected", 3, 4)]
    assert again is left
    assert extents(none) == [("rejected", 1, 2), ("rejected", 3, 4)]
    assert ruled(none, clause="B.5.f", ruling="reject") is none
    assert extents(of_carrier(none, 3.5, 5)) == [("rejected", 1, 2), ("accepted", 3.5, 5)]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"ruling": "reject"}, "from"),
        ({"ruling": "accept"}, "from"),
        ({"ruling": "accept", "to": NOON + 9 * HOUR}, "from"),
        ({"ruling": "accept", "from_": NOON}, "to"),
        ({"ruling": "reject", "from_": NOON + HOUR, "to": NOON + 3 * HOUR}, "from"),
        ({"ruling": "reject", "to": NOON + 3 * HOUR}, "to"),
    ],
)
def test_where_it_is_not_clear_which_of_several_intervals_is_meant_those_that_there_are_are_named(
    wanted: dict[str, Any], field: str
) -> None:
    both = of_carrier(of_carrier(ticket(), 1, 2), 3, 4)

    told = refusal(both, clause="B.5.f", **wanted)

    assert (told.status, told.errors[0]["field"]) == (422, field)
    named = (
        "2026-03-02T13:00:00+00:00 to 2026-03-02T14:00:00+00:00, 2026-03-02T15:00:00+00:00 to 2026-03-02T16:00:00+00:00"
    )
    assert named in str(told)


@pytest.mark.parametrize(("word", "fit"), [("x", 12), ("語", 4)])
def test_rulings_that_no_event_could_carry_are_refused_before_they_are_made(word: str, fit: int) -> None:
    now = ticket()
    for hour in range(fit):
        now = of_carrier(now, hour, hour + 1, evidence=word * 10_000)

    told = refusal(now, clause="B.5.f", from_=NOON + 20 * HOUR, to=NOON + 21 * HOUR, evidence=word * 10_000)

    assert (told.status, told.errors[0]["field"]) == (422, "evidence")
    assert "more than 131072" in str(told)
    assert now.said is not None
    assert len(now.said.model_dump_json().encode()) < 256 * 1024


def test_rejecting_what_is_rejected_changes_nothing() -> None:
    rejected = ruled(ticket(), clause="B.5.a", ruling="reject")

    assert ruled(rejected, clause="B.5.a", ruling="reject", by="Gil") is rejected


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"from_": NOON + HOUR, "to": NOON + HOUR}, "to"),
        ({"to": NOON}, "to"),
        ({"ruling": "reject", "from_": NOON}, "from"),
        ({"ruling": "reject", "from_": NOON, "to": NOON + HOUR}, "from"),
        ({"ruling": "reject", "to": NOON}, "to"),
        ({"ruling": "reject", "evidence": "x"}, "evidence"),
    ],
)
def test_an_interval_is_one_and_goes_with_accept(wanted: dict[str, Any], field: str) -> None:
    told = refusal(ticket(), clause="B.5.a", **wanted)

    assert (told.status, told.errors[0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("wanted", "field", "sentence"),
    [
        (
            {"from_": NOON - 3 * HOUR, "to": NOON - 2 * HOUR},
            "to",
            "start at 2026-03-02T12:00:00+00:00: it excludes nothing",
        ),
        ({"from_": NOON - HOUR, "to": NOON}, "to", "it excludes nothing of them"),
        ({"from_": NOON + 24 * 400 * HOUR}, "from", "more than 7 days from now"),
        ({"from_": NOON + 24 * 400 * HOUR, "to": NOON + 24 * 401 * HOUR}, "from", "nobody can know what it excludes"),
    ],
)
def test_an_interval_that_no_clock_of_the_ticket_can_meet_is_refused(
    wanted: dict[str, Any], field: str, sentence: str
) -> None:
    told = refusal(ticket(), clause="B.5.a", **wanted)

    assert (told.status, told.errors[0]["field"]) == (422, field)
    assert sentence in str(told)


def test_an_interval_may_begin_before_the_clocks_and_soon_and_what_is_proposed_where_the_issue_was() -> None:
    over = ticket(began_at=NOON - 3 * HOUR, ended_at=NOON - 2 * HOUR)

    assert exclusions(ruled(ticket(), clause="B.5.a", from_=NOON - HOUR, to=NOON + HOUR))[0].to == NOON + HOUR
    assert exclusions(ruled(ticket(), clause="B.5.a", from_=NOON + 48 * HOUR))[0].from_ == NOON + 48 * HOUR
    assert exclusions(ruled(over, clause="B.5.a"))[0].to == NOON - 2 * HOUR


def test_a_clause_that_the_version_of_the_ticket_does_not_have_is_refused_with_those_that_there_are() -> None:
    later = version("2", effective=NOON + HOUR, exclusions={**CLAUSES, "h": "weather"})

    told = refusal(ticket(policies=published(SLA, later)), clause="B.5.h", policies=published(SLA, later))

    assert told.status == 422
    assert str(told) == "sample 1, under which the ticket runs, has no exclusion B.5.h."
    assert told.errors == [{"field": "clause", "message": "must be one of B.5.a, B.5.f, B.5.g"}]


def test_a_clause_that_does_not_hold_for_the_account_is_refused_until_the_account_agrees_to_it() -> None:
    first = version("1", exclusions={"a": "own"})
    both = published(first, version("2", effective=NOON, exclusions={"a": "own", "g": "third parties"}))
    wanted = {"clause": "B.5.g", "evidence": "Their status page"}

    told = refusal(ticket(policies=both), policies=both, **wanted)
    agreed = Agreement(at=NOON, cause="accepted", version=both.line[-1].policy.sha256, by="Ann")
    renewed = assessed(replace(ticket(policies=both), said=None, inputs=None), agreed, policies=both)

    assert told.status == 409
    assert str(told).startswith("Exclusion B.5.g does not hold for this account. Those that do: B.5.a. A material ")
    assert states(ruled(renewed, policies=both, **wanted))["B.5.g"] == "accepted"


def test_what_was_ruled_gives_the_same_assessment_again_to_the_byte() -> None:
    after = ruled(ruled(ticket(), clause="B.5.a"), clause="B.5.f", evidence="x", from_=NOON, to=NOON + HOUR)
    assert after.inputs is not None
    assert after.said is not None

    again = assess(Inputs.model_validate_json(after.inputs.model_dump_json(exclude_none=True)), SLA)

    assert again.model_dump() == after.said.model_dump(include=set(type(again).model_fields))
