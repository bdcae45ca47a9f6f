"""Which clause of SLA B.5 the text gives evidence for: whose doing it is said to be.

Signs add up, each kind once; a proposal takes as much as `ENOUGH`, and is one until a person accepts it. Carriers and
third parties are never proposed on one word alone: it takes two signs, such as a carrier that is named and confirms a
fault, or a receipt that says delivered and a phone that got nothing.
"""

from __future__ import annotations

from datetime import date

from services.triage.domain.reading.carriers import OF_CARRIERS, acquitted, carriers, settle
from services.triage.domain.reading.case import HAPPENS, Case
from services.triage.domain.reading.found import Proposal
from services.triage.domain.reading.frames import OF_FRAMES, frames
from services.triage.domain.reading.happenings import Events
from services.triage.domain.reading.interval import interval_of
from services.triage.domain.reading.moods import DENIAL
from services.triage.domain.reading.own import OF_CUSTOMERS, own
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.thirds import OF_THIRDS, thirds
from services.triage.domain.reading.vocabulary import any_of, bits

NET, KIT, SOFT, MINE, OUR, OWNED, YOUR = bits("NET KIT SOFT MINE OUR OWNED YOUR")
BLOCKS, BUG, DEPLOYED, CAUSE, FOUND, WITHOUTIT = bits("BLOCKS BUG DEPLOYED CAUSE FOUND WITHOUTIT")
MALFORMED, PARAM, MISSED, SETUP, RATE, OVER, OPTOUT = bits("MALFORMED PARAM MISSED SETUP RATE OVER OPTOUT")
DOCS, DOCUMENTED, BCODE, OUTPUT, INPUT = bits("DOCS DOCUMENTED BCODE OUTPUT INPUT")
CHANGED, FORK, PRODUCT, STALE, UPDATE, REFUSED = bits("CHANGED FORK PRODUCT STALE UPDATE REFUSED")
INTERNET, REQS, UNSUPPORTED, SUPPORTS, MAJEURE, SINCE = bits("INTERNET REQS UNSUPPORTED SUPPORTS MAJEURE SINCE")
CLEARS, RECEIPT = bits("CLEARS RECEIPT")
REQUIRES, TRIED, PACKETS, LINE, LOC = bits("REQUIRES TRIED PACKETS LINE LOC")
SECRETLY, NOTDONE, OTHERLINE = bits("SECRETLY NOTDONE OTHERLINE")
CUSTOMERS = OUR | MINE | OWNED
OF_USE = any_of("CHANGED FORK MISSED BUG SETUP MALFORMED OPTOUT RATE OVER DOCUMENTED BCODE REQUIRES NOTDONE REFUSED")
OF_NATURE = any_of("OTHERLINE PACKETS INTERNET REQS UNSUPPORTED MAJEURE")
"""A clause with none of these says nothing of that kind."""
ENOUGH = 4
ORDER = ("II", "I", "c", "b", "e", "g", "d", "a", "f")
"""Where signs weigh the same, the more particular clause comes first."""


def proposals_of(text: Text, events: Events, day: date | None) -> tuple[Proposal, ...]:
    """The exclusions to propose, the best founded first, to the extent of the time that the text names."""
    every = 0
    for clause in text.clauses:
        every |= clause.bits
    case = Case(text, events, every)
    for clause in text.clauses:
        if clause.asked or text.a_topic(clause):
            continue
        if clause.bits & CLEARS:
            if clause.bits & OF_CARRIERS:
                acquitted(case, clause)
            continue
        here, mask = clause.bits, clause.bits | clause.carried
        if here & OF_USE:
            _use(case, clause)
        if not clause.supposed:
            if mask & OF_CUSTOMERS:
                own(case, clause)
            if here & OF_NATURE:
                _nature(case, clause)
            if here & OF_FRAMES:
                frames(case, clause)
        if mask & OF_THIRDS:
            thirds(case, clause)
        if here & OF_CARRIERS or every & RECEIPT:
            carriers(case, clause)
    settle(case)
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


def _use(case: Case, clause: Clause) -> None:
    """(b), (c), (II): how the service is used, changed, kept from updates."""
    here, mask = clause.bits, clause.bits | clause.carried
    if here & UPDATE and here & REFUSED:
        case.sign(Sign.II_REFUSED, 4, clause)
    if (case.says(clause, CHANGED) and mask & (PRODUCT | SECRETLY)) or case.says(clause, FORK):
        case.sign(Sign.C_CHANGED, 4, clause)
    if here & OUTPUT and not here & INPUT:
        return
    if mask & PARAM and not here & DOCS and case.says(clause, MISSED):
        case.sign(Sign.B_MISSED, 4, clause)
    if mask & PARAM and case.says(clause, BUG):
        case.sign(Sign.B_MISTAKE, 4, clause)
    if here & SETUP and here & DENIAL and not case.says(clause, SETUP):
        case.sign(Sign.B_NOT_SET_UP, 4 if here & (PARAM | CAUSE) else 2, clause)
    if case.says(clause, MALFORMED):
        case.sign(Sign.B_MALFORMED, 4, clause)
    if here & OPTOUT:
        case.sign(Sign.B_OPTED_OUT, 4, clause)
    for sign, classes, weight in (
        (Sign.B_RATE, RATE, 2),
        (Sign.B_OVER, OVER, 2),
        (Sign.B_DOCUMENTED, DOCUMENTED, 2),
        (Sign.B_CODE, BCODE, 3),
        (Sign.B_REQUIRES, REQUIRES, 2 if mask & PARAM else 1),
        (Sign.B_NOT_DONE, NOTDONE, 3),
    ):
        if case.says(clause, classes):
            case.sign(sign, weight, clause)


def _nature(case: Case, clause: Clause) -> None:
    """(d), (e): the internet at large, published system requirements, force majeure."""
    if clause.bits & TRIED:
        return
    if clause.bits & OTHERLINE and (case.fails(clause) or not clause.bits & HAPPENS):
        case.against(Sign.D_CLEARED, 6)
        return
    if clause.bits & PACKETS and case.fails(clause):
        case.sign(Sign.D_PACKETS, 4 if clause.bits & (LINE | LOC) or _of_a_line(case) else 2, clause)
    if case.says(clause, INTERNET):
        case.sign(Sign.D_INTERNET, 4, clause)
    if case.says(clause, REQS) or (clause.bits & UNSUPPORTED and (clause.bits | clause.carried) & SUPPORTS):
        case.sign(Sign.D_REQUIREMENTS, 4, clause)
    if case.says(clause, MAJEURE) and not case.figurative(clause, MAJEURE):
        case.sign(Sign.E_FORCE_MAJEURE, 4 if case.fails(clause) or clause.bits & (CAUSE | SINCE) else 2, clause)


def _of_a_line(case: Case) -> bool:
    return bool(case.every & LINE)
