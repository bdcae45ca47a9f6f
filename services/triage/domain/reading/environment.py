"""Where it happens: the environment of what fails, not the one that is named as a contrast or a plan."""

from __future__ import annotations

from services.triage.domain.reading.failures import Events
from services.triage.domain.reading.moods import BEFORE, DENIAL, NEG, NIL, WILL, denied
from services.triage.domain.reading.scope import affirms
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import bits

PROD, STAGE, DEVEL, OPS = bits("PROD STAGE DEVEL OPS")
GOLIVE, PEOPLE, REPORT, OUR, ONLY = bits("GOLIVE PEOPLE REPORT OUR ONLY")
FINE, WORK, PROB, AND = bits("FINE WORK PROB AND")
NAMED = PROD | STAGE | DEVEL | GOLIVE

Words = tuple[str, int, int]


def environment_of(text: Text, events: Events) -> tuple[str, Words] | None:
    """The environment, and the words that tell it."""
    failing = {id(failure.clause) for failure in events.failures}
    working = {id(clause) for clause in events.works}
    seen: dict[str, tuple[int, Words]] = {}
    contrast = None
    for clause in text.clauses:
        if not clause.bits & NAMED:
            continue
        if affirms(text, clause) and failing:
            continue
        rank = 2 if id(clause) in failing else 1
        for value, words in _named(text, clause):
            if value == "contrast" or (
                id(clause) in working and value != "not production" and _elsewhere(text, events)
            ):
                contrast = contrast or words
            elif value not in seen or seen[value][0] < rank:
                seen[value] = rank, words
    if "not production" in seen:
        for other in ("staging", "development"):
            if other in seen:
                return other, seen[other][1]
        return "development", seen["not production"][1]
    if seen:
        # At one rank production comes first: what fails there and elsewhere fails in production.
        best = max(seen, key=lambda value: (seen[value][0], value == "production", value == "staging"))
        return best, seen[best][1]
    return _told(text, events, failing)


def _elsewhere(text: Text, events: Events) -> bool:
    return bool(events.failures)


def _named(text: Text, clause: Clause) -> list[tuple[str, Words]]:
    """What the clause names: an environment, that it is not production, or one that is only a contrast."""
    found: list[tuple[str, Words]] = []
    no = denied(text, clause)
    for place in range(clause.first, clause.last):
        mask = text.bits[place]
        if not mask & NAMED:
            continue
        words = text.said(place, place)
        if mask & GOLIVE and not mask & PROD:
            found.append(("not production", words))
        elif mask & PROD:
            before = clause.bits & (BEFORE | GOLIVE | WILL) or clause.asked
            if no.get(place, 0) & (NEG | NIL) and not _listed(text, clause, place):
                found.append(("not production", text.said(max(clause.first, place - 3), place)))
            elif clause.bits & DENIAL and clause.bits & PROB:
                found.append(("contrast", words))
            elif before:
                found.append(("not production", text.said(max(clause.first, place - 4), place)))
            else:
                found.append(("production", words))
        elif no.get(place, 0) & (NEG | NIL):
            found.append(("contrast", words))
        else:
            found.append(("staging" if mask & STAGE else "development", words))
    return found


def _listed(text: Text, clause: Clause, place: int) -> bool:
    """ "Neither by the test nor by production": a list of what all fails."""
    return any(text.words[at] in ("neither", "nor", "weder", "ni", "nem") for at in range(clause.first, place))


def _told(text: Text, events: Events, failing: set[int]) -> tuple[str, Words] | None:
    """Without a word for it: that users, customers or patients suffer tells of production."""
    for failure in events.failures:
        clause = failure.clause
        if clause.bits & (PEOPLE | OPS):
            place = next(at for at in range(clause.first, clause.last) if text.bits[at] & (PEOPLE | OPS))
            return "production", text.said(min(place, failure.first), max(place, failure.last))
    if events.failures:
        for clause in text.clauses:
            if clause.bits & OPS and not clause.asked:
                place = next(at for at in range(clause.first, clause.last) if text.bits[at] & OPS)
                return "production", text.said(place, place)
    return None
