"""Entries keep their identity however a feed names them: none is lost, none comes again and again.

Each shape is a series of fetches of one feed; what is counted is the articles in the end.
"""

from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest

from briefing.ingest import parse_feed
from briefing.model import Entry
from briefing.store import Store
from tests.store.builders import NOW

FEED = "https://board.example/feed"
PAGES = "https://board.example/notes/"
SITE = "https://board.example/"
DAYS = tuple(format_datetime(NOW - timedelta(days=n, minutes=7)) for n in range(1, 5))
TITLES = ("Crane repaired", "Ferry late again", "New pier opens", "Fog over the strait")


def item(
    title: str,
    link: str | None = None,
    guid: str | None = None,
    day: str | None = None,
    text: str = "",
) -> str:
    """An RSS item with what is given."""
    parts = {"title": title, "link": link, "pubDate": day, "description": text}
    body = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)
    return f"{body}<guid isPermaLink='false'>{guid}</guid>" if guid else body


def fetched(store: Store, *fetches: list[str], feed_url: str = FEED) -> list[str]:
    """The titles of the feed's articles after these fetches, an hour apart."""
    feed = store.add_feed(feed_url)
    for hour, items in enumerate(fetches):
        body = "".join(f"<item>{each}</item>" for each in items)
        raw = f"<rss version='2.0'><channel><title>B</title>{body}</channel></rss>"
        parsed = parse_feed(raw.encode(), feed_url)
        store.add_entries(feed.id, parsed.entries, NOW + timedelta(hours=hour))
    rows = store._rows("SELECT title FROM article WHERE feed_id = ? ORDER BY id", (feed.id,))
    return [row["title"] for row in rows]


def notes(
    guid: Callable[[int], str] | str | None,
    *,
    count: int = 3,
    first: int = 0,
    link: str | None = PAGES,
    dated: bool = True,
) -> list[str]:
    """Items of different articles. link: their pages' folder, or the site, or none."""
    return [
        item(
            TITLES[n],
            link if link in (None, SITE) else f"{link}{n}-of-them",
            guid(n) if callable(guid) else guid,
            DAYS[n] if dated else None,
            f"What is said of {n}.",
        )
        for n in range(first, first + count)
    ]


@pytest.mark.parametrize("guid", ["N/A", "0", "null", SITE, "tag:board.example,2026:entry"])
@pytest.mark.parametrize("link", [PAGES, SITE, None])
def test_hostile_12_one_guid_for_all_loses_none(store: Store, guid: str, link: str | None) -> None:
    once = notes(guid, link=link)
    assert len(fetched(store, once, once)) == 3
    assert len(fetched(store, notes(guid, link=link, count=4), once)) == 4


def test_hostile_12_one_guid_for_some_loses_none(store: Store) -> None:
    mixed = notes(lambda n: "x" if n < 2 else f"g{n}", count=4)
    assert len(fetched(store, mixed, notes("x", count=1), mixed)) == 4


@pytest.mark.parametrize("link", [PAGES, None])
def test_hostile_12_one_guid_and_one_entry_at_a_time_loses_none(
    store: Store, link: str | None
) -> None:
    singles = [notes("N/A", count=1, first=n, link=link) for n in (2, 1, 0)]
    assert sorted(fetched(store, *singles, singles[-1])) == sorted(TITLES[:3])


@pytest.mark.parametrize("link", [PAGES, SITE, None])
@pytest.mark.parametrize("dated", [True, False])
def test_hostile_12_guids_new_at_each_fetch_give_no_duplicates(
    store: Store, link: str | None, dated: bool
) -> None:
    def fetch(k: int) -> list[str]:
        return notes(lambda n: f"{k}-{n}", link=link, dated=dated)

    fetches = [fetch(k) for k in range(4)]
    assert fetched(store, *fetches) == list(TITLES[:3])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://board.example/", "https://cdn.board.example/"),
        ("https://board.example/", "http://m.board.example/"),
        ("-of-them", "-of-them?utm_source=feed"),
        ("-of-them", "-of-them?session=2"),
    ],
)
@pytest.mark.parametrize("guid", [None, lambda n: f"g{n}", lambda n: f"{PAGES}{n}-of-them"])
def test_hostile_12_hosts_and_queries_that_change_give_no_duplicates(
    store: Store, old: str, new: str, guid: Callable[[int], str] | None
) -> None:
    before = notes(guid)
    assert len(fetched(store, before, [text.replace(old, new) for text in before], before)) == 3


