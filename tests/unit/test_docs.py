"""What the pages say of the code is so: tables, links, settings, metrics and commands by name."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from docs import tables
from shared.settings import Settings
from upheld.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
OF_THE_STACK = {"UPHELD_STACK", "UPHELD_CACHE"}


@pytest.mark.parametrize("name", list(tables.pages()))
def test_a_generated_page_is_as_the_code_has_it(name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == tables.pages()[name], "write it anew: make docs"


def test_each_setting_has_a_row_with_its_default_its_unit_and_its_meaning() -> None:
    rows = [line for line in (ROOT / "docs" / "settings.md").read_text().splitlines() if line.startswith("| `UPHELD_")]

    assert len(rows) == len(Settings.model_fields)
    assert "| `UPHELD_POLL_SECONDS` | `60` | seconds | How often each status page is read. |" in rows
    assert "| `UPHELD_LOG_FORMAT` | `json` | `json`, `console` | Of the lines on stderr: for machines or for people. |" in rows  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_to_something(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text())

    broken = [target for target in targets if not target.startswith("https://") and not _leads(page, target)]

    assert broken == []


def _leads(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    there = page.parent / path if path else page
    if not there.exists():
        return False
    return not anchor or anchor in {_anchor(title) for title in re.findall(r"^#+ (.+)$", there.read_text(), re.M)}


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_setting_and_metric_that_is_named_exists(page: Path) -> None:
    text = page.read_text()
    settings = {f"UPHELD_{name.upper()}" for name in Settings.model_fields} | OF_THE_STACK
    metrics = set(re.findall(r"^\| `(upheld_\w+)`", (ROOT / "docs" / "metrics.md").read_text(), re.M))

    assert set(re.findall(r"\bUPHELD_[A-Z_]*[A-Z]\b", text)) - settings == set()
    assert set(re.findall(r"`(upheld_\w+)", text)) - metrics == set()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_that_is_named_in_passing_exists_with_its_options(page: Path) -> None:
    named = re.findall(r"`upheld ([^`]+)`", page.read_text())

    assert [words for words in named if not _is_command(shlex.split(words))] == []


def _is_command(words: list[str]) -> bool:
    command: Any = typer.main.get_command(app)
    known = {"--help", "--version"}
    for word in words:
        groups: dict[str, Any] = getattr(command, "commands", {})
        if groups and not word.startswith("-"):
            if word not in groups:
                return False
            command = groups[word]
            known |= {option for given in command.params for option in (*given.opts, *given.secondary_opts)}
        elif word.startswith("--") and word.partition("=")[0] not in known:
            return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_file_that_is_named_by_its_path_exists(page: Path) -> None:
    named = re.findall(r"`((?:bench|deploy|docs|examples|services|shared|tests|upheld)/[\w./-]*)`", page.read_text())

    assert [path for path in named if not (ROOT / path).exists()] == []
