"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read with patience: a field of a wrong type is no field."""

import html
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from briefing.ingest.dates import usable_time
from briefing.ingest.enclosures import address_with, attachments_of
from briefing.ingest.entries import MAX_ENTRIES, MAX_TITLE, entry_guid, stand_in_title, told_apart
from briefing.ingest.entry_fields import named
from briefing.ingest.failures import shown
from briefing.ingest.feed_dates import feed_date
from briefing.ingest.htmltext import plain_to_html
from briefing.ingest.pictures import json_feed_pictures
from briefing.ingest.results import ParsedFeed
from briefing.ingest.rhythm import json_feed_rhythm
from briefing.ingest.web_url import web_url
from briefing.model import Entry, NotAFeedError, ParseError
from briefing.text import base_language, clean_line, shortened, strip_controls


def parse_json_feed(text: str, url: str) -> ParsedFeed:
    """The JSON Feed in ``text``. Raises ParseError, and NotAFeedError for JSON of another kind."""
    try:
        document = json.loads(text.lstrip("\ufeff"), strict=False)  # raw control characters happen
    except (ValueError, RecursionError) as error:
        reason = clean_line(str(error))[:120]
        raise ParseError(f"the JSON is broken ({reason})", shown(url)) from error
    items = document.get("items") if isinstance(document, dict) else None
    version = document.get("version") if isinstance(document, dict) else None
    is_feed = isinstance(version, str) and "jsonfeed.org" in version
    if not isinstance(document, dict) or not (is_feed or isinstance(items, list)):
        raise NotAFeedError(
            "this is JSON, but not a JSON Feed", shown(url), "Check the address of the feed"
        )
    feed = _feed(document, items if isinstance(items, list) else [], url)
    return replace(feed, rhythm=json_feed_rhythm(document, url))


def _feed(document: Mapping[str, Any], items: list[Any], url: str) -> ParsedFeed:
    notes = []
    if len(items) > MAX_ENTRIES:
        notes.append(f"Only the first {MAX_ENTRIES} of its {len(items)} entries were read")
    unusable = sum(not isinstance(item, dict) for item in items)
    if unusable:
        notes.append(f"{unusable} of its entries are no JSON objects and were left out")
    authors = _authors(document)
    return ParsedFeed(
        title=shortened(_line(document, "title"), MAX_TITLE),
        site_url=web_url(document.get("home_page_url"), url),
        language=base_language(_line(document, "language")),
        entries=told_apart(
            [_entry(i, url, authors) for i in items[:MAX_ENTRIES] if isinstance(i, dict)]
        ),
        notes=tuple(notes),
    )


def _entry(item: Mapping[str, Any], feed_url: str, authors: str) -> Entry:
    enclosures = attachments_of(item, feed_url)
    page = web_url(item.get("url"), feed_url) or web_url(item.get("external_url"), feed_url)
    page = page or web_url(item.get("id"))  # "ideally ... the full URL of the resource"
    link = address_with(page, enclosures)
    content = strip_controls(_words(item, "content_html")).strip()
    if not content:
        content = plain_to_html(strip_controls(_words(item, "content_text")).strip())
    summary = plain_to_html(strip_controls(_words(item, "summary")).strip())
    published = _time(item.get("date_published"))
    updated = _time(item.get("date_modified"))
    title = _line(item, "title") or stand_in_title(content or summary, link)
    tags = item.get("tags")
    names = [clean_line(t)[:200] for t in _list(tags) if isinstance(t, str)]
    return Entry(
        guid=entry_guid(_words(item, "id"), page, title, published or updated),
        url=link,
        title=shortened(title, MAX_TITLE),
        author=(_authors(item) or authors)[:MAX_TITLE] or None,
        published=published or updated,
        updated=updated,
        summary_html=summary,
        content_html=content,
        categories=tuple(dict.fromkeys(name for name in names if name))[:50],
        enclosures=enclosures,
        pictures=json_feed_pictures(item, feed_url),
        language=base_language(_line(item, "language")),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _words(item: Mapping[str, Any], key: str) -> str:
    """A string field. A number stands for its digits: ids are often given so."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return str(value)
    except ValueError:  # a number of thousands of digits
        return ""


def _line(item: Mapping[str, Any], key: str) -> str:
    """A field on one line. Titles are plain text, yet entities get into them all the same."""
    return clean_line(html.unescape(_words(item, key)))


def _authors(item: Mapping[str, Any]) -> str:
    """The names of 1.1's ``authors``, or of 1.0's ``author``."""
    people = [*_list(item.get("authors")), item.get("author")]
    return named(_line(p, "name") if isinstance(p, dict) else "" for p in people) or ""


def _time(value: object) -> datetime | None:
    """A time of RFC 3339, as the format asks, or in any form that feeds use; numbers too."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        moment = feed_date(str(value))
    except ValueError:  # a number of thousands of digits
        return None
    return usable_time(moment) if moment else None
