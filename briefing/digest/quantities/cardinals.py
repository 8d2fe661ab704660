"""Cardinal numbers in German, French and Spanish words, below a million."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from briefing.digest.wordlists import table


class Cardinal(NamedTuple):
    """A number, and the place behind its last word."""

    value: float
    past: int


Words = Sequence[str]
_HUNDRED, _THOUSAND = 100, 1000
_ENDS = frozenset(range(20, 100, 10))  # after "veinte", "vingt" units may follow
_FRENCH_HUNDRED = ("cent", "cents")


def read_cardinal(language: str, words: Words, at: int) -> Cardinal | None:
    """The number that begins with the word at ``at``, as long as it goes on; None where none does.

    language: "de", "fr" or "es". words: in lower case, of one stretch that nothing but spaces and
    hyphens part.
    """
    return _READERS[language](words, at)


@cache
def numerals(language: str) -> dict[str, float]:
    """The words that are a number below a hundred by themselves, with their values."""
    data = table("number_words")[language]
    found: dict[str, float] = {}
    for key, first, step in (("units", 1, 1), ("teens", 10, 1), ("tens", 20, 10)):
        for place, word in enumerate(data[key].split()):
            found[word] = first + place * step
    return {**found, **data["others"]}


@cache
def _german_small() -> dict[str, float]:
    """1 to 99 as they are written together."""
    simple = numerals("de")
    units = {word: n for word, n in simple.items() if n < 10 and word not in ("eins", "anderthalb")}
    tens = {word: n for word, n in simple.items() if n in _ENDS}
    joined = {f"{u}und{t}": units[u] + tens[t] for u in units for t in tens}
    return {**{word: n for word, n in simple.items() if n == int(n)}, **joined}


def _german(words: Words, at: int) -> Cardinal | None:
    value = german_word(words[at])
    return None if value is None else Cardinal(value, at + 1)


@cache
def german_word(word: str) -> float | None:
    """The number that a German word is: 21 of "einundzwanzig", 2.5 of "zweieinhalb"."""
    if word.endswith("einhalb"):
        whole = german_word(word.removesuffix("einhalb"))
        return None if whole is None else whole + 0.5
    if word in numerals("de"):
        return numerals("de")[word]
    head, thousand, tail = word.partition("tausend")
    if not thousand:
        return _german_hundreds(word)
    thousands = _german_hundreds(head) if head else 1
    rest = _german_hundreds(tail.removeprefix("und")) if tail else 0
    return None if thousands is None or rest is None else _THOUSAND * thousands + rest


def _german_hundreds(word: str) -> float | None:
    small = _german_small()
    head, hundred, tail = word.partition("hundert")
    if not hundred:
        return small.get(word)
    hundreds = small.get(head) if head else 1
    rest = small.get(tail.removeprefix("und")) if tail else 0
    if hundreds is None or hundreds > 19 or hundreds == 10 or rest is None:
        return None
    return _HUNDRED * hundreds + rest


def _with_thousands(
    words: Words, at: int, thousand: str, below: Callable[[Words, int], Cardinal | None]
) -> Cardinal | None:
    """ "[n] thousand [rest]" or a number below a thousand, as ``below`` reads it."""
    head = below(words, at)
    if head is None and words[at] == thousand:
        head = Cardinal(1, at)
    if head is None or _at(words, head.past) != thousand:
        return head
    value, past = _THOUSAND * head.value, head.past + 1
    rest = below(words, past) if past < len(words) else None
    return Cardinal(value + rest.value, rest.past) if rest else Cardinal(value, past)


def _at(words: Words, at: int) -> str:
    return words[at] if at < len(words) else ""


def _french(words: Words, at: int) -> Cardinal | None:
    return _with_thousands(words, at, "mille", _french_hundreds)


def _french_hundreds(words: Words, at: int) -> Cardinal | None:
    head = Cardinal(1, at) if words[at] == "cent" else _french_small(words, at)
    if head is None or _at(words, head.past) not in _FRENCH_HUNDRED:
        return head
    if head.past > at and not (1 < head.value < 20 and head.value != 10):
        return head
    value, past = _HUNDRED * head.value, head.past + 1
    rest = _french_small(words, past) if past < len(words) else None
    return Cardinal(value + rest.value, rest.past) if rest else Cardinal(value, past)


def _french_small(words: Words, at: int) -> Cardinal | None:
    simple = numerals("fr")
    value, past = simple.get(words[at], 0), at + 1
    if words[at] == "quatre" and _at(words, past) in ("vingt", "vingts"):
        value, past = 80, past + 1
    following = simple.get(_at(words, past), 0)
    if _at(words, past) == "et" and value in _ENDS and value != 80:
        second = simple.get(_at(words, past + 1), 0)
        if second == 1 or (second == 11 and value == 60):
            return Cardinal(value + second, past + 2)
    elif value == 10 and following in (7, 8, 9):
        return Cardinal(value + following, past + 1)
    elif value in _ENDS and _follows(value, following):
        more = simple.get(_at(words, past + 1), 0)
        if following == 10 and more in (7, 8, 9):
            return Cardinal(value + 10 + more, past + 2)
        return Cardinal(value + following, past + 1)
    return Cardinal(value, past) if value else None


def _follows(tens: float, following: float) -> bool:
    """Whether a number may stand right behind the tens: 1 only behind 80, 10 to 16 behind 60 and
    80 alone."""
    return (1 if tens == 80 else 2) <= following < (17 if tens in (60, 80) else 10)


def _spanish(words: Words, at: int) -> Cardinal | None:
    return _with_thousands(words, at, "mil", _spanish_hundreds)


@cache
def _spanish_hundred_words() -> dict[str, int]:
    stems = {"doscient": 2, "trescient": 3, "cuatrocient": 4, "quinient": 5, "seiscient": 6}
    stems |= {"setecient": 7, "ochocient": 8, "novecient": 9}
    return {f"{stem}{end}": 100 * n for stem, n in stems.items() for end in ("os", "as")}


def _spanish_hundreds(words: Words, at: int) -> Cardinal | None:
    word = words[at]
    if word == "cien":
        return Cardinal(_HUNDRED, at + 1)
    hundreds = _HUNDRED if word == "ciento" else _spanish_hundred_words().get(word, 0)
    if not hundreds:
        return _spanish_small(words, at)
    rest = _spanish_small(words, at + 1) if at + 1 < len(words) else None
    if rest:
        return Cardinal(hundreds + rest.value, rest.past)
    return None if word == "ciento" else Cardinal(hundreds, at + 1)


def _spanish_small(words: Words, at: int) -> Cardinal | None:
    simple = numerals("es")
    value = simple.get(words[at], 0)
    if value in _ENDS and value > 20 and _at(words, at + 1) == "y":
        unit = simple.get(_at(words, at + 2), 0)
        if 0 < unit < 10:
            return Cardinal(value + unit, at + 3)
    return Cardinal(value, at + 1) if value else None


_READERS = {"de": _german, "fr": _french, "es": _spanish}
