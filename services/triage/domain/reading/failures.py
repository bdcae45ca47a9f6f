"""How bad it is: which clauses state a failure, of what strength and reach, and the impact that they come to.

- *total*: the whole service ("SMS is down", "no call connects", "every request fails");
- *bare*: it fails, and nothing says how much of it ("calls fail");
- *soft*: some of it, one of several, now and then, late, in poor quality;
- *weak*: an error or a problem is named, and no more.

One number, agent, country or feature of several is degraded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from services.triage.domain.reading.moods import DENIAL, HARDLY, NEG, NIL, NOTALL, denied
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

FAIL, DOWN, LOSS, DEG, INTER, PROB = bits("FAIL DOWN LOSS DEG INTER PROB")
ACT, WORK, FINE, HEAR, ERR, FIXED = bits("ACT WORK FINE HEAR ERR FIXED")
ALL, ANY, SOME, ONE, ONLY = bits("ALL ANY SOME ONE ONLY")
NOTONLY, OTHER, ALMOST = bits("NOTONLY OTHER ALMOST")
SVC, FEAT, PEOPLE, ROLE, SITE = bits("SVC FEAT PEOPLE ROLE SITE")
COUNTRY, PLACE, DEVICE, DIR, CARR = bits("COUNTRY PLACE DEVICE DIR CARR")
WHEN, USED, AGAIN, WA = bits("WHEN USED AGAIN WA")
STAGE, DEVEL, PROD, HELPS, SWITCH = bits("STAGE DEVEL PROD HELPS SWITCH")
SHOW, RETURN, STILL = bits("SHOW RETURN STILL")
OTHERS = any_of("THIRD CARR INTERNET NET KIT")
EVENTS = FAIL | DOWN | LOSS | DEG | INTER | PROB | ACT | WORK | HEAR | ERR | FINE | FIXED | SHOW
TARGET = SVC | PEOPLE | ROLE | SITE | COUNTRY | CARR | DEVICE | FEAT
PORTION = re.compile(r"\d{1,2}(?:[.,]\d+)?%")
TOTAL, BARE, SOFT, WEAK = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as a clause states it; `first` and `last` are the words it rests on."""

    strength: int
    clause: Clause
    first: int
    last: int
    intermittent: bool = False


@dataclass(slots=True)
class Events:
    """What a text says happens: failures, and what else is said to work."""

    failures: list[Failure]
    works: list[Clause]
    """Clauses that state that something works, and no failure."""
    contrast: Clause | None = None
    """The first clause by which only a part is concerned: the others work, or only some of it is meant."""


def events_of(text: Text) -> Events:
    """The failures that a text states, in order."""
    found = Events([], [])
    before: tuple[Clause, bool] | None = None
    for clause in text.clauses:
        bits = clause.bits
        if clause.asked or clause.supposed:
            continue
        failed = None
        if bits & (EVENTS | NIL | USED):
            failed, works = _look(text, clause)
            if failed is None and not works and before is not None and _ellipsis(text, clause):
                failed, works = _inherited(text, clause, *before)
            if failed is not None:
                found.failures.append(failed)
                before = clause, True
            elif works:
                found.works.append(clause)
                before = clause, False
        elif before is not None and bits & NEG and _ellipsis(text, clause):
            failed, works = _inherited(text, clause, *before)
            if failed is not None:
                found.failures.append(failed)
        if failed is None and found.contrast is None and _part_only(text, clause):
            found.contrast = clause
    _weigh_title(text, found)
    return found


def _weigh_title(text: Text, found: Events) -> None:
    """A title names the matter; how far it goes, and whether it is the case, the text below says."""
    titles = [failure for failure in found.failures if text.sentences[failure.clause.sentence].title]
    below = [failure for failure in found.failures if not text.sentences[failure.clause.sentence].title]
    if not titles or len(text.sentences) == 1:
        return
    if below:
        unsteady = any(failure.intermittent for failure in below)
        found.failures = [
            replace(failure, strength=BARE)
            if failure.strength == TOTAL
            and text.sentences[failure.clause.sentence].title
            and (unsteady or not failure.clause.bits & (ALL | ANY | NIL))
            else failure
            for failure in found.failures
        ]
    elif any(
        clause.bits & (EVENTS | WA)
        for sentence in text.sentences[1:]
        for clause in sentence.clauses
        if clause.asked or clause.supposed or clause.bits & FIXED
    ):
        found.failures = []


