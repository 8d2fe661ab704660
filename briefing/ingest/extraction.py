"""A page to its article: text through trafilatura, what it says of itself, links in the text.

trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL) had the best F1 of the libraries measured.
"""

import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice
from typing import Any

from briefing.config import SiteSettings
from briefing.ingest import sniff
from briefing.ingest.failures import shown
from briefing.ingest.hidden_elements import remove_hidden
from briefing.ingest.html_tree import parse_html
from briefing.ingest.link_alignment import aligned_links
from briefing.ingest.main_text import article_lines, densest_lines
from briefing.ingest.page_lines import PageLine, line_blocks, page_lines
from briefing.ingest.pagemeta import PageMeta, page_meta, read_time
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.phrases import phrases
from briefing.ingest.pictures import page_pictures
from briefing.ingest.related_links import related_links
from briefing.ingest.results import Extracted
from briefing.ingest.site_rules import apply_rule
from briefing.ingest.web_url import web_url
from briefing.ingest.word_alignment import lines_in
from briefing.model import ExtractError, without_credentials
from briefing.text import base_language, clean_line, clean_text, strip_controls
from briefing.text.clean import folded
from briefing.text.urls import is_page, same_site

_log = logging.getLogger(__name__)
for _library in ("trafilatura", "htmldate", "courlan", "readability"):
    # What they warn of is the page's fault: it belongs in a log, where there is one.
    logging.getLogger(_library).addHandler(logging.NullHandler())

LEAST_LETTERS = 25
"""Letters of a text; with fewer it is a menu's leftovers, not an article."""
MARKED_CLOSED_WORDS = 350
"""A page that says it is not free, and gives fewer words than this, has its rest behind a wall.

One that gives more has let the whole article through (a free contingent, for instance).
"""
UNMARKED_CLOSED_WORDS = 150
"""The same for a page that says nothing, but asks its readers to subscribe."""

MOST_ELEMENTS = 20_000
"""Elements of a page that trafilatura is asked about; it needs some 0.2 ms for each. Of a larger
one the largest body of paragraphs is taken."""

_LEAST_FOUND = 0.8
"""Share of trafilatura's text that has to be found in the page's lines, to choose among them."""

_MUCH_LONGER = 2
"""How many times longer than trafilatura's answer another has to be to be looked at."""
_SHORT_ANSWER = 500
"""Characters of an answer that is doubted where the page has a much larger body of paragraphs."""
_LEAST_DENSEST = 300
"""Characters of such a body."""
_LEAST_TITLE_WORD = 4
_LONGEST_COMPARED = 1_000_000
"""Characters of an answer that is compared with the page; a longer one is taken as it is."""

_WORD = re.compile(r"\w+")
_LIST_MARK = re.compile(r"^[-*•·▪]\s+(?=\S)", re.MULTILINE)
_HEADLINE_LINES = 3
_LEAST_HEADLINE = 15
"""Characters of a line that may be a headline given shorter or longer than the title."""


def extract(
    html: str | bytes,
    url: str | None,
    *,
    fallback_title: str | None = None,
    rule: SiteSettings | None = None,
) -> Extracted:
    """The article in a page that came from ``url``.

    rule: what the user says of the site's pages; passed over where it leaves no article.

    Paragraphs of its text are lines; the headline is not among them where it is the title. Raises
    ExtractError where no article is found.
    """
    url = without_credentials(url) if url else None  # no link inherits them
    where = shown(url) if url else ""
    try:
        extracted = _extracted(html, url, fallback_title, rule)
        if extracted is None and rule is not None:
            extracted = _extracted(html, url, fallback_title, None)
    except PARSER_ERRORS as error:
        _log.debug("a page cannot be read: %r", error)
        raise ExtractError("the page cannot be read", where, "Open it in a browser") from error
    if extracted is None:
        raise ExtractError("no article was found in the page", where, "Open it in a browser")
    return extracted


def page_description(html: bytes) -> str:
    """What a page says in its head that it is about; empty where it does not, or is broken."""
    try:
        return page_meta(parse_html(strip_controls(sniff.decode(html)))).description
    except PARSER_ERRORS as error:
        _log.debug("the head of a page cannot be read: %r", error)
        return ""


def _extracted(
    html: str | bytes, url: str | None, fallback_title: str | None, rule: SiteSettings | None
) -> Extracted | None:
    """The article, or None where there is none. Raises what the parsers raise."""
    source = strip_controls(sniff.decode(html) if isinstance(html, bytes) else html)
    root = parse_html(source)
    meta = page_meta(root)
    visible = deepcopy(root)
    remove_hidden(visible)
    ruled = rule is not None and apply_rule(visible, rule)
    small = sum(1 for _ in islice(visible.iter(), MOST_ELEMENTS + 1)) <= MOST_ELEMENTS
    document = _trafilatura_document(deepcopy(visible), url) if small else None
    guessed = _guessed_meta(document)
    title = clean_line(guessed.title or meta.title or fallback_title or "") or None
    answer = document.text if document is not None else None
    lines = _article(page_lines(visible), answer, "" if ruled else meta.body, title or "")
    if sum(c.isalnum() for line in lines for c in line.text) < LEAST_LETTERS:
        return None
    lines = _without_headline(lines, (title, meta.title))
    text = _joined(lines)
    return Extracted(
        text=text,
        title=title,
        byline=_byline(meta.byline or guessed.byline),
        published=meta.published or guessed.published,
        language=meta.language or guessed.language,
        source=_source(meta.source or guessed.source),
        links=_links(root, text, url),
        closed=_closed(meta.free, text, root),
        labels=meta.labels,
        canonical=_canonical(meta.canonical, url),
        blocks=line_blocks(lines),
        pictures=page_pictures(lines, url),
    )


