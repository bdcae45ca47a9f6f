"""What it is about: an incident, or a question, code, numbers, porting, the account, money."""

from __future__ import annotations

from services.triage.domain.reading.happenings import BARE, Events
from services.triage.domain.reading.moods import ASKV, BEEN, HOW, POLITE, WANT, WHY, is_a_task, is_asked
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

BILL, ACCT, PORT, NETPORT, BUY = bits("BILL ACCT PORT NETPORT BUY")
DOCS, CODE, LIMIT, FINE, HELPNOUN = bits("DOCS CODE LIMIT FINE HELPNOUN")
PORTED, LOGIN, NIL, ALL = bits("PORTED LOGIN NIL ALL")
LANDLINE, SAY, CONSOLE, RCA = bits("LANDLINE SAY console RCA")
NOUNQ, BLANK, OUGHT, AND, BUT, CAUSEQ, OBLIGED = bits("NOUNQ BLANK OUGHT AND BUT CAUSEQ OBLIGED")
WE = frozenset(("we", "i"))
IT = frozenset(("it", "they", "es", "sie", "il", "elle", "ele", "ela"))
EXPECTED, CAUSE, ONPURPOSE, TOLD = bits("EXPECTED CAUSE ONPURPOSE TOLD")
MATTERS = (
    ("billing", BILL),
    ("number porting", PORT),
    ("number procurement", BUY),
    ("account", ACCT),
    ("development", CODE | DOCS),
)
OF_PEOPLE = any_of("PEOPLE ROLE OUR TRADE PROD")
OF_MATTER = BILL | PORT | BUY | ACCT | CODE | DOCS

Words = tuple[str, int, int]


def category_of(text: Text, events: Events, *, over: bool) -> tuple[str, Words] | None:
    """The category, and the words that tell it; None where nothing tells."""
    scores: dict[str, int] = {}
    places: dict[str, Words] = {}
    nobody = [failure.clause for failure in events.failures if failure.clause.bits & (NIL | ALL)]
    for clause in text.clauses:
        mask = clause.bits
        if mask & PORTED and clause.asked:
            mask |= PORT
        own = ACCT
        if mask & LOGIN and mask & CONSOLE and not mask & BLANK and clause not in nobody:
            mask, own = mask | ACCT, ACCT | LOGIN
        if not mask & OF_MATTER or (mask & FINE and not clause.asked):
            continue
        for value, classes in MATTERS:
            if classes == BILL and mask & BILL and _of_messages(text, clause):
                continue
            if (
                mask & classes
                and not (value == "number porting" and mask & NETPORT)
                and not (value == "development" and mask & SAY and not mask & CODE)
            ):
                headline = text.sentences[clause.sentence].title and not text.a_topic(clause)
                scores[value] = scores.get(value, 0) + (2 if headline else 1)
                if value not in places:
                    telling = own if classes == ACCT else classes
                    place = next(
                        (at for at in range(clause.first, clause.last) if text.bits[at] & telling), clause.first
                    )
                    places[value] = text.said(place, place)
    incident = sum(
        2 if failure.strength >= BARE or failure.clause.bits & BLANK else 1
        for failure in events.failures
        if not failure.clause.bits & OF_MATTER
        and not _of_it(text, failure.clause)
        and (
            failure.clause.bits & (BLANK | NIL | ALL)
            or not (failure.clause.bits & LOGIN and failure.clause.bits & CONSOLE)
        )
    )
    if scores:
        best = max(scores, key=lambda value: scores[value])
        if not incident or (scores[best] > incident and scores[best] > 1):
            return best, places[best]
    if "number porting" in scores and (porting := _awaits_porting(text)) is not None:
        return "number porting", porting
    asked = _question(text)
    if (whether := _on_purpose(text)) is not None:
        return "question", whether
    if asked is not None and any(clause.bits & EXPECTED for clause in text.clauses):
        return "question", asked
    wish = _wish(text)
    if wish is not None and (not events.failures or _limitation(text, events)):
        return "question", wish
    if _says_a_task(text, events):
        return "question", text.said(text.clauses[0].first, text.clauses[0].last - 1)
    if not events.failures or over:
        asker = next((clause for clause in text.clauses if _asks(text, clause, over=over)), None)
        if asker is not None:
            return "question", text.said(asker.first, asker.last - 1)
    if not events.failures:
        return _demand(text)
    failure = events.failures[0]
    return "incident", text.said(failure.first, failure.last)


