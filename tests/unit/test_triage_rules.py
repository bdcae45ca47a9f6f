"""The rules of the policy `plivo` on stated facts: CONTRACTS.md's table, row by row, and its laws."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.triage.domain import Known, rule_on
from shared.events import Reason
from shared.policy import FACTS, parse_policy

PLIVO = parse_policy((Path(__file__).parents[2] / "deploy" / "policies" / "plivo.yaml").read_text())
PLIVO_AGAIN = parse_policy(PLIVO.text + "\n# the same rules, of which nothing is remembered\n")
OUTAGE = Known("production", "outage", "none", "incident", True, "customer")
NOTHING = Known("unknown", "unknown", "unknown", "unknown", "unknown", "customer")
ANY_FACTS = st.builds(Known, *(st.sampled_from(FACTS[fact]) for fact in Known._fields))


def said(facts: Known) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    ruling = rule_on(PLIVO, facts)
    return ruling.priority, ruling.rule.id, ruling.rule.clause, ruling.could_be


@pytest.mark.parametrize("environment", ["staging", "development"])
def test_what_is_not_in_production_is_p3_whatever_else_holds(environment: str) -> None:
    assert said(OUTAGE._replace(environment=environment)) == ("P3", "not-production", "B.3.P3", ())
    assert rule_on(PLIVO, OUTAGE._replace(environment=environment)).rule.final


@pytest.mark.parametrize(
    "category", ["question", "development", "number procurement", "number porting", "account", "billing"]
)
def test_other_matters_are_p3(category: str) -> None:
    assert said(OUTAGE._replace(category=category)) == ("P3", "other-matters", "B.3.P3", ())


@pytest.mark.parametrize("category", ["incident", "unknown"])
@pytest.mark.parametrize("workaround", ["none", "unknown"])
@pytest.mark.parametrize("ongoing", [True, "unknown"])
def test_an_outage_in_production_without_a_workaround_is_p1(
    category: str, workaround: str, ongoing: bool | str
) -> None:
    facts = OUTAGE._replace(category=category, workaround=workaround, ongoing=ongoing)

    assert said(facts) == ("P1", "outage", "B.3.P1", ())


def test_an_outage_with_a_workaround_is_p2_and_p1_again_once_it_is_lost() -> None:
    found = OUTAGE._replace(workaround="available")

    assert said(found) == ("P2", "outage-with-workaround", "B.3.P2", ())
    assert said(found._replace(workaround="none")) == ("P1", "outage", "B.3.P1", ())


@pytest.mark.parametrize("impact", ["degraded", "intermittent"])
def test_degraded_and_intermittent_in_production_are_p2(impact: str) -> None:
    assert said(OUTAGE._replace(impact=impact)) == ("P2", "degraded", "B.3.P2", ())


def test_no_impact_is_all_else() -> None:
    assert said(OUTAGE._replace(impact="none")) == ("P3", "everything-else", "B.3.P3", ())


def test_an_unknown_environment_is_p3_and_says_what_it_could_be() -> None:
    unknown = OUTAGE._replace(environment="unknown")

    assert said(unknown) == ("P3", "environment-unknown", "B.3.P3", (("environment", "P1"),))
    assert said(unknown._replace(impact="degraded")) == (
        "P3",
        "environment-unknown",
        "B.3.P3",
        (("environment", "P2"),),
    )
    assert said(unknown._replace(impact="none")) == ("P3", "environment-unknown", "B.3.P3", ())


def test_an_unknown_impact_is_p3_and_says_what_it_could_be() -> None:
    unknown = OUTAGE._replace(impact="unknown")

    assert said(unknown) == ("P3", "impact-unknown", "B.3.P3", (("impact", "P1"),))
    assert said(unknown._replace(workaround="available")) == ("P3", "impact-unknown", "B.3.P3", (("impact", "P2"),))


def test_where_both_are_unknown_both_are_asked_for_since_together_they_could_raise_it() -> None:
    assert said(NOTHING) == ("P3", "environment-unknown", "B.3.P3", (("environment", "P1"), ("impact", "P1")))


def test_nothing_is_asked_of_a_question() -> None:
    assert said(NOTHING._replace(category="question")) == ("P3", "other-matters", "B.3.P3", ())


def test_what_is_over_is_a_question_and_names_what_it_would_be_if_it_came_back() -> None:
    ruling = rule_on(PLIVO, OUTAGE._replace(ongoing=False))

    assert (ruling.priority, ruling.rule.id, ruling.could_be) == ("P3", "over", ())
    assert ruling.reasons == (
        Reason(
            rule="over",
            clause="B.3.P3",
            fact="ongoing: no, impact: outage",
            text="All other issues, among them questions about product and features, development, number "
            "procurement, number porting, account and billing.",
        ),
        Reason(rule="over", clause="B.3.P1", fact="ongoing: no", text="It is over; if it came back it would be P1."),
    )


def test_what_is_over_but_comes_and_goes_is_still_p2() -> None:
    assert said(OUTAGE._replace(ongoing=False, impact="intermittent")) == ("P2", "degraded", "B.3.P2", ())


def test_what_is_over_with_unknown_facts_asks_for_those_that_could_raise_it() -> None:
    over = NOTHING._replace(ongoing=False)

    assert said(over) == ("P3", "over", "B.3.P3", (("environment", "P2"), ("impact", "P2")))
    assert rule_on(PLIVO, over).reasons[1].text == (
        "It is over; if it came back it would be P3 (up to P1 once the environment is known)."
    )
    assert said(over._replace(impact="outage")) == ("P3", "over", "B.3.P3", ())


def test_a_reason_names_rule_clause_facts_and_the_clauses_words() -> None:
    assert rule_on(PLIVO, OUTAGE).reasons == (
        Reason(
            rule="outage",
            clause="B.3.P1",
            fact="environment: production, impact: outage, workaround: none",
            text="The service is out in production and no workaround exists; not for development or staging.",
        ),
    )
    assert rule_on(PLIVO, OUTAGE._replace(impact="none")).reasons[0].fact == (
        "environment: production, impact: none, workaround: none, category: incident, ongoing: yes"
    )


def test_the_first_rule_that_holds_decides_for_every_combination_of_facts() -> None:
    for values in product(*(FACTS[fact] for fact in Known._fields)):
        facts = Known(*values)  # type: ignore[arg-type]
        holding = [
            rule for rule in PLIVO.rules if all(getattr(facts, fact) in wanted for fact, wanted in rule.when.items())
        ]

        assert rule_on(PLIVO, facts).rule == holding[0]


@settings(deadline=None)
@given(ANY_FACTS)
def test_the_same_facts_give_the_same_ruling(facts: Known) -> None:
    first = rule_on(PLIVO, facts)
    anew = rule_on(PLIVO_AGAIN, facts)

    assert first == rule_on(PLIVO, facts)
    assert (first.rule, first.reasons, first.could_be) == (anew.rule, anew.reasons, anew.could_be)


@settings(deadline=None)
@given(ANY_FACTS)
def test_a_fact_is_missing_only_if_stating_the_unknown_ones_reaches_what_it_could_be(facts: Known) -> None:
    ruling = rule_on(PLIVO, facts)
    unknown = [fact for fact in Known._fields if getattr(facts, fact) == "unknown"]
    reachable = {
        rule_on(PLIVO, facts._replace(**dict(zip(unknown, values, strict=True)))).priority  # type: ignore[arg-type]
        for values in product(*([v for v in FACTS[fact] if v != "unknown"] for fact in unknown))
    }

    for fact, could_be in ruling.could_be:
        assert fact in unknown
        assert could_be in reachable
        assert PLIVO.ranks[could_be] < PLIVO.ranks[ruling.priority]


@settings(deadline=None)
@given(ANY_FACTS)
def test_no_workaround_is_never_less_urgent_than_one(facts: Known) -> None:
    without = rule_on(PLIVO, facts._replace(workaround="none")).priority
    having = rule_on(PLIVO, facts._replace(workaround="available")).priority

    assert PLIVO.ranks[without] <= PLIVO.ranks[having]
