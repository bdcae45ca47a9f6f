"""A text cut into its pieces: words, marks, quotes; with the place of each.

What is quoted is one piece: nobody states what he quotes. Most texts hold no quote, which is told by a few characters,
so that the long pattern for quotes is not tried on every one of their letters.
"""

from __future__ import annotations

import re
from itertools import accumulate

from services.triage.domain.reading.vocabulary import QUOTED, VOCABULARIES, WORD, bits

_DOWN, _SAY, _DOCS, _ERR = bits("DOWN SAY DOCS ERR")
_QUOTED = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]{1,300}`|“[^”]{1,400}”|„[^“”\"]{1,400}[“”\"]|«[^»]{1,400}»|\"[^\"]{1,400}\""
    r"|(?:(?<=\s)|(?<=^)|(?<=\())'[^'\n]{2,200}'(?=[\s.,;:)!?]|$)"
    r"|^[ \t]*(?:>|\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d|at [\w$.]+\(|Traceback|File \"|[{<]\"?\w|\[\d"
    r"|\[?(?:ERROR|WARN|INFO|DEBUG|FATAL)\b)[^\n]*"
    r"|(?i:\b(?:error(?: message)?|exception|output|response|log|stack ?trace|fehlermeldung|mensaje de error"
    r"|message d'erreur|mensagem de erro)): *[^\n.;]{2,200}",
    re.DOTALL | re.MULTILINE,
)
_QUOTE_MARK = re.compile(r"[`“„«\"]|(?:^|[\s(])'", re.MULTILINE)
_LINE_START = (*"0123456789>[{<", "at ", "Traceback", "ERROR", "WARN", "INFO", "DEBUG", "FATAL")
_BEFORE_MESSAGE: tuple[str, ...] = (
    "erro:",
    "erreur:",
    "error:",
    "message:",
    "exception:",
    "output:",
    "response:",
    "log:",
    "trace:",
    "meldung:",
)
_PIECE = re.compile(rf"({WORD.pattern}|[.!…](?=\s|$|[)\"”»])|\n|;|[•|]|\?|[,()¿¡–—]|\s-{{1,2}}\s|:)")
_SHORT = frozenset(
    ("e.g", "i.e", "z.b", "approx", "etc", "vs", "mr", "mrs", "dr", "inc", "ltd", "ca", "bzw", "nr", "e", "i", "g")
)


def pieces(text: str, small: str) -> tuple[list[str], list[int], list[int]]:
    """The pieces of a text in order, where each begins, and where it ends."""
    if not _may_quote(text, small):
        words, starts, ends = _cut(small, 0)
    else:
        words, starts, ends = [], [], []
        at = 0
        for quote in _QUOTED.finditer(text):
            start, end = quote.span()
            _append(words, starts, ends, small[at:start], at)
            inner = WORD.findall(small, start, end)
            if len(inner) <= 2 and not _introduced(words) and not _bad(inner):
                _append(words, starts, ends, small[start:end], start)
            else:
                words.append(QUOTED)
                starts.append(start)
                ends.append(end)
            at = end
        _append(words, starts, ends, small[at:], at)
    if "." in words and not _SHORT.isdisjoint(words):
        _join_short(words, starts, ends)
    return words, starts, ends


def _may_quote(text: str, small: str) -> bool:
    """Whether the pattern for quotes may find any."""
    if _QUOTE_MARK.search(text) is not None:
        return True
    if ":" in small and any(before in small for before in _BEFORE_MESSAGE):
        return True
    return any(line.lstrip(" \t").startswith(_LINE_START) for line in text.split("\n"))


def _cut(small: str, offset: int) -> tuple[list[str], list[int], list[int]]:
    """By the pattern's one group: what is between pieces, a piece, and so on; lengths add up to places."""
    parts = _PIECE.split(small)
    places = list(accumulate(map(len, parts), initial=offset))
    return parts[1::2], places[1:-1:2], places[2::2]


def _append(words: list[str], starts: list[int], ends: list[int], small: str, offset: int) -> None:
    more, begins, stops = _cut(small, offset)
    words += more
    starts += begins
    ends += stops


def _join_short(words: list[str], starts: list[int], ends: list[int]) -> None:
    """A full stop after an abbreviation ends no sentence."""
    place = 1
    while place < len(words):
        if words[place] == "." and words[place - 1] in _SHORT:
            del words[place], starts[place], ends[place]
        else:
            place += 1


def _bad(words: list[str]) -> bool:
    """Whether someone puts a failure in quotes: "outage" is then his word, not what is the case."""
    return any(VOCABULARIES[""].words.get(word, 0) & _DOWN for word in words)


def _introduced(words: list[str]) -> bool:
    """Whether what comes next is said to be a message or a document's words."""
    table = VOCABULARIES["en"]
    return any(table.words.get(word, 0) & (_SAY | _DOCS | _ERR) for word in words[-3:])
