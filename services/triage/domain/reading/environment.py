"""Where it happens: the environment of what fails, not the one that is named as a contrast or a plan.

What names no environment may imply one: that customers or patients suffer.
"""

from __future__ import annotations

from services.triage.domain.reading.happenings import Events
from services.triage.domain.reading.hearsay import AFTER_ITS_VERB, DENIAL
from services.triage.domain.reading.moods import BEEN, BEFORE, NEG, NIL, WILL
from services.triage.domain.reading.scope import affirms
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

PROD, STAGE, DEVEL, OPS = bits("PROD STAGE DEVEL OPS")
GOLIVE, PEOPLE, SVC, FEAT, OUR, ROLE = bits("GOLIVE PEOPLE SVC FEAT OUR ROLE")
REPORT, DAILY, PUBLIC, OTHER, VENUE, TRAFFIC = bits("REPORT DAILY PUBLIC OTHER VENUE TRAFFIC")
PROB, SOME, ALL, ANY, ONE = bits("PROB SOME ALL ANY ONE")
SAYING = any_of("SVC FAIL DOWN LOSS DEG ACT WORK HEAR")
SHARE = any_of("SHARE")
USES = any_of("USES")
AT_WORK = any_of("OPS PEOPLE TRADE")
IN_USE = any_of("OPS PEOPLE TRADE ROLE PUBLIC TRAFFIC")
SINCE = any_of("SINCE")
RUNS = frozenset(("läuft", "laufen", "laeuft"))
FELLOWS = frozenset(("agree", "agrees", "agreed", "concur"))
"""What others say who use the same library, not those whom it serves."""
CUSTOMER = frozenset(
    (
        "customer",
        "client",
        "subscriber",
        "patient",
        "guest",
        "member",
        "cliente",
        "paciente",
        "abonné",
        "kunde",
        "kunden",
    )
)
ME = frozenset(
    ("us", "my", "mine", "i", "we", "mi", "mis", "mon", "ma", "mes", "meu", "minha", "mein", "meine", "meinen")
)
COMPLAINS = ("complain", "quej", "plai", "reclam", "queix", "beschwer", "klag", "signal")
LISTS = frozenset(("neither", "nor", "weder", "ni", "nem"))
NAMED = PROD | STAGE | DEVEL | GOLIVE

Words = tuple[str, int, int]


def environment_of(text: Text, events: Events) -> tuple[str, Words] | None:
    """The environment that is named, and the words that name it."""
    failing = {id(failure.clause) for failure in events.failures}
    working = {id(clause) for clause in events.works}
    seen: dict[str, tuple[int, Words]] = {}
    for clause in text.clauses:
        if not clause.bits & NAMED or text.a_topic(clause):
            continue
        if affirms(text, clause) and failing:
            continue
        rank = 2 if id(clause) in failing else 1
        in_use = _is_live(text, clause)
        for value, words in _named(text, clause):
            elsewhere = id(clause) in working and not in_use and value != "not production" and failing
            if value != "contrast" and not elsewhere and (value not in seen or seen[value][0] < rank):
                seen[value] = rank, words
    if "not production" in seen:
        for other in ("staging", "development"):
            if other in seen:
                return other, seen[other][1]
        return "development", seen["not production"][1]
    if seen:
        # At one rank production comes first: what fails there and elsewhere fails in production.
        best = max(seen, key=lambda value: (seen[value][0], value == "production", value == "staging"))
        return best, seen[best][1]
    return None


def _named(text: Text, clause: Clause) -> list[tuple[str, Words]]:
    """What the clause names: an environment, that it is not production, or one that is only a contrast."""
    found: list[tuple[str, Words]] = []
    for place in range(clause.first, clause.last):
        mask = text.bits[place]
        if not mask & NAMED:
            continue
        denial = _denial(text, clause, place)
        words = text.said(place if denial is None else denial, place)
        if mask & PROD:
            if (
                denial is not None
                or clause.bits & (BEFORE | WILL)
                or (clause.bits & GOLIVE and not clause.bits & SINCE)
            ):
                found.append(("not production", words if denial is not None else text.said(clause.first, place)))
            elif clause.bits & DENIAL and clause.bits & (PROB | USES):
                found.append(("contrast", words))
            else:
                found.append(("production", words))
        elif mask & GOLIVE:
            found.append(("production" if clause.bits & SINCE else "not production", words))
        elif denial is not None:
            found.append(("contrast", words))
        else:
            found.append(("staging" if mask & STAGE else "development", words))
    return found


def _is_live(text: Text, clause: Clause) -> bool:
    """Whether something is said to be in use: "our site is live", not "it works in production"."""
    bits, words = text.bits, text.words
    return any(
        bits[place] & PROD and (bits[place - 1] & BEEN or words[place - 1] in ("went", "now"))
        for place in range(clause.first + 1, clause.last)
    )


