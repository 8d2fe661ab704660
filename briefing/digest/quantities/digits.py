"""Digits as people group and write them, made plain: "816 000", "1'200", "１２，５００", "١٢٣"."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from briefing.digest.wordlists import table
from briefing.model import Span

_NO_BREAK = "\u00a0"  # what the grammar of numbers takes for a separator, whatever stands around
# Numbers of other scripts (Unicode General_Category Nd), and the marks that go with them.
_BLOCKS = (
    *("\u0660-\u0669", "\u06f0-\u06f9", "\u0966-\u096f", "\u09e6-\u09ef", "\u0a66-\u0a6f"),
    *("\u0ae6-\u0aef", "\u0b66-\u0b6f", "\u0be6-\u0bef", "\u0c66-\u0c6f", "\u0ce6-\u0cef"),
    *("\u0d66-\u0d6f", "\u0e50-\u0e59", "\u1040-\u1049", "\u17e0-\u17e9", "\uff10-\uff19"),
)
_FOREIGN = re.compile(rf"[{''.join(_BLOCKS)}\u066a-\u066c\uff04\uff05\uff0c\uff0e\u2009\u202f]")
_MARKS = {"\u066a": "%", "\u066b": ".", "\u066c": ",", "\uff04": "$", "\uff05": "%"}
_WIDE_POINT = re.compile(r"(?<=[0-9])[\uff0c\uff0e](?=[0-9])")
# "1'200'000.50", as in Switzerland.
_SWISS = re.compile(r"(?<![\w.,'’])\d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d{1,2}(?!\d))?")
_THIN = re.compile(r"[\u2009\u202f](?=\d{3}(?!\d))(?<=\d.)")
_MAY_GROUP = re.compile(r"[0-9][ '’][0-9]{3}(?![0-9])")
# "816 000", and a range of such numbers; with a digit on either side it may be a table.
_GROUPED = r"[1-9]\d{0,2}(?: \d{3})++(?!\d)"
_SPACED = re.compile(
    rf"(?<![\d.,:/+#)’'-])(?<![–—])(?P<first>{_GROUPED})(?:\s?[-–—]\s?{_GROUPED})?(?![-–—/:]\d)"
)
# "350.000" in a language of decimal commas; no address of a network.
_DOTTED = re.compile(r"(?<![\w.,:/@-])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.:/@]*\d)")
_MOST_DOTS = 2  # of a number whose first group has three digits; "192.168.100.200" is none
_TELEPHONE = re.compile(r"(?<![\d.,:/])(?<!\d )0\d{1,4}(?: \d{2,5})+(?!\d)")
_AIRCRAFT = re.compile(
    r"(?<=7[0-8]7)(?:s\b|[ -](?:M(?:ax|AX)|jets?|planes?|aircraft|Dreamliners?)\b)"
)
_AROUND = re.compile(r"\d \Z"), re.compile(r" \d")
_WORD_BEFORE = re.compile(r"(?:(?P<earlier>[\w’'-]+),? )?(?P<word>[^\W\d_][\w.’'-]*):? \Z")
_VERBS = frozenset(["verse"])  # "La ville verse 200 000 euros"
_NEAR = 48  # code points in which the two words before a number stand
_HOURS = 12


class PlainDigits(NamedTuple):
    """A sentence with plain digits, as long as it was, and where it cannot be told what is one
    number: nothing there is a figure."""

    sentence: str
    unsure: list[Span]


def with_plain_digits(sentence: str, *, decimal_comma: bool) -> PlainDigits:
    """``sentence`` with the digits of ASCII, and with separators that leave no doubt.

    Groups set apart by a plain space are one number where each but the first has three digits and
    the word before does not name a number of its own ("in 2021 300 people", "section 4 200").
    """
    if not sentence.isascii() and _FOREIGN.search(sentence):
        sentence = _WIDE_POINT.sub(_narrow, sentence.translate(_to_ascii()))
        sentence = _THIN.sub(_NO_BREAK, sentence)
    if decimal_comma:
        sentence = _DOTTED.sub(_without_dots, sentence)
    if not _MAY_GROUP.search(sentence):
        return PlainDigits(sentence, [])
    sentence = _SWISS.sub(lambda m: _swiss(m, decimal_comma), sentence)
    unsure = [Span(*match.span()) for match in _TELEPHONE.finditer(sentence)]
    for match in _SPACED.finditer(sentence):
        start, end = match.span()
        if _AIRCRAFT.match(sentence, end):
            continue  # "roughly 400 737 Max jets"
        one = _is_one(sentence, match, names=not decimal_comma)
        if one:
            sentence = sentence[:start] + match[0].replace(" ", _NO_BREAK) + sentence[end:]
        else:  # "in section 4 200 people sat": the number of the section is none either
            unsure.append(Span(start, end if one is None else sentence.index(" ", start)))
    return PlainDigits(sentence, unsure)


def _is_one(sentence: str, match: re.Match[str], *, names: bool) -> bool | None:
    """Whether digits set apart by spaces are one number; None where that cannot be told.

    names: a word with a capital inside a sentence is a name, which may have a number of its own.
    """
    start, end = match.span()
    head = sentence[max(0, start - _NEAR) : start]
    if _AROUND[0].search(head) or _AROUND[1].match(sentence, end):
        return None
    before = _WORD_BEFORE.search(head)
    if before is None:
        return True
    word, earlier = before["word"], before["earlier"]
    if word.lower() in _words("calls"):
        return None
    if word.lower() in _labels() and (names or word.lower() not in _VERBS):
        return False
    if word.lower() == "at" and int(match["first"].split()[0]) <= _HOURS:
        return None  # "at 7 300 people came"
    if names and word[0].isupper() and earlier and word not in table("numbers")["currencies"]:
        return True if earlier.lower() in _words("places") else None
    return True


@cache
def _labels() -> frozenset[str]:
    """Words before a number that is theirs, in lower case."""
    masks = table("numbers")["masks"]
    names = {*masks["names"].lower().split(), *masks["numbered"].split()}
    return frozenset(names.difference(masks["bounds"].split()))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("numbers")["masks"][name].split())


def _swiss(match: re.Match[str], decimal_comma: bool) -> str:
    plain = match[0].replace("'", _NO_BREAK).replace("’", _NO_BREAK)
    return plain.replace(".", ",") if decimal_comma else plain


def _without_dots(match: re.Match[str]) -> str:
    address = match[0].count(".") > _MOST_DOTS and match[0].find(".") == 3
    return match[0] if address else match[0].replace(".", _NO_BREAK)


def _narrow(match: re.Match[str]) -> str:
    return "," if match[0] == "\uff0c" else "."


@cache
def _to_ascii() -> dict[int, str]:
    digits = {
        code: str(unicodedata.decimal(chr(code)))
        for block in _BLOCKS
        for code in range(ord(block[0]), ord(block[-1]) + 1)
    }
    return {**digits, **{ord(mark): plain for mark, plain in _MARKS.items()}}
