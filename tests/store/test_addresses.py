"""The same article under many addresses is one article."""

from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.model import Entry
from briefing.store import Store
from tests.store.builders import NOW, article, digest, entry

PLAIN = "https://www.courier.example/news/2026/bridge-closed"
DRESSED = (
    PLAIN,
    "http://courier.example/news/2026/bridge-closed/",
    f"{PLAIN}?utm_source=rss&utm_medium=feed",
    f"{PLAIN}?fbclid=abc#comments",
    f"{PLAIN}?CMP=share_btn&gclid=1",
    "https://m.courier.example/news/2026/bridge-closed",
    "https://amp.courier.example/news/2026/bridge-closed",
    f"{PLAIN}/amp",
    f"{PLAIN}.amp?outputType=amp",
    "https://www.google.com/amp/s/www.courier.example/news/2026/bridge-closed",
    "https://www-courier-example.cdn.ampproject.org/c/s/www.courier.example/news/2026/bridge-closed",
    "https://www.google.com/url?q=https%3A%2F%2Fwww.courier.example%2Fnews%2F2026%2Fbridge-closed",
    "HTTPS://WWW.COURIER.EXAMPLE:443//news/2026/bridge-closed/index.html;jsessionid=1F",
)


def dressed() -> list[Entry]:
    plain = entry("a", title="Bridge closed")
    return [replace(plain, guid=f"g{n:02}", url=url) for n, url in enumerate(DRESSED)]


def feed_id(store: Store) -> str:
    return store.add_feed("https://courier.example/feed", "Coast Courier").id


def test_one_article_in_one_fetch_under_many_addresses_is_one(store: Store) -> None:
    feed = feed_id(store)
    assert store.add_entries(feed, dressed(), NOW) == 1
    before = store._rows("SELECT * FROM article")
    assert store.add_entries(feed, dressed()[::-1], NOW + timedelta(hours=1)) == 0
    assert store._rows("SELECT * FROM article") == before


def test_one_article_that_comes_again_and_again_under_other_addresses_is_one(store: Store) -> None:
    feed = feed_id(store)
    new = [store.add_entries(feed, [one], NOW) for one in dressed()]
    assert new == [1] + [0] * (len(DRESSED) - 1)


def extracted(store: Store, canonical: str | None, title: str = "") -> None:
    for waiting in store.entries_to_extract(99):
        made = article(waiting.article_id, title=title or waiting.entry.title)
        made = replace(made, text=f"{made.text} {waiting.article_id}", canonical=canonical)
        if store.save_article(waiting.article_id, made, waiting.content_hash):
            store.save_digest(waiting.article_id, digest(store.article(waiting.article_id)))


def test_pages_that_give_one_address_are_one_article_for_good(store: Store) -> None:
    feed = feed_id(store)
    entries = [
        replace(entry(f"{n}-bridge"), title="Bridge closed", url=f"https://courier.example/p/{n}")
        for n in range(10)
    ]
    assert store.add_entries(feed, entries, NOW) == 10
    extracted(store, PLAIN)
    assert len(store.article_rows()) == 1
    assert store.add_entries(feed, entries, NOW) == 0
    assert store.stats().to_extract == 0
    assert store.check() == ()
    store.remove_feed(feed)
    assert store._value("SELECT count(*) FROM alias") == 0


def test_a_site_that_gives_all_its_pages_one_address_loses_none(store: Store) -> None:
    store.add_entries(feed_id(store), [entry(str(n)) for n in range(3)], NOW)
    extracted(store, "https://courier.example/news")
    assert len(store.article_rows()) == 3


@pytest.mark.parametrize("other", [PLAIN.replace("closed", "open"), PLAIN + "?id=2"])
def test_other_articles_stay_apart(store: Store, other: str) -> None:
    plain = entry("a", title="Bridge closed")
    pair = [replace(plain, url=PLAIN), replace(plain, guid="b", url=other)]
    assert store.add_entries(feed_id(store), pair, NOW) == 2
