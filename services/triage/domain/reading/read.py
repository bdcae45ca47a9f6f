"""From a text to what is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.triage.domain.reading.case import Case
from services.triage.domain.reading.course import ongoing_of, workaround_of
from services.triage.domain.reading.environment import environment_of, implied, unused
from services.triage.domain.reading.exclusions import case_of, proposals_of
from services.triage.domain.reading.failures import events_of, impact_of, oddity
from services.triage.domain.reading.found import Found, Read
from services.triage.domain.reading.matter import category_of, wishes
from services.triage.domain.reading.moods import judge
from services.triage.domain.reading.opinions import settled
from services.triage.domain.reading.services import service_of
from services.triage.domain.reading.text import parse


@dataclass(frozen=True, slots=True)
class ByRules:
    """What the rules make of a text: facts, and signs of exclusions."""

    facts: list[Found]
    case: Case
    wishes: bool = False
    """Whether it ends with a wish."""
    unused: bool = False
    """Whether nobody is said to use it yet."""


def read(description: str, day: date | None = None) -> Read:
    """The facts and proposed exclusions that a description gives, with the words they rest on.

    The day is that on which it was written, for the times of day that it names.
    """
    told = by_rules(description)
    facts, proposals = settled(
        description, told.facts, proposals_of(told.case, day), wishes=told.wishes, unused=told.unused
    )
    return Read(facts=tuple(facts), exclusions=tuple(proposals))


def by_rules(description: str) -> ByRules:
    """What the rules alone read."""
    text = parse(description)
    judge(text)
    events = events_of(text)
    facts: list[Found] = []

    def add(fact: str, found: tuple[str, tuple[str, int, int]] | None, *, implied: bool = False) -> bool:
        if found is not None:
            value, (words, start, end) = found
            facts.append(Found(fact=fact, value=value, words=words, start=start, end=end, implied=implied))
        return found is not None

    ongoing = ongoing_of(text, events)
    category = category_of(text, events, over=ongoing is not None and ongoing[0] == "no")
    if category is None and (odd := oddity(text, events)) is not None:
        events.failures.append(odd)
    not_used = unused(text)
    if not add("environment", environment_of(text, events)) and not not_used:
        add("environment", implied(text, events), implied=True)
    impact = impact_of(text, events)
    if impact is not None:
        add("impact", (impact[0], text.said(impact[1].first, impact[1].last)))
    add("workaround", workaround_of(text))
    add("ongoing", ongoing)
    add("category", category)
    if events.failures:
        add("service", service_of(text, events))
    return ByRules(facts, case_of(text, events), wishes(text), not_used)
