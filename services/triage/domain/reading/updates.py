"""Updates that the customer does not take, SLA B.5 (II): turned down, or told of and left.

That we refuse an update is our own act, and no failure of the service.
"""

from __future__ import annotations

from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import BEEN, STILL
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import bits

UPDATE, REFUSED, TURNSDOWN, OWNTEAM, OUR = bits("UPDATE REFUSED TURNSDOWN OWNTEAM OUR")
PRODUCT, ADVISED, YOUR, ROLE, PEOPLE = bits("PRODUCT ADVISED YOUR ROLE PEOPLE")
BY = frozenset(("by", "por", "par", "von", "pela", "pelo"))
GOT = frozenset(("got", "get", "getting"))
WE = frozenset(("we", "i", "hemos", "wir", "ich", "nous", "nosotros"))


def turned_down(text: Text, clause: Clause) -> bool:
    """Whether an update is refused, by whomever, in words that are said of updates; or by us, in any."""
    if not clause.bits & UPDATE:
        return False
    return bool(clause.bits & REFUSED) or _we(text, clause, TURNSDOWN)


def our_refusal(text: Text, clause: Clause) -> bool:
    """Whether it is we who refuse an update, or a customer: not so "the API refuses the update with 400"."""
    if not clause.bits & UPDATE or not clause.bits & (REFUSED | TURNSDOWN):
        return False
    return _we(text, clause, REFUSED | TURNSDOWN)


def _we(text: Text, clause: Clause, refuse: int) -> bool:
    """Whether one of us does it: "we declined", "rechazamos", "declined by our team"; not "we got blocked"."""
    bits, words = text.bits, text.words
    refuses = next((at for at in range(clause.first, clause.last) if bits[at] & refuse), None)
    if refuses is None:
        return False
    if words[refuses].endswith("mos"):
        return True
    if any(words[at] in BY and bits[at + 1] & OUR for at in range(refuses + 1, clause.last - 1)):
        return True
    us = next(
        (at for at in range(clause.first, refuses) if words[at] in WE or bits[at] & (OWNTEAM | ROLE | PEOPLE)), refuses
    )
    between = range(us + 1, refuses)
    return us < refuses and not any(bits[at] & (BEEN | YOUR) or words[at] in GOT for at in between)


def left_out(text: Text, clause: Clause) -> bool:
    """Whether we are still on a version although we were told of a newer: "we still run 1.0 although you told us"."""
    if not (clause.bits & STILL and clause.bits & OUR and clause.bits & PRODUCT) or clause.bits & DENIAL:
        return False
    sentences = text.sentences[max(clause.sentence - 1, 0) : clause.sentence + 2]
    return any(other.bits & UPDATE and other.bits & ADVISED for sentence in sentences for other in sentence.clauses)
