"""How one thing compares with another, in the customer's eyes: better, equal, worse, or neither of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["better", "equal", "worse", "incomparable"]
MIRRORED: dict[Verdict, Verdict] = {
    "better": "worse",
    "equal": "equal",
    "worse": "better",
    "incomparable": "incomparable",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is compared: what it was, what it becomes, and whether the policy's rule calls that material."""

    of: str
    before: str
    after: str
    verdict: Verdict
    material: bool
    reason: str


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Of several: better or worse only if none says otherwise."""
    found = {*verdicts} - {"equal"}
    if not found:
        return "equal"
    return found.pop() if len(found) == 1 else "incomparable"


def by_size(before: float, after: float) -> Verdict:
    """Where less is better."""
    return "equal" if before == after else "better" if after < before else "worse"


def by_content(before: frozenset[str], after: frozenset[str]) -> Verdict:
    """Where more is better."""
    if before == after:
        return "equal"
    return "better" if before < after else "worse" if after < before else "incomparable"
