"""Signs of how the service is used, SLA B.5 (b), is changed (c), is kept from updates (II)."""

from __future__ import annotations

from services.triage.domain.reading.case import Case
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.updates import left_out, turned_down
from services.triage.domain.reading.vocabulary import any_of, bits

MALFORMED, PARAM, MISSED, SETUP, RATE, OVER, OPTOUT = bits("MALFORMED PARAM MISSED SETUP RATE OVER OPTOUT")
DOCS, DOCUMENTED, BCODE, OUTPUT, INPUT, BUG, CAUSE = bits("DOCS DOCUMENTED BCODE OUTPUT INPUT BUG CAUSE")
CHANGED, FORK, PRODUCT, REQUIRES = bits("CHANGED FORK PRODUCT REQUIRES")
SECRETLY, NOTDONE, RIGHTS, GIVEN, YOUR, RULEBOOK, UNSUPPORTED = bits(
    "SECRETLY NOTDONE RIGHTS GIVEN YOUR RULEBOOK UNSUPPORTED"
)
BELONGS, TOOBIG, PERMITTED, WINDOW, SHARED, INITED = bits("BELONGS TOOBIG PERMITTED WINDOW SHARED INITED")
BEFORE, COUNT, NIL, ALL = bits("BEFORE COUNT NIL ALL")
OF_FITTING = any_of("BELONGS TOOBIG WINDOW SHARED BEFORE NIL")
OWNER = any_of("APPLICANT")
BADCODE = any_of("BADCODE")
PLACES, TRAFFIC = any_of("HEAD OUTPUT"), any_of("TRAFFIC")
HAS = frozenset(("has", "have", "had", "tiene", "a", "avait", "tem", "hat", "hatte"))
CANNOT = frozenset(
    (
        "cannot",
        "can't",
        "couldn't",
        "unable",
        "impossible",
        "puede",
        "pueden",
        "peut",
        "pode",
        "podem",
        "kann",
        "können",
    )
)
OF_USE = any_of(
    "CHANGED FORK MISSED BUG SETUP MALFORMED OPTOUT RATE OVER DOCUMENTED BCODE REQUIRES NOTDONE UPDATE RIGHTS"
    " STILL UNSUPPORTED BELONGS TOOBIG WINDOW SHARED INITED NIL"
)
"""A clause with none of these says nothing of that kind."""


def use(case: Case, clause: Clause) -> None:
    """Note the signs of one clause."""
    here, mask = clause.bits, clause.bits | clause.carried
    if turned_down(case.text, clause):
        case.sign(Sign.II_REFUSED, 4, clause)
    if left_out(case.text, clause):
        case.sign(Sign.II_STAYS, 5, clause)
    if (case.says(clause, CHANGED) and mask & (PRODUCT | SECRETLY)) or case.says(clause, FORK):
        case.sign(Sign.C_CHANGED, 4, clause)
    if here & OUTPUT and not here & INPUT:
        return
    if mask & PARAM and not here & DOCS and case.says(clause, MISSED) and not _elsewhere(case, clause):
        case.sign(Sign.B_MISSED, 4, clause)
    if mask & PARAM and case.says(clause, BUG):
        case.sign(Sign.B_MISTAKE, 4, clause)
    if here & SETUP and here & DENIAL and not case.says(clause, SETUP) and not _cannot(case, clause):
        case.sign(Sign.B_NOT_SET_UP, 4 if here & (PARAM | CAUSE) else 2, clause)
    if case.says(clause, MALFORMED):
        case.sign(Sign.B_MALFORMED, 4, clause)
    if here & OPTOUT:
        case.sign(Sign.B_OPTED_OUT, 4, clause)
    if case.events.failures and here & OF_FITTING:
        _fits(case, clause)
    if here & RIGHTS and mask & (PARAM | GIVEN) and case.events.failures and not here & YOUR:
        case.sign(Sign.B_RIGHTS, 4, clause)
    if here & UNSUPPORTED and here & (GIVEN | DOCS) and not here & PRODUCT and case.events.failures:
        case.sign(Sign.B_UNFIT, 3, clause)
    for sign, classes, weight in (
        (Sign.B_RATE, RATE, 2),
        (Sign.B_OVER, OVER, 4 if here & (DOCS | RULEBOOK) and case.events.failures else 2),
        (Sign.B_DOCUMENTED, DOCUMENTED, 2),
        (Sign.B_CODE, BCODE, 4 if here & BADCODE and case.fails(clause) else 3),
        (Sign.B_REQUIRES, REQUIRES, 2 if mask & PARAM else 1),
        (Sign.B_NOT_DONE, NOTDONE, 0 if here & SETUP and _cannot(case, clause) else 3),
    ):
        if weight and case.says(clause, classes):
            case.sign(sign, weight, clause)


def _fits(case: Case, clause: Clause) -> None:
    """What is asked for that cannot be: of another account, too big, too early, by two at once, after the window."""
    here = clause.bits
    if here & BELONGS and here & (GIVEN | PARAM):
        case.sign(Sign.B_BELONGS, 4, clause)
    if here & TOOBIG and here & PERMITTED and not here & DENIAL:
        case.sign(Sign.B_TOO_BIG, 4, clause)
    if here & WINDOW:
        case.sign(Sign.B_WINDOW, 4, clause)
    if here & SHARED and here & (COUNT | ALL | PARAM | GIVEN) and not here & DENIAL:
        case.sign(Sign.B_SHARED, 4, clause)
    bits = case.text.bits
    for place in range(clause.first, clause.last):
        after = 0
        for at in range(place + 1, min(place + 6, clause.last)):
            after |= bits[at]
        if bits[place] & BEFORE and after & INITED and not after & DENIAL:
            case.sign(Sign.B_TOO_EARLY, 4, clause)
        if bits[place] & NIL and place > clause.first + 1 and case.text.words[place - 1] in HAS:
            lacks = bits[place + 1 : min(place + 3, clause.last)]
            before = bits[clause.first : place - 1]
            if (
                any(mask & OWNER for mask in before)
                and not any(mask & TRAFFIC for mask in before)
                and any(mask & PARAM for mask in lacks)
            ):
                case.sign(Sign.B_LACKS, 4, clause)


def _elsewhere(case: Case, clause: Clause) -> bool:
    """Whether something is missing from a log or a list, not from what was sent: "is missing in the call log"."""
    bits, words = case.text.bits, case.text.words
    return any(
        bits[place] & MISSED
        and words[place + 1] in ("in", "from", "en", "dans", "no", "im", "aus")
        and any(bits[at] & PLACES for at in range(place + 2, min(place + 6, clause.last)))
        for place in range(clause.first, clause.last - 1)
    )


def _cannot(case: Case, clause: Clause) -> bool:
    """Whether it cannot be done, or does not happen, and is nothing left undone: "texts are not registered"."""
    bits, words = case.text.bits, case.text.words
    return any(
        bits[place] & SETUP
        and any(words[at] in CANNOT or bits[at] & TRAFFIC for at in range(max(clause.first, place - 5), place))
        for place in range(clause.first, clause.last)
    )
