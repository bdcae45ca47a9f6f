"""What becomes of an outage that is named: it came back, or it does not happen any more."""

from __future__ import annotations

from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

OUTAGE, RETURN, AND, AFTER, ANYMORE, SINCE = bits("OUTAGE RETURN AND AFTER ANYMORE SINCE")
GONE = any_of("GONE")
BETTER = any_of("RETURN FIXED AGAIN")
HAPPENS = any_of("ITHAPPENS SHOW RETURN")
APPEARS = ("appear", "apar", "auf", "exist")


def relapses(text: Text, clause: Clause) -> bool:
    """Whether it is the outage that came back: "the outage is back", not "it came back after the outage"."""
    bits = text.bits
    back = next((place for place in range(clause.first, clause.last) if bits[place] & RETURN), clause.first)
    places = [
        place for place in range(clause.first, back) if bits[place] & OUTAGE and not afterwards(text, clause, place)
    ]
    return bool(places) and not any(mask & AND for mask in bits[clause.first : back])


def afterwards(text: Text, clause: Clause, place: int) -> bool:
    """Whether an outage is only named for when it is: "the service is back after the outage"."""
    bits = text.bits
    if not clause.bits & BETTER and not bits[clause.first] & AFTER:
        return False
    return any(mask & AFTER for mask in bits[max(clause.first, place - 2) : place])


def over(text: Text, clause: Clause) -> bool:
    """Whether the trouble is said to be gone, or not to happen any more: "the errors do not occur any more"."""
    bits, words = text.bits, text.words
    if clause.bits & GONE and not clause.bits & DENIAL:
        leads = clause is text.sentences[clause.sentence].clauses[0]  # not "switch it off, and the error is gone"
        return leads and any(
            bits[place] & OUTAGE
            and not afterwards(text, clause, place)
            and any(mask & GONE for mask in bits[place + 1 : min(place + 4, clause.last)])
            for place in range(clause.first, min(clause.first + 3, clause.last))
        )
    if not clause.bits & ANYMORE and not bits[clause.last - 1] & SINCE:
        return False
    denial = next((place for place in range(clause.first, clause.last) if bits[place] & DENIAL), clause.last)
    return any(mask & OUTAGE for mask in bits[clause.first : denial]) and any(
        bits[place] & HAPPENS or words[place].startswith(APPEARS) for place in range(denial + 1, clause.last)
    )
