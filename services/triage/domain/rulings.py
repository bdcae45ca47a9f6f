"""Exclusions of SLA B.5 on a ticket: those proposed by what was read, and those that an agent has ruled on.

- A later ruling takes the place of the earlier ones on its clause that it meets in time, and no proposal does.
- A proposal is of a clause that holds for the account; what was ruled stays as ruled, whatever comes later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from services.triage.domain.facts import Inputs
from services.triage.domain.held import Versions, clauses_of, holding_of
from shared.events import Exclusion
from shared.policy import Policy
from shared.policy.amend import Holding


def exclusions_of(inputs: Inputs, clauses: Mapping[str, str]) -> tuple[Exclusion, ...]:
    """What was ruled, then what is proposed of other clauses; `clauses` are those that hold, by key."""
    ruled = {item.clause for item in inputs.ruled}
    return (*inputs.ruled, *(item for item in proposals_of(inputs, clauses) if item.clause not in ruled))


def proposals_of(inputs: Inputs, clauses: Mapping[str, str]) -> Iterator[Exclusion]:
    """What was read, where there is such a clause, to the extent that the text or the report names."""
    facts = inputs.facts
    for proposal in facts.read.exclusions:
        if proposal.clause in clauses:
            yield Exclusion(
                clause=clauses[proposal.clause],
                evidence=" / ".join(proposal.words),
                from_=proposal.from_ or facts.began_at,
                to=proposal.to or facts.ended_at,
            )


def clauses_held(inputs: Inputs, policy: Policy, holding: Holding | None, versions: Versions) -> dict[str, str]:
    """The clauses that hold, by key; on a provider's ticket those that hold for every account that it concerns."""
    held = clauses_of(holding, policy)
    for item in inputs.lines:
        of_line = clauses_of(holding_of(item.plan, item.line, policy, versions), policy)
        held = {key: clause for key, clause in held.items() if clause in of_line.values()}
    return held


def meet(item: Exclusion, begin: datetime, end: datetime | None, start: datetime) -> bool:
    """Whether its interval and this one share a moment; half-open, and without a beginning from `start` on."""
    return (item.to is None or begin < item.to) and (end is None or (item.from_ or start) < end)


def with_ruling(ruled: Collection[Exclusion], ruling: Exclusion, start: datetime) -> tuple[Exclusion, ...]:
    """The rulings with this one in the place of the earlier ones on its clause that it meets.

    `start` is that of the clocks, with which an interval begins that names no beginning.
    """
    begin = ruling.from_ or start
    places = [
        place
        for place, item in enumerate(ruled)
        if item.clause == ruling.clause and meet(item, begin, ruling.to, start)
    ]
    if not places:
        return (*ruled, ruling)
    kept = [item if place != places[0] else ruling for place, item in enumerate(ruled) if place not in places[1:]]
    return tuple(kept)
