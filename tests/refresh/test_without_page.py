"""Where a page cannot be had, the feed's summary is told at once and the page asked for again."""

from briefing.model import Basis
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, Item, article_page, rss
from tests.refresh.conftest import Clock, run

SUMMARY = "<p>The harbour bridge was closed on Monday after a crack was found, the port said.</p>"


def teaser(room: Newsroom, store: Store) -> None:
    """A feed with one summary whose page is not there now."""
    room.fail("/bridge.html", 503)
    item = Item("Harbour bridge closed", room.url("/bridge.html"), summary=SUMMARY)
    store.add_feed(room.feed("/1.xml", rss("Outlet", [item])), "Outlet")


def test_the_summary_is_told_at_once_and_the_refresh_says_so(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    teaser(room, store)
    report = run(store, clock)
    assert (report.no_page, report.stories) == (1, 1)
    assert "503" in report.no_page_why
    (row,) = store.edition_rows(store.window(clock()))
    assert row.summary_only
    assert "crack" in store.brief(row.id).bullets[0].bullet.text
    assert not store.has_work(clock())
    assert store.check() == ()


def test_the_page_takes_its_place_when_it_can_be_had_and_is_no_change_of_its_outlet(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    teaser(room, store)
    run(store, clock)
    (before,) = store.edition_rows(store.window(clock()))
    room.mend("/bridge.html")
    room.put("/bridge.html", article_page("Harbour bridge closed", BRIDGE))
    clock.pass_by(hours=2)
    assert store.has_work(clock())
    report = run(store, clock)
    assert (report.no_page, report.new_articles, report.digested) == (0, 0, 1)
    (row,) = store.edition_rows(store.window(clock()))
    assert (row.id, row.summary_only) == (before.id, False)
    (article,) = store.article_rows()
    assert article.basis is Basis.FULL
    assert store.first_texts(row.id, before.latest) == []
    assert store.check() == ()


def test_a_page_that_fails_twice_is_left_with_its_summary(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    teaser(room, store)
    run(store, clock)
    clock.pass_by(hours=2)
    assert run(store, clock).no_page == 0
    clock.pass_by(hours=2)
    report = run(store, clock)
    assert room.count("/bridge.html") == 2
    assert (report.digested, report.stories) == (0, 0)
    (article,) = store.article_rows()
    assert article.basis is Basis.SUMMARY


def test_a_page_that_no_article_can_be_made_of_is_not_asked_for_again(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    teaser(room, store)
    run(store, clock)
    clock.pass_by(hours=2)
    (waiting,) = store.entries_to_extract(5, clock())
    store.mark_extract_failed(waiting.article_id, "it is no page")
    assert not store.has_work(clock())
    assert store.entries_to_extract(5, clock()) == []
    assert store.article_rows()[0].basis is Basis.SUMMARY


def test_an_entry_that_changes_while_its_page_is_waited_for_is_made_anew(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    teaser(room, store)
    run(store, clock)
    changed = SUMMARY.replace("Monday", "Tuesday")
    item = Item("Harbour bridge closed", room.url("/bridge.html"), summary=changed)
    room.feed("/1.xml", rss("Outlet", [item]))
    clock.pass_by(minutes=90)
    run(store, clock)
    (article,) = store.article_rows()
    assert "Tuesday" in store.article(article.id).text
    assert store.check() == ()
