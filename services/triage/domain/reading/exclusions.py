"""Which clause of SLA B.5 the text gives evidence for: whose doing it is said to be.

Signs add up, each kind once; a proposal takes as much as `ENOUGH`, and is one until a person accepts it. Carriers and
third parties are never proposed on one word alone: it takes two signs, such as a carrier that is named and confirms a
fault, or a receipt that says delivered and a phone that got nothing.
"""

from __future__ import annotations

from datetime import date

from services.triage.domain.reading.carriers import OF_CARRIERS, acquitted, carriers, settle
from services.triage.domain.reading.case import Case
from services.triage.domain.reading.customers import OF_STORIES, customers
from services.triage.domain.reading.found import Proposal
from services.triage.domain.reading.frames import OF_FRAMES, frames
from services.triage.domain.reading.happenings import Events
from services.triage.domain.reading.interval import interval_of
from services.triage.domain.reading.nature import OF_NATURE, nature
from services.triage.domain.reading.own import OF_CUSTOMERS, own
from services.triage.domain.reading.text import Text
from services.triage.domain.reading.thirds import OF_THIRDS, thirds
from services.triage.domain.reading.use import OF_USE, use
from services.triage.domain.reading.vocabulary import any_of, bits

CLEARS, RECEIPT, OWNTEAM, WILL = bits("CLEARS RECEIPT OWNTEAM WILL")
POLITE, ASK = bits("POLITE ASK")
HEDGES = any_of("MAY MAYBE UNSURE OUGHT SUSPECTS")
ENOUGH = 4
ORDER = ("II", "I", "c", "b", "e", "g", "d", "a", "f")
"""Where signs weigh the same, the more particular clause comes first."""


def case_of(text: Text, events: Events) -> Case:
    """The signs that the text gives, for clauses and against them."""
    every = 0
    for clause in text.clauses:
        every |= clause.bits
    case = Case(text, events, every)
    for clause in text.clauses:
        if clause.asked or text.a_topic(clause) or (clause.bits & POLITE and clause.bits & ASK):
            continue
        if clause.bits & CLEARS:
            if clause.bits & OF_CARRIERS and not acquitted(case, clause) and clause in events.works:
                carriers(case, clause)
            if clause in events.works:
                customers(case, clause)
            continue
        here, mask = clause.bits, clause.bits | clause.carried
        if here & OF_USE:
            use(case, clause)
        if not clause.supposed or (here & OWNTEAM and here & WILL and not here & HEDGES):
            if mask & OF_CUSTOMERS:
                own(case, clause)
            if here & OF_STORIES:
                customers(case, clause)
            if here & OF_NATURE:
                nature(case, clause)
            if here & OF_FRAMES:
                frames(case, clause)
        if mask & OF_THIRDS:
            thirds(case, clause)
        if here & OF_CARRIERS or every & RECEIPT:
            carriers(case, clause)
    settle(case)
    return case


def proposals_of(case: Case, day: date | None) -> tuple[Proposal, ...]:
    """The exclusions to propose, the best founded first, to the extent of the time that the text names."""
    text = case.text
    enough = [key for key, signs in case.signs.items() if signs.weight >= ENOUGH]
    enough.sort(key=lambda key: (-case.signs[key].weight, ORDER.index(key)))
    if not enough:
        return ()
    begins, ends = interval_of(text.text, day)
    return tuple(
        Proposal(
            clause=key,
            words=tuple(text.said(each.first, each.last - 1)[0] for each in case.signs[key].clauses),
            from_=begins,
            to=ends,
        )
        for key in enough
    )
