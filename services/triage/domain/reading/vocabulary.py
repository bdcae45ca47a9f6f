"""The lexicon made ready: a table a language from a word, or a phrase, to the classes that it belongs to, as bits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from services.triage.domain.reading.forms import forms
from services.triage.domain.reading.lexicon import (
    causes,
    doings,
    environment,
    failure,
    matters,
    mood,
    others,
    own,
    quantity,
    sayings,
    services,
    stories,
    things,
    times,
    ways,
)

LANGUAGES = ("en", "es", "fr", "pt", "de")
WORD = re.compile(r"\d+(?:[.,:]\d+)+\s?%|\d+\s?%|\d+(?:[.,:]\d+)+|[^\W_]+(?:['’](?:t|s|re|ve|ll|d|m)\b)?")


def _plain() -> dict[int, str]:
    """One character for one, so that places stay: small, without accents but German's umlauts."""
    import unicodedata

    table = {ord("’"): "'"}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250)):
        small = chr(code).lower()[0]
        table[code] = small if small in "äöüß" else unicodedata.normalize("NFKD", small)[0]
    return table


_PLAIN = _plain()


def plain(text: str) -> str:
    """The text by which words are looked up, of the same length."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


RESERVED = 5
"""So many bits are kept for marks."""
STOP, QUESTION_MARK, COMMA, COLON, QUOTE = (1 << place for place in range(RESERVED))
MARKED = dict.fromkeys(".!…\n;•|", STOP) | dict.fromkeys(",()¿¡–—", COMMA)
MARKED |= {"?": QUESTION_MARK, ":": COLON}
QUOTED = '"'
"""Stands for what is quoted; no pattern takes it for a word or a mark."""


Phrases = dict[str, dict[str, list[tuple[list[str], int]]]]
"""By the first word, then the second: what follows, and the classes."""


class Known(dict[str, int]):
    """The classes of pieces by what they are, kept once looked up: a language's texts repeat their words."""

    MOST = 50_000

    def __init__(self, of: Callable[[str], int]) -> None:
        super().__init__(MARKED | {QUOTED: QUOTE})
        self._of = of

    def __missing__(self, piece: str) -> int:
        mask = self._of(piece) if piece[0].isalnum() else COMMA  # a dash with spaces around
        if len(self) < self.MOST:
            self[piece] = mask
        return mask


@dataclass(slots=True)
class Vocabulary:
    """Of one language; a phrase is found by its first two words, the longest first.

    A phrase stands for its words and is one word from then on; a sign (of the causes, of a service) is only noted at
    its first word, and leaves its words what they are.
    """

    endings: tuple[str, ...] = ()
    compounds: bool = False
    words: dict[str, int] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=dict)
    signs: Phrases = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    """The first two words of each phrase and sign."""
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        self.known = Known(self.of)

    def of(self, word: str) -> int:
        """The classes of a word, or of the word that it is a plain form of."""
        found = self.form_of(word)
        if found is None and self.compounds and len(word) > 8:
            found = self._compound(word)
        return found or 0

    def form_of(self, word: str) -> int | None:
        """The same, but for compounds; None where it is not known."""
        found = self.words.get(word)
        if found is None and len(word) > 4:
            if word.endswith("n't"):
                return _CLASSES["NEG"]
            for ending in self.endings:
                if word.endswith(ending) and (found := self.words.get(word[: -len(ending)])) is not None:
                    break
        return found

    def _compound(self, word: str) -> int | None:
        """A compound is what its last part is: `Inspektionsproxy` is a proxy."""
        for cut in range(3, len(word) - 3):
            if (found := self.words.get(word[cut:])) is not None:
                return found & NOUNS
        return None


_ENDINGS = {"en": ("s", "'s"), "es": ("s",), "fr": ("s",), "pt": ("s",), "de": ("n", "en", "e", "er", "es", "em", "s")}
_CLASSES: dict[str, int] = {}


def bit(name: str) -> int:
    """The bit of a class; raises KeyError for one that no lexicon has."""
    return _CLASSES[name]


def bits(names: str) -> tuple[int, ...]:
    """The bits of these classes, each."""
    return tuple(_CLASSES[name] for name in names.split())


def signs_of() -> int:
    """The classes that are only noted, and leave words what they are: those of causes and services."""
    return sum(
        mask
        for lexicon in (causes, own, stories, others, services, doings, sayings)
        for mask in {row[0] for row in _parsed(lexicon.WORDS)}
    )


def any_of(names: str) -> int:
    """The bits of these classes, together."""
    return sum(_CLASSES[name] for name in names.split())


def _parsed(text: str) -> list[tuple[int, str, list[str]]]:
    rows, current = [], 0
    for line in text.splitlines():
        if not line.strip():
            continue
        if not line.startswith(" "):
            current = _CLASSES.setdefault(line.strip(), 1 << (len(_CLASSES) + RESERVED))
            continue
        language, *words = line.split()
        rows.append((current, language, [form for word in words for form in forms(word, language)]))
    return rows


