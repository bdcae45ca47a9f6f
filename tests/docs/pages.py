"""A page as the steps of whoever follows it: files that it shows, commands, and what it says they print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\S*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class File:
    """A block that names a file, as in ```yaml birch.yaml."""

    name: str
    text: str


@dataclass(frozen=True)
class Step:
    """A command without its comment, and the lines that the page shows below it."""

    command: str
    shown: tuple[str, ...] = ()


def names() -> list[str]:
    """The pages that have commands."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(str(page.relative_to(ROOT)) for page in pages if "```console" in page.read_text())


def steps(name: str) -> list[File | Step]:
    """What a page has its reader do, in order."""
    return list(_steps((ROOT / name).read_text()))


def _steps(text: str) -> Iterator[File | Step]:
    for language, file, body in _BLOCK.findall(text):
        if language == "console":
            yield from _commands(body.splitlines())
        elif file:
            yield File(file, body)


def _commands(lines: list[str]) -> Iterator[Step]:
    command = None
    shown: list[str] = []
    for line in lines:
        if line.startswith("$ "):
            if command is not None:
                yield Step(command, tuple(shown))
            command, shown = re.sub(r"\s+# .*$", "", line[2:]), []
        else:
            shown.append(line)
    assert command is not None, f"a console block without a command: {lines}"
    yield Step(command, tuple(shown))
