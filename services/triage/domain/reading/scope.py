"""Of how much a clause speaks: of all of a service, or of a part of it.

One number, agent, country or feature of several is a part (the contracts' rule for impact that is read).
"""

from __future__ import annotations

import re

from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import NEG, NIL, VOID
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

ALL, ANY, ONE, ONLY, NOTONLY, OTHER = bits("ALL ANY ONE ONLY NOTONLY OTHER")
WORK, FINE, ACT, HELPS, PROB, ELSEWHERE = bits("WORK FINE ACT HELPS PROB ELSEWHERE")
PROD, COUNT, OUR = bits("PROD COUNT OUR")
EVERYWHERE, NAMES, SVC, WITHOUTIT = bits("EVERYWHERE PLACE SVC WITHOUTIT")
ENVIRONMENT = any_of("PROD STAGE DEVEL")
REGARDLESS, WHEN = bits("REGARDLESS WHEN")
ALWAYS_PART = any_of("SOME ALMOST NOTALL HARDLY WHEN PARTOF")
WHO = frozenset(("who", "whose", "qui", "dont"))
PEOPLE, ROLE = bits("PEOPLE ROLE")
SOMETIMES = any_of("INTER")
OF_THEM = any_of("SOME ALMOST NOTALL HARDLY PARTOF")
SPAN = frozenset(
    ("hour", "minute", "day", "week", "month", "year", "second", "time", "way", "more", "by", "moment", "thing")
)
NAMED_PART = any_of("FEAT")
OF_ANOTHER = any_of("SVC HEAR FEAT PEOPLE")
OF_MANY = any_of("PLACE CARR COUNTRY LOC DEVICE")
SINGLE = frozenset(("single", "a single", "único", "una sola", "un solo", "seul", "une seule", "einzige", "einziger"))
PERSONS = frozenset(("everyone", "everybody", "nobody", "anyone", "anybody", "nadie", "personne", "ninguém", "niemand"))
ARTICLES = frozenset(("a", "an", "un", "una", "une", "um", "uma", "ein", "eine", "einem", "einer"))
TROUBLE = any_of("DOWN PROB FAIL LOSS DEG ERR")
TO = frozenset(("to", "ins", "vers", "hacia"))
OPEN = frozenset(
    ("the", "our", "us", "me", "be", "any", "all", "it", "them", "him", "her", "a", "an", "you", "your", "their")
)
WITH = frozenset(("with", "mit", "con", "avec", "com"))
COUNTED = any_of("ROLE PEOPLE SVC LOC")
OF = frozenset(("of", "von", "de", "des", "sur", "dos", "das", "out", "aus"))
HAVE = frozenset(("have", "use", "need", "tenemos", "usamos", "avons", "utilisons", "temos", "haben", "nutzen"))
TO_USE = frozenset(
    ("text", "call", "ring", "phone", "write", "dial", "message", "contact", "reply", "answer", "subscribe", "register")
)
"""Who does this is whoever uses it."""
THEIR = frozenset(("their", "the", "in"))
ELSE = frozenset(("apis", "websites", "vendors", "suppliers", "apps", "programs"))
"""What others run: that theirs works tells nothing of how much of this one fails."""
RAVAGE, CARR, VAIN, WA, ANOTHER = bits("RAVAGE CARR VAIN WA ANOTHER")
SAYS = any_of("SAY REPORT")
TARGET = any_of("SVC PEOPLE ROLE SITE LOC COUNTRY CARR DEVICE FEAT")
OF_OTHERS = any_of("OTHER SOME DIR PLACE CARR LOC")
OF_A_PART = any_of("PLACE CARR COUNTRY SITE LOC DEVICE DIR FEAT SOME ONE")
PORTION = re.compile(r"\d{1,2}(?:[.,]\d+)?\s?%")
YES = frozenset(("si", "sim", "schon", "oui", "do", "does", "yes", "ja", "is", "can"))
"""What affirms at the end of a clause: "the others do", "desde las demás sí"."""


