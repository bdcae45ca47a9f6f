"""What an account holds when versions follow each other: what is better at once, what it keeps, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.policy import FactValue
from shared.policy.amend import Holding, hold
from tests.support.amended import GOLD, NONE, RULES, plan, target, version

OUTAGE: dict[str, FactValue] = {
    "environment": "production",
    "impact": "outage",
    "workaround": "unknown",
    "category": "unknown",
    "ongoing": True,
    "initiator": "customer",
}


def gold(p1: str = "PT1H", p2: str = "PT4H", **terms: Any) -> dict[str, Any]:
    """The plan gold, by its first responses."""
    return {"gold": plan(p1={"first_response": target(p1)}, p2={"first_response": target(p2)}, **terms)}


V1 = version("1", plans=gold())


def response(holding: Holding, priority: str = "P1") -> tuple[str, float, list[str]]:
    """The version that holds, the minutes, and what it was kept from."""
    held = holding.cell(priority, "first_response")
    assert held.cell.target is not None
    reasons = [f"{kept.refused.version}: {kept.reason}" for kept in held.kept]
    return held.cell.policy.version, held.cell.target.duration / timedelta(minutes=1), reasons


def test_an_account_gets_what_is_better_at_once_and_keeps_what_it_had_where_it_is_worse() -> None:
    holding = hold("gold", [V1, version("2", plans=gold("PT30M", "PT8H"))])

    assert response(holding, "P1") == ("2", 30, [])
    assert response(holding, "P2") == ("1", 240, ["2: longer target: PT8H instead of PT4H"])


def test_what_is_equal_comes_from_the_version_in_effect() -> None:
    holding = hold("gold", [V1, version("2", plans=gold())])

    assert response(holding, "P1") == ("2", 60, [])


def test_each_version_is_measured_by_what_the_account_holds_and_not_by_the_one_before() -> None:
    v2 = version("2", plans=gold("PT4H"))
    v3 = version("3", plans=gold("PT2H"))
    v4 = version("4", plans=gold("PT45M"))

    assert response(hold("gold", [V1, v2, v3])) == (
        "1",
        60,
        ["2: longer target: PT4H instead of PT1H", "3: longer target: PT2H instead of PT1H"],
    )
    assert response(hold("gold", [V1, v2, v3, v4])) == ("4", 45, [])


def test_a_cell_is_held_whole_and_never_as_a_mixture_of_two_versions() -> None:
    v2 = version("2", plans=gold("PT30M", pauses={"awaiting customer": ["first_response"]}))

    assert response(hold("gold", [V1, v2])) == ("1", 60, ["2: paused also while: awaiting customer"])


def test_the_rule_of_the_version_that_was_promised_says_what_is_material() -> None:
    warned = gold(warnings={"first_response": ["50%"]})
    strict, lax = (version("1", plans=warned, material={"targets": rule}) for rule in ("any", "longer"))

    assert response(hold("gold", [strict, V1])) == ("1", 60, ["1: no longer warned at: 50%"])
    assert response(hold("gold", [lax, version("2", plans=gold(), material={"targets": "any"})])) == ("2", 60, [])


def test_a_plan_that_is_gone_is_kept_and_one_that_came_later_begins_where_it_came() -> None:
    only_silver = version("2", plans={"silver": GOLD})

    kept = hold("gold", [V1, only_silver])
    later = hold("silver", [V1, only_silver])
    nobody = hold("bronze", [V1, only_silver])

    assert response(kept) == ("1", 60, ["2: the plan gold is gone: none instead of PT1H on always"])
    assert response(later) == ("2", 60, [])
    assert (kept.known, later.known, nobody.known) == (True, True, False)


def test_a_priority_that_is_gone_keeps_its_promises() -> None:
    fewer = version(
        "2",
        priorities=[{"key": key, "clause": f"B.3.{key}"} for key in ("P1", "P3")],
        rules=[RULES[0], RULES[1], RULES[3]],
        plans={"gold": {"targets": {"P1": NONE | {"first_response": target("PT1H")}, "P3": NONE}}},
    )
    holding = hold("gold", [V1, fewer])

    assert response(holding, "P2")[:2] == ("1", 240)
    assert holding.outcome(OUTAGE | {"impact": "degraded"}).outcome.rule.priority == "P2"


def test_what_a_plan_promised_before_the_account_had_it_was_not_promised_to_it() -> None:
    v2 = version("2", plans=gold("PT4H"), exclusions={"f": "carriers", "g": "third parties"})

    holding = hold("gold", [V1, v2], plan_from=1)

    assert response(holding) == ("2", 240, [])
    assert [(held.exclusion.clause, held.spared) for held in holding.exclusions] == [("B.5.f", False), ("B.5.g", True)]


def test_an_exclusion_that_is_new_or_reworded_does_not_hold_for_the_account_yet() -> None:
    v2 = version("2", plans=gold(), exclusions={"f": "carriers and the like", "g": "third parties"})
    v3 = version("3", plans=gold(), exclusions={"g": "third parties"})

    second, third = hold("gold", [V1, v2]).exclusions, hold("gold", [V1, v2, v3]).exclusions

    assert [(held.exclusion.clause, held.policy.version, held.spared) for held in second] == [
        ("B.5.f", "1", False),
        ("B.5.g", "2", True),
    ]
    assert [[kept.reason for kept in held.kept] for held in second] == [
        ["its words differ: a person has to judge them"],
        ["excluded where it was not"],
    ]
    assert [(held.exclusion.clause, held.spared) for held in third] == [("B.5.g", True)]


def test_an_exclusion_that_was_spared_and_is_dropped_again_leaves_nothing() -> None:
    v2 = version("2", plans=gold(), exclusions={"f": "carriers", "g": "third parties"})

    assert [held.exclusion.clause for held in hold("gold", [V1, v2, version("3", plans=gold())]).exclusions] == [
        "B.5.f"
    ]


def test_the_rules_decide_in_the_version_that_holds_for_these_very_facts() -> None:
    degraded_too = RULES[2] | {"when": {"impact": ["degraded", "intermittent"]}}
    narrower = RULES[1] | {"when": {"impact": ["outage"], "workaround": ["none"]}}
    v2 = version("2", plans=gold(), rules=[RULES[0], narrower, degraded_too, RULES[3]])
    holding = hold("gold", [V1, v2])

    kept = holding.outcome(OUTAGE)
    better = holding.outcome(OUTAGE | {"impact": "intermittent"})
    same = holding.outcome(OUTAGE | {"workaround": "none"})

    assert (kept.outcome.policy.version, kept.outcome.rule.priority) == ("1", "P1")
    assert [item.refused.version for item in kept.kept] == ["2"]
    assert kept.kept[0].reason.startswith("less urgent: P3 instead of P1; first response of gold: the promise is gone")
    assert (better.outcome.policy.version, better.outcome.rule.priority, better.kept) == ("2", "P2", ())
    assert (same.outcome.policy.version, same.outcome.rule.priority, same.kept) == ("2", "P1", ())


def test_a_more_urgent_priority_holds_once_it_promises_as_much_as_the_one_before() -> None:
    urgent: dict[str, Any] = {
        "priorities": [
            {"key": "P0", "clause": "B.3.P1"},
            *({"key": key, "clause": f"B.3.{key}"} for key in ("P1", "P2", "P3")),
        ],
        "rules": [RULES[0], RULES[1] | {"priority": "P0"}, *RULES[2:]],
    }
    slow, fast = (
        version(
            name,
            plans={"gold": {"targets": gold()["gold"]["targets"] | {"P0": NONE | {"first_response": cell}}}},
            **urgent,
        )
        for name, cell in (("2", target("PT2H")), ("3", target("PT15M")))
    )

    assert hold("gold", [V1, slow]).outcome(OUTAGE).outcome.rule.priority == "P1"
    assert hold("gold", [V1, slow, fast]).outcome(OUTAGE).outcome.rule.priority == "P0"
