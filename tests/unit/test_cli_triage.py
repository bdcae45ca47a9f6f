"""`upheld triage`: the rules tried on words and on labelled cases, without any service."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_try_without_words_is_misused() -> None:
    result = upheld("triage", "try", "--text", " ")

    assert result.exit_code == 2
    assert "A description has 1 to 10,000 characters" in result.stderr


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

    assert found["confident"] == {"total": 1, "right": 1, "under": 0, "over": 0, "recall": {"P1": 1.0}}
    assert found["all"] == {"total": 2, "right": 1, "under": 1, "over": 0, "recall": {"P1": 1.0, "P2": 0.0}}
    assert found["p1_missed"] == 0
    assert found["exclusions"] == {"proposed": 0, "right": 0, "wrong": 0, "missed": 0}
    assert found["cases"] == [
        {"id": "a", "priority": "P1", "right": True, "exclusion": None, "exclusion_right": True},
        {"id": "b", "priority": "P3", "right": False, "exclusion": None, "exclusion_right": True},
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
