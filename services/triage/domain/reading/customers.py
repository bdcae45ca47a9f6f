"""Further signs for SLA B.5 (a), of a whole story: what the customer's side received and lost, which version began it,
what works without it, and what the provider found.

Each takes two things that are said: that a message reached our server and that nothing came of it there, that it began
with a new version and that the one before works, that the same trunk serves another phone system.
"""

from __future__ import annotations

from itertools import pairwise

from services.triage.domain.reading.case import BY, Case
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.vocabulary import any_of, bits

OLDVER, NEWVER, BEGAN, SINCE, AFTER, PRODUCT, YOUR = bits("OLDVER NEWVER BEGAN SINCE AFTER PRODUCT YOUR")
SAMESERVICE, DIRECTLY, REACHES, HOOKCODE, BROWSER, KNOWNBUG = bits(
    "SAMESERVICE DIRECTLY REACHES HOOKCODE BROWSER KNOWNBUG"
)
FINDING, JITTER, STREAM, NET, KIT, SOFT, HOSTED = bits("FINDING JITTER STREAM NET KIT SOFT HOSTED")
OTHER, ANOTHERONE, SUPPORT, SVC = bits("OTHER ANOTHERONE SUPPORT SVC")
WORKEDB4, BECAUSEOUR, INCOMPAT, HANDLES, PARTS = bits("WORKEDB4 BECAUSEOUR INCOMPAT HANDLES PARTS")
SELFHOST, FETCHES, HANDSHAKE, CRASHES, AGEABLE, DEPLOYED, NOTOURS = bits(
    "SELFHOST FETCHES HANDSHAKE CRASHES AGEABLE DEPLOYED NOTOURS"
)
FORMER, CONFIGS, ERRS, NOTUP, STILL, NOTALL, CHANGE = bits("FORMER CONFIGS ERRS NOTUP STILL NOTALL CHANGE")
LOSS, PARAM, GIVEN = bits("LOSS PARAM GIVEN")
NOT_A_THING = any_of("SVC PARAM SITE PEOPLE ROLE")
NOBODYS = any_of("YOUR STAGE DEVEL")
CODE = any_of("PROGRAMMED")
FROMWHERE, REPRODUCES, BADNET, MISSED, TAKES, UNIT, GOT = bits("FROMWHERE REPRODUCES BADNET MISSED TAKES UNIT GOT")
THINGS = NET | KIT | SOFT | HOSTED | any_of("BUILT")
OUR, MINE, OWNED, INTER, SOME, BUG, CAUSE, PROGRAM = bits("OUR MINE OWNED INTER SOME BUG CAUSE PROGRAM")
RECEIVER = NET | KIT | HOSTED | any_of("HOOK")
CUSTOMERS = OUR | MINE | OWNED
RUNS = any_of("WORK FINE ACT HELPS HEAR")
AMISS = any_of("DEG INTER SOME NOTALL HARDLY")
OF_STORIES = any_of(
    "OLDVER BEGAN NEWVER SAMESERVICE DIRECTLY REACHES HOOKCODE KNOWNBUG FINDING WORKEDB4 BECAUSEOUR INCOMPAT HANDLES"
    " FORMER CONFIGS NOTUP PARTS FROMWHERE REPRODUCES TAKES AFTER SELFHOST FETCHES HANDSHAKE CRASHES OUR OWNED NOTOURS"
)
"""A clause with none of these tells no such story."""


FETCHED = HOSTED | any_of("PAGE HOOK")
OURS = frozenset(
    ("our", "my", "nuestro", "nuestra", "notre", "nos", "mon", "nosso", "nossa", "unser", "unsere", "unserer")
)


