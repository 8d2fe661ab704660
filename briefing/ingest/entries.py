"""What every kind of feed has in common: how an entry is told from others, and called."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from briefing.ingest.htmltext import html_to_text
from briefing.model import Entry
from briefing.text import clean_line
from briefing.text.urls import canonical_url, is_page

MAX_ENTRIES = 10_000
"""Entries read of one feed, in its order; a note says so where there are more."""
MAX_TITLE = 1_000
"""Characters of a title; a longer one is a text that got into the wrong field."""
MAX_GUID = 1_000
"""Characters of an identifier; a longer one is replaced with its hash, so that keys stay small."""

_STAND_IN_WORDS = 12


def entry_guid(declared: str, link: str | None, title: str, published: datetime | None) -> str:
    """What tells an entry from its feed's others: its own id, else its link, else a hash."""
    guid = clean_line(declared) or link or ""
    if guid and len(guid) <= MAX_GUID:
        return guid
    return _hash(guid or _words_and_time(title, published))


def told_apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """``entries`` with identifiers of their own where the feed gives one to several of them.

    Several: their titles or their days differ, and their pages do too or they have none; or there
    is nothing but what they say, and that differs. Of one article that stands in a feed twice, at
    two addresses or with two titles, the identifier stays.
    """
    sharing = defaultdict(list)
    for entry in entries:
        sharing[entry.guid].append(entry)
    own: dict[int, str] = {}
    for same in sharing.values():
        if len(same) > 1 and _are_several(same):
            contents = defaultdict(set)
            for entry in same:
                contents[_words_and_time(entry.title, entry.published)].add(_content(entry))
            own.update((id(entry), _own_guid(entry, contents)) for entry in same)
    return tuple(
        replace(entry, guid=own[id(entry)]) if id(entry) in own else entry for entry in entries
    )


def _are_several(entries: Sequence[Entry]) -> bool:
    pages = {_page(entry) for entry in entries}
    if len(pages) == 1 and pages != {""}:
        return False
    titles = {entry.title for entry in entries}
    days = {entry.published.date() for entry in entries if entry.published is not None}
    if len(titles) > 1 or len(days) > 1:
        return True
    return pages == {""} and not days and len({_content(entry) for entry in entries}) > 1


def _own_guid(entry: Entry, contents: Mapping[str, set[str]]) -> str:
    """The entry's page, else a hash of what the feed says of it: of its content too, where entries
    of its identifier, title and time differ in theirs (``contents``, by title and time).
    """
    if entry.url and _page(entry):
        return entry_guid("", entry.url, entry.title, entry.published)
    words = _words_and_time(entry.title, entry.published)
    content = f"\n{_content(entry)}" if len(contents[words]) > 1 else ""
    return _hash(f"{entry.guid}\n{words}{content}")


def _content(entry: Entry) -> str:
    return entry.content_html or entry.summary_html


def _page(entry: Entry) -> str:
    """The entry's page in the form that is compared; nothing where its link is a whole site's."""
    address = canonical_url(entry.url) if entry.url else ""
    return address if is_page(address) else ""


def _words_and_time(title: str, published: datetime | None) -> str:
    return f"{title}\n{published.isoformat() if published else ''}"


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def stand_in_title(source_html: str, link: str | None) -> str:
    """A title for an entry without one: its text's first words, else its link."""
    first = html_to_text(source_html[:20_000], None)[0].split("\n", 1)[0].split()
    if first:
        cut = " ".join(first[:_STAND_IN_WORDS])[:160]
        return f"{cut} …" if len(first) > _STAND_IN_WORDS else cut
    return link.split("://", 1)[-1].rstrip("/")[:160] if link else "(no title)"
