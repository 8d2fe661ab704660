"""An article's text as stretches to be drawn: its paragraphs, headings, lists, quotations, code.

Everything is drawn from the one text and the blocks counted in it; no second text is made, so
that what is marked stays exact. What no sentence covers is shown too, but holds no cursor.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rich.style import Style
from rich.text import Text

from briefing.model import Article, Block, Link, Span
from briefing.text import clean_line, paragraphs
from briefing.ui.panes.tables import Row, rows_of
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.widgets.running_text import Stretch, link_style
from briefing.ui.widgets.styles import ThemeStyles
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import BULLET_SIGN, LIGHT_SIGN, UNNAMED_SIGN, enclosure_line

_EMPHASIS = Style(italic=True)
_BAR = "│ "
_POINTS = ("– ", "· ")  # of a list's odd and even levels; the bullets in the margin are others
_CLOSE = frozenset({"item", "code", "table"})
"""Kinds whose lines stand one under the other without a space."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Words within a line; ``label``: the number of a link."""

    span: Span
    style: Style
    label: str = ""


def numbered_links(article: Article) -> list[Link]:
    """What the article links to, in the order of its numbers from 1: as its text has them, then
    what stands beside it, then its enclosures."""
    links = [link for link in article.links if link.url]
    within = sorted((n for n in links if n.span is not None), key=lambda n: n.span or Span(0, 0))
    enclosures = [Link("in-article", enclosure_line(e), e.url) for e in article.enclosures]
    return [*within, *(n for n in links if n.span is None), *enclosures]


class _Shown:
    """The words of a stretch with link numbers among them, styled by spans of the article."""

    def __init__(self, words: str, span: Span, labels: list[tuple[int, str]]) -> None:
        self.words = words
        self.text = Text(words)
        self.labels = labels  # where each begins in ``text``
        self._span = span
        self._exact = len(words) == span.end - span.start

    def number(self, ends: list[tuple[int, str]]) -> None:
        """Put numbers after the places in the article where links end."""
        if not ends:
            return
        pieces, at, length = [], 0, 0
        for end, number in sorted(ends, key=lambda found: found[0]):
            place = end - self._span.start if self._exact else len(self.words)
            pieces.append(self.words[at:place])
            length, at = length + place - at, place
            label = f"[{number}]"
            self.labels.append((length, label))
            pieces.append(label)
            length += len(label)
        self.text = Text("".join([*pieces, self.words[at:]]))

    def stylize(self, style: Style, part: Span | None = None) -> None:
        """Style a part of the article, where it lies in these words; None: all of them."""
        if part is None:
            self.text.stylize(style)
        elif self._exact:
            start, end = part.start - self._span.start, part.end - self._span.start
            self.text.stylize(style, self._place(max(0, start)), self._place(end, before=True))

    def part(self, span: Span) -> Text:
        """The words of a part of the article, with what numbers stand in it."""
        if not self._exact:
            return Text(
                clean_line(self.words[span.start - self._span.start :][: span.end - span.start])
            )
        start, end = span.start - self._span.start, span.end - self._span.start
        begin = self._place(start)
        return self.text[begin : max(begin, self._place(end))]

    def _place(self, offset: int, *, before: bool = False) -> int:
        for at, label in self.labels:
            if at > offset or (before and at == offset):
                break
            offset += len(label)
        return offset