def customers(case: Case, clause: Clause) -> None:
    """Note the signs of one clause that is stated."""
    here, mask = clause.bits, clause.bits | clause.carried
    fails = case.fails(clause)
    if here & NOTOURS:
        case.against(Sign.A_CLEARED, 6)
        return
    if here & FINDING and _found_by_the_provider(case, clause):
        if here & JITTER:
            case.sign(Sign.D_STREAM, 4, clause)
        else:
            case.sign(Sign.A_PROVIDER_SAYS, 4, clause)
        return
    if here & HOOKCODE:
        case.sign(Sign.A_HOOK_CODE, 4 if mask & (CUSTOMERS | NET | KIT | HOSTED) else 3, clause)
    if here & KNOWNBUG and here & BROWSER and here & BUG and not here & (PRODUCT | YOUR | DENIAL):
        case.sign(Sign.A_BROWSER, 4, clause)
    if here & REPRODUCES and here & (BADNET | NET) and case.events.failures and not here & DENIAL:
        case.sign(Sign.D_REPRODUCED, 4, clause)
        return
    received = here & REACHES and not fails and not here & (DENIAL | AMISS)
    if received and _reaches_ours(case, clause) and _lost_after(case, clause):
        case.sign(Sign.A_ARRIVED, 4, clause)
    if not case.events.failures:
        return
    if here & (SINCE | AFTER) and not here & PRODUCT and _since_our_change(case, clause):
        case.sign(Sign.A_CHANGED, 4, clause)
    if here & (OUR | OWNED) and not here & PRODUCT:
        _fetched_or_crashed(case, clause, fails)
    if not here & PRODUCT and (here & OUR or not here & YOUR):
        _set_wrong(case, clause)
    if here & (PRODUCT | YOUR):
        return
    if here & (BEGAN | SINCE | AFTER) and here & (PROGRAM | KIT | NET | SOFT) and case.says(clause, NEWVER):
        case.sign(Sign.A_CHANGED, 3, clause)
    _ours(case, clause)
    if fails or here & DENIAL:
        return
    if here & WORKEDB4 and not here & PRODUCT:
        case.sign(Sign.A_OLD_WORKED, 1, clause)
    if here & OLDVER and here & RUNS:
        case.sign(Sign.A_OLD_WORKED, 4 if here & PROGRAM else 2, clause)
    if here & SAMESERVICE and here & RUNS and here & (KIT | NET | SOFT):
        case.sign(Sign.A_WITHOUT_IT, 4 if here & (OTHER | ANOTHERONE) else 3, clause)
    elif _works_otherwise(case, clause):
        case.sign(Sign.A_WITHOUT_IT, 2, clause)


def _since_our_change(case: Case, clause: Clause) -> bool:
    """Whether it is since something of ours was changed: "since the upgrade of our helpdesk"."""
    bits = case.text.bits
    for place in range(clause.first, clause.last):
        if not bits[place] & (NEWVER | DEPLOYED):
            continue
        before = bits[max(clause.first, place - 6) : place]
        since = next((at for at, mask in enumerate(before) if mask & (SINCE | AFTER)), None)
        if since is None or any(mask & (DENIAL | YOUR) for mask in before[since:]):
            continue
        around = range(max(clause.first, place - 4), min(place + 5, clause.last))
        if any(bits[at] & SELFHOST for at in around):
            return True
        if any(mask & YOUR for mask in bits[place : place + 5]):
            continue
        for at in around:
            ours = case.text.words[at] in OURS and at + 1 < clause.last
            if ours and not bits[at + 1] & NOT_A_THING:
                return True
    return False


def _fetched_or_crashed(case: Case, clause: Clause, fails: bool) -> None:
    """What of ours could not be fetched, broke off, or turned away what came to it."""
    here = clause.bits
    if here & FETCHES and here & DENIAL and _in_a_row(case, clause, DENIAL, FETCHES, OUR | OWNED, FETCHED):
        case.sign(Sign.A_FETCHED, 3, clause)
    if fails and here & LOSS and case.then(clause, OUR | OWNED, HOSTED):
        case.sign(Sign.A_BEHIND, 2, clause)
    if here & NOTUP and here & (SOFT | HOSTED) and case.then(clause, OUR | OWNED, SOFT | HOSTED):
        case.sign(Sign.A_FELL, 4, clause)
    if here & HANDSHAKE and case.then(clause, OUR | OWNED, FETCHED):
        case.sign(Sign.A_BEHIND, 2, clause)
    if here & CRASHES and here & CODE and case.then(clause, OUR | OWNED, CODE) and not here & DENIAL:
        case.sign(Sign.A_AILS, 4, clause)
    if fails and here & OUR:
        words, bits = case.text.words, case.text.bits
        for place in range(clause.first + 1, clause.last - 1):
            if words[place] in OURS and words[place - 1] in BY and _a_thing(bits[place + 1]):
                case.sign(Sign.A_REPLIES, 4, clause)


