"""An article's text as stretches to be drawn: its paragraphs, headings, lists, quotations, code.

Everything is drawn from the one text and the blocks counted in it; no second text is made, so
that what is marked stays exact. What no sentence covers is shown too, but holds no cursor.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.style import Style
from rich.text import Text

from briefing.model import Article, Block, Span
from briefing.text import clean_line, paragraphs
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.widgets.running_text import Stretch
from briefing.ui.widgets.styles import ThemeStyles
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import SIGN, UNNAMED_SIGN

_EMPHASIS = Style(italic=True)
_BAR = "│ "
_POINTS = ("– ", "· ")  # of a list's odd and even levels; the bullets in the margin are others
_CLOSE = frozenset({"item", "code", "table"})
"""Kinds whose lines stand one under the other without a space."""


@dataclass(frozen=True)
class SentenceDrawing:
    """What the sentences of an article are drawn by.

    signs: what stands in the margin, by sentence. speakers: who speaks, by the sentence in which
    a quotation ends that does not name him.
    """

    article: Article
    passage: Passage
    signs: Mapping[Span, str]
    speakers: Mapping[Span, str]
    styles: ThemeStyles

    @cached_property
    def blocks(self) -> dict[int, Block]:
        """What lines are, by where they begin; plain paragraphs have no entry."""
        return {b.span.start: b for b in self.article.blocks if b.kind != "emphasis"}

    @cached_property
    def inline(self) -> list[tuple[Span, Style]]:
        """Emphasised and linked words in the order of the text."""
        length = len(self.article.text)
        links = [(n.span, self.styles.link) for n in self.article.links if n.span is not None]
        words = [(b.span, _EMPHASIS) for b in self.article.blocks if b.kind == "emphasis"]
        found = [(s, i) for s, i in [*words, *links] if 0 <= s.start < s.end <= length]
        return sorted(found, key=lambda entry: entry[0].start)

    @cached_property
    def _inline_starts(self) -> list[int]:
        return [span.start for span, _ in self.inline]

    @cached_property
    def _longest(self) -> int:
        return max((span.end - span.start for span, _ in self.inline), default=0)

    def inline_in(self, span: Span) -> Iterator[tuple[Span, Style]]:
        """Emphasis and links that reach into a stretch."""
        starts = self._inline_starts
        first = bisect_right(starts, span.start - self._longest)
        for entry in self.inline[first : bisect_left(starts, span.end)]:
            if entry[0].overlaps(span):
                yield entry

    def stretch(self, span: Span, kind: str, gap: str | None, *, stops: bool = True) -> Stretch:
        """A sentence, or without ``stops`` what lies between sentences, in a line of ``kind``."""
        words = span.of(self.article.text)
        body = Text(clean_line(words))
        base = self._base(kind)
        if base is not None:
            body.stylize(base)
        if len(body.plain) == len(words):
            for part, style in self.inline_in(span):
                body.stylize(style, max(0, part.start - span.start), part.end - span.start)
        marked = [part for part in self.passage.marked if span.overlaps(part)] if stops else []
        if marked:
            self._mark(body, span, marked)
        target = None
        if stops:
            sign = self.signs.get(span, "")
            target = SourceSentence(span, body.plain, bool(sign) or bool(marked))
            if span in self.speakers:
                body.append(f" — {clean_line(self.speakers[span])}", style=self.styles.muted)
        return Stretch(
            body,
            target,
            gap=gap,
            sign=self._sign(span) if stops else None,
            grounded=bool(marked),
            wide=kind == "code",
        )

    def _base(self, kind: str) -> Style | None:
        if kind == "heading":
            return self.styles.strong
        return self.styles.muted if kind == "caption" else None

    def _mark(self, body: Text, span: Span, marked: Sequence[Span]) -> None:
        styles = self.styles
        body.stylize(styles.evidence)
        for gap in left_out(span, self.passage.kept):
            body.stylize(styles.left_out, gap.start - span.start, gap.end - span.start)
        for part in marked:
            if span.contains(part) and part != span:
                body.stylize(styles.strong, part.start - span.start, part.end - span.start)

    def _sign(self, span: Span) -> tuple[str, Style] | None:
        sign = self.signs.get(span)
        if not sign:
            return None
        inks = {SIGN: self.styles.caveat, UNNAMED_SIGN: self.styles.unnamed}
        return sign, inks.get(sign, self.styles.muted)


def text_items(
    drawing: SentenceDrawing, sentences: Sequence[Span], between: Sequence[tuple[int, Item]]
) -> tuple[list[Item], int | None]:
    """The text, and which item of it the passage goes to; None where it goes to none.

    sentences: in the order of the text. between: items that come before a place in the text.
    """
    items: list[Item] = []
    place: int | None = None
    text, focus = drawing.article.text, drawing.passage.focus
    before: Block | None = None
    coming = 0  # of ``between``
    for line, parts in _parts(text, sentences):
        block = drawing.blocks.get(line.start)
        if items:
            items += _space(before, block)
        before = block
        kind = block.kind if block is not None else ""
        at, begins = line.start, True
        for span, stops in parts:
            while coming < len(between) and between[coming][0] <= span.start:
                items.append(between[coming][1])
                coming, begins = coming + 1, True
            if stops and place is None and focus is not None and span.overlaps(focus):
                place = len(items)
            gap = None if begins else " " if text[at : span.start].isspace() else ""
            item = drawing.stretch(span, kind, gap, stops=stops)
            items.append(_begun(item, block, is_first=at == line.start) if begins else item)
            at, begins = span.end, False
    items += [item for _, item in between[coming:]]
    return items, place


def _parts(text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, list[tuple[Span, bool]]]]:
    """The lines of a text, each with its sentences (True) and what lies between them (False)."""
    number = reached = 0
    for line in paragraphs(text):
        parts: list[tuple[Span, bool]] = []
        reached = max(reached, line.start)
        while number < len(sentences) and sentences[number].start < line.end:
            span = sentences[number]
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
    return Stretch(
        item.text, item.target, gap=None, sign=item.sign, bar=bar, lead=lead,
        wide=item.wide, grounded=item.grounded,
    )  # fmt: skip


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
