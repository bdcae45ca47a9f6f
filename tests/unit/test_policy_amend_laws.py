"""Laws of amendments, over any versions: of the comparison, and of what an account holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.policy import CLOCKS, FACTS, Policy
from shared.policy.amend import MIRRORED, Change, Part, cell_of, compare_cells, diff, hold
from shared.policy.amend.outcomes import compare_outcomes
from tests.support.amended import NONE, target, version

WEEK = ["08:00-17:00"]
CALENDARS: dict[str, Any] = {
    "always": {"always": True},
    "office": {"zone": "Europe/Berlin", "week": {"mon-fri": WEEK}},
    "short": {"zone": "Europe/Berlin", "week": {"mon-fri": ["09:00-16:00"]}},
    "closed": {"zone": "Europe/Berlin", "week": {"mon-fri": WEEK}, "holidays": {"add": [date(2026, 5, 1)]}},
    "overseas": {"zone": "America/New_York", "week": {"mon-fri": WEEK}},
}
LENGTHS = st.sampled_from(["PT30M", "PT1H", "PT4H"])
PRIORITIES = ("P1", "P2", "P3")
FEW_CLOCKS = ("first_response", "update", "total_resolution")


@st.composite
def cells(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = dict(NONE)
    for clock in FEW_CLOCKS:
        if draw(st.booleans()):
            key = "every" if clock == "update" else "target"
            found[clock] = target(draw(LENGTHS), draw(st.sampled_from(sorted(CALENDARS))), key=key)
    return found


@st.composite
def plans(draw: st.DrawFn, priorities: Sequence[str]) -> dict[str, Any]:
    return {
        "targets": {key: draw(cells()) for key in priorities},
        "pauses": {
            reason: draw(st.lists(st.sampled_from(FEW_CLOCKS), unique=True))
            for reason in draw(st.lists(st.sampled_from(["awaiting customer", "maintenance"]), unique=True))
        },
        "warnings": {
            clock: draw(st.lists(st.sampled_from(["50%", "75%"]), unique=True))
            for clock in draw(st.lists(st.sampled_from(FEW_CLOCKS), unique=True, max_size=1))
        },
        "response_met_by": draw(st.sampled_from(["person", "initial"])),
        "closed_counts": draw(st.booleans()),
    }


@st.composite
def rules(draw: st.DrawFn, priorities: Sequence[str]) -> list[dict[str, Any]]:
    found = [
        {
            "id": f"rule-{place}",
            "when": {fact: draw(st.lists(st.sampled_from(FACTS[fact]), min_size=1, max_size=2, unique=True))},
            "priority": draw(st.sampled_from(priorities)),
            "clause": "A",
            "final": draw(st.booleans()),
        }
        for place, fact in enumerate(draw(st.lists(st.sampled_from(["impact", "environment"]), max_size=3)))
    ]
    return [*found, {"id": "rest", "priority": draw(st.sampled_from(priorities)), "clause": "A"}]


@st.composite
def versions(draw: st.DrawFn) -> Policy:
    """A version with some of three priorities, in one order, and one or two plans."""
    priorities = [key for key in PRIORITIES if draw(st.booleans())] or ["P2"]
    return version(
        str(draw(st.integers(1, 9))),
        priorities=[{"key": key, "clause": "A"} for key in priorities],
        rules=draw(rules(priorities)),
        calendars=CALENDARS,
        plans={
            name: draw(plans(priorities)) for name in draw(st.sampled_from([["gold"], ["gold", "silver"], ["silver"]]))
        },
        exclusions=draw(st.dictionaries(st.sampled_from("abc"), st.sampled_from(["narrow", "wide"]), max_size=3)),
        material={"targets": draw(st.sampled_from(["longer", "any"]))},
    )


CHAINS = st.lists(versions(), min_size=1, max_size=4)
few = settings(deadline=None, max_examples=40)


def at(change: Change) -> tuple[str, ...]:
    return (change.kind, *change.where.values())


@few
@given(versions())
def test_a_version_is_equal_to_itself(policy: Policy) -> None:
    found = diff(policy, policy)

    assert {change.verdict for change in found.changes} == {"equal"}
    assert not any(change.material for change in found.changes)


@few
@given(versions(), versions())
def test_the_other_way_round_better_and_worse_are_exchanged(before: Policy, after: Policy) -> None:
    there = {at(change): change.verdict for change in diff(before, after).changes}
    back = {at(change): change.verdict for change in diff(after, before).changes}

    turned = {
        (kind, *reversed(where)) if kind == "outcome" else (kind, *where): MIRRORED[verdict]
        for (kind, *where), verdict in there.items()
    }

    assert turned == back


@few
@given(versions(), versions())
def test_what_is_better_or_equal_is_never_material(before: Policy, after: Policy) -> None:
    for change in diff(before, after).changes:
        assert not (change.material and change.verdict in ("better", "equal"))
        assert all(part.reason for part in change.parts)


@few
@given(CHAINS)
def test_an_account_never_holds_less_than_it_was_promised(chain: list[Policy]) -> None:
    holding = hold("gold", chain)
    first = hold("gold", chain[:1])

    for priority, clock in product(PRIORITIES, CLOCKS):
        parts = compare_cells(first.cell(priority, clock).cell, holding.cell(priority, clock).cell)
        assert worse(parts) == []
    for impact, environment in product(FACTS["impact"], FACTS["environment"]):
        facts = {fact: values[0] for fact, values in FACTS.items()} | {"impact": impact, "environment": environment}
        old, new = first.outcome(facts).outcome, holding.outcome(facts).outcome
        promised = [
            (first.cell(old.rule.priority, clock).cell, holding.cell(new.rule.priority, clock).cell) for clock in CLOCKS
        ]
        assert worse(compare_outcomes(old, new, promised)) == []
    promised_words = {item.clause: chain[0].document.clauses[item.clause] for item in chain[0].exclusions}
    for held in holding.exclusions:
        if not held.spared:
            assert promised_words.get(held.exclusion.clause) == held.policy.document.clauses[held.exclusion.clause]


def worse(parts: Sequence[Part]) -> list[Part]:
    """Warnings and whether an agent may lift a priority are no promise, unless the rule is `any`."""
    return [part for part in parts if part.of not in ("warnings", "final") and bad(part)]


def bad(part: Part) -> bool:
    if part.of == "priority":
        return part.verdict == "worse"  # two versions with one between them may know no priority in common
    if part.of == "promises":
        return part.material
    return part.verdict in ("worse", "incomparable")


@few
@given(CHAINS)
def test_what_is_no_material_degradation_holds_at_once_and_what_is_does_not(chain: list[Policy]) -> None:
    *earlier, newest = chain
    if not earlier:
        return
    before, after = hold("gold", earlier), hold("gold", chain)

    for priority, clock in product(PRIORITIES, CLOCKS):
        old, now = before.cell(priority, clock).cell, after.cell(priority, clock)
        offered = cell_of(newest, "gold", priority, clock)
        if any(part.material for part in compare_cells(old, offered)):
            assert (now.cell.policy.sha256, now.cell.target) == (old.policy.sha256, old.target)
            assert now.kept[-1].refused.sha256 == newest.sha256
        else:
            assert (now.cell.policy.sha256, now.cell.target, now.kept) == (newest.sha256, offered.target, ())


@few
@given(CHAINS)
def test_whoever_agrees_to_the_newest_version_holds_exactly_that(chain: list[Policy]) -> None:
    newest = chain[-1]
    holding = hold("gold", [newest])

    assert {held.cell.policy.sha256 for held in holding.cells.values()} == {newest.sha256}
    assert not any(held.kept for held in holding.cells.values())
    assert [held.exclusion for held in holding.exclusions] == list(newest.exclusions)
