"""Related links: blocks of a page that lead to other articles ("See also", "Related", "Read more").

They stand outside the text, so their links have no span. A label is a short heading or line of its
own; what counts are the links of the list or block that it heads, never those of menus.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from briefing.ingest.web_url import web_url
from briefing.model import Link, LinkKind
from briefing.text import clean_line
from briefing.text.links import is_see_also_label, is_source_document
from briefing.text.urls import canonical_url

MAX_RELATED = 12
_MAX_PER_BLOCK = 6
_MAX_LABEL = 40
"""Characters of a label at most."""
_LEAST_TITLE_WORDS = 3
"""A title of fewer words is a section's or a button's name."""
_LABEL_TAGS = ("h2", "h3", "h4", "h5", "h6", "p", "strong", "b", "span", "div", "dt", "header")
_MAX_ELEMENTS = 4_000
_NAVIGATION = frozenset({"nav", "footer", "form"})
_SLUG = re.compile(r"[^/]*(?:-[^/-]+){2,}|[^/]*\d{4,}[^/]*")


def related_links(root: Any, url: str | None, known: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of the related-article blocks of the page ``root``, but for those ``known``.

    ``see-also``, or ``source-document`` where the address is one's.
    """
    base = web_url(next(iter(root.xpath("//base/@href")), ""), url) or url
    known_urls = {canonical_url(link.url) for link in known if link.url}
    if url:
        known_urls.add(canonical_url(url))
    related: list[Link] = []
    for label in _label_elements(root):
        in_block = 0
        for anchor in _anchors_under(label):
            address = web_url((anchor.get("href") or "").strip(), base)
            title = clean_line("".join(anchor.itertext()))[:300]
            if (
                address is None
                or len(title.split()) < _LEAST_TITLE_WORDS
                or not _is_article(address)
            ):
                continue
            compared = canonical_url(address)
            if compared not in known_urls:
                known_urls.add(compared)
                kind: LinkKind = "source-document" if is_source_document(address) else "see-also"
                related.append(Link(kind, title, address))
                in_block += 1
            if in_block == _MAX_PER_BLOCK:
                break
        if len(related) >= MAX_RELATED:
            break
    return tuple(related[:MAX_RELATED])


def _label_elements(root: Any) -> Iterator[Any]:
    """The elements whose whole text is a label."""
    for number, node in enumerate(root.iter(*_LABEL_TAGS)):
        if number == _MAX_ELEMENTS:
            return
        if len(node) > 2 or len(node.text or "") > _MAX_LABEL:
            continue
        if is_see_also_label("".join(node.itertext())) and not _in_navigation(node):
            yield node


def _in_navigation(node: Any) -> bool:
    return any(above.tag in _NAVIGATION for above in node.iterancestors())


def _anchors_under(label: Any) -> list[Any]:
    """The anchors that the label heads: those beside it, else those beside what it stands in."""
    for node in (label, label.getparent()):
        if node is None or node.tag in ("body", "html", "article", "main"):
            return []
        anchors: list[Any] = []
        for sibling in node.itersiblings():
            if sibling.tag in ("h1", "h2", "h3") or len(anchors) > 4 * _MAX_PER_BLOCK:
                break
            anchors += [sibling] if sibling.tag == "a" else list(sibling.iter("a"))
            if sibling.tag in ("ul", "ol", "div", "section", "p") and anchors:
                break
        if anchors:
            return anchors
    return []


def _is_article(url: str) -> bool:
    """Whether an address looks like one article's rather than a section's."""
    parts = [p for p in urlsplit(url).path.split("/") if p]
    return bool(parts) and _SLUG.fullmatch(parts[-1].lower()) is not None
