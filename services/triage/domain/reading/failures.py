"""How bad it is: which clauses state a failure, of what strength and reach, and the impact that they come to.

- *total*: the whole service ("SMS is down", "no call connects", "every request fails");
- *bare*: it fails, and nothing says how much of it ("calls fail");
- *soft*: some of it, one of several, now and then, late, in poor quality;
- *weak*: an error, a problem or an oddity is named, and no more.
"""

from __future__ import annotations

from services.triage.domain.reading.contrast import is_contrast, weigh_contrast, weigh_directions
from services.triage.domain.reading.happenings import BARE, SOFT, TOTAL, WEAK, Events, Failure
from services.triage.domain.reading.moods import NEG, NIL, VOID
from services.triage.domain.reading.scope import affirms, restricted
from services.triage.domain.reading.strength import look
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.updates import our_refusal
from services.triage.domain.reading.vocabulary import any_of, bits
from services.triage.domain.reading.weighing import (
    EVENTS,
    nothing_lost,
    sweeping,
    weigh_passing,
    weigh_place,
    weigh_some,
    weigh_title,
)

FAIL, ACT, FINE, WORK, INTER, ALL = bits("FAIL ACT FINE WORK INTER ALL")
ANY, OTHER, NOTONLY, SVC, LOSS, DOWN, ENDS, LASTS, DEG = bits("ANY OTHER NOTONLY SVC LOSS DOWN ENDS LASTS DEG")
OF_TIME = any_of("NOW SINCE PASTT UNIT PLACE")
TELLS = EVENTS | NIL | any_of("USED UNIT SUCCESS")
LISTS = frozenset(("neither", "nor", "weder", "noch", "ni", "nem"))
ASIDE = any_of("THANKS FALSEALARM")
AWAITED, OBLIGED, BEEN, HELPDESK = bits("AWAITED OBLIGED BEEN HELPDESK")
ANYMORE, WANT = bits("ANYMORE WANT")


def events_of(text: Text) -> Events:
    """The failures that a text states, in order."""
    found = Events([], [])
    before: tuple[Clause, bool] | None = None
    for clause in text.clauses:
        bits = clause.bits
        if not clause.stated:
            continue
        failed, works = None, False
        if bits & TELLS:
            failed, works = look(text, clause)
        if failed is None and bits & ALL and affirms(text, clause):
            works = True
            if before is not None and before[1] and before[0].bits & NOTONLY and not before[0].bits & DEG:
                failed, works = Failure(TOTAL, clause, clause.first, clause.last - 1), False  # "all calls do"
        if failed is None and not works and before is not None and bits & (NEG | NIL) and _ellipsis(clause):
            failed, works = _inherited(text, clause, *before)
        if failed is None and not works and found.failures and bits & ALL and _afterthought(clause, found.failures[-1]):
            failed = Failure(TOTAL, clause, clause.first, clause.last - 1)
        if failed is not None:
            found.failures.append(failed)
            before = clause, True
        elif works:
            found.works.append(clause)
            before = clause, False
        after_failure = before is not None and before[1]
        if failed is None and found.contrast is None and is_contrast(text, clause, found, after_failure=after_failure):
            found.contrast = clause
    weigh_contrast(text, found)
    weigh_place(text, found)
    weigh_title(text, found)
    weigh_some(text, found)
    weigh_passing(text, found)
    weigh_directions(text, found)
    return found


def _afterthought(clause: Clause, failure: Failure) -> bool:
    """Whether it adds to a failure that it is all of them: "they are lost, every one"."""
    mask = failure.clause.bits
    return (
        clause.sentence == failure.clause.sentence
        and clause.last - clause.first <= 3
        and not clause.bits & (EVENTS | OF_TIME | NEG | NIL | SVC)
        and not failure.intermittent
        and bool(mask & (FAIL | LOSS | DOWN | ENDS) or (mask & (NEG | NIL) and mask & ACT))
        and not mask & LASTS
    )


def _ellipsis(clause: Clause) -> bool:
    """A bare negation that takes up what was said before: "the others do not"."""
    return clause.last - clause.first <= 8 and not clause.bits & (FAIL | ACT | FINE | WORK | VOID)


def _inherited(text: Text, clause: Clause, before: Clause, failed: bool) -> tuple[Failure | None, bool]:
    if failed:  # "neither here nor there" goes on with it
        if text.words[clause.first] == "nor" and clause.bits & (OTHER | ANY):  # "nor can anybody else"
            return Failure(TOTAL, clause, clause.first, clause.last - 1), False
        return None, text.words[clause.first] not in LISTS
    strength = SOFT if restricted(text, clause) else TOTAL if clause.bits & NIL else BARE
    return Failure(strength, clause, clause.first, clause.last - 1), False


def oddity(text: Text, events: Events) -> Failure | None:
    """Where no failure is recognised: the first statement that does not say that it works.

    Whoever asks nothing, wishes nothing and does not say that it is over reports that something is not as it should
    be (SLA B.1). It is weak: some of it at most.
    """
    for sentence in text.sentences:
        told = [
            clause
            for clause in sentence.clauses
            if clause.stated
            and not clause.bits & (ASIDE | HELPDESK)
            and clause not in events.works
            and not our_refusal(text, clause)
            and not (clause.bits & ANYMORE and clause.bits & WANT)
        ]
        length = sum(clause.last - clause.first for clause in told)
        due = any(clause.bits & AWAITED or (clause.bits & OBLIGED and clause.bits & BEEN) for clause in told)
        aside = sentence.title or sentence.question or due
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
    steady = not any(failure.intermittent or failure.clause.bits & DEG for failure in events.failures)
    if events.contrast is None and steady and strongest.strength >= SOFT and sweeping(text, events):
        return "outage", strongest
    if events.contrast is None and (
        strongest.strength == TOTAL or (strongest.strength == BARE and softest.strength == BARE)
    ):
        return "outage", strongest
    decides = next((failure for failure in events.failures if failure.intermittent), softest)
    return ("intermittent" if decides.intermittent else "degraded"), decides
