"""Which clause of SLA B.5 the text gives evidence for: whose doing it is said to be.

Signs add up, each kind once; a proposal takes as much as `ENOUGH`, and is one until a person accepts it. Carriers and
third parties are never proposed on one word alone: it takes two signs, such as a carrier that is named and confirms a
fault, or a receipt that says delivered and a phone that got nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from services.triage.domain.reading.failures import Events
from services.triage.domain.reading.found import Proposal
from services.triage.domain.reading.interval import interval_of
from services.triage.domain.reading.moods import AFTER_ITS_VERB, DENIAL, NIL
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

NET, KIT, SOFT, MINE, OUR, OWNED, YOUR = bits("NET KIT SOFT MINE OUR OWNED YOUR")
BLOCKS, BUG, DEPLOYED, CAUSE, FOUND, WITHOUTIT = bits("BLOCKS BUG DEPLOYED CAUSE FOUND WITHOUTIT")
MALFORMED, PARAM, MISSED, SETUP, RATE, OVER, OPTOUT = bits("MALFORMED PARAM MISSED SETUP RATE OVER OPTOUT")
DOCS, DOCUMENTED, BCODE, OUTPUT, INPUT = bits("DOCS DOCUMENTED BCODE OUTPUT INPUT")
CHANGED, FORK, PRODUCT, STALE, UPDATE, REFUSED = bits("CHANGED FORK PRODUCT STALE UPDATE REFUSED")
INTERNET, REQS, UNSUPPORTED, SUPPORTS, MAJEURE, SINCE = bits("INTERNET REQS UNSUPPORTED SUPPORTS MAJEURE SINCE")
CARR, NETWORKS, THIRD, CHANNEL, MOVES = bits("CARR NETWORKS THIRD CHANNEL MOVES")
BLAME, INDICATES, CLEARS, PORT = bits("BLAME INDICATES CLEARS PORT")
RECEIPT, LANDLINE, UNDELIVERED, FILTERED = bits("RECEIPT LANDLINE UNDELIVERED FILTERED")
ONLY, ONE, OTHER, PLACE, NOTONLY, ACT = bits("ONLY ONE OTHER PLACE NOTONLY ACT")
MESSAGES = any_of("sms verify mms")
ABROAD = any_of("COUNTRY PLACE CARR NETWORKS ELSEWHERE")
HAPPENS = any_of("ACT WORK HEAR SHOW")
CUSTOMERS = OUR | MINE | OWNED
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
    every: int
    """All classes that occur in the text."""
    signs: dict[str, Signs] = field(default_factory=dict)

    def sign(self, key: str, kind: str, weight: int, clause: Clause) -> None:
        signs = self.signs.setdefault(key, Signs())
        signs.kinds[kind] = max(weight, signs.kinds.get(kind, 0))
        if clause not in signs.clauses:
            signs.clauses.append(clause)

    def says(self, clause: Clause, classes: int, *, strictly: bool = False) -> bool:
        """Whether the clause has a word of these classes that is not denied right before it (or after its verb);
        strictly, not denied anywhere, unless the denial is the failure itself ("has no sound", "is not sent")."""
        if not clause.bits & classes:
            return False
        if not clause.bits & DENIAL:
            return True
        if strictly and self._denies(clause):
            return False
        bits, words = self.text.bits, self.text.words
        for place in range(clause.first, clause.last):
            if bits[place] & classes:
                before = any(
                    bits[at] & DENIAL and not bits[at] & classes for at in range(max(clause.first, place - 4), place)
                )
                after = place + 1 < clause.last and words[place + 1] in AFTER_ITS_VERB
                if not before and not after:
                    return True
        return False

    def _denies(self, clause: Clause) -> bool:
        bits = self.text.bits
        return any(
            bits[place] & DENIAL and not any(bits[at] & HAPPENS for at in range(place + 1, min(place + 4, clause.last)))
            for place in range(clause.first, clause.last)
        )

    def fails(self, clause: Clause) -> bool:
        return any(failure.clause is clause for failure in self.events.failures)


def proposals_of(text: Text, events: Events, day: date | None) -> tuple[Proposal, ...]:
    """The exclusions to propose, the best founded first, to the extent of the time that the text names."""
    every = 0
    for clause in text.clauses:
        every |= clause.bits
    case = Case(text, events, every)
    for clause in text.clauses:
        if clause.asked or clause.bits & CLEARS or text.a_topic(clause):
            continue
        _use(case, clause)
        if not clause.supposed:
            _own(case, clause)
            _nature(case, clause)
        _third(case, clause)
        _carrier(case, clause)
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
        case.sign("II", "refused", 4, clause)
    if (case.says(clause, CHANGED) and mask & PRODUCT) or case.says(clause, FORK):
        case.sign("c", "changed", 4, clause)
    if here & OUTPUT and not here & INPUT:
        return
    if mask & PARAM and not here & DOCS and case.says(clause, MISSED):
        case.sign("b", "missed", 4, clause)
    if mask & PARAM and case.says(clause, BUG):
        case.sign("b", "mistake", 4, clause)
    if here & SETUP and here & DENIAL and not case.says(clause, SETUP):
        case.sign("b", "not set up", 4 if here & (PARAM | CAUSE) else 2, clause)
    if case.says(clause, MALFORMED):
        case.sign("b", "malformed", 4, clause)
    if here & OPTOUT:
        case.sign("b", "opted out", 4, clause)
    for kind, classes, weight in (
        ("rate", RATE, 2),
        ("over", OVER, 2),
        ("documented", DOCUMENTED, 2),
        ("code", BCODE, 3),
    ):
        if case.says(clause, classes):
            case.sign("b", kind, weight, clause)


def _own(case: Case, clause: Clause) -> None:
    """(a), (I): the customer's own network, equipment and software, and their neglect."""
    here, mask = clause.bits, clause.bits | clause.carried
    if mask & (KIT | NET) and case.says(clause, STALE):
        case.sign("I", "stale", 4, clause)
        return
    if mask & (YOUR | CARR | THIRD):
        return
    fails = case.fails(clause)
    blocks = case.says(clause, BLOCKS)
    if here & (NET | KIT) and blocks and case.says(clause, NET | KIT):
        case.sign("a", "blocks", 4, clause)
    if here & OWNED and here & (KIT | NET | SOFT) and (fails or blocks):
        case.sign("a", "own", 4, clause)
    if here & (SOFT | PRODUCT) and here & FOUND and here & MISSED:
        case.sign("a", "found", 4, clause)
    if here & NET and fails:
        case.sign("a", "behind", 2, clause)
    if here & WITHOUTIT:
        case.sign("a", "without it", 2, clause)
    if mask & PRODUCT:
        return
    if here & SOFT and here & CUSTOMERS and case.says(clause, BUG):
        case.sign("a", "bug", 4, clause)
    if mask & CUSTOMERS and here & (CAUSE | SOFT) and case.says(clause, DEPLOYED, strictly=True):
        case.sign("a", "deployed", 5, clause)


