"""Which mutants are tried, what became of them, and the score. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

LEAST = 85.0
"""Percent of the sample that must be killed."""

Fate = Literal["killed", "timeout", "survived", "untested"]
_SURVIVED = 0
_UNTESTED = (5, 33)
# SIGXCPU, as it comes from the kernel and from pytest; SIGKILL follows a second later where it was caught.
_TIMEOUT = (-24, 24, 152, -9)


def drawn(names: Iterable[str], size: int, seed: int) -> list[str]:
    """So many of the names: the same for the same seed, in whatever order they come. All, where there are fewer."""
    every = sorted(names)
    return sorted(random.Random(seed).sample(every, min(size, len(every))))


def fate_of(code: int) -> Fate:
    """What the exit code of the tests says of the mutant; one that breaks the tests' own imports is noticed too."""
    if code == _SURVIVED:
        return "survived"
    if code in _UNTESTED:
        return "untested"
    return "timeout" if code in _TIMEOUT else "killed"


class Survivor(NamedTuple):
    """A mutant that no test noticed; `line` is of the source, `untested` where no test comes there."""

    name: str
    fate: Fate
    file: str
    line: int
    was: str
    now: str


class Score(NamedTuple):
    """What became of a sample."""

    seed: int
    of: int
    """How many mutants there are in all."""
    fates: Mapping[str, Fate]

    def count(self, fate: Fate) -> int:
        return sum(1 for each in self.fates.values() if each == fate)

    @property
    def percent(self) -> float:
        """Killed, one that hangs among them, of the sample; cut after one decimal, so that 85 is 85 of 100."""
        killed = self.count("killed") + self.count("timeout")
        return killed * 1000 // len(self.fates) / 10 if self.fates else 0.0

    @property
    def enough(self) -> bool:
        return self.percent >= LEAST

    def shown(self, survivors: Iterable[Survivor], seconds: float) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "seed": self.seed,
            "mutants": self.of,
            "sample": len(self.fates),
            "killed": self.count("killed"),
            "timeout": self.count("timeout"),
            "survived": self.count("survived"),
            "untested": self.count("untested"),
            "percent": self.percent,
            "least": LEAST,
            "seconds": round(seconds, 1),
            "survivors": [survivor._asdict() for survivor in survivors],
        }


class Edit(NamedTuple):
    """The first place at which two texts differ, by the line from 0."""

    line: int
    was: str
    now: str


def edit_of(diff: str) -> Edit:
    """What a unified diff of a function changes, with where in the function its first changed line stands."""
    at = place = -1
    was: list[str] = []
    now: list[str] = []
    for line in diff.splitlines():
        if line.startswith(("---", "+++")):
            continue
        if line.startswith("@@"):
            at = int(line.split()[1].split(",")[0].lstrip("-")) - 1
            continue
        if line.startswith(("-", "+")):
            place = at if place < 0 else place
            (was if line[0] == "-" else now).append(" ".join(line[1:].split()))
        if not line.startswith("+"):
            at += 1
    return Edit(place, " ".join(was), " ".join(now))