def of_some(text: Text, clause: Clause) -> bool:
    """Whether it says how many of them: some, most, "one in ten", a percentage below all."""
    if clause.bits & ALL:
        return False
    some = clause.bits & (SOMETIMES | OF_THEM) or _portion(text, clause)
    return bool(some) or (not clause.bits & NIL and _so_many(text, clause, of=True))


def counted(text: Text, clause: Clause) -> bool:
    """Whether a clause without an event says how many of how many: "some forty of 30,000", "roughly 3 %"."""
    if clause.bits & ALL:
        return False
    return _portion(text, clause) or _so_many(text, clause, of=True)


def _portion(text: Text, clause: Clause) -> bool:
    return any(
        PORTION.fullmatch(word) and word not in ("100%", "0%", "0 %")
        for word in text.words[clause.first : clause.last]
        if word[-1:] == "%"
    )


def restricted(text: Text, clause: Clause) -> bool:
    """Whether the clause speaks of a part: some, one of several, a country, a carrier, a device, a feature."""
    mask = clause.bits | clause.carried
    if mask & (ALWAYS_PART if not mask & REGARDLESS else ALWAYS_PART & ~WHEN):
        return True
    if mask & NOTONLY:
        return False
    if mask & ONLY and not mask & PROD:
        return True
    if mask & OF_MANY and not _everywhere(text, clause) and not _all_of(text, clause, OF_MANY):
        return True
    if clause.bits & NAMED_PART:
        return True
    if mask & ONE and _one_of(text, clause):
        return True
    article = text.words[clause.first] in ARTICLES and (
        text.bits[clause.first] & ONE or text.words[clause.first][0] == "a"
    )
    if article and not any(at & (TROUBLE | SVC) for at in text.bits[clause.first : clause.first + 3]):
        return True  # "a teacher cannot start"
    if _so_many(text, clause) or _to_somewhere(text, clause) or _those_who(text, clause):
        return True
    return _portion(text, clause)


def _all_of(text: Text, clause: Clause, classes: int) -> bool:
    """Whether it is all of them, or none, that are spoken of: "to every country", "no carrier"."""
    bits, words = text.bits, text.words
    if any(
        bits[place] & (ALL | NIL)
        and words[place + 1] in OF
        and any(mask & classes for mask in bits[place + 2 : min(place + 5, clause.last)])
        for place in range(clause.first, clause.last - 1)
    ):
        return True  # "in none of the three offices"
    return any(
        bits[place] & classes and not bits[place] & NAMES and _told_of_all(text, clause, place)
        for place in range(clause.first, clause.last)
    )


def _told_of_all(text: Text, clause: Clause, place: int) -> bool:
    """Whether "all" or "no" is said of this thing, and of no other between: not "no sound on iPhones"."""
    for at in range(place - 1, max(clause.first, place - 3) - 1, -1):
        if text.bits[at] & (ALL | ANY | NIL):
            return text.words[at] not in PERSONS  # "everyone with that carrier"
        if text.bits[at] & OF_ANOTHER:
            return False
    return False


def _everywhere(text: Text, clause: Clause) -> bool:
    """Whether the sentence goes on to say that it is so everywhere: "in Spain, France and everywhere else"."""
    return any(
        other.bits & EVERYWHERE and not other.bits & (DENIAL | WORK | FINE)
        for other in text.sentences[clause.sentence].clauses
    )


def _those_who(text: Text, clause: Clause) -> bool:
    """Whether it is of those who do or are something: "users who join last cannot call"."""
    bits, words = text.bits, text.words
    return not clause.bits & (ALL | NIL) and any(
        words[place] in WHO
        and bits[place - 1] & (PEOPLE | ROLE)
        and not (
            place + 2 < clause.last
            and words[place + 1] in TO_USE
            and (bits[place + 2] & OUR or words[place + 2] in THEIR)
        )
        for place in range(clause.first + 1, clause.last)
    )


def _to_somewhere(text: Text, clause: Clause) -> bool:
    """Whether it is about what goes to something that is named: "calls to mobiles", "texts to prepaid cards"."""
    bits, words = text.bits, text.words
    return any(
        words[place] in TO and bits[place - 1] & (SVC | ACT) and not bits[place + 1] and words[place + 1] not in OPEN
        for place in range(clause.first + 1, clause.last - 1)
    )


