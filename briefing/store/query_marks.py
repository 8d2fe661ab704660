"""Where what was asked for stands in the title and the snippet of an article that was found."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.model import ArticleRow, Span
from briefing.query import Pattern
from briefing.query.patterns import compiled_pattern

BEGIN, END = "\x02", "\x03"  # around a word that was found; no text that is kept has them
_AROUND = 80  # characters of a snippet before and after what a regular expression found


class FoundArticle(NamedTuple):
    """An article, and where the words of the query stand in its title and in its snippet."""

    row: ArticleRow
    in_title: tuple[Span, ...] = ()
    in_snippet: tuple[Span, ...] = ()


class Place(NamedTuple):
    """The snippet of an article, plain and in one line, and where words stand in title and it."""

    snippet: str = ""
    in_title: tuple[Span, ...] = ()
    in_snippet: tuple[Span, ...] = ()


def place_of(marked_title: str, marked_snippet: str) -> Place:
    """The place that FTS5 tells of, with ``BEGIN`` and ``END`` around each word."""
    _, in_title = _unmarked(marked_title)
    snippet, in_snippet = _unmarked(" ".join(marked_snippet.split()))
    return Place(snippet, in_title, in_snippet)


def pattern_places(patterns: Sequence[Pattern], title: str, text: str, words: Place) -> Place:
    """``words`` with what the patterns find first; a snippet around it where no word made one."""
    in_title = [*words.in_title, *_first(patterns, title, "title")]
    snippet, in_snippet = words.snippet, [*words.in_snippet]
    if in_snippet:
        in_snippet += _first(patterns, snippet, "text")
    elif found := list(_first(patterns, text, "text")):
        snippet, in_snippet = _around(text, min(found))
    return Place(snippet, _merged(in_title), _merged(in_snippet))


def _first(patterns: Sequence[Pattern], text: str, field: str) -> Iterator[Span]:
    for pattern in patterns:
        if pattern.field in ("", field):
            found = compiled_pattern(pattern.source, pattern.ignore_case).search(text)
            if found is not None and found.span()[0] < found.span()[1]:
                yield Span(*found.span())


def _around(text: str, span: Span) -> tuple[str, list[Span]]:
    end = min(span.end, span.start + _AROUND)
    first, last = max(0, span.start - _AROUND), min(len(text), end + _AROUND)
    before = ("…" if first else "") + " ".join(text[first : span.start].split())
    found = " ".join(text[span.start : end].split())
    after = " ".join(text[end:last].split()) + ("…" if last < len(text) else "")
    if before and text[span.start - 1].isspace():
        before += " "
    if after and text[end : end + 1].isspace():
        after = f" {after}"
    return before + found + after, [Span(len(before), len(before) + len(found))]


def _unmarked(marked: str) -> tuple[str, tuple[Span, ...]]:
    plain, length, spans = [], 0, []
    for piece in marked.split(BEGIN):
        word, end, rest = piece.partition(END)
        if end:
            spans.append(Span(length, length + len(word)))
        plain += [word, rest]
        length += len(word) + len(rest)
    return "".join(plain), tuple(spans)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """In order, and none over another."""
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return tuple(kept)
