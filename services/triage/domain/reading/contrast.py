"""Whether only a part is concerned: the others work, or only some of it is meant."""

from __future__ import annotations

from services.triage.domain.reading.happenings import TOTAL, Events, Failure
from services.triage.domain.reading.hearsay import DENIAL
from services.triage.domain.reading.moods import NIL, WHEN
from services.triage.domain.reading.scope import only_a_part
from services.triage.domain.reading.text import Clause, Text
from services.triage.domain.reading.vocabulary import any_of, bits
from services.triage.domain.reading.weighing import counted_one, sweeping

ALL, ANY, SVC, DIR, FINE, WORK, ONLY, ALLELSE = bits("ALL ANY SVC DIR FINE WORK ONLY ALLELSE")
SITE, ACT = bits("SITE ACT")
ASIDE_OF_DIR = any_of("PLACE CARR COUNTRY LOC DEVICE ONE SOME")


def is_contrast(text: Text, clause: Clause, found: Events, *, after_failure: bool) -> bool:
    """Whether a clause that states no failure makes those that are stated a part."""
    if text.sentences[clause.sentence].title and not clause.bits & (WORK | FINE | ONLY):
        return False
    whenever = text.bits[clause.first] & WHEN and after_failure
    return bool(whenever or only_a_part(text, clause) or _another(text, clause, found)) and not _same_way(
        text, clause, found
    )


def weigh_contrast(text: Text, found: Events) -> None:
    """What is another service beside one that fails as a whole is no contrast; so many of them that are counted are."""
    if found.contrast is not None and _same_way(text, found.contrast, found):
        failing = {id(failure.clause) for failure in found.failures}
        after = (each for each in text.clauses if each.first > found.contrast.first and each.stated)
        found.contrast = next(
            (each for each in after if id(each) not in failing and is_contrast(text, each, found, after_failure=False)),
            None,
        )
    if found.contrast is not None and found.contrast.bits & ALLELSE and any(map(_all_of_a_service, found.failures)):
        found.contrast = None
    if found.contrast is None and (some := counted_one(text, found)) is not None:
        found.contrast = some


def weigh_directions(text: Text, found: Events) -> None:
    """One direction is a function of its own, where it fails for all."""
    if found.contrast is None or not _of_a_direction(found.contrast):
        return
    if _none_at_all(found) or sweeping(text, found):
        found.contrast = None


def _all_of_a_service(failure: Failure) -> bool:
    """Whether all of a named service fails: what else works beside it is another service."""
    return failure.strength == TOTAL and bool(failure.clause.bits & SVC and failure.clause.bits & (ALL | ANY | NIL))


def _none_at_all(found: Events) -> bool:
    return any(failure.strength == TOTAL and failure.clause.bits & (ALL | ANY | NIL) for failure in found.failures)


def _of_a_direction(clause: Clause) -> bool:
    return bool(clause.bits & DIR) and not clause.bits & ASIDE_OF_DIR


def _another(text: Text, clause: Clause, found: Events) -> bool:
    """Whether it works at one that is told by a letter or a number from the one that fails: "region B delivers"."""
    if not clause.bits & SITE or not clause.bits & (ACT | WORK | FINE) or clause.bits & DENIAL:
        return False
    marks = _marks(text, clause)
    return bool(marks) and any(
        theirs and theirs.isdisjoint(marks) for theirs in (_marks(text, failure.clause) for failure in found.failures)
    )


def _marks(text: Text, clause: Clause) -> set[str]:
    return {
        text.words[place + 1]
        for place in range(clause.first, clause.last - 1)
        if text.bits[place] & SITE and len(text.words[place + 1]) <= 2 and not text.bits[place + 1]
    }


def _same_way(text: Text, clause: Clause, found: Events) -> bool:
    """Whether it is said of the very direction that fails: "each inbound call is answered, and then silent"."""
    if not clause.bits & DIR or clause.bits & FINE:
        return False
    return bool(_ways(text, clause) & {way for failure in found.failures for way in _ways(text, failure.clause)})


def _ways(text: Text, clause: Clause) -> set[str]:
    """The directions that it names, by the letters that tell incoming from outgoing in each language."""
    return {text.words[place][:2] for place in range(clause.first, clause.last) if text.bits[place] & DIR}
