"""What numbers in German, French and Spanish words are worth, with their scales, decimals and
fractions ("zwei Komma fünf", "deux millions et demi", "media docena", "dos tercios")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.digest.quantities.cardinals import Cardinal, german_word, numerals, read_cardinal
from briefing.digest.wordlists import table
from briefing.text import WordTable

LANGUAGES = frozenset(["de", "fr", "es"])
Words = Sequence[str]  # in lower case
_THOUSANDS = ("mil", "mille")  # scales of which one is told without "one"

_OF_THOUSANDS = ("milliers", "miles", "millares")  # behind "une dizaine de"


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of a language around its numbers, as the section of ``number_words.toml`` has
    them."""

    one: frozenset[str]
    zero: str
    point: str
    vague: frozenset[str]
    sayings: frozenset[str]
    years: frozenset[str]
    half: frozenset[str]
    percent: tuple[str, ...]
    scales: Mapping[str, int]
    exact: Mapping[str, int]
    about: Mapping[str, int]
    fractions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A number in words. ``past`` is the place behind its last word.

    about: the word says so ("une vingtaine"). fraction: "deux tiers".
    """

    value: float
    past: int
    about: bool = False
    fraction: bool = False


@cache
def speech(language: str) -> Speech:
    """The words of one of ``LANGUAGES``."""
    data = table("number_words")[language]
    return Speech(
        one=frozenset(data["one"].split()),
        zero=data["zero"],
        point=data["point"],
        vague=frozenset(data["vague"].split()),
        sayings=frozenset(data["sayings"].split()),
        years=frozenset(data["years"].split()),
        half=frozenset(data["half"].split()),
        percent=tuple(data["percent"].split()),
        scales=data["scales"],
        exact=data["exact"],
        about=data["about"],
        fractions=data["fractions"],
    )


def may_begin(word: str, language: str) -> bool:
    """Whether a word (in lower case) may begin a number."""
    return _BEGIN[language][word]


def _begins(word: str, language: str) -> bool:
    data = speech(language)
    return (
        word in numerals(language)
        or word in data.one
        or word in data.half
        or word == data.zero
        or (language == "de" and german_word(word) is not None)
        or read_cardinal(language, [word, "uno"], 0) is not None
    )


def says_a_number(word: str, language: str) -> bool:
    """Whether a word (in lower case, without hyphens) belongs to numbers and is no article."""
    data = speech(language)
    return (
        (word not in data.one and may_begin(word, language))
        or word in data.scales
        or word in data.exact
        or word in data.about
        or word in data.fractions
        or word == data.percent[-1]
    )


def _begin_table(language: str) -> WordTable[bool]:
    return WordTable(lambda word: _begins(word, language))


_BEGIN = {language: _begin_table(language) for language in LANGUAGES}


def read_number(words: Words, at: int, language: str) -> Found | None:
    """The number that begins with the word at ``at``.

    words: of one stretch that nothing but spaces and hyphens part. Of a number before a scale and
    nothing more ("zwei Millionen") the scale is left out, so that it is read as behind digits.
    """
    data = speech(language)
    if words[at] in data.one or words[at] in data.half:
        found = _one_or_half(words, at, language)
        if found:
            return found
    if words[at] == data.zero:
        return _with_decimals(words, Cardinal(0, at + 1), language)
    cardinal = read_cardinal(language, words, at)
    return _continued(words, cardinal, language) if cardinal else None


def goes_on(words: Words, at: int, language: str) -> bool:
    """Whether a further number stands right behind one that ends before ``at``."""
    data = speech(language)
    if at >= len(words) or words[at] in data.scales or words[at] in data.one:
        return False
    return may_begin(words[at], language) and read_number(words, at, language) is not None


def _word(words: Words, at: int) -> str:
    return words[at] if at < len(words) else ""


def _one_or_half(words: Words, at: int, language: str) -> Found | None:
    """A number told as one or half of something: "une douzaine", "medio millón", "ein Prozent"."""
    data = speech(language)
    one = words[at] in data.one
    place = at + one
    half = _word(words, place) in data.half
    place += half
    noun = _word(words, place)
    if noun in data.exact or noun in data.about:
        return _collective(words, place, 0.5 if half else 1.0, data)
    if noun in data.scales and noun not in _THOUSANDS:
        if half:
            return Found(data.scales[noun] / 2, place + 1)
        return _scaled(words, Cardinal(1, place), language)
    if half:
        return None
    if tuple(words[place : place + len(data.percent)]) == data.percent:
        return Found(1, place)
    return _fraction(words, Cardinal(1, place), data)


def _collective(words: Words, at: int, count: float, data: Speech) -> Found:
    """So many dozens, scores or hundreds, and of thousands or millions: "une dizaine de
    millions"."""
    value = count * {**data.exact, **data.about}[words[at]]
    about = words[at] in data.about and count <= 1
    scale = data.scales.get(_word(words, at + 2), 0)
    if _word(words, at + 2) in _OF_THOUSANDS:
        scale = 1000
    if _word(words, at + 1) == "de" and scale:
        return Found(value * scale, at + 3, about=about)
    return Found(value, at + 1, about=about)


