"""What a text has in common with cases that people have labelled: how much its words speak for what they said of them.

Nobody writes down every way to say that the fault lies with a carrier, or that nothing gets through any more. Beside
the rules, which know what words mean, stands what words have meant: `precedents.tsv` holds for each word and each pair
of words how often it occurs and how much it speaks for each severity (SLA B.3) and each exclusion (SLA B.5), as learned
from labelled cases by least squares. An opinion is a sum over a text's words, the same for the same text; what weighs
most in it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt
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


class Weight(NamedTuple):
    """What a feature adds, before it is divided by the text's length."""

    square: float
    """Of its rarity: what it adds to the square of that length."""
    outage: float
    degraded: float
    minor: float
    clauses: tuple[tuple[int, float], ...]


class Opinion(NamedTuple):
    """What precedents say of a text: how much it is like the cases of each severity, and of each exclusion.

    The latter against cases that nothing excludes. `known` is on how many features it rests.
    """

    severities: dict[str, float]
    clauses: dict[str, float]
    known: int


class Shown(NamedTuple):
    """Where the words stand that an opinion rests on, in characters; and how many of the words speak for it."""

    start: int
    end: int
    words: int


def features_of(text: str) -> dict[str, None]:
    """The words, and the pairs of words that follow one another: each once, in order."""
    stems = [word[:STEM] for word in WORD.findall(plain(text))]
    return dict.fromkeys(stems) | dict.fromkeys([f"{one} {other}" for one, other in pairwise(stems)])


@dataclass(frozen=True, slots=True)
class Precedents:
    """The weights of features."""

    weights: Mapping[str, Weight]

    def opinion(self, text: str) -> Opinion:
        """What they say of this text."""
        known, square = 0, 0.0
        outage = degraded = minor = 0.0
        clauses = [0.0] * len(CLAUSES)
        get = self.weights.get
        for name in features_of(text):
            weight = get(name)
            if weight is not None:
                known += 1
                square += weight[0]
                outage += weight[1]
                degraded += weight[2]
                minor += weight[3]
                for place, more in weight[4]:
                    clauses[place] += more
        length, bias = sqrt(square) or 1.0, self.weights[BIAS]
        added = dict(bias.clauses)
        likeness = [more / length + added.get(place, 0.0) for place, more in enumerate(clauses)]
        return Opinion(
            {
                "outage": outage / length + bias.outage,
                "degraded": degraded / length + bias.degraded,
                "minor": minor / length + bias.minor,
            },
            {key: of - likeness[-1] for key, of in zip(CLAUSES[:-1], likeness, strict=False)},
            known,
        )

    def shown(self, text: str, clause: str) -> Shown:
        """What speaks most for a clause."""
        at, none = CLAUSES.index(clause), len(CLAUSES) - 1
        return self._shown(text, lambda weight: _of(weight, at) - _of(weight, none))

    def shown_severity(self, text: str, severity: str, instead: str) -> Shown:
        """What speaks most for a severity instead of another."""
        return self._shown(text, lambda weight: getattr(weight, severity) - getattr(weight, instead))

    def _shown(self, text: str, says: Callable[[Weight], float]) -> Shown:
        found = list(WORD.finditer(plain(text)))
        stems = [word[0][:STEM] for word in found]
        words = [0.0] * len(stems)
        seen: set[str] = set()
        for place, stem in enumerate(stems):
            for name in (stem, " ".join(stems[place : place + 2])):
                if name in self.weights and name not in seen:
                    seen.add(name)
                    words[place] += says(self.weights[name])
        sums = [sum(words[first : first + WINDOW]) for first in range(max(1, len(words) - WINDOW + 1))]
        first = max(range(len(sums)), key=sums.__getitem__)
        last = min(first + WINDOW, len(words)) - 1
        while first < last and words[first] <= 0:
            first += 1
        while last > first and words[last] <= 0:
            last -= 1
        return Shown(found[first].start(), found[last].end(), sum(word > 0 for word in words))


def _of(weight: Weight, clause: int) -> float:
    return next((more for place, more in weight.clauses if place == clause), 0.0)


class Learned(NamedTuple):
    """A feature as it was learned: how rare it is, and its weights by severity and by clause."""

    rarity: float
    severities: Sequence[float]
    clauses: Sequence[float]


def written(learned: Mapping[str, Learned]) -> Iterable[str]:
    """A feature a line: rarity, weights by severity, then by clause where there is any; all in hundredths."""
    for name, (rarity, severities, clauses) in sorted(learned.items()):
        numbers = " ".join(str(round(number * SCALE)) for number in (rarity, *severities))
        of = [f"{key}:{round(w * SCALE)}" for key, w in zip(CLAUSES, clauses, strict=True) if round(w * SCALE)]
        if not of and not any(round(w * SCALE) for w in severities):
            continue
        yield "\t".join([name, numbers, *of])


def read(lines: Iterable[str]) -> Precedents:
    """The same the other way round."""
    places = {key: place for place, key in enumerate(CLAUSES)}
    weights = {}
    for line in lines:
        name, numbers, *of = line.split("\t")
        rarity, *severities = (int(number) / SCALE for number in numbers.split())
        clauses = []
        for item in of:
            key, _, weight = item.partition(":")
            clauses.append((places[key], int(weight) / SCALE * rarity))
        outage, degraded, minor = (weight * rarity for weight in severities)
        weights[name] = Weight(rarity * rarity, outage, degraded, minor, tuple(clauses))
    return Precedents(weights)


@cache
def all_precedents() -> Precedents:
    """Those that ship."""
    return read(files(__package__).joinpath("precedents.tsv").read_text(encoding="utf-8").splitlines())
