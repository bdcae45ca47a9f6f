"""Another policy tried on what is recorded: what each ticket's priority, targets and verdicts would have been under it.

- triage's rules assess each recorded assessment's facts again, at the time at which it was made, and status-monitor's
  clocks judge the recorded facts under the targets that follow. Nothing is worked out here, and nothing is changed.
- What happened stays as it happened: answers, questions, resolutions, agents' decisions and rulings. Under another
  policy somebody might have asked otherwise, or answered sooner: that cannot be known.
- The policy counts alone: what an account keeps of earlier versions does not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, TypeAdapter

from services.status_monitor.domain.attainment import Verdict, verdicts_of
from services.status_monitor.domain.counting import Counts, one
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Facts, Planned, excluded_of
from services.status_monitor.domain.terms import terms_over
from services.triage.domain import Assessment, Inputs, assess
from shared.events import Reason, Target
from shared.policy import Policy, iso

Json = dict[str, Any]
_MOMENT = TypeAdapter(AwareDatetime)
_OF_VERDICT = ("clock", "priority", "gross", "net")


@dataclass(frozen=True, slots=True)
class Side:
    """A ticket under a policy: by its last assessment, and what became of what was promised."""

    priority: str
    plan: str | None
    targets: dict[str, Target | None]
    counts: dict[str, Counts]
    """By clock."""

    def of(self, clock: str) -> tuple[str | None, Counts]:
        """What was promised on a clock, and what became of it."""
        return said(self.targets.get(clock)), self.counts.get(clock, Counts())


@dataclass(frozen=True, slots=True)
class Replayed:
    """A ticket then, as it is recorded, and now, under the other policy."""

    number: str
    account: str | None
    opened_at: str
    then: Side
    now: Side
    unknown_plan: str | None = None
    """The account's plan, where the other policy has none of that name."""

    @property
    def changed(self) -> bool:
        return self.then != self.now

    def shown(self) -> Json:
        """What differs, and nothing else."""
        clocks = {}
        for clock in CLOCKS:
            then, now = self.then.of(clock), self.now.of(clock)
            if then != now:
                clocks[clock] = {
                    "target": {"then": then[0], "now": now[0]},
                    "verdicts": {"then": then[1].shown(), "now": now[1].shown()},
                }
        return {
            "number": self.number,
            "account": self.account,
            "opened_at": self.opened_at,
            "priority": {"then": self.then.priority, "now": self.now.priority},
            "plan": {"then": self.then.plan, "now": self.now.plan},
            "unknown_plan": self.unknown_plan,
            "clocks": clocks,
        }


@dataclass(slots=True)
class Summary:
    """What would have changed over all tickets."""

    tickets: int = 0
    changed: int = 0
    skipped: int = 0
    """That only one of the two services has assessed: they are on their way, or an event of theirs is a dead letter."""
    priorities: Counter[tuple[str, str]] = field(default_factory=Counter)
    then: dict[str, Counts] = field(default_factory=dict)
    now: dict[str, Counts] = field(default_factory=dict)
    broken: Counter[str] = field(default_factory=Counter)
    """By clock, how many tickets would have breaches more."""
    spared: Counter[str] = field(default_factory=Counter)
    """How many would have fewer."""
    unknown_plans: Counter[str] = field(default_factory=Counter)

    def add(self, ticket: Replayed) -> None:
        self.tickets += 1
        self.changed += ticket.changed
        if ticket.then.priority != ticket.now.priority:
            self.priorities[ticket.then.priority, ticket.now.priority] += 1
        if ticket.unknown_plan is not None:
            self.unknown_plans[ticket.unknown_plan] += 1
        for clock in CLOCKS:
            then, now = ticket.then.counts.get(clock, Counts()), ticket.now.counts.get(clock, Counts())
            self.then[clock] = self.then.get(clock, Counts()).plus(then)
            self.now[clock] = self.now.get(clock, Counts()).plus(now)
            self.broken[clock] += now.breached > then.breached
            self.spared[clock] += now.breached < then.breached

    def shown(self) -> Json:
        return {
            "tickets": self.tickets,
            "changed": self.changed,
            "skipped": self.skipped,
            "priorities": [
                {"then": then, "now": now, "tickets": count} for (then, now), count in sorted(self.priorities.items())
            ],
            "clocks": {
                clock: {
                    "then": self.then.get(clock, Counts()).shown(),
                    "now": self.now.get(clock, Counts()).shown(),
                    "more_breaches": self.broken[clock],
                    "fewer_breaches": self.spared[clock],
                }
                for clock in CLOCKS
            },
            "unknown_plans": dict(sorted(self.unknown_plans.items())),
        }


def replay(recorded: Json, assessments: Sequence[Json], policy: Policy, as_at: datetime) -> Replayed:
    """A ticket as status-monitor recorded it, with its assessments as triage did, under this policy."""
    facts = Facts.model_validate_json(json.dumps(recorded["facts"]))
    made = [
        (_MOMENT.validate_python(item["decided_at"]), assess(alone(_inputs(item["inputs"])), policy))
        for item in assessments
    ]
    plans = tuple(_planned(at, assessment, facts.start, policy) for at, assessment in made)
    terms = terms_over(plans, {policy.sha256: policy}.get)
    other = Course(facts.model_copy(update={"plans": plans, "marks": ()}), terms)
    last, before = made[-1][1], facts.plans[-1]
    then = [Verdict(**{name: item[name] for name in _OF_VERDICT}, at=None) for item in recorded["verdicts"]]
    return Replayed(
        number=recorded["number"],
        account=recorded["account"],
        opened_at=recorded["opened_at"],
        then=Side(recorded["priority"], before.plan, _whole(before.targets), counted(then)),
        now=Side(last.priority, last.plan, _whole(last.targets), counted(verdicts_of(other, as_at))),
        unknown_plan=next((plan for reason in last.reasons if (plan := _unknown(reason)) is not None), None),
    )


def alone(inputs: Inputs) -> Inputs:
    """The same where the policy counts alone, with nothing kept of earlier versions."""
    customer = inputs.customer.model_copy(update={"line": None}) if inputs.customer is not None else None
    plans = tuple(sorted({*inputs.plans, *(item.plan for item in inputs.lines)}))
    return inputs.model_copy(update={"customer": customer, "plans": plans, "lines": ()})


def counted(verdicts: Iterable[Verdict]) -> dict[str, Counts]:
    """The verdicts of each clock."""
    found: dict[str, Counts] = {}
    for verdict in verdicts:
        found[verdict.clock] = found.get(verdict.clock, Counts()).plus(one(verdict))
    return found


def said(target: Target | None) -> str | None:
    """`PT1H always`; None is no guarantee."""
    return None if target is None else f"{iso(target.duration)} {target.calendar}"


def _planned(at: datetime, made: Assessment, start: datetime, policy: Policy) -> Planned:
    return Planned(
        at=at,
        targets=made.targets,
        policy=policy.sha256,
        plan=made.plan,
        excluded=excluded_of(made.exclusions, start),
        priority=made.priority,
    )


def _inputs(said: Json) -> Inputs:
    return Inputs.model_validate_json(json.dumps(said))


def _whole(targets: Mapping[str, Target | None]) -> dict[str, Target | None]:
    """Of every clock, without the version that it was kept from."""
    found = {clock: targets.get(clock) for clock in CLOCKS}
    return {clock: target and target.model_copy(update={"policy": None}) for clock, target in found.items()}


def _unknown(reason: Reason) -> str | None:
    return reason.fact.removeprefix("plan: ") if reason.rule == "unknown-plan" else None
