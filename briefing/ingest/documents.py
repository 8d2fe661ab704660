"""Documents from files and standard input: what kind they are, and where their title ends."""

import re

from briefing.ingest import sniff
from briefing.ingest.articles import article_from_page, article_from_text
from briefing.model import Article
from briefing.text import clean_line, clean_text, strip_controls

TITLE_LIMIT = 150
"""A first line of so many characters or more is no title."""

_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_FULL_STOPS = (".", "。", "．", "।")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+|\s+#+\s*$")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_WRAP_WIDTHS = range(30, 101)
"""Lengths of a line that may have been broken to fit a screen or a mail."""


def read_document(
    data: bytes | str,
    name: str,
    *,
    url: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Article:
    """The article in a file's or standard input's ``data``; ``name`` becomes its id.

    HTML (by its name's ending or its beginning) goes through ``extract``; in everything else the
    first line is the title when it is shorter than 150 characters, has no full stop at its end
    and a blank line follows. ``title`` says it outright. ``url``: where it came from, if from the
    web. Raises ExtractError for a page without an article.
    """
    looks_like = data[:4096] if isinstance(data, str) else sniff.decode(data[:4096])
    if name.lower().endswith(_PAGE_NAMES) or sniff.is_page(looks_like):
        from briefing.ingest.extraction import extract

        return article_from_page(
            extract(data, url),
            url,
            article_id=name,
            title=clean_line(title or "") or None,
            language=language,
        )
    text = data if isinstance(data, str) else sniff.decode(data, declared=False)
    return document_from_text(text, title, name=name, url=url, language=language)


def document_from_text(
    text: str,
    title: str | None = None,
    *,
    name: str = "-",
    url: str | None = None,
    language: str | None = None,
) -> Article:
    """A plain text as an article: cleaned, its paragraphs as lines, its title apart."""
    whole = strip_controls(text).strip()
    head, body = _titled(whole)
    if title is None:
        title = head
    elif head != clean_line(title):
        body = whole
    return article_from_text(
        clean_text("\n".join(_HEADING.sub("", line) for line in _unwrapped(body))),
        article_id=name,
        title=clean_line(title or "") or None,
        url=url,
        language=language,
    )


def _titled(text: str) -> tuple[str | None, str]:
    """The title that the first line is, if it is one, and the text that begins after it."""
    parts = _BLANK.split(text, maxsplit=1)
    first = clean_line(_HEADING.sub("", parts[0]))
    is_title = (
        len(parts) == 2
        and "\n" not in parts[0]
        and 0 < len(first) < TITLE_LIMIT
        and not first.endswith(_FULL_STOPS)
        and bool(parts[1].strip())
    )
    return (first, parts[1]) if is_title else (None, text)


def _unwrapped(text: str) -> list[str]:
    """The paragraphs of ``text``.

    Where blank lines part blocks whose lines are all about as long as a screen is wide, a block is
    one paragraph; else every line is.
    """
    blocks = [block.split("\n") for block in _BLANK.split(text)]
    broken = [line.rstrip() for block in blocks for line in block[:-1]]
    wrapped = len(blocks) > 1 and bool(broken) and all(len(b) in _WRAP_WIDTHS for b in broken)
    if wrapped:
        return [" ".join(block) for block in blocks]
    return [line for block in blocks for line in block]
