"""What a failure weighs beside the rest of the text: titles, parts that are counted, sentences that speak of some."""

from __future__ import annotations

from dataclasses import replace

from services.triage.domain.reading.happenings import BARE, SOFT, TOTAL, WEAK, Events, Failure
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import WHEN
from services.triage.domain.reading.scope import counted, of_some, restricted
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits

ALL, ANY, NIL, SOME, SVC, FIXED, WA = bits("ALL ANY NIL SOME SVC FIXED WA")
PARTOF, SHAREOF = bits("PARTOF SHAREOF")
INTER, ITHAPPENS, PROB, OUR, PEOPLE, DIR, OTHER = bits("INTER ITHAPPENS PROB OUR PEOPLE DIR OTHER")
ERR, RECORDS, LOC, SITE, BUT, ACT = bits("ERR RECORDS LOC SITE BUT ACT")
ROLE, TRADE = bits("ROLE TRADE")
GRAVE = any_of("FAIL DOWN LOSS DEG ENDS")
UNTROUBLED = any_of("INTER DEG FAIL DOWN PROB RETRY UNIT OTHER SOME NOTALL")
EVENTS = any_of("ENDS FAIL DOWN LOSS DEG INTER PROB ACT WORK HEAR ERR FINE FIXED SHOW RETURN")
OTHER_EVENTS = EVENTS & ~(INTER | PROB)
OF_A_PLACE = any_of("PLACE CARR COUNTRY")

BODIES = frozenset(("platform", "system", "company", "business", "organisation", "organization", "site", "operation"))
"""With "whole" or "entire" before it, all that there is to fail."""
HABITS = frozenset(
    ("usually", "often", "frequently", "repeatedly", "a day", "per cent", "percent", "several times a", "busy hour")
)
"""How often something is done tells nothing of how often it fails."""
BRIEF = 6
"""A clause of so many words says nothing but how often."""


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
    strong = {failure.clause.sentence for failure in found.failures if failure.strength > SOFT}
    if not strong:
        return
    some = {failure.clause.sentence for failure in found.failures if failure.clause.bits & SOME}
    some |= {
        sentence for sentence in strong - some if any(_some(text, each) for each in text.sentences[sentence].clauses)
    }
    if not some:
        return
    found.failures = [
        replace(failure, strength=SOFT)
        if failure.strength > SOFT
        and failure.clause.sentence in some
        and (not failure.clause.bits & SVC or failure.clause.bits & BUT)
        else failure
        for failure in found.failures
    ]


def weigh_place(text: Text, found: Events) -> None:
    """What a sentence says of a place or a carrier it goes on to say of that: "to Verizon, and none arrived"."""
    working = {id(clause) for clause in found.works}
    failing = {id(failure.clause): failure for failure in found.failures}
    there: dict[int, int] = {}
    for clause in text.clauses:
        if not clause.bits & OF_A_PLACE or id(clause) in working or not restricted(text, clause):
            continue
        if id(clause) in failing or clause.bits & SVC:  # not "we launched there, and now nothing works"
            there.setdefault(clause.sentence, clause.first)
    for clause in text.clauses:
        if clause.bits & OTHER and clause.bits & DENIAL:
            there.pop(clause.sentence, None)  # "nor at the others"
        elif id(clause) in failing and clause.bits & ALL and failing[id(clause)].strength > SOFT:
            there.pop(clause.sentence, None)
    if not there:
        return
    found.failures = [
        replace(failure, strength=SOFT)
        if failure.strength > SOFT
        and there.get(failure.clause.sentence, failure.clause.first) < failure.clause.first
        and not failure.clause.bits & BUT
        else failure
        for failure in found.failures
    ]


def _some(text: Text, clause: Clause) -> bool:
    if not clause.stated:
        return False
    few = clause.bits & (PARTOF | SHAREOF) and clause.last - clause.first <= 7
    return bool(few) or _of_one(text, clause)


