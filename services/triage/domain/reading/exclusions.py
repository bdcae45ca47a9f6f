"""Which clause of SLA B.5 the text gives evidence for: whose doing it is said to be.

A proposal, until a person accepts it. Carriers and third parties are never proposed on one word alone: it takes two
signs, such as a carrier that is named and confirms a fault, or a receipt that says delivered and a phone without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from services.triage.domain.reading.failures import Events
from services.triage.domain.reading.found import Proposal
from services.triage.domain.reading.moods import DENIAL, NEG, NIL
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bit, bits

NET, KIT, SOFT, MINE, OUR, BLOCKS = bits("NET KIT SOFT MINE OUR BLOCKS")
PARAM, MISSED, RATE, RULES, DOCS = bits("PARAM MISSED RATE RULES DOCS")
CHANGED, PRODUCT, INTERNET, REQS, SUPPORTS = (
    bit("CHANGED"),
    bit("PRODUCT"),
    bit("INTERNET"),
    bit("REQS"),
    bit("SUPPORTS"),
)
MAJEURE, CARR, THIRD, BLAME, CLEARS = bits("MAJEURE CARR THIRD BLAME CLEARS")
RECEIPT, LANDLINE, STALE, REFUSED, UPDATE = bits("RECEIPT LANDLINE STALE REFUSED UPDATE")
DEPLOYED, CAUSE, ONLY, OTHER, PLACE = bits("DEPLOYED CAUSE ONLY OTHER PLACE")
ACT, WORK, FINE, FAIL, LOSS, DEG, DOWN = bits("ACT WORK FINE FAIL LOSS DEG DOWN")
YOUR, MOVES, WILL, ALL, ANY, NOTONLY = bits("YOUR MOVES WILL ALL ANY NOTONLY")
UNDELIVERED, FILTERED, TRIES, AND, COUNTRY = (
    bit("UNDELIVERED"),
    bit("FILTERED"),
    bit("TRIES"),
    bit("AND"),
    bit("COUNTRY"),
)
DELIVERY = any_of("sms verify mms")
ENOUGH = 2
ORDER = ("II", "I", "c", "b", "e", "g", "d", "a", "f")
"""Where signs are as many, the more particular one comes first."""


@dataclass(slots=True)
class Case:
    """What speaks for one exclusion: how much, and the clauses whose words say it."""

    signs: int = 0
    clauses: list[Clause] = field(default_factory=list)


def proposals_of(text: Text, events: Events) -> tuple[Proposal, ...]:
    """The exclusions to propose, the best founded first."""
    cases: dict[str, Case] = {}

    def sign(key: str, signs: int, clause: Clause) -> None:
        case = cases.setdefault(key, Case())
        case.signs += signs
        if clause not in case.clauses:
            case.clauses.append(clause)

    for clause in text.clauses:
        if not clause.asked:
            _own(clause, sign)
            if not clause.supposed:
                _nature(clause, sign)
            _others(clause, sign)
    _carrier(text, events, sign)
    enough = [key for key, case in cases.items() if case.signs >= ENOUGH]
    enough.sort(key=lambda key: (-cases[key].signs, ORDER.index(key)))
    return tuple(
        Proposal(clause=key, words=tuple(text.said(clause.first, clause.last - 1)[0] for clause in cases[key].clauses))
        for key in enough
    )


Sign = Callable[[str, int, Clause], None]


def _own(clause: Clause, sign: Sign) -> None:
    """(a), (b), (c), (I), (II): the customer's own things, use, changes, neglect."""
    mask = clause.bits | clause.carried
    here = clause.bits
    cleared = here & (NEG | NIL | CLEARS)
    if here & UPDATE and here & REFUSED and (not here & NIL):
        sign("II", 2, clause)
    if here & STALE and mask & (KIT | NET) and not cleared_but(here, STALE):
        sign("I", 2, clause)
    if here & CHANGED and mask & PRODUCT and not cleared:
        sign("c", 2, clause)
    if here & MISSED and mask & PARAM and not here & NIL and not here & DOCS:
        sign("b", 2, clause)
    if here & RATE and not here & CLEARS:
        sign("b", 1 + (here & (RULES | FAIL) != 0), clause)
    if here & RULES and here & (MISSED | BLOCKS) and here & (PARAM | RULES) and not cleared and here & AGAINST:
        sign("b", 2, clause)
    if not cleared:
        if (here & (NET | KIT) and here & BLOCKS) or (
            here & SOFT and here & BLOCKS and here & (OUR | MINE) and not here & (YOUR | PRODUCT)
        ):
            sign("a", 2, clause)
        if here & DEPLOYED and mask & (OUR | MINE) and here & (CAUSE | SOFT) and not mask & (YOUR | PRODUCT):
            sign("a", 2, clause)


AGAINST = bit("AGAINST")


def cleared_but(mask: int, classes: int) -> bool:
    """Whether the clause denies it: some words of neglect are themselves negations ("not renewed")."""
    return bool(mask & (NEG | NIL | CLEARS))


def _nature(clause: Clause, sign: Sign) -> None:
    """(d), (e): the internet at large, system requirements, force majeure."""
    here = clause.bits
    if here & (NEG | NIL | CLEARS):
        return
    if here & INTERNET:
        sign("d", 2, clause)
    if here & REQS:
        sign("d", 2, clause)
    if here & MAJEURE:
        sign("e", 2, clause)


def _others(clause: Clause, sign: Sign) -> None:
    """(g): a third party is named and something is said to be its doing."""
    mask, here = clause.bits | clause.carried, clause.bits
    if here & (NIL | CLEARS) or (here & NEG and not here & MOVES):
        return
    if mask & THIRD and here & BLAME:
        sign("g", 1 + (here & (DOWN | CAUSE | FAIL | MOVES) != 0), clause)
    if mask & THIRD and here & MOVES:
        sign("g", 1, clause)


def _carrier(text: Text, events: Events, sign: Sign) -> None:
    """(f): signs add up over the text."""
    failing = [failure.clause for failure in events.failures]
    delivery = any(clause.bits & (DELIVERY | UNDELIVERED) for clause in text.clauses)
    for clause in text.clauses:
        here = clause.bits
        if clause.asked or here & CLEARS:
            continue
        mask = here | clause.carried
        if here & CARR and not here & NOTONLY:
            if (here & BLAME and not here & (NIL | NEG)) or (clause in failing and here & ONLY):
                sign("f", 2, clause)
            elif clause in failing:
                sign("f", 1, clause)
        if here & CARR and mask & OTHER and not here & DENIAL:
            sign("f", 1, clause)
        if here & RECEIPT and not here & DENIAL:
            sign("f", 1, clause)
        if here & LANDLINE and not here & NIL:
            sign("f", 1 + (clause in failing), clause)
        if here & FILTERED and not here & DENIAL:
            sign("f", 1, clause)
        if clause in failing and delivery:
            if here & PLACE:
                sign("f", 1, clause)
            if here & UNDELIVERED:
                sign("f", 1, clause)
    if delivery and events.contrast is not None and events.contrast.bits & (COUNTRY | PLACE | CARR):
        sign("f", 1, events.contrast)
    if any(clause.bits & RECEIPT for clause in text.clauses):
        for clause in failing:
            if clause.bits & DENIAL and clause.bits & ACT:
                sign("f", 1, clause)
                break
