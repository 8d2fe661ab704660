"""The edition can be read before what is older is digested, and before all feeds have answered."""

from datetime import timedelta

import pytest

from briefing.ingest import parse_feed
from briefing.refresh import Event, StageProgress, Told, linking
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, bridge_item, dump, run, three_outlets

AGES = {1: 1, 2: 30, 3: 40}  # hours; an edition covers 24


def test_the_edition_is_told_before_what_is_older_is_read(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    old = [bridge_item(n, published=MORNING - timedelta(days=50 + 9 * n)) for n in range(3)]
    store.add_feed(room.feed("/1.xml", rss("Outlet", [*old, FERRY_ITEM])), "Outlet")
    at_first: list[tuple[int, int, int]] = []

    def look(event: Event) -> None:
        if isinstance(event, Told):
            stats = store.stats()
            found = len(store.search("lorries"))  # by its title: an article needs no text for that
            at_first.append((event.stories, stats.to_extract, found))

    report = run(store, clock, on_event=look)
    assert at_first == [(1, 3, 3)]
    assert report.digested == 4
    assert store.stats().to_extract == store.stats().to_digest == store.stats().to_link == 0


def test_the_progress_counts_all_that_waits_and_says_when_the_edition_is_complete(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    old = [bridge_item(n, published=MORNING - timedelta(days=50 + 9 * n)) for n in range(12)]
    new = [bridge_item(n, published=MORNING - timedelta(minutes=n)) for n in range(30, 50)]
    feed = store.add_feed("https://outlet.example/feed", "Outlet")
    items = parse_feed(rss("Outlet", [*old, *new]), feed.url, "application/rss+xml").entries
    assert store.add_entries(feed.id, items, MORNING) == 32
    events: list[Event] = []
    run(store, clock, on_event=events.append, feeds=())
    complete = next(n for n, e in enumerate(events) if isinstance(e, Told) and e.complete)
    for part, total in ((events[:complete], 20), (events[complete:], 12)):
        steps = [e for e in part if isinstance(e, StageProgress)]
        assert {e.total for e in steps if e.stage == "extract"} == {total}
        assert {e.total for e in steps if e.stage == "digest"} == {total}
    assert [e.complete for e in events if isinstance(e, Told)].count(True) == 1


def test_stories_told_one_by_one_are_those_told_together(
    room: Newsroom, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_outlets(room, store)
    monkeypatch.setattr(linking, "FIRST_BATCH", 1)
    told: list[int] = []

    def look(event: Event) -> None:
        if isinstance(event, Told):
            told.append(event.stories)

    run(store, clock, on_event=look)
    assert len(told) > 1
    assert told == sorted(told)
    rows = store.edition_rows(store.window(clock()))
    assert sorted(row.articles for row in rows) == [1, 3]
    before = dump(store.path)
    run(store, clock)
    assert dump(store.path) == before


def test_articles_older_than_the_edition_join_its_stories(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    items = {n: bridge_item(n, published=MORNING - timedelta(hours=h)) for n, h in AGES.items()}
    for number, item in items.items():
        url = room.feed(f"/{number}.xml", rss(f"Outlet {number}", [item]))
        store.add_feed(url, f"Outlet {number}")
    run(store, clock)
    (story,) = store.edition_rows(store.window(clock()))
    assert story.articles == len(AGES)
    assert len(store.brief(story.id).articles) == len(AGES)
