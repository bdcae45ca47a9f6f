"""Whether it goes on, and whether there is a way around it."""

from __future__ import annotations

from services.triage.domain.reading.happenings import Events
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import IF, WHEN, denied
from services.triage.domain.reading.relapse import GONE, over
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

FIXED, STILL, AGAIN, NOW, SINCE = bits("FIXED STILL AGAIN NOW SINCE")
PASTT, PASTV, WORK, FINE, ACT = bits("PASTT PASTV WORK FINE ACT")
WA, SWITCH, USES, RETRY, HELPS = bits("WA SWITCH USES RETRY HELPS")
RELIEF, VAIN, OUR, OTHER, ALL, DETOUR = bits("RELIEF VAIN OUR OTHER ALL DETOUR")
MEANTIME, THEREIS, ANOTHER = bits("MEANTIME THEREIS ANOTHER")
BYWAY, BYHAND, THATWAY, THROUGH, ONLY = bits("BYWAY BYHAND THATWAY THROUGH ONLY")
NOTALL, BUT, UNTIL, OUTAGE, STOPS, USELESS = bits("NOTALL BUT UNTIL OUTAGE STOPS USELESS")
DEG = any_of("DEG")
BROKEN = any_of("FAIL DOWN LOSS")
TROUBLE = any_of("PROB DEG FAIL")
TROUBLES = any_of("PROB DEG FAIL DOWN LOSS ENDS")
RUNS = any_of("WORK FINE ACT")
ANYMORE, RETURN, TOO, AND, SOME, SVC, INTER = bits("ANYMORE RETURN TOO AND SOME SVC INTER")
NOT_OURS = any_of("STAGE DEVEL") | DENIAL
WAYS = any_of("WA SWITCH USES RETRY RELIEF VAIN DETOUR MEANTIME ANOTHER BYWAY BYHAND THATWAY")
PRESENT = any_of("INVERTED NEG")

GIVES = frozenset(("returned", "reappeared"))
AFTERWARDS = frozenset(("to", "at", "after", "again", "by", "on", "this", "today", "yesterday", "within", "around"))
THEY = frozenset(("they", "he", "she"))
AWAITED = frozenset(("being", "be", "wird", "werden"))
DOING = ("ing", "ar", "er", "ir", "en")
ALREADY = frozenset(("ya", "ja"))
ABLE = frozenset(
    (
        "can",
        "able",
        "kann",
        "können",
        "puede",
        "pueden",
        "podemos",
        "peut",
        "peuvent",
        "pouvons",
        "pode",
        "podem",
        "consegue",
        "conseguem",
        "conseguimos",
    )
)
IN = frozenset(("in", "im", "en", "dans", "no", "na"))
IT = frozenset(("it", "they", "es", "sie", "er", "der", "die", "ella", "ellas", "il", "elle", "ils", "ele", "ela"))
THIS = frozenset(("that", "this", "which", "neither", "both", "eso", "esto", "ça", "ca", "cela", "isso", "das", "dies"))
"""Takes up what was said just before."""

Words = tuple[str, int, int]


def ongoing_of(text: Text, events: Events) -> tuple[str, Words] | None:
    """`yes` or `no`, by what is said last; None where nothing tells."""
    failing = {id(failure.clause): failure for failure in events.failures}
    verdict: tuple[str, Words] | None = None
    past: Words | None = None
    present = False
    for clause in text.clauses:
        if not clause.stated:
            continue
        mask = clause.bits
        failure = failing.get(id(clause))
        if failure is not None and mask & FIXED:
            verdict = "yes", text.said(failure.first, failure.last)  # it is not
        elif failure is not None and _in_the_past(mask):
            past = text.said(failure.first, failure.last)
        elif failure is not None:
            present = present or clause.last - clause.first > 1
            if mask & (STILL | AGAIN | SINCE):
                verdict = "yes", text.said(failure.first, failure.last)
            elif verdict is not None and verdict[0] == "no":
                verdict = None
        elif (
            mask & RETURN
            and not mask & (DENIAL | TROUBLE)
            and not _hangs(text, clause, RETURN)
            and _comes(text, clause)
        ):
            # What was down came back; what was said to be mended came back as well, and is not mended.
            verdict = ("no" if verdict is None or verdict[0] == "yes" else "yes"), _words(text, clause, RETURN)
        elif mask & FIXED:
            if _denied(text, clause, FIXED):
                verdict = "yes", _words(text, clause, FIXED)
            elif _hangs(text, clause, FIXED):
                continue
            elif not mask & TROUBLE or mask & PASTV or not mask & AGAIN:
                verdict = "no", _words(text, clause, FIXED)
        elif mask & STILL and past is not None:
            verdict = "yes", _words(text, clause, STILL)
        elif mask & OUTAGE and mask & (DENIAL | GONE) and over(text, clause):
            verdict = "no", _words(text, clause, OUTAGE)
        elif _ceased(text, clause):
            verdict = "no", _words(text, clause, TROUBLES | OUTAGE)
        elif _runs(text, clause):
            verdict = "no", _words(text, clause, RUNS)
    if verdict is None and past is not None and not present:
        return "no", past
    return verdict


