"""Where a page's links lie in the text that was extracted from it.

An extractor gives text without links, and may change white space. So an anchor is looked for
with the words around it, in both, with all white space left out.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from briefing.ingest.htmltext import web_url
from briefing.model import Link, Span
from briefing.text import clean_line, strip_controls
from briefing.text.links import link_kind

MAX_LINKS = 200
_MAX_ANCHORS = 2_000
_AROUND = 40
"""Characters (no white space) of context on either side."""
_ENOUGH = 12
"""Characters of context on one side that will do where both together are not found."""
_BLOCKS = frozenset(
    {"p", "li", "blockquote", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "div",
     "section", "article", "pre", "ul", "ol", "table", "tr", "figure", "aside", "nav", "body"}
)  # fmt: skip
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})


@dataclass(frozen=True, slots=True)
class _Anchor:
    """An anchor's address and words, and what stands around it in its block: no white space."""

    href: str
    before: str
    words: str
    after: str


class _Squeezed:
    """A text without its white space, and where each character stood."""

    __slots__ = ("places", "text")

    def __init__(self, text: str) -> None:
        self.places = [i for i, c in enumerate(text) if not c.isspace()]
        self.text = "".join(text.split())

    def span(self, start: int, end: int) -> Span:
        return Span(self.places[start], self.places[end - 1] + 1)


def anchored_links(root: Any, text: str, url: str | None) -> tuple[Link, ...]:
    """The links of the page ``root`` whose anchors are in ``text``, in its order, spans with them.

    Anchors that the extractor left out (menus, teasers) give no link, nor do those that point to
    a place in the same page.
    """
    squeezed = _Squeezed(text)
    base = web_url(next(iter(root.xpath("//base/@href")), ""), url) or url
    found: dict[Span, Link] = {}
    for anchor in _anchors(root):
        href = anchor.href.strip()
        address = None if href.startswith("#") else web_url(href, base)
        span = _place(anchor, squeezed) if address is not None else None
        if address is None or span is None or span in found or "\n" in span.of(text):
            continue
        title = clean_line(span.of(text))
        line = text[text.rfind("\n", 0, span.start) + 1 :].split("\n", 1)[0]
        found[span] = Link(link_kind(address, line, title), title, address, span)
        if len(found) == MAX_LINKS:
            break
    return tuple(found[span] for span in sorted(found))


def _squeeze(text: str) -> str:
    return "".join(strip_controls(text).split())


def _place(anchor: _Anchor, text: _Squeezed) -> Span | None:
    """Where the anchor stands in the text, or None."""
    if len(anchor.words) < 2 or anchor.words not in text.text:
        return None
    tries = [(anchor.before, anchor.after)]
    if len(anchor.before) >= _ENOUGH:
        tries.append((anchor.before, ""))
    if len(anchor.after) >= _ENOUGH:
        tries.append(("", anchor.after))
    for left, right in tries:
        if len(left) + len(anchor.words) + len(right) < _ENOUGH:
            continue
        at = text.text.find(left + anchor.words + right)
        if at >= 0:
            return text.span(at + len(left), at + len(left) + len(anchor.words))
    return None


def _anchors(root: Any) -> list[_Anchor]:
    """The page's first anchors, in one walk over it."""
    from lxml import etree

    pieces: list[str] = []
    edges = [0]  # where blocks begin and end, counted in the page's text without white space
    spans: list[tuple[int, int, str]] = []
    started: list[tuple[Any, int]] = []
    length = 0
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if node.tag in _BLOCKS:
            edges.append(length)
        if event == "start":
            if node.tag in _UNSEEN:
                walker.skip_subtree()
                continue
            if node.tag == "a":
                started.append((node, length))
        elif started and started[-1][0] is node:
            spans.append((started.pop()[1], length, node.get("href") or ""))
        if words := _squeeze((node.text if event == "start" else node.tail) or ""):
            pieces.append(words)
            length += len(words)
    page = "".join(pieces)
    edges.append(length)
    anchors = []
    for start, end, href in spans[:_MAX_ANCHORS]:
        left = max(edges[bisect_right(edges, start) - 1], start - _AROUND)
        right = min(edges[bisect_left(edges, end)], end + _AROUND)
        anchors.append(_Anchor(href, page[left:start], page[start:end], page[end:right]))
    return anchors
