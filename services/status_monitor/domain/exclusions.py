"""What is news of the exclusions accepted on a ticket: whoever was told of one is told when it changes.

A clause may be accepted for several intervals: each is told of by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.events import Exclusion

Extent = tuple[datetime | None, datetime | None]


class Ruled(NamedTuple):
    """An exclusion that is told of: accepted, in the place of what was told before, or taken back."""

    item: Exclusion
    instead_of: tuple[Extent, ...] = ()
    """Intervals that were accepted under its clause and are not any more."""
    others: bool = False
    """Whether the clause is accepted for other intervals still."""


def news_of(exclusions: Sequence[Exclusion], known: Sequence[Exclusion]) -> list[Ruled]:
    """What to tell of these, where `known` was there before: accepted, to another extent, or taken back."""
    told, now = _accepted(known), _accepted(exclusions)
    gone = told - now
    found: list[Ruled] = []
    for clause in dict.fromkeys(item.clause for item in exclusions):
        of_clause = [item for item in exclusions if item.clause == clause]
        left = [extent for extent in _in_order(known) if (clause, *extent) in gone]
        accepted = [item for item in of_clause if item.state == "accepted"]
        new = [item for item in accepted if (clause, item.from_, item.to) not in told]
        back = [item for item in of_clause if item.state == "rejected" and (clause, item.from_, item.to) in gone]
        if not back and left and not accepted:
            # Taken back to another extent than it was accepted to, the clause is taken back whole.
            back = [item for item in of_clause if item.state == "rejected"][-1:]
        left = [extent for extent in left if all(extent != (item.from_, item.to) for item in back)]
        found += [Ruled(item, others=bool(accepted)) for item in back]
        found += [Ruled(item, tuple(left) if place == 0 else ()) for place, item in enumerate(new)]
    return found


def _accepted(exclusions: Iterable[Exclusion]) -> set[tuple[str, datetime | None, datetime | None]]:
    return {(item.clause, item.from_, item.to) for item in exclusions if item.state == "accepted"}


def _in_order(exclusions: Iterable[Exclusion]) -> list[Extent]:
    return list(dict.fromkeys((item.from_, item.to) for item in exclusions))
