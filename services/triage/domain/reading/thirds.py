"""Signs that it is a third party's doing, SLA B.5 (g): a fault, a rule or a limit of Meta, Apple, Google, a host."""

from __future__ import annotations

from services.triage.domain.reading.case import Case
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.vocabulary import any_of, bits

THIRD, CHANNEL, MOVES, BLAME, INDICATES = bits("THIRD CHANNEL MOVES BLAME INDICATES")
YOUR, OUR, RULED, GCODE, ACQUITS, DOCS = bits("YOUR OUR RULED GCODE ACQUITS DOCS")
SUSPECTS, FINE, WORK, ANNOUNCES = bits("SUSPECTS FINE WORK ANNOUNCES")
CHANGED = any_of("CHANGE CHANGED DEPLOYED MOVES")
DENIAL = any_of("NEG NIL")
OF_THIRDS = any_of("THIRD CHANNEL MOVES GCODE")
"""A clause with none of these says nothing of that kind."""


def thirds(case: Case, clause: Clause) -> None:
    """Note the signs of one clause."""
    here, mask = clause.bits, clause.bits | clause.carried
    fails = case.fails(clause)
    if here & THIRD and not fails and (here & (ACQUITS | WORK) or (here & FINE and not here & DENIAL)):
        case.against(Sign.G_CLEARED, 6)
        return
    if here & YOUR and not here & THIRD:
        return
    if mask & THIRD:
        announced = here & ANNOUNCES and case.then(clause, THIRD, ANNOUNCES, 3)
        if announced or case.says(clause, BLAME, strictly=True) or (fails and case.by(clause, THIRD)):
            case.sign(Sign.G_BLAMED, 4, clause)
        elif here & INDICATES:
            case.sign(Sign.G_INDICATED, 1 if case.hedged(clause) else 4 if here & CHANGED else 2, clause)
        if fails and _does_not(case, clause):
            case.sign(Sign.G_FAILS, 4, clause)
    if (
        here & (THIRD | CHANNEL)
        and case.events.failures
        and (not here & OUR or _does(case, clause))
        and case.says(clause, RULED, strictly=True)
    ):
        theirs = here & THIRD or case.by(clause, CHANNEL) or _does(case, clause)
        case.sign(Sign.G_RULED, 4 if theirs else 3, clause)
    if here & GCODE and case.events.failures:
        case.sign(Sign.G_CODE, 4 if fails else 3, clause)
    if here & MOVES and case.every & (THIRD | CHANNEL):
        case.sign(Sign.G_MOVES if mask & (THIRD | CHANNEL) else Sign.G_MUST_FOLLOW, 2, clause)


def _does(case: Case, clause: Clause) -> bool:
    """Whether the channel itself does it: "WhatsApp limits", "WhatsApp has paused"."""
    bits = case.text.bits
    return any(
        bits[place] & CHANNEL and any(bits[at] & RULED for at in range(place + 1, min(place + 4, clause.last)))
        for place in range(clause.first, clause.last)
    )


def _does_not(case: Case, clause: Clause) -> bool:
    """Whether it is said to leave something undone: "Zapier does not pass them on"."""
    bits = case.text.bits
    return any(
        bits[place] & THIRD and any(bits[at] & DENIAL for at in range(place + 1, min(place + 3, clause.last)))
        for place in range(clause.first, min(clause.first + 3, clause.last))
    )
