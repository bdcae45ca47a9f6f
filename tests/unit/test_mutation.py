"""Mutation testing's own rules: which mutants are drawn, what an exit code says, what counts, what is shown."""

from __future__ import annotations

from pathlib import Path

from mutation.score import Edit, Fate, Score, Survivor, drawn, edit_of, fate_of

NAMES = [f"module.x_rule__mutmut_{number}" for number in range(1000)]
DIFF = """--- rules.py
+++ rules.py
@@ -1,5 +1,5 @@
 def share(met, breached):
     judged = met + breached
     if judged == 0:
-        return None
+        return 0
     return met / judged
"""


def test_a_seed_draws_the_same_sample_in_whatever_order_the_mutants_come() -> None:
    sample = drawn(NAMES, 300, seed=1)

    assert sample == drawn(reversed(NAMES), 300, seed=1)
    assert len(set(sample)) == 300
    assert set(sample) <= set(NAMES)
    assert sample != drawn(NAMES, 300, seed=2)


def test_where_there_are_fewer_mutants_than_the_sample_all_are_tried() -> None:
    assert drawn(NAMES[:3], 300, seed=1) == NAMES[:3]


def test_a_mutant_is_killed_by_a_test_that_fails_or_an_import_that_breaks_and_hangs_where_its_time_ran_out() -> None:
    assert [fate_of(code) for code in (1, 2, 3, 255, -11)] == ["killed"] * 5
    assert [fate_of(code) for code in (-24, 152, -9)] == ["timeout"] * 3
    assert fate_of(0) == "survived"
    assert [fate_of(code) for code in (5, 33)] == ["untested"] * 2


def test_what_no_test_comes_to_counts_as_not_killed_and_what_hangs_as_killed() -> None:
    score = Score(1, 4000, {"a": "killed", "b": "timeout", "c": "survived", "d": "untested"})

    assert score.percent == 50.0
    assert not score.enough


def test_the_score_is_cut_so_that_85_percent_are_85_of_a_hundred() -> None:
    fates: dict[str, Fate] = {name: "killed" if place < 849 else "survived" for place, name in enumerate(NAMES)}

    assert Score(1, 1000, fates).percent == 84.9
    assert not Score(1, 1000, fates).enough
    assert Score(1, 1000, fates | {NAMES[849]: "killed"}).enough
    assert Score(1, 1000, {}).percent == 0.0


def test_json_names_the_seed_every_count_and_every_survivor_with_its_place() -> None:
    survivor = Survivor("rules.x_share__mutmut_1", "survived", "rules.py", 14, "return None", "return 0")

    assert Score(7, 4000, {"a": "killed", survivor.name: "survived"}).shown([survivor], 61.23) == {
        "seed": 7,
        "mutants": 4000,
        "sample": 2,
        "killed": 1,
        "timeout": 0,
        "survived": 1,
        "untested": 0,
        "percent": 50.0,
        "least": 85.0,
        "seconds": 61.2,
        "survivors": [
            {
                "name": "rules.x_share__mutmut_1",
                "fate": "survived",
                "file": "rules.py",
                "line": 14,
                "was": "return None",
                "now": "return 0",
            }
        ],
    }


def test_a_survivor_is_shown_by_the_lines_that_differ_and_where_in_its_function_they_stand() -> None:
    assert edit_of(DIFF) == Edit(3, "return None", "return 0")


def test_no_comment_exempts_code_from_being_mutated() -> None:
    root = Path(__file__).parents[2]
    files = [path for folder in ("services", "shared", "upheld") for path in (root / folder).rglob("*.py")]

    assert [path for path in files if "no mutate" in path.read_text() or "no cover" in path.read_text()] == []
