"""What is stated and what is not: questions, wishes, conditions, fears, plans, what documents and pages say.

Sets `asked` and `supposed` of clauses, and works out what a negation reaches.
"""

from __future__ import annotations

from services.triage.domain.reading.hearsay import AFTER_ITS_VERB, DENIAL, hearsay
from services.triage.domain.reading.text import Clause, Sentence, Text
from services.triage.domain.reading.vocabulary import QUOTE, any_of, bits

ASK, ASKV, WHY, INVERTED = bits("ASK ASKV WHY INVERTED")
POLITE, WANT, REPORTS_IT = bits("POLITE WANT REPORTS_IT")
IF, WHEN, MAY, UNSURE, WILL, BEFORE = bits("IF WHEN MAY UNSURE WILL BEFORE")
NEG, NIL, NOTALL, HARDLY, PEOPLE, SVC = bits("NEG NIL NOTALL HARDLY PEOPLE SVC")
BUT, MAYBE, OUGHT, KNOWING, TELLME = bits("BUT MAYBE OUGHT KNOWING TELLME")
REACHED = (
    any_of("FAIL DOWN LOSS DEG ENDS ACT WORK FINE FIXED HEAR PROB INTER WA HELPS ERR SHOW RETURN DETOUR")
)  # fmt: skip
BEEN, TASK, ROLE, HELPDESK, STILL = bits("BEEN TASK ROLE HELPDESK STILL")
HOW = frozenset(("where", "wo", "dónde", "donde", "où", "ou", "onde"))
"""Asks for a way to see why, not why."""
BEFORE_A_NEED = frozenset(("a", "the", "new", "each", "every", "this", "of"))
DETERMINERS = frozenset(
    (
        "the",
        "a",
        "an",
        "all",
        "more",
        "our",
        "your",
        "to",
        "for",
        "better",
        "option",
        "support",
        "some",
        "un",
        "una",
        "el",
        "la",
        "los",
        "las",
        "le",
        "les",
        "une",
        "des",
        "um",
        "uma",
        "o",
        "os",
        "as",
        "soporte",
    )
)
RELATIVE = frozenset(("that", "which", "who"))
OBJECTIVE = any_of("ACT HEAR SHOW")
LOSES = any_of("LOSS DEG WORK")
"""What "nothing" right after it denies: "läuft nichts"."""
VOID, OURS, ACTS, HEAD, WITHOUTIT = bits("VOID OUR ACT HEAD WITHOUTIT")
A_THING = any_of("SVC FEAT KIT NET PARAM")
COUNTS = any_of("COUNT ONE SOME")
NOR = frozenset(("nor", "noch", "ni", "nem"))
WAYROUND = any_of("WA")
FAR = 9
"""So many words on a negation no longer reaches."""


def judge(text: Text) -> None:
    """Set the moods of all clauses."""
    for sentence in text.sentences:
        _judge(text, sentence)


def _judge(text: Text, sentence: Sentence) -> None:
    clauses = sentence.clauses
    if is_a_task(text, clauses[0]):
        for clause in clauses:
            clause.asked = True
    every = 0
    for clause in clauses:
        every |= clause.bits
    if sentence.question:
        _question(text, clauses)
    if every & (ASKV | WANT):
        _asks(text, clauses)
    if every & (IF | MAY | MAYBE | OUGHT | UNSURE | WILL):
        _supposes(text, sentence, every)
    hearsay(text, sentence, every)


def is_a_task(text: Text, clause: Clause) -> bool:
    """Whether it says what is to be done: "Add an option", "Track the errors of undelivered texts"."""
    first = clause.first
    return bool(text.bits[first] & TASK) and first + 1 < clause.last and text.words[first + 1] in DETERMINERS


def _question(text: Text, clauses: list[Clause]) -> None:
    """From the first clause that begins like a question on; what stands before it is stated, but for conditions."""
    begins = next((place for place, clause in enumerate(clauses) if _begins(text, clause)), None)
    if begins is None:
        begins = len(clauses) - 1
    for clause in clauses[:begins]:
        if clause.bits & (IF | WHEN) and text.bits[clause.first] & (IF | WHEN):
            clause.supposed = True
    for clause in clauses[begins:]:
        if not clause.bits & (WHY | POLITE) or clause.bits & TELLME or text.words[clause.first] in HOW:
            clause.asked = True


def _begins(text: Text, clause: Clause) -> bool:
    head = text.bits[clause.first] | (text.bits[clause.first + 1] if clause.first + 1 < clause.last else 0)
    return bool(text.bits[clause.first] & (INVERTED | ASK) or head & (ASK | WHY | POLITE))


def _asks(text: Text, clauses: list[Clause]) -> None:
    """What someone is said to ask or wish for, up to the sentence's end."""
    asking = False
    for clause in clauses:
        if clause.bits & BUT:
            asking = False
        if clause.bits & (ASKV | WANT) and not clause.bits & (WHY | REPORTS_IT) and is_asked(text, clause):
            asking = True
        if asking:
            clause.asked = True


