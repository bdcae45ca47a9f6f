"""What is only said: by documents and pages, by rumour, by nobody; and what is then said to be none.

Sets `hearsay` of clauses.
"""

from __future__ import annotations

from services.triage.domain.reading.text import Clause, Sentence, Text
from services.triage.domain.reading.vocabulary import any_of, bits

DOCS, SAY, STATUSPAGE, BUT, AND, RUMOUR = bits("DOCS SAY STATUSPAGE BUT AND RUMOUR")
NOTTHAT, INFACT, REPORT, AFFIRM, FALSEALARM = bits("NOTTHAT INFACT REPORT AFFIRM FALSEALARM")
NEG, NIL, KNOWING = bits("NEG NIL KNOWING")
DENIAL = NEG | NIL | any_of("NOTALL HARDLY")
AFTER_ITS_VERB = frozenset(("nicht", "weder", "pas", "plus", "nie", "jamais"))
TROUBLES = any_of("FAIL DOWN LOSS DEG PROB ERR")
WORKING = any_of("WORK FINE ACT")
SAID = any_of("INFACT AFFIRM FALSEALARM STATUSPAGE DOCS NOTTHAT RUMOUR")
THAT = frozenset(("that", "que", "qu", "dass", "daß"))
THIS_IS = frozenset(
    (
        "that",
        "this",
        "it",
        "which",
        "these",
        "was",
        "es",
        "das",
        "dies",
        "war",
        "fue",
        "era",
        "eso",
        "c",
        "ce",
        "cela",
        "isso",
        "foi",
    )
)
"""With these begins what takes up that which was said before."""


def hearsay(text: Text, sentence: Sentence, every: int) -> None:
    """Mark what this sentence does not itself state; `every` holds all classes that occur in it."""
    if not every & SAID:
        return
    clauses = sentence.clauses
    if every & INFACT:
        _in_fact(text, clauses)
    if every & AFFIRM and every & DENIAL:
        for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
            _not_said(text, clause, following)
    if every & FALSEALARM:
        _false_alarm(text, sentence)
    for clause in clauses:
        if (
            clause.bits & STATUSPAGE
            or (clause.bits & (RUMOUR | DOCS) and clause.bits & SAY)
            or (clause.bits & NOTTHAT and not _denies_that_it_works(clause))
        ):
            clause.hearsay = True


def _denies_that_it_works(clause: Clause) -> bool:
    """Whether it is that something works which is not so: "it is not true that SMS works"."""
    return bool(clause.bits & NEG and clause.bits & WORKING) and not clause.bits & (TROUBLES | NIL)


def _in_fact(text: Text, clauses: list[Clause]) -> None:
    """What someone says who is put right: "he claims that nothing works, in fact ..."."""
    place = text.clauses.index(next(clause for clause in clauses if clause.bits & INFACT))
    if place and text.clauses[place - 1].bits & (SAY | REPORT):
        text.clauses[place - 1].hearsay = True


def _not_said(text: Text, clause: Clause, following: Clause | None) -> None:
    """What nobody says, or can say: "we cannot say that calls fail", "wir behaupten nicht, dass ..."."""
    bits, words = text.bits, text.words
    if clause.bits & KNOWING:
        return  # "nobody told us that it fails": it does
    for place in range(clause.first, clause.last):
        if not bits[place] & AFFIRM:
            continue
        after = place + 1
        if after < clause.last and words[after] in AFTER_ITS_VERB:
            after += 1
        if not any(mask & DENIAL for mask in bits[max(clause.first, place - 4) : after]):
            continue
        if after < clause.last and words[after] in THAT:
            clause.hearsay = True
        elif after == clause.last and following is not None and words[following.first] in THAT:
            clause.hearsay = following.hearsay = True


def _false_alarm(text: Text, sentence: Sentence) -> None:
    """What is told before it, and is then said to be none: "an outage was detected, but that is our test string"."""
    for place, clause in enumerate(sentence.clauses):
        if not clause.bits & FALSEALARM or clause.bits & DENIAL or text.words[_head(text, clause)] not in THIS_IS:
            continue
        number = clause.sentence
        for other in sentence.clauses[:place] or (text.sentences[number - 1].clauses if number else []):
            other.hearsay = True


def _head(text: Text, clause: Clause) -> int:
    """Its first word after "but" or "and"."""
    place = clause.first
    while place < clause.last - 1 and text.bits[place] & (BUT | AND):
        place += 1
    return place