def _asks(text: Text, clause: Clause, *, over: bool) -> bool:
    """Whether the clause asks something: not for help alone, nor why it is so."""
    mask = clause.bits
    if mask & HELPNOUN and clause.last - clause.first <= 3 and mask & POLITE and not over:
        return False  # "please help"
    if mask & CAUSEQ and not over:
        return False
    if clause.asked:
        return not mask & WHY or text.words[clause.first] in HOW
    if text.sentences[clause.sentence].question and not mask & WHY:
        return True
    return not over and bool(mask & (NOUNQ | POLITE) or (mask & ASKV and is_asked(text, clause)))


def _of_messages(text: Text, clause: Clause) -> bool:
    """Whether money is only what messages or calls are about: "balance answers", "payment reminders"."""
    bits = text.bits
    return all(
        place + 1 < clause.last and bits[place + 1] & TOLD
        for place in range(clause.first, clause.last)
        if bits[place] & BILL
    )


def _awaits_porting(text: Text) -> Words | None:
    """Whether something does not work for the reason that a number is not ported yet."""
    for clause in text.clauses:
        if clause.bits & PORT and not clause.bits & NETPORT and clause.stated and clause.bits & CAUSE:
            place = next(at for at in range(clause.first, clause.last) if text.bits[at] & PORT)
            if any(text.bits[at] & CAUSE for at in range(clause.first, place)):
                return text.said(place, place)
    return None


def _on_purpose(text: Text) -> Words | None:
    for clause in text.clauses:
        if clause.asked and clause.bits & ONPURPOSE:
            return text.said(clause.first, clause.last - 1)
    return None


def _of_it(text: Text, clause: Clause) -> bool:
    """Whether it is said of what was bought or paid just before: "I bought a number, and it does not show up"."""
    place = clause.first + (1 if text.bits[clause.first] & (AND | BUT) else 0)
    return text.words[place] in IT and any(
        each.bits & (BILL | BUY) for each in text.sentences[clause.sentence].clauses if each.first < clause.first
    )


def _says_a_task(text: Text, events: Events) -> bool:
    """Whether the title says what is to be done, and what fails is not the whole of anything, nor anybody's loss."""
    return (
        bool(text.clauses)
        and is_a_task(text, text.clauses[0])
        and all(failure.strength < BARE and not failure.clause.bits & OF_PEOPLE for failure in events.failures)
    )


def _question(text: Text) -> Words | None:
    for clause in text.clauses:
        if clause.asked and text.sentences[clause.sentence].question:
            return text.said(clause.first, clause.last - 1)
    return None


def _demand(text: Text) -> tuple[str, Words] | None:
    """Where nothing fails: how it should be, said last ("the token is in the log. It should be masked")."""
    last = text.clauses[-1] if text.clauses else None
    if last is not None and last.bits & OUGHT and last.bits & BEEN and last.sentence:
        return "question", text.said(last.first, last.last - 1)
    return None


def _wish(text: Text) -> Words | None:
    """Something new is wished for, not help."""
    for clause in text.clauses:
        if clause.bits & WANT and not clause.bits & (HELPNOUN | RCA) and is_asked(text, clause):
            return text.said(clause.first, clause.last - 1)
    return None


def wishes(text: Text) -> bool:
    """Whether the text ends with what somebody would have, asks, or is going to do himself."""
    if not text.sentences:
        return False
    sentence = text.sentences[-1]
    for clause in sentence.clauses:
        mask = clause.bits
        if mask & (HELPNOUN | RCA):
            continue
        if mask & OUGHT or (mask & WANT and is_asked(text, clause)):
            return True
        if clause.asked and sentence.question and not mask & (WHY | CAUSEQ):
            return True
        if mask & OBLIGED and text.words[clause.first] in WE:
            return True
    return False


def _limitation(text: Text, events: Events) -> bool:
    """Whether what fails is a known limit, or nothing that is out."""
    return any(clause.bits & (LANDLINE | LIMIT) for clause in text.clauses)
