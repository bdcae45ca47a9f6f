"""What a failure weighs beside the rest of the text: titles, parts that are counted, sentences that speak of some."""

from __future__ import annotations

from dataclasses import replace

from services.triage.domain.reading.happenings import BARE, SOFT, TOTAL, Events
from services.triage.domain.reading.scope import counted, of_some
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

ALL, ANY, NIL, SOME, SVC, FIXED, WA = bits("ALL ANY NIL SOME SVC FIXED WA")
PARTOF, SHAREOF = bits("PARTOF SHAREOF")
EVENTS = any_of("ENDS FAIL DOWN LOSS DEG INTER PROB ACT WORK HEAR ERR FINE FIXED SHOW RETURN")


def counted_one(text: Text, found: Events) -> Clause | None:
    """A clause that counts how many of them it is: a failure of some, or a bare "some forty of 30,000"."""
    failing = {id(failure.clause): failure for failure in found.failures}
    for clause in text.clauses:
        if not clause.stated or clause in found.works or text.sentences[clause.sentence].title:
            continue
        failure = failing.get(id(clause))
        if failure is None:
            if found.failures and not clause.bits & EVENTS and counted(text, clause):
                return clause
        elif failure.strength == SOFT and of_some(text, clause):
            return clause
    return None


def weigh_some(text: Text, found: Events) -> None:
    """What a sentence says of some of them, it goes on to say of those: "some are lost, and people get nothing"."""
    some = {failure.clause.sentence for failure in found.failures if failure.clause.bits & SOME}
    some |= {
        clause.sentence
        for clause in text.clauses
        if clause.stated and clause.bits & (PARTOF | SHAREOF) and clause.last - clause.first <= 7
    }
    found.failures = [
        replace(failure, strength=SOFT)
        if failure.strength > SOFT and failure.clause.sentence in some and not failure.clause.bits & SVC
        else failure
        for failure in found.failures
    ]


def weigh_title(text: Text, found: Events) -> None:
    """A title names the matter; how far it goes, and whether it is the case, the text below says."""
    titles = [failure for failure in found.failures if text.sentences[failure.clause.sentence].title]
    below = [failure for failure in found.failures if not text.sentences[failure.clause.sentence].title]
    if not titles or len(text.sentences) == 1:
        return
    if below:
        unsteady = any(failure.intermittent for failure in below)
        of_part = max(failure.strength for failure in below) <= SOFT and any(
            of_some(text, failure.clause) for failure in below
        )
        lowered = [
            replace(failure, strength=BARE)
            if failure.strength == TOTAL and (unsteady or of_part or not failure.clause.bits & (ALL | ANY | NIL))
            else failure
            for failure in titles
            if not text.a_topic(failure.clause)
        ]
        found.failures = lowered + below
    elif all(text.a_topic(failure.clause) for failure in titles) or any(
        clause.bits & (EVENTS | WA)
        for sentence in text.sentences[1:]
        for clause in sentence.clauses
        if not clause.stated or clause.bits & FIXED
    ):
        found.failures = []