@pytest.mark.parametrize("dated", [True, False])
def test_hostile_12_neither_guid_nor_link_is_known_by_title_and_time(
    store: Store, dated: bool
) -> None:
    once = notes(None, link=None, dated=dated)
    assert fetched(store, once, once, once[::-1]) == list(TITLES[:3])


@pytest.mark.parametrize("guid", [None, "daily"])
@pytest.mark.parametrize("dated", [True, False])
def test_hostile_12_one_title_for_all_is_told_apart_by_time_or_text(
    store: Store, guid: str | None, dated: bool
) -> None:
    once = [
        item("Tide table", None, guid, DAYS[n] if dated else None, f"High water at {n}.")
        for n in range(3)
    ]
    assert len(fetched(store, once, once)) == 3


def test_hostile_12_one_guid_and_title_at_many_pages_and_days_loses_none(store: Store) -> None:
    once = [item("Tide table", f"{PAGES}{n}", "daily", DAYS[n], f"High at {n}.") for n in range(3)]
    assert len(fetched(store, once, once)) == 3


def test_hostile_12_two_entries_of_one_title_and_time_stay_two(store: Store) -> None:
    fetches = [
        [item("Tide table", None, f"{k}-{n}", DAYS[0], f"High at {n}.") for n in range(2)]
        for k in range(3)
    ]
    assert len(fetched(store, *fetches)) == 2


def test_hostile_12_guids_of_10_kb_that_differ_at_their_end_are_two(store: Store) -> None:
    once = [item(TITLES[n], None, "g" * 10_000 + str(n), DAYS[n]) for n in range(2)]
    assert len(fetched(store, once, once)) == 2
    longest = store._value("SELECT max(length(guid)) FROM article")
    assert longest < 100


def test_hostile_12_feeds_with_the_same_guids_and_links_keep_their_own(store: Store) -> None:
    fetched(store, notes("N/A"))
    assert len(fetched(store, notes("N/A"), feed_url="https://other.example/feed")) == 3
    assert store._value("SELECT count(*) FROM article") == 6


def test_an_article_that_is_retold_under_its_guid_stays_one(store: Store) -> None:
    first = item("Crane repaired", f"{PAGES}crane-repaired", "urn:1", DAYS[1], "Soon.")
    retold = item("Crane repaired at last", f"{PAGES}crane-at-last", "urn:1", DAYS[0], "Now.")
    assert fetched(store, [first], [retold]) == ["Crane repaired at last"]


def test_an_article_of_one_page_stays_one_whatever_its_guid_title_and_time(store: Store) -> None:
    days = [item(TITLES[n], f"{PAGES}today", f"g{n}", DAYS[n], f"On {n}.") for n in range(3)]
    assert len(fetched(store, *[[day] for day in days])) == 1


def test_an_entry_of_tomorrow_is_known_again_under_a_new_guid(store: Store) -> None:
    ahead = format_datetime(NOW + timedelta(days=1))
    fetches = [[item("Sailing times", None, f"{k}", ahead, "From nine.")] for k in range(3)]
    assert len(fetched(store, *fetches)) == 1


def test_guids_that_are_one_where_they_are_kept_are_one_entry_at_the_first_fetch(
    store: Store,
) -> None:
    feed = store.add_feed(FEED)
    entries = [Entry(guid=guid, url=None, title="Fog") for guid in ("a\ud800", "a?", "b")]
    assert store.add_entries(feed.id, entries, NOW) == 2
    assert store.add_entries(feed.id, entries, NOW) == 0
