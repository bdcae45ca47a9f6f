"""How bad it is: which clauses state a failure, of what strength and reach, and the impact that they come to.

- *total*: the whole service ("SMS is down", "no call connects", "every request fails");
- *bare*: it fails, and nothing says how much of it ("calls fail");
- *soft*: some of it, one of several, now and then, late, in poor quality;
- *weak*: an error, a problem or an oddity is named, and no more.
"""

from __future__ import annotations

from services.triage.domain.reading.happenings import BARE, SOFT, TOTAL, WEAK, Events, Failure
from services.triage.domain.reading.moods import HARDLY, HEAD, NEG, NIL, NOTALL, VOID, denied
from services.triage.domain.reading.scope import affirms, only_a_part, restricted
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits
from services.triage.domain.reading.weighing import (
    EVENTS,
    counted_one,
    habitual,
    nothing_lost,
    sweeping,
    weigh_passing,
    weigh_some,
    weigh_title,
)

FAIL, DOWN, LOSS, DEG, INTER, PROB = bits("FAIL DOWN LOSS DEG INTER PROB")
ACT, WORK, FINE, HEAR, ERR, FIXED = bits("ACT WORK FINE HEAR ERR FIXED")
SHOW, RETURN, STILL, USED, UNTIL, WA = bits("SHOW RETURN STILL USED UNTIL WA")
ALL, ANY, SOME, ONLY, OTHER, SVC, ALLELSE = bits("ALL ANY SOME ONLY OTHER SVC ALLELSE")
STOPS, EXCEPT, YOUR, WHEN = bits("STOPS EXCEPT YOUR WHEN")
UNIT, TAKES, ENDS, LASTS = bits("UNIT TAKES ENDS LASTS")
THINGS = any_of("FAIL DOWN LOSS ERR PROB")
OTHERS = any_of("THIRD CARR INTERNET MAJEURE")
THEIRS = any_of("NET KIT")
TELLING = any_of("ALL ANY SOME ONE ONLY NIL NEG NOTALL SVC PLACE CARR INTER PEOPLE WHEN")
LISTS = frozenset(("neither", "nor", "weder", "noch", "ni", "nem"))
ASIDE = any_of("THANKS")
DIR, PROD, BRIEFLY = bits("DIR PROD BRIEFLY")
ASIDE_OF_DIR = any_of("PLACE CARR COUNTRY LOC DEVICE ONE SOME")


def events_of(text: Text) -> Events:
    """The failures that a text states, in order."""
    found = Events([], [])
    before: tuple[Clause, bool] | None = None
    for clause in text.clauses:
        bits = clause.bits
        if not clause.stated:
            continue
        failed, works = None, False
        if bits & (EVENTS | NIL | USED | UNIT):
            failed, works = _look(text, clause)
        if failed is None and not works and affirms(text, clause) and bits & ALL:
            works = True
        if failed is None and not works and before is not None and bits & (NEG | NIL) and _ellipsis(clause):
            failed, works = _inherited(text, clause, *before)
        if failed is not None:
            found.failures.append(failed)
            before = clause, True
        elif works:
            found.works.append(clause)
            before = clause, False
        if failed is None and found.contrast is None:
            whenever = text.bits[clause.first] & WHEN and before is not None and before[1]
            heading = text.sentences[clause.sentence].title and not clause.bits & (WORK | FINE | ONLY)
            if not heading and (whenever or only_a_part(text, clause)):
                found.contrast = clause
    if found.contrast is not None and found.contrast.bits & ALLELSE and any(map(_all_of_a_service, found.failures)):
        found.contrast = None
    if found.contrast is None and (some := counted_one(text, found)) is not None:
        found.contrast = some
    weigh_title(text, found)
    weigh_some(text, found)
    weigh_passing(text, found)
    if found.contrast is not None and _of_a_direction(found.contrast) and sweeping(text, found):
        found.contrast = None  # a direction is a function of its own where it fails for all
    return found


def _all_of_a_service(failure: Failure) -> bool:
    """Whether all of a named service fails: what else works beside it is another service."""
    return failure.strength == TOTAL and bool(failure.clause.bits & SVC and failure.clause.bits & (ALL | ANY | NIL))


def _of_a_direction(clause: Clause) -> bool:
    return bool(clause.bits & DIR) and not clause.bits & ASIDE_OF_DIR


def _ellipsis(clause: Clause) -> bool:
    """A bare negation that takes up what was said before: "the others do not"."""
    return clause.last - clause.first <= 8 and not clause.bits & (FAIL | ACT | FINE | WORK | VOID)


def _inherited(text: Text, clause: Clause, before: Clause, failed: bool) -> tuple[Failure | None, bool]:
    if failed:  # "neither here nor there" goes on with it
        return None, text.words[clause.first] not in LISTS
    strength = SOFT if restricted(text, clause) else TOTAL if clause.bits & NIL else BARE
    return Failure(strength, clause, clause.first, clause.last - 1), False


