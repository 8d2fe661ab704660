"""Who wrote an entry, where it is taken from, and in which language: fields of many shapes.

Atom persons (RFC 4287, 3.2), RSS ``author`` (an address, then the name in brackets), Dublin Core
``creator``, iTunes ``author``; RSS and Atom ``source``; ``xml:lang`` and Dublin Core ``language``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from briefing.ingest.feedparser_fields import objects_of, text_in, value_of
from briefing.ingest.htmltext import html_line, plain_to_html
from briefing.ingest.web_url import web_url
from briefing.model import Entry
from briefing.text import base_language, clean_line, strip_controls
from briefing.text.urls import same_site

_DESCRIPTION = re.compile(r"<(/?)media:description\b[^<>]*?(/?)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
MAX_AUTHORS = 20
_LONGEST = 1_000  # characters of all authors together

_MAIL = re.compile(r"(?:mailto:)?[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")
_IN_BRACKETS = re.compile(r"[(<\[]\s*(.*?)\s*[)>\]]")
_NOBODY = re.compile(r"no-?reply@|donotreply@", re.IGNORECASE)


def authors_of(item: Mapping[str, Any]) -> str | None:
    """The names of who wrote an entry of feedparser's, or a feed, in order; None for nobody.

    An e-mail address is no name where there is one beside it.
    """
    people = objects_of(item, "authors")
    raw = text_in(value_of(item, "author"))
    # Of one author feedparser's split of name and address is not needed, nor always right.
    written = [raw] if len(people) < 2 else [_person(p) for p in people]
    if len(people) == 1 and people[0].get("name") and not people[0].get("email"):
        written = [text_in(people[0].get("name"))]
    return named(written)


def named(written: Iterable[str]) -> str | None:
    """The persons of ``written`` on one line, each once; None where nobody is named."""
    names = dict.fromkeys(name for text in written if (name := person_name(text)))
    return ", ".join(list(names)[:MAX_AUTHORS])[:_LONGEST] or None


def person_name(text: str) -> str:
    """The name in what a feed says of a person: ``mila@c.example (Mila Torvald)`` is Mila Torvald.

    The address where there is no name, but for one that nobody reads.
    """
    plain = clean_line(text)
    if not plain:
        return ""
    without = _EMPTY_BRACKETS.sub(" ", _MAIL.sub(" ", plain))
    if "@" in plain and (inner := _IN_BRACKETS.fullmatch(without.strip())):
        without = inner[1]
    name = html_line(without).strip(" ,;-")
    if name or "@" not in plain:
        return name
    found = _MAIL.search(plain)
    return "" if found is None or _NOBODY.search(plain) else found[0].removeprefix("mailto:")


def source_of(item: Mapping[str, Any], feed_url: str) -> str | None:
    """Whose article it is, where a feed gathers those of others; None for the feed's own."""
    source = value_of(item, "source")
    if not isinstance(source, Mapping):
        return None
    addresses = (value_of(source, "href"), value_of(source, "link"), value_of(source, "id"))
    urls = [url for address in addresses if (url := web_url(address, feed_url))]
    title = html_line(text_in(value_of(source, "title")))[:200]
    return title if title and urls and not any(same_site(url, feed_url) for url in urls) else None


def language_of_entry(item: Mapping[str, Any]) -> str | None:
    """The language (ISO 639-1) that an entry says it is in, by its text before its title."""
    details = [
        *objects_of(item, "content"),
        value_of(item, "summary_detail"),
        value_of(item, "title_detail"),
    ]
    tags = [value_of(item, "language")]
    tags += [detail.get("language") for detail in details if isinstance(detail, Mapping)]
    return next((found for tag in tags if (found := base_language(text_in(tag)))), None)


def with_captions(document: str) -> str:
    """A feed whose ``media:description`` has a name of its own.

    feedparser takes it for the entry's, so that the caption of a picture becomes its summary. Of
    an element that it does not know it keeps the text only where there are no attributes.
    """
    return _DESCRIPTION.sub(r"<\1media:caption\2>", document)


def caption_of(item: Mapping[str, Any]) -> str:
    """What Media RSS says of an entry's medium, as HTML; the text of many a video's entry."""
    value = strip_controls(text_in(value_of(item, "media_caption"))).strip()
    return value if _TAG.search(value) else plain_to_html(value)


def inheriting(entries: Iterable[Entry], found: Mapping[str, Any]) -> list[Entry]:
    """Entries with the authors of their Atom feed where they name none (RFC 4287, 4.2.1)."""
    is_atom = text_in(found.get("version")).startswith("atom")
    author = authors_of(found.get("feed") or {}) if is_atom else None
    return [replace(e, author=author) if author and e.author is None else e for e in entries]


def _person(person: Mapping[str, Any]) -> str:
    name, mail = text_in(person.get("name")), text_in(person.get("email"))
    # feedparser takes the first letters of a long top-level domain for the end of the address.
    return f"{mail}{name}" if mail and name[:1].islower() else name or mail
