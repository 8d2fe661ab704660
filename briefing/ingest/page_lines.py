"""A page's tree to its lines: the text of each block element, what kind it is, what is linked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from briefing.ingest.html_tree import EMPHASIS, walk
from briefing.model import Block, Span
from briefing.text import strip_controls

MAX_LINES = 20_000
"""Lines of a page that are read, more than any article has."""

LineKind = Literal["", "heading", "item", "quote", "code", "table", "caption"]

_DROPPED = frozenset(
    "applet audio button canvas datalist dialog embed frame frameset head iframe input math meter"
    " noembed noframes noscript object optgroup option picture plaintext progress script select"
    " style svg template textarea title track video".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main"
    " menu nav ol p pre section summary table tbody tfoot thead tr ul xmp".split()
)
_CELLS = frozenset({"td", "th"})
_IN_LAYOUT = ("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "article", "section")
_KINDS: dict[str, LineKind] = {
    "li": "item", "dd": "item", "dt": "item", "blockquote": "quote", "pre": "code",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
_NESTED = frozenset({"item", "quote"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CAPTION_NAME = re.compile(r"(?:^|[-_\s])(?:captions?|credits?|attribution)(?:$|[-_\s])")
_MAY_BE_CAPTION = frozenset({"span", "div", "p", "small", "cite"})
_LONGEST_NAMES = 300


@dataclass(frozen=True, slots=True)
class PageLine:
    """The text that stands in one block element, between the blocks in it.

    ``level``: a heading's, or how deep an item or a quote is nested. ``linked``: its characters in
    links. ``emphasis``: spans in ``text``. ``cells``: those of a table's row, with their levels.
    """

    text: str
    block: Any
    kind: LineKind = ""
    level: int = 0
    linked: int = 0
    emphasis: tuple[Span, ...] = ()
    cells: tuple[tuple[Span, int], ...] = ()

    @property
    def link_share(self) -> float:
        """Share of the text that is linked, from 0 to 1."""
        return self.linked / max(1, len(self.text))


@dataclass(frozen=True, slots=True)
class _Open:
    """A block element that has begun, and what the lines in it are."""

    element: Any
    kind: LineKind
    level: int


class _Reader:
    """Follows the walk over a page, and gathers its text into lines, white space folded."""

    __slots__ = (
        "_block", "_bold", "_cell", "_cells", "_layouts", "_length", "_linked", "_links", "_opened",
        "_pieces", "_spaced", "_spans", "lines",
    )  # fmt: skip

    def __init__(self, root: Any) -> None:
        self.lines: list[PageLine] = []
        self._opened = [_Open(root, "", 0)]
        self._layouts = [True]  # whether the tables that are open only place things
        self._links = self._bold = 0  # anchors and emphasis that are open
        self._begin_line()

    def _begin_line(self) -> None:
        self._pieces: list[str] = []
        self._length = self._linked = 0
        self._spans: list[Span] = []
        self._cells: list[tuple[Span, int]] = []
        self._cell = -1  # where the open cell begins, once it holds something
        self._block: Any = None
        self._spaced = False

    def start(self, element: Any, tag: str) -> None:
        is_cell = tag in _CELLS
        if is_cell and not self._layouts[-1]:
            self._spaced, self._cell = True, -1
        elif is_cell or tag in _BLOCKS or (tag == "span" and _is_caption(element, tag)):
            self.end_line()
            if tag == "table":
                self._layouts.append(is_layout(element))
            self._opened.append(self._open(element, tag))
        elif tag == "a":
            self._links += 1
        elif tag in EMPHASIS:
            self._bold += 1
        if tag not in _DROPPED:
            self.write(element.text)

    def end(self, element: Any, tag: str) -> None:
        if len(self._opened) > 1 and self._opened[-1].element is element:
            self.end_line()
            self._opened.pop()
            if tag == "table":
                self._layouts.pop()
        elif tag in _CELLS:
            begin = self._cell if self._cell >= 0 else self._length
            self._cells.append((Span(begin, self._length), int(tag == "th")))
            self._spaced, self._cell = True, -1
        elif tag == "a":
            self._links -= 1
        elif tag in EMPHASIS:
            self._bold -= 1
        self.write(element.tail)

    def write(self, raw: str | None) -> None:
        if not raw:
            return
        if self._opened[-1].kind != "code":
            self._put(raw)
            return
        for number, line in enumerate(raw.split("\n")):
            if number:
                self.end_line()
            self._put(line)

    def _put(self, raw: str) -> None:
        text = strip_controls(raw)
        words = " ".join(text.split())
        if not words:
            self._spaced = self._spaced or bool(text)
            return
        if self._length and (self._spaced or text[0].isspace()):
            self._pieces.append(" ")
            self._length += 1
        if self._block is None:
            self._block = self._opened[-1].element
        begin, self._length = self._length, self._length + len(words)
        if self._cell < 0:
            self._cell = begin
        self._pieces.append(words)
        self._spaced = text[-1].isspace()
        if self._links > 0:
            self._linked += len(words)
        if self._bold > 0:
            if self._spans and begin - self._spans[-1].end <= 1:
                begin = self._spans.pop().start
            self._spans.append(Span(begin, self._length))

    def end_line(self) -> None:
        if self._pieces:
            within = self._opened[-1]
            self.lines.append(
                PageLine(
                    "".join(self._pieces), self._block, within.kind, within.level,
                    self._linked, tuple(self._spans),
                    tuple(self._cells) if within.kind == "table" else (),
                )
            )  # fmt: skip
        self._begin_line()

    def _open(self, element: Any, tag: str) -> _Open:
        outer = self._opened[-1]
        if _is_caption(element, tag):
            return _Open(element, "caption", 0)
        if tag == "tr" and not self._layouts[-1]:
            return _Open(element, "table", 0)
        return _Open(element, *block_kind(tag, (outer.kind, outer.level)))


def page_lines(root: Any) -> tuple[PageLine, ...]:
    """The lines of the page or the piece of one with the element ``root``, in its order.

    Block elements and line breaks end lines. The rows of a table that holds data are lines, their
    cells parted by a space; the cells of one that only places things are blocks. Of a page with
    more than ``MAX_LINES`` the first are taken.
    """
    reader = _Reader(root)
    for event, element in walk(root, _DROPPED):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            reader.end(element, tag)
        elif tag:
            reader.start(element, tag)
        if len(reader.lines) >= MAX_LINES:
            break
    reader.end_line()
    return tuple(reader.lines[:MAX_LINES])


def block_kind(tag: str, outer: tuple[LineKind, int]) -> tuple[LineKind, int]:
    """Kind and level of the lines in a block element, by its tag and those of the one around it."""
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    kind = _KINDS.get(tag)
    if kind is None:
        return outer
    if kind in _NESTED:
        return kind, outer[1] + 1 if outer[0] == kind else 1
    return kind, 0


def line_blocks(lines: Iterable[PageLine]) -> tuple[Block, ...]:
    """The blocks of the text that ``lines``, joined with newlines, make."""
    blocks: list[Block] = []
    start = 0
    for line in lines:
        if line.kind:
            blocks.append(Block(line.kind, Span(start, start + len(line.text)), line.level))
        inline = [Block("emphasis", Span(start + a, start + b)) for a, b in line.emphasis]
        inline += [Block("cell", Span(start + a, start + b), level) for (a, b), level in line.cells]
        blocks += sorted(inline, key=block_order)
        start += len(line.text) + 1
    return tuple(blocks)


def block_order(block: Block) -> tuple[int, bool, int]:
    """Blocks in the order of the text: of those that begin together an empty cell, then the longest
    first."""
    return block.span.start, block.span.end > block.span.start, -block.span.end


def is_layout(table: Any) -> bool:
    """Whether a table only places things: its cells hold blocks, or it has one row or column."""
    if table.get("role") == "presentation":
        return True
    if next(table.iterdescendants(*_IN_LAYOUT), None) is not None:
        return True
    rows = [sum(1 for cell in row if cell.tag in _CELLS) for row in table.iterdescendants("tr")]
    return len(rows) < 2 or max(rows) < 2


def _is_caption(element: Any, tag: str) -> bool:
    names = element.get("class") if tag in _MAY_BE_CAPTION else None
    return bool(names and _CAPTION_NAME.search(names[:_LONGEST_NAMES].lower()))
