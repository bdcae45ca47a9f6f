"""How well triage reads what it has not seen: cases told from public trackers, by precedents of other issues.

The same issue told by someone else is no other case. All figures, in eight minutes:
.venv/bin/python -m tests.support.heldout
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from services.triage.domain.evaluation import LabelledCase, Outcome, agreement, exclusion_counts, try_case
from services.triage.domain.reading import Read
from services.triage.domain.reading.exclusions import proposals_of
from services.triage.domain.reading.opinions import settled
from services.triage.domain.reading.precedents import Precedents, read, written
from services.triage.domain.reading.read import by_rules
from shared.policy import Policy, parse_policy
from tests.support.precedents import Case, learned_from, passages, sets

_NAMES = [field.name for field in fields(LabelledCase)]
PLIVO = parse_policy((Path(__file__).parents[2] / "deploy" / "policies" / "plivo.yaml").read_text())
FOLDS = 4
SETS = {"1 to 9": "123456789", "A to E": "ABCDE", "F to Y": "FGHIJKOXY", "n to z": "nopqrstuvwxyz"}
"""Cases told from public trackers; for 1 to 9, A to E and F to Y no rule was changed."""
by_the_rules = cache(by_rules)


def told() -> list[Case]:
    """These cases, in the order of their sets."""
    return [case for letter in sorted("".join(SETS.values())) for case in sets()[f"cases-{letter}"]]


def of_fold(fold: int) -> list[Case]:
    """A part of them: all that tell of the same issue are in the same one."""
    return [case for case in told() if int(case["issue"], 16) % FOLDS == fold]


def without(left_out: Sequence[Case]) -> Precedents:
    """The precedents of all cases but these, and but other words for the same issues."""
    ids, issues = {case["id"] for case in left_out}, {case.get("issue") for case in left_out} - {None}
    others = (case for cases in sets().values() for case in cases)
    kept = [case for case in others if case["id"] not in ids and case.get("issue") not in issues]
    learned = learned_from(kept, passages())
    return read(written(learned))


def judged_together(
    cases: Sequence[Case], policy: Policy, *, blind: bool = False, precedents: bool = True
) -> list[Outcome]:
    """What is made of these cases, with the precedents of all others or by the rules alone."""
    known = without(cases) if precedents else None

    def reader(description: str) -> Read:
        by = by_the_rules(description)
        facts, proposals = by.facts, list(proposals_of(by.case, None))
        if known is not None:
            facts, proposals = settled(description, facts, proposals, known, wishes=by.wishes, unused=by.unused)
        return Read(facts=tuple(facts), exclusions=tuple(proposals))

    return [try_case(_labelled(case), policy, blind=blind, reader=reader) for case in cases]


def _labelled(case: Mapping[str, Any]) -> LabelledCase:
    return LabelledCase(**{name: case[name] for name in _NAMES if name in case})


def both_right(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """Of pairs, how many are right on both sides: by priority, and with their exclusions."""
    sides: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        sides.setdefault(outcome.case.id[:-1], []).append(outcome)
    return (
        sum(all(side.right for side in pair) for pair in sides.values()),
        sum(all(side.right and side.exclusion_right for side in pair) for pair in sides.values()),
    )


def line(name: str, outcomes: Sequence[Outcome], policy: Policy) -> str:
    """A set's figures."""
    sure = agreement([outcome for outcome in outcomes if outcome.case.confidence == "high"], policy)
    every, counts = agreement(outcomes, policy), exclusion_counts(outcomes)
    missed = sum(outcome.case.label == "P1" and not outcome.right for outcome in outcomes)
    labelled = sum(outcome.case.excluded is not None for outcome in outcomes)
    told = (
        f"{name:8} confident {sure.right}/{sure.total} all {every.right}/{every.total} recall {every.recall} "
        f"P1 missed {missed} exclusions right {counts['right']} of {counts['proposed']} proposed, {labelled} labelled"
    )
    return told + (f" pairs {both_right(outcomes)} of {len(outcomes) // 2}" if name.startswith("pairs") else "")


def main() -> None:
    for blind in (False, True):
        for precedents in (False, True):
            name = ("with precedents" if precedents else "rules alone") + (", blind" if blind else "")
            folds = [judged_together(of_fold(fold), PLIVO, blind=blind, precedents=precedents) for fold in range(FOLDS)]
            outcomes = [outcome for fold in folds for outcome in fold]
            for group, letters in SETS.items():
                of = [outcome for outcome in outcomes if outcome.case.id.split("-")[1] in letters]
                print(line(f"{group}, {name}", of, PLIVO))


if __name__ == "__main__":
    main()
