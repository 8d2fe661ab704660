"""What an article points to: its own links, the "see also" lines, the documents it stands on."""

import re
from functools import cache
from urllib.parse import urlsplit

from briefing.digest.sentences.document import Document
from briefing.digest.wordlists import alternatives, table
from briefing.model import Link, Span
from briefing.text import paragraphs

_TITLE_MAX = 220  # a longer line is running text


@cache
def _see_also() -> re.Pattern[str]:
    labels = alternatives(table("links")["labels"])
    return re.compile(
        rf"\W{{0,4}}(?P<label>{labels})\s{{0,3}}(?:[:»>|]|[-–—]\s)\s{{0,3}}(?P<title>\S.*)",
        re.IGNORECASE,
    )


def find_links(document: Document) -> tuple[Link, ...]:
    """The links of ``document``: those of its page first, then lines that name another story.

    A line such as "See also: …" gives a ``see-also`` link whose address is not known. A link to
    a court filing, a paper, a statistics office or the like is a ``source-document``.
    """
    links = [_classified(link) for link in document.article.links]
    known = {_plain(link.title) for link in links}
    for line in _lines(document):
        match = _see_also().fullmatch(document.text[line.start : line.end])
        if match is None:
            continue
        title = match["title"].rstrip()
        if _plain(title) in known:
            continue
        known.add(_plain(title))
        start = line.start + match.start("title")
        links.append(Link("see-also", title, None, Span(start, start + len(title))))
    return tuple(links)


def _lines(document: Document) -> list[Span]:
    return [p for p in paragraphs(document.text) if p.end - p.start <= _TITLE_MAX]


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


def _classified(link: Link) -> Link:
    """``link`` as a source document where its address says that it is one."""
    if link.kind == "source-document" or not link.url:
        return link
    if is_source_document(link.url):
        return Link("source-document", link.title, link.url, link.span)
    return link


def is_source_document(url: str) -> bool:
    """Whether an address is that of a document that reports stand on, not of another report."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    data = table("links")
    hosts: list[str] = data["hosts"]
    endings: list[str] = data["endings"]
    if any(host == h or host.endswith("." + h) for h in hosts):
        return True
    if any(host.endswith(e) or f"{e}." in host for e in endings):
        return True
    path = parts.path.lower()
    return path.endswith(".pdf") or any(p in path for p in data["paths"])
