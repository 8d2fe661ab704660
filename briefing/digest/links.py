"""What an article points to: the links of its page, and the lines that name another story."""

import re
from dataclasses import replace

from briefing.digest.sentences.document import Document
from briefing.model import Link, Span
from briefing.text import paragraphs
from briefing.text.links import is_source_document, labelled_title

_TITLE_MAX = 220  # a longer line is running text


def find_links(document: Document) -> tuple[Link, ...]:
    """The links of ``document``: those of its page first, then lines that name another story.

    A line such as "See also: …" gives a ``see-also`` link whose address is not known. A link that
    was stored before its host was known as one of source documents is one all the same.
    """
    links = [_settled(link) for link in document.article.links]
    known = {_plain(link.title) for link in links}
    for line in paragraphs(document.text):
        if line.end - line.start > _TITLE_MAX:
            continue
        words = line.of(document.text)
        begin = labelled_title(words)
        if begin is None or _plain(title := words[begin:].rstrip()) in known:
            continue
        known.add(_plain(title))
        start = line.start + begin
        links.append(Link("see-also", title, None, Span(start, start + len(title))))
    return tuple(links)


def _settled(link: Link) -> Link:
    known = link.kind == "source-document" or not link.url or not is_source_document(link.url)
    return link if known else replace(link, kind="source-document")


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))