@dataclass(frozen=True)
class SentenceDrawing:
    """What the sentences of an article are drawn by.

    signs: what stands in the margin, by sentence. speakers: who speaks, by the sentence in which
    a quotation ends that does not name him. found: figures and names that are marked.
    """

    article: Article
    passage: Passage
    signs: Mapping[Span, str]
    speakers: Mapping[Span, str]
    styles: ThemeStyles
    found: Sequence[Inline] = ()

    @cached_property
    def blocks(self) -> dict[int, Block]:
        """What lines are, by where they begin; plain paragraphs have no entry."""
        within = ("emphasis", "cell")
        return {b.span.start: b for b in self.article.blocks if b.kind not in within}

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The rows of tables whose cells are known, by where they begin."""
        return rows_of(self.article.text, self.article.blocks)

    @cached_property
    def inline(self) -> list[Inline]:
        """Emphasised, linked and marked words in the order of the text."""
        length = len(self.article.text)
        words = [Inline(b.span, _EMPHASIS) for b in self.article.blocks if b.kind == "emphasis"]
        words += self.found
        for number, link in enumerate(numbered_links(self.article), 1):
            if link.span is not None:
                words.append(Inline(link.span, self.styles.link, str(number)))
        found = [w for w in words if 0 <= w.span.start < w.span.end <= length]
        return sorted(found, key=lambda word: word.span.start)

    @cached_property
    def _inline_starts(self) -> list[int]:
        return [word.span.start for word in self.inline]

    @cached_property
    def _longest(self) -> int:
        return max((word.span.end - word.span.start for word in self.inline), default=0)

    def inline_in(self, span: Span) -> Iterator[Inline]:
        """Emphasis, links and marks that reach into a stretch."""
        starts = self._inline_starts
        first = bisect_right(starts, span.start - self._longest)
        for word in self.inline[first : bisect_left(starts, span.end)]:
            if word.span.overlaps(span):
                yield word

    def stretch(self, span: Span, kind: str, gap: str | None, *, stops: bool = True) -> Stretch:
        """A sentence, or without ``stops`` what lies between sentences, in a line of ``kind``."""
        words = span.of(self.article.text)
        shown = _Shown(clean_line(words), span, [])
        inline = list(self.inline_in(span))
        shown.number([(w.span.end, w.label) for w in inline if w.label and w.span.end <= span.end])
        base = self._base(kind)
        if base is not None:
            shown.stylize(base)
        for word in inline:
            shown.stylize(word.style, word.span)
            if word.label:
                shown.stylize(link_style(int(word.label)), word.span)
        for at, label in shown.labels:
            shown.text.stylize(self.styles.muted, at, at + len(label))
            shown.text.stylize(link_style(int(label[1:-1])), at, at + len(label))
        marked = [part for part in self.passage.marked if span.overlaps(part)] if stops else []
        if marked:
            self._mark(shown, span, marked)
        target = None
        if stops:
            sign = self.signs.get(span, "")
            target = SourceSentence(span, shown.words, bool(sign) or bool(marked))
            if span in self.speakers:
                speaker = clean_line(self.speakers[span])
                shown.text.append(f" — {speaker}", style=self.styles.muted)
        stretch = Stretch(
            shown.text,
            target,
            gap=gap,
            sign=self._sign(span) if stops else None,
            grounded=bool(marked),
            wide=kind == "code",
            labels=tuple(shown.labels),
        )
        row = self.rows.get(span.start) if kind == "table" else None
        if row is None or row.cells[-1].end > span.end or gap is not None:
            return stretch
        cells = [shown.part(cell) for cell in row.cells]
        return replace(
            stretch,
            text=row.as_columns(cells, self.styles),
            narrow=row.as_lines(cells, self.styles),
            columns=row.width,
            labels=(),  # they stand elsewhere now
        )

    def _base(self, kind: str) -> Style | None:
        if kind == "heading":
            return self.styles.strong
        return self.styles.muted if kind == "caption" else None

    def _mark(self, shown: "_Shown", span: Span, marked: Sequence[Span]) -> None:
        styles = self.styles
        shown.stylize(styles.evidence)
        for gap in left_out(span, self.passage.kept):
            shown.stylize(styles.left_out, gap)
        for part in marked:
            if span.contains(part) and part != span:
                shown.stylize(styles.strong, part)

    def _sign(self, span: Span) -> tuple[str, Style] | None:
        sign = self.signs.get(span)
        if not sign:
            return None
        quiet = {BULLET_SIGN: self.styles.muted, LIGHT_SIGN: self.styles.muted}
        inks = {**quiet, UNNAMED_SIGN: self.styles.unnamed}
        return sign, inks.get(sign, self.styles.caveat)


def iter_items(
    drawing: SentenceDrawing,
    sentences: Sequence[Span],
    between: Sequence[tuple[int, Item]] = (),
    within: Span | None = None,
) -> Iterator[Item]:
    """The text. sentences: in the order of the text. between: items that come before a place in
    it. within: only lines that reach into this stretch are drawn.
    """
    text = drawing.article.text
    before: Block | None = None
    # Of ``between``, the next.
    coming = 0 if within is None else sum(place < within.start for place, _ in between)
    is_first = True
    for line, parts in _parts(text, sentences, within or Span(0, len(text))):
        block = drawing.blocks.get(line.start)
        if not is_first:
            yield from _space(before, block)
        before, is_first = block, False
        kind = block.kind if block is not None else ""
        at, begins = line.start, True
        for span, stops in parts:
            while coming < len(between) and between[coming][0] <= span.start:
                yield between[coming][1]
                coming, begins = coming + 1, True
            gap = None if begins else " " if text[at : span.start].isspace() else ""
            item = drawing.stretch(span, kind, gap, stops=stops)
            yield _begun(item, block, is_first=at == line.start) if begins else item
            at, begins = span.end, False
        while coming < len(between) and between[coming][0] <= line.end:
            yield between[coming][1]
            coming += 1
    if within is None:
        yield from (item for _, item in between[coming:])


def place_of(items: Iterable[Item], span: Span | None) -> int | None:
    """Which of the items is the first sentence that reaches into ``span``."""
    if span is None:
        return None
    targets = ((n, item.target) for n, item in enumerate(items))
    return next(
        (n for n, t in targets if isinstance(t, SourceSentence) and t.span.overlaps(span)), None
    )


def _parts(
    text: str, sentences: Sequence[Span], within: Span
) -> Iterator[tuple[Span, list[tuple[Span, bool]]]]:
    """The lines of a text, each with its sentences (True) and what lies between them (False)."""
    number = reached = 0
    for line in paragraphs(text):
        if line.end <= within.start or line.start >= within.end:
            continue
        parts: list[tuple[Span, bool]] = []
        reached = max(reached, line.start)
        while number < len(sentences) and sentences[number].start < line.end:
            span = sentences[number]
            if span.end > within.start:
                parts += _between(text, reached, span.start)
                parts.append((span, True))
                reached = max(reached, span.end)
            number += 1
        parts += _between(text, reached, line.end)
        if parts:
            yield line, parts


def _between(text: str, start: int, end: int) -> list[tuple[Span, bool]]:
    words = text[start:end] if start < end else ""
    if not words.strip():
        return []
    start += len(words) - len(words.lstrip())
    return [(Span(start, start + len(words.strip())), False)]


def _begun(item: Stretch, block: Block | None, *, is_first: bool) -> Stretch:
    """The stretch that begins a line, with what stands before it in a list or a quotation."""
    bar = lead = ""
    if block is not None and block.kind == "quote":
        bar = _BAR * max(1, block.level)
    elif block is not None and block.kind == "item":
        level = max(1, block.level)
        point = _POINTS[(level - 1) % len(_POINTS)]
        lead = "  " * (level - 1) + (point if is_first else "  ")
    elif block is not None and block.kind == "code":
        bar = "  "
    if not bar and not lead:
        return item
    return replace(item, gap=None, bar=bar, lead=lead)


def _space(before: Block | None, block: Block | None) -> list[Item]:
    """What parts two lines of the text: nothing after a heading and within a list."""
    kind = block.kind if block is not None else ""
    if before is not None and (before.kind == "heading" or (before.kind == kind in _CLOSE)):
        return [] if kind != "heading" else [Item(Text())]
    if before is not None and block is not None and before.kind == kind == "quote":
        return [Stretch(Text(), bar=_BAR * max(1, min(before.level, block.level)))]
    return [Item(Text())]


def left_out(sentence: Span, kept: Sequence[Span]) -> list[Span]:
    """What a bullet left out of a sentence: the stretches of it between the ``kept`` spans.

    Empty where nothing of the sentence was kept: it is evidence then, not the bullet's words.
    """
    parts = sorted(part for part in kept if sentence.contains(part))
    if not parts:
        return []
    ends = [sentence.start, *(part.end for part in parts)]
    starts = [*(part.start for part in parts), sentence.end]
    return [Span(a, b) for a, b in zip(ends, starts, strict=True) if a < b]