def _ceased(text: Text, clause: Clause) -> bool:
    """Whether what went wrong is said not to do so any more: "calls no longer fail", "las llamadas ya no fallan"."""
    mask = clause.bits
    if not mask & (TROUBLES | OUTAGE) or not mask & (ANYMORE | STOPS):
        return False
    stops = mask & ANYMORE or text.near(clause, STOPS, TROUBLES | OUTAGE, 2)
    return bool(stops) and _denied(text, clause, TROUBLES | OUTAGE)


def _comes(text: Text, clause: Clause) -> bool:
    """Whether it came back, not something to somebody: "the service returned", not "the API returned 200"."""
    bits, words = text.bits, text.words
    return any(
        bits[place] & RETURN
        and (words[place] not in GIVES or place + 1 == clause.last or words[place + 1] in AFTERWARDS)
        for place in range(clause.first, clause.last)
    )


def _in_the_past(mask: int) -> bool:
    past = mask & PASTV and not mask & INTER  # "that a text was not sent sometimes comes late"
    return bool(past or (mask & PASTT and not mask & PRESENT)) and not mask & (STILL | NOW | SINCE)


def _runs(text: Text, clause: Clause) -> bool:
    """Whether it is said to work now, or again; not how it is tried ("sending them again")."""
    mask = clause.bits
    if not mask & RUNS or not mask & (AGAIN | SINCE | NOW) or mask & (NOT_OURS | SOME | INTER):
        return False
    if text.words[clause.first] in THEY and mask & PRESENT:
        return False  # "they can dial in again"
    if _hangs(text, clause, RUNS) or (mask & (BYWAY | BYHAND | THATWAY) and _by_it(text, clause)):
        return False
    if mask & (WORK | FINE):
        return bool(mask & (AGAIN | SINCE)) or (bool(mask & NOW) and text.near(clause, NOW, WORK | FINE, 5))
    if mask & NOW and mask & SVC and _already(text, clause):
        return True
    if mask & AGAIN and mask & SVC and not mask & UNTIL and _able_again(text, clause):
        return True
    return bool(mask & AGAIN or (mask & NOW and mask & ALL)) and any(
        text.bits[place] & ACT and not text.bits[place] & SVC and not text.words[place].endswith("ing")
        for place in range(clause.first, clause.last)
    )


def _already(text: Text, clause: Clause) -> bool:
    """Whether it now happens, told by `ya` or `já`: "los SMS ya llegan", not "ya enviamos los registros"."""
    bits, words = text.bits, text.words
    return any(
        bits[place] & NOW
        and words[place] in ALREADY
        and bits[place + 1] & ACT
        and (words[place + 1] in ABLE or words[place + 1].endswith(("n", "m", "a", "e")))
        and any(bits[at] & SVC for at in range(max(clause.first, place - 2), min(place + 5, clause.last)))
        for place in range(clause.first, clause.last - 1)
    )


def _able_again(text: Text, clause: Clause) -> bool:
    """Whether something can be done again: "we can send texts again", not "you can call me back"."""
    bits, words = text.bits, text.words
    able = next((place for place in range(clause.first, clause.last) if words[place] in ABLE), clause.last)
    return any(bits[place] & AGAIN and words[place] != "back" for place in range(able + 1, clause.last))


def _hangs(text: Text, clause: Clause, classes: int) -> bool:
    """Whether its working hangs on something or is awaited: "if we send again", "when it is back", "being repaired"."""
    bits, words = text.bits, text.words
    place = next((at for at in range(clause.first, clause.last) if bits[at] & classes), clause.last)
    if any(bits[each.first] & IF for each in text.sentences[clause.sentence].clauses if each.first < clause.first):
        return True
    return any(bits[at] & (IF | WHEN) for at in range(clause.first, place)) or (
        clause.first < place < clause.last and words[place - 1] in AWAITED
    )


