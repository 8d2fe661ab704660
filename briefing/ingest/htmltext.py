"""Pieces of HTML to clean text whose paragraphs are lines, with the links and blocks in it."""

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.ingest.html_tree import EMPHASIS, parse_html, walk
from briefing.ingest.image_elements import picture_of, told_once
from briefing.ingest.page_lines import LineKind, block_kind, block_order, is_layout
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.web_url import web_url
from briefing.model import Block, Link, Picture, Span
from briefing.text import clean_line, clean_text, strip_controls
from briefing.text.links import link_kind

_log = logging.getLogger(__name__)

MAX_LINKS = 500
"""Links kept of one text; a page with more is a list of links."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DROPPED = _names(
    "applet audio button canvas datalist dialog embed figcaption form frame frameset head iframe "
    "input math meter nav noembed noframes noscript object optgroup option picture plaintext "
    "progress script select style svg template textarea title track video"
)
_BLOCKS = _names(
    "address article aside blockquote body br center dd details div dl dt fieldset figure footer "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu ol p pre section summary "
    "table tbody tfoot thead tr ul xmp"
)
_CELLS = frozenset({"td", "th", "caption"})
_IMAGES = frozenset({"img", "picture"})
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_TAG_OR_ENTITY = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")


class _Builder:
    """Gathers text into lines, white space folded, and counts where each character comes to lie."""

    __slots__ = ("_line", "_lines", "_open", "_start", "blocks", "kind")

    def __init__(self) -> None:
        self.kind: tuple[LineKind, int] = ("", 0)  # of the current line, with its level
        self.blocks: list[Block] = []
        self._lines: list[str] = []
        self._line: list[str] = []  # pieces of the current line; none begins a line with a space
        self._open = 0  # length of the current line
        self._start = 0  # where the current line begins

    @property
    def position(self) -> int:
        return self._start + self._open

    def write(self, raw: str, *, keep_lines: bool = False) -> None:
        text = strip_controls(raw)
        if keep_lines:
            first, *rest = text.split("\n")
            self._put(first)
            for line in rest:
                self.end_line()
                self._put(line)
        else:
            self._put(text)

    def _put(self, text: str) -> None:
        words = " ".join(text.split())
        if not words:
            if text:
                self.space()
            return
        if text[0].isspace():
            self.space()
        self._line.append(words)
        self._open += len(words)
        if text[-1].isspace():
            self.space()

    def space(self) -> None:
        if self._line and self._line[-1] != " ":
            self._line.append(" ")
            self._open += 1

    def end_line(self) -> None:
        line = "".join(self._line).rstrip()
        if line:
            self._lines.append(line)
            if self.kind[0]:
                span = Span(self._start, self._start + len(line))
                self.blocks.append(Block(self.kind[0], span, self.kind[1]))
            self._start += len(line) + 1
        self._line, self._open = [], 0

    def text(self) -> str:
        self.end_line()
        return "\n".join(self._lines)


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A piece of HTML as text. Spans of ``links`` and ``blocks`` are counted in it; ``pictures``
    stand beside it."""

    text: str
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()


def html_to_text(fragment: str, base_url: str | None) -> tuple[str, tuple[Link, ...]]:
    """The text of ``fragment`` and its http(s) links, as ``read_html`` has them."""
    found = read_html(fragment, base_url)
    return found.text, found.links


def read_html(fragment: str, base_url: str | None) -> HtmlText:
    """The text of ``fragment``, its http(s) links, and its headings, items, quotations and so on.

    Block elements become lines; scripts, styles, forms, frames and captions are left out; links
    are made absolute with ``base_url``. Never raises: of what cannot be parsed (nested too
    deep, for instance) the text between the tags is taken.
    """
    source = strip_controls(fragment)
    if not _TAG_OR_ENTITY.search(source):
        return HtmlText(clean_text(source))
    try:
        return _converted(source, base_url)
    except PARSER_ERRORS as error:
        _log.debug("HTML of %d characters cannot be parsed: %r", len(fragment), error)
        return HtmlText(clean_text(_TAG.sub(" ", _UNSEEN.sub(" ", source))))


def html_line(fragment: str) -> str:
    """The text of ``fragment`` on one line, for titles and names."""
    return clean_line(html_to_text(fragment, None)[0])