def _look(text: Text, clause: Clause) -> tuple[Failure | None, bool]:
    """The failure that the clause states, if any; and whether it states that something works."""
    bits, mask = text.bits, clause.bits | clause.carried
    no = denied(text, clause)
    if clause.bits & FIXED:
        unfixed = any(bits[at] & FIXED for at in no)
        if not unfixed and not clause.bits & (RETURN | STILL):
            return None, True
        if unfixed and clause.bits & SVC:
            return Failure(BARE, clause, clause.first, clause.last - 1), False
    if clause.bits & RETURN and clause.bits & DOWN and _last(text, clause, RETURN) > _last(text, clause, DOWN):
        return None, True  # "went down and came back"
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
    if not strength and clause.bits & NIL and clause.bits & SVC and not works:
        strength, first, last = _absent(text, clause, no)
    if not strength and clause.bits & STOPS and clause.bits & SVC:
        strength, first, last = TOTAL if clause.bits & (ALL | ANY | NIL) else BARE, clause.first, clause.last - 1
    if not strength and (works or clause.bits & ACT) and clause.bits & EXCEPT:
        strength, first, last = SOFT, clause.first, clause.last - 1  # "all but one work"
    if not strength and not works and clause.bits & UNIT and clause.bits & TAKES and clause.bits & (SVC | ACT):
        strength, first, last = SOFT, clause.first, clause.last - 1  # "takes ten minutes"
    if not strength and clause.bits & INTER and clause.bits & (ACT | ONLY) and not no and not habitual(text, clause):
        strength, first, last = SOFT, clause.first, clause.last - 1  # "is only possible now and then"
    if not strength and works and not no and clause.bits & ONLY and _only_there(text, clause):
        strength, first, last, works = SOFT, clause.first, clause.last - 1, False  # "only works in the UK"
    if not strength:
        return None, works
    if of_things and not clause.bits & SVC and (mask & OTHERS or (mask & THEIRS and not mask & YOUR)):
        strength = WEAK  # theirs is a cause, no failure of the service
    elif strength != SOFT and (mask & (INTER | BRIEFLY) or restricted(text, clause)):
        strength = SOFT
    first, last = _around(text, clause, first, last)
    return Failure(strength, clause, first, last, bool(mask & (INTER | BRIEFLY))), False


def _only_there(text: Text, clause: Clause) -> bool:
    """Whether "only" belongs to its working: where, with what or for whom it works, and for all else it does not."""
    bits = text.bits
    return any(
        bits[place] & WORK
        and any(bits[at] & ONLY for at in range(max(clause.first, place - 2), min(place + 3, clause.last)))
        for place in range(clause.first, clause.last)
    )


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
    if mask & DOWN and not mask & FIXED:
        if undone:
            return SOFT if _not_all(text, clause) else -1
        return TOTAL
    if mask & FAIL:
        if used or undone:
            return -1
        return SOFT if against else TOTAL if wide else BARE
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
        return TOTAL if not undone and _each(text, clause) else 0
    if mask & PROB:
        return -1 if undone else 0 if used else WEAK
    if mask & (WORK | FINE | FIXED):
        return SOFT if mask & FINE and against else -1
    return -1 if mask & ACT and clause.bits & (OTHER | ALL) else 0


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
    return not clause.bits & (INTER | LASTS) and any(
        bits[place] & SVC
        and place > clause.first
        and bits[place - 2 if bits[place - 1] & (PROD | DIR) and place > clause.first + 1 else place - 1] & (ALL | ANY)
        for place in range(clause.first, clause.last)
    )


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


def oddity(text: Text, events: Events) -> Failure | None:
    """Where no failure is recognised: the first statement that does not say that it works.

    Whoever asks nothing, wishes nothing and does not say that it is over reports that something is not as it should
    be (SLA B.1). It is weak: some of it at most.
    """
    for sentence in text.sentences:
        told = [clause for clause in sentence.clauses if clause.stated and clause not in events.works]
        length = sum(clause.last - clause.first for clause in told)
        aside = sentence.title or sentence.question or any(clause.bits & ASIDE for clause in told)
        if length > 3 and not aside:
            intermittent = any(clause.bits & INTER for clause in told)
            return Failure(WEAK, told[0], told[0].first, told[-1].last - 1, intermittent)
    return None


def impact_of(text: Text, events: Events) -> tuple[str, Failure] | None:
    """The impact, and the failure that decides it; None where no failure is stated."""
    if not events.failures:
        return None
    if nothing_lost(text, events):
        return "none", events.failures[0]
    told = [failure for failure in events.failures if failure.strength > WEAK] or events.failures
    strongest = max(told, key=lambda failure: failure.strength)
    softest = min(told, key=lambda failure: failure.strength)
    if events.contrast is None and (
        strongest.strength == TOTAL or (strongest.strength == BARE and softest.strength == BARE)
    ):
        return "outage", strongest
    decides = next((failure for failure in events.failures if failure.intermittent), softest)
    return ("intermittent" if decides.intermittent else "degraded"), decides
