"""The services that a text names, by words."""

from __future__ import annotations

from services.triage.domain.reading.lexicon import services
from services.triage.domain.reading.text import Text, parse
from services.triage.domain.reading.vocabulary import bit

KEYS = tuple(line for line in services.WORDS.splitlines() if line and not line.startswith(" "))
_BITS = tuple((key, bit(key)) for key in KEYS)


def named(text: Text) -> tuple[str, ...]:
    """The keys of the services that are named, in the order of the catalogue."""
    every = 0
    for clause in text.clauses:
        every |= clause.bits
    return tuple(key for key, mask in _BITS if every & mask)


def services_of(words: str) -> tuple[str, ...]:
    """The keys of the services that these words name; none where they name none."""
    return (words,) if words in KEYS else named(parse(words)) if words else ()
