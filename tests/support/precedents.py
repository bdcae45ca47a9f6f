"""Learns the weights of words from all labelled cases, for what triage reads by precedent.

Ridge regression of each label on the words of a case, weighed by their rarity, by conjugate gradients: the same cases
give the same weights. It takes ten seconds: .venv/bin/python -m tests.support.precedents
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import Any

from services.triage.domain.reading import precedents
from services.triage.domain.reading.precedents import BIAS, CLAUSES, SEVERITIES, Learned, features_of

FIXTURES = Path(__file__).parents[1] / "fixtures" / "triage"
FILE = Path(precedents.__file__).with_name("precedents.tsv")
LEARNED = FIXTURES / "precedents.sha256"
"""Of the cases that the weights were learned from."""
LEAST = 2
"""Words of fewer cases tell nothing."""
PENALTY = 3.0
STEPS = 40
SMALL = 0.0005
_SEVERITY = dict(zip(("P1", "P2", "P3"), SEVERITIES, strict=True))

Case = Mapping[str, Any]
Row = list[tuple[int, float]]


@cache
def sets() -> dict[str, list[Case]]:
    """The labelled cases and pairs, by the file that holds them."""
    return {
        path.stem: [json.loads(line) for line in path.read_text().splitlines()]
        for path in sorted(FIXTURES.glob("*-?.jsonl"))
    }


def fingerprint() -> str:
    """Of all labelled cases."""
    return hashlib.sha256(json.dumps(sets(), sort_keys=True).encode()).hexdigest()


@cache
def _features(description: str) -> tuple[str, ...]:
    return tuple(features_of(description))


def severity_of(case: Case) -> str | None:
    """How bad it is, or would be in production; unknown where only its environment was labelled."""
    priority = case.get("label_if_production") or (case["label"] if case["environment"] == "production" else None)
    return _SEVERITY.get(priority or "")


def learned_from(cases: Sequence[Case]) -> dict[str, Learned]:
    """The weights that these cases give."""
    texts = [_features(f"{case['title']}\n{case['summary']}") for case in cases]
    occurs = Counter(name for text in texts for name in text)
    names = [name for name, count in occurs.items() if count >= LEAST]
    rarity = [log((1 + len(cases)) / (1 + occurs[name])) + 1 for name in names]
    places = {name: place for place, name in enumerate(names)}
    rows = [_row(text, places, rarity) for text in texts]
    severities = [severity_of(case) for case in cases]
    known = [place for place, severity in enumerate(severities) if severity]
    by_severity = [
        _weights(
            [rows[place] for place in known], [1.0 if severities[place] == key else -1.0 for place in known], len(names)
        )
        for key in SEVERITIES
    ]
    by_clause = [
        _weights(rows, [1.0 if (case["excluded"] or "none") == key else -1.0 for case in cases], len(names))
        for key in CLAUSES
    ]
    production = _weights(rows, [1.0 if case["environment"] == "production" else -1.0 for case in cases], len(names))
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
    FILE.write_text("\n".join(precedents.written(learned_from(cases))) + "\n", encoding="utf-8")
    LEARNED.write_text(fingerprint() + "\n")


if __name__ == "__main__":
    main()
