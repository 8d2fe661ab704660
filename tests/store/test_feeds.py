"""Subscriptions."""

from datetime import timedelta

import pytest

from briefing.model import ArticleFilter, StoreError
from briefing.store import Store
from tests.store.builders import NOW, filled, story_of

URL = "https://courier.example/feed"


def test_subscribing_twice_is_subscribing_once(store: Store) -> None:
    first = store.add_feed(URL, "Coast Courier", "https://courier.example", "Coast", added_at=NOW)
    for url in (URL, "http://courier.example/feed", "https://Courier.example/feed/"):
        assert store.add_feed(url, "Another title") == first
    assert store.feeds() == [first]
    assert first.added_at == NOW


def test_addresses_that_differ_in_their_query_are_different_feeds(store: Store) -> None:
    store.add_feed(f"{URL}?section=port")
    store.add_feed(f"{URL}?section=town")
    assert len(store.feeds()) == 2


def test_feeds_come_by_category_and_title(store: Store) -> None:
    for title, category in (("b", "Z"), ("a", "Z"), ("C", "a")):
        store.add_feed(f"https://{title}.example/f", title, category=category)
    assert [feed.title for feed in store.feeds()] == ["C", "a", "b"]


def test_a_feed_is_found_by_address_by_title_and_by_words_only_it_has(store: Store) -> None:
    courier = store.add_feed(URL, "Coast Courier")
    store.add_feed("https://gazette.example/feed", "Coast Gazette")
    assert store.find_feed("http://courier.example/feed/") == courier
    assert store.find_feed("coast courier") == courier
    assert store.find_feed("courier") == courier
    assert store.find_feed("coast") is None
    assert store.find_feed("") is None


def test_a_fetch_is_remembered_and_a_failure_keeps_the_validators(store: Store) -> None:
    feed = store.add_feed(URL)
    later = NOW + timedelta(hours=1)
    store.record_fetch(
        feed.id, fetched_at=NOW, next_fetch_at=later, etag='"1"', last_modified="Mon"
    )
    store.record_fetch(
        feed.id, fetched_at=later, next_fetch_at=later, error="404 not found", failures=1
    )
    kept = store.feed(feed.id)
    assert (kept.etag, kept.last_modified) == ('"1"', "Mon")
    assert (kept.error, kept.failures, kept.fetched_at) == ("404 not found", 1, later)


def test_a_feeds_address_leaves_its_articles_with_its_first_title(store: Store) -> None:
    filled(store, 2)
    feed = store.feeds()[0]
    address = "https://ada:secret@courier.example/feed"
    store._run("UPDATE feed SET title = '', url = ? WHERE id = ?", (address, feed.id))
    store._run("UPDATE article SET source = ?", (address,))  # as an earlier version kept it
    store.edit_feed(feed.id, title="The Courier")
    assert {row.source for row in store.article_rows()} == {"The Courier"}


def test_due_are_feeds_never_fetched_and_those_whose_time_has_come(store: Store) -> None:
    names = ("new", "due", "waiting")
    new, due, waiting = (store.add_feed(f"https://{n}.example/f", n) for n in names)
    store.record_fetch(due.id, fetched_at=NOW, next_fetch_at=NOW)
    store.record_fetch(waiting.id, fetched_at=NOW, next_fetch_at=NOW + timedelta(seconds=1))
    assert [feed.id for feed in store.due_feeds(NOW)] == [new.id, due.id]


def test_a_new_title_and_category_go_to_the_feeds_articles(store: Store) -> None:
    filled(store, 2)
    feed = store.feeds()[0]
    edited = store.edit_feed(feed.id, title="The Courier", category="Port", weight=2.0)
    assert (edited.title, edited.category, edited.weight) == ("The Courier", "Port", 2.0)
    assert {row.source for row in store.article_rows(ArticleFilter(category="Port"))} == {
        "The Courier"
    }
    assert store.article_rows(ArticleFilter(category="Coast")) == []


def test_a_feed_cannot_take_the_address_of_another(store: Store) -> None:
    store.add_feed(URL, "Coast Courier")
    other = store.add_feed("https://gazette.example/feed", "Gazette")
    with pytest.raises(StoreError, match="Coast Courier"):
        store.edit_feed(other.id, url="http://courier.example/feed")
    moved = store.edit_feed(other.id, url="https://gazette.example/rss")
    assert store.find_feed("https://gazette.example/rss") == moved


def test_feed_rows_count_articles_and_unread_ones(store: Store) -> None:
    names = filled(store, 3)
    store.mark_article_read(names[0])
    store.add_feed("https://quiet.example/feed", "Quiet", category="Coast")
    assert [(r.feed.title, r.articles, r.unread) for r in store.feed_rows()] == [
        ("Coast Courier", 3, 2),
        ("Quiet", 0, 0),
    ]


def test_removing_a_feed_keeps_what_is_starred_and_requeues_what_lost_a_voice(store: Store) -> None:
    mine = filled(store, 4)
    other = filled(store, 1, feed_url="https://gazette.example/feed")
    starred_story = story_of(store, mine[0])
    shared_story = story_of(store, mine[1], *other)
    lone_story = story_of(store, mine[2])
    store.set_starred(starred_story, True)
    store.set_article_starred(mine[3], True)
    feed = store.find_feed("https://courier.example/feed")
    assert feed is not None

    store.remove_feed(feed.id)

    assert {row.id for row in store.article_rows()} == {mine[0], mine[3], *other}
    assert store.story(starred_story).row.starred
    assert [item.article_id for item in store.articles_to_link(9) if item.story_id] == other
    assert store.story(shared_story).id == shared_story
    with pytest.raises(StoreError):
        store.story(lone_story)
    with pytest.raises(StoreError):
        store.feed(feed.id)
    assert store.check() == ()
    assert {row.id for row in store.search("lorries")} == {mine[0], mine[3], *other}
    store.remove_feed(feed.id)


@pytest.mark.parametrize("name", ["", "x", "-1", "1.5", "9" * 40, "²", "1; DROP TABLE feed"])
def test_an_identifier_that_is_none_is_an_error_of_ours(store: Store, name: str) -> None:
    for ask in (store.feed, store.article, store.story, store.digest, store.snapshot):
        with pytest.raises(StoreError):
            ask(name)