def _built() -> dict[str, Vocabulary]:
    tables = {language: Vocabulary(_ENDINGS[language], language == "de") for language in LANGUAGES}
    plain_ones = (quantity, mood, times, failure, ways, things, environment, matters)
    for lexicon in (*plain_ones, causes, own, stories, others, services, doings, sayings):
        rows = _parsed(lexicon.WORDS)
        signs = lexicon not in plain_ones
        for mask, language, words in rows:
            for word in words:
                parts = WORD.findall(plain(word.replace("_", " ")))
                for each in LANGUAGES if language == "xx" else (language,):
                    _add(tables[each], parts, mask, signs)
        for mask, language, words in rows:
            if language == "de":
                for word in words:
                    parts = WORD.findall(plain(word.replace("_", " ")))
                    for spelled in _without_umlauts(parts):
                        if len(spelled) > 1 or spelled[0] not in tables["de"].words:
                            _add(tables["de"], spelled, mask, signs)
    # What no language can be made out of is looked up in all of them, the first that knows it.
    every = Vocabulary()
    for table in tables.values():
        for word, mask in table.words.items():
            every.words.setdefault(word, mask)
        for mine, theirs in ((every.phrases, table.phrases), (every.signs, table.signs)):
            for first, seconds in theirs.items():
                for second, phrases in seconds.items():
                    mine.setdefault(first, {}).setdefault(second, []).extend(phrases)
    tables[""] = every
    for table in tables.values():
        table.pairs = {
            (first, second)
            for by_first in (table.phrases, table.signs)
            for first, seconds in by_first.items()
            for second in seconds
        }
        for seconds in (*table.phrases.values(), *table.signs.values()):
            for phrases in seconds.values():
                phrases.sort(key=lambda phrase: -len(phrase[0]))
    return tables


def _add(table: Vocabulary, parts: list[str], mask: int, sign: bool) -> None:
    if len(parts) == 1:
        word = parts[0]  # a sign leaves it what it is, or what it is a form of
        table.words[word] = ((table.form_of(word) if sign else table.words.get(word)) or 0) | mask
        return
    first, second, *rest = parts
    phrases = (table.signs if sign else table.phrases).setdefault(first, {}).setdefault(second, [])
    for place, (known, classes) in enumerate(phrases):
        if known == rest:
            phrases[place] = known, classes | mask
            return
    phrases.append((rest, mask))


def _without_umlauts(parts: list[str]) -> list[list[str]]:
    if not any(letter in word for word in parts for letter in "äöüß"):
        return []
    spelled = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
    bare = {"ä": "a", "ö": "o", "ü": "u", "ß": "s"}
    return [["".join(change.get(letter, letter) for letter in word) for word in parts] for change in (spelled, bare)]


VOCABULARIES = _built()
NOUNS = any_of("NET KIT SOFT SVC FEAT PEOPLE ROLE LOC CARR OPS TRADE voice sms phone-numbers billing BILL")

# Small words that tell a language from the others.
_TELL = {
    "en": """a in for you your i if as or so only over than then also was just the is are of to and with from this that
        it we our they not have has when since by be been can
        cannot no all at their there which but does do an were would some on any how""",
    "es": """el los las del que y con por para una nuestro nuestra no se desde hay esta estan pero muy al como su
        sus es son mas ningun ninguna todas todos cuando tenemos nuestros nuestras lo ya en de la un""",
    "fr": """le les des du et avec pour nous notre nos est sont pas ne que qui dans sur une aucun depuis mais nous au
        aux ce cette tous toutes il elle vous plus se n d l qu j un en de la par""",
    "pt": """o os as do da dos das e com para nosso nossa nao que em no na nos nas uma um sao esta estao mas desde
        ja nenhum nenhuma todas todos ao pelo pela foi mais temos de por ha""",
    "de": """der die das den dem des und mit von ist sind nicht ein eine einen auf für wir unser unsere seit aber
        auch bei werden wird zu im am keine kein alle es sich nach als wenn noch nur wie in""",
}
_WIDE = 12
"""So many bits for the count of each language's words, packed in one number: to add them up is one addition."""
_MOST = (1 << _WIDE) - 1
_ENOUGH = 2_000
"""So many words tell a language; more would not fit the count."""
_SHIFTS = tuple((language, _WIDE * place) for place, language in enumerate(LANGUAGES))
TELLS: dict[str, int] = {}
for _language, _shift in _SHIFTS:
    for _word in _TELL[_language].split():
        TELLS[_word] = TELLS.get(_word, 0) + (1 << _shift)


def telling(words: Sequence[str]) -> list[int]:
    """For each word which languages it tells of; summed up, a count for each."""
    return list(map(TELLS.get, words, repeat(0)))


def language_of(words: Sequence[str], tells: Sequence[int], usual: str = "") -> str:
    """The language that most of these words tell of (`telling`); the usual one where none does clearly."""
    packed = sum(tells[:_ENOUGH])
    told = {language: packed >> shift & _MOST for language, shift in _SHIFTS}
    best = max(told, key=told.__getitem__)
    most = told[best]
    if usual:
        return best if most >= 2 and (not told[usual] or most > told[usual] + 1) else usual
    if most < 3 or list(told.values()).count(most) > 1:  # by the words that facts are read by
        for language in LANGUAGES:
            told[language] += sum(word in VOCABULARIES[language].words for word in words)
        best = max(told, key=told.__getitem__)
    return best if told[best] and list(told.values()).count(told[best]) == 1 else ""