def _so_many(text: Text, clause: Clause, *, of: bool = False) -> bool:
    """Whether so many of them are counted: "4 of 40 agents", "two of our numbers", and, but for `of`, "two numbers"."""
    bits, words = text.bits, text.words
    for place in range(clause.first, clause.last - 1):
        if not (bits[place] & COUNT or words[place].isdigit()) or any(
            bits[at] & (NIL | ANY) for at in range(max(clause.first, place - 5), place)
        ):
            continue  # "none of the 60 numbers"
        following = words[place + 1]
        if following in OF and place + 2 < clause.last:
            if words[place + 2] != words[place] and (
                bits[place + 2] & (COUNT | OUR) or words[place + 2][:1].isdigit() or words[place + 2] == "the"
            ):
                return True
        elif not of and bits[place + 1] & COUNTED and not (place > clause.first and bits[place - 1] & (OUR | ALL)):
            return True
    return False


def _one_of(text: Text, clause: Clause) -> bool:
    """Whether it is one of them, or begins with one: "one of our numbers", "un ramal no recibe"."""
    bits, words = text.bits, text.words
    denied = False
    for place in range(clause.first, clause.last):
        if bits[place] & NIL:
            return False  # "no agent can place a call": what comes after is what none of them can do
        if bits[place] & ONE and denied and text.text[text.starts[place] : text.ends[place]].lower() in SINGLE:
            return False  # "have not received a single message"
        denied = denied or bool(bits[place] & NEG)
        if not bits[place] & ONE:
            continue
        if bits[place] & TARGET or any(bits[at] & TARGET for at in range(place + 1, min(place + 4, clause.last))):
            return True
        if words[place] == "one" and place + 1 < clause.last and words[place + 1] not in SPAN:
            return True
    return False


def affirms(text: Text, clause: Clause) -> bool:
    """Whether a clause that names something says no more of it than yes."""
    last = clause.last - 1
    return last - clause.first < 8 and text.words[last] in YES


def _of_others(text: Text, clause: Clause) -> bool:
    """Whether it is other companies' things that work: "other APIs answer from the same host"."""
    return any(
        text.bits[place] & OTHER and text.words[place + 1] in ELSE for place in range(clause.first, clause.last - 1)
    )


def says_so(text: Text, clause: Clause) -> bool:
    """Whether a carrier is who says it of all, not where it happens: not so "says that other carriers deliver"."""
    bits = text.bits
    return not clause.bits & (OTHER | OF_THEM) and any(
        bits[place] & CARR and any(mask & SAYS for mask in bits[place + 1 : min(place + 4, clause.last)])
        for place in range(clause.first, clause.last)
    )


def only_a_part(text: Text, clause: Clause) -> bool:
    """The others work; calls themselves are normal; a second try passes; or it is only about some of it."""
    mask = clause.bits
    if mask & ENVIRONMENT or mask & VAIN or (mask & (WA | ANOTHER) and mask & DENIAL):
        return False  # what was tried in vain, and that there is no other way, make it no smaller
    if mask & CARR and not mask & ONLY and says_so(text, clause):
        return False  # "our carrier says that everything is fine"
    yes = affirms(text, clause)
    denied = mask & DENIAL and not mask & WITHOUTIT
    havoc = mask & RAVAGE and not mask & CARR  # "there was a fire in the district": nothing fires there
    positive = (mask & (WORK | FINE | ACT | HELPS) or yes) and not denied and not havoc and not _of_others(text, clause)
    if positive and (
        mask & (OF_OTHERS | ELSEWHERE | WITHOUTIT) or text.words[clause.first] in WITH or (yes and mask & SVC)
    ):
        return True
    if mask & OTHER and mask & DENIAL and mask & (NIL | PROB | FINE | WORK | NEG) and not mask & VOID:
        return True
    if mask & OUR and not HAVE.isdisjoint(text.words[clause.first : clause.last]):
        return False  # "we have only templates there"
    return bool(mask & ONLY and not mask & NOTONLY and mask & OF_A_PART)
