"""A text as words with their classes, in clauses. What is quoted is one word: nobody states what he quotes.

A clause is what a comma, a contrast, a cause or a second statement sets apart; it has the mood of its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from services.triage.domain.reading.pieces import pieces
from services.triage.domain.reading.vocabulary import (
    COLON,
    COMMA,
    MARKED,
    QUESTION_MARK,
    QUOTE,
    QUOTED,
    STOP,
    VOCABULARIES,
    WORD,
    Vocabulary,
    any_of,
    bits,
    language_of,
    plain,
    signs_of,
    telling,
)

MARKS = STOP | QUESTION_MARK | COMMA | COLON
_SAY, _ERR = bits("SAY ERR")
_BAD = any_of("FAIL DOWN LOSS DEG NEG NIL") | _ERR
_EVENT = any_of("FAIL DOWN LOSS DEG ACT WORK HEAR FIXED WA SWITCH RETURN") | _ERR
_SUBJECT = (
    any_of("NIL ALL SOME ONE OUR SVC DIR PEOPLE NOW NEG OTHER PROD STAGE CARR")
)  # fmt: skip
_CARR, _CARRNAME = bits("CARR CARRNAME")
_PROB, _BLAME = bits("PROB BLAME")
_NO = any_of("NEG NIL")
_AND, _BUT, _CAUSE, _ASKV = bits("AND BUT CAUSE ASKV")

SIGNS = signs_of()
_NONE: dict[str, list[tuple[list[str], int]]] = {}
_ENDS = frozenset(piece for piece, mark in MARKED.items() if mark & (STOP | QUESTION_MARK))
_PARTS = MARKS | _BUT | _ASKV | _CAUSE | _AND
"""Where a clause may end."""


@dataclass(slots=True)
class Clause:
    """Words `first` to `last` (not included) of a text, and the classes that occur in it."""

    first: int
    last: int
    sentence: int
    bits: int = 0
    asked: bool = False
    """Whether it is a question or a wish: what it holds is not stated."""
    carried: int = 0
    """The classes of what stands before it and states nothing by itself: "Some people, not only ours,"."""
    supposed: bool = False
    """Whether it is a condition, a fear or a plan: what it holds is not the case."""
    hearsay: bool = False
    """Whether it is what a document or a page says, or is denied as a whole ("it is not that ...")."""

    @property
    def stated(self) -> bool:
        return not (self.asked or self.supposed or self.hearsay)


@dataclass(slots=True)
class Sentence:
    clauses: list[Clause] = field(default_factory=list)
    question: bool = False
    title: bool = False


@dataclass(slots=True)
class Text:
    """A text read into words: their classes, and where each begins and ends."""

    text: str
    words: list[str]
    bits: list[int]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)

    def a_topic(self, clause: Clause) -> bool:
        """A title of one word says what it is about, not that it is so."""
        return self.sentences[clause.sentence].title and clause.last - clause.first == 1

    def near(self, clause: Clause, one: int, other: int, words: int) -> bool:
        """Whether a word of the one class stands at most so many words from one of the other: not "we now send half of
        it, and then it works"."""
        bits = self.bits
        return any(
            bits[place] & one
            and any(
                bits[at] & other for at in range(max(clause.first, place - words), min(place + words + 1, clause.last))
            )
            for place in range(clause.first, clause.last)
        )

    def said(self, first: int, last: int) -> tuple[str, int, int]:
        """What stands from one word to another (included), with its place; cut where it is long."""
        start, end = self.starts[first], self.ends[last]
        return self.text[start:end][:160], start, min(end, start + 160)


def parse(text: str) -> Text:
    """The text in words and clauses."""
    small = plain(text)
    words, starts, ends = pieces(text, small)
    found = Text(text, words, [], starts, ends)
    _classify(found, small)
    _divide(found)
    return found