def plain_to_html(text: str) -> str:
    """Plain text as HTML that gives it back, line breaks with it."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def _converted(source: str, base_url: str | None) -> HtmlText:
    builder = _Builder()
    anchors: list[tuple[int, int, str]] = []
    started: list[tuple[int, Any]] = []
    emphasis = _Emphasis()
    cells: list[tuple[int, int, int]] = []
    cells_begun: list[int] = []
    kinds = [builder.kind]
    tables: list[bool] = []
    images: list[tuple[int, Any]] = []
    # A root of our own: text before the first element is then nobody's tail.
    root = parse_html(f"<html><body>{source}</body></html>")
    for event, element in walk(root, _DROPPED):
        tag = element.tag if isinstance(element.tag, str) else ""
        preformatted = tag == "pre"
        if event == "start":
            if tag in _BLOCKS:
                builder.end_line()
                if tag == "table":
                    tables.append(is_layout(element))
                is_row = tag == "tr" and tables and not tables[-1]
                kinds.append(("table", 0) if is_row else block_kind(tag, kinds[-1]))
                builder.kind = kinds[-1]
            elif tag in _CELLS:
                builder.space()
                cells_begun.append(builder.position)
            emphasis.start(tag, builder.position)
            if tag == "a":
                started.append((builder.position, element))
            elif tag in _IMAGES:
                images += ((builder.position, image) for image in element.iter("img"))
            if tag not in _DROPPED and tag and element.text:
                builder.write(element.text, keep_lines=preformatted)
        else:
            if tag == "a" and started and started[-1][1] is element:
                at, _ = started.pop()
                anchors.append((at, builder.position, element.get("href") or ""))
            emphasis.end(tag, builder.position)
            if tag in _BLOCKS:
                builder.end_line()
                if tag == "table":
                    tables.pop()
                kinds.pop()
                builder.kind = kinds[-1]
            elif tag in _CELLS:
                begin = cells_begun.pop() if cells_begun else builder.position
                if tables and not tables[-1]:
                    cells.append((begin, builder.position, int(tag == "th")))
                builder.space()
            if element.tail:
                parent = element.getparent()
                builder.write(element.tail, keep_lines=parent is not None and parent.tag == "pre")
    text = builder.text()
    blocks = [*builder.blocks, *emphasis.blocks(text), *_cell_blocks(text, cells)]
    blocks.sort(key=block_order)
    return HtmlText(
        text,
        tuple(_links(text, anchors, base_url)),
        tuple(blocks),
        _pictures(text, images, base_url) if images else (),
    )


def _cell_blocks(text: str, cells: list[tuple[int, int, int]]) -> Iterator[Block]:
    """The cells of tables that hold data; of one with lines in it nothing is told."""
    for begin, until, level in cells:
        span = _trimmed(text, min(begin, len(text)), until)
        if "\n" not in span.of(text):
            yield Block("cell", span, level)


class _Emphasis:
    """Where emphasised words begin and end; of nested elements the outermost counts."""

    __slots__ = ("_begun", "_depth", "_spans")

    def __init__(self) -> None:
        self._depth = self._begun = 0
        self._spans: list[tuple[int, int]] = []

    def start(self, tag: str, position: int) -> None:
        if tag in EMPHASIS:
            if self._depth == 0:
                self._begun = position
            self._depth += 1

    def end(self, tag: str, position: int) -> None:
        if tag in EMPHASIS:
            self._depth -= 1
            if self._depth == 0:
                self._spans.append((self._begun, position))

    def blocks(self, text: str) -> Iterator[Block]:
        """Emphasis within one line of ``text``; that of whole paragraphs says nothing."""
        for start, end in self._spans:
            span = _trimmed(text, start, end)
            if span.start < span.end and "\n" not in span.of(text):
                yield Block("emphasis", span)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends, and not beyond the text's end."""
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _pictures(
    text: str, images: list[tuple[int, Any]], base_url: str | None
) -> tuple[Picture, ...]:
    """The pictures of ``img`` elements, each behind the line that it stands in or after."""
    found = []
    for position, image in images:
        picture = picture_of(image, base_url)
        if picture is not None:
            at = min(position, len(text))
            if at and text[at - 1] == "\n":
                at -= 1  # it begins a line: it stands behind the one before
            elif at:
                end = text.find("\n", at)
                at = len(text) if end < 0 else end
            found.append(Picture(picture.url, picture.words, at))
    return told_once(found)


def _links(text: str, anchors: list[tuple[int, int, str]], base_url: str | None) -> Iterator[Link]:
    count = 0
    for start, end, href in anchors:
        start, end = _trimmed(text, start, end)
        url = web_url(href, base_url)
        if url is None or start >= end:
            continue
        title = clean_line(text[start:end])
        line = text[
            text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1
        ]
        span = None if "\n" in text[start:end] else Span(start, end)
        yield Link(link_kind(url, line, title), title, url, span)
        count += 1
        if count == MAX_LINKS:
            return
