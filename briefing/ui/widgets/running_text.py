"""Running text: paragraphs in which each sentence is a stop of the cursor.

Where lines break is found for the whole text at once, by offsets; a line is only drawn when it
comes onto the screen. A text of thousands of sentences opens as fast as a short one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.strip import Strip

from briefing.ui.widgets.line_breaks import line_breaks
from briefing.ui.widgets.styles import safe
from briefing.ui.widgets.wrapped_list import Item, WrappedItem, WrappedList

MEASURE = 72
"""The most columns of a line of running text; longer lines are hard to follow."""

MARGIN = 4  # the cursor, two signs, a space
_LINK = "link"  # in the meta of a style
_FOLDED = "↪ "  # begins what is left of a line that is too long for the pane
_CURSOR = Style(underline=True)  # where the ground alone does not tell it


@dataclass(frozen=True, slots=True)
class Stretch(Item):
    """A stretch of running text, such as a sentence.

    gap: what parts it from the stretch before it in its line; None where it begins a line. sign:
    stands in the margin of the first line that begins with its words, else of its only one. bar:
    begins every line. lead: comes after it on the first line. wide: as wide as the pane, where
    other text keeps to the measure. grounded: it has a ground of its own. labels: link numbers in
    it, with where each begins. narrow: stands in its place, in lines, where there are less than so
    many ``columns``.
    """

    gap: str | None = None
    sign: tuple[str, Style] | None = None
    bar: str = ""
    lead: str = ""
    wide: bool = False
    grounded: bool = False
    labels: tuple[tuple[int, str], ...] = ()
    narrow: Text | None = None
    columns: int = 0


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Stretches that share lines. starts: where each begins in their joined text; breaks: the
    first and last offset of each line."""

    first: int
    line: int
    starts: list[int]
    breaks: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A drawn line: what begins it, then the pieces of stretches with their indices."""

    signs: tuple[Segment, ...]
    before: tuple[Segment, ...]
    pieces: tuple[tuple[int, tuple[Segment, ...]], ...]


class TextLayout:
    """Where the lines of items break at a width, found paragraph by paragraph.

    paragraphs: in order. places: of each item its lines. lines: of each its paragraph and which of
    its lines it is. left: columns before the margin.
    """

    __slots__ = ("_next", "_room", "items", "left", "lines", "paragraphs", "places", "width")

    def __init__(self, items: list[Item], width: int) -> None:
        self.items = items
        self.width = width
        self.paragraphs: list[_Paragraph] = []
        self.places: list[WrappedItem] = []
        self.lines: list[tuple[int, int]] = []
        self._room = max(1, width - MARGIN - 1)
        self.left = max(0, (self._room - MEASURE) // 2)
        self._next = 0

    def lay_out(self, paragraphs: int | None = None) -> bool:
        """Lay out so many paragraphs more, or all; whether there are others."""
        done = 0
        while self._next < len(self.items) and (paragraphs is None or done < paragraphs):
            end = self._next + 1
            while end < len(self.items) and _gap(self.items[end]) is not None:
                end += 1
            self._add(self._next, end)
            self._next, done = end, done + 1
        return self._next < len(self.items)

    def _add(self, first: int, end: int) -> None:
        item = self.items[first]
        plain, starts = self._joined(first, end)
        is_wide = isinstance(item, Stretch) and item.wide
        most = self._room - self.left if is_wide else min(self._room, MEASURE)
        begin, later = (cell_len(words) for words in _beginnings(item, most))
        if self._has_columns(item):
            breaks = [(0, len(plain))]
        else:
            breaks = line_breaks(plain, max(1, most - begin), max(1, most - later), hard=is_wide)
        line, number = len(self.lines), len(self.paragraphs)
        self.paragraphs.append(_Paragraph(first, line, starts, breaks))
        self.lines.extend((number, offset) for offset in range(len(breaks)))
        if len(starts) == 1:
            self.places.append(WrappedItem(line, len(breaks)))
            return
        firsts = [a for a, _ in breaks]
        for at, following in zip(starts, [*starts[1:], len(plain) + 1], strict=True):
            top = bisect_right(firsts, at) - 1
            last = bisect_left(firsts, max(at + 1, following - 1)) - 1
            self.places.append(WrappedItem(line + top, max(1, last - top + 1)))

    def _joined(self, first: int, end: int) -> tuple[str, list[int]]:
        """The text of a paragraph, and where each of its items begins in it."""
        plain, starts = self.text_of(self.items[first]).plain, [0]
        if end - first == 1:
            return plain, starts
        pieces, length = [plain], len(plain)
        for item in self.items[first + 1 : end]:
            gap, words = _gap(item) or "", item.text.plain
            starts.append(length + len(gap))
            pieces += [gap, words]
            length += len(gap) + len(words)
        return "".join(pieces), starts

    def _has_columns(self, item: Item) -> bool:
        return isinstance(item, Stretch) and 0 < item.columns <= self._room - self.left

    def text_of(self, item: Item) -> Text:
        """What is shown of an item at this width."""
        if isinstance(item, Stretch) and item.narrow is not None and not self._has_columns(item):
            return item.narrow
        return item.text


class RunningText(WrappedList):
    """Stretches of text that run on in lines of at most ``MEASURE`` columns, in the middle."""

    fills_cursor: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._text_layout = TextLayout([], 1)
        self._drawn: dict[int, _Line] = {}
        self._text_strips: dict[tuple[int, int | None], Strip] = {}  # by the item with the cursor
        self._hints: dict[str, str] = {}

    # ── Laying out ───────────────────────────────────────────────────────────────────────────

    def measure(self) -> None:
        """Break the lines where the width is another than before."""
        width = self.scrollable_content_region.width
        if width == self._wrapped_width or width <= 0:
            return
        layout = TextLayout(self.items, width)
        layout.lay_out()
        self._adopt(layout)

    def _adopt(self, layout: "TextLayout") -> None:
        self._text_layout, self._wrapped_width = layout, layout.width
        self._wrapped_items, self._lines = layout.places, layout.lines
        self._forget_lines()
        self.virtual_size = Size(layout.width, len(self._lines))

    def new_layout(self, items: list[Item]) -> "TextLayout":
        """A layout of other items at the width that the view has now, to be laid out in steps."""
        return TextLayout(items, max(1, self._wrapped_width))

    def replace_around_cursor(self, layout: "TextLayout") -> None:
        """Show more items than before; the line with the cursor stays where it is on the screen.

        layout: of these items, laid out.
        """
        items, here, at = layout.items, self.current, self.cursor
        index = next((n for n, i in enumerate(items) if i.target == here), None)
        row = 0 if at is None else self._wrapped_items[at].first - self.scroll_offset.y
        if here is None or index is None:
            self.show(items)
            return
        self.items, self.cursor = items, index
        is_of_width = layout.width == self._wrapped_width
        self._adopt(layout)
        if not is_of_width:
            self._wrapped_width = -1
            self.measure()
        y = self._wrapped_items[index].first - row
        self.scroll_to(y=y, animate=False, immediate=True, force=True)
        self.refresh()

    def _forget_lines(self) -> None:
        self._drawn.clear()
        self._text_strips.clear()

    # ── Drawing ──────────────────────────────────────────────────────────────────────────────

    def restyled(self) -> None:
        """The theme changed: whoever made the items makes them anew."""
        super().restyled()
        self._forget_lines()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(self._wrapped_width, self.base)
        line = self._drawn.get(number)
        if line is None:
            line = self._drawn[number] = self._draw(number)
        here = self.cursor if self.has_focus else None
        on_line = here is not None and any(index == here for index, _ in line.pieces)
        key = number, here if on_line else None
        if key not in self._text_strips:
            self._text_strips[key] = self._strip_of(line, key[1])
        return self._text_strips[key]

    def _strip_of(self, line: _Line, here: int | None) -> Strip:
        """A line as it is written, with the cursor where it is ``here``."""
        on_line = here is not None
        segments = [Segment(" " * self._text_layout.left)] if self._text_layout.left else []
        segments.append(Segment("▌" if on_line else " ", self.theme_styles.accent))
        segments += [*line.signs, *line.before]
        for index, piece in line.pieces:
            if index == here:
                segments += Segment.apply_style(piece, *self._cursor_styles(index))
            else:
                segments += piece
        strip = Strip(segments).apply_style(self.base)
        return strip.adjust_cell_length(self._wrapped_width, self.base)

    def _cursor_styles(self, index: int) -> tuple[Style | None, Style | None]:
        """What goes under and over the stretch that the cursor is on: a ground, or where it has one
        a line, if a neighbour has the same ground."""
        if not isinstance(self.items[index], Stretch):
            return None, None
        over = self.theme_styles.over_cursor
        if over is not None or not _is_grounded(self.items[index]):
            return self.theme_styles.cursor, over
        before = index > 0 and _gap(self.items[index]) is not None
        after = index + 1 < len(self.items) and _gap(self.items[index + 1]) is not None
        beside = [index - 1] * before + [index + 1] * after
        return None, _CURSOR if any(_is_grounded(self.items[i]) for i in beside) else None

    def _draw(self, number: int) -> _Line:
        paragraph_number, offset = self._lines[number]
        paragraph = self._text_layout.paragraphs[paragraph_number]
        begin, end = paragraph.breaks[offset]
        first = self.items[paragraph.first]
        muted, console = self.theme_styles.muted, self.app.console
        before = safe([Segment(_beginnings(first, self._wrapped_width)[offset > 0], muted)])
        pieces: list[tuple[int, tuple[Segment, ...]]] = []
        signs: list[tuple[str, Style]] = []
        at = bisect_right(paragraph.starts, begin) - 1
        while at < len(paragraph.starts) and (paragraph.starts[at] < end or at == 0):
            start, index = paragraph.starts[at], paragraph.first + at
            item = self.items[index]
            if at and begin < start:
                pieces.append((-1, (Segment(_gap(item) or ""),)))
            sign = item.sign if isinstance(item, Stretch) else None
            if sign is not None and _bears_sign(paragraph.starts, at, paragraph.breaks, offset):
                signs.append(sign)
            text = self._hinted(item)[max(0, begin - start) : max(0, end - start)]
            text.end = ""
            pieces.append((index, tuple(safe(text.render(console)))))
            at += 1
        shown = [Segment(sign, style) for sign, style in signs[: MARGIN - 2]]
        shown = [Segment(" " * (MARGIN - 2 - len(shown))), *shown, Segment(" ")]
        return _Line(tuple(shown), tuple(before), tuple(pieces))

    # ── Labels ───────────────────────────────────────────────────────────────────────────────

    def labels_on_screen(self) -> list[str]:
        """The labels of the lines that are on the screen, from the top."""
        top = self.scroll_offset.y
        found: list[str] = []
        for number in range(top, min(top + self.size.height, len(self._lines))):
            paragraph_number, offset = self._lines[number]
            paragraph = self._text_layout.paragraphs[paragraph_number]
            begin, end = paragraph.breaks[offset]
            for at, start in enumerate(paragraph.starts):
                item = self.items[paragraph.first + at]
                if isinstance(item, Stretch):
                    found += [name for place, name in item.labels if begin <= start + place < end]
        return found

    def show_hints(self, hints: dict[str, str]) -> None:
        """Show something else in place of labels, no longer than they are; empty: the labels."""
        self._hints = hints
        self._forget_lines()
        self.refresh()

    def _hinted(self, item: Item) -> Text:
        labels = item.labels if self._hints and isinstance(item, Stretch) else ()
        if not labels:
            return self._text_layout.text_of(item)
        text, styles = item.text.copy(), self.theme_styles
        for at, label in labels:
            hint = self._hints.get(label)
            if hint is not None:
                end = at + len(label)
                text.plain = text.plain[:at] + hint.ljust(len(label)) + text.plain[end:]
                text.stylize(styles.strong + styles.cursor, at, at + len(hint))
        return text

    # ── The mouse ────────────────────────────────────────────────────────────────────────────

    def index_at(self, x: int, y: int) -> int | None:
        """The item that is shown at a place of the widget."""
        number = y + self.scroll_offset.y
        if not 0 <= number < len(self._lines):
            return None
        line = self._drawn.get(number) or self._draw(number)
        at = self._begin(line)
        found: int | None = None
        for index, piece in line.pieces:
            if index >= 0 and (found is None or at <= x):
                found = index
            at += sum(s.cell_length for s in piece)
        return found

    def link_at(self, x: int, y: int) -> int | None:
        """The number of the link that is shown at a place of the widget."""
        number = y + self.scroll_offset.y
        if not 0 <= number < len(self._lines):
            return None
        line = self._drawn.get(number) or self._draw(number)
        end = self._begin(line)
        for segment in (s for _, piece in line.pieces for s in piece) if x >= end else ():
            end += segment.cell_length
            if x < end:
                found = segment.style.meta.get(_LINK) if segment.style is not None else None
                return found if isinstance(found, int) else None
        return None

    def _begin(self, line: _Line) -> int:
        """The column that the words of a line begin in."""
        return self._text_layout.left + MARGIN + sum(s.cell_length for s in line.before)


def link_style(number: int) -> Style:
    """What goes over the words of a link, so that a click on them finds it; nothing is seen."""
    return Style(meta={_LINK: number})


def _bears_sign(
    starts: Sequence[int], at: int, breaks: Sequence[tuple[int, int]], offset: int
) -> bool:
    """Whether the sign of a stretch stands beside the line ``offset`` of its paragraph: beside the
    first that begins with its own words, where there is one, as the words of another would seem to
    be what the sign is about."""
    start, begin = starts[at], breaks[offset][0]
    if start < begin:
        return offset > 0 and breaks[offset - 1][0] < start
    is_last = offset + 1 == len(breaks)
    goes_on = not is_last and (at + 1 == len(starts) or starts[at + 1] > breaks[offset + 1][0])
    return start == begin or not goes_on


def _gap(item: Item) -> str | None:
    return item.gap if isinstance(item, Stretch) else None


def _is_grounded(item: Item) -> bool:
    return isinstance(item, Stretch) and item.grounded


def _beginnings(item: Item, width: int) -> tuple[str, str]:
    """What begins the first line of a paragraph, and what the later ones."""
    if not isinstance(item, Stretch):
        return "", " " * min(item.hang, width // 3)
    most = max(2, width // 3)  # deep lists and quotations leave room for their words
    bar, lead = item.bar[-most:], item.lead[-most:]
    if item.wide:
        return bar + lead, bar + _FOLDED
    return bar + lead, bar + " " * max(item.hang, cell_len(lead))
