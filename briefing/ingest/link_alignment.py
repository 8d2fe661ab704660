"""Where a page's links lie in the text that was extracted from it.

An extractor gives text without links, and may change white space. So an anchor is looked for
with the words around it, in both, with all white space left out.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from briefing.ingest.html_tree import walk
from briefing.ingest.web_url import web_url
from briefing.model import Link, Span
from briefing.text import clean_line, strip_controls
from briefing.text.links import link_kind

MAX_LINKS = 200
_MAX_ANCHORS = 2_000
_CONTEXT = 40
"""Characters (no white space) of context on either side."""
_LEAST_CONTEXT = 12
"""Characters of context on one side that will do where both together are not in the text."""
_BLOCKS = frozenset(
    {"p", "li", "blockquote", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "div",
     "section", "article", "pre", "ul", "ol", "table", "tr", "figure", "aside", "nav", "body"}
)  # fmt: skip
_INVISIBLE = frozenset({"script", "style", "noscript", "template", "head"})


@dataclass(frozen=True, slots=True)
class _Anchor:
    """An anchor's address and words, and what stands around it in its block: no white space."""

    href: str
    before: str
    words: str
    after: str


class _UnspacedText:
    """A text without its white space, and where each character stood."""

    __slots__ = ("offsets", "text")

    def __init__(self, text: str) -> None:
        self.offsets = [i for i, c in enumerate(text) if not c.isspace()]
        self.text = "".join(text.split())

    def span(self, start: int, end: int) -> Span:
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def aligned_links(root: Any, text: str, url: str | None) -> tuple[Link, ...]:
    """The links of the page ``root`` whose anchors are in ``text``, in its order, spans with them.

    Anchors that the extractor left out (menus, teasers) give no link, nor do those that point to
    a place in the same page.
    """
    unspaced = _UnspacedText(text)
    base = web_url(next(iter(root.xpath("//base/@href")), ""), url) or url
    links_by_span: dict[Span, Link] = {}
    for anchor in _anchors(root):
        href = anchor.href.strip()
        address = None if href.startswith("#") else web_url(href, base)
        span = _align(anchor, unspaced) if address is not None else None
        if address is None or span is None or span in links_by_span or "\n" in span.of(text):
            continue
        title = clean_line(span.of(text))
        line = text[text.rfind("\n", 0, span.start) + 1 :].split("\n", 1)[0]
        links_by_span[span] = Link(link_kind(address, line, title), title, address, span)
        if len(links_by_span) == MAX_LINKS:
            break
    return tuple(links_by_span[span] for span in sorted(links_by_span))


def _unspaced(text: str) -> str:
    return "".join(strip_controls(text).split())


def _align(anchor: _Anchor, text: _UnspacedText) -> Span | None:
    """Where the anchor stands in the text, or None."""
    if len(anchor.words) < 2 or anchor.words not in text.text:
        return None
    contexts = [(anchor.before, anchor.after)]
    if len(anchor.before) >= _LEAST_CONTEXT:
        contexts.append((anchor.before, ""))
    if len(anchor.after) >= _LEAST_CONTEXT:
        contexts.append(("", anchor.after))
    for left, right in contexts:
        if len(left) + len(anchor.words) + len(right) < _LEAST_CONTEXT:
            continue
        offset = text.text.find(left + anchor.words + right)
        if offset >= 0:
            return text.span(offset + len(left), offset + len(left) + len(anchor.words))
    return None


def _anchors(root: Any) -> list[_Anchor]:
    """The page's first anchors, in one walk over it."""
    pieces: list[str] = []
    block_edges = [0]  # where blocks begin and end, counted in the page's text without white space
    spans: list[tuple[int, int, str]] = []
    started: list[tuple[Any, int]] = []
    length = 0
    for event, node in walk(root, _INVISIBLE):
        if node.tag in _BLOCKS:
            block_edges.append(length)
        if event == "start":
            if node.tag in _INVISIBLE:
                continue
            if node.tag == "a":
                started.append((node, length))
        elif started and started[-1][0] is node:
            spans.append((started.pop()[1], length, node.get("href") or ""))
            if len(spans) > _MAX_ANCHORS:
                break
        if words := _unspaced((node.text if event == "start" else node.tail) or ""):
            pieces.append(words)
            length += len(words)
    page = "".join(pieces)
    block_edges.append(length)
    anchors = []
    for start, end, href in spans[:_MAX_ANCHORS]:
        left = max(block_edges[bisect_right(block_edges, start) - 1], start - _CONTEXT)
        right = min(block_edges[bisect_left(block_edges, end)], end + _CONTEXT)
        anchors.append(_Anchor(href, page[left:start], page[start:end], page[end:right]))
    return anchors
