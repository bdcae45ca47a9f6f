"""An assessment: coverage and targets by the account, an agent's decision, what is asked, and what is news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.triage.domain import (
    Assessment,
    Customer,
    Decision,
    Facts,
    Inputs,
    assess,
)
from shared.events import (
    Missing,
    Reason,
    Target,
    Term,
)
from shared.policy import CLOCKS, parse_policy

POLICIES = Path(__file__).parents[2] / "deploy" / "policies"
PLIVO = parse_policy((POLICIES / "plivo.yaml").read_text())
PLIVO_AGAIN = parse_policy(PLIVO.text)
DEMO = parse_policy((POLICIES / "demo.yaml").read_text())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FACTS = Facts(
    initiator="customer",
    account="acme",
    services=("voice",),
    environment="production",
    impact="outage",
    workaround="none",
    clock_start=NOON,
)
TERM = Term(start=NOON - timedelta(days=30), end=NOON + timedelta(days=30))
BUSINESS = Customer(plan="business", term=TERM)
HOUR = Target(duration=timedelta(hours=1), calendar="always")
NONE: dict[str, Target | None] = dict.fromkeys(CLOCKS)


def result(facts: Facts = FACTS, customer: Customer | None = BUSINESS, **further: Any) -> Assessment:
    return assess(Inputs(facts=facts, customer=customer, **further), PLIVO)


def facts(**changes: Any) -> Facts:
    return FACTS.model_copy(update=changes)


def test_a_covered_ticket_has_the_targets_of_its_plan_and_priority() -> None:
    first = result()
    degraded = result(facts(impact="degraded"))
    question = result(facts(category="question"))

    assert (first.priority, first.coverage, first.plan) == ("P1", "covered", "business")
    assert first.targets == {**NONE, "first_response": HOUR}
    assert (degraded.priority, degraded.targets) == ("P2", {**NONE, "first_response": HOUR})
    assert (question.priority, question.targets) == ("P3", NONE)
    assert [reason.rule for reason in first.reasons] == ["outage"]
    assert (first.decided_by, first.reason) == ("rules", None)


def test_an_unknown_account_is_promised_nothing_and_the_reason_says_so() -> None:
    unknown = result(customer=None)

    assert (unknown.priority, unknown.coverage, unknown.plan, unknown.targets) == ("P1", "unknown-account", None, NONE)
    assert unknown.reasons[1] == Reason(
        rule="unknown-account",
        clause="A",
        fact="account: acme",
        text="Nobody here knows this account, so no target is promised until it is known.",
    )
    assert result(facts(account=None), customer=None).reasons[1].fact == "account: not stated"


def test_a_plan_that_the_policy_does_not_have_is_unknown_too() -> None:
    unknown = result(customer=Customer(plan="gold", term=TERM))

    assert (unknown.coverage, unknown.plan, unknown.targets) == ("unknown-account", None, NONE)
    assert (unknown.reasons[1].rule, unknown.reasons[1].fact) == ("unknown-plan", "plan: gold")


@pytest.mark.parametrize(
    ("start", "end", "coverage"),
    [
        (NOON, None, "covered"),
        (NOON + timedelta(microseconds=1), None, "out-of-term"),
        (NOON - timedelta(days=1), NOON + timedelta(microseconds=1), "covered"),
        (NOON - timedelta(days=1), NOON, "out-of-term"),
    ],
)
def test_support_is_owed_from_the_terms_start_until_its_end(
    start: datetime, end: datetime | None, coverage: str
) -> None:
    found = result(customer=Customer(plan="business", term=Term(start=start, end=end)))

    assert found.coverage == coverage


def test_out_of_term_names_the_term_and_its_clause() -> None:
    found = result(customer=Customer(plan="business", term=Term(start=NOON + timedelta(days=1))))

    assert (found.priority, found.plan, found.targets) == ("P1", "business", NONE)
    assert found.reasons[1] == Reason(
        rule="out-of-term",
        clause="B.5",
        fact="term: 2026-03-03 to open",
        text="Reported outside the subscription term, and support is owed within it only.",
    )


def test_a_providers_ticket_takes_clock_by_clock_the_shortest_target_of_those_concerned() -> None:
    provider = facts(initiator="provider", account=None)

    both = assess(Inputs(facts=provider, plans=("business", "personalized")), DEMO)
    basic = assess(Inputs(facts=provider, plans=("basic", "personalized", "unheard of")), DEMO)
    nobody = assess(Inputs(facts=provider), DEMO)

    assert (both.coverage, both.plan) == ("provider", None)
    assert both.targets["first_response"] == Target(duration=timedelta(seconds=6), calendar="always")
    assert basic.targets["first_response"] == Target(duration=timedelta(minutes=1), calendar="always")
    assert basic.reasons[1].fact == "plans: basic, personalized"
    assert nobody.targets == NONE
    assert nobody.reasons[1].fact == "no account in term uses these services"


def test_at_one_length_a_round_the_clock_target_comes_before_any_other() -> None:
    text = DEMO.text.replace(
        "  always: {always: true}", '  always: {always: true}\n  a_week: {zone: UTC, week: {mon-fri: ["09:00-17:00"]}}'
    )
    text = text.replace("{target: PT6S, calendar: always}", "{target: PT1M, calendar: a_week}")
    provider = facts(initiator="provider", account=None)

    for plans in (("business", "personalized"), ("personalized", "business")):
        found = assess(Inputs(facts=provider, plans=plans), parse_policy(text))
        assert found.targets["first_response"] == Target(duration=timedelta(minutes=1), calendar="always")


def test_an_unknown_fact_is_asked_for_once_and_named_until_it_is_known() -> None:
    unknown = facts(environment="unknown", impact="unknown")

    assert result(unknown).missing == (
        Missing(fact="environment", could_be="P1", asked=True),
        Missing(fact="impact", could_be="P1", asked=True),
    )
    assert result(unknown, asked=("environment",)).missing == (
        Missing(fact="environment", could_be="P1", asked=False),
        Missing(fact="impact", could_be="P1", asked=True),
    )


def test_nothing_is_asked_on_a_providers_ticket_or_where_an_agent_decided() -> None:
    unknown = facts(environment="unknown")
    decision = Decision(priority="P1", reason="I called them", by="Ann")

    assert result(unknown.model_copy(update={"initiator": "provider"})).missing == (
        Missing(fact="environment", could_be="P1", asked=False),
    )
    assert result(unknown, decision=decision).missing == (Missing(fact="environment", could_be="P1", asked=False),)


def test_an_agents_decision_stands_and_the_reasons_say_what_the_rules_would() -> None:
    decided = result(facts(impact="none"), decision=Decision(priority="P1", reason="Their hotline is dead", by="Ann"))

    assert (decided.priority, decided.decided_by, decided.reason) == ("P1", "Ann", "Their hotline is dead")
    assert decided.targets["first_response"] == HOUR
    assert decided.reasons[0] == Reason(
        rule="agent", clause="B.3.P1", fact="Ann decided for P1", text="Their hotline is dead"
    )
    assert decided.reasons[1].rule == "everything-else"
    assert decided.reasons[1].text.startswith("The rules say P3: All other issues")


def test_no_agent_lifts_what_is_not_in_production() -> None:
    decision = Decision(priority="P1", reason="They are loud", by="Ann")

    staging = result(facts(environment="staging"), decision=decision)

    assert (staging.priority, staging.decided_by, staging.reason) == ("P3", "rules", None)
    assert staging.reasons[1] == Reason(
        rule="not-production",
        clause="B.3.P3",
        fact="Ann decided for P1",
        text="That does not hold: no agent lifts this above P3.",
    )


ANY_INPUTS = st.builds(
    Inputs,
    facts=st.builds(
        Facts,
        initiator=st.sampled_from(["customer", "provider"]),
        account=st.sampled_from(["acme", None]),
        services=st.just(("voice",)),
        environment=st.sampled_from(["production", "staging", "unknown"]),
        impact=st.sampled_from(["outage", "degraded", "none", "unknown"]),
        workaround=st.sampled_from(["none", "available", "unknown"]),
        ongoing=st.sampled_from([True, False, None]),
        clock_start=st.just(NOON),
    ),
    customer=st.sampled_from(
        [
            None,
            BUSINESS,
            Customer(plan="gold", term=TERM),
            Customer(plan="basic", term=Term(start=NOON + timedelta(days=1))),
        ]
    ),
    plans=st.sampled_from([(), ("basic",), ("business", "priority")]),
    asked=st.sampled_from([(), ("environment",)]),
    decision=st.sampled_from(
        [None, Decision(priority="P1", reason="loud", by="Ann"), Decision(priority="P3", reason="calm", by="Bo")]
    ),
)


@settings(deadline=None)
@given(ANY_INPUTS)
def test_a_recorded_assessment_can_be_worked_out_again_to_the_byte(inputs: Inputs) -> None:
    recorded = inputs.model_dump_json(exclude_none=True)

    again = assess(Inputs.model_validate_json(recorded), PLIVO_AGAIN)

    assert again.model_dump_json() == assess(inputs, PLIVO).model_dump_json()


@settings(deadline=None)
@given(ANY_INPUTS)
def test_targets_are_promised_only_to_who_is_covered_and_every_clock_is_named(inputs: Inputs) -> None:
    found = assess(inputs, PLIVO)

    assert tuple(found.targets) == CLOCKS
    if found.coverage in ("unknown-account", "out-of-term"):
        assert found.targets == NONE
    assert all(reason.clause in PLIVO.document.clauses for reason in found.reasons)
