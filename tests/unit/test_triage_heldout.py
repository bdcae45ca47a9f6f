"""What is read of cases that neither rules nor precedents have seen."""

from __future__ import annotations

from tests.support.heldout import PLIVO, judged_together, of_fold


def test_precedents_read_unseen_cases_better_than_the_rules_alone() -> None:
    cases = of_fold(0)

    alone, together = judged_together(cases, PLIVO, precedents=False), judged_together(cases, PLIVO)

    assert len(cases) > 250
    assert sum(outcome.right for outcome in together) >= sum(outcome.right for outcome in alone) + 3
    assert sum(outcome.right for outcome in together) / len(cases) >= 0.86
    blind = judged_together([case for case in cases if case["confidence"] == "high"], PLIVO, blind=True)
    assert sum(outcome.right for outcome in blind) / len(blind) >= 0.77
    proposed = [outcome for outcome in together if outcome.exclusion is not None]
    assert sum(outcome.exclusion_right for outcome in proposed) / len(proposed) >= 0.55
