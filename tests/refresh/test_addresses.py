"""Many addresses, one article; an outlet without a name in its feed; topics: over real sockets."""

from datetime import timedelta
from typing import Any

import pytest

from briefing.config import Settings
from briefing.refresh import RefreshOptions, refresh
from briefing.store import Store
from briefing.wording import reason_lines
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, MORNING, Item, article_page, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, bridge_item, dump, run

TITLE = "Harbour bridge closed to lorries"


def teaser(link: str, **changes: Any) -> Item:
    values = {"title": TITLE, "link": link, "summary": "<p>The bridge.</p>", **changes}
    return Item(published=MORNING - timedelta(hours=2), **values)


def test_ten_addresses_whose_pages_give_one_are_one_article_and_stay_so(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    head = '<head><link rel="canonical" href="/2026/harbour-bridge-closed">'
    page = article_page(TITLE, BRIDGE).replace("<head>", head)
    links = [room.put(f"/p/{n}/bridge-{n}-closed", page) for n in range(10)]
    room.feed("/1.xml", rss("Outlet", [teaser(link) for link in links]))
    store.add_feed(room.url("/1.xml"), "Outlet")
    run(store, clock)
    assert len(store.article_rows()) == 1
    (story,) = store.edition_rows(store.window(clock()))
    assert (story.articles, story.outlets) == (1, 1)
    kept = dump(store.path)
    assert run(store, clock, force=True).new_articles == 0
    assert dump(store.path) == kept


@pytest.mark.parametrize("named", [True, False])
def test_the_page_names_the_outlet_where_its_feed_does_not(
    room: Newsroom, store: Store, clock: Clock, named: bool
) -> None:
    link = room.put("/bridge-is-closed", article_page(TITLE, BRIDGE, site="Coast Courier"))
    store.add_feed(room.feed("/1.xml", rss("", [teaser(link)])), "My coast" if named else "")
    run(store, clock)
    (row,) = store.article_rows()
    assert row.source == ("My coast" if named else "Coast Courier")


def test_a_topic_of_the_settings_moves_a_story_and_says_so(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    store.add_feed(room.feed("/1.xml", rss("Outlet", [FERRY_ITEM, bridge_item(1)])), "Outlet")
    settings = Settings(topics={"island ferry": 8.0})
    refresh(store, settings, RefreshOptions(jobs=1), now=clock)
    first, _ = store.edition_rows(store.window(clock()))
    assert "ferry" in first.headline
    assert "you weight “island ferry” highly" in reason_lines(store.story(first.id).reasons)
