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
from services.triage.domain.reading.happenings import BARE, Events
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import judge
from services.triage.domain.reading.text import Clause, Text, parse

_NAMES = STAGE | DEVEL | PROD
_CORRECTS = re.compile(
    r"""\b(?:
    sorry(?!\ (?:for|about)\b) | my\ mistake | by\ mistake | mistakenly | correction | correcting
    | (?:i|we)\ (?:was|were)\ (?:wrong|mistaken) | wrong\ (?:environment|one|option|value|system)
    | (?:only|just|solely)\ (?:in|on|our|the|a|affects?|concerns?)
    | entschuldigung(?!\ für\b) | irrtum | irrtümlich | versehentlich | korrektur | falsche\ umgebung
    | nur\ (?:in|im|auf|unser\w*|das|die|der)
    | désolée?s?(?!\ (?:pour|de)\b) | par\ erreur | je\ me\ suis\ trompée? | mauvais\ environnement
    | (?:seulement|uniquement)\ (?:en|sur|dans|notre)
    | perdón(?!\ por\b) | por\ error | me\ equivoqué | corrección | entorno\ equivocado
    | (?:solo|sólo|solamente|únicamente)\ (?:en|nuestro|el)
    | desculpem?(?!\ (?:por|pelo|pela)\b) | por\ engano | por\ erro | enganei-me | correção | ambiente\ errado
    | (?:só|somente|apenas)\ (?:em|no|na|nosso|o)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""That something was said wrongly, or is so in one place alone."""


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
    plain = frozenset(item.fact for item in facts if _is_plain(item, facts, text, events))
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
            # "the workaround does not work" tells of the workaround
            aside = any(_overlap(item, other) for other in facts if other.fact == "workaround")
            return not aside and any(failure.strength >= BARE for failure in events.failures)
    return True


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
    return _CORRECTS.search(text.text) is not None


def _clause_of(item: Found, text: Text) -> Clause | None:
    return next(
        (each for each in text.clauses if text.starts[each.first] <= item.start < text.ends[each.last - 1]),
        None,
    )


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end
