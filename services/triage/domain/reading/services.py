"""The services that a text names, by words."""

from __future__ import annotations

from services.triage.domain.reading.happenings import Events
from services.triage.domain.reading.lexicon import services
from services.triage.domain.reading.text import Text, parse
from services.triage.domain.reading.vocabulary import bit

KEYS = tuple(line for line in services.WORDS.splitlines() if line and not line.startswith(" "))
_BITS = tuple((key, bit(key)) for key in KEYS)
_ANY = sum(mask for _, mask in _BITS)


def named(text: Text) -> tuple[str, ...]:
    """The keys of the services that are named, in the order of the catalogue."""
    every = 0
    for clause in text.clauses:
        every |= clause.bits
    return tuple(key for key, mask in _BITS if every & mask)


def service_of(text: Text, events: Events) -> tuple[str, tuple[str, int, int]] | None:
    """The service that a text says is affected (SLA B.1.2.b), with its word: one that fails, else the first named."""
    failing = [failure.clause for failure in events.failures]
    for clause in (*failing, *(clause for clause in text.clauses if not clause.hearsay)):
        if clause.bits & _ANY:
            for place in range(clause.first, clause.last):
                for key, mask in _BITS:
                    if text.bits[place] & mask:
                        return key, text.said(place, place)
    return None


def services_of(words: str) -> tuple[str, ...]:
    """The keys of the services that these words name; none where they name none."""
    return (words,) if words in KEYS else named(parse(words)) if words else ()
