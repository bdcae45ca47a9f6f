"""How strongly a clause states a failure, by its words and what a negation reaches of them."""

from __future__ import annotations

import re

from services.triage.domain.reading.happenings import BARE, SOFT, TOTAL, WEAK, Failure
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import BEEN, HARDLY, HEAD, NEG, NIL, NOTALL, VOID, denied
from services.triage.domain.reading.relapse import GONE, afterwards, over, relapses
from services.triage.domain.reading.scope import restricted
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.updates import UPDATE, our_refusal
from services.triage.domain.reading.vocabulary import QUOTE, any_of, bits
from services.triage.domain.reading.weighing import EVENTS, habitual

FAIL, DOWN, LOSS, DEG, INTER, PROB = bits("FAIL DOWN LOSS DEG INTER PROB")
ACT, WORK, FINE, HEAR, ERR, FIXED = bits("ACT WORK FINE HEAR ERR FIXED")
SHOW, RETURN, STILL, USED, UNTIL = bits("SHOW RETURN STILL USED UNTIL")
ALL, ANY, ONLY, OTHER, SVC, STOPS, EXCEPT, YOUR = bits("ALL ANY ONLY OTHER SVC STOPS EXCEPT YOUR")
UNIT, TAKES, ENDS, LASTS = bits("UNIT TAKES ENDS LASTS")
OUTAGE = any_of("OUTAGE")
DIR, PROD, BRIEFLY, PEOPLE, ROLE, OUR = bits("DIR PROD BRIEFLY PEOPLE ROLE OUR")
THINGS = any_of("FAIL DOWN LOSS ERR PROB")
OTHERS = any_of("THIRD CARR INTERNET MAJEURE")
THEIRS = any_of("NET KIT")
TELLING = any_of("ALL ANY SOME ONE ONLY NIL NEG NOTALL SVC PLACE CARR INTER PEOPLE WHEN")
SUCCESS, ATONCE, HELPDESK = bits("SUCCESS ATONCE HELPDESK")
TIME = frozenset(("time", "vez", "fois", "mal"))
ZERO = re.compile(r"0+(?:[.,]0+)?\s?%?").fullmatch
DONE = frozenset(("pass", "send", "call", "place", "use", "make", "submit", "dial", "post", "restart"))
"""What is done by whoever reports it."""
SUBJECTS = frozenset(("it", "they", "he", "she", "which", "that", "who", "have", "has", "had", "you"))