def _ellipsis(text: Text, clause: Clause) -> bool:
    """A bare negation that takes up what was said before: "the others do not"."""
    return clause.bits & NEG != 0 and clause.last - clause.first <= 8 and not clause.bits & (FAIL | ACT | FINE | WORK)


def _inherited(text: Text, clause: Clause, before: Clause, failed: bool) -> tuple[Failure | None, bool]:
    if failed:
        return None, True
    return Failure(SOFT if restricted(text, clause) else BARE, clause, clause.first, clause.last - 1), False


def _look(text: Text, clause: Clause) -> tuple[Failure | None, bool]:
    """The failure that the clause states, if any; and whether it states that something works."""
    bits = text.bits
    no = denied(text, clause)
    strength, first, last = 0, -1, -1
    works = False
    if clause.bits & FIXED and not clause.bits & (RETURN | STILL) and not any(bits[at] & FIXED for at in no):
        return None, True
    wide = clause.bits & (ALL | ANY | NIL) != 0
    for place in range(clause.first, clause.last):
        mask = bits[place]
        if not mask & EVENTS:
            continue
        against = no.get(place, 0)
        level = _level(text, clause, place, mask, against, wide)
        if level > 0:
            strength = max(strength, level)
            first = place if first < 0 else first
            last = place
        elif level < 0:
            works = True
    if not strength and clause.bits & NIL and clause.bits & SVC and not works:
        strength, first, last = _absent(text, clause, no)
    if not strength:
        return None, works
    partial = restricted(text, clause)
    if clause.bits & OTHERS and not clause.bits & SVC:
        strength = WEAK  # theirs is a cause, no failure of the service
    elif strength > SOFT and (partial or (clause.bits | clause.carried) & INTER):
        strength = SOFT
    first, last = _around(text, clause, first, last)
    return Failure(strength, clause, first, last, bool((clause.bits | clause.carried) & INTER)), False


def _level(text: Text, clause: Clause, place: int, mask: int, against: int, wide: bool) -> int:
    """The strength of one word: above 0 a failure, below 0 that it works, 0 neither."""
    if mask & USED:
        return 0
    used = clause.bits & USED
    if mask & (WORK | ACT | HEAR) and against:
        if against & (NOTALL | HARDLY):
            return SOFT
        if mask & HEAR and not mask & ACT:
            return TOTAL if against & NIL or wide else SOFT
        return TOTAL if (against & NIL or wide) and not _not_all(text, clause, place) else BARE
    if mask & SHOW and against:
        return SOFT
    if mask & (WORK | ACT) and used:
        return BARE
    if mask & DOWN and not mask & FIXED:
        if against and not against & NOTALL:
            return SOFT if _not_all(text, clause, place) else -1
        return TOTAL
    if mask & FAIL:
        if used or (against and not against & NOTALL):
            return -1
        return SOFT if against else TOTAL if wide else BARE
    if mask & (LOSS | ERR):
        if used or (against and not against & NOTALL):
            return -1 if mask & LOSS else 0
        if wide and (mask & LOSS or clause.bits & (ALL | NIL)):
            return TOTAL
        return SOFT if mask & LOSS else WEAK
    if mask & DEG:
        return -1 if against and not against & NOTALL else 0 if used else SOFT
    if mask & PROB:
        return 0 if against or used else WEAK
    if mask & (WORK | FINE | FIXED):
        if mask & FINE and against:
            return SOFT
        return -1
    if mask & ACT and clause.bits & OTHER:
        return -1
    return 0