def _nature(case: Case, clause: Clause) -> None:
    """(d), (e): the internet at large, published system requirements, force majeure."""
    if case.says(clause, INTERNET):
        case.sign("d", "internet", 4, clause)
    if case.says(clause, REQS) or (clause.bits & UNSUPPORTED and (clause.bits | clause.carried) & SUPPORTS):
        case.sign("d", "requirements", 4, clause)
    if case.says(clause, MAJEURE):
        case.sign("e", "force majeure", 4 if case.fails(clause) or clause.bits & (CAUSE | SINCE) else 2, clause)


def _third(case: Case, clause: Clause) -> None:
    """(g): a third party is named, and something is said to be its doing."""
    here, mask = clause.bits, clause.bits | clause.carried
    if mask & THIRD:
        if case.says(clause, BLAME, strictly=True):
            case.sign("g", "blamed", 4, clause)
        elif here & INDICATES:
            case.sign("g", "indicated", 2, clause)
    if here & MOVES and case.every & (THIRD | CHANNEL):
        case.sign("g", "moves" if mask & (THIRD | CHANNEL) else "must follow", 2, clause)


def _carrier(case: Case, clause: Clause) -> None:
    """(f): a carrier that is blamed, or the only one concerned; what its network does not deliver."""
    here, mask = clause.bits, clause.bits | clause.carried
    fails = case.fails(clause)
    network = here & CARR or (here & NETWORKS and here & (ONE | PLACE | OTHER | ONLY))
    if network and not here & (NOTONLY | PORT) and not (here & NIL and here & CARR and not here & ONLY):
        if here & CARR and case.says(clause, BLAME, strictly=True):
            case.sign("f", "blamed", 4, clause)
        elif here & INDICATES and here & CARR:
            case.sign("f", "indicated", 3, clause)
        elif fails:
            case.sign("f", "concerned", 3 if here & (ONLY | ONE) and not here & NIL else 2, clause)
        elif mask & OTHER and not here & DENIAL:
            case.sign("f", "others work", 2, clause)
    if case.says(clause, RECEIPT):
        case.sign("f", "receipt", 2, clause)
    if fails and case.every & RECEIPT and here & ACT and here & DENIAL:
        case.sign("f", "not received", 2, clause)
    if here & LANDLINE:
        case.sign("f", "network code", 4 if fails else 2, clause)
    if case.says(clause, FILTERED):
        case.sign("f", "filtered", 2, clause)
    if case.every & MESSAGES:
        if here & UNDELIVERED:
            case.sign("f", "undelivered", 2, clause)
        if fails and here & PLACE:
            case.sign("f", "place", 1, clause)
        if case.events.contrast is clause and here & ABROAD:
            case.sign("f", "elsewhere", 1, clause)
