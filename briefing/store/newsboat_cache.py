"""newsboat's cache (``cache.db``, SQLite): which items are read, and which bear a flag.

Its table ``rss_item`` has feedurl, guid, url, unread and flags (letters of the user's own).
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from briefing.model import StoreError


@dataclass(frozen=True, slots=True)
class CachedItem:
    """An item of another reader. feed: the address that it was fetched from."""

    feed: str
    guid: str
    url: str
    read: bool
    starred: bool


def read_newsboat_cache(path: Path) -> list[CachedItem]:
    """The items that are read or bear a flag; any flag counts as a star.

    The file is only read. Raises StoreError where it is not there or no cache of newsboat's.
    """
    if not path.is_file():
        raise StoreError(
            "there is no cache of newsboat's", str(path), "Name it: briefing import newsboat FILE"
        )
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=10)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            rows = connection.execute(
                "SELECT feedurl, guid, url, unread, flags FROM rss_item"
                " WHERE unread = 0 OR coalesce(flags, '') <> ''"
            ).fetchall()
    except sqlite3.Error as error:
        raise StoreError(
            f"this is no cache of newsboat's ({error})", str(path), "Quit newsboat, or name another"
        ) from error
    return [
        CachedItem(_text(feed), _text(guid), _text(url), unread == 0, bool(_text(flags).strip()))
        for feed, guid, url, unread, flags in rows
    ]


def by_feed(items: Iterable[CachedItem]) -> dict[str, list[CachedItem]]:
    """The items of each feed, by its address."""
    found: dict[str, list[CachedItem]] = {}
    for item in items:
        found.setdefault(item.feed, []).append(item)
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
