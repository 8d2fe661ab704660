"""Words, stems and stop words: what similarity is counted on."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from briefing.model import Span
from briefing.text.wordtable import WordTable

_new = tuple.__new__  # a Token or a Span made without a call of its class
# A run of letters and digits with single inner apostrophes, hyphens, points or commas.
_WORD = re.compile(r"\w++(?:[’'.,\-‐‑]\w++)*+")

# Scripts written without spaces: a run of ideographs (with 々) becomes its pairs, overlapping, as
# in the CJK analysis of search engines; a run of hiragana or of katakana is a word.
# Each takes milliseconds to compile: only a text with such letters, or beyond them, needs them.
_BEYOND = re.compile("[^\x00-\u3004]")
_UNSPACED = "[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNSPACED_PARTS = (
    "[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[\u3040-\u309f]+|[\u30a0-\u30ff]+"
    "|[^\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_IDEOGRAPH = "[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"

# French articles and the like before a vowel: "l'accord", "qu'Ada".
_LIMIT = 200_000  # words of a table
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)")

_STEMMERS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}


class Token(NamedTuple):
    """A word as it is written, and where."""

    text: str
    span: Span


def tokens(text: str) -> list[Token]:
    """The words of ``text`` in their own case, with their spans."""
    return [_new(Token, (m[0], _new(Span, m.span()))) for m in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case, with typographic apostrophes made plain.

    Of Chinese and Japanese, which set no spaces, parts that serve as words.
    """
    found: list[str] = _WORD.findall(text.lower().replace("’", "'"))
    if text.isascii() or not _BEYOND.search(text) or not _compiled(_UNSPACED).search(text):
        return found
    return [part for word in found for part in _parts(word)]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _parts(word: str) -> Iterator[str]:
    """What serves as words of a run of letters, some of which are of a script without spaces."""
    if not _compiled(_UNSPACED).search(word):
        yield word
        return
    for run in _compiled(_UNSPACED_PARTS).findall(word):
        if len(run) > 2 and _compiled(_IDEOGRAPH).match(run):
            yield from map("".join, pairwise(run))
        elif any(map(str.isalnum, run)):
            yield run


@cache
def stop_words(language: str = "en") -> frozenset[str]:
    """The function words of a language (ISO 639-1); empty where we have no list."""
    file = Path(__file__).parent / "stopwords" / f"{language}.txt"
    if not file.is_file():
        return frozenset()
    return frozenset(file.read_text(encoding="utf-8").split())


@cache
def _terms(language: str) -> WordTable[str]:
    """The terms of words, "" for those that carry no meaning."""
    stop = stop_words(language)

    def term(word: str) -> str:
        kept = word not in stop and (len(word) > 1 or word.isdigit())
        return stem(word, language) if kept else ""

    return WordTable(term, _LIMIT)


@cache
def _stems(language: str) -> WordTable[str] | None:
    if language not in _STEMMERS:
        return None
    import snowballstemmer

    stem_word = snowballstemmer.stemmer(_STEMMERS[language]).stemWord
    french = language == "fr"

    def stemmed(word: str) -> str:
        whole = _ELIDED.sub("", word, count=1) if french else word
        found: str = stem_word(whole.removesuffix("'s"))
        return found

    return WordTable(stemmed, _LIMIT)


def stem(word: str, language: str = "en") -> str:
    """The Snowball stem of a lower-case word; the word itself where the language has no stemmer."""
    table = _stems(language)
    return word if table is None else table[word]


def terms(text: str, language: str = "en") -> list[str]:
    """The stems of the words of ``text`` that carry meaning, in order, repeats kept."""
    return terms_of(words(text), language)


def terms_of(lower_words: Iterable[str], language: str = "en") -> list[str]:
    """``terms`` of words that are at hand already."""
    return list(filter(None, map(_terms(language).__getitem__, lower_words)))