def look(text: Text, clause: Clause) -> tuple[Failure | None, bool]:
    """The failure that the clause states, if any; and whether it states that something works."""
    bits, mask = text.bits, clause.bits | clause.carried
    no = denied(text, clause)
    if clause.bits & FIXED:
        unfixed = any(bits[at] & FIXED for at in no)
        if not unfixed and not clause.bits & (RETURN | STILL):
            return None, True
        if unfixed and clause.bits & SVC:
            return Failure(BARE, clause, clause.first, clause.last - 1), False
    if clause.bits & OUTAGE and clause.bits & (DENIAL | GONE) and over(text, clause):
        return None, True
    if clause.bits & RETURN and clause.bits & DOWN and _last(text, clause, RETURN) > _last(text, clause, DOWN):
        if clause.bits & OUTAGE and relapses(text, clause):
            return Failure(BARE, clause, clause.first, clause.last - 1), False
        return None, True  # "went down and came back"
    if clause.bits & HELPDESK and not clause.bits & SVC:
        return None, False  # "support has not answered"
    if clause.bits & UPDATE and our_refusal(text, clause):
        return None, False  # our own act
    strength, first, last, of_things = 0, -1, -1, True
    works = False
    for place in range(clause.first, clause.last):
        if not bits[place] & EVENTS:
            continue
        level = _level(text, clause, place, no.get(place, 0))
        if level > 0:
            of_things = of_things and bool(bits[place] & THINGS)
            strength, first, last = max(strength, level), place if first < 0 else first, place
        elif level < 0:
            works = True
    if not strength and clause.bits & SUCCESS and any(map(ZERO, text.words[clause.first : clause.last])):
        strength, first, last = TOTAL, clause.first, clause.last - 1  # "success rate 0.00"
    if not strength and clause.bits & NIL and clause.bits & SVC and not works:
        strength, first, last = _absent(text, clause, no)
    if not strength and clause.bits & STOPS and clause.bits & SVC and not text.near(clause, STOPS, THINGS, 2):
        strength, first, last = TOTAL if clause.bits & (ALL | ANY | NIL) else BARE, clause.first, clause.last - 1
    if not strength and (works or clause.bits & ACT) and clause.bits & EXCEPT:
        strength, first, last = SOFT, clause.first, clause.last - 1  # "all but one work"
    if not strength and not works and clause.bits & UNIT and clause.bits & TAKES and clause.bits & (SVC | ACT):
        strength, first, last = SOFT, clause.first, clause.last - 1  # "takes ten minutes"
    if not strength and clause.bits & INTER and clause.bits & (ACT | ONLY) and not no and not _our_doing(text, clause):
        strength, first, last = SOFT, clause.first, clause.last - 1  # "is only possible now and then"
    if not strength and works and not no and clause.bits & ONLY and _only_there(text, clause):
        strength, first, last, works = SOFT, clause.first, clause.last - 1, False  # "only works in the UK"
    if not strength:
        return None, works
    if of_things and not clause.bits & SVC and (mask & OTHERS or (mask & THEIRS and not mask & YOUR)):
        strength = WEAK  # theirs is a cause, no failure of the service
    elif not (strength == WEAK and mask & QUOTE) and (mask & (INTER | BRIEFLY) or restricted(text, clause)):
        strength = SOFT
    first, last = _around(text, clause, first, last)
    return Failure(strength, clause, first, last, bool(mask & (INTER | BRIEFLY))), False


def _our_doing(text: Text, clause: Clause) -> bool:
    """Whether it says how often something is done, not how often it fails: "900 a day", "we sometimes pass none"."""
    ours = text.bits[clause.first] & OUR and not DONE.isdisjoint(text.words[clause.first : clause.last])
    return bool(ours) or habitual(text, clause)


def _only_there(text: Text, clause: Clause) -> bool:
    """Whether "only" belongs to its working: where, with what or for whom it works, and for all else it does not."""
    return text.near(clause, WORK, ONLY, 2)


def _last(text: Text, clause: Clause, classes: int) -> int:
    return max(place for place in range(clause.first, clause.last) if text.bits[place] & classes)


def _level(text: Text, clause: Clause, place: int, against: int) -> int:
    """The strength of one word: above 0 a failure, below 0 that it works, 0 neither."""
    mask = text.bits[place]
    used = clause.bits & USED
    wide = clause.bits & (ALL | ANY | NIL)
    undone = against and not against & NOTALL
    if mask & (WORK | ACT | HEAR | SHOW | RETURN) and against:
        return _not_done(text, clause, mask, against, bool(wide))
    if mask & (WORK | ACT) and (used or (clause.bits & UNTIL and mask & WORK)):
        return BARE  # "used to work", "worked until noon"
    if mask & OUTAGE and afterwards(text, clause, place):
        return 0
    if mask & DOWN and not mask & FIXED:
        if undone:
            return SOFT if _not_all(text, clause) else -1
        return TOTAL
    if mask & FAIL:
        if used or undone:
            return -1
        return SOFT if against else TOTAL if wide else SOFT if _an_attribute(text, clause, place) else BARE
    if mask & (LOSS | ERR):
        if used or undone:
            return -1 if mask & LOSS else 0
        if clause.bits & (ALL | NIL) or (wide and mask & LOSS):
            return TOTAL
        return SOFT if mask & LOSS else WEAK
    if mask & DEG:
        if mask & ENDS and not undone and not used and _each(text, clause):
            return TOTAL
        return -1 if undone else 0 if used else SOFT
    if mask & ENDS:
        return -1 if undone else TOTAL if _each(text, clause) else 0
    if mask & PROB:
        return -1 if undone else 0 if used else WEAK
    if mask & (WORK | FINE | FIXED):
        return SOFT if mask & FINE and against else -1
    return -1 if mask & ACT and clause.bits & (OTHER | ALL) else 0


