"""Signs that take a sentence: a thing and whose it is, what ails it, what was left undone, what a rule demands.

A single word here is no sign. Each is two or three things said together, in one clause or in clauses that belong
together (a sentence, and the one before it where it goes on with "it"), and none of them denied.
"""

from __future__ import annotations

from services.triage.domain.reading.case import Case
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import IF, NIL, WHEN
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.vocabulary import any_of, bits

NET, KIT, SOFT, MINE, OUR, OWNED, YOUR = bits("NET KIT SOFT MINE OUR OWNED YOUR")
CARR, NETWORKS, THIRD, CHANNEL, PRODUCT, TRIED, TOO = bits("CARR NETWORKS THIRD CHANNEL PRODUCT TRIED TOO")
HOSTED, BUILT, AILS, CULPRIT, SOLVES, MENDS, REPLIES = bits("HOSTED BUILT AILS CULPRIT SOLVES MENDS REPLIES")
OMITTED, PREPARED, RULEBOOK, DEMANDS, AGEABLE, BELOW, STALE = bits(
    "OMITTED PREPARED RULEBOOK DEMANDS AGEABLE BELOW STALE"
)
ONTRIAL, MISGAVE, AMISS, GIVEN, CONSENTLESS = bits("ONTRIAL MISGAVE AMISS GIVEN CONSENTLESS")
PACED, ALLOWANCE, RUNTIME, REQMIN, WEAKNET, BADLINE = bits("PACED ALLOWANCE RUNTIME REQMIN WEAKNET BADLINE")
NATURE, RAVAGE, DESTROYS, SPAMLABEL, OWNFAULT = bits("NATURE RAVAGE DESTROYS SPAMLABEL OWNFAULT")
AGED, NEWER, STAYS, INTERNET, MAJEURE = bits("AGED NEWER STAYS INTERNET MAJEURE")
CLEARS, OTHERLINE, ERR, FELL, OUTPUT, INPUT, SVC = bits("CLEARS OTHERLINE ERR FELL OUTPUT INPUT SVC")
OWNCONFIG, VAIN = bits("OWNCONFIG VAIN")
POSSESSOR = OUR | MINE | OWNED
THINGS = NET | KIT | SOFT | HOSTED | BUILT
EQUIPMENT = NET | KIT | HOSTED
OTHERS = CARR | THIRD | INTERNET | MAJEURE | NATURE
OF_FRAMES = any_of(
    "AILS FELL CULPRIT SOLVES REPLIES OMITTED DEMANDS ONTRIAL AMISS CONSENTLESS PACED ALLOWANCE REQMIN"
    " WEAKNET NATURE RAVAGE SPAMLABEL OWNFAULT AGED STAYS"
)
"""A clause with none of these makes no frame."""
NEAR = 3
"""So many words before a thing may say whose it is."""


def frames(case: Case, clause: Clause) -> None:
    """Note the signs of one clause that is stated, with what belongs to it."""
    here = clause.bits
    if case.text.bits[clause.first] & (WHEN | IF) or here & VAIN or (here & TRIED and not here & SOLVES):
        return
    around = _around(case, clause)
    if not here & OTHERS:
        _own(case, clause)
        _use(case, clause, around)
        _kept(case, clause, around)
    _nature(case, clause, around)
    _others(case, clause)


def _around(case: Case, clause: Clause) -> int:
    """The classes of what is stated in its sentence, and in the sentence before it."""
    found = 0
    for sentence in case.text.sentences[max(clause.sentence - 1, 0) : clause.sentence + 1]:
        for other in sentence.clauses:
            if not (other.asked or other.hearsay):
                found |= other.bits
    return found


def _own(case: Case, clause: Clause) -> None:
    """(a): a thing of the customer that ails, is found to be the cause, or is mended, and with it the issue."""
    here = clause.bits
    if not here & THINGS or here & PRODUCT:
        return
    owned = _owned(case, clause)
    if here & YOUR and not (owned and here & OWNCONFIG):
        return
    theirs = owned or here & (NET | BUILT)
    if theirs and here & (EQUIPMENT | BUILT) and not here & STALE and case.says(clause, AILS, strictly=True):
        case.sign(Sign.A_AILS, 4, clause)
    if (owned or here & NET) and here & HOSTED and case.says(clause, FELL, strictly=True):
        case.sign(Sign.A_FELL, 4, clause)
    if theirs and case.says(clause, CULPRIT, strictly=True):
        case.sign(Sign.A_CULPRIT, 4, clause)
    if owned and here & REPLIES and here & (ERR | DENIAL) and here & EQUIPMENT and _answers_badly(case, clause):
        case.sign(Sign.A_REPLIES, 4, clause)
    if here & MENDS and here & SOLVES and not here & DENIAL and (theirs or here & KIT):
        case.sign(Sign.A_MENDED, 4, clause)


