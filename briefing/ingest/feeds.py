"""Feeds to entries: RSS 0.9 to 2.0, Atom and RDF through feedparser, JSON Feed by hand.

Half-broken feeds give what entries there are, with a note. What comes out is cleaned of control
characters; links are absolute http(s) or None; times are aware UTC or None.
"""

import io
import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from briefing.ingest import sniff
from briefing.ingest.dates import usable_time
from briefing.ingest.enclosures import address_with, enclosures_of
from briefing.ingest.entries import MAX_ENTRIES, MAX_TITLE, entry_guid, stand_in_title, told_apart
from briefing.ingest.entry_fields import (
    authors_of,
    caption_of,
    inheriting,
    language_of_entry,
    source_of,
    with_captions,
)
from briefing.ingest.failures import shown
from briefing.ingest.feed_dates import feed_date, month_comes_first
from briefing.ingest.feedparser_fields import objects_of, text_in, value_of
from briefing.ingest.htmltext import html_line, plain_to_html
from briefing.ingest.jsonfeed import parse_json_feed
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.pictures import feed_pictures
from briefing.ingest.quick_feedparser import feedparser
from briefing.ingest.results import ParsedFeed
from briefing.ingest.rhythm import feed_rhythm
from briefing.ingest.web_url import web_url
from briefing.model import Entry, NotAFeedError, ParseError, without_credentials
from briefing.text import base_language, clean_line, shortened, strip_controls

_log = logging.getLogger(__name__)

_RELATIVE_LINK = re.compile(r"href\s*+=\s*+[\"']?+(?!https?://)", re.IGNORECASE)
_DATES = ("published", "updated", "created")


def parse_feed(content: bytes, url: str, content_type: str | None = None) -> ParsedFeed:
    """The feed in ``content``, which came from ``url``.

    Raises NotAFeedError where a page or another kind of document stands there, ParseError where
    it is nothing that can be read.
    """
    url = without_credentials(url)  # no link of an entry inherits them
    if not content.strip():
        raise ParseError("the document is empty", shown(url))
    text = sniff.decode(content, content_type)
    if sniff.is_json(text):
        return parse_json_feed(text, url)
    if sniff.is_page(text):
        raise NotAFeedError(
            "this is a web page, not a feed",
            shown(url),
            f"Try 'briefing feeds add {_site(url)}', which looks for the feeds that a page names",
        )
    found = _parsed(with_captions(text), url)
    if not found.get("version") and not found.get("entries"):
        raise _no_feed(text, url)
    return replace(_feed(found, url), rhythm=feed_rhythm(found.get("feed") or {}, text, url))


def _parsed(text: str, url: str) -> Mapping[str, Any]:
    """feedparser's reading. The stream keeps it from taking the text for a file's name.

    It gets UTF-8 and nothing else to guess at: which charset a document has, and which are
    never decoded, is decided once, in ``sniff``.
    """
    plain = sniff.without_declaration(text.replace("\0", ""))  # NUL ends the text for some parsers
    try:
        found: Mapping[str, Any] = feedparser().parse(
            io.BytesIO(plain.encode("utf-8", "replace")),
            response_headers={
                "content-location": url,
                "content-type": "application/xml; charset=utf-8",
            },
            sanitize_html=False,  # HTML only ever leaves ingest as text
            resolve_relative_uris=False,  # in HTML: a quarter of its time, and few feeds have any
        )
    except PARSER_ERRORS as error:
        raise ParseError(
            f"the feed cannot be read ({clean_line(str(error))[:200] or type(error).__name__})",
            shown(url),
        ) from error
    return found


def _no_feed(text: str, url: str) -> ParseError:
    """The error for what feedparser finds nothing in."""
    root = sniff.root_name(text)
    if root == "opml":
        return NotAFeedError(
            "this is a list of feeds (OPML), not a feed",
            shown(url),
            "Save it and try 'briefing feeds import FILE.opml'",
        )
    if root is not None and not sniff.is_html(text):
        return NotAFeedError(
            f"this is an XML document of another kind (<{clean_line(root)[:40]}>), not a feed",
            shown(url),
            f"Try 'briefing feeds add {_site(url)}'",
        )
    if sniff.is_html(text):
        return NotAFeedError(
            "this is a web page, not a feed",
            shown(url),
            f"Try 'briefing feeds add {_site(url)}', which looks for the feeds that a page names",
        )
    return ParseError(
        "this is neither XML nor JSON, so no feed",
        shown(url),
        f"Check the address, or try 'briefing feeds add {_site(url)}'",
    )