def _classify(found: Text, small: str) -> None:
    """Look up words and phrases, each sentence in its language, or the text's where it tells none."""
    words, bits = found.words, found.bits
    tells = telling(words)
    whole = language_of(words, tells)
    first, count = 0, len(words)
    spans: list[tuple[int, int]] = []
    for last in (*(place for place, piece in enumerate(words) if piece in _ENDS), count):
        language = language_of(words[first:last], tells[first:last], whole)
        table = VOCABULARIES[language]
        bits += map(table.known.__getitem__, words[first:last])
        _look_up(found, table, first, last, spans)
        if last < count:
            bits.append(MARKED[words[last]])
        first = last + 1
    for place, stop in reversed(spans):  # a phrase is one word from then on
        found.ends[place] = found.ends[stop - 1]
        for each in (words, bits, found.starts, found.ends):
            del each[place + 1 : stop]
    if QUOTED in words:
        table = VOCABULARIES[whole]
        for place, mask in enumerate(bits):
            if mask & QUOTE:
                inner = small[found.starts[place] : found.ends[place]]
                if any(table.of(word) & _BAD for word in WORD.findall(inner)):
                    bits[place] |= _ERR


def _look_up(found: Text, table: Vocabulary, first: int, last: int, spans: list[tuple[int, int]]) -> None:
    """Phrases, signs and names among the words `first` to `last`; `spans` of more than a word are noted."""
    words, bits, pairs = found.words, found.bits, table.pairs
    place = first
    for at in range(first, last):
        mask = bits[at]
        pair = at + 1 < last and (words[at], words[at + 1]) in pairs
        if at < place or not (pair or mask & _CARRNAME):
            continue
        place = at + 1
        word, following = words[at], words[place] if pair else ""
        for rest, classes in table.phrases.get(word, _NONE).get(following, ()):
            stop = at + 2 + len(rest)
            if not rest or (stop <= last and words[at + 2 : stop] == rest):
                mask, place = classes, stop
                for inner in words[at:stop]:
                    mask |= table.known[inner] & SIGNS
                spans.append((at, stop))
                break
        if (
            mask & _CARRNAME
            and found.text[found.starts[at]].isupper()
            and (at > first or any(table.known[each] & _BLAME for each in words[place : min(place + 2, last)]))
        ):
            mask |= _CARR  # a word of every day, unless it is written like a name
        for rest, classes in table.signs.get(word, _NONE).get(following, ()):
            if not rest or words[at + 2 : at + 2 + len(rest)] == rest:
                mask |= classes
        bits[at] = mask


def _divide(found: Text) -> None:
    """Sentences and clauses."""
    bits = found.bits
    sentence = Sentence(title=True)  # unless it turns out to be no line of its own
    first, so_far = 0, 0
    count = len(bits)

    def close(last: int) -> None:
        nonlocal first, so_far
        if so_far:
            clause = Clause(first, last, len(found.sentences), so_far)
            if (
                sentence.clauses
                and not (before := sentence.clauses[-1]).bits & (_EVENT | _SAY | QUOTE)
                and not (before.bits & _PROB and before.bits & _NO)
            ):
                clause.carried = before.bits | before.carried
            sentence.clauses.append(clause)
            found.clauses.append(clause)
        first, so_far = last, 0

    seen = 0
    for place in [place for place, mask in enumerate(bits) if mask & _PARTS]:
        mask = bits[place]
        for before in bits[seen:place]:
            so_far |= before
        seen = place + 1
        if mask & MARKS:
            close(place)
            first = place + 1
            if mask & (STOP | QUESTION_MARK):
                sentence.question = bool(mask & QUESTION_MARK)
                sentence.title = sentence.title and found.text[found.starts[place]] == "\n"
                if sentence.clauses:
                    found.sentences.append(sentence)
                    sentence = Sentence()
            continue
        if (
            (mask & (_BUT | _ASKV) and so_far)
            or (mask & _CAUSE and so_far & _EVENT and _happens(bits, place + 1, count))
            or (mask & _AND and so_far & _EVENT and _states(bits, place + 1, count))
        ):
            close(place)
        so_far |= mask
    for before in bits[seen:]:
        so_far |= before
    close(count)
    if sentence.clauses:
        sentence.title = False
        found.sentences.append(sentence)


def _happens(bits: list[int], first: int, count: int) -> bool:
    """Whether something happens in the rest of the sentence: "since it failed", not "since nine"."""
    for place in range(first, count):
        if bits[place] & (STOP | QUESTION_MARK):
            return False
        if bits[place] & (_EVENT | _PROB):
            return True
    return False


def _states(bits: list[int], first: int, count: int) -> bool:
    """Whether a statement of its own begins here: a subject soon, and something that happens."""
    subject = False
    for place in range(first, min(first + 12, count)):
        mask = bits[place]
        if mask & MARKS:
            return False
        if place < first + 3 and mask & _SUBJECT:
            subject = True
        if subject and mask & _EVENT:
            return True
    return False
