"""What the gate compares with: the last release, where the branch left main, or what there is; and what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from upheld.contracts.__main__ import app
from upheld.contracts.baseline import Baseline, baseline
from upheld.contracts.documents import documents, golden_messages

FILE = "schemas/thing.v1.json"


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@localhost", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, text: str) -> str:
    (root / "schemas").mkdir(exist_ok=True)
    (root / FILE).write_text(text)
    git(root, "add", ".")
    git(root, "commit", "-qm", text)
    return git(root, "rev-parse", "HEAD")[:10]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "clone"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, "first")
    return root


def test_the_newest_release_below_head_comes_first(clone: Path) -> None:
    git(clone, "tag", "v0.9.0")
    commit(clone, "released")
    git(clone, "tag", "v1.0.0")
    git(clone, "tag", "other")
    commit(clone, "since")

    assert baseline(clone) == Baseline("the release v1.0.0", {FILE: "released"})


def test_without_a_release_a_branch_is_compared_with_where_it_left_main(clone: Path) -> None:
    left = commit(clone, "left")
    git(clone, "checkout", "-qb", "work")
    commit(clone, "one")
    commit(clone, "two")

    assert baseline(clone) == Baseline(f"commit {left}, where this branch left main", {FILE: "left"})


def test_without_a_release_main_is_compared_with_its_parent(clone: Path) -> None:
    parent = commit(clone, "parent")
    commit(clone, "head")

    assert baseline(clone) == Baseline(
        f"commit {parent}, the one before HEAD, since there is no release yet", {FILE: "parent"}
    )


def test_a_shallow_clone_is_compared_with_its_head(clone: Path, tmp_path: Path) -> None:
    head = commit(clone, "head")
    subprocess.run(["git", "clone", "-q", "--depth=1", clone.as_uri(), str(tmp_path / "shallow")], check=True)

    assert baseline(tmp_path / "shallow") == Baseline(
        f"commit {head}, HEAD itself, since this clone has no history", {FILE: "head"}
    )


def test_what_is_no_clone_is_compared_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / FILE).write_text("here")

    assert baseline(tmp_path) == Baseline("the files as they lie here, since this is no clone", {FILE: "here"})


def check(root: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["check", "--root", str(root), *options])


def test_the_gate_says_what_it_compared_with_and_what_is_broken(tmp_path: Path) -> None:
    for path, text in {**documents(), **golden_messages()}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    fine = check(tmp_path)

    assert fine.exit_code == 0
    assert fine.stdout == "contracts compared with the files as they lie here, since this is no clone\n"

    file = tmp_path / "schemas/statuschanged.v1.json"
    before = json.loads(file.read_text())
    before["properties"]["colour"] = {"type": "string"}
    file.write_text(json.dumps(before))
    golden = tmp_path / "tests/contracts/issuereported.v1.json"
    message = json.loads(golden.read_text())
    message["value"]["impact"] = "total"
    golden.write_text(json.dumps(message))

    broken = check(tmp_path, "--json")

    assert broken.exit_code == 1
    assert json.loads(broken.stdout)["broken"] == [
        "statuschanged.v1: `colour` was removed: who reads it finds nothing there. Keep the field.",
        "issuereported.v1: the golden message published before is refused now: impact: Input should be 'outage', "
        "'degraded', 'intermittent', 'none' or 'unknown'.",
    ]
    told = check(tmp_path)
    assert "statuschanged.v1: `colour` was removed" in told.stderr
    assert "CONTRIBUTING.md says how they may change" in told.stderr


def test_the_gate_needs_no_example_since_a_change_that_breaks_an_event_breaks_its_example_too() -> None:
    code = "import sys, upheld.contracts.__main__; sys.exit('shared.contracts.examples' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