def _article(
    lines: Sequence[PageLine], answer: str | None, body: str, title: str
) -> Sequence[PageLine]:
    """The lines of the article, where trafilatura's text is ``answer``.

    They are the page's own, unless the answer is not found in them. A much longer ``body``, which
    the page's structured data gives, or the page's largest body of paragraphs is taken instead
    where the answer is short and the title speaks no less for it.
    """
    text = _LIST_MARK.sub("", clean_text(answer or ""))
    found = _found(lines, text)
    length = _length(found)
    if body and " ".join(body.split()) == _joined(found):
        found = _found(lines, body)  # trafilatura has taken it from there, without its paragraphs
    elif len(body) > _MUCH_LONGER * length and _speaks_for(body, found, title):
        found = _found(lines, body)
    elif length < _SHORT_ANSWER:
        densest = article_lines(lines, densest_lines(lines))
        if _length(densest) > max(_MUCH_LONGER * length, _LEAST_DENSEST) and _speaks_for(
            _joined(densest), found, title
        ):
            found = densest
    return found


def _found(lines: Sequence[PageLine], text: str) -> Sequence[PageLine]:
    """The lines of the article that ``text`` is most of; where they are not there, the text's."""
    if len(text) > _LONGEST_COMPARED:
        return [PageLine(line, None) for line in text.split("\n")]
    kept, share = lines_in(text, [line.text for line in lines])
    found = article_lines(lines, kept) if share >= _LEAST_FOUND else []
    return found or [PageLine(line, None) for line in text.split("\n")]


def _joined(lines: Sequence[PageLine]) -> str:
    return "\n".join(line.text for line in lines)


def _length(lines: Sequence[PageLine]) -> int:
    return sum(len(line.text) for line in lines)


def _speaks_for(text: str, other: Sequence[PageLine], title: str) -> bool:
    """Whether ``text`` has at least as many of the title's words as ``other``, and one of them.

    True where there is no other.
    """
    if not _length(other):
        return True
    words = {word for word in _folded(title).split() if len(word) >= _LEAST_TITLE_WORD}
    shared = words & set(_folded(text).split())
    return not words or len(shared) >= max(1, len(words & set(_folded(_joined(other)).split())))


def _trafilatura_document(source: Any, url: str | None) -> Any:
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            source,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            # Looking for a date in the whole page costs more than all the rest, and guesses.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except LxmlError as error:
        raise ValueError(str(error)) from error


def _guessed_meta(document: Any) -> PageMeta:
    """What trafilatura makes of the page's head and body, in our terms."""

    def line(name: str) -> str | None:
        value = getattr(document, name, None)
        return clean_line(value) or None if isinstance(value, str) else None

    return PageMeta(
        title=line("title"),
        byline=(line("author") or "").replace("; ", ", ") or None,
        published=read_time(line("date") or ""),
        language=base_language(line("language")),
        source=line("sitename"),
        free=None,
    )


def _byline(authors: str | None) -> str | None:
    """A byline without its "By"; an address instead of a name is none."""
    line = re.sub(r"^(?:by|von|par|por|di)\s+", "", clean_line(authors or ""), flags=re.IGNORECASE)
    return line[:500] if line and "://" not in line else None


def _source(name: str | None) -> str | None:
    """The outlet's name; of an address given instead, its host."""
    line = clean_line(name or "")
    return line.rpartition("://")[2].strip("/").removeprefix("www.")[:200] or None


def _without_headline(
    lines: Sequence[PageLine], titles: tuple[str | None, ...]
) -> Sequence[PageLine]:
    """The lines from behind the headline, where that is among the first.

    A headline is often given shorter or longer in the page than in its head, with the site's
    name for instance, so the one may begin the other.
    """
    for title in dict.fromkeys(_folded(t) for t in titles if t):
        for i, line in enumerate(lines[:_HEADLINE_LINES]):
            if i + 1 < len(lines) and _same_headline(_folded(line.text), title):
                return lines[i + 1 :]
    return lines


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _same_headline(line: str, title: str) -> bool:
    if not line or line == title:
        return bool(line)
    if len(line) <= _LEAST_HEADLINE or len(line) >= 1.5 * len(title):
        return False
    return title.startswith(line) or line.startswith(title)


def _canonical(declared: str | None, url: str | None) -> str | None:
    """The page's own address, where it is of the same site and no front page."""
    address = web_url(declared, url) if url else None
    usable = address and url and same_site(address, url) and is_page(address)
    return address if usable else None


def _links(root: Any, text: str, url: str | None) -> tuple[Any, ...]:
    """The links in the text, then those of boxes beside it.

    None where the page's tree plays tricks, since the text stands.
    """
    try:
        inside = aligned_links(root, text, url)
        return (*inside, *related_links(root, url, inside))
    except PARSER_ERRORS as error:
        _log.debug("no links can be found in a page: %r", error)
        return ()


def _closed(free: bool | None, text: str, root: Any) -> bool:
    """Whether a paywall stood before the rest of the article."""
    words = len(text.split())
    if free is False:
        return words < MARKED_CLOSED_WORDS
    if words >= UNMARKED_CLOSED_WORDS:
        return False
    body = root.find(".//body")
    page = folded(" ".join((root if body is None else body).itertext()))
    return any(phrase in page for phrase in phrases().paywall)