def is_asked(text: Text, clause: Clause) -> bool:
    """Whether the reporter asks or wishes: not so "does not want to upgrade", "which our customers ask for"."""
    bits = text.bits
    if clause.bits & HELPDESK:
        return False  # "the maintainer asks for logs"
    for place in range(clause.first, clause.last):
        if bits[place] & (ASKV | WANT):
            before = bits[place - 1] if place > clause.first else 0
            if before & A_THING and text.words[place] in ("need", "needs"):
                continue  # "our endpoint needs seven seconds"
            if text.words[place] in ("need", "needs") and (before & COUNTS or text.words[place - 1] in BEFORE_A_NEED):
                continue  # "three needs were posted"
            if text.words[place] == "asked" and (before & BEEN or _for_a_code(text, clause, place)):
                continue  # "more routes have been asked for", "a user asked for the code"
            if not before & NEG and not (text.words[place] in ("ask", "asked") and before & PEOPLE):
                return True
    return False


def _for_a_code(text: Text, clause: Clause, place: int) -> bool:
    """Whether what someone asked for is what the service sends: a code, a text, a call."""
    said = text.text[text.starts[place] : text.ends[min(place + 1, clause.last - 1)]].lower()
    return (
        bool(clause.bits & (ROLE | PEOPLE))
        and said.startswith("asked for")
        and any(text.bits[at] & SVC for at in range(place + 1, min(place + 6, clause.last)))
    )


def _supposes(text: Text, sentence: Sentence, every: int) -> None:
    """A condition is the case where nothing but facts hang on it ("if a link is in it, the message fails")."""
    unreal = bool(sentence.question or every & (MAY | UNSURE | WILL))
    supposing = False
    for clause in sentence.clauses:
        bits = clause.bits
        if bits & UNSURE or (bits & IF and unreal and not bits & DENIAL & NIL):
            supposing = True
        if bits & BUT and not bits & (IF | MAY | UNSURE):
            supposing = False
        hedged = text.bits[clause.first] & MAYBE and not _of_a_number(text, clause)
        if (
            supposing
            or bits & WILL
            or (bits & OUGHT and not _relative(text, clause))
            or (bits & MAY and not bits & DENIAL)
            or hedged
        ):
            clause.supposed = True


def _relative(text: Text, clause: Clause) -> bool:
    """Whether what ought to be is said of a thing aside: "with headsets that should have been replaced"."""
    bits, words = text.bits, text.words
    place = next(at for at in range(clause.first, clause.last) if bits[at] & OUGHT)
    return place > clause.first + 1 and words[place - 1] in RELATIVE


def _of_a_number(text: Text, clause: Clause) -> bool:
    """Whether "perhaps" is said of how many: "perhaps one in eight", "vielleicht 3 %"."""
    at = clause.first + 1
    return at < clause.last and (bool(text.bits[at] & COUNTS) or text.words[at][:1].isdigit())


def denied(text: Text, clause: Clause) -> dict[int, int]:
    """Which words a negation reaches, and the classes of that negation.

    It reaches the next word that can be denied; where none comes, the one before it ("funktioniert nicht", "ne
    fonctionne pas").
    """
    found: dict[int, int] = {}
    if not clause.bits & DENIAL:
        return found
    bits = text.bits
    pending, since, last = 0, 0, -1
    for place in range(clause.first, clause.last):
        mask = bits[place]
        if mask & DENIAL and not mask & WITHOUTIT:
            if (
                last >= 0
                and place - last <= 1
                and mask & NEG
                and not mask & REACHED
                and _postposed(text, place, clause)
            ):
                found[last] = found.get(last, 0) | mask
                continue
            pending, since = pending | mask, place
        if (mask & VOID and pending and not mask & DENIAL) or mask & KNOWING:
            pending = 0  # "nothing was changed", "nobody told us that it fails": what is denied is no failure
            continue
        if mask & REACHED and not mask & QUOTE:
            if mask & ACTS and place and bits[place - 1] & OURS and text.words[place].endswith("ing"):
                continue  # "our sending": a thing
            if pending & NIL and mask & SVC and place - since <= 2 and place + 1 < clause.last:
                continue  # "no calls are placed": the thing that there is none of, not what it does
            if pending and (pending & NIL or place - since <= FAR) and not (mask & DENIAL and place == since):
                found[place] = found.get(place, 0) | pending
                if not (mask & WAYROUND and text.words[since] in NOR):
                    pending = 0  # "nor the backup trunk works" goes on to deny that it works
            last = place
    if (
        pending & NEG and 0 <= last < since <= last + 3 and last not in found and text.words[since] in AFTER_ITS_VERB
    ) or (
        pending & NIL
        and last not in found
        and (0 <= last < since <= last + 4 if bits[last] & OBJECTIVE else 0 <= last == since - 1 and bits[last] & LOSES)
    ):
        found[last] = pending
    return found


def _postposed(text: Text, place: int, clause: Clause) -> bool:
    """Whether a negation belongs to the verb before it: German `nicht` and French `pas`."""
    return text.words[place] in AFTER_ITS_VERB