def _of_one(text: Text, clause: Clause) -> bool:
    """Whether what it tells is of one place: "three orders of one office were posted, but no text came"; or
    of one occasion: "a volunteer placed a call, but no phone rang"."""
    bits, words = text.bits, text.words
    if not clause.bits & (LOC | SITE | ROLE | TRADE):
        return False
    return any(
        (words[place] == "one" and bits[place + 1] & (LOC | SITE))
        or (
            words[place] in ("a", "an")
            and bits[place + 1] & (ROLE | TRADE)
            and place + 2 < clause.last
            and bits[place + 2] & ACT
            and words[place + 2].endswith("ed")
        )
        for place in range(clause.first, clause.last - 1)
    )


def weigh_title(text: Text, found: Events) -> None:
    """A title names the matter; how far it goes, and whether it is the case, the text below says."""
    titles = [failure for failure in found.failures if text.sentences[failure.clause.sentence].title]
    below = [failure for failure in found.failures if not text.sentences[failure.clause.sentence].title]
    if not titles or len(text.sentences) == 1:
        return
    if below:
        unsteady = any(failure.intermittent for failure in below)
        of_part = (
            max(failure.strength for failure in below) <= SOFT
            and any(
                of_some(text, failure.clause) or (not failure.clause.bits & WHEN and restricted(text, failure.clause))
                for failure in below
            )
            and not sweeping(text, found)
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


def weigh_passing(text: Text, found: Events) -> None:
    """What is said by itself of how often it happens: "Random, cannot be reproduced", "sometimes it works"."""
    if not found.failures:
        return
    failing = {id(failure.clause) for failure in found.failures}
    for clause in text.clauses:
        if not clause.bits & INTER or not clause.stated or id(clause) in failing:
            continue
        if _comes_and_goes(text, clause, found):
            found.failures = [
                replace(failure, strength=min(failure.strength, SOFT), intermittent=True)
                if failure.clause.sentence <= clause.sentence
                else failure
                for failure in found.failures
            ]


def _comes_and_goes(text: Text, clause: Clause, found: Events) -> bool:
    mask = clause.bits
    if habitual(text, clause):
        return False
    if mask & ITHAPPENS:
        return True
    if clause in found.works:
        return bool(text.bits[clause.first] & INTER) and not mask & OUR
    return clause.last - clause.first <= BRIEF and not mask & (OTHER_EVENTS | OUR)


def habitual(text: Text, clause: Clause) -> bool:
    """Whether it says how often something is done, and not how often it fails: "900 a day", "usually"."""
    return all(
        text.text[text.starts[place] : text.ends[place]].lower() in HABITS
        for place in range(clause.first, clause.last)
        if text.bits[place] & INTER
    )


def sweeping(text: Text, found: Events) -> bool:
    """Whether it is said to concern all that there is: "the whole platform is affected", "for all our customers"."""
    return any(
        clause.stated and clause.bits & ALL and clause not in found.works and _of_all(text, clause)
        for clause in text.clauses
    )


def _of_all(text: Text, clause: Clause) -> bool:
    bits, words = text.bits, text.words
    if clause.bits & INTER and not clause.bits & GRAVE:
        return False
    return any(
        bits[place] & ALL
        and not any(bits[at] & DENIAL for at in range(max(clause.first, place - 2), place))
        and any(bits[at] & PEOPLE or words[at] in BODIES for at in range(place + 1, min(place + 4, clause.last)))
        for place in range(clause.first, clause.last)
    )


def nothing_lost(text: Text, found: Events) -> bool:
    """Whether errors are only written down somewhere, and everything is said to pass all the same."""
    if not found.failures or not all(_written_down(text, failure) for failure in found.failures):
        return False
    return any(
        clause.bits & (SVC | ACT)
        and not clause.bits & UNTROUBLED
        and (clause.bits & (ALL | NIL) or _then_all(text, clause))
        for clause in found.works
    )


def _written_down(text: Text, failure: Failure) -> bool:
    clause = failure.clause
    if failure.strength > WEAK and (not clause.bits & ERR or clause.bits & (GRAVE | DENIAL)):
        return False
    title = text.sentences[clause.sentence].title
    return title or bool(clause.bits & RECORDS)


def _then_all(text: Text, clause: Clause) -> bool:
    """Whether "all of them" is said after it: "they arrive normally, all"."""
    following = [each for each in text.sentences[clause.sentence].clauses if each.first >= clause.last]
    return bool(following) and following[0].last - following[0].first <= 3 and bool(following[0].bits & ALL)
