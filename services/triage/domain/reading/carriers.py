"""Signs that it is a carrier's doing, SLA B.5 (f): which network is concerned, what its receipts and codes say.

A carrier's name is no sign by itself. That one network is concerned counts together with others that work, with a
code or a receipt of the network, or with what the carrier says of itself. A carrier that is said not to be at fault, or
never to have got what was sent, takes from it more than all of that gives.
"""

from __future__ import annotations

from services.triage.domain.reading.case import Case
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import NEG, NIL
from services.triage.domain.reading.scope import affirms
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.vocabulary import any_of, bits

CARR, NETNAME, NETWORKS, PORT, BLAME, INDICATES = bits("CARR NETNAME NETWORKS PORT BLAME INDICATES")
ONLY, ONE, ALL, OTHER, ANOTHERONE, PLACE, NOTONLY = bits("ONLY ONE ALL OTHER ANOTHERONE PLACE NOTONLY")
TOO, SUSPECTS, RISKS, SAY, ACT, BUT, TRIED = bits("TOO SUSPECTS RISKS SAY ACT BUT TRIED")
RECEIPT, LANDLINE, UNDELIVERED, FILTERED, REGISTER = bits("RECEIPT LANDLINE UNDELIVERED FILTERED REGISTER")
THEIRSIDE, ACQUITS, GOT, INTERNET = bits("THEIRSIDE ACQUITS GOT INTERNET")
CALLS = any_of("voice sip-trunking rcs whatsapp")
MESSAGES = any_of("sms verify mms")
RUNS = any_of("WORK FINE ACT RETURN HEAR")
SVC, LOSS, ONPHONE = bits("SVC LOSS ONPHONE")
INSIDE = any_of("LOC OUR MINE KIT NET SITE TRADE")
PROMPT, PASSES, ANNOUNCES, NETCODE, LOOKUP = bits("PROMPT PASSES ANNOUNCES NETCODE lookup")
ABROAD = any_of("COUNTRY PLACE CARR NETWORKS ELSEWHERE")
NETS = CARR | NETNAME
OF_CARRIERS = any_of(
    "CARR NETNAME NETWORKS RECEIPT LANDLINE NETCODE FILTERED UNDELIVERED REGISTER ACQUITS PLACE COUNTRY ELSEWHERE OTHER"
    " ANOTHERONE"
)
"""A clause with none of these says nothing of that kind."""
FAULTS = any_of("FAIL PROB DOWN")
IT = frozenset(
    ("it", "they", "he", "she", "ils", "elle", "il", "elles", "sie", "er", "que", "nothing", "nichts", "rien")
)
ENTIRELY = 9


def carriers(case: Case, clause: Clause) -> None:
    """Note the signs of one clause."""
    here, mask = clause.bits, clause.bits | clause.carried
    if here & RISKS:
        return
    fails = case.fails(clause)
    if acquitted(case, clause):
        return
    if here & NETS and here & TOO and fails:
        case.against(Sign.F_OTHERS_TOO, 3)
    if not mask & INTERNET:
        _network(case, clause, fails)
    messages = case.every & MESSAGES or not case.every & CALLS
    if messages:
        _messages(case, clause, fails)
    if here & NETCODE or (here & LANDLINE and not here & LOOKUP and _of_texts(case, clause)):
        case.sign(Sign.F_NETWORK_CODE, 4 if fails else 2, clause)
    if case.says(clause, FILTERED):
        case.sign(Sign.F_FILTERED, 2, clause)


def _of_texts(case: Case, clause: Clause) -> bool:
    """Whether it is texts that a fixed line does not get; for calls it is a number like any other."""
    if clause.bits & (MESSAGES | UNDELIVERED) or (case.every & MESSAGES and not clause.bits & CALLS):
        return True
    return not any(other.bits & CALLS for other in case.text.clauses if not other.asked)


def _network(case: Case, clause: Clause, fails: bool) -> None:
    """A network that is blamed, or the only one concerned, and others that work."""
    here = clause.bits
    one_of_them = here & NETWORKS and here & (ONE | PLACE | OTHER | ONLY | ANOTHERONE)
    named = here & NETS or (one_of_them and not _somebodys(case, clause))
    if case.every & NETS and not fails and not here & TRIED and _others_work(case, clause):
        case.sign(Sign.F_OTHERS_WORK, 2, clause)
        return
    if not named or here & (NOTONLY | PORT) or (here & NIL and not here & ONLY and _none_of(case, clause)):
        return
    if here & NETS and _is_blamed(case, clause, fails):
        case.sign(Sign.F_BLAMED, 4, clause)
    elif here & INDICATES and here & NETS:
        case.sign(Sign.F_INDICATED, 1 if case.hedged(clause) else 3, clause)
    elif fails or (case.goes_with_failure(clause) and here & ONE):
        every_one = here & ALL and here & ONE and fails
        case.sign(Sign.F_CONCERNED, 4 if every_one else 3 if here & (ONLY | ONE) and not here & NIL else 2, clause)
    elif here & ONLY and here & ONE and case.events.failures and not here & DENIAL:
        case.sign(Sign.F_CONCERNED, 4, clause)  # "it happens on one particular mobile network only"


