"""Numbers in German, French and Spanish words, written as digits: "deux cent mille" is "200 mille".

So they are read as digits are, with the same units, ranges, and exclusions. What is as likely
another word ("neuf" that is "new", "Sieben" that is a name) stays as it is: no figure is better
than a wrong one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from briefing.digest.quantities.cardinals import (
    Cardinal,
    german_word,
    numerals,
    read_cardinal,
)
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.wordlists import table
from briefing.model import Span
from briefing.text import WordTable

LANGUAGES = frozenset(["de", "fr", "es"])
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_JOINED = re.compile(r"[ \u00a0\u202f]|[-‑]")  # what may part the words of one number
_OF = re.compile(r"[\s\u00a0](?:des?\b|du\b|d['’]|der\b|dieser\b|aller\b|von\b)")
_HELD_OPEN = re.compile(r"[-‑]\s(?:bis|und|oder)\s\Z")  # "zwei- bis dreihundert"
_OPENERS = "\"'“‘„«»‹›¿¡(–—-: \u00a0\u202f"
_GROUP = "\u00a0"
_YEARS = range(1500, 2100)
_GERMAN_NOUN = re.compile(
    r"[\s\u00a0](?:(?:[a-zäöüß]+(?:e|en|er|es)\s){0,2}(?:[A-ZÄÖÜ€$%]|km\b|kg\b)|von\s|bis\s|oder\s)"
)
_PLURAL_NOUN = re.compile(
    r"[\s\u00a0](?!(?:dans|sous|sans|mais|puis|vers|très|plus|moins|alors|depuis|pas|hors|dès|après"
    r"|lors|jamais|toujours|tous|les|des|ses|nous|vous|más|menos|tras|los|las|sus|es|después|antes"
    r"|entonces|unos|unas|tres|dos|seis)\b)(?:[^\W\d_]+[sx]\b|%|km\b|kg\b|mill|d['’]euro)"
)
_DAYS = re.compile(r"\s(?:de\s)?(?:jours|días|commercial\w*)\b")
_NO_SHARE = re.compile(r"\s(?:d['’]heure|de\s(?:hora|final|finale|siglo|siècle|kilo))")


@dataclass(frozen=True, slots=True)
class _Found:
    """A number in words. ``past`` is the place behind its last word.

    about: the word says so ("une vingtaine"). fraction: "deux tiers".
    """

    value: float
    past: int
    about: bool = False
    fraction: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence that was written anew, before and after."""

    old: Span
    new: Span
    found: _Found


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
    """``sentence`` with its numbers in words of ``language`` written as digits."""
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
            written = _written(sentence, start, end, found, language)
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
) -> Iterable[tuple[int, _Found]]:
    """The numbers among the words of a stretch, each with the place of its first word."""
    lows = [word[0].lower() for word in stretch]
    is_number = _number_words(language)
    at = 0
    while at < len(lows):
        if not is_number[lows[at]]:
            at += 1
            continue
        found = _read(lows, at, language)
        if found is None:
            at += 1
            continue
        first, at = at, found.past
        if at < len(lows) and lows[at] in _speech(language)["scales"]:
            at += 1
        if _goes_on(lows, at, language):
            while _goes_on(lows, at, language):  # "deux trois cents personnes": which?
                at += 1
        elif _is_meant(sentence, stretch, lows, first, found, language):
            yield first, found


def _goes_on(lows: Sequence[str], at: int, language: str) -> bool:
    """Whether a further number stands right behind one that ends before ``at``."""
    data = _speech(language)
    if at >= len(lows) or lows[at] in data["scales"] or lows[at] in data["one"].split():
        return False
    return _number_words(language)[lows[at]] and _read(lows, at, language) is not None


def _number_words(language: str) -> WordTable[bool]:
    """Whether a word (in lower case) may begin a number."""
    return _TABLES[language]


def may_be_spelled(words: Iterable[str], language: str) -> bool:
    """Whether a number in words of ``language`` may stand among the words of a sentence."""
    return any(map(_SENTENCE_TABLES[language].__getitem__, words))


def _begins(word: str, language: str) -> bool:
    data = _speech(language)
    if language == "de" and german_word(word) is not None:
        return word != "eins"
    return (
        word in numerals(language)
        or read_cardinal(language, [word, "uno"], 0) is not None
        or word in data["one"].split()
        or word in data["half"].split()
    )