def _an_attribute(text: Text, clause: Clause, place: int) -> bool:
    """Whether it is said of those that fail, not that they do: "we see failed calls", "undelivered texts"."""
    words, before = text.words, place - 1
    return (
        words[place].endswith(("ed", "en", "ing", "able"))
        and place + 1 < clause.last
        and words[place + 1].endswith("s")
        and bool(text.bits[place + 1] & SVC)
        and before >= clause.first
        and words[before] not in SUBJECTS
        and not text.bits[before] & (SVC | OTHERS | THEIRS | BEEN)
    )


def _not_done(text: Text, clause: Clause, mask: int, against: int, wide: bool) -> int:
    """Something that should be done or seen, and is not."""
    if against & (NOTALL | HARDLY):
        return SOFT
    if mask & (ACT | WORK):
        return SOFT if _not_all(text, clause) else TOTAL if wide else BARE
    if mask & HEAR:
        return TOTAL if wide else SOFT
    return BARE if mask & RETURN and clause.bits & SVC else SOFT


def _each(text: Text, clause: Clause) -> bool:
    """Whether each of them ends at once: "every call drops", not "all calls of more than ten minutes drop"."""
    bits = text.bits
    if clause.bits & (INTER | LASTS):
        return False
    return _every_time(text, clause) or any(
        bits[place] & (SVC | PEOPLE | ROLE)
        and place > clause.first
        and any(bits[at] & (ALL | ANY) for at in _before(text, clause, place))
        for place in range(clause.first, clause.last)
    )


def _every_time(text: Text, clause: Clause) -> bool:
    """Whether it is so each time, and at once: "every time somebody calls, the call is cut immediately"."""
    if not clause.bits & ATONCE:
        return False
    first = text.sentences[clause.sentence].clauses[0].first
    return any(
        text.bits[place] & ALL and text.words[place + 1] in TIME for place in range(first, min(clause.last, first + 6))
    )


def _before(text: Text, clause: Clause, place: int) -> tuple[int, ...]:
    """The word before a noun; what stands between ("every live call", "all our users") is passed over."""
    at = place - 1
    if at > clause.first and text.bits[at] & (PROD | DIR | OUR):
        at -= 1
    return (at,) if at >= clause.first else ()


def _not_all(text: Text, clause: Clause) -> bool:
    """Whether what is denied is the whole, not any of it: "does not reach all", "is not completely down"."""
    bits = text.bits
    denial = next((at for at in range(clause.first, clause.last) if bits[at] & NEG), None)
    if denial is None:
        return False
    return any(bits[at] & ALL and not bits[at] & ANY for at in range(denial + 1, min(denial + 5, clause.last)))


def _absent(text: Text, clause: Clause, no: dict[int, int]) -> tuple[int, int, int]:
    """Where nothing more is said of what there is none of: "no calls since nine"."""
    bits = text.bits
    for place in range(clause.first, clause.last):
        if bits[place] & NIL and not any(reached > place for reached in no):
            for thing in range(place + 1, min(place + 3, clause.last)):
                if bits[thing] & VOID:
                    break
                if bits[thing] & SVC and not (thing + 1 < clause.last and bits[thing + 1] & HEAD):
                    return TOTAL, place, thing
    return 0, -1, -1


def _around(text: Text, clause: Clause, first: int, last: int) -> tuple[int, int]:
    """From the first word that tells how much or of what, to the last."""
    places = [place for place in range(clause.first, clause.last) if text.bits[place] & TELLING]
    return min([first, *places]), max([last, *places])
