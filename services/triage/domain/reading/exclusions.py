"""Which clause of SLA B.5 the text gives evidence for: whose doing it is said to be.

Signs add up, each kind once; a proposal takes as many as `ENOUGH`, and is one until a person accepts it. Carriers and
third parties are never proposed on one word alone: it takes two signs, such as a carrier that is named and confirms a
fault, or a receipt that says delivered and a phone that got nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from services.triage.domain.reading.failures import Events
from services.triage.domain.reading.found import Proposal
from services.triage.domain.reading.moods import DENIAL
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

NET, KIT, SOFT, MINE, OUR, YOUR = bits("NET KIT SOFT MINE OUR YOUR")
BLOCKS, BUG, DEPLOYED, CAUSE = bits("BLOCKS BUG DEPLOYED CAUSE")
PARAM, MISSED, RATE, OVER, RULES, OPTOUT, DOCS = bits("PARAM MISSED RATE OVER RULES OPTOUT DOCS")
CHANGED, PRODUCT, STALE, UPDATE, REFUSED = bits("CHANGED PRODUCT STALE UPDATE REFUSED")
INTERNET, REQS, MAJEURE = bits("INTERNET REQS MAJEURE")
CARR, THIRD, BLAME, CLEARS, MOVES = bits("CARR THIRD BLAME CLEARS MOVES")
RECEIPT, LANDLINE, UNDELIVERED, FILTERED = bits("RECEIPT LANDLINE UNDELIVERED FILTERED")
ONLY, OTHER, PLACE, NOTONLY, FAIL, DOWN = bits("ONLY OTHER PLACE NOTONLY FAIL DOWN")
ACT = any_of("ACT")
MESSAGES = any_of("sms verify mms")
HAPPENS = any_of("ACT WORK HEAR SHOW")
ELSEWHERE = any_of("COUNTRY PLACE CARR")
ENOUGH = 4
ORDER = ("II", "I", "c", "b", "e", "g", "d", "a", "f")
"""Where signs weigh the same, the more particular clause comes first."""


@dataclass(slots=True)
class Signs:
    """What speaks for one exclusion: by kind its weight, and the clauses that show it."""

    kinds: dict[str, int] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(self.kinds.values())


@dataclass(slots=True)
class Case:
    """The signs found so far, by the key of the exclusion."""

    text: Text
    events: Events
    signs: dict[str, Signs] = field(default_factory=dict)

    def sign(self, key: str, kind: str, weight: int, clause: Clause) -> None:
        signs = self.signs.setdefault(key, Signs())
        signs.kinds[kind] = max(weight, signs.kinds.get(kind, 0))
        if clause not in signs.clauses:
            signs.clauses.append(clause)


def proposals_of(text: Text, events: Events) -> tuple[Proposal, ...]:
    """The exclusions to propose, the best founded first."""
    case = Case(text, events)
    every = 0
    for clause in text.clauses:
        every |= clause.bits
    for clause in text.clauses:
        if clause.asked:
            continue
        cleared = _cleared(text, clause)
        _own(case, clause, cleared)
        if not cleared and not clause.supposed:
            _nature(case, clause)
        _third(case, clause, every, cleared)
        _carrier(case, clause, every, cleared)
    enough = [key for key, signs in case.signs.items() if signs.weight >= ENOUGH]
    enough.sort(key=lambda key: (-case.signs[key].weight, ORDER.index(key)))
    return tuple(
        Proposal(clause=key, words=tuple(text.said(each.first, each.last - 1)[0] for each in case.signs[key].clauses))
        for key in enough
    )


def _cleared(text: Text, clause: Clause) -> bool:
    """Whether it is denied; a denial that is the failure itself ("has no sound", "is not sent") denies no cause."""
    if clause.bits & CLEARS:
        return True
    if not clause.bits & DENIAL:
        return False
    bits = text.bits
    for place in range(clause.first, clause.last):
        if bits[place] & DENIAL and not any(bits[at] & HAPPENS for at in range(place + 1, min(place + 4, clause.last))):
            return True
    return False


def _own(case: Case, clause: Clause, cleared: bool) -> None:
    """(a), (b), (c), (I), (II): the customer's own things, use, changes, neglect."""
    here, mask = clause.bits, clause.bits | clause.carried
    if here & UPDATE and here & REFUSED and not here & CLEARS:
        case.sign("II", "refused", 4, clause)
    if here & MISSED and mask & PARAM and not here & (DOCS | CLEARS) and not _no_miss(case.text, clause):
        case.sign("b", "missed", 4, clause)
    if here & OPTOUT:
        case.sign("b", "opted out", 4, clause)
    if cleared:
        return
    if here & RATE:
        case.sign("b", "rate", 2, clause)
    if here & OVER:
        case.sign("b", "over", 2, clause)
    if here & STALE and mask & (KIT | NET):
        case.sign("I", "stale", 4, clause)
    if here & CHANGED and mask & PRODUCT:
        case.sign("c", "changed", 4, clause)
    theirs = mask & (YOUR | PRODUCT | CARR | THIRD)
    if here & (NET | KIT) and here & BLOCKS and not theirs:
        case.sign("a", "blocks", 4, clause)
    if here & SOFT and here & BUG and here & (OUR | MINE) and not theirs:
        case.sign("a", "bug", 4, clause)
    if here & DEPLOYED and mask & (OUR | MINE) and here & (CAUSE | SOFT) and not mask & (YOUR | PRODUCT):
        case.sign("a", "deployed", 4, clause)