def _site(url: str) -> str:
    """The site of ``url`` as a command's argument."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return clean_line(host) if host else "SITE"


def _feed(found: Mapping[str, Any], url: str) -> ParsedFeed:
    head = found.get("feed") or {}
    raw = list(found.get("entries") or ())
    notes = []
    fault = found.get("bozo_exception") if found.get("bozo") else None
    if fault is not None:
        reason = clean_line(str(fault))[:200]
        notes.append(f"The feed is not quite right: {reason}")
    if len(raw) > MAX_ENTRIES:
        notes.append(f"Only the first {MAX_ENTRIES} of its {len(raw)} entries were read")
    month_first = month_comes_first(
        text_in(value_of(item, key)) for item in raw[:MAX_ENTRIES] for key in _DATES
    )
    entries = []
    for item in raw[:MAX_ENTRIES]:
        try:
            entries.append(_entry(item, url, month_first))
        except PARSER_ERRORS as error:
            _log.debug("an entry of %s cannot be read: %r", shown(url), error)
            notes.append("An entry could not be read and was left out")
    return ParsedFeed(
        title=shortened(_text_of(head, "title"), MAX_TITLE),
        site_url=web_url(value_of(head, "link"), url),
        language=base_language(text_in(value_of(head, "language"))),
        entries=told_apart(inheriting(entries, found)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _entry(item: Mapping[str, Any], feed_url: str, month_first: bool) -> Entry:
    enclosures = enclosures_of(item, feed_url)
    page = _link(item, feed_url)
    link = address_with(page, enclosures)
    summary = _html_of(value_of(item, "summary_detail"), value_of(item, "summary"))
    contents = [_html_of(each, None) for each in objects_of(item, "content")]
    content = max(contents, key=len, default="")
    if content == summary:
        summary = ""  # feedparser repeats Atom's content as its summary
    summary = summary or caption_of(item)
    published, updated, created = (_time(item, key, month_first) for key in _DATES)
    title = _text_of(item, "title") or stand_in_title(content or summary, link)
    return Entry(
        guid=entry_guid(text_in(value_of(item, "id")), page, title, published or updated),
        url=link,
        title=shortened(title, MAX_TITLE),
        author=authors_of(item) or authors_of(_source(item)),
        published=published or updated or created,
        updated=updated,
        summary_html=summary,
        content_html=content,
        categories=_categories(item),
        enclosures=enclosures,
        pictures=feed_pictures(item, feed_url),
        source=source_of(item, feed_url),
        language=language_of_entry(item),
    )


def _source(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The feed that an entry says it is from; empty where it names none."""
    source = value_of(item, "source")
    return source if isinstance(source, Mapping) else {}


def _link(item: Mapping[str, Any], feed_url: str) -> str | None:
    """The entry's page: its own link, else an alternate one, else an id that is an address."""
    if found := web_url(value_of(item, "link"), feed_url):
        return found
    for other in objects_of(item, "links"):
        alternate = other.get("rel") in (None, "alternate")
        if alternate and (found := web_url(other.get("href"), feed_url)):
            return found
    guid = text_in(value_of(item, "id"))
    return web_url(guid) if value_of(item, "guidislink") is not False else None


def _text_of(item: Mapping[str, Any], key: str) -> str:
    """A field on one line. Its detail says whether it is HTML."""
    value = text_in(value_of(item, key))
    detail = value_of(item, f"{key}_detail")
    kind = text_in(detail.get("type")) if isinstance(detail, Mapping) else ""
    return html_line(value) if "html" in kind else clean_line(value)


def _html_of(detail: object, value: object) -> str:
    """A field as HTML, whatever it was given as."""
    kind = ""
    if isinstance(detail, Mapping):
        kind, value = text_in(detail.get("type")), detail.get("value")
    text = strip_controls(text_in(value)).strip()
    if "html" not in kind and kind:
        return plain_to_html(text)
    base = text_in(detail.get("base")) if isinstance(detail, Mapping) else ""
    return _with_absolute_links(text, base) if base and _RELATIVE_LINK.search(text) else text


def _with_absolute_links(html: str, base: str) -> str:
    """HTML whose relative links are absolute, by its ``xml:base`` (RFC 3986, 5.2)."""
    from feedparser.urls import resolve_relative_uris

    try:
        resolved: str = resolve_relative_uris(html, base, "utf-8", "text/html")
    except PARSER_ERRORS:
        return html
    return resolved


def _time(item: Mapping[str, Any], key: str, month_first: bool) -> datetime | None:
    """One of the entry's times as the feed writes it; feedparser's reading takes half a date."""
    moment = feed_date(text_in(value_of(item, key)), month_first=month_first)
    return usable_time(moment) if moment else None


def _categories(item: Mapping[str, Any]) -> tuple[str, ...]:
    tags = objects_of(item, "tags")
    names = [clean_line(text_in(t.get("label")) or text_in(t.get("term")))[:200] for t in tags]
    return tuple(dict.fromkeys(name for name in names if name))[:50]
