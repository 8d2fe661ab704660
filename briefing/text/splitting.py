"""Sentences of news text, as spans.

Rule-based after the punctuation, in the manner of Mikheev (2002, "Periods, Capitalized Words,
etc."): a full stop ends a sentence unless the word before it is an abbreviation or initial, or
the word after it could not begin one.
"""

import re
from functools import cache
from importlib import resources

from briefing.model import Span

# Only from the first mark of a run, and without going back: a page of dots takes linear time.
_TERMINAL = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_OPENERS = "\"'“‘«([¿¡—–-•"
_INITIAL = re.compile(r"(?:^|[\s(\"“‘'.])[A-Z]\.$")
_ACRONYM = re.compile(r"(?:^|[\s(\"“‘'])(?:[A-Za-z]\.){2,}$")
_LAST_WORD = re.compile(r"[\w.’']+\.$")
_NUMBER_NEXT = re.compile(r"[(\"“]?[#$£€]?\d")


@cache
def _abbreviations(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence, and those that do not end one before a number."""
    folder = resources.files("briefing.text") / "abbreviations"
    file = folder / f"{language}.txt"
    if not file.is_file():
        file = folder / "en.txt"
    always: set[str] = set()
    numeric: set[str] = set()
    target = always
    for line in file.read_text(encoding="utf-8").splitlines():
        if line == "[before numbers]":
            target = numeric
        elif not line.startswith("#"):
            target.update(line.lower().split())
    return frozenset(always), frozenset(numeric)


def paragraphs(text: str) -> list[Span]:
    """The lines of ``text`` that hold something, without the white space at their ends."""
    spans = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            spans.append(Span(start, start + len(stripped)))
        at += len(line) + 1
    return spans


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences of ``text`` in order; none crosses a line, none is empty, no two overlap."""
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        spans.extend(_split(text, paragraph, language))
    return spans


def _split(text: str, paragraph: Span, language: str) -> list[Span]:
    spans = []
    start, end = paragraph
    for match in _TERMINAL.finditer(text, start, end):
        stop = match.end()
        following = stop
        while following < end and text[following].isspace():
            following += 1
        if following >= end:
            break
        if _ends(text, start, match.start(), stop, following, end, language):
            spans.append(Span(start, stop))
            start = following
    if start < end:
        spans.append(Span(start, end))
    return spans


def _ends(
    text: str, start: int, mark: int, stop: int, following: int, end: int, language: str
) -> bool:
    """Whether the punctuation at ``[mark, stop)`` ends the sentence begun at ``start``."""
    rest = text[following : min(end, following + 12)]
    first = rest.lstrip(_OPENERS)[:1]
    if first.islower() or not first:
        return False
    if text[mark : mark + 2] != "." and text[mark] in "!?…":
        return True
    if text[mark : mark + 2] == "..":
        return first.isupper()
    before = text[max(start, mark - 24) : mark + 1]
    if _ACRONYM.search(before):
        # "in the U.S. The …" ends; "the U.S. Senate" does not.
        return stop > mark + 1 or rest.split(" ", 1)[0].rstrip(",") in _STARTERS
    if _INITIAL.search(before):
        return _initial_ends(text, start, mark)
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    name = word.group().lower()
    always, numeric = _abbreviations(language)
    if name in always:
        return stop > mark + 1
    if name in numeric and _NUMBER_NEXT.match(rest):
        return False
    return not (language == "de" and name[:-1].isdigit())


_STARTERS = frozenset(
    "The A An It He She They We I But And In On At This That These Those His Her Their Its"
    " For If When While As After Before Since However Meanwhile There What Who Why How Yet So"
    " According Among Both Some Many Most One Two".split()
)


def _initial_ends(text: str, start: int, mark: int) -> bool:
    """A single capital and a stop: an initial ("J. Smith"), unless the sentence says "Plan B."."""
    head = text[start : mark - 1].rstrip()
    previous = head.rsplit(None, 1)[-1] if head else ""
    return (
        bool(previous)
        and previous[0].islower()
        and text[mark + 1 : mark + 2] in ("", " ")
        and (previous not in ("by", "and", "with", "the", "de", "van", "to", "of", "said"))
    )
