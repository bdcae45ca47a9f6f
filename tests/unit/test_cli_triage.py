"""`upheld triage`: the rules tried on words and on labelled cases, without any service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from upheld.cli.app import app


def upheld(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin, prog_name="upheld")


def test_try_says_priority_facts_with_their_words_and_proposed_exclusions() -> None:
    text = "Calls to Vodafone fail in production, other carriers work. Vodafone confirmed a fault."

    found = json.loads(upheld("triage", "try", "--text", text, "--json").stdout)

    assert found["priority"] == "P2"
    assert [(reason["rule"], reason["clause"]) for reason in found["reasons"]] == [("degraded", "B.3.P2")]
    assert found["reasons"][0]["words"] == ["production", "Calls to Vodafone fail"]
    assert found["facts"][0] == {
        "fact": "environment",
        "value": "production",
        "origin": "read",
        "words": "production",
    }
    assert [(item["clause"], item["state"]) for item in found["exclusions"]] == [("B.5.f", "proposed")]
    assert found["missing"] == []


def test_try_reads_stdin_and_what_is_stated_beats_what_is_read() -> None:
    result = upheld("triage", "try", "--text", "-", "--environment", "staging", stdin="All calls fail in production.")

    assert result.exit_code == 0
    assert "P3" in result.stdout.splitlines()[0]
    assert "rule not-production: environment: staging" in result.stdout
    assert "“All calls fail”" in result.stdout


def test_try_names_what_is_missing_with_the_priority_it_could_give() -> None:
    result = upheld("triage", "try", "--text", "Ninguna llamada se conecta")

    assert "missing: environment; it could be P1 once known (asked for)" in result.stdout


def test_try_concludes_no_environment_that_is_said_to_be_unknown() -> None:
    text = "Since nine no customer gets a login code. There is no other way in."

    silent = json.loads(upheld("triage", "try", "--text", text, "--json").stdout)
    unknown = json.loads(upheld("triage", "try", "--text", text, "--environment", "unknown", "--json").stdout)

    assert (silent["priority"], unknown["priority"]) == ("P1", "P3")
    assert [item["fact"] for item in unknown["missing"]] == ["environment"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" ", "is empty: write what the customer writes"),
        ("x" * 10_001, "has 10,001 characters: write 10,000 at most"),
        ("Calls\0fail", "contains U+0000: leave it out"),
    ],
)
def test_try_says_what_is_wrong_with_a_text_that_it_cannot_use(text: str, fault: str) -> None:
    result = upheld("triage", "try", "--text", "-", stdin=text)

    assert result.exit_code == 2
    assert fault in " ".join(result.stderr.split())


CASES = [
    {
        "id": "a",
        "title": "Calls fail",
        "summary": "All calls fail.",
        "service": "Voice",
        "environment": "production",
        "ongoing": "yes",
        "label": "P1",
        "excluded": None,
        "confidence": "high",
    },
    {"id": "b", "title": "Some calls fail", "summary": "One in ten.", "label": "P2", "confidence": "low"},
]


def test_evaluate_prints_agreement_confusion_and_what_was_put_too_low(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps(case) for case in CASES) + "\n\n")

    found = json.loads(upheld("triage", "evaluate", str(file), "--json").stdout)
    shown = upheld("triage", "evaluate", str(file)).stdout

    assert found["confident"] == {
        "total": 1,
        "right": 1,
        "under": 0,
        "over": 0,
        "recall": {"P1": 1.0, "P2": None, "P3": None},
    }
    assert found["all"] == {"total": 2, "right": 1, "under": 1, "over": 0, "recall": {"P1": 1.0, "P2": 0.0, "P3": None}}
    assert found["p1_missed"] == 0
    assert found["exclusions"] == {"proposed": 0, "right": 0, "wrong": 0, "missed": 0}
    assert found["cases"] == [
        {"id": "a", "priority": "P1", "right": True, "exclusion": None, "proposed": [], "exclusion_right": True},
        {"id": "b", "priority": "P3", "right": False, "exclusion": None, "proposed": [], "exclusion_right": True},
    ]
    assert "b is P2, put at P3: Some calls fail. One in ten." in " ".join(shown.split())


def test_evaluate_blind_uses_title_and_summary_alone(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(CASES[0]))

    found = json.loads(upheld("triage", "evaluate", str(file), "--json", "--blind").stdout)

    assert found["p1_missed"] == 1


def test_evaluate_names_the_line_and_the_field_of_a_case_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "title": "x", "label": "P9"}\nnonsense\n{"label": "P1", "summary": 3}\n')

    result = upheld("triage", "evaluate", str(file))

    assert result.exit_code == 2
    errors = " ".join(result.stderr.split())
    assert "line 1, label must be one of P1, P2, P3" in errors
    assert "line 2 is no JSON object: write one case a line" in errors
    assert "line 3, summary must be text" in errors


def evaluated(tmp_path: Path, *cases: dict[str, Any], before: str = "", options: tuple[str, ...] = ()) -> Result:
    file = tmp_path / "cases.jsonl"
    file.write_text(before + "\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
    return upheld("triage", "evaluate", str(file), "--json", *options)


def test_evaluate_reads_a_file_that_begins_with_a_byte_order_mark_and_lines_that_hold_other_separators(
    tmp_path: Path,
) -> None:
    result = evaluated(tmp_path, CASES[0] | {"summary": "All calls fail.\u2028Since 9."}, before="\ufeff")

    assert json.loads(result.stdout)["all"]["total"] == 1


def test_evaluate_takes_an_environment_that_nobody_knows_as_unstated_and_says_so_once(tmp_path: Path) -> None:
    silent = {
        "title": "No customer gets a login code",
        "summary": "Since nine. There is no other way in.",
        "label": "P3",
    }
    known = [silent | {"environment": word} for word in ("Production ", "unstated")]
    unknown = [silent | {"environment": word} for word in ("somewhere", "somewhere", "n/a")]

    result = evaluated(tmp_path, *known, *unknown)

    priorities = [case["priority"] for case in json.loads(result.stdout)["cases"]]
    assert priorities == ["P1", "P3", "P3", "P3", "P3"]
    words = " ".join(result.stderr.split())
    assert words.count("somewhere") == 1
    assert 'line 3 and 1 other: environment "somewhere" is none of production, staging, development, unknown' in words
    assert 'line 5: environment "n/a" is none of' in words
    assert "they count as unstated" in words


def test_evaluate_takes_a_confidence_that_nobody_knows_as_not_high_and_says_so(tmp_path: Path) -> None:
    result = evaluated(tmp_path, *(CASES[0] | {"confidence": word} for word in ("High", "med", "low", "sure")))

    found = json.loads(result.stdout)
    assert (found["confident"]["total"], found["all"]["total"]) == (1, 4)
    assert 'line 4: confidence "sure" is none of high, med, low' in " ".join(result.stderr.split())
    assert "line 2" not in result.stderr


def test_evaluate_says_nothing_of_services_it_does_not_know_and_of_fields_it_does_not_use(tmp_path: Path) -> None:
    result = evaluated(tmp_path, CASES[0] | {"service": "Fax / Telex", "workaround_mentioned": "no", "x": [1]})

    assert (result.exit_code, result.stderr) == (0, "")


def test_evaluate_takes_ongoing_as_true_and_false_too(tmp_path: Path) -> None:
    result = evaluated(tmp_path, *(CASES[0] | {"ongoing": value} for value in (True, False, "perhaps", None)))

    assert [case["priority"] for case in json.loads(result.stdout)["cases"]] == ["P1", "P3", "P1", "P1"]
    assert 'line 3: ongoing "perhaps" is none of yes, no, unstated' in " ".join(result.stderr.split())


def test_evaluate_tells_of_an_exclusion_that_the_policy_does_not_have_and_takes_its_clause_for_its_key(
    tmp_path: Path,
) -> None:
    carrier = CASES[0] | {"summary": "Calls to Vodafone fail, other carriers work. Vodafone confirmed a fault."}

    strange = evaluated(tmp_path, carrier, carrier | {"excluded": "z"})
    taken = evaluated(tmp_path, carrier | {"excluded": "B.5.f"}, carrier | {"excluded": "f"})
    other = evaluated(tmp_path, carrier | {"excluded": "f"}, options=("--policy", "deploy/policies/twilio.yaml"))

    told = 'line 2: excluded "z" is none of a, b, c, d, e, f, g, I, II, null; it counts as not found.'
    assert (strange.exit_code, told in " ".join(strange.stderr.split())) == (0, True)
    assert [case["exclusion_right"] for case in json.loads(strange.stdout)["cases"]] == [False, False]
    assert [case["exclusion_right"] for case in json.loads(taken.stdout)["cases"]] == [True, True]
    assert other.exit_code == 0  # this policy has none that a label could be held against
