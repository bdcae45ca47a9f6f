"""Learns the weights of words from all labelled cases and passages, for what triage reads by precedent.

Ridge regression of each label on the words of a text, weighed by their rarity, by conjugate gradients: the same texts
give the same weights. Where two people labelled a case, each counts half; a passage tells of a severity or of an
exclusion alone. It takes half a minute: .venv/bin/python -m tests.support.precedents
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from services.triage.domain.reading import precedents
from services.triage.domain.reading.precedents import BIAS, CLAUSES, SEVERITIES, Learned, features_of

FIXTURES = Path(__file__).parents[1] / "fixtures" / "triage"
FILE = Path(precedents.__file__).with_name("precedents.tsv")
LEARNED = FIXTURES / "precedents.sha256"
"""Of the cases and passages that the weights were learned from."""
LEAST = 3
"""Words of fewer cases tell nothing."""
OF_SEVERITY = 0.25
"""So much counts a passage that tells of a severity: a third of them are outages, more than of any cases."""
PENALTY = 3.0
STEPS = 15
SMALL = 0.0005
_SEVERITY = dict(zip(("P1", "P2", "P3"), SEVERITIES, strict=True))

Case = Mapping[str, Any]
Passage = tuple[str, str]
"""(severity or clause, text)"""
Row = list[tuple[int, float]]


@cache
def sets() -> dict[str, list[Case]]:
    """The labelled cases and pairs, by the file that holds them."""
    return {
        path.stem: [json.loads(line) for line in path.read_text().splitlines()]
        for path in sorted(FIXTURES.glob("*-?.jsonl"))
    }


@cache
def passages() -> list[Passage]:
    """Short passages, from the files that hold them."""
    lines = [line for path in sorted(FIXTURES.glob("passages-?.tsv")) for line in path.read_text().splitlines()]
    return [(label, text) for label, _, text in (line.partition("\t") for line in lines)]


def fingerprint() -> str:
    """Of all labelled cases and passages."""
    return hashlib.sha256(json.dumps([sets(), passages()], sort_keys=True).encode()).hexdigest()


@cache
def _features(description: str) -> tuple[str, ...]:
    return tuple(features_of(description))


def severities_of(case: Case) -> list[str]:
    """How bad it is, or would be in production, by each who labelled it; none where only its environment was."""
    priority = case.get("label_if_production") or (case["label"] if case["environment"] == "production" else None)
    if priority is None:
        return []
    again = case.get("again") if case["environment"] not in ("development", "staging") else None
    return [_SEVERITY[said] for said in (priority, again and again["severity"]) if said]


def clauses_of(case: Case) -> list[str]:
    """What excludes it, by each who labelled it."""
    said = [case["excluded"], *([case["again"]["excluded"]] if "again" in case else [])]
    return [clause or "none" for clause in said]


class Told(NamedTuple):
    """A text to learn from: its features, and what people said of it."""

    features: tuple[str, ...]
    severities: Sequence[str]
    clauses: Sequence[str]
    environment: str | None = None


def _told(cases: Sequence[Case], short: Sequence[Passage]) -> list[Told]:
    texts = [
        Told(
            _features(f"{case['title']}\n{case['summary']}"),
            severities_of(case),
            clauses_of(case),
            case["environment"],
        )
        for case in cases
    ]
    for label, text in short:
        severity = _SEVERITY.get(label)
        texts.append(Told(_features(text), [severity] if severity else [], [] if severity else [label]))
    return texts


def learned_from(cases: Sequence[Case], short: Sequence[Passage] = ()) -> dict[str, Learned]:
    """The weights that these cases and passages give."""
    texts = _told(cases, short)
    occurs = Counter(name for text in texts for name in text.features)
    names = [name for name, count in occurs.items() if count >= LEAST]
    rarity = [log((1 + len(texts)) / (1 + occurs[name])) + 1 for name in names]
    places = {name: place for place, name in enumerate(names)}
    rows = [_row(text.features, places, rarity) for text in texts]

    def weights(said: Sequence[Sequence[str]], key: str, passage: float = 1.0) -> list[float]:
        """By those who said anything; a passage counts so much."""
        known = [place for place, of in enumerate(said) if of]
        counts = [sqrt(1.0 if place < len(cases) else passage) for place in known]
        shares = [2 * said[place].count(key) / len(said[place]) - 1 for place in known]
        scaled = [
            rows[place] if count == 1.0 else [(at, value * count) for at, value in rows[place]]
            for place, count in zip(known, counts, strict=True)
        ]
        return _weights(scaled, [share * count for share, count in zip(shares, counts, strict=True)], len(names))

    by_severity = [weights([text.severities for text in texts], key, OF_SEVERITY) for key in SEVERITIES]
    by_clause = [weights([text.clauses for text in texts], key) for key in CLAUSES]
    production = weights([[text.environment] if text.environment else [] for text in texts], "production")
    columns = zip(
        [*names, BIAS],
        [*rarity, 1.0],
        zip(*by_severity, strict=True),
        zip(*by_clause, strict=True),
        production,
        strict=True,
    )
    return {name: Learned(*column) for name, *column in columns}


def _row(text: Sequence[str], places: Mapping[str, int], rarity: Sequence[float]) -> Row:
    """A text's features as one vector of length 1, and a last one that every text has."""
    found = [place for name in text if (place := places.get(name)) is not None]
    length = sqrt(sum(rarity[place] ** 2 for place in found)) or 1.0
    return [*((place, rarity[place] / length) for place in found), (len(places), 1.0)]


def _weights(rows: Sequence[Row], labels: Sequence[float], features: int) -> list[float]:
    """The weights w that make |Xw - y|^2 + PENALTY |w|^2 least, by conjugate gradients; the last is free of penalty."""
    size = features + 1
    weights = [0.0] * size
    residual = _down(rows, labels, size)
    direction = residual[:]
    left = _dot(residual, residual)
    for _ in range(STEPS):
        product = _down(rows, [sum(direction[place] * value for place, value in row) for row in rows], size)
        for place in range(features):
            product[place] += PENALTY * direction[place]
        step = left / _dot(direction, product)
        weights = [weight + step * ahead for weight, ahead in zip(weights, direction, strict=True)]
        residual = [rest - step * done for rest, done in zip(residual, product, strict=True)]
        before, left = left, _dot(residual, residual)
        if left < 1e-6:
            break
        direction = [rest + left / before * ahead for rest, ahead in zip(residual, direction, strict=True)]
    return [weight if abs(weight) > SMALL else 0.0 for weight in weights]


def _down(rows: Sequence[Row], values: Sequence[float], size: int) -> list[float]:
    found = [0.0] * size
    for row, value in zip(rows, values, strict=True):
        for place, weight in row:
            found[place] += weight * value
    return found


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def main() -> None:
    cases = [case for of in sets().values() for case in of]
    FILE.write_text("\n".join(precedents.written(learned_from(cases, passages()))) + "\n", encoding="utf-8")
    LEARNED.write_text(fingerprint() + "\n")


if __name__ == "__main__":
    main()
