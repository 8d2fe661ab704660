"""What every kind of feed has in common: how an entry is told from others, and called."""

import hashlib
from datetime import datetime

from briefing.ingest.htmltext import html_to_text
from briefing.text import clean_line

MAX_ENTRIES = 10_000
"""Entries read of one feed, in its order; a note says so where there are more."""
MAX_TITLE = 1_000
"""Characters of a title; a longer one is a text that got into the wrong field."""
MAX_GUID = 1_000
"""Characters of an identifier; a longer one is replaced with its hash, so that keys stay small."""

_STAND_IN_WORDS = 12


def entry_guid(given: str, link: str | None, title: str, published: datetime | None) -> str:
    """What tells an entry from its feed's others: its own id, else its link, else a hash."""
    guid = clean_line(given) or link or ""
    if guid and len(guid) <= MAX_GUID:
        return guid
    stamp = guid or f"{title}\n{published.isoformat() if published else ''}"
    return "sha256:" + hashlib.sha256(stamp.encode("utf-8", "replace")).hexdigest()


def stand_in_title(source_html: str, link: str | None) -> str:
    """A title for an entry without one: its text's first words, else its link."""
    first = html_to_text(source_html[:20_000], None)[0].split("\n", 1)[0].split()
    if first:
        cut = " ".join(first[:_STAND_IN_WORDS])[:160]
        return f"{cut} …" if len(first) > _STAND_IN_WORDS else cut
    return link.split("://", 1)[-1].rstrip("/")[:160] if link else "(no title)"
