"""A text as words with their classes, in clauses. What is quoted is one word: nobody states what he quotes.

A clause is what a comma, a contrast, a cause or a second statement sets apart; it has the mood of its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.triage.domain.reading.vocabulary import (
    RESERVED,
    VOCABULARIES,
    WORD,
    Vocabulary,
    any_of,
    bits,
    language_of,
    plain,
    signs_of,
)

STOP, QUESTION_MARK, COMMA, COLON, QUOTE = (1 << place for place in range(RESERVED))
MARKS = STOP | QUESTION_MARK | COMMA | COLON
_SAY, _DOCS, _ERR = bits("SAY DOCS ERR")
_BAD = any_of("FAIL DOWN LOSS DEG NEG NIL") | _ERR
_EVENT = any_of("FAIL DOWN LOSS DEG ACT WORK HEAR FIXED WA SWITCH RETURN") | _ERR
_SUBJECT = (
    any_of("NIL ALL SOME ONE OUR SVC DIR PEOPLE NOW NEG OTHER PROD STAGE CARR")
)  # fmt: skip
_CARR, _CARRNAME = bits("CARR CARRNAME")
_DOWN, _PROB, _BLAME = bits("DOWN PROB BLAME")
_AND, _BUT, _CAUSE, _ASKV = bits("AND BUT CAUSE ASKV")

SIGNS = signs_of()
_QUOTED = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]{1,300}`|“[^”]{1,400}”|„[^“”\"]{1,400}[“”\"]|«[^»]{1,400}»|\"[^\"]{1,400}\""
    r"|(?:(?<=\s)|(?<=^)|(?<=\())'[^'\n]{2,200}'(?=[\s.,;:)!?]|$)"
    r"|^[ \t]*(?:>|\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d|at [\w$.]+\(|Traceback|File \"|[{<]\"?\w|\[\d"
    r"|\[?(?:ERROR|WARN|INFO|DEBUG|FATAL)\b)[^\n]*"
    r"|(?i:\b(?:error(?: message)?|exception|output|response|log|stack ?trace|fehlermeldung|mensaje de error"
    r"|message d'erreur|mensagem de erro)): *[^\n.;]{2,200}",
    re.DOTALL | re.MULTILINE,
)
_PIECE = re.compile(rf"({WORD.pattern})|([.!…](?=\s|$|[)\"”»])|\n|;|[•|])|(\?)|([,()¿¡–—]|\s-{{1,2}}\s)|(:)")
_SHORT = frozenset(
    ("e.g", "i.e", "z.b", "approx", "etc", "vs", "mr", "mrs", "dr", "inc", "ltd", "ca", "bzw", "nr", "e", "i", "g")
)


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

    def said(self, first: int, last: int) -> tuple[str, int, int]:
        """What stands from one word to another (included), with its place; cut where it is long."""
        start, end = self.starts[first], self.ends[last]
        return self.text[start:end][:160], start, min(end, start + 160)


def parse(text: str) -> Text:
    """The text in words and clauses."""
    small = plain(text)
    found = Text(text, [], [], [], [])
    at = 0
    for quote in _QUOTED.finditer(text):
        start, end = quote.span()
        if start > at:
            _pieces(found, small, at, start)
        words = WORD.findall(small, start, end)
        if len(words) <= 2 and not _introduced(found) and not _bad(words):
            _pieces(found, small, start, end)
        else:
            found.words.append('"')
            found.bits.append(QUOTE)
            found.starts.append(start)
            found.ends.append(end)
        at = end
    _pieces(found, small, at, len(text))
    _classify(found, small)
    _divide(found)
    return found


def _bad(words: list[str]) -> bool:
    """Whether someone puts a failure in quotes: "outage" is then his word, not what is the case."""
    return any(VOCABULARIES[""].words.get(word, 0) & _DOWN for word in words)


def _introduced(found: Text) -> bool:
    """Whether what comes next is said to be a message or a document's words."""
    table = VOCABULARIES["en"]
    return any(table.words.get(word, 0) & (_SAY | _DOCS | _ERR) for word in found.words[-3:])


def _pieces(found: Text, small: str, start: int, end: int) -> None:
    words, bits, starts, ends = found.words, found.bits, found.starts, found.ends
    for piece in _PIECE.finditer(small, start, end):
        kind = piece.lastindex
        begin, stop = piece.span()
        if kind == 1:
            words.append(small[begin:stop])
            bits.append(0)
        else:
            if kind == 2 and small[begin] == "." and words and words[-1] in _SHORT:
                continue
            words.append("")
            bits.append((STOP, QUESTION_MARK, COMMA, COLON)[kind - 2] if kind else 0)
        starts.append(begin)
        ends.append(stop)


def _classify(found: Text, small: str) -> None:
    """Look up words and phrases, each sentence in its language, or the text's where it tells none."""
    words, marks = found.words, found.bits
    whole = language_of(words)
    kept: list[int] = []
    bits: list[int] = []
    ends: list[int] = []
    first = 0
    count = len(words)
    while first < count:
        last = first
        while last < count and not marks[last] & (STOP | QUESTION_MARK):
            last += 1
        table = VOCABULARIES[language_of(words[first:last], whole)]
        _look_up(found, table, first, last, kept, bits, ends)
        if last < count:
            kept.append(last)
            bits.append(marks[last])
            ends.append(found.ends[last])
        first = last + 1
    found.words = [words[place] for place in kept]
    found.starts = [found.starts[place] for place in kept]
    found.bits, found.ends = bits, ends
    for place, mask in enumerate(bits):
        if mask & QUOTE:
            inner = small[found.starts[place] : found.ends[place]]
            table = VOCABULARIES[whole]
            if any(table.of(word) & _BAD for word in WORD.findall(inner)):
                bits[place] |= _ERR


def _look_up(
    found: Text, table: Vocabulary, first: int, last: int, kept: list[int], bits: list[int], ends: list[int]
) -> None:
    words, marks = found.words, found.bits
    phrases, signs, of = table.phrases, table.signs, table.of
    place = first
    while place < last:
        word = words[place]
        kept.append(place)
        mask, end = marks[place], place + 1
        if word:
            following = words[end] if end < last else ""
            if word in phrases and following in phrases[word]:
                for rest, classes in phrases[word][following]:
                    stop = place + 2 + len(rest)
                    if not rest or (stop <= last and words[place + 2 : stop] == rest):
                        mask, end = classes, stop
                        for inner in words[place:stop]:
                            mask |= of(inner) & SIGNS
                        break
            if not mask:
                mask = of(word)
            if (
                mask & _CARRNAME
                and found.text[found.starts[place]].isupper()
                and (place > first or any(of(each) & _BLAME for each in words[end : min(end + 2, last)]))
            ):
                mask |= _CARR  # a word of every day, unless it is written like a name
            if word in signs and following in signs[word]:
                for rest, classes in signs[word][following]:
                    if not rest or words[place + 2 : place + 2 + len(rest)] == rest:
                        mask |= classes
        bits.append(mask)
        ends.append(found.ends[end - 1])
        place = end


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
            if sentence.clauses and not (before := sentence.clauses[-1]).bits & (_EVENT | _SAY | QUOTE):
                clause.carried = before.bits | before.carried
            sentence.clauses.append(clause)
            found.clauses.append(clause)
        first, so_far = last, 0

    for place in range(count):
        mask = bits[place]
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
