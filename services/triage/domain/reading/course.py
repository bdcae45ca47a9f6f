"""Whether it goes on, and whether there is a way around it."""

from __future__ import annotations

from services.triage.domain.reading.failures import Events
from services.triage.domain.reading.moods import DENIAL, denied
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import bits

FIXED, STILL, AGAIN, NOW, SINCE = bits("FIXED STILL AGAIN NOW SINCE")
PASTT, PASTV, WORK, FINE, ACT = bits("PASTT PASTV WORK FINE ACT")
WA, SWITCH, HELPS, VAIN, OUR = bits("WA SWITCH HELPS VAIN OUR")
FAIL, DOWN, LOSS, ASK, RCA, PROB, DEG = bits("FAIL DOWN LOSS ASK RCA PROB DEG")
STAGE, DEVEL = bits("STAGE DEVEL")

Words = tuple[str, int, int]


def ongoing_of(text: Text, events: Events) -> tuple[str, Words] | None:
    """`yes` or `no`, by what is said last; None where nothing tells."""
    failing = {id(failure.clause): failure for failure in events.failures}
    verdict: tuple[str, Words] | None = None
    past: Words | None = None
    present = False
    for clause in text.clauses:
        if clause.asked or clause.supposed:
            continue
        mask = clause.bits
        failure = failing.get(id(clause))
        if failure is not None:
            if mask & (PASTT | PASTV) and not mask & (STILL | NOW | SINCE):
                past = text.said(failure.first, failure.last)
                if mask & FIXED and not _denied(text, clause, FIXED):
                    verdict = "no", _words(text, clause, FIXED)
            else:
                present = present or not text.sentences[clause.sentence].title
                if mask & (STILL | AGAIN | SINCE):
                    verdict = "yes", text.said(failure.first, failure.last)
                elif verdict is not None and verdict[0] == "no":
                    verdict = None
        elif mask & FIXED:
            if _denied(text, clause, FIXED):
                verdict = "yes", _words(text, clause, FIXED)
            elif not mask & (PROB | DEG | FAIL) or mask & PASTV or not mask & AGAIN:
                verdict = "no", _words(text, clause, FIXED)
        elif mask & (WORK | FINE | ACT) and mask & (NOW | AGAIN) and not mask & (DENIAL | STAGE | DEVEL):
            verdict = "no", _words(text, clause, WORK | FINE | ACT)
    if verdict is None and past is not None and not present:
        return "no", past
    return verdict


def _a_topic(text: Text, clause: Clause) -> bool:
    """A title of one word says what it is about, not that it is so."""
    return text.sentences[clause.sentence].title and clause.last - clause.first == 1


def _denied(text: Text, clause: Clause, classes: int) -> bool:
    return any(text.bits[place] & classes for place in denied(text, clause))


def _words(text: Text, clause: Clause, classes: int) -> Words:
    places = [
        place for place in range(clause.first, clause.last) if text.bits[place] & (classes | DENIAL | AGAIN | NOW)
    ]
    return text.said(places[0], places[-1])


def workaround_of(text: Text) -> tuple[str, Words] | None:
    """`none` or `available`, by what is said last; None where nothing tells, or it is only asked for."""
    verdict: tuple[str, Words] | None = None
    for clause in text.clauses:
        mask = clause.bits
        if clause.asked or clause.supposed or not mask & (WA | SWITCH | VAIN) or _a_topic(text, clause):
            continue
        words = _words(text, clause, WA | SWITCH | VAIN)
        if mask & VAIN:
            verdict = "none", words
        elif mask & WA:
            broken = mask & (FAIL | DOWN | LOSS)
            none = _denied(text, clause, WA | HELPS | SWITCH) or (mask & DENIAL and not mask & HELPS and not mask & OUR)
            verdict = ("none" if broken or none else "available"), words
        elif mask & SWITCH:
            if mask & DENIAL:
                verdict = ("none", words) if mask & HELPS else verdict
            elif not mask & (FAIL | DOWN | LOSS) and (mask & (HELPS | OUR | WORK) or verdict is None):
                verdict = "available", words
    return verdict