def _may_begin(word: str, language: str) -> bool:
    """Whether a word, with its hyphens and apostrophes, has a part that says more than "a"."""
    if word[0].isdigit():
        return True
    data = _speech(language)
    for part in _WORD.findall(word):
        if part in data["scales"] or part in data["exact"] or part in data["about"]:
            return True
        if part in data["fractions"] or part == data["percent"].split()[-1]:
            return True
        if part not in data["one"].split() and _TABLES[language][part]:
            return True
    return False


@cache
def _speech(language: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = table("number_words")[language]
    return data


def _table(language: str) -> WordTable[bool]:
    return WordTable(lambda word: _begins(word, language))


def _sentence_table(language: str) -> WordTable[bool]:
    return WordTable(lambda word: _may_begin(word, language))


_TABLES = {language: _table(language) for language in LANGUAGES}
_SENTENCE_TABLES = {language: _sentence_table(language) for language in LANGUAGES}


def _read(lows: Sequence[str], at: int, language: str) -> _Found | None:
    """The number that begins at a word, with its scale where more belongs to the number."""
    data = _speech(language)
    ones, halves = data["one"].split(), data["half"].split()
    one = lows[at] in ones
    nouns = {**data["exact"], **data["about"]}
    place = at + one
    half = place < len(lows) and lows[place] in halves
    place += half
    noun = lows[place] if place < len(lows) else ""
    if one or half:
        part = 0.5 if half else 1.0
        if noun in nouns:
            return _Found(part * nouns[noun], place + 1, about=noun in data["about"])
        if noun in data["scales"] and noun not in ("mil", "mille"):
            whole = Cardinal(part, place)
            return _scaled(lows, whole, language) if not half else _Found(0.5, place)
        parts = data["percent"].split()
        if one and not half and list(lows[place : place + len(parts)]) == parts:
            return _Found(1, place)
        if one and not half and noun in data["fractions"]:
            return _Found(_share(1, data["fractions"][noun]), place + 1, fraction=True)
        if half or language != "de":
            return None
    cardinal = read_cardinal(language, lows, at)
    if cardinal is None:
        return None
    return _continued(lows, cardinal, language)


def _continued(lows: Sequence[str], cardinal: Cardinal, language: str) -> _Found | None:
    """A number with what may follow it: decimals, a scale, a dozen, a fraction."""
    data = _speech(language)
    value, past = cardinal
    following = lows[past] if past < len(lows) else ""
    if following == data["point"]:
        decimals = _decimals(lows, past + 1, language)
        if decimals:
            value = float(f"{int(value)}.{decimals[0]}")
            return _Found(value, decimals[1])
    if value < 2 and value == int(value):
        return None
    for kind in ("exact", "about"):
        if following in data[kind]:
            return _Found(value * data[kind][following], past + 1)
    if following in data["fractions"] and value < data["fractions"][following]:
        return _Found(_share(value, data["fractions"][following]), past + 1, fraction=True)
    if following in data["scales"]:
        return _scaled(lows, cardinal, language)
    value, past = _thousands(lows, cardinal, language)
    return _Found(value, past)


def _thousands(lows: Sequence[str], cardinal: Cardinal, language: str) -> Cardinal:
    """ "deux cent mille" as 200 before "mille", so that a range may share its thousands."""
    value, past = cardinal
    last = lows[past - 1]
    if last in _speech(language)["scales"] and value > 1000 and value % 1000 == 0:
        return Cardinal(value / 1000, past - 1)
    return cardinal


def _scaled(lows: Sequence[str], whole: Cardinal, language: str) -> _Found | None:
    """A number before a scale: without it, or with it and all that follows."""
    data = _speech(language)
    value, at = whole
    scale = data["scales"][lows[at]]
    past = at + 1
    half = lows[past : past + 2]
    if half and half[0] in ("et", "y") and half[1:] and half[1].rstrip("e") in ("demi", "medio"):
        return _Found((value + 0.5) * scale, past + 2)
    rest_at = past + (past < len(lows) and lows[past] == "und")
    rest = read_cardinal(language, lows, rest_at) if rest_at < len(lows) else None
    if rest is None or rest.value >= scale:
        return _Found(value, at)
    if rest.past < len(lows) and lows[rest.past] in data["scales"]:
        lower = data["scales"][lows[rest.past]]
        if lower >= scale:
            return None
        return _Found(value * scale + rest.value * lower, rest.past + 1)
    return _Found(value * scale + rest.value, rest.past) if rest.value > 1 else _Found(value, at)


def _decimals(lows: Sequence[str], at: int, language: str) -> tuple[str, int] | None:
    """The digits behind the point: one number ("vingt-cinq"), or one word each."""
    zero = _speech(language)["zero"]
    digits = ""
    while at < len(lows):
        number = Cardinal(0, at + 1) if lows[at] == zero else read_cardinal(language, lows, at)
        if number is None or number.value >= 100 or (digits and number.value >= 10):
            break
        digits += f"{number.value:g}"
        at = number.past
        if number.value >= 10:
            break
    return (digits, at) if digits else None


def _share(part: float, whole: int) -> float:
    shown = round(part * round(1 / whole, 3), 3)
    return 0.667 if shown == 0.666 else shown


def _written(sentence: str, start: int, end: int, found: _Found, language: str) -> str:
    """A number in digits, with a comma before decimals; a year without groups."""
    value = found.value
    if value != int(value):
        return f"{value:.6f}".rstrip("0").replace(".", ",") if value < 1000 else _grouped(value)
    if value in _YEARS and _is_year(sentence, start, end, int(value), language):
        return f"{value:.0f}"
    return _grouped(value)


def _grouped(value: float) -> str:
    return f"{value:,.0f}".replace(",", _GROUP)


def _is_year(sentence: str, start: int, end: int, value: int, language: str) -> bool:
    before = sentence[:start].rstrip().rpartition(" ")[2].lower()
    opened = before in _speech(language)["years"].split()
    if language == "de":
        hundreds = sentence[start:end].lower().partition("hundert")[0]
        named = "hundert" in sentence[start:end].lower() and "tausend" not in hundreds
        return before.startswith("jahr") or (
            (opened or (named and value % 100 > 0)) and not _GERMAN_NOUN.match(sentence, end)
        )
    return (opened or value % 100 > 0) and not _PLURAL_NOUN.match(sentence, end)


def _is_meant(
    sentence: str,
    stretch: Sequence[re.Match[str]],
    lows: Sequence[str],
    first: int,
    found: _Found,
    language: str,
) -> bool:
    """Whether words are the number that they may be."""
    data = _speech(language)
    start, end = stretch[first].start(), stretch[found.past - 1].end()
    if sentence[end : end + 1] in ("-", "‑") or sentence[max(0, start - 1) : start] in ("-", "‑"):
        return False
    before = lows[first - 1] if first else ""
    if before[:1].isdigit() and found.value >= 100:
        return False
    if before in data["vague"].split() and found.value >= 100:
        return False
    if _HELD_OPEN.search(sentence, max(0, start - 8), start):
        return False
    if before in data["scales"] or lows[max(0, first - 1) : first + 1] == data["percent"].split():
        return False
    last = lows[found.past - 1]
    if (found.about or found.fraction) and not _OF.match(sentence, end):
        return False
    if last in ("quarantaine", "cuarentena", "quinzaine") and _DAYS.match(sentence, end):
        return False
    if _NO_SHARE.match(sentence, end):
        return False
    following = lows[found.past] if found.past < len(lows) else ""
    alone = found.past == first + 1
    if alone and found.value in (8, 100, 1000) and following in data["sayings"].split():
        return False
    if language == "fr" and lows[first] == "neuf" and alone:
        return _PLURAL_NOUN.match(sentence, end) is not None
    return _is_no_name(sentence, stretch[first], end, found, language)


def _is_no_name(sentence: str, word: re.Match[str], end: int, found: _Found, language: str) -> bool:
    """Whether a number word with a capital begins a sentence or a quotation, and goes on as
    numbers do."""
    if not word[0][0].isupper():
        return True
    if word[0].isupper() and len(word[0]) > 1:
        return False
    head = sentence[: word.start()].rstrip(_OPENERS)
    opened = sentence[len(head) : word.start()].strip()
    if head and not opened:
        return False
    return language != "de" or found.value > 12 or bool(_GERMAN_NOUN.match(sentence, end))