def _is_blamed(case: Case, clause: Clause, fails: bool) -> bool:
    if case.says(clause, BLAME, strictly=True) or (fails and case.by(clause, NETS)):
        return True
    if clause.bits & ANNOUNCES and case.then(clause, NETS, ANNOUNCES, 3):
        return True
    return bool(clause.bits & DENIAL) and _leaves_undone(case, clause)


def _leaves_undone(case: Case, clause: Clause) -> bool:
    """Whether a network is said not to pass on what it has: "the operator takes it and does not send it on"."""
    bits = case.text.bits
    for place in range(clause.first, min(clause.first + 3, clause.last)):
        if bits[place] & NETS and not any(mask & SVC for mask in bits[clause.first : place]):
            rest = range(place + 1, clause.last)
            return any(bits[at] & DENIAL and bits[at + 1] & PASSES for at in rest if at + 1 < clause.last)
    return False


def _somebodys(case: Case, clause: Clause) -> bool:
    """Whether it is the network of an office or a house: "the hospital's network"."""
    bits, words = case.text.bits, case.text.words
    return any(
        bits[place] & NETWORKS and (words[place - 1].endswith("'s") or bits[place - 1] & INSIDE)
        for place in range(clause.first + 1, clause.last)
    )


def _none_of(case: Case, clause: Clause) -> bool:
    """Whether there is none of the networks: "no carrier", "none of the operators"."""
    bits = case.text.bits
    return any(
        bits[place] & NETS and any(bits[at] & NIL for at in range(max(clause.first, place - 3), place))
        for place in range(clause.first, clause.last)
    )


def _others_work(case: Case, clause: Clause) -> bool:
    """Whether other networks, or the customers of others, are said to be all right."""
    here = clause.bits
    if here & ACQUITS and (here & (OTHER | ANOTHERONE) or _several(case, clause)):
        return True
    if not here & (OTHER | ANOTHERONE | NETS) or (here & DENIAL and not (here & RUNS and clause in case.events.works)):
        return False
    if here & RUNS and not here & INDICATES and (here & (OTHER | ANOTHERONE) or (here & NETS and not here & BLAME)):
        return True
    if here & (OTHER | ANOTHERONE) and (case.text.bits[clause.first] & BUT or here & PROMPT):
        return True
    return affirms(case.text, clause)


def _messages(case: Case, clause: Clause, fails: bool) -> None:
    """What a receipt says that the phone does not, and what is not delivered to where."""
    here = clause.bits
    receipt = case.says(clause, RECEIPT)
    if receipt:
        case.sign(Sign.F_RECEIPT, 2, clause)
    nothing = (here & DENIAL and here & ACT) or (here & NIL and here & SVC) or (here & ONPHONE and here & LOSS)
    if fails and case.every & RECEIPT and not receipt and nothing:
        case.sign(Sign.F_NOT_RECEIVED, 2, clause)
    if here & UNDELIVERED:
        case.sign(Sign.F_UNDELIVERED, 2, clause)
    if fails and here & PLACE:
        case.sign(Sign.F_PLACE, 1, clause)
    if here & REGISTER and case.events.failures:
        case.sign(Sign.F_REGISTER, 3, clause)
    if case.events.contrast is clause and here & ABROAD and not fails:
        case.sign(Sign.F_ELSEWHERE, 1, clause)


def acquitted(case: Case, clause: Clause) -> bool:
    """Note a carrier that is said not to be at fault, or not to have got what was sent to it."""
    if not (clause.bits | clause.carried) & (NETS | NETWORKS) or not _acquits(case, clause):
        return False
    case.against(Sign.F_CLEARED, ENTIRELY)
    return True


def _several(case: Case, clause: Clause) -> bool:
    """Whether it is said of several networks: "Orange, Free and SFR, nothing to report"."""
    text = case.text
    first = clause.first if clause.bits & NETS else text.sentences[clause.sentence].clauses[0].first
    return len({text.words[at] for at in range(first, clause.last) if text.bits[at] & NETS}) > 1


def settle(case: Case) -> None:
    """What is not delivered to a network that is the one concerned is said once, not twice."""
    signs = case.signs.get("f")
    if signs is not None and Sign.F_CONCERNED in signs.kinds:
        signs.kinds.pop(Sign.F_UNDELIVERED, None)


def _acquits(case: Case, clause: Clause) -> bool:
    here = clause.bits
    if here & (OTHER | ANOTHERONE) or _several(case, clause):
        return False  # "no problem with the others"
    if here & ACQUITS:
        return True
    if not here & DENIAL:
        return False
    if here & THEIRSIDE and here & (NEG | NIL) and not here & ACT:
        return True
    bits, words = case.text.bits, case.text.words
    for place in range(clause.first, clause.last):
        before = 0
        for at in range(max(clause.first, place - 3), place):
            before |= bits[at]
        if before & NEG and bits[place] & NETS:
            return not case.fails(clause)  # "it is not the carrier"
        if before & (NEG | NIL) and bits[place] & FAULTS and here & SAY:
            return True  # "says that its centre is not faulty"
        got = bits[place] & DENIAL and any(bits[at] & GOT for at in range(place, min(place + 4, clause.last)))
        if got and here & (SAY | BLAME) and any(words[at] in IT for at in range(max(clause.first, place - 2), place)):
            return True  # "has confirmed it never got them"
    return False
