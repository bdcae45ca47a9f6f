"""`upheld triage try | evaluate | explain`: why a priority is what it is, and how good the rules are."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from services.triage.domain import Facts, Inputs, assess
from services.triage.domain.evaluation import (
    Outcome,
    agreement,
    confusion,
    exclusion_counts,
    try_case,
)
from services.triage.domain.reading import read
from shared.policy import Policy
from upheld.cli.common import JsonFlag, console, examples, group, note, print_json, run, settings_of
from upheld.cli.labelled import cases_of
from upheld.cli.policies import parsed
from upheld.cli.reasoning import agreement_table, confusion_table, reasoning, too_low
from upheld.cli.tickets import NumberArgument
from upheld.cli.up import shipped_policy
from upheld.cli.values import (
    CategoryOption,
    EnvironmentOption,
    ImpactOption,
    OngoingOption,
    WorkaroundOption,
    read_text,
    said,
)
from upheld.client import Client
from upheld.errors import Misused

Json = dict[str, Any]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", metavar="FILE", help="The policy's file. Default: the one that ships.")
]
MOST = 10_000
"""Characters of a description, as in IssueReported."""

triage = group("Priorities that explain themselves: try the rules on words, on labelled cases, or see a ticket's.")


@triage.command(
    "try",
    epilog=examples(
        "upheld triage try --text 'No calls go out in production since 9, there is no workaround'",
        "upheld triage try --text 'Einige SMS kommen nicht an' --environment production",
        "upheld triage try --text - --json < mail.txt | jq .priority",
    ),
)
def try_text(
    text: Annotated[str, typer.Option(metavar="TEXT", help="What a customer writes; - reads stdin.")],
    environment: EnvironmentOption = None,
    impact: ImpactOption = None,
    workaround: WorkaroundOption = None,
    category: CategoryOption = None,
    ongoing: OngoingOption = None,
    policy: PolicyOption = None,
    as_json: JsonFlag = False,
) -> None:
    """The priority that a description would get, why, and what is missing; facts that you state beat what is read.

    Nothing is asked and nothing is kept: no service needs to run.
    """
    words = (read_text("-") if text == "-" else text).strip()
    if fault := _unusable(words):
        raise Misused(f"A description has 1 to {MOST:,} characters, none of them U+0000.", errors=[("--text", fault)])
    stated = said(environment=environment, impact=impact, workaround=workaround, category=category, ongoing=ongoing)
    stated["unknown"] = tuple(fact for fact, value in stated.items() if value == "unknown")
    now = datetime.now(UTC)
    facts = Facts(initiator="customer", clock_start=now, read=read(words, now.date())).model_copy(update=stated)
    sla = _policy(policy)
    found = assess(Inputs(facts=facts), sla)
    rules = {rule.id for rule in sla.rules}
    shown = {
        "priority": found.priority,
        "reasons": [reason.model_dump(mode="json") for reason in found.reasons if reason.rule in rules],
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in found.facts],
        "missing": [item.model_dump(mode="json") for item in found.missing],
        "exclusions": [item.model_dump(mode="json", by_alias=True) for item in found.exclusions],
        "policy": sla.ref.model_dump(mode="json"),
    }
    if as_json:
        print_json(shown)
    else:
        console().print(reasoning(shown))


def _unusable(words: str) -> str | None:
    """What is wrong with a description, and what to do about it."""
    if not words:
        return "is empty: write what the customer writes"
    if len(words) > MOST:
        return f"has {len(words):,} characters: write {MOST:,} at most"
    return "contains U+0000: leave it out" if "\x00" in words else None


@triage.command(
    "explain",
    epilog=examples("upheld triage explain UP-1001", "upheld triage explain UP-1001 --json | jq .reasons"),
)
def explain(number: NumberArgument, as_json: JsonFlag = False) -> None:
    """Why a ticket has its priority: rule, clause, facts with their words, what is missing, what is excluded."""
    ticket = run(_ticket(number))
    shown = {
        key: ticket.get(key)
        for key in ("number", "priority", "reasons", "facts", "missing", "exclusions", "coverage", "plan", "policy")
    }
    if as_json:
        print_json(shown)
    else:
        console().print(reasoning(shown))


async def _ticket(number: str) -> Json:
    async with Client(settings_of()) as client:
        return await client.ticket(number)


@triage.command(
    "evaluate",
    epilog=examples(
        "upheld triage evaluate cases.jsonl",
        "upheld triage evaluate cases.jsonl --blind --json | jq .all",
    ),
)
def evaluate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Labelled cases, one JSON object a line; - reads stdin.")],
    blind: Annotated[bool, typer.Option("--blind", help="Withhold all but title and summary.")] = False,
    policy: PolicyOption = None,
    as_json: JsonFlag = False,
) -> None:
    """How far the rules agree with labelled cases: priority, exclusion, and every case put lower than its label.

    A line has `id`, `title`, `summary` and `label` (a priority of the policy), and may have `service`, `environment`,
    `ongoing` (yes, no), `excluded` (an exclusion's key or clause) and `confidence` (high, med, low); "unstated" is said
    to be unknown, and an environment that is left out is read from the words. An environment that nobody knows counts
    as unstated, and a note says so.

    Where several exclusions are proposed, a case is judged by the first; --json lists them all, as `proposed`.
    """
    sla = _policy(policy)
    cases, notes = cases_of(read_text(file), file, sla)
    for text in notes:
        note(text, warning=True)
    outcomes = [try_case(case, sla, blind=blind) for case in cases]
    confident = [outcome for outcome in outcomes if outcome.case.confidence == "high"]
    top = sla.priorities[0].key
    missed = sum(1 for outcome in outcomes if outcome.case.label == top and not outcome.right)
    result: Json = {
        "blind": blind,
        "policy": sla.ref.model_dump(mode="json"),
        "confident": asdict(agreement(confident, sla)),
        "all": asdict(agreement(outcomes, sla)),
        "p1_missed": missed,
        "exclusions": exclusion_counts(outcomes),
        "confusion": confusion(outcomes, sla),
        "cases": [_line(outcome) for outcome in outcomes],
    }
    if as_json:
        print_json(result)
        return
    out = console()
    out.print(agreement_table(result))
    out.print(confusion_table(result["confusion"]))
    for low in (outcome for outcome in outcomes if outcome.rank > 0):
        out.print(too_low(low))


def _line(outcome: Outcome) -> Json:
    return {
        "id": outcome.case.id,
        "priority": outcome.assessment.priority,
        "right": outcome.right,
        "exclusion": outcome.exclusion,
        "proposed": outcome.proposed,
        "exclusion_right": outcome.exclusion_right,
    }


def _policy(file: str | None) -> Policy:
    place = file or shipped_policy()
    if place is None:
        raise Misused("No policy is at hand.", errors=[("--policy", "name a policy file")])
    return parsed(read_text(place), place)
