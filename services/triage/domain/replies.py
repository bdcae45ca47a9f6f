"""What a reply tells in words, and which of it counts over what was stated before.

- A reply is read by itself, so that it fails "in production" or "in staging" may be said aside. What was stated is
  replaced by what says plainly otherwise: not by a question, a condition, a plan, nor by where it works.
- Development and staging are P3 by a rule that no agent lifts (SLA B.3): words bring a ticket there from a known
  production only where they take production back, or say that it is nowhere else.
- That something failed, told in the past tense, ends nothing: "I was wrong" is no recovery.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from services.triage.domain.reading import Found, Read, read
from services.triage.domain.reading.environment import DEVEL, PROD, STAGE
from services.triage.domain.reading.failures import events_of
from services.triage.domain.reading.happenings import TOTAL, Events
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import IF, judge
from services.triage.domain.reading.text import Clause, Text, parse

_NAMES = STAGE | DEVEL | PROD
_WRONG = re.compile(
    r"""\b(?:
    sorry(?!\ (?:for|about)\b) | my\ mistake | by\ mistake | mistakenly | correction | correcting
    | (?:i|we)\ (?:was|were)\ (?:wrong|mistaken) | wrong\ (?:environment|one|option|value|system)
    | entschuldigung(?!\ für\b) | irrtum | irrtümlich | versehentlich | korrektur | falsche\ umgebung
    | désolée?s?(?!\ (?:pour|de)\b) | par\ erreur | je\ me\ suis\ trompée? | mauvais\ environnement
    | perdón(?!\ por\b) | por\ error | me\ equivoqué | corrección | entorno\ equivocado
    | desculpem?(?!\ (?:por|pelo|pela)\b) | por\ engano | por\ erro | enganei-me | correção | ambiente\ errado
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""That something was said wrongly."""
_ALONE = re.compile(
    r"""\b(?:
    (?:only|just|solely)\ (?:in|on|our|the|a|affects?|concerns?)
    | nur\ (?:in|im|auf|unser\w*|das|die|der)
    | (?:seulement|uniquement)\ (?:en|sur|dans|notre)
    | (?:solo|sólo|solamente|únicamente)\ (?:en|nuestro|el)
    | (?:só|somente|apenas)\ (?:em|no|na|nosso|o)
    )(?:\ \w+){0,2}\ $""",
    re.VERBOSE | re.IGNORECASE,
)
"""That it is so in one place alone, right before the words that name it."""
_TOO = re.compile(
    r"\b(?:also|too|as well|same|auch|ebenfalls|ebenso|gleiche\w*|aussi|également|même|también|mismo|também|mesmo)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:others?|competitors?|neighbou?rs?|andere\w*|konkurrenz|autres?|concurrents?|otros|otras|outros|outras|"
    r"competidor\w*|concorrente\w*)\b",
    re.IGNORECASE,
)
"""That other people are spoken of."""
_SPARE = re.compile(r"back-?ups?|fail-?overs?|fall-?backs?|spares?|standby|reserves?|respaldo|secours|reserva", re.I)
"""What may be a way around, and may be a copy of some data."""
_SHORT = 5
"""Words of a clause that is nothing but a correction, at most."""


class Told(NamedTuple):
    """What a reply's words tell, and the facts among it that are told plainly."""

    read: Read
    plain: frozenset[str]


def told_in(body: str, day: date) -> Told:
    """What these words tell, written on this day."""
    found = read(body, day)
    if not found.facts:
        return Told(found, frozenset())
    text = parse(body)
    judge(text)
    events = events_of(text)
    facts = tuple(item for item in found.facts if not _only_past(item, text, events))
    plain = frozenset(item.fact for item in facts if _is_plain(item, found.facts, text, events))
    return Told(found.model_copy(update={"facts": facts}), plain)


def _only_past(item: Found, text: Text, events: Events) -> bool:
    """Whether that it is over follows from the tense of a failure alone."""
    return (item.fact, item.value) == ("ongoing", "no") and any(
        text.said(failure.first, failure.last)[1:] == (item.start, item.end) for failure in events.failures
    )


def _is_plain(item: Found, facts: tuple[Found, ...], text: Text, events: Events) -> bool:
    match item.fact:
        case "environment":
            return not item.implied and _says_where(item, text, events)
        case "impact":
            # "the workaround does not work" tells of the workaround, "last week all was down" of what is over
            others = (
                other for other in facts if other.fact == "workaround" or (other.fact, other.value) == ("ongoing", "no")
            )
            aside = any(_overlap(item, other) for other in others)
            whole = any(failure.strength >= TOTAL for failure in events.failures)  # not "it fails again"
            return whole and not aside and _of_now_and_here(item, text)
        case "workaround":
            return not (item.value == "available" and _SPARE.fullmatch(item.words))
        case "ongoing":
            return _of_now_and_here(item, text)
    return True


def _of_now_and_here(item: Found, text: Text) -> bool:
    """Whether it is stated, not supposed, and not of others: "if all goes down", "other customers say it works"."""
    clause = _clause_of(item, text)
    return clause is not None and clause.stated and not clause.bits & IF and not _OTHERS.search(_said(clause, text))


def _says_where(item: Found, text: Text, events: Events) -> bool:
    """Whether the text states that this is where it happens."""
    clause = _clause_of(item, text)
    working = {id(each) for each in events.works}
    if clause is None or not clause.stated or id(clause) in working or text.sentences[clause.sentence].question:
        return False
    if item.value == "production":
        return True
    if any(each.bits & _NAMES and id(each) in working for each in text.clauses):
        return False  # "it works in staging, but not in production"
    of_production = [each for each in text.clauses if each.bits & PROD]
    if of_production:
        return all(each.bits & DENIAL and each.stated for each in of_production)
    return _corrects(item, clause, text)


def _corrects(item: Found, clause: Clause, text: Text) -> bool:
    """Whether the clause that names the place says, or what is said just before it, that it was named wrongly."""
    said = _said(clause, text)
    if _TOO.search(said):
        return False
    if _WRONG.search(said) or _ALONE.search(text.text[text.starts[clause.first] : item.start]):
        return True
    place = text.clauses.index(clause)
    before = text.clauses[max(place - 1, 0) : place]
    return any(each.last - each.first <= _SHORT and _WRONG.search(_said(each, text)) for each in before)


def _said(clause: Clause, text: Text) -> str:
    return text.text[text.starts[clause.first] : text.ends[clause.last - 1]]


def _clause_of(item: Found, text: Text) -> Clause | None:
    return next(
        (each for each in text.clauses if text.starts[each.first] <= item.start < text.ends[each.last - 1]),
        None,
    )


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end
