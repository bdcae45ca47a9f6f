"""What a text has in common with cases that people have labelled: how much its words speak for what they said of them.

Nobody writes down every way to say that the fault lies with a carrier, or that nothing gets through any more. Beside
the rules, which know what words mean, stands what words have meant: `precedents.tsv` holds for each word and each pair
of words how often it occurs and how much it speaks for each severity (SLA B.3), for production and for each exclusion
(SLA B.5), as learned from labelled cases by least squares. An opinion is a sum over a text's words, the same for the
same text; what weighs most in it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice, pairwise
from math import sqrt
from struct import Struct
from typing import NamedTuple

from services.triage.domain.reading.vocabulary import WORD, plain

SEVERITIES = ("outage", "degraded", "minor")
"""How bad it is in production: P1, P2, P3 of SLA B.3."""
CLAUSES = ("a", "b", "c", "d", "e", "f", "g", "I", "II", "none")
STEM = 6
"""So many letters of a word tell it: "delivered" and "delivery" are one."""
WINDOW = 9
"""Words that are shown, at most."""
SCALE = 100
BIAS = "*"
"""The feature that every text has."""


_LANES = ("feature", "square", *SEVERITIES, "production", *CLAUSES)
"""What a feature adds, side by side in one whole number, so that a text's features are one sum: itself; its rarity's
square; for each severity, production and each clause its weight by its rarity. All but the first in ten thousandths."""
_LANE = 64
_HALF = 1 << _LANE - 1
_WHOLE = (1 << _LANE) - 1
_RAISED = sum(_HALF << _LANE * place for place in range(len(_LANES)))
"""Makes every lane of a sum positive."""
_LANES_OF = Struct(f"<{len(_LANES)}Q")
_SEVERITY = _LANES.index(SEVERITIES[0])
_PRODUCTION = _LANES.index("production")
_CLAUSE = _LANES.index(CLAUSES[0])


def _packed(lanes: Iterable[int]) -> int:
    return sum(of << _LANE * place for place, of in enumerate(lanes))


def _unpacked(packed: int) -> list[int]:
    return [lane - _HALF for lane in _LANES_OF.unpack((packed + _RAISED).to_bytes(_LANES_OF.size, "little"))]


def _lane(packed: int, place: int) -> int:
    return ((packed + _RAISED) >> _LANE * place & _WHOLE) - _HALF


class Opinion(NamedTuple):
    """What precedents say of a text: how much it is like the cases of each severity, of production (1; of anything
    else -1), and of each exclusion against those that nothing excludes. `known` is on how many features it rests.
    """

    severities: dict[str, float]
    production: float
    clauses: dict[str, float]
    known: int


class Shown(NamedTuple):
    """Where the words stand that an opinion rests on, in characters; and how many of the words speak for it."""

    start: int
    end: int
    words: int


def features_of(text: str) -> dict[str, None]:
    """The words, and the pairs of words that follow one another: each once, in order."""
    stems = _stems(text)
    return dict.fromkeys([*stems, *map(" ".join, pairwise(stems))])


def _stems(text: str) -> list[str]:
    return [word[:STEM] for word in WORD.findall(plain(text))]


@dataclass(frozen=True, slots=True)
class Precedents:
    """The weights of features."""

    weights: Mapping[str, int]

    def opinion(self, text: str) -> Opinion:
        """What they say of this text."""
        known, square, *sums = _unpacked(sum(filter(None, map(self.weights.get, features_of(text)))))
        length = sqrt(square) / SCALE or 1.0
        bias = _unpacked(self.weights[BIAS])[_SEVERITY:]
        outage, degraded, minor, production, *likeness = (
            (more / length + always) / SCALE**2 for more, always in zip(sums, bias, strict=True)
        )
        return Opinion(
            {"outage": outage, "degraded": degraded, "minor": minor},
            production,
            {key: of - likeness[-1] for key, of in zip(CLAUSES[:-1], likeness, strict=False)},
            known,
        )

    def shown(self, text: str, clause: str) -> Shown:
        """What speaks most for a clause."""
        return self._shown(text, _CLAUSE + CLAUSES.index(clause), _CLAUSE + CLAUSES.index("none"))

    def shown_severity(self, text: str, severity: str, instead: str) -> Shown:
        """What speaks most for a severity instead of another."""
        return self._shown(text, _SEVERITY + SEVERITIES.index(severity), _SEVERITY + SEVERITIES.index(instead))

    def shown_production(self, text: str) -> Shown:
        """What speaks most for production."""
        return self._shown(text, _PRODUCTION, None)

    def _shown(self, text: str, wanted: int, instead: int | None) -> Shown:
        stems = _stems(text)
        words = [0] * len(stems)
        seen: set[str] = set()
        for place, names in enumerate(zip(stems, [*map(" ".join, pairwise(stems)), ""], strict=True)):
            for name in names:
                packed = self.weights.get(name)
                if packed is not None and name not in seen:
                    seen.add(name)
                    words[place] += _lane(packed, wanted) - (0 if instead is None else _lane(packed, instead))
        so_far = [0, *accumulate(words)]
        sums = [after - before for before, after in zip(so_far, so_far[WINDOW:], strict=False)] or [so_far[-1]]
        first = max(range(len(sums)), key=sums.__getitem__)
        last = min(first + WINDOW, len(words)) - 1
        while first < last and words[first] <= 0:
            first += 1
        while last > first and words[last] <= 0:
            last -= 1
        spans = [word.span() for word in islice(WORD.finditer(plain(text)), first, last + 1)]
        return Shown(spans[0][0], spans[-1][1], sum(word > 0 for word in words))


class Learned(NamedTuple):
    """A feature as it was learned: how rare it is, and its weights by severity, for production, by clause."""

    rarity: float
    severities: Sequence[float]
    clauses: Sequence[float]
    production: float = 0.0


def written(learned: Mapping[str, Learned]) -> Iterable[str]:
    """A feature a line: rarity, weights by severity, for production, by clause where there is any; in hundredths."""
    for name, (rarity, severities, clauses, production) in sorted(learned.items()):
        numbers = " ".join(str(round(number * SCALE)) for number in (rarity, *severities, production))
        of = [f"{key}:{round(w * SCALE)}" for key, w in zip(CLAUSES, clauses, strict=True) if round(w * SCALE)]
        if not of and not any(round(w * SCALE) for w in (*severities, production)):
            continue
        yield "\t".join([name, numbers, *of])


def read(lines: Iterable[str]) -> Precedents:
    """The same the other way round."""
    weights = {}
    for line in lines:
        name, numbers, *of = line.split("\t")
        rarity, *others = map(int, numbers.split())
        found = dict.fromkeys(CLAUSES, 0)
        for item in of:
            key, _, weight = item.partition(":")
            found[key] = int(weight)
        weights[name] = _packed((1, rarity**2, *(rarity * weight for weight in (*others, *found.values()))))
    return Precedents(weights)


@cache
def all_precedents() -> Precedents:
    """Those that ship."""
    return read(files(__package__).joinpath("precedents.tsv").read_text(encoding="utf-8").splitlines())
