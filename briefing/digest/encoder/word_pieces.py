"""Text to word pieces, as the encoder's base reads it (uncased WordPiece, Devlin et al. 2018)."""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

PADDING, UNKNOWN, OPEN, SEPARATOR = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
_LONGEST = 100  # letters of a word that is spelled; longer ones are unknown
_KEPT_WORDS = 50_000
_SPACES = "\t\n\r"
_LAST_OF_PLANE = 0xFFFF


class WordPieces:
    """The vocabulary: word pieces by number. Those inside a word begin with ``##``."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.padding = self._numbers[PADDING]
        self.open = self._numbers[OPEN]
        self.separator = self._numbers[SEPARATOR]
        self._unknown = self._numbers[UNKNOWN]
        self._longest = max(map(len, pieces))
        self._word = _word_pattern()
        self._spelled = lru_cache(_KEPT_WORDS)(self._spell)

    def read(self, text: str) -> list[int]:
        """The numbers of the pieces of ``text``."""
        numbers: list[int] = []
        for word in self._word.findall(_normalised(text)):
            numbers += self._spelled(word)
        return numbers

    def _spell(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return (self._unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            found = self._longest_at(word, start)
            if found is None:
                return (self._unknown,)
            number, start = found
            pieces.append(number)
        return tuple(pieces)

    def _longest_at(self, word: str, start: int) -> tuple[int, int] | None:
        prefix = "##" if start else ""
        for end in range(min(len(word), start + self._longest), start, -1):
            number = self._numbers.get(prefix + word[start:end])
            if number is not None:
                return number, end
        return None


def _normalised(text: str) -> str:
    """Lower-case, without accents and control characters."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    if not text.isprintable():
        text = "".join(_readable(text))
    return text.lower()


def _readable(text: str) -> Iterator[str]:
    for character in text:
        if character in _SPACES or unicodedata.category(character) == "Zs":
            yield " "
        elif character != "\ufffd" and unicodedata.category(character)[0] != "C":
            yield character


@lru_cache(1)
def _word_pattern() -> re.Pattern[str]:
    """A run of what is neither space nor punctuation, one mark, or one ideograph."""
    marks = "".join(
        re.escape(chr(code))
        for code in range(33, min(sys.maxunicode, _LAST_OF_PLANE))
        if _is_mark(chr(code))
    )
    alone = f"{marks}\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    return re.compile(rf"[{alone}]|[^\s{alone}]+")


def _is_mark(character: str) -> bool:
    """As the base has it: all ASCII symbols, elsewhere what Unicode calls punctuation."""
    if character.isascii():
        return not character.isalnum()
    return unicodedata.category(character)[0] == "P"
