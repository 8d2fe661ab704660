"""What was read and flagged in newsboat is read and starred here; nothing else is touched."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.model import StoreError
from briefing.store import Store
from briefing.store.foreign_marks import MarksTaken
from briefing.store.newsboat_cache import CachedItem, read_newsboat_cache
from tests.store.builders import NOW, entry, filled, story_of

FEED = "https://coast.example/feed.xml"
# The tables as newsboat 2.21 makes them, less what is not read here.
SCHEMA = """
CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
  title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0,
  is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
  title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
  feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
  unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
  enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0,
  base VARCHAR(128) NOT NULL DEFAULT "");
"""


def cache(path: Path, *items: tuple[str, str, str, int, str | None]) -> Path:
    """newsboat's cache with items: feed, guid, url, unread, flags."""
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.executemany(
        "INSERT INTO rss_item (feedurl, guid, url, unread, flags, title, author, pubDate, content)"
        " VALUES (?, ?, ?, ?, ?, 'T', '', 0, '')",
        items,
    )
    connection.commit()
    connection.close()
    return path


def test_items_that_are_read_or_flagged_are_found(tmp_path: Path) -> None:
    path = cache(
        tmp_path / "cache.db",
        (FEED, "a", "https://coast.example/a", 0, ""),
        (FEED, "b", "https://coast.example/b", 1, "s"),
        (FEED, "c", "https://coast.example/c", 1, None),
    )
    before = path.read_bytes()
    assert read_newsboat_cache(path) == [
        CachedItem(FEED, "a", "https://coast.example/a", read=True, starred=False),
        CachedItem(FEED, "b", "https://coast.example/b", read=False, starred=True),
    ]
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\x00broken"])
def test_what_is_no_cache_is_an_error_of_ours(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "cache.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError):
        read_newsboat_cache(path)


def test_marks_go_to_the_article_of_the_same_feed_with_its_guid_or_address(store: Store) -> None:
    feed = store.add_feed(FEED)
    other = store.add_feed("https://other.example/feed")
    entries = [replace(entry(n), url=f"https://coast.example/{n}") for n in ("a", "b", "c")]
    store.add_entries(feed.id, entries, NOW)
    store.add_entries(other.id, [replace(e, guid=e.guid) for e in entries], NOW)
    items = [
        CachedItem("http://coast.example/feed.xml/", entries[0].guid, "", read=True, starred=False),
        CachedItem(FEED, "newsboat's", "http://www.coast.example/b?utm_x=1", True, True),
        CachedItem(FEED, "gone", "https://coast.example/gone", True, False),
        CachedItem("https://lost.example/feed", "a", "https://coast.example/a", True, False),
    ]
    assert store.take_marks(items) == MarksTaken(2, 1, 1, 1)
    rows = store._rows("SELECT feed_id, url, is_read, is_starred FROM article ORDER BY id")
    assert [tuple(row) for row in rows if row["is_read"] or row["is_starred"]] == [
        (int(feed.id), "https://coast.example/a", 1, 0),
        (int(feed.id), "https://coast.example/b", 1, 1),
    ]
    assert store.take_marks(items) == MarksTaken(0, 0, 1, 1)  # twice changes nothing


def test_a_story_is_read_when_all_of_its_articles_are(store: Store) -> None:
    first, second = filled(store, 2)
    story = story_of(store, first, second)
    rows = store._rows("SELECT guid, url FROM article ORDER BY id")
    feed = store.feeds()[0].url
    items = [CachedItem(feed, row["guid"], "", read=True, starred=False) for row in rows]
    store.take_marks(items[:1])
    assert store._value("SELECT state FROM story WHERE id = ?", (story,)) == "unread"
    store.take_marks(items)
    assert store._value("SELECT state FROM story WHERE id = ?", (story,)) == "read"