def _continued(words: Words, cardinal: Cardinal, language: str) -> Found | None:
    """A number with what may follow it: decimals, a scale, dozens, a fraction."""
    data = speech(language)
    value, past = cardinal
    decimal = _with_decimals(words, cardinal, language)
    if decimal:
        return decimal
    if value == 1:
        return None  # an article
    following = _word(words, past)
    if following in data.exact or following in data.about:
        return _collective(words, past, value, data)
    fraction = _fraction(words, cardinal, data)
    if fraction:
        return fraction
    if following in data.scales:
        return _scaled(words, cardinal, language)
    if words[past - 1] in data.scales and value > 1000 and value % 1000 == 0:
        return Found(value / 1000, past - 1)  # "deux cent" before "mille"
    return Found(value, past)


def _scaled(words: Words, count: Cardinal, language: str) -> Found | None:
    """A number before a scale: without it, or with it and all that follows."""
    data = speech(language)
    value, at = count
    scale, past = data.scales[words[at]], at + 1
    if _word(words, past) in ("et", "y") and _word(words, past + 1) in (*data.half, "demie"):
        return Found((value + 0.5) * scale, past + 2)
    place = past + (_word(words, past) == "und")
    rest = read_cardinal(language, words, place) if place < len(words) else None
    if rest is None or rest.value <= 1 or rest.value >= scale:
        return Found(value, at)
    lower = data.scales.get(_word(words, rest.past), 0)
    if not lower:
        return Found(value * scale + rest.value, rest.past)
    return Found(value * scale + rest.value * lower, rest.past + 1) if lower < scale else None


def _with_decimals(words: Words, whole: Cardinal, language: str) -> Found | None:
    """A number with the digits behind its point: one number ("vingt-cinq"), or one word each."""
    data = speech(language)
    if _word(words, whole.past) != data.point:
        return None
    digits, at = "", whole.past + 1
    while at < len(words):
        zero = words[at] == data.zero
        number = Cardinal(0, at + 1) if zero else read_cardinal(language, words, at)
        if number is None or number.value >= 100 or (digits and number.value >= 10):
            break
        digits, at = f"{digits}{number.value:g}", number.past
        if number.value >= 10:
            break
    return Found(float(f"{int(whole.value)}.{digits}"), at) if digits else None


def _fraction(words: Words, part: Cardinal, data: Speech) -> Found | None:
    """So many thirds or quarters, "partes" included: "tres cuartas partes"."""
    whole = data.fractions.get(_word(words, part.past), 0)
    if not part.value < whole:
        return None
    past = part.past + 1 + (_word(words, part.past + 1) == "partes")
    return Found(_share(part.value, whole), past, fraction=True)


def _share(part: float, whole: int) -> float:
    shown = round(part * round(1 / whole, 3), 3)
    return 0.667 if shown == 0.666 else shown
