"""The checklist of polite fetching: servers that ask for rest, pages, and faulty answers."""

from datetime import timedelta

import pytest

from briefing.model import Basis, FeedSettings, NotAFeedError
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, Item, article_page, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, run

HOUR = timedelta(hours=1)


def feeds_of(room: Newsroom, store: Store, count: int) -> None:
    """So many feeds of one server."""
    for number in range(count):
        store.add_feed(
            room.feed(f"/{number}.xml", rss(f"Outlet {number}", [FERRY_ITEM])), f"{number}"
        )


def test_polite_07_a_server_that_asks_for_rest_is_left_alone_over_restarts_and_no_feed_blamed(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feeds_of(room, store, 8)
    run(store, clock)
    clock.pass_by(hours=1)
    for number in range(8):
        room.fail(f"/{number}.xml", 429)
    room.forget()
    report = run(store, clock)
    assert len(room.requests) <= 2  # those under way together
    assert len(report.failures) == len(room.requests)
    assert sum(feed.failures for feed in store.feeds()) == len(room.requests)
    with Store.open(store.path) as reopened:
        room.forget()
        clock.pass_by(minutes=5)
        run(reopened, clock, manual=True)
        assert room.requests == []
        assert "429" in "".join(feed.due_reason for feed in reopened.feeds())


def test_polite_07_the_rest_doubles_and_a_success_ends_it(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feeds_of(room, store, 1)
    host = room.host
    room.fail("/0.xml", 503)
    rests = []
    for _ in range(3):
        run(store, clock, force=True)
        rest = store.host_rest(host)
        assert rest is not None
        rests.append((rest.until - clock()) / timedelta(minutes=15))
        clock.time = rest.until + HOUR / 60
    assert [round(rest) for rest in rests] == [1, 2, 4]
    room.mend("/0.xml")
    run(store, clock, force=True)
    assert store.host_rest(host) is None
    assert store.feeds()[0].failures == 0


def test_polite_07_one_address_that_fails_does_not_stop_its_servers_others(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feeds_of(room, store, 4)
    room.fail("/0.xml", 500)
    report = run(store, clock)
    assert (report.fetched, len(report.failures)) == (3, 1)
    assert sorted(feed.failures for feed in store.feeds()) == [0, 0, 0, 1]


def test_polite_18_a_page_asked_for_again_is_asked_conditionally(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    page = article_page("Harbour bridge closed", BRIDGE)
    sentence = BRIDGE[1]
    page = page.replace(f"<p>{sentence}</p>", f"<blockquote><p>{sentence}</p></blockquote>")
    url = room.put("/bridge.html", page, etag='"p1"')
    teaser = Item("Harbour bridge closed", url, summary="<p>The bridge is closed.</p>")
    room.feed("/1.xml", rss("Outlet", [teaser]))
    store.add_feed(room.url("/1.xml"), "Outlet")
    run(store, clock)
    first = store.article(store.article_rows()[0].id)
    text = first.text
    assert [block.kind for block in first.blocks] == ["quote"]
    clock.pass_by(hours=2)
    changed = Item("Harbour bridge closed", url, summary="<p>The bridge is still closed.</p>")
    room.feed("/1.xml", rss("Outlet", [changed]))
    run(store, clock)
    asked = [(r.status, r.headers.get("if-none-match")) for r in room.requests if r.path[1] == "b"]
    assert asked == [(200, None), (304, '"p1"')]
    article = store.article(store.article_rows()[0].id)
    assert (article.text, article.basis) == (text, Basis.FULL)
    assert article.blocks == first.blocks


@pytest.mark.parametrize("status", [403, 451])
def test_polite_19_a_closed_page_is_left_alone_for_30_days(
    room: Newsroom, store: Store, clock: Clock, status: int
) -> None:
    room.fail("/bridge.html", status)
    url = room.url("/bridge.html")
    asked = []
    for number, days in enumerate((0, 29, 2)):
        clock.pass_by(days=days)
        item = Item("Harbour bridge closed", url, summary=f"<p>The bridge is closed: {number}.</p>")
        room.feed("/1.xml", rss("Outlet", [item]))
        if not store.feeds():
            store.add_feed(room.url("/1.xml"), "Outlet")
        run(store, clock, force=True)
        asked.append(room.count("/bridge.html"))
        assert store.article_rows()[0].basis is Basis.CLOSED
    assert asked == [1, 1, 2]


def test_polite_23_a_page_in_place_of_a_feed_keeps_the_entries_and_names_the_feed_it_tells_of(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feeds_of(room, store, 1)
    run(store, clock)
    clock.pass_by(hours=2)
    link = '<link rel="alternate" type="application/rss+xml" href="/moved.xml">'
    room.put("/0.xml", f"<!doctype html><html><head>{link}</head><body>New site</body></html>")
    ((_, _, error),) = run(store, clock).failures
    assert isinstance(error, NotAFeedError)
    assert "no longer a feed" in error.what
    assert f"--url {room.url('/moved.xml')}" in error.mend
    assert len(store.article_rows()) == 1


@pytest.mark.parametrize("fault", ["empty", "drop"])
def test_polite_22_24_a_body_that_is_empty_or_breaks_off_takes_nothing_away_and_gives_no_validator(
    room: Newsroom, store: Store, clock: Clock, fault: str
) -> None:
    feeds_of(room, store, 1)
    run(store, clock)
    etag = store.feeds()[0].etag
    clock.pass_by(hours=2)
    room.put("/0.xml", rss("Outlet 0", [FERRY_ITEM, FERRY_ITEM]), etag='"new"')
    getattr(room, fault)("/0.xml")
    assert len(run(store, clock).failures) == 1
    assert store.feeds()[0].etag == etag
    assert len(store.article_rows()) == 1


def test_polite_24_25_entries_that_left_the_feed_stay_and_a_226_is_merged(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feeds_of(room, store, 1)
    run(store, clock)
    clock.pass_by(hours=2)
    other = Item("Lighthouse sold", "https://outlet.example/light", summary=FERRY_ITEM.summary)
    room.fail("/0.xml", 226, body=rss("Outlet 0", [other]))
    run(store, clock)
    assert {row.title for row in store.article_rows()} == {FERRY_ITEM.title, "Lighthouse sold"}


def test_polite_27_pages_of_a_feed_are_not_followed(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    text = rss("Outlet", [FERRY_ITEM]).decode()
    next_page = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/2.xml"/>'
    room.feed("/1.xml", text.replace("<channel>", f"<channel>{next_page}", 1))
    store.add_feed(room.url("/1.xml"), "Outlet")
    run(store, clock)
    assert [request.path for request in room.requests] == ["/1.xml"]


def test_polite_31_a_clock_that_jumps_neither_silences_a_feed_nor_fetches_it_twice(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feeds_of(room, store, 1)
    clock.pass_by(days=10)
    run(store, clock)
    clock.pass_by(days=-10)
    fetched = [run(store, clock).feeds for _ in range(2)]
    assert fetched == [1, 0]


@pytest.mark.parametrize(("status", "hours"), [(401, 1), (403, 1), (404, 1), (410, 24 * 365)])
def test_polite_08_what_is_refused_or_gone_is_told_and_left_alone(
    room: Newsroom, store: Store, clock: Clock, status: int, hours: int
) -> None:
    feeds_of(room, store, 1)
    room.fail("/0.xml", status)
    ((_, _, error),) = run(store, clock).failures
    assert str(status) in error.what
    assert error.mend
    feed = store.feeds()[0]
    assert feed.next_fetch_at is not None
    assert feed.next_fetch_at - clock() >= hours * HOUR
    assert str(status) in (feed.error or "")


def test_polite_13_a_feed_in_two_categories_is_fetched_once(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    url = room.feed("/1.xml", rss("Outlet", [FERRY_ITEM]))
    for category in ("Local", "Sea"):
        store.add_feed(url, "Outlet", category=category)
    run(store, clock)
    assert room.count("/1.xml") == 1


def test_a_feed_takes_no_more_entries_of_a_fetch_than_its_user_wants(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    items = [
        Item(f"News {n}", f"https://outlet.example/{n}", published=clock() - n * HOUR)
        for n in (3, 1, 2, 0)
    ]
    feed = store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    store.edit_feed(feed.id, settings=FeedSettings(max_new=2))
    run(store, clock)
    assert {row.title for row in store.article_rows()} == {"News 0", "News 1"}


def test_polite_06_a_server_that_asks_for_rest_is_asked_for_no_more_pages_but_for_its_feed(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    items = []
    for number in range(8):
        room.fail(f"/{number}.html", 429, retry_after=7200)
        link = room.url(f"/{number}.html")
        items.append(Item(f"News {number}", link, summary=f"<p>Short news {number}.</p>"))
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    run(store, clock)
    pages = [r.path for r in room.requests if r.path.endswith(".html")]
    assert 1 <= len(pages) <= 2  # those under way together
    clock.pass_by(hours=1)
    room.forget()
    assert run(store, clock).fetched == 1
    assert [r.path for r in room.requests] == ["/1.xml"]
    clock.pass_by(hours=2)
    for number in range(8):
        room.mend(f"/{number}.html")
        room.put(f"/{number}.html", article_page(f"News {number}", BRIDGE))
    run(store, clock)
    assert {row.basis for row in store.article_rows()} == {Basis.FULL}
