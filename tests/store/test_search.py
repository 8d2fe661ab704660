"""The newest hits are found without looking at all of a common word's, and are the same ones."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import ArticleFilter, Entry
from briefing.query import parse_query
from briefing.store import Store
from briefing.store.query import is_slow_to_match
from tests.store.builders import NOW, article, filled

HOURS = st.integers(0, 60)


def _arrived(store: Store, feed: str, name: int, published: float, fetched: float) -> None:
    """Keep an entry that was published, and later fetched, so many hours before now."""
    moment = NOW - timedelta(hours=fetched)
    entry = Entry(
        f"guid-{name}",
        f"https://courier.example/{name}",
        f"Ferry report {name}",
        published=NOW - timedelta(hours=published),
    )
    store.add_entries(feed, [entry], moment)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(HOURS, HOURS, st.booleans()), min_size=1, max_size=30),
    st.integers(1, 8),
    st.integers(0, 4),
)
def test_the_newest_hits_are_those_of_all_hits(
    store: Store, arrivals: list[tuple[int, int, bool]], limit: int, offset: int
) -> None:
    with store.transaction():
        store._run("DELETE FROM article")
        feeds = [
            store.add_feed(url, title).id if not (known := _known(store, url)) else known
            for url, title in (
                ("https://courier.example/feed", "Courier"),
                ("https://echo.example/feed", "Echo"),
            )
        ]
        stored = sorted(arrivals, key=lambda arrival: -min(arrival[:2]))
        for name, (one, other, second) in enumerate(stored):
            _arrived(store, feeds[second], name, max(one, other), min(one, other))
    for chosen in (ArticleFilter(), ArticleFilter(feed_id=feeds[1])):
        everything = store.article_rows(chosen, limit=100)
        for large in (0, 1000):
            with patch("briefing.store.finder.LARGE", large):
                found = store.search("ferry", chosen, limit, offset=offset)
            assert [row.id for row in found] == [row.id for row in everything][offset:][:limit]


def _known(store: Store, url: str) -> str | None:
    return next((feed.id for feed in store.feeds() if feed.url == url), None)


def test_an_article_that_is_stored_after_one_that_was_fetched_later_is_found_in_its_place(
    store: Store,
) -> None:
    feed = store.add_feed("https://courier.example/feed", "Courier").id
    _arrived(store, feed, 1, 1.1, 1.0)
    _arrived(store, feed, 2, 5, 1.9)
    _arrived(store, feed, 3, 1.5, 0.9)
    with patch("briefing.store.finder.LARGE", 0):
        assert [row.title for row in store.search("ferry", limit=1)] == ["Ferry report 1"]


def test_hits_that_arrived_before_the_newest_were_published_are_not_looked_at(
    store: Store,
) -> None:
    feed = store.add_feed("https://courier.example/feed", "Courier").id
    with store.transaction():
        for number in range(400):
            _arrived(store, feed, number, 801 - 2 * number, 800 - 2 * number)
    steps = []
    for hours in (0, 2000):  # the same articles, and as if all had been fetched just now
        store._run("UPDATE article SET fetched_at = fetched_at + 3600 * ?", (hours,))
        count = 0

        def counted() -> None:
            nonlocal count
            count += 1

        store._connection.set_progress_handler(counted, 1)
        with patch("briefing.store.finder.LARGE", 0):
            found = store.search("ferry", limit=5)
        store._connection.set_progress_handler(None, 1)
        assert [row.title for row in found] == [f"Ferry report {n}" for n in range(399, 394, -1)]
        steps.append(count)
    assert 5 * steps[0] < steps[1]


@pytest.mark.parametrize("query", ['"the bridge"', "bridg", 'the "closed the" harb -tunnel'])
def test_snippets_are_the_same_whether_they_are_made_with_the_hits_or_after(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    for name in filled(store, 12):
        text = f"{'Rain fell. ' * 40}The port closed the bridge at the harbour of day {name}."
        store.save_article(name, article(name, text=text))
    after = store.search(query, limit=5, offset=2)
    monkeypatch.setattr("briefing.store.finder.LARGE", 0)
    monkeypatch.setattr(store._finder, "_places_of_words", lambda *_: pytest.fail("once more"))
    assert store.search(query, limit=5, offset=2) == after
    assert len(after) == 5
    assert all("closed the bridge at the harbour" in row.snippet for row in after)


def test_which_queries_are_slow_to_match() -> None:
    slow = {'"white house"', "ferry", '"ferry" "the pier"', '-"the pier"'}
    quick = {'"ferry"', "fer", '"ferry" "pier"', ""}
    assert {query for query in slow | quick if is_slow_to_match(parse_query(query).root)} == slow


def test_no_hits_are_asked_for(store: Store) -> None:
    assert store.search('"the ferry"') == []
    feed = store.add_feed("https://courier.example/feed", "Courier").id
    _arrived(store, feed, 1, 2, 1)
    assert store.search("ferry", limit=0) == []
    assert len(store.search("ferry", limit=1)) == 1
    assert store.search("ferry", limit=1, offset=1) == []
