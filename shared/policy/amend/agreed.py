"""Which versions count for an account: the one agreed on, and those that took effect since.

Agreed on is the version in effect, as far as it was published, when the term began; later the one that was in effect
when the term was renewed, or the one that somebody accepted for the account. What an account of older days than the
first publication holds is what was published first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shared.events import Agreement, Term
from shared.policy.form import Policy
from shared.policy.versions import Policies, Published


class Line(NamedTuple):
    """The versions from the one agreed on, in order, and the place of the one in which the plan was agreed on."""

    versions: tuple[Policy, ...]
    plan_from: int


def line_of(policies: Policies, upto: Policy, term: Term, agreed: Sequence[Agreement], at: datetime) -> Line:
    """The line of an account for what begins at this time, when `upto` is the version in effect."""
    line = policies.up_to(upto)
    if len(line) == 1:
        return Line((upto,), 0)
    base = plan = _in_effect(line, term.start)
    for agreement in sorted(agreed, key=lambda item: item.at):
        if agreement.at > at:
            break
        place = _named(line, agreement.version) if agreement.version is not None else _in_effect(line, agreement.at)
        if place is None:
            continue
        if agreement.cause != "plan":
            base = max(base, place)
        plan = max(plan, base, place)
    return Line(tuple(item.policy for item in line[base:]), plan - base)


def _in_effect(line: Sequence[Published], at: datetime) -> int:
    """The last version that was in effect then, and published; the first of all, where none was."""
    known = max(at, min(item.published_at for item in line))
    places = [place for place, item in enumerate(line) if item.effective <= at and item.published_at <= known]
    return places[-1] if places else 0


def _named(line: Sequence[Published], sha256: str) -> int | None:
    """Where it stands; None before it takes effect."""
    return next((place for place, item in enumerate(line) if item.policy.sha256 == sha256), None)
