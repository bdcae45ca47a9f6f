"""Rules and precedents together: what both say of a text, and which of them counts where they differ.

A rule knows what a sentence means, and "not" in it; precedents know how people tell things that no rule foresees. So a
rule stands unless precedents speak clearly against it, and where no rule speaks, precedents must be as clear.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.triage.domain.reading.found import Found, Proposal
from services.triage.domain.reading.precedents import (
    SEVERITIES,
    Opinion,
    Precedents,
    Shown,
    all_precedents,
)

ENOUGH = 35
"""Fewer features than so many make no opinion: of a short text the rules miss nothing."""
WORSE, OTHER, LESS = 0.1, 0.3, 0.5
"""By so much must precedents be more for another severity than for that of the rules: for an outage, for one of the
others, for anything less where the rules see an outage."""
AROUND = 0.5
"""The same for an outage where the rules see a way around it."""
WISHED = -0.2
"""The same for minor in place of degraded, where the text ends with a wish: what is told before is its reason."""
LIVE = 0.35
"""So much like the cases of production must a text be that names no environment. A text that tells
nothing is a little more like them, since most reports are of production: it takes words that speak against it."""
CLEAR = -0.1
"""By so much must a text be more like the cases of a clause than like those that nothing excludes."""
VOTE = 0.7
"""So much counts what the rules propose first."""
_MATTERS = frozenset(("question", "development", "number procurement", "number porting", "account", "billing"))
_IMPACTS = {"outage": "outage", "degraded": "degraded", "minor": "none"}


def severity_of(facts: Sequence[Found]) -> str:
    """How bad the facts say it is, in production (SLA B.3)."""
    told = {found.fact: found.value for found in facts}
    impact = told.get("impact", "none")
    if told.get("category") in _MATTERS or impact == "none":
        return "minor"
    if told.get("ongoing") == "no" and impact != "intermittent":
        return "minor"
    return "outage" if impact == "outage" and told.get("workaround") != "available" else "degraded"


def settled(
    description: str,
    facts: Sequence[Found],
    proposals: Sequence[Proposal],
    precedents: Precedents | None = None,
    *,
    wishes: bool = False,
    unused: bool = False,
) -> tuple[list[Found], list[Proposal]]:
    """The facts and proposals that count, by rules and by these precedents (all, unless told otherwise)."""
    known = precedents or all_precedents()
    opinion = known.opinion(description)
    if opinion.known < ENOUGH:
        return list(facts), list(proposals)
    found = _facts(description, facts, opinion, known, wishes)
    return (
        found if unused else _placed(description, found, opinion, known),
        _proposals(description, proposals, opinion, known),
    )


def _facts(description: str, facts: Sequence[Found], opinion: Opinion, known: Precedents, wishes: bool) -> list[Found]:
    by_rules = severity_of(facts)
    way_around = any(found.fact == "workaround" and found.value == "available" for found in facts)
    severity = _clearly(opinion, by_rules, wishes, AROUND if way_around else WORSE)
    if severity == by_rules:
        return list(facts)
    impact = _found(description, "impact", _IMPACTS[severity], known.shown_severity(description, severity, by_rules))
    kept = [found for found in facts if not _contradicts(found, severity)]
    kept.insert(bool(kept) and kept[0].fact == "environment", impact)
    return kept


def _placed(description: str, facts: list[Found], opinion: Opinion, known: Precedents) -> list[Found]:
    """With the environment that the text implies, where it tells none."""
    if opinion.production < LIVE or any(found.fact == "environment" for found in facts):
        return facts
    shown = known.shown_production(description)
    if shown.words < 2:
        return facts
    return [_found(description, "environment", "production", shown, implied=True), *facts]


def _found(description: str, fact: str, value: str, shown: Shown, *, implied: bool = False) -> Found:
    start, end = shown.start, min(shown.end, shown.start + 160)
    return Found(fact=fact, value=value, words=description[start:end], start=start, end=end, implied=implied)


def _clearly(opinion: Opinion, by_rules: str, wishes: bool, worse: float) -> str:
    """The severity that counts."""
    weights = opinion.severities

    def clearer(severity: str) -> float:
        least = worse if severity == "outage" else LESS if by_rules == "outage" else OTHER
        if wishes and severity == "minor" and by_rules != "outage" and weights["minor"] >= weights["outage"]:
            least = WISHED
        return 0.0 if severity == by_rules else weights[severity] - weights[by_rules] - least

    return max(SEVERITIES, key=clearer)


def _contradicts(found: Found, severity: str) -> bool:
    """Whether a fact would make it something else than what it is by precedent."""
    match found.fact:
        case "impact":
            return True
        case "category":
            return severity != "minor" and found.value in _MATTERS
        case "ongoing":
            return severity != "minor" and found.value == "no"
        case "workaround":
            return severity == "outage" and found.value == "available"
    return False


def _proposals(description: str, proposals: Sequence[Proposal], opinion: Opinion, known: Precedents) -> list[Proposal]:
    """Most clearly first."""
    by_rules = {proposal.clause: proposal for proposal in proposals}
    weights = dict(opinion.clauses)
    for proposal in proposals[:1]:
        weights[proposal.clause] += VOTE
    found = []
    best = max(weights, key=weights.__getitem__)
    for clause in sorted({best, *by_rules}, key=weights.__getitem__, reverse=True):
        if weights[clause] < CLEAR:
            break
        if clause in by_rules:
            found.append(by_rules[clause])
            continue
        start, end, words = known.shown(description, clause)
        if words > 1:
            found.append(Proposal(clause=clause, words=(description[start:end][:160],)))
    return found
