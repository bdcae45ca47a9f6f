"""Reasoning as people read it: priority, rule, clause, facts with the words they rest on, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from services.triage.domain.evaluation import Outcome
from upheld.cli.common import clean, extent, line, moment

Json = dict[str, Any]


def reasoning(shown: Json) -> RenderableType:
    """An assessment, explained."""
    if shown["priority"] is None:
        return Text("Not assessed yet.", "dim")
    parts: list[RenderableType] = []
    title = " ".join(filter(None, (shown.get("number"), shown["priority"])))
    policy = shown.get("policy") or {}
    version = f"  {clean(policy.get('id', ''))} {clean(policy.get('version', ''))}"
    parts.append(Text.assemble((clean(title), "bold"), (version, "dim")))
    for reason in shown["reasons"]:
        parts.append(Text(f"  {clean(reason['clause'])}  {clean(reason['text'])}"))
        parts.append(Text(f"    rule {clean(reason['rule'])}: {clean(reason['fact'])}", "dim"))
    parts += _facts(shown.get("facts") or [])
    for item in shown.get("missing") or []:
        asked = " (asked for)" if item.get("asked") else ""
        parts.append(
            Text(f"  missing: {clean(item['fact'])}; it could be {clean(item['could_be'])} once known{asked}", "yellow")
        )
    for item in shown.get("exclusions") or []:
        parts += _exclusion(item)
    return Group(*parts)


def _exclusion(item: Json) -> list[RenderableType]:
    """The clause, what was ruled, to which extent and on what evidence; then by whom, when and why."""
    state = f"  exclusion {clean(item['clause'])} {clean(item['state'])}{extent(item)}: "
    parts: list[RenderableType] = [Text(f"{state}“{line(item['evidence'])}”", "magenta")]
    if item.get("by"):
        when = f", {moment(item['ruled_at'])}" if item.get("ruled_at") else ""
        why = f": {clean(item['reason'])}" if item.get("reason") else ""
        parts.append(Text(f"    by {clean(item['by'])}{when}{why}", "dim"))
    return parts


def _facts(facts: Sequence[Json]) -> list[RenderableType]:
    if not facts:
        return []
    table = Table.grid(padding=(0, 2))
    for fact in facts:
        words = f"“{line(fact['words'])}”" if fact.get("words") else ""
        table.add_row("", clean(fact["fact"]), clean(fact["value"]), Text(clean(fact["origin"]), "dim"), words)
    return [table]


def agreement_table(result: Json) -> Table:
    """Agreement of the confident cases and of all; exclusions below."""
    recalled = result["all"]["recall"]
    table = Table("", "right", "of", "share", "under", "over", *(f"recall {key}" for key in recalled))
    for name in ("confident", "all"):
        found = result[name]
        table.add_row(
            name,
            str(found["right"]),
            str(found["total"]),
            _share(found["right"], found["total"]),
            str(found["under"]),
            str(found["over"]),
            *("" if share is None else f"{share:.2f}" for share in found["recall"].values()),
        )
    counts = result["exclusions"]
    table.caption = (
        f"P1 missed: {result['p1_missed']}. Exclusions: {counts['right']} right of {counts['proposed']} proposed, "
        f"{counts['missed']} missed, by the first proposal of each case."
    )
    return table


def confusion_table(confusion: dict[str, dict[str, int]]) -> Table:
    """Labels down, what the rules say across."""
    table = Table("label", *confusion)
    for label, row in confusion.items():
        table.add_row(label, *(str(count) for count in row.values()))
    return table


def too_low(outcome: Outcome) -> RenderableType:
    """A case that was put lower than its label, and why."""
    case, found = outcome.case, outcome.assessment
    why = "; ".join(reason.fact for reason in found.reasons[:1])
    return Text.assemble(
        (f"{clean(case.id)} is {case.label}, put at {found.priority}: ", "bold"),
        f"{line(case.title)}. {line(case.summary)}",
        (f"  [{clean(why)}]", "dim"),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""
