"""What gofeed's tests expect of a feed, in the terms of a ParsedFeed.

Three shapes: its own feed (``translator``, ``universal``), and what it keeps of RSS and of Atom.
Texts are compared as the text that a reader sees, on one line.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from briefing.ingest import ParsedFeed
from briefing.ingest.dates import usable_time
from briefing.ingest.htmltext import html_line
from briefing.ingest.web_url import web_url
from briefing.model import Entry
from briefing.text import clean_line

Field = tuple[str, object, object]
"""A field's name, what gofeed expects, and what we read."""


def compared(expected: Mapping[str, Any], found: ParsedFeed, url: str) -> Iterator[Field]:
    """Every field that gofeed expects and we have too."""
    items = expected.get("items") or expected.get("entries") or []
    yield "entries", len(items), len(found.entries)
    if title := _text(expected.get("title")):
        yield "title", *_titles(title, found.title)
    if link := web_url(_link(expected), url):
        yield "link", link, found.site_url
    for number, (item, entry) in enumerate(zip(items, found.entries, strict=False)):
        for name, want, have in _of_entry(item, entry, url):
            yield f"{number}.{name}", want, have


def _of_entry(item: Mapping[str, Any], entry: Entry, url: str) -> Iterator[Field]:
    if title := _text(item.get("title")):
        yield "title", *_titles(title, entry.title)
    guid = item.get("guid") or item.get("id")
    if guid := " ".join(_text(guid).split()):
        yield "guid", guid, entry.guid
    if link := web_url(_link(item), url):
        yield "link", link, entry.url
    published = _time(item, "publishedParsed", "pubDateParsed")
    updated = _time(item, "updatedParsed")
    if published or updated:
        yield "published", published or updated, entry.published
    if updated:
        yield "updated", updated, entry.updated
    if authors := _authors(item):
        yield "authors", authors, set((entry.author or "").split(", "))
    if categories := _categories(item):
        yield "categories", categories, set(entry.categories)
    texts = {html_line(entry.summary_html), html_line(entry.content_html)}
    for name in ("description", "summary", "content"):
        if text := html_line(_text(item.get(name))):
            yield name, text, text if text in texts else " | ".join(sorted(texts))


def _titles(expected: str, found: str) -> tuple[str, str]:
    """gofeed keeps the markup of a title, of which we show the text; or it is plain text."""
    return (found if found in (clean_line(expected), html_line(expected)) else expected), found


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def _link(item: Mapping[str, Any]) -> str:
    if isinstance(item.get("link"), str):
        return str(item["link"])
    links = [link for link in item.get("links") or () if isinstance(link, Mapping)]
    alternate = [link for link in links if link.get("rel") in (None, "", "alternate")]
    return str(alternate[0].get("href") or "") if alternate else ""


def _time(item: Mapping[str, Any], *names: str) -> datetime | None:
    text = next((item[name] for name in names if item.get(name)), None)
    return usable_time(datetime.fromisoformat(text).astimezone(UTC)) if text else None


def _authors(item: Mapping[str, Any]) -> set[str]:
    people = item.get("authors") or [item.get("author")]
    names = (
        (person.get("name") or person.get("email") or "")
        if isinstance(person, Mapping)
        else _text(person)
        for person in people
    )
    return {name for name in map(html_line, names) if name}


def _categories(item: Mapping[str, Any]) -> set[str]:
    found = item.get("categories") or ()
    names = (
        (c.get("label") or c.get("term") or c.get("value") or "")
        if isinstance(c, Mapping)
        else _text(c)
        for c in found
    )
    return {name for name in map(html_line, names) if name}
