"""Cues: the wordings of caveats in a sentence, and those of lines that are boilerplate.

A pattern index tries each pattern only where a match may begin.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.model import CaveatKind, Span
from briefing.text.pattern_index import (
    PatternIndex,
    PrefixBucket,
    alternatives,
    literal_prefixes,
)

_WORD_START = re.compile(r"(?<!\w)\w")
LINE_MAX = 1200  # letters of a line that its words may show to be boilerplate
_QUOTES = '"“”'
_QUOTE = re.compile(f"[{_QUOTES}]")
_MARKS = 3  # quotation marks, bullets and the like before the first word of a line
_ANCHOR = re.compile(r"^\^(?:\\W\{0,\d\})?")  # a pattern for the sentence's first word


@dataclass(frozen=True, slots=True)
class CueRule:
    """A family of wordings: ``name`` is its own, ``kind``, ``weight`` (1 to 3) and ``score`` (0 to
    1, how surely the words alone make a caveat) are what a caveat by it gets.

    quotable: it is a cue in a quotation too, where a mere "but" says nothing of the claim. once: a
    brief tells it once, as that somebody did not comment. seat: a caveat by it may get a seat among
    the bullets. probability: how often a sentence of these words is a caveat, where that was
    counted on labelled articles: it then is one whatever else stands in it. example: the sentence
    behind it, where it names a year that is past, is its example and told with it.
    """

    name: str
    kind: CaveatKind
    weight: int
    score: float
    quotable: bool = True
    once: bool = False
    seat: bool = True
    probability: float | None = None
    example: bool = False


class CueHit(NamedTuple):
    """A cue in a sentence; ``span`` counts within the sentence."""

    rule: CueRule
    span: Span


class Reading(NamedTuple):
    """What the lexicon finds in a sentence: its cues, each rule once and at its first place, and
    whether the words are those of a line that is boilerplate.
    """

    cues: tuple[CueHit, ...]
    boilerplate: bool


class CueIndex:
    """The cues of a language and the wordings of boilerplate lines, indexed so that one is
    only tried where it may begin: several times faster than searching for each.
    """

    def __init__(
        self,
        cues: Iterable[tuple[CueRule, Sequence[str]]],
        starts: Sequence[str],
        parts: Sequence[str],
    ) -> None:
        each = [(rule, p) for rule, some in cues for whole in some for p in alternatives(whole)]
        openings = [p for whole in starts for p in alternatives(whole)]
        inside = [p for whole in parts for p in alternatives(whole)]
        opening: list[tuple[CueRule | None, str]] = []
        opening += [(r, _ANCHOR.sub("", p)) for r, p in each if p.startswith("^")]
        self._opening = PatternIndex(opening)
        # A boilerplate wording may end within a word ("subscri"); the index asks for its end.
        self._starts = PatternIndex(
            ((None, rf"(?:{p})\w*") for p in openings if _is_indexable(p)), re.IGNORECASE
        )
        anywhere: list[tuple[CueRule | None, str]] = []
        anywhere += [(r, p) for r, p in each if not p.startswith("^")]
        anywhere += [(None, rf"(?:{p})\w*") for p in inside if _is_indexable(p)]
        self._anywhere = PatternIndex(anywhere)
        self._unindexed_starts = any_of(
            [p for p in openings if not _is_indexable(p)], before=r"\W{0,3}", flags=re.IGNORECASE
        )
        self._unindexed_parts = any_of([p for p in inside if not _is_indexable(p)])

    def read(self, text: str) -> Reading:
        """What stands in a sentence."""
        lowered = lower_in_place(text)
        hits: dict[str, CueHit] = {}
        line = len(text) <= LINE_MAX
        boilerplate = line and bool(
            (self._unindexed_starts and self._unindexed_starts.match(text))
            or (self._unindexed_parts and self._unindexed_parts.search(lowered))
        )
        start = _WORD_START.search(lowered)
        if start is not None:
            at = start.start()
            for bucket in self._opening.at(lowered, at):
                _collect(bucket, text, lowered, at, hits)
            boilerplate = boilerplate or (
                line and at <= _MARKS and self._starts_line(text, lowered, at)
            )
        for at, bucket in self._anywhere.scan(lowered):
            if bucket.any.match(lowered, at):
                boilerplate = _collect(bucket, text, lowered, at, hits) or boilerplate
        return Reading(tuple(hits.values()), boilerplate and line)

    def _starts_line(self, text: str, lowered: str, at: int) -> bool:
        return any(bucket.any.match(text, at) for bucket in self._starts.at(lowered, at))


def _collect(
    bucket: PrefixBucket[CueRule | None],
    text: str,
    lowered: str,
    at: int,
    hits: dict[str, CueHit],
) -> bool:
    """Add the cues that stand at a word; whether a wording of boilerplate stands there too."""
    boilerplate = False
    for rule, pattern in bucket.each:
        if rule is None:
            boilerplate = boilerplate or pattern.match(lowered, at) is not None
        elif (
            rule.name not in hits
            and (hit := pattern.match(lowered, at))
            and (rule.quotable or not _within(_speech(text), at))
        ):
            hits[rule.name] = CueHit(rule, Span(at, hit.end()))
    return boilerplate


def _within(spans: Sequence[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)


def _speech(text: str) -> tuple[Span, ...]:
    """What stands in quotation marks; a quotation may begin before the text, and end behind it."""
    if not any(map(text.__contains__, _QUOTES)):
        return ()  # as in most sentences
    spans = []
    opened: int | None = None
    for mark in _QUOTE.finditer(text):
        if opened is None and mark.group() != "”":
            opened = mark.start()
        elif mark.group() != "“":
            spans.append(Span(opened or 0, mark.end()))
            opened = None
    if opened is not None:
        spans.append(Span(opened, len(text)))
    return tuple(spans)


def _is_indexable(pattern: str) -> bool:
    return literal_prefixes(pattern) != {""}


def lower_in_place(text: str) -> str:
    """``text`` in lower case, letter for letter, so that spans stay what they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def any_of(
    patterns: Sequence[str], *, before: str = "", after: str = "", flags: int = 0
) -> re.Pattern[str] | None:
    """One pattern of several alternatives; None where there are none."""
    if not patterns:
        return None
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", flags)