def _owned(case: Case, clause: Clause) -> bool:
    """Whether something in it is said to be the customer's: "our handler", "the reporter's own server"."""
    bits, words = case.text.bits, case.text.words
    things = [place for place in range(clause.first, clause.last) if bits[place] & THINGS]
    if any(any(bits[at] & POSSESSOR for at in range(max(clause.first, place - NEAR), place + 1)) for place in things):
        return True
    return bool(case.every & OWNED) and any(words[place].removesuffix("'s") in case.owned for place in things)


def _answers_badly(case: Case, clause: Clause) -> bool:
    """Whether a thing of the customer answers with an error, or does not answer; not what it is answered."""
    bits, words = case.text.bits, case.text.words
    verb = next(place for place in range(clause.first, clause.last) if bits[place] & REPLIES)
    if not clause.bits & ERR and not any(mask & DENIAL for mask in bits[max(clause.first, verb - 2) : verb]):
        return False
    things = [at for at in range(clause.first, verb) if bits[at] & EQUIPMENT]
    if things:
        return not any(mask & SVC for mask in bits[things[-1] + 1 : verb])  # "on our server every request returns 503"
    return any(word == "by" for word in words[verb : verb + 3]) and any(
        bits[at] & EQUIPMENT for at in range(verb, min(verb + 7, clause.last))
    )


def _use(case: Case, clause: Clause, around: int) -> None:
    """(b): a step left out, a value that is not what is asked for, a rule, a rate, a consent that is missing."""
    here = clause.bits
    if here & RULEBOOK and here & DEMANDS:
        case.sign(Sign.B_DEMANDED, 4 if case.events.failures else 3, clause)
    if here & YOUR or (here & OUTPUT and not here & INPUT):
        return
    if here & OMITTED and here & PREPARED and _left_undone(case, clause):
        case.sign(Sign.B_OMITTED, 4, clause)
    if case.says(clause, ONTRIAL) and not case.text.sentences[clause.sentence].title:
        case.sign(Sign.B_TRIAL, 4, clause)
    if here & AMISS and here & GIVEN and (here & MISGAVE or around & MISGAVE):
        case.sign(Sign.B_AMISS, 4, clause)
    if case.says(clause, CONSENTLESS):
        case.sign(Sign.B_CONSENT, 4, clause)
    paced = here & ALLOWANCE and here & (PACED | RULEBOOK) and around & PACED
    if paced and not here & BELOW and case.events.failures:
        case.sign(Sign.B_PACED, 4, clause)


def _left_undone(case: Case, clause: Clause) -> bool:
    """Whether the step comes soon after its denial: "had not been verified", "has no application attached"."""
    bits = case.text.bits
    return any(
        bits[place] & OMITTED and any(bits[at] & PREPARED for at in range(place + 1, min(place + 6, clause.last)))
        for place in range(clause.first, clause.last)
    )


def _kept(case: Case, clause: Clause, around: int) -> None:
    """(I), (II): equipment that nobody looked after, an update that is there and not taken."""
    here = clause.bits
    if here & AGED and around & (EQUIPMENT | AGEABLE) and not here & (SOFT | YOUR) and not around & NEWER:
        case.sign(Sign.I_AGED, 4, clause)
    if here & STAYS and around & (NEWER | PRODUCT):
        case.sign(Sign.II_STAYS, 5, clause)


def _nature(case: Case, clause: Clause, around: int) -> None:
    """(d), (e): what a version or a line must have, and has not; what was destroyed."""
    here = clause.bits
    if here & OTHERLINE or here & CLEARS:
        return
    if here & REQMIN and around & RUNTIME:
        case.sign(Sign.D_MINIMUM, 4, clause)
    if case.says(clause, WEAKNET) and (here & BADLINE or case.goes_with_failure(clause)):
        case.sign(Sign.D_WEAK, 4, clause)
    if (
        case.says(clause, NATURE, strictly=True)
        and not case.figurative(clause, NATURE)
        and (here & DESTROYS or case.goes_with_failure(clause))
    ):
        case.sign(Sign.E_NATURE, 4, clause)
    if here & RAVAGE and around & DESTROYS and not here & DENIAL:
        case.sign(Sign.E_RAVAGE, 4, clause)


def _others(case: Case, clause: Clause) -> None:
    """(f), (g): a carrier's label on calls, and what carriers and third parties are said to do."""
    here, mask = clause.bits, clause.bits | clause.carried
    if mask & CARR and case.says(clause, SPAMLABEL):
        case.sign(Sign.F_LABEL, 4, clause)
    if not case.says(clause, OWNFAULT, strictly=True) or here & TOO:
        return
    if mask & THIRD or (mask & CHANNEL and case.by(clause, CHANNEL)):
        case.sign(Sign.G_OWN_FAULT, 4, clause)
    elif mask & (CARR | NETWORKS) and not here & NIL and mask & CARR:
        case.sign(Sign.F_OWN_FAULT, 4, clause)
    elif here & NETWORKS and not here & (POSSESSOR | INTERNET) and case.goes_with_failure(clause):
        case.sign(Sign.F_OWN_FAULT, 3, clause)
