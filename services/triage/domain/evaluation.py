"""The rules tried on cases whose priority and exclusion are known: how often they agree, and where they do not.

Of a case only title and summary, the service, the environment and whether it is ongoing are used, as a customer would
state them; blind, only title and summary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, cast, get_args

from services.triage.domain.assess import Assessment, assess
from services.triage.domain.facts import Facts, Inputs
from services.triage.domain.reading import Read, read
from services.triage.domain.reading.services import services_of
from shared.events import Environment
from shared.policy import Policy

_WHENEVER = datetime(2026, 1, 1, tzinfo=UTC)
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """A case as it was labelled; `excluded` is the key of an exclusion, None where none applies."""

    id: str
    title: str
    summary: str
    label: str
    excluded: str | None = None
    service: str = ""
    environment: str = "unstated"
    ongoing: str = "unstated"
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules make of a case."""

    case: LabelledCase
    assessment: Assessment
    proposed: tuple[str, ...]
    """The keys of the exclusions that are proposed, the likeliest first."""
    rank: int
    """How many ranks below its label the priority is; below 0 where it is above."""

    @property
    def right(self) -> bool:
        return self.rank == 0

    @property
    def exclusion(self) -> str | None:
        """The one that is proposed first: a case has one label, and by this one it is judged."""
        return self.proposed[0] if self.proposed else None

    @property
    def exclusion_right(self) -> bool:
        return self.exclusion == self.case.excluded


def try_case(
    case: LabelledCase, policy: Policy, *, blind: bool = False, reader: Callable[[str], Read] = read
) -> Outcome:
    """The rules' answer to a case, whose description `reader` reads. Its label must be a priority of the policy."""
    inputs = Inputs(facts=_facts(case, policy, reader, blind=blind))
    assessment = assess(inputs, policy)
    keys = tuple(item.clause for item in inputs.facts.read.exclusions)
    rank = policy.ranks[assessment.priority] - policy.ranks[case.label]
    return Outcome(case, assessment, keys, rank)


def _facts(case: LabelledCase, policy: Policy, reader: Callable[[str], Read], *, blind: bool) -> Facts:
    description = "\n".join(filter(None, (case.title.strip(), case.summary.strip())))
    told = reader(description) if description else None
    facts = Facts(initiator="customer", clock_start=_WHENEVER)
    if told is not None:
        facts = facts.model_copy(update={"read": told})
    if blind:
        return facts
    environment = case.environment if case.environment in get_args(Environment) else "unknown"
    return facts.model_copy(
        update={
            "environment": cast(Environment, environment),
            "unknown": ("environment",) if case.environment in ("unstated", "unknown") else (),
            "ongoing": _ANSWERS.get(case.ongoing),
            "services": tuple(key for key in services_of(case.service) if key in policy.service_keys),
        }
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the rules agree with labels."""

    total: int
    right: int
    under: int
    over: int
    recall: dict[str, float | None]
    """By priority, the share of its cases that were put there; None where it has no cases."""


def agreement(outcomes: Sequence[Outcome], policy: Policy) -> Agreement:
    """How far these outcomes agree with their labels."""
    recall: dict[str, float | None] = {}
    for priority in policy.ranks:
        labelled = [outcome.right for outcome in outcomes if outcome.case.label == priority]
        recall[priority] = round(sum(labelled) / len(labelled), 4) if labelled else None
    return Agreement(
        total=len(outcomes),
        right=sum(outcome.right for outcome in outcomes),
        under=sum(outcome.rank > 0 for outcome in outcomes),
        over=sum(outcome.rank < 0 for outcome in outcomes),
        recall=recall,
    )


Count = Literal["proposed", "right", "wrong", "missed"]


def exclusion_counts(outcomes: Iterable[Outcome]) -> dict[Count, int]:
    """Cases with a proposal, how many of their first ones are the labelled one, how many not; and labels missed so."""
    counts: dict[Count, int] = {"proposed": 0, "right": 0, "wrong": 0, "missed": 0}
    for outcome in outcomes:
        if outcome.exclusion is not None:
            counts["proposed"] += 1
            counts["right" if outcome.exclusion_right else "wrong"] += 1
        if outcome.case.excluded is not None and not outcome.exclusion_right:
            counts["missed"] += 1
    return counts


def confusion(outcomes: Iterable[Outcome], policy: Policy) -> dict[str, dict[str, int]]:
    """By label, how many cases were put at which priority."""
    table = {label: dict.fromkeys(policy.ranks, 0) for label in policy.ranks}
    for outcome in outcomes:
        table[outcome.case.label][outcome.assessment.priority] += 1
    return table
