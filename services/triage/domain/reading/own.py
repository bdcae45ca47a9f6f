"""Signs that it is the customer's own doing, SLA B.5 (a) and (I): their network, equipment and software, their neglect.

What belongs to the customer is told by who has it ("our", "the team's") or by what it is (a firewall, a router). A sign
is what it is said to do, that it was changed before, that the issue is gone without it or once it was put right, or
that it was found to be the cause. Who says that it was looked at and is not the cause takes from them.
"""

from __future__ import annotations

from services.triage.domain.reading.case import HAPPENS, Case
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import NIL
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause
from services.triage.domain.reading.vocabulary import QUOTE, any_of, bits

NET, KIT, SOFT, MINE, OUR, OWNED, YOUR = bits("NET KIT SOFT MINE OUR OWNED YOUR")
BLOCKS, BUG, DEPLOYED, CAUSE, SINCE, FOUND = bits("BLOCKS BUG DEPLOYED CAUSE SINCE FOUND")
WITHOUTIT, BEHIND, CURES, ALTERS, OLDONE, OURSIDE = bits("WITHOUTIT BEHIND CURES ALTERS OLDONE OURSIDE")
CARR, THIRD, PRODUCT, STALE, MISSED, ONLY = bits("CARR THIRD PRODUCT STALE MISSED ONLY")
CHANGE, AFTER, PASTT, VAIN = bits("CHANGE AFTER PASTT VAIN")
TRIED, CERTIFICATE, INSTEAD, LOCALHOST = bits("TRIED CERTIFICATE INSTEAD LOCALHOST")
PARAM, SAY, OWNTEAM, OPENS, REVEALED, DOCS, ADMITS, LAPSED = bits("PARAM SAY OWNTEAM OPENS REVEALED DOCS ADMITS LAPSED")
HOOKS = any_of("OUTPUT")
RUNS = any_of("WORK FINE ACT FIXED HELPS RETURN")
CUSTOMERS = OUR | MINE | OWNED
EQUIPMENT = NET | KIT
THINGS = any_of("HOSTED BUILT")
ACQUITS, REPRODUCES, VARIOUS = bits("ACQUITS REPRODUCES VARIOUS")
SVC, NOTALL = bits("SVC NOTALL")
GOVERNS = frozenset(
    ("on", "at", "in", "from", "behind", "via", "through", "over", "to", "for", "en", "desde", "sur", "dans", "auf")
)
OF_CUSTOMERS = (
    CUSTOMERS | EQUIPMENT | SOFT | any_of("WITHOUTIT FOUND REVEALED OWNTEAM ADMITS LOCALHOST OURSIDE CURES OLDONE")
)
"""A clause with none of these says nothing of the customer's things."""


def own(case: Case, clause: Clause) -> None:
    """Note the signs of one clause for (a) and (I)."""
    here, mask = clause.bits, clause.bits | clause.carried
    if mask & (CARR | THIRD | TRIED) or here & REPRODUCES:
        return
    if mask & YOUR and not _customers_too(case, clause):
        if here & (AFTER | SINCE) and _not_yours(case, clause):
            _changed(case, clause)
        return
    if mask & EQUIPMENT and case.says(clause, STALE) and (mask & (CUSTOMERS | NET) or not here & CERTIFICATE):
        case.sign(Sign.I_STALE, 4, clause)
        if here & LAPSED:
            case.sign(Sign.A_EXPIRED, 5, clause)  # which is both, and theirs in the first place
        return
    fails = case.fails(clause)
    if _cleared(case, clause, fails):
        case.against(Sign.A_CLEARED, 4)
        return
    _does(case, clause, fails)
    _changed(case, clause)
    _gone(case, clause, fails)
    if here & FOUND and here & (EQUIPMENT | SOFT) and not here & DENIAL:
        case.sign(Sign.A_FOUND, 4 if here & MISSED else 2, clause)
    if here & FOUND and here & OUR and here & (INSTEAD | BUG | MISSED) and not here & PARAM:
        case.sign(Sign.A_FOUND, 4, clause)
    theirs = here & (CUSTOMERS | EQUIPMENT | SOFT | THINGS) or not here & SAY
    if here & REVEALED and theirs and not here & QUOTE and not here & (PARAM | DOCS | PRODUCT):
        case.sign(Sign.A_REVEALED, 4, clause)
    if here & OWNTEAM and (here & BLOCKS or (here & OPENS and here & DENIAL)):
        case.sign(Sign.A_OWN_TEAM, 4, clause)
    if case.says(clause, ADMITS, strictly=True):
        case.sign(Sign.A_ADMITS, 4, clause)
    if here & LOCALHOST and (case.every & HOOKS or here & EQUIPMENT):
        case.sign(Sign.A_LOCALHOST, 4, clause)
    if here & (FOUND | BUG | BLOCKS | CAUSE) and case.says(clause, OURSIDE, strictly=True):
        case.sign(Sign.A_OUR_SIDE, 4, clause)


