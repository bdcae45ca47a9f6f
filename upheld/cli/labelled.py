"""A file of labelled cases, one JSON object a line, as other people write them.

A priority that the policy does not have is refused, since all that is counted hangs on it. Anything else is not: where
it says something that nobody knows, the case counts as if it had said nothing (an exclusion, as one that is not
found), and a note tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from services.triage.domain.evaluation import LabelledCase
from shared.events import Environment
from shared.policy import Policy
from upheld.errors import Misused

Json = dict[str, Any]
MOST = 20
"""Errors, and notes, that are told."""
UNSTATED = "unstated"
KNOWN: dict[str, tuple[str, ...]] = {
    "environment": (*get_args(Environment), UNSTATED),
    "ongoing": ("yes", "no", UNSTATED),
    "confidence": ("high", "med", "low"),
}
COUNTS_AS = {"environment": UNSTATED, "ongoing": UNSTATED, "confidence": "not high", "excluded": "not found"}
_WORDS = {True: "yes", False: "no"}


def cases_of(text: str, where: str, policy: Policy) -> tuple[list[LabelledCase], list[str]]:
    """The cases, and what was taken otherwise than it is written. Raises Misused with the line and the field."""
    found: list[LabelledCase] = []
    errors: list[tuple[str, str]] = []
    strange: dict[tuple[str, str], list[int]] = {}
    keys = tuple(item.key for item in policy.exclusions)
    allowed = {**KNOWN, "excluded": (*keys, "null")}
    # Not splitlines: inside its strings JSON allows other separators than a line feed.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            errors.append((f"line {number}", "is no JSON object: write one case a line"))
            continue
        if faults := [(f"line {number}, {field}", fault) for field, fault in _faults(data, policy)]:
            errors += faults
            continue
        said = {field: _word(data.get(field)) for field in KNOWN}
        for field, word in said.items():
            if word and word not in KNOWN[field]:
                strange.setdefault((field, word), []).append(number)
                said[field] = UNSTATED
        excluded = _key(data.get("excluded"), policy)
        if excluded is not None and keys and excluded not in keys:
            strange.setdefault(("excluded", excluded), []).append(number)
        found.append(
            LabelledCase(
                id=str(data.get("id", number)),
                title=data.get("title") or "",
                summary=data.get("summary") or "",
                label=data["label"],
                excluded=excluded,
                service=str(data.get("service") or ""),
                environment=said["environment"],
                ongoing=said["ongoing"] or UNSTATED,
                confidence=said["confidence"],
            )
        )
    if errors:
        raise Misused(f"{where} has cases that cannot be used.", errors=errors[:MOST])
    notes = [_note(field, word, lines, allowed[field]) for (field, word), lines in strange.items()]
    more = [f"{len(notes) - MOST} more such words."] if len(notes) > MOST else []
    return found, notes[:MOST] + more


def _word(value: object) -> str:
    if isinstance(value, bool):
        return _WORDS[value]
    return "" if value is None else str(value).strip().lower()


def _key(excluded: str | None, policy: Policy) -> str | None:
    """The key of an exclusion that is named by its clause."""
    by_clause = {item.clause: item.key for item in policy.exclusions}
    word = (excluded or "").strip()
    return by_clause.get(word, word) or None


def _note(field: str, word: str, lines: list[int], allowed: Sequence[str]) -> str:
    others = len(lines) - 1
    place = f"line {lines[0]}" + (f" and {others} other{'s' if others > 1 else ''}" if others else "")
    counts = f"{'they count' if others else 'it counts'} as {COUNTS_AS[field]}"
    return f'{place}: {field} "{word}" is none of {", ".join(allowed)}; {counts}.'


def _faults(data: Json, policy: Policy) -> Iterator[tuple[str, str]]:
    texts = ("title", "summary", "excluded")
    unusable = [field for field in texts if not isinstance(data.get(field), str | None)]
    label = data.get("label")
    if not isinstance(label, str) or label not in policy.ranks:
        yield "label", f"must be one of {', '.join(policy.ranks)}"
    if not (data.get("title") or data.get("summary")):
        yield "summary", "is missing, and so is title: a case needs words"
    yield from ((field, "must be text") for field in unusable)
