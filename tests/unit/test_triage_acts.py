"""An agent's decision on a priority, and the words of a refusal: what is wrong, and what would be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.triage.domain import Account, Customer, Decision, Ticket
from services.triage.domain.acts import decide, must_be_open, replan
from services.triage.domain.wanted import PlanIn, PriorityIn, Refusal
from shared.policy import Policies
from tests.support.amended import MARCH, RULES, published, version
from tests.support.rulings import (
    CLAUSES,
    CUSTOMER,
    HOUR,
    NOON,
    ONLY,
    assessed,
    of_carrier,
    refusal,
    ruled,
    ticket,
)

FINAL = [*RULES[:3], RULES[3] | {"final": True}]
"""The rules of which no agent lifts what is neither an outage nor degraded."""


def decided(ticket: Ticket, priority: str, *, policies: Policies = ONLY) -> Ticket:
    policy = policies.by_sha(ticket.policy or "")
    assert policy is not None
    return decide(ticket, PriorityIn(priority=priority, reason="Half of it works"), "Ann", policy, policies)


def refused(ticket: Ticket, priority: str, *, policies: Policies = ONLY) -> Refusal:
    with pytest.raises(Refusal) as caught:
        decided(ticket, priority, policies=policies)
    return caught.value


def test_a_decision_is_the_agents_with_its_reason_and_changes_nothing_else() -> None:
    before = ticket(impact="outage")

    after = decided(before, "P2")

    assert after == replace(before, decision=Decision(priority="P2", reason="Half of it works", by="Ann"))
    said = assessed(after).said
    assert said is not None
    assert (said.priority, said.decided_by, said.reason) == ("P2", "Ann", "Half of it works")


def test_a_priority_that_the_policy_does_not_have_is_refused_with_those_that_it_has() -> None:
    told = refused(ticket(), "P9")

    assert (told.status, str(told)) == (422, "The policy has no priority 'P9'.")
    assert told.errors == [{"field": "priority", "message": "must be one of P1, P2, P3"}]


def test_what_a_final_rule_says_is_not_lifted_and_the_answer_names_rule_clause_and_fact() -> None:
    staging = ticket(impact="outage", environment="staging")

    told = refused(staging, "P1")

    assert (told.status, told.errors) == (409, [])
    assert told.more == {"rule": "staging", "clause": "B.3.P3"}
    assert str(told) == (
        "Ticket UP-1 stays P3 by clause B.3.P3 (environment: staging) unless a reply states otherwise: the rest"
    )


def test_what_a_final_rule_says_may_be_decided_once_more_and_what_is_not_final_lowered_and_lifted() -> None:
    staging, outage = ticket(environment="staging"), ticket(impact="outage")

    assert decided(staging, "P3").decision is not None
    assert decided(outage, "P3").decision is not None
    assert decided(decided(outage, "P3"), "P1").decision is not None


def test_the_facts_as_they_are_now_say_what_is_final_not_those_of_the_last_assessment() -> None:
    outage = ticket(impact="outage", environment="production")
    moved = ticket(impact="outage", environment="staging")

    told = refused(replace(outage, facts=moved.facts), "P1")

    assert told.more["rule"] == "staging"


def test_what_is_final_in_a_version_that_does_not_hold_for_the_account_may_be_lifted() -> None:
    first = version("1", material={"targets": "any"}, exclusions=CLAUSES)
    later = version("2", effective=NOON - HOUR, rules=FINAL, exclusions=CLAUSES)
    both, alone = published(first, later), published(later)

    held = decided(ticket(policies=both, impact="none"), "P1", policies=both)
    told = refused(ticket(policies=alone, impact="none"), "P1", policies=alone)

    assert held.policy == later.sha256
    assert held.decision is not None
    assert told.more == {"rule": "rest", "clause": "B.3.P3"}


def test_only_a_ticket_that_is_open_must_be_open_anew_and_the_refusal_says_since_when_it_is_closed() -> None:
    must_be_open(ticket(), None)
    with pytest.raises(Refusal) as caught:
        must_be_open(ticket(), NOON + timedelta(seconds=5, microseconds=7))

    assert (caught.value.status, caught.value.more) == (409, {"state": "closed"})
    assert str(caught.value) == (
        "Ticket UP-1 is closed since 2026-03-02T12:00:05+00:00: its clocks have stopped, and neither a priority nor a "
        "plan moves any of them. A reply to it opens a new ticket, which follows what its account holds then."
    )
    assert caught.value.errors == [
        {"field": "number", "message": "is of a closed ticket: name one that is open, or reply to it first"}
    ]


def test_nothing_is_planned_anew_while_no_policy_is_in_effect() -> None:
    with pytest.raises(Refusal) as caught:
        replan(ticket(), PlanIn(reason="They upgraded"), "Gil", MARCH - HOUR, Account(), (), ONLY)

    assert (caught.value.status, str(caught.value)) == (409, "No policy is in effect now.")


def test_rejecting_a_clause_that_the_version_does_not_have_is_refused_with_those_that_it_has() -> None:
    told = refusal(ticket(), clause="B.5.h", ruling="reject")

    assert (told.status, str(told)) == (422, "sample 1, under which the ticket runs, has no exclusion B.5.h.")
    assert told.errors == [{"field": "clause", "message": "must be one of B.5.a, B.5.f, B.5.g"}]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            {"to": NOON},
            "The interval ends at 2026-03-02T12:00:00+00:00, and when the ticket's clocks start is "
            "2026-03-02T12:00:00+00:00: state both.",
        ),
        (
            {"from_": NOON + HOUR, "to": NOON + HOUR / 2},
            "The interval ends at 2026-03-02T12:30:00+00:00, and from is 2026-03-02T13:00:00+00:00: state both.",
        ),
    ],
)
def test_an_interval_that_ends_before_it_begins_is_refused_with_both_ends(
    wanted: dict[str, Any], sentence: str
) -> None:
    told = refusal(ticket(), clause="B.5.a", **wanted)

    assert str(told) == sentence
    assert told.errors[0]["message"].startswith("must be after 2026-03-02T1")


def test_intervals_without_a_begin_or_an_end_are_named_by_where_they_reach() -> None:
    begins = ruled(ticket(), clause="B.5.f", evidence="a log", to=NOON + HOUR)
    both = of_carrier(begins, 3, None)

    told = refusal(both, clause="B.5.f", ruling="reject")

    assert str(told) == (
        "Several intervals are accepted under B.5.f: the start of the clocks to 2026-03-02T13:00:00+00:00, "
        "2026-03-02T15:00:00+00:00 to open. State `from` and `to` of the one that is taken back."
    )
    assert told.errors == [
        {
            "field": "from",
            "message": "must be that of one of the start of the clocks to 2026-03-02T13:00:00+00:00, "
            "2026-03-02T15:00:00+00:00 to open",
        }
    ]


def test_what_cannot_be_taken_back_is_refused_with_what_can() -> None:
    told = refusal(ticket(), clause="B.5.a", ruling="reject", from_=NOON)

    assert str(told) == (
        "`from` with reject names an accepted interval that is taken back; under B.5.a there are: none."
    )
    assert told.errors == [{"field": "from", "message": "must be that of an accepted interval: none"}]


def test_what_is_not_proposed_is_refused_with_what_is_needed() -> None:
    first = of_carrier(ticket(), 1, 2)

    none = refusal(ticket(), clause="B.5.f")
    another = refusal(first, clause="B.5.f", from_=NOON + 3 * HOUR)

    assert str(none) == "Nothing of B.5.f is proposed on this ticket: say what shows it."
    assert str(another) == "Nothing of this interval of B.5.f is proposed on this ticket: say what shows it."
    assert none.errors == [{"field": "evidence", "message": "is needed where the clause is not proposed"}]


def test_an_acceptance_that_could_mean_several_intervals_is_refused_with_those() -> None:
    both = of_carrier(of_carrier(ticket(), 1, 2), 3, 4)
    named = (
        "2026-03-02T13:00:00+00:00 to 2026-03-02T14:00:00+00:00, 2026-03-02T15:00:00+00:00 to 2026-03-02T16:00:00+00:00"
    )

    told = refusal(both, clause="B.5.f", from_=NOON)

    assert str(told) == (
        f"Several intervals are accepted under B.5.f, and more than one of them could be meant: {named}. "
        "State `from` and `to`."
    )
    assert told.errors == [{"field": "to", "message": f"is needed beside {named}"}]


def test_evidence_goes_with_accept() -> None:
    told = refusal(ticket(), clause="B.5.a", ruling="reject", evidence="x")

    assert str(told) == "`evidence` goes with accept: leave it out."
    assert told.errors == [{"field": "evidence", "message": "goes with accept"}]


def test_rulings_that_would_not_fit_are_refused_with_their_size_and_what_to_shorten() -> None:
    now = ticket()
    for hour in range(12):
        now = of_carrier(now, hour, hour + 1, evidence="x" * 10_000)
    wanted = {"clause": "B.5.f", "from_": NOON + 20 * HOUR, "to": NOON + 21 * HOUR, "evidence": "y" * 10_000}

    told = refusal(now, **wanted)

    each = len(now.ruled[-1].model_dump_json())
    assert str(told) == (
        f"The rulings on UP-1 would take {13 * each} bytes together, more than 131072: shorten the evidence."
    )
    assert told.errors == [{"field": "evidence", "message": "is too long beside that of the other rulings: shorten it"}]


def test_a_ticket_that_cannot_be_planned_anew_is_refused_with_the_reason_and_its_clause() -> None:
    iron = Account(Customer(plan="iron", term=CUSTOMER.term), MARCH)

    with pytest.raises(Refusal) as caught:
        replan(ticket(), PlanIn(reason="So"), "Gil", NOON, iron, (), ONLY)

    assert (caught.value.status, caught.value.more) == (409, {"clause": "A"})
    assert str(caught.value) == (
        "Ticket UP-1 cannot be planned anew (plan: iron, A): The policy has no such plan, so no target is promised "
        "until the account has one of its plans."
    )


def test_a_clause_that_is_not_in_effect_for_the_account_is_refused_with_what_would_bring_it_into_effect() -> None:
    first = version("1", exclusions={"a": "own"})
    both = published(first, version("2", effective=NOON, exclusions={"a": "own", "g": "third parties"}))

    told = refusal(ticket(policies=both), policies=both, clause="B.5.g", evidence="Their status page")

    assert (told.status, told.more) == (409, {"clause": "B.5.g"})
    assert str(told) == (
        "Exclusion B.5.g does not hold for this account. Those that do: B.5.a. A material degradation of what was "
        "agreed does not hold until it is accepted or the term is renewed (sample 2: excluded where it was not)."
    )
