"""Opinion pieces, from what a feed or a page says to the story: over real sockets."""

from datetime import timedelta
from typing import Any

import pytest

from briefing.model import ArticleRow, StoryRow
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, MORNING, Item, article_page, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, bridge_item, dump, paragraphs, run

HORN = (
    "The council of Saltmere wants to silence the foghorn at night, and the council is wrong.",
    "About 600 small boats lie in this harbour, and not one of them carries radar.",
    "The case against the horn is that it wakes people, though the survey asked only 140 of them.",
    "A town should keep one thing that cannot be switched off from an office in Upper Fenwick.",
    "Whatever the council decides would not take effect until the coastguard of Holm agrees.",
) * 6


def horn_item(**changes: Any) -> Item:
    values: dict[str, Any] = {
        "title": "Leave the foghorn alone",
        "link": "https://outlet-1.example/2026/foghorn",
        "content": paragraphs(*HORN),
        "published": MORNING - timedelta(hours=2),
    }
    return Item(**{**values, **changes})


def refreshed(
    room: Newsroom,
    store: Store,
    clock: Clock,
    item: Item,
    title: str = "Outlet",
    category: str = "",
) -> ArticleRow:
    """The article that a refresh makes of the one entry of a feed."""
    store.add_feed(room.feed("/1.xml", rss(title, [item])), title, category=category)
    run(store, clock)
    (row,) = store.article_rows()
    return row


def only_story(store: Store, clock: Clock) -> StoryRow:
    (row,) = store.edition_rows(store.window(clock()))
    return row


@pytest.mark.parametrize(
    ("changes", "feed"),
    [
        ({"categories": ("Harbour", "Opinion")}, "Outlet"),
        ({"title": "Opinion: Leave the foghorn alone"}, "Outlet"),
        ({"link": "https://outlet-1.example/opinion/foghorn"}, "Outlet"),
        ({}, "Outlet | Opinion"),
    ],
)
def test_an_entry_is_an_opinion_piece_where_its_feed_says_so(
    room: Newsroom,
    store: Store,
    clock: Clock,
    changes: dict[str, Any],
    feed: str,
) -> None:
    row = refreshed(room, store, clock, horn_item(**changes), feed, "Coast")
    assert row.opinion
    told = only_story(store, clock)
    assert told.opinion
    brief = store.brief(told.id)
    assert brief.bullets
    assert all(bullet.argued for bullet in brief.bullets)
    digest = store.digest(row.id)
    assert digest is not None
    assert digest.article.opinion


def test_a_folder_that_the_reader_calls_blogs_makes_no_feed_opinion(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    assert not refreshed(room, store, clock, horn_item(), category="Blogs").opinion


def test_an_entry_that_nothing_says_so_of_is_a_report(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    row = refreshed(room, store, clock, horn_item(categories=("Analysis", "Opinion polls")))
    assert not row.opinion
    assert not only_story(store, clock).opinion


def test_a_page_says_what_its_feed_does_not(room: Newsroom, store: Store, clock: Clock) -> None:
    page = article_page("Leave the foghorn alone", HORN)
    section = '<head><meta property="article:section" content="Opinion">'
    room.put("/horn.html", page.replace("<head>", section))
    item = horn_item(link=room.url("/horn.html"), content="", summary="<p>The horn.</p>")
    assert refreshed(room, store, clock, item).opinion


def test_a_page_that_does_not_say_so_leaves_what_the_feed_said(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    room.put("/horn.html", article_page("Leave the foghorn alone", HORN))
    item = horn_item(
        link=room.url("/horn.html"), content="", summary="<p>Horn.</p>", categories=("Opinion",)
    )
    assert refreshed(room, store, clock, item).opinion


def test_the_report_leads_and_only_what_the_piece_adds_is_argued(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    blame = "The port authority of Saltmere has only itself to blame for the harbour bridge."
    piece = bridge_item(
        2,
        title="Opinion: The harbour bridge of Saltmere that nobody painted",
        content=paragraphs(blame, *list(BRIDGE) * 3),
        published=MORNING - timedelta(hours=1),
    )
    for number, item in ((1, bridge_item(1)), (2, piece)):
        url = room.feed(f"/{number}.xml", rss(f"Outlet {number}", [item]))
        store.add_feed(url, f"Outlet {number}")
    run(store, clock)
    told = only_story(store, clock)
    assert told.articles == 2
    assert not told.opinion
    brief = store.brief(told.id)
    pieces = {a.article_id for a in brief.articles if a.opinion}
    assert len(pieces) == 1
    assert brief.lead not in pieces
    assert "Opinion" not in told.headline
    assert all(b.argued == (b.article_id in pieces) for b in brief.bullets)


def test_a_second_run_judges_nothing_anew(room: Newsroom, store: Store, clock: Clock) -> None:
    items = [horn_item(categories=("Opinion",)), FERRY_ITEM]
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    run(store, clock)
    before = dump(store.path)
    assert [row["opinion"] for row in before["article"]].count(1) == 1
    run(store, clock, force=True)
    assert dump(store.path) == before