def _cleared(case: Case, clause: Clause, fails: bool) -> bool:
    """Whether it is said not to be the customer's: untouched, or the same without it."""
    here = clause.bits
    if here & ACQUITS and here & (EQUIPMENT | SOFT | CUSTOMERS) and not fails:
        return True
    if (
        here & DENIAL
        and here & (EQUIPMENT | SOFT | CUSTOMERS)
        and not here & NOTALL
        and case.denies(clause, CHANGE | DEPLOYED | OURSIDE)
    ):
        return True
    if here & OUR and here & (KIT | NET) and here & SAY and here & NIL and _none_seen(case, clause):
        return True
    if fails and here & VARIOUS and case.then(clause, VARIOUS, EQUIPMENT, 2):
        return True  # "behind different routers"
    if here & NIL and here & NET and here & BLOCKS and case.denies(clause, BLOCKS):
        return True  # "no rule of our firewall drops them"
    return bool(here & WITHOUTIT and (here & VAIN or (fails and not here & ONLY and not here & RUNS)))


def _own_thing(case: Case, clause: Clause) -> bool:
    """Whether a thing is said to be the customer's own: "the reporter's own server", not "on the customer's side"."""
    bits = case.text.bits
    return any(
        bits[place] & (EQUIPMENT | SOFT)
        and any(mask & OWNED for mask in bits[max(clause.first, place - 3) : place + 1])
        for place in range(clause.first, clause.last)
    )


def _none_seen(case: Case, clause: Clause) -> bool:
    """Whether our side shows that nothing came: "our server logs no request"."""
    bits = case.text.bits
    return any(
        bits[place] & NIL
        and any(mask & (KIT | NET) for mask in bits[clause.first : place])
        and any(mask & SVC for mask in bits[place + 1 : min(place + 3, clause.last)])
        for place in range(clause.first, clause.last)
    )


def _does(case: Case, clause: Clause, fails: bool) -> None:
    """What a thing of the customer is said to do."""
    here, mask = clause.bits, clause.bits | clause.carried
    blocks = case.says(clause, BLOCKS)
    alters = case.says(clause, ALTERS)
    if here & EQUIPMENT and (blocks or alters) and case.says(clause, EQUIPMENT) and _subject(case, clause):
        case.sign(Sign.A_BLOCKS, 4, clause)
    if here & OWNED and (fails or blocks) and _own_thing(case, clause):
        case.sign(Sign.A_OWN, 4, clause)
    if (mask & EQUIPMENT and fails) or (here & EQUIPMENT and not here & DENIAL and case.goes_with_failure(clause)):
        culprit = here & NET and here & CUSTOMERS and not here & (RUNS | SAY | DENIAL) and _leads(case, clause)
        case.sign(Sign.A_BEHIND, 4 if culprit else 3 if here & ONLY else 2, clause)
    if mask & PRODUCT:
        return
    if here & SOFT and mask & CUSTOMERS and (alters or case.says(clause, BUG)):
        case.sign(Sign.A_BUG, 4, clause)
    if here & (SOFT | EQUIPMENT | PARAM) and case.says(clause, OLDONE):
        case.sign(Sign.A_OLD_ONE, 3, clause)