def _by_it(text: Text, clause: Clause) -> bool:
    """Whether it works by another way: "from the console it still works", "von Hand klappt es", "por ahí sí salen"."""
    bits, mask = text.bits, clause.bits
    if mask & (DENIAL | BROKEN | TROUBLE) or not mask & RUNS:
        return False
    if any(
        each.first >= clause.last and (each.bits & BROKEN or (each.bits & DENIAL and each.bits & RUNS))
        for each in text.sentences[clause.sentence].clauses
    ):
        return False  # "what is sent from the console is accepted, but never arrives"
    if mask & BYHAND:
        return True
    if mask & THATWAY:
        return any(
            bits[place] & THATWAY and (place == clause.first or bits[place - 1] & AND)
            for place in range(clause.first, clause.last)
        )
    done = text.words[clause.first].endswith(DOING)  # "sending it in the console works"
    return any(
        bits[place] & BYWAY
        and any(
            bits[at] & THROUGH or (done and text.words[at] in IN) for at in range(max(clause.first, place - 4), place)
        )
        for place in range(clause.first, clause.last)
    )


def _denied(text: Text, clause: Clause, classes: int) -> bool:
    return any(text.bits[place] & classes for place in denied(text, clause))


def _words(text: Text, clause: Clause, classes: int) -> Words:
    telling = classes | DENIAL | AGAIN | NOW
    places = [place for place in range(clause.first, clause.last) if text.bits[place] & telling]
    return text.said(places[0], places[-1])


def workaround_of(text: Text) -> tuple[str, Words] | None:
    """`none` or `available`, by what is said last; None where nothing tells, or it is only asked for."""
    verdict: tuple[str, Words] | None = None
    way: Clause | None = None
    told: Clause | None = None
    for clause in text.clauses:
        if not clause.stated or text.a_topic(clause):
            continue
        if told is not None and verdict is not None and verdict[0] == "available" and _fails_too(text, clause, told):
            failing = _words(text, clause, WAYS) if clause.bits & VAIN else text.said(clause.first, clause.last - 1)
            verdict = "none", failing
        elif clause.bits & WAYS:
            value = _way(text, clause)
            # What was tried in vain beside the way that there is does not take it away.
            elsewhere = told is None or clause.sentence != told.sentence
            tried = value == "none" and not clause.bits & (WA | ANOTHER) and elsewhere
            if value is not None and not (tried and verdict is not None and verdict[0] == "available"):
                verdict, told = (value, _words(text, clause, WAYS)), clause
            way = clause if value is None and clause.bits & DETOUR else None
        elif way is not None and clause.sentence == way.sentence and clause.bits & (WORK | HELPS | VAIN):
            denied = clause.bits & (VAIN | DENIAL | BROKEN)
            verdict = "none" if denied else "available", _words(text, way, WAYS)
    return verdict


def _fails_too(text: Text, clause: Clause, way: Clause) -> bool:
    """Whether it goes on to say that this way fails: "we tried it, but that fails too", "pero tampoco funciona"."""
    bits, mask = text.bits, clause.bits
    if mask & (SVC | SOME | INTER | NOTALL) or not (mask & (BROKEN | VAIN) or _denied(text, clause, RUNS | HELPS)):
        return False
    head = clause.first
    while head < clause.last - 1 and bits[head] & (AND | BUT | NOW):
        head += 1
    word, too = text.words[head], bool(mask & TOO)
    if clause.sentence == way.sentence:
        return clause.first > way.first and (too or word in IT or word in THIS)
    follows = clause.sentence == way.sentence + 1 and clause is text.sentences[clause.sentence].clauses[0]
    return follows and (word in THIS or (too and word in IT))


def _way(text: Text, clause: Clause) -> str | None:
    """What a clause says of a way around."""
    mask = clause.bits | clause.carried & THEREIS
    broken = mask & BROKEN
    if mask & VAIN:
        return "none"
    if mask & ANOTHER and mask & DENIAL:
        return "none"
    if mask & WA:
        last = text.bits[clause.last - 1] & DENIAL  # "Ausweichmöglichkeiten haben wir keine"
        denied = _denied(text, clause, WA | HELPS) or last or (mask & DENIAL and not mask & (HELPS | OUR))
        return "none" if broken or denied or mask & USELESS or (mask & TOO and mask & DEG) else "available"
    if mask & DETOUR:
        return (
            "none"
            if broken or mask & DENIAL
            else "available"
            if mask & (WORK | HELPS | OUR | THEREIS | RELIEF)
            else None
        )
    if mask & MEANTIME and mask & OUR and mask & (USES | ACT) and not mask & (DENIAL | TROUBLES):
        return "available"
    if mask & (BYWAY | BYHAND | THATWAY) and _by_it(text, clause):
        return "available"
    if mask & (SWITCH | RETRY | RELIEF) and mask & DENIAL:
        return "none" if mask & (HELPS | WORK) else None
    if mask & RETRY and not mask & RELIEF:
        return "available" if mask & (HELPS | WORK | FINE | ACT) and not mask & TROUBLES else None
    if mask & (SWITCH | RELIEF) or (mask & USES and mask & OTHER and mask & OUR):
        return None if broken else "available"
    return None
