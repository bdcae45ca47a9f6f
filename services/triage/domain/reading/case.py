"""The case for the clauses of SLA B.5: signs that a text gives, by clause."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.triage.domain.reading.happenings import Events
from services.triage.domain.reading.hearsay import AFTER_ITS_VERB, DENIAL
from services.triage.domain.reading.moods import NIL
from services.triage.domain.reading.signs import Sign
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

OWNED, NEGLECTED, SUSPECTS = bits("OWNED NEGLECTED SUSPECTS")
THINGS = any_of("NET KIT SOFT HOSTED BUILT")
HAPPENS = any_of("ACT WORK HEAR SHOW")
BY = frozenset(("by", "por", "par", "von", "vom", "durch", "pela", "pelo", "pelas", "pelos"))
OF_WHAT = frozenset(("of", "with"))
AS_WHAT = frozenset(("as", "als", "como", "comme"))


@dataclass(slots=True)
class Signs:
    """What speaks for one exclusion: by kind its weight, and the clauses that show it."""

    kinds: dict[Sign, int] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(self.kinds.values())


@dataclass(slots=True)
class Case:
    """The signs found so far, by the key of the exclusion."""

    text: Text
    events: Events
    every: int
    """All classes that occur in the text."""
    signs: dict[str, Signs] = field(default_factory=dict)
    failing: frozenset[int] = field(init=False)
    failing_sentences: frozenset[int] = field(init=False)
    owned: frozenset[str] = frozenset()
    """The words for what is said to be the customer's own: of "an own cloud server" the server."""

    def __post_init__(self) -> None:
        self.failing = frozenset(id(failure.clause) for failure in self.events.failures)
        self.failing_sentences = frozenset(failure.clause.sentence for failure in self.events.failures)
        if self.every & OWNED:
            bits, words = self.text.bits, self.text.words
            near = {place + step for place, mask in enumerate(bits) if mask & OWNED for step in (1, 2, 3)}
            self.owned = frozenset(words[place] for place in near if place < len(bits) and bits[place] & THINGS)

    def sign(self, sign: Sign, weight: int, clause: Clause) -> None:
        """It speaks for its exclusion, and this clause shows it."""
        signs = self.signs.setdefault(sign.key, Signs())
        signs.kinds[sign] = max(weight, signs.kinds.get(sign, 0))
        if clause not in signs.clauses:
            signs.clauses.append(clause)

    def against(self, sign: Sign, weight: int) -> None:
        """It speaks against its exclusion, and takes so much from it."""
        self.signs.setdefault(sign.key, Signs()).kinds[sign] = -weight

    def says(self, clause: Clause, classes: int, *, strictly: bool = False) -> bool:
        """Whether the clause has a word of these classes that is not denied right before it (or after its verb);
        strictly, not denied anywhere, unless the denial is the failure itself ("has no sound", "is not sent")."""
        if not clause.bits & classes:
            return False
        if not clause.bits & DENIAL:
            return True
        if strictly and self._denies(clause):
            return False
        bits, words = self.text.bits, self.text.words
        for place in range(clause.first, clause.last):
            if bits[place] & classes:
                before = any(
                    bits[at] & DENIAL and not bits[at] & classes for at in range(max(clause.first, place - 4), place)
                )
                after = place + 1 < clause.last and words[place + 1] in AFTER_ITS_VERB
                if not before and not after:
                    return True
        return False

    def _denies(self, clause: Clause) -> bool:
        bits = self.text.bits
        return any(
            bits[place] & DENIAL
            and not any(bits[at] & (HAPPENS | NEGLECTED) for at in range(place + 1, min(place + 4, clause.last)))
            for place in range(clause.first, clause.last)
        )

    def denies(self, clause: Clause, classes: int) -> bool:
        """Whether a word of these classes is denied, and not what happens between: "nothing was changed"."""
        bits = self.text.bits
        for place in range(clause.first, clause.last):
            if not bits[place] & classes:
                continue
            if any(bits[at] & NIL for at in range(place + 1, min(place + 3, clause.last))):
                return True
            for at in range(place - 1, max(clause.first, place - 7) - 1, -1):
                if bits[at] & DENIAL:
                    return True
                if bits[at] & HAPPENS and not bits[at] & classes:
                    break
        return False

    def by(self, clause: Clause, classes: int) -> bool:
        """Whether something is said to be done by one of these: "refused by Meta", "vom Netzbetreiber"."""
        bits, words = self.text.bits, self.text.words
        return any(
            bits[place] & classes and any(word in BY for word in words[max(clause.first, place - 3) : place])
            for place in range(clause.first, clause.last)
        )

    def then(self, clause: Clause, first: int, after: int, near: int = 4) -> bool:
        """Whether a word of the one kind is soon followed by one of the other, or is both."""
        bits = self.text.bits
        return any(
            bits[place] & first and any(bits[at] & after for at in range(place, min(place + near + 1, clause.last)))
            for place in range(clause.first, clause.last)
        )

    def figurative(self, clause: Clause, classes: int) -> bool:
        """Whether it is one of something, or only called so: "a storm of callbacks", "is rejected as flood"."""
        bits, words = self.text.bits, self.text.words
        return any(
            bits[place] & classes
            and (
                (place + 1 < clause.last and words[place + 1] in OF_WHAT)
                or (place > clause.first and words[place - 1] in AS_WHAT)
            )
            for place in range(clause.first, clause.last)
        )

    def hedged(self, clause: Clause) -> bool:
        """Whether it is a suspicion: "we suspect the carrier", "it points to the carrier, we suspect"."""
        if clause.bits & SUSPECTS:
            return True
        clauses = self.text.sentences[clause.sentence].clauses
        place = clauses.index(clause) + 1
        return place < len(clauses) and bool(clauses[place].bits & SUSPECTS) and _length(clauses[place]) <= 3

    def fails_besides(self, clause: Clause) -> bool:
        """Whether the text tells of a failure other than in this clause."""
        return any(failure.clause is not clause for failure in self.events.failures)

    def goes_with_failure(self, clause: Clause) -> bool:
        """Whether its sentence tells a failure."""
        return clause.sentence in self.failing_sentences

    def fails(self, clause: Clause) -> bool:
        return id(clause) in self.failing


def _length(clause: Clause) -> int:
    return clause.last - clause.first
