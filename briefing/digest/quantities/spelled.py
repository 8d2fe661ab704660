"""Numbers in German, French and Spanish words, written as digits: "deux cent mille" is "200 mille".

So they are read as digits are, with the same units, ranges, and exclusions. What is as likely
another word ("neuf" that is "new", "Sieben" that is a name) stays as it is: no figure is better
than a wrong one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.digest.quantities.false_friends import is_meant, is_year
from briefing.digest.quantities.number_words import (
    LANGUAGES,
    Found,
    goes_on,
    may_begin,
    read_number,
    says_a_number,
    speech,
)
from briefing.digest.quantities.quantity import Quantity
from briefing.model import Span
from briefing.text import WordTable

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_JOINED = re.compile(r"[ \u00a0\u202f]|[-‑]")  # what may part the words of one number
_GROUP = "\u00a0"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence that was written anew, before and after."""

    old: Span
    new: Span
    found: Found


@dataclass(frozen=True, slots=True)
class InDigits:
    """A sentence with its numbers in digits, and where they stand in the sentence as it was."""

    sentence: str
    pieces: tuple[_Piece, ...] = ()

    def as_written(self, quantities: Iterable[Quantity]) -> list[Quantity]:
        """Figures of the sentence in digits, with their places in the sentence as it was."""
        if not self.pieces:
            return list(quantities)
        return [self._as_written(quantity) for quantity in quantities]

    def _as_written(self, quantity: Quantity) -> Quantity:
        core = Span(self._old(quantity.core.start), self._old(quantity.core.end, end=True))
        span = Span(self._old(quantity.span.start), self._old(quantity.span.end, end=True))
        spelled = [p for p in self.pieces if p.new.overlaps(quantity.core)]
        if not spelled:
            return replace(quantity, core=core, span=span)
        about = not quantity.bound and any(p.found.about for p in spelled)
        return replace(
            quantity,
            core=core,
            span=span,
            spelled=True,
            bound="about" if about else quantity.bound,
            fraction=quantity.fraction or any(p.found.fraction for p in spelled),
        )

    def _old(self, place: int, *, end: bool = False) -> int:
        starts = [piece.new.start for piece in self.pieces]
        at = (bisect_left if end else bisect_right)(starts, place) - 1
        if at < 0:
            return place
        piece = self.pieces[at]
        if place < piece.new.end:
            return piece.old.end if end else piece.old.start
        return place - piece.new.end + piece.old.end


def in_digits(sentence: str, language: str) -> InDigits:
    """``sentence`` with its numbers in words of ``language`` (one of ``LANGUAGES``) as digits."""
    words = list(_WORD.finditer(sentence))
    text, last = "", 0
    pieces = []
    at = 0
    for stop in _stretches(sentence, words):
        stretch = words[at:stop]
        at = stop
        for first, found in _numbers(sentence, stretch, language):
            start, end = stretch[first].start(), stretch[found.past - 1].end()
            text += sentence[last:start]
            year = is_year(sentence, start, end, found.value, language)
            written = f"{found.value:.0f}" if year else _written(found.value)
            span = Span(len(text), len(text) + len(written))
            pieces.append(_Piece(Span(start, end), span, found))
            text, last = text + written, end
    return InDigits(text + sentence[last:], tuple(pieces))


def _stretches(sentence: str, words: Sequence[re.Match[str]]) -> Iterable[int]:
    """Where each run of words ends that nothing but single spaces and hyphens part."""
    for at in range(1, len(words)):
        if not _JOINED.fullmatch(sentence, words[at - 1].end(), words[at].start()):
            yield at
    yield len(words)


def _numbers(
    sentence: str, stretch: Sequence[re.Match[str]], language: str
) -> Iterable[tuple[int, Found]]:
    """The numbers among the words of a stretch, each with the place of its first word."""
    lows = [word[0].lower() for word in stretch]
    at = 0
    while at < len(lows):
        found = read_number(lows, at, language) if may_begin(lows[at], language) else None
        if found is None:
            at += 1
            continue
        first, at = at, found.past
        if at < len(lows) and lows[at] in speech(language).scales:
            at += 1
        if not goes_on(lows, at, language):
            if is_meant(sentence, stretch, first, found, language):
                yield first, found
            continue
        while goes_on(lows, at, language):  # "deux trois cents personnes": which?
            at += 1


def _written(value: float) -> str:
    """A number in digits, in groups, with a comma before decimals."""
    whole, _, decimals = f"{value:,.6f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", _GROUP) + (f",{decimals}" if decimals else "")


def may_be_spelled(words: Iterable[str], language: str) -> bool:
    """Whether a number, in digits or in words of ``language``, may stand among the words (in lower
    case) of a sentence."""
    return any(map(_TABLES[language].__getitem__, words))


def _table(language: str) -> WordTable[bool]:
    def tell(word: str) -> bool:
        parts = _WORD.findall(word)
        return any(part[0].isdigit() or says_a_number(part, language) for part in parts)

    return WordTable(tell)


_TABLES = {language: _table(language) for language in LANGUAGES}