def _subject(case: Case, clause: Clause) -> bool:
    """Whether a thing of the customer may be what does it, not only where it happens: not so "calls on it drop"."""
    bits, words = case.text.bits, case.text.words
    for place in range(clause.first, clause.last):
        if bits[place] & EQUIPMENT:
            governs = next(
                (at for at in range(place - 1, max(clause.first, place - 4), -1) if words[at] in GOVERNS), clause.first
            )
            verbs = [at for at in range(place + 1, clause.last) if bits[at] & (BLOCKS | ALTERS)]
            others = verbs and all(bits[at - 1] & SVC for at in verbs)  # "behind it calls drop"
            if not others and not any(mask & SVC for mask in bits[clause.first : governs]):
                return True
    return False


def _customers_too(case: Case, clause: Clause) -> bool:
    """Whether a thing in it is the customer's all the same: "our proxy blocks your script"."""
    bits = case.text.bits
    return any(
        bits[place] & (EQUIPMENT | SOFT)
        and any(bits[at] & CUSTOMERS for at in range(max(clause.first, place - 3), place + 1))
        and not any(bits[at] & YOUR for at in range(max(clause.first, place - 2), place))
        for place in range(clause.first, clause.last)
    )


def _not_yours(case: Case, clause: Clause) -> bool:
    """Whether a thing in it is not the provider's: "since the chat server was upgraded the provider gets nothing"."""
    bits = case.text.bits
    return any(
        bits[place] & (EQUIPMENT | SOFT)
        and not any(mask & YOUR for mask in bits[max(clause.first, place - 6) : place + 3])
        for place in range(clause.first, clause.last)
    )


def _leads(case: Case, clause: Clause) -> bool:
    """Whether a thing of the customer stands at its beginning and something is said of it: "our router closes ..."."""
    bits = case.text.bits
    place = next(at for at in range(clause.first, clause.last) if bits[at] & NET)
    return place - clause.first <= 3 and clause.last - place >= 3


def _changed(case: Case, clause: Clause) -> None:
    """That something of the customer was changed, after which it began."""
    here, mask = clause.bits, clause.bits | clause.carried
    if mask & PRODUCT:
        return
    if mask & CUSTOMERS and here & (CAUSE | SOFT) and case.says(clause, DEPLOYED, strictly=True):
        case.sign(Sign.A_CHANGED, 5, clause)
    elif here & (EQUIPMENT | SOFT) and here & (AFTER | SINCE) and _since_a_change(case, clause):
        case.sign(Sign.A_CHANGED, 4 if here & (CUSTOMERS | EQUIPMENT) else 3, clause)
    elif mask & CUSTOMERS and here & (PASTT | EQUIPMENT) and case.says(clause, CHANGE | DEPLOYED, strictly=True):
        case.sign(Sign.A_CHANGED, 2, clause)


def _since_a_change(case: Case, clause: Clause) -> bool:
    """Whether it is since a change, or after one: "since the migration to Kubernetes"."""
    bits = case.text.bits
    for place in range(clause.first, clause.last):
        if bits[place] & (CHANGE | DEPLOYED):
            before = bits[max(clause.first, place - 9) : place]
            if any(mask & (AFTER | SINCE) for mask in before) and not any(mask & DENIAL for mask in before):
                return True
    return case.says(clause, CHANGE | DEPLOYED, strictly=True)


def _gone(case: Case, clause: Clause, fails: bool) -> None:
    """That it is gone without a thing of the customer, or once that was put right."""
    here, mask = clause.bits, clause.bits | clause.carried
    if (
        here & WITHOUTIT
        and not fails
        and not here & (HAPPENS | RUNS | DENIAL | CURES)
        and _follows_failure(case, clause)
    ):
        case.against(Sign.A_CLEARED, 4)  # "calls drop on wifi as on mobile data"
    elif here & WITHOUTIT and not fails:
        case.sign(Sign.A_WITHOUT_IT, 2, clause)
    if mask & CURES and here & RUNS and not fails and not here & DENIAL:
        case.sign(Sign.A_CURED, 3 if mask & (EQUIPMENT | SOFT | CUSTOMERS) else 2, clause)


def _follows_failure(case: Case, clause: Clause) -> bool:
    """Whether it goes on from a failure that the clause before it in its sentence states."""
    clauses = case.text.sentences[clause.sentence].clauses
    place = clauses.index(clause)
    return place > 0 and case.fails(clauses[place - 1])
