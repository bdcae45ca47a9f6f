"""Policies as people read them, and as machines do: versions, plans, what differs, whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.table import Table
from rich.text import Text

from shared.policy import CLOCKS, FactValue, Policies, Policy
from shared.policy.amend import Change, Difference, Held, HeldCell, Holding, Kept
from shared.policy.amend.cells import said
from upheld.amendments import Affected
from upheld.cli.common import clean, moment

Json = dict[str, Any]
_COLOURS = {"better": "green", "worse": "red", "incomparable": "yellow", "equal": "dim"}


def ref_json(policy: Policy) -> Json:
    """A version, and when it takes effect."""
    effective = policy.effective.astimezone(UTC).isoformat()
    return {"policy": policy.policy, "version": policy.version, "sha256": policy.sha256, "effective": effective}


def name_of(policy: Policy) -> str:
    """`plivo 2024-12-20`."""
    return clean(f"{policy.policy} {policy.version}")


def versions_json(policies: Policies, now: datetime) -> list[Json]:
    """The published versions in the order in which they take effect."""
    holds = policies.in_effect(now)
    return [
        {
            **ref_json(item.policy),
            "published_at": item.published_at.isoformat(),
            "state": _state(item.effective, item.policy, holds, now),
            "plans": sorted(item.policy.plans),
        }
        for item in policies.line
    ]


def _state(effective: datetime, policy: Policy, holds: Policy | None, now: datetime) -> str:
    if effective > now:
        return "to come"
    return "in effect" if holds is not None and holds.sha256 == policy.sha256 else "superseded"


def versions_table(versions: Iterable[Json]) -> Table:
    table = Table("policy", "version", "effective", "state", "SHA-256", "plans")
    for item in versions:
        table.add_row(
            clean(item["policy"]),
            clean(item["version"]),
            moment(item["effective"]),
            item["state"],
            item["sha256"][:12],
            clean(", ".join(item["plans"])),
        )
    return table


def policy_json(policy: Policy) -> Json:
    """A version whole, as the file says it."""
    return {**ref_json(policy), "file": policy.model_dump(mode="json", by_alias=True, exclude_none=False)}


def plans_table(policy: Policy) -> Table:
    """What each plan promises."""
    table = Table("plan", "priority", *(clock.replace("_", " ") for clock in CLOCKS))
    for plan, terms in policy.plans.items():
        for priority, clocks in terms.targets.items():
            table.add_row(clean(plan), clean(priority), *(clean(said(clocks[clock])) for clock in CLOCKS))
    return table


def change_json(change: Change) -> Json:
    """A cell in two versions."""
    found: Json = {
        "cell": change.kind,
        **(dict(change.where) if change.kind != "outcome" else {"rules": dict(change.where)}),
        "before": change.before,
        "after": change.after,
        "verdict": change.verdict,
        "material": change.material,
        "reason": change.reason,
        "parts": [
            {
                "of": part.of,
                "before": part.before,
                "after": part.after,
                "verdict": part.verdict,
                "material": part.material,
                "reason": part.reason,
            }
            for part in change.parts
        ],
    }
    if change.facts is not None:
        found |= {"facts": {fact: list(values) for fact, values in change.facts.items()}}
        found |= {"combinations": change.combinations}
    return found


def difference_json(found: Difference) -> Json:
    """Every cell of two versions."""
    return {
        "before": ref_json(found.before),
        "after": ref_json(found.after),
        "summary": dict(found.summary),
        "cells": [change_json(change) for change in found.changes],
    }


def changes_table(changes: Iterable[Change]) -> Table:
    table = Table("cell", "verdict", "material", "before", "after", "why")
    for change in changes:
        table.add_row(
            clean(cell_name(change)),
            Text(change.verdict, _COLOURS[change.verdict]),
            Text("material", "bold red") if change.material else "",
            clean(change.before),
            clean(change.after),
            clean(change.reason),
        )
    return table


def cell_name(change: Change) -> str:
    """`gold P1 first response`, `exclusion B.5.f`, or what the rules decide on which facts."""
    where = change.where
    if change.kind == "promise":
        return f"{where['plan']} {where['priority']} {where['clock'].replace('_', ' ')}"
    if change.kind == "exclusion":
        return f"exclusion {where['clause']}"
    rules = where["before"] if where["before"] == where["after"] else f"{where['before']} -> {where['after']}"
    return f"rule {rules}{_facts(change.facts or {})}"


def _facts(facts: Mapping[str, Sequence[FactValue]]) -> str:
    named = "; ".join(f"{fact}: {', '.join(map(_word, values))}" for fact, values in facts.items())
    return f" ({named})" if named else ""


def _word(value: FactValue) -> str:
    return value if isinstance(value, str) else "yes" if value else "no"


def held_json(held: Held) -> Json:
    """A cell that is held, and what the newest version has instead."""
    return {**change_json(held.change), "held": ref_json(held.version)}


def affected_json(item: Affected) -> Json:
    """An account, and what a version does to it."""
    return {
        "account": item.account.id,
        "plan": item.account.plan,
        "state": item.state,
        "kept": [held_json(held) for held in item.effect.kept],
        "better": [held_json(held) for held in item.effect.better],
    }


def affected_lines(found: Sequence[Affected], new: Policy) -> Iterator[Text]:
    """Accounts to which the same happens, together: first whom something is kept for, each cell with the reason."""
    together: dict[tuple[object, ...], list[Affected]] = {}
    for item in found:
        together.setdefault((item.state, item.account.plan, id(item.effect)), []).append(item)
    for items in sorted(together.values(), key=lambda items: items[0].state != "kept"):
        first = items[0]
        names = ", ".join(clean(item.account.id) for item in items[:20])
        more = f" and {len(items) - 20} more" if len(items) > 20 else ""
        yield Text(f"{names}{more} (plan {clean(first.account.plan)}): {_STATES[first.state]}")
        for held in first.effect.kept:
            yield Text.assemble(
                "  ",
                ("kept   ", "yellow"),
                f"{clean(cell_name(held.change))}: {clean(held.change.before)} as in {name_of(held.version)}, "
                f"not {clean(held.change.after)}: {clean(held.change.reason)}",
            )
        for held in first.effect.better:
            yield Text.assemble(
                "  ",
                ("better ", "green"),
                f"{clean(cell_name(held.change))}: {clean(held.change.after)}, before {clean(held.change.before)}",
            )
    if any(item.state == "kept" for item in found):
        yield Text(
            "What is kept stays until somebody accepts this version for the account (upheld policy accept "
            f"{clean(new.policy)}@{clean(new.version)} --account ID --by NAME) or its term is renewed."
        )


_STATES = {
    "kept": "keeps what would be a material degradation",
    "whole": "holds this version whole",
    "agreed": "begins with this version",
    "unknown-plan": "no version has its plan, so its tickets go to a person",
    "out-of-term": "its term is over by then",
}


def holding_json(holding: Holding) -> Json:
    """What an account holds, cell by cell, with the version of each."""
    return {
        "plan": holding.plan,
        "agreed": ref_json(holding.versions[0]),
        "newest": ref_json(holding.newest),
        "cells": [
            {
                "priority": priority,
                "clock": clock,
                "target": said(held.cell.target),
                "version": ref_json(held.cell.policy),
                "kept": [_kept_json(kept) for kept in held.kept],
            }
            for (priority, clock), held in holding.cells.items()
        ],
        "exclusions": [
            {
                "clause": held.exclusion.clause,
                "words": held.policy.document.clauses[held.exclusion.clause],
                "version": ref_json(held.policy),
                "holds": not held.spared,
                "kept": [_kept_json(kept) for kept in held.kept],
            }
            for held in holding.exclusions
        ],
    }


def _kept_json(kept: Kept) -> Json:
    return {"refused": ref_json(kept.refused), "reason": kept.reason}


def holding_table(holding: Holding) -> Table:
    table = Table("priority", *(clock.replace("_", " ") for clock in CLOCKS))
    for priority in dict.fromkeys(priority for priority, _ in holding.cells):
        table.add_row(clean(priority), *(_held(holding.cell(priority, clock), holding.newest) for clock in CLOCKS))
    return table


def _held(held: HeldCell, newest: Policy) -> Text:
    if held.cell.policy.sha256 == newest.sha256:
        return Text(clean(said(held.cell.target)))
    return Text(f"{clean(said(held.cell.target))} (as in {name_of(held.cell.policy)})", "yellow")


def kept_lines(holding: Holding) -> Iterator[str]:
    """What the account was kept from, and why."""
    for (priority, clock), held in holding.cells.items():
        for kept in held.kept:
            cell = f"{clean(priority)} {clock.replace('_', ' ')}"
            yield f"{cell}: not as in {name_of(kept.refused)}: {clean(kept.reason)}"
    for item in holding.exclusions:
        for kept in item.kept:
            clause = clean(item.exclusion.clause)
            yield f"exclusion {clause}: not as in {name_of(kept.refused)}: {clean(kept.reason)}"