def _no_miss(text: Text, clause: Clause) -> bool:
    """ "No required parameter is missing": the word before it denies it, and is not the miss itself."""
    bits = text.bits
    for place in range(clause.first, clause.last):
        if bits[place] & MISSED:
            return any(bits[at] & DENIAL and not bits[at] & MISSED for at in range(max(clause.first, place - 5), place))
    return False


def _nature(case: Case, clause: Clause) -> None:
    """(d), (e): the internet at large, published system requirements, force majeure."""
    if clause.bits & INTERNET:
        case.sign("d", "internet", 4, clause)
    if clause.bits & REQS:
        case.sign("d", "requirements", 4, clause)
    if clause.bits & MAJEURE:
        case.sign("e", "force majeure", 4, clause)


def _third(case: Case, clause: Clause, every: int, cleared: bool) -> None:
    """(g): a third party is named, and something is said to be its doing."""
    here, mask = clause.bits, clause.bits | clause.carried
    if mask & THIRD and not cleared and here & BLAME:
        case.sign("g", "blamed", 4 if here & (DOWN | FAIL | CAUSE | MOVES) else 3, clause)
    if here & MOVES and every & THIRD:
        case.sign("g", "moves" if mask & THIRD else "must follow", 2, clause)


def _carrier(case: Case, clause: Clause, every: int, cleared: bool) -> None:
    """(f): a carrier that is blamed, or the only one concerned; what its network does not deliver."""
    here, mask = clause.bits, clause.bits | clause.carried
    failing = any(failure.clause is clause for failure in case.events.failures)
    if here & CARR and not here & (NOTONLY | CLEARS):
        if here & BLAME and not cleared:
            case.sign("f", "blamed", 4, clause)
        elif failing:
            case.sign("f", "concerned", 4 if here & ONLY else 2, clause)
        elif mask & OTHER and not cleared:
            case.sign("f", "others work", 2, clause)
    if here & RECEIPT and not cleared:
        case.sign("f", "receipt", 2, clause)
    if failing and every & RECEIPT and here & ACT and here & DENIAL:
        case.sign("f", "not received", 2, clause)
    if here & LANDLINE:
        case.sign("f", "network code", 4 if failing and not cleared else 2, clause)
    if here & FILTERED and not cleared:
        case.sign("f", "filtered", 2, clause)
    if every & MESSAGES:
        if here & UNDELIVERED:
            case.sign("f", "undelivered", 2, clause)
        if failing and here & PLACE:
            case.sign("f", "place", 1, clause)
        if case.events.contrast is clause and here & ELSEWHERE:
            case.sign("f", "elsewhere", 1, clause)