def _set_wrong(case: Case, clause: Clause) -> None:
    """What was set wrong, or is still what it was before."""
    here = clause.bits
    if here & CONFIGS and case.says(clause, ERRS) and case.then(clause, CONFIGS, ERRS, 10):
        case.sign(Sign.A_AILS, 4, clause)
    if (
        here & FORMER
        and here & STILL
        and here & (OUR | OWNED | SOFT | PARAM | GIVEN)
        and case.then(clause, STILL, FORMER)
    ):
        case.sign(Sign.A_OLD_ONE, 4, clause)
    if here & NOTALL and here & (OUR | SOFT) and case.then(clause, NOTALL, CHANGE, 9):
        case.sign(Sign.A_OLD_ONE, 4, clause)


def _a_thing(mask: int) -> bool:
    return bool(not mask & (NOT_A_THING | NOBODYS) or (mask & (KIT | NET | SOFT | AGEABLE) and not mask & NOBODYS))


def _ours(case: Case, clause: Clause) -> None:
    """What a thing of ours lacks, does not do, takes too long for, or is simply named as the cause."""
    here = clause.bits
    if here & BECAUSEOUR and not here & GOT and case.then(clause, BECAUSEOUR, THINGS):
        case.sign(Sign.A_BECAUSE, 4, clause)
    if here & INCOMPAT and here & (SOFT | KIT):
        case.sign(Sign.A_BUG, 4, clause)
    if here & PARTS and case.says(clause, MISSED):
        case.sign(Sign.A_AILS, 4, clause)
    if not here & (OUR | OWNED):
        return
    if here & DENIAL and here & HANDLES and _in_a_row(case, clause, OUR | OWNED, THINGS, DENIAL, HANDLES):
        case.sign(Sign.A_REPLIES, 4, clause)
    if (
        here & TAKES
        and here & UNIT
        and here & HOSTED
        and case.fails_besides(clause)
        and _in_a_row(case, clause, OUR | OWNED, HOSTED, TAKES)
    ):
        case.sign(Sign.A_REPLIES, 4, clause)


def _in_a_row(case: Case, clause: Clause, *classes: int) -> bool:
    """Whether each is soon followed by the next."""
    return all(case.then(clause, first, then) for first, then in pairwise(classes))


def _works_otherwise(case: Case, clause: Clause) -> bool:
    """Whether it works directly, or with another thing of theirs."""
    here = clause.bits
    if here & DIRECTLY and here & (RUNS | KIT | NET) and not here & AMISS:
        return True
    return bool(here & (NET | KIT | HOSTED) and here & RUNS) and _from_elsewhere(case, clause)


def _from_elsewhere(case: Case, clause: Clause) -> bool:
    """Whether it works with another thing of theirs than the one that fails: "with a cable headset all is fine"."""
    text = case.text
    if not text.bits[clause.first] & FROMWHERE or case.then(clause, OTHER | ANOTHERONE, SVC, 2):
        return False
    place = text.clauses.index(clause)
    before = text.clauses[place - 1] if place else None
    return before is not None and case.fails(before) and bool(before.bits & (NET | KIT | HOSTED))


def _reaches_ours(case: Case, clause: Clause) -> bool:
    """Whether a thing of ours is what is reached: "reaches our webhook", "is received by our server"."""
    bits = case.text.bits
    return any(
        bits[place] & REACHES
        and any(
            bits[at] & RECEIVER and any(bits[own] & (OUR | OWNED | MINE) for own in range(place + 1, at))
            for at in range(place + 1, min(place + 7, clause.last))
        )
        for place in range(clause.first, clause.last)
    )


def _lost_after(case: Case, clause: Clause) -> bool:
    """Whether what is told next is a failure: "yet it does not show up on the softphone"."""
    clauses = case.text.clauses
    place = clauses.index(clause) + 1
    return place < len(clauses) and clauses[place].sentence <= clause.sentence + 1 and case.fails(clauses[place])


def _found_by_the_provider(case: Case, clause: Clause) -> bool:
    """Whether somebody who looked says that a thing of ours fails: "the analysis is that our client's stream stops"."""
    text = case.text
    bits = text.bits
    finding = next(at for at in range(clause.first, clause.last) if bits[at] & FINDING)
    if not any(other.bits & (YOUR | SUPPORT) for other in text.sentences[clause.sentence].clauses):
        return False
    for place in range(finding + 1, clause.last):
        if bits[place] & (KIT | NET | SOFT | HOSTED | STREAM):
            mine = any(bits[at] & CUSTOMERS or text.words[at] == "the" for at in range(finding, place))
            theirs = any(bits[at] & YOUR for at in range(finding + 1, place))
            if (
                mine
                and not theirs
                and (case.fails(clause) or any(bits[at] & DENIAL for at in range(place, clause.last)))
            ):
                return True
    return False