def _denial(text: Text, clause: Clause, place: int) -> int | None:
    """Where an environment is denied: "not in production", "kein Produktivsystem"; a list ("neither here nor there")
    denies what happens, not where."""
    bits, words = text.bits, text.words
    for at in range(place - 1, max(clause.first, place - 6) - 1, -1):
        if bits[at] & SAYING:
            return None
        if bits[at] & NEG:
            return None if words[at] in LISTS or _of_the_verb(text, clause, at) else at
        if bits[at] & NIL:
            # "no live system"; but of "no live call connects" it is calls that there are none of
            follows = place + 1 < clause.last and bits[place + 1] & (SVC | FEAT)
            return at if place - at <= 2 and not follows else None
    return None


def _of_the_verb(text: Text, clause: Clause, at: int) -> bool:
    """Whether it is what happens that is denied: "ne partent pas en prod", not "läuft nicht produktiv"."""
    before = at - 1
    return (
        text.words[at] in AFTER_ITS_VERB
        and before >= clause.first
        and bool(text.bits[before] & SAYING)
        and text.words[before] not in RUNS
    )


def unused(text: Text) -> bool:
    """Whether nobody is said to use it: "no users yet", "our customers do not use it"."""
    return any(
        clause.bits & PEOPLE and clause.bits & DENIAL and clause.bits & (USES | BEFORE) for clause in text.clauses
    )


def implied(text: Text, events: Events) -> tuple[str, Words] | None:
    """Without a word for it: that users, customers or patients suffer tells of production."""
    failing = {id(failure.clause) for failure in events.failures}
    for failure in events.failures:
        clause = failure.clause
        mask = clause.bits | clause.carried
        if (
            mask & (PEOPLE | OPS | SHARE | ROLE | TRAFFIC)
            and (mask & (PEOPLE | OPS | SHARE) or _no_customer(text, clause) or _share_of_traffic(text, clause))
            and FELLOWS.isdisjoint(text.words[clause.first : clause.last])
        ):
            before = text.sentences[clause.sentence].clauses[0].first
            place = next(
                at for at in range(before, clause.last) if text.bits[at] & (PEOPLE | OPS | SHARE | ROLE | TRAFFIC)
            )
            return "production", text.said(min(place, failure.first), max(place, failure.last))
    if not events.failures:
        return None
    asks = any(clause.asked and text.sentences[clause.sentence].question for clause in text.clauses)
    for clause in text.clauses:
        if not clause.bits & IN_USE or clause.asked or text.a_topic(clause):
            continue
        if not FELLOWS.isdisjoint(text.words[clause.first : clause.last]):
            continue
        found = _at_work(text, clause, id(clause) in failing and not asks)
        if found is not None:
            return "production", text.said(found, found)
    return None


def _no_customer(text: Text, clause: Clause) -> bool:
    """Whether it is counted among many: "no customer gets the code", "algún cliente no recibe"."""
    bits, words = text.bits, text.words
    return any(
        bits[place] & ROLE and words[place] in CUSTOMER and bits[place - 1] & (NIL | SOME | ALL | ANY | ONE)
        for place in range(clause.first + 1, clause.last)
    )


def _share_of_traffic(text: Text, clause: Clause) -> bool:
    """Whether so many of a hundred calls or messages fail: nobody has them counted but who has many."""
    return bool(clause.bits & TRAFFIC) and any(word[-1:] == "%" for word in text.words[clause.first : clause.last])


def _at_work(text: Text, clause: Clause, fails: bool) -> int | None:
    """The word that tells of everyday use: a trade, who tells of it, what the public uses, traffic of one's own."""
    bits, words, mask = text.bits, text.words, clause.bits
    if mask & AT_WORK:
        return next(at for at in range(clause.first, clause.last) if bits[at] & AT_WORK)
    told = (
        mask & ROLE
        and mask & REPORT
        and not mask & OTHER
        and "another" not in words[clause.first : clause.last]
        and (mask & OUR or _complains(text, clause))
    )
    if told or (fails and mask & DAILY and mask & ROLE):
        return next(at for at in range(clause.first, clause.last) if bits[at] & ROLE)
    if mask & PUBLIC:
        for place in range(clause.first, clause.last):
            if bits[place] & PUBLIC and any(bits[at] & VENUE for at in range(place + 1, min(place + 3, clause.last))):
                return place
    if fails and mask & OUR:
        for place in range(clause.first + 1, clause.last):
            if bits[place] & TRAFFIC and any(
                bits[at] & OUR and words[at] not in ME for at in range(max(clause.first, place - 2), place)
            ):
                return place
    return None


def _complains(text: Text, clause: Clause) -> bool:
    return any(words.startswith(COMPLAINS) for words in text.words[clause.first : clause.last])
