"""What a text says happens: failures with their strength and reach, and what is said to work."""

from __future__ import annotations

from dataclasses import dataclass

from services.triage.domain.reading.text import Clause

TOTAL, BARE, SOFT, WEAK = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as a clause states it; `first` and `last` are the words it rests on."""

    strength: int
    clause: Clause
    first: int
    last: int
    intermittent: bool = False


@dataclass(slots=True)
class Events:
    """What a text says happens: failures, and what else is said to work."""

    failures: list[Failure]
    works: list[Clause]
    """Clauses that state that something works, and no failure."""
    contrast: Clause | None = None
    """The first clause by which only a part is concerned: the others work, or only some of it is meant."""
