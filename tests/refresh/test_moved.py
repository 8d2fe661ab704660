"""Feeds that moved: the new address after a day, and conditional requests all the way."""

import pytest

from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import rss
from tests.refresh.conftest import FERRY_ITEM, Clock, run


def statuses(room: Newsroom) -> list[tuple[str, int]]:
    """What was asked for since the last look, and how it was answered."""
    asked = [(request.path, request.status) for request in room.requests]
    room.forget()
    return asked


def test_polite_09_a_feed_moves_when_redirected_for_a_day_and_keeps_its_validators(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    new = room.feed("/new.xml", rss("Outlet", [FERRY_ITEM]))
    feed = store.add_feed(room.redirect("/old.xml", "/new.xml", 301), "Outlet")
    seen = []
    for hours in (2, 22, 2, 2):
        assert run(store, clock).failures == ()
        seen.append((statuses(room), store.feed(feed.id).url))
        clock.pass_by(hours=hours)
    assert seen == [
        ([("/old.xml", 301), ("/new.xml", 200)], room.url("/old.xml")),
        ([("/old.xml", 301), ("/new.xml", 304)], room.url("/old.xml")),
        ([("/old.xml", 301), ("/new.xml", 304)], new),
        ([("/new.xml", 304)], new),
    ]
    assert len(store.article_rows()) == 1


def test_polite_09_a_feed_that_is_redirected_for_now_stays_and_is_asked_conditionally_where_it_is(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    room.feed("/new.xml", rss("Outlet", [FERRY_ITEM]))
    feed = store.add_feed(room.redirect("/old.xml", "/new.xml", 302), "Outlet")
    for expected in (200, 304, 304):
        run(store, clock)
        assert statuses(room) == [("/old.xml", 302), ("/new.xml", expected)]
        assert store.feed(feed.id).url == room.url("/old.xml")
        clock.pass_by(hours=25)


def test_polite_03_validators_are_sent_to_no_address_but_the_one_that_gave_them(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    room.feed("/new.xml", rss("Outlet", [FERRY_ITEM]))
    room.feed("/newer.xml", rss("Outlet", [FERRY_ITEM]))
    store.add_feed(room.redirect("/old.xml", "/new.xml", 302), "Outlet")
    run(store, clock)
    clock.pass_by(hours=2)
    room.redirect("/old.xml", "/newer.xml", 302)
    room.forget()
    run(store, clock)
    assert [r.path for r in room.requests] == ["/old.xml", "/newer.xml"]
    assert all("if-none-match" not in request.headers for request in room.requests)


@pytest.mark.parametrize("second", ["/elsewhere.xml", None])
def test_polite_09_a_feed_that_is_redirected_once_only_stays(
    room: Newsroom, store: Store, clock: Clock, second: str | None
) -> None:
    for path in ("/new.xml", "/elsewhere.xml"):
        room.feed(path, rss("Outlet", [FERRY_ITEM]))
    feed = store.add_feed(room.redirect("/old.xml", "/new.xml", 301), "Outlet")
    run(store, clock)
    clock.pass_by(hours=25)
    if second is None:
        room.feed("/old.xml", rss("Outlet", [FERRY_ITEM]))
    else:
        room.redirect("/old.xml", second, 301)
    run(store, clock)
    assert store.feed(feed.id).url == room.url("/old.xml")


def test_a_feed_stays_where_it_is_while_another_has_the_address(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    new = store.add_feed(room.feed("/new.xml", rss("Outlet", [FERRY_ITEM])), "New")
    old = store.add_feed(room.redirect("/old.xml", "/new.xml", 301), "Old")
    for _ in range(3):
        assert run(store, clock).failures == ()
        clock.pass_by(hours=25)
    assert store.feed(old.id).url == room.url("/old.xml")
    assert store.feed(new.id).url == room.url("/new.xml")


def test_polite_09_a_feed_that_answers_with_a_page_does_not_move_there(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    room.put("/login", "<html><body>Log in</body></html>")
    feed = store.add_feed(room.redirect("/old.xml", "/login", 301), "Outlet")
    for _ in range(3):
        assert len(run(store, clock, force=True).failures) == 1
        clock.pass_by(hours=30)
    assert store.feed(feed.id).url == room.url("/old.xml")
