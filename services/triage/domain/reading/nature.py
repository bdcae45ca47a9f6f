"""Signs of the internet at large and of system requirements, SLA B.5 (d), and of force majeure (e)."""

from __future__ import annotations

from services.triage.domain.reading.case import HAPPENS, Case
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.vocabulary import any_of, bits

INTERNET, REQS, UNSUPPORTED, SUPPORTS, MAJEURE, SINCE = bits("INTERNET REQS UNSUPPORTED SUPPORTS MAJEURE SINCE")
TRIED, PACKETS, LINE, LOC, OTHERLINE, CAUSE = bits("TRIED PACKETS LINE LOC OTHERLINE CAUSE")
ATTACK, GOVERNMENT, ORDERS, NETNOUN, ACQUITS, BLAME = bits("ATTACK GOVERNMENT ORDERS NETNOUN ACQUITS BLAME")
TROUBLE = any_of("FAIL DOWN LOSS DEG PROB ERR")
EQUIPMENT, CUSTOMERS = any_of("NET KIT"), any_of("OUR MINE OWNED")
PROVIDERS = any_of("CARR NETNOUN THIRD")
OF_NATURE = any_of("OTHERLINE PACKETS INTERNET REQS UNSUPPORTED MAJEURE ATTACK GOVERNMENT")
"""A clause with none of these says nothing of that kind."""


def nature(case: Case, clause: Clause) -> None:
    """Note the signs of one clause that is stated."""
    if clause.bits & TRIED:
        return
    if clause.bits & OTHERLINE and (case.fails(clause) or not clause.bits & HAPPENS):
        case.against(Sign.D_CLEARED, 6)
        return
    if clause.bits & PACKETS and case.fails(clause) and not _on_a_thing_of_theirs(case, clause):
        case.sign(Sign.D_PACKETS, 4 if clause.bits & (LINE | LOC) or _of_a_line(case) else 2, clause)
    if clause.bits & INTERNET and not (clause.bits & PACKETS and _on_a_thing_of_theirs(case, clause)):
        if clause.bits & ACQUITS or case.denies(clause, TROUBLE):
            case.against(Sign.D_CLEARED, 6)
            return
        if case.says(clause, INTERNET):
            bare = clause.bits & NETNOUN and not (case.fails(clause) or clause.bits & (TROUBLE | CAUSE | BLAME))
            case.sign(Sign.D_INTERNET, 2 if bare else 4, clause)
    if case.says(clause, REQS) or (clause.bits & UNSUPPORTED and (clause.bits | clause.carried) & SUPPORTS):
        case.sign(Sign.D_REQUIREMENTS, 4, clause)
    if clause.bits & ATTACK and case.events.failures and case.says(clause, ATTACK):
        case.sign(Sign.E_ATTACK, 4, clause)
    if clause.bits & GOVERNMENT and case.events.failures and case.says(clause, ORDERS):
        case.sign(Sign.E_ORDERED, 4, clause)
    if case.says(clause, MAJEURE) and not case.figurative(clause, MAJEURE):
        case.sign(
            Sign.E_FORCE_MAJEURE, 4 if case.goes_with_failure(clause) or clause.bits & (CAUSE | SINCE) else 2, clause
        )


def _on_a_thing_of_theirs(case: Case, clause: Clause) -> bool:
    """Whether packets are lost by what the customer is said to own: "our router dropped packets"."""
    bits = case.text.bits
    packets = next(at for at in range(clause.first, clause.last) if bits[at] & PACKETS)
    return not clause.bits & (LINE | PROVIDERS) and any(
        bits[at] & EQUIPMENT and any(mask & CUSTOMERS for mask in bits[max(clause.first, at - 3) : at])
        for at in range(clause.first, packets)
    )


def _of_a_line(case: Case) -> bool:
    return bool(case.every & LINE)