def _not_all(text: Text, clause: Clause, place: int) -> bool:
    """ "Does not reach all", "is not completely down": what is denied is the whole, not any of it."""
    bits = text.bits
    denial = next((at for at in range(clause.first, clause.last) if bits[at] & NEG), None)
    if denial is None:
        return False
    return any(bits[at] & ALL and not bits[at] & ANY for at in range(denial + 1, min(denial + 5, clause.last)))


def _absent(text: Text, clause: Clause, no: dict[int, int]) -> tuple[int, int, int]:
    """ "No calls since nine": nothing more is said of them."""
    bits = text.bits
    for place in range(clause.first, clause.last):
        if bits[place] & NIL and not any(reached > place for reached in no):
            for thing in range(place + 1, min(place + 4, clause.last)):
                if bits[thing] & SVC:
                    return TOTAL, place, thing
    return 0, -1, -1


def restricted(text: Text, clause: Clause) -> bool:
    """Whether the clause speaks of a part: some, one of several, a country, a carrier, a device, a feature."""
    bits, mask = text.bits, clause.bits | clause.carried
    if mask & (SOME | ALMOST | NOTALL | HARDLY | WHEN):
        return True
    if mask & ONLY and not mask & NOTONLY and not mask & PROD:
        return True
    if mask & (PLACE | DEVICE):
        return True
    if mask & (CARR | COUNTRY) and not mask & (ALL | ANY | NIL | NOTONLY):
        return True
    if mask & FEAT and not (mask & SVC and _before(text, clause, SVC, FEAT)):
        return True
    if mask & ONE:
        for place in range(clause.first, clause.last):
            if (
                bits[place] & ONE
                and (not bits[place] & ~ONE or bits[place] & TARGET)
                and any(bits[at] & TARGET for at in range(place, min(place + 4, clause.last)))
            ):
                return True
    return any(PORTION.fullmatch(text.words[place]) and text.words[place] not in ("100%", "0%")
               for place in range(clause.first, clause.last) if text.words[place].endswith("%"))  # fmt: skip


def _before(text: Text, clause: Clause, one: int, other: int) -> bool:
    """Whether a word of one class stands before all those of another."""
    for place in range(clause.first, clause.last):
        if text.bits[place] & other:
            return False
        if text.bits[place] & one:
            return True
    return False


def _part_only(text: Text, clause: Clause) -> bool:
    """The others work; calls themselves are normal; a second try passes; or it is only about some of it."""
    mask = clause.bits
    if mask & (STAGE | DEVEL | PROD):
        return False
    positive = mask & (WORK | FINE | ACT | HELPS) and not mask & DENIAL
    if positive and mask & (OTHER | SOME | DIR | PLACE | CARR):
        return True
    if mask & OTHER and mask & DENIAL and mask & (NIL | PROB | FINE | WORK | NEG):
        return True
    return bool(
        mask & ONLY and not mask & NOTONLY and mask & (PLACE | CARR | COUNTRY | SITE | DEVICE | DIR | FEAT | SOME | ONE)
    )


def _around(text: Text, clause: Clause, first: int, last: int) -> tuple[int, int]:
    """From the first word that tells how much or of what, to the last."""
    telling = ALL | ANY | SOME | ONE | ONLY | NIL | NEG | NOTALL | SVC | PLACE | CARR | INTER | PEOPLE | WHEN
    places = [place for place in range(clause.first, clause.last) if text.bits[place] & telling]
    return min([first, *places]), max([last, *places])


def impact_of(events: Events) -> tuple[str, Failure] | None:
    """The impact, and the failure that decides it; None where no failure is stated."""
    if not events.failures:
        return None
    told = [failure for failure in events.failures if failure.strength > WEAK] or events.failures
    strongest = max(told, key=lambda failure: failure.strength)
    softest = min(told, key=lambda failure: failure.strength)
    if events.contrast is None and (
        strongest.strength == TOTAL or (strongest.strength == BARE and softest.strength == BARE)
    ):
        return "outage", strongest
    decides = next((failure for failure in events.failures if failure.intermittent), softest)
    return ("intermittent" if decides.intermittent else "degraded"), decides
