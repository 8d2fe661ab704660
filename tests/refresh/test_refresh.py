"""What a refresh promises, over real sockets, with a real store and real worker processes."""

import multiprocessing
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.config import FetchSettings, Settings, SiteSettings
from briefing.ingest import Fetcher
from briefing.model import Basis, FetchError, NotAFeedError, ReadState
from briefing.refresh import FeedDone, Finished, RefreshOptions, StageProgress, Started, refresh
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, MORNING, Item, article_page, rss
from tests.refresh.conftest import (
    FERRY,
    FERRY_ITEM,
    Clock,
    bridge_item,
    dump,
    paragraphs,
    run,
    three_outlets,
)

HOUR = timedelta(hours=1)


def test_feeds_become_stories_each_told_once(room: Newsroom, store: Store, clock: Clock) -> None:
    three_outlets(room, store)
    report = run(store, clock)
    assert (report.feeds, report.fetched, report.new_articles, report.digested) == (3, 3, 4, 4)
    assert report.stories == 2
    assert report.failures == ()
    rows = store.edition_rows(store.window(clock()))
    ferry, bridge = sorted(rows, key=lambda row: row.articles)
    assert (bridge.articles, ferry.articles) == (3, 1)
    assert "bridge" in bridge.headline.lower()
    assert bridge.category == "Coast"
    assert bridge.state is ReadState.UNREAD
    assert store.brief(ferry.id).bullets
    assert store.check() == ()


def test_progress_is_told_from_start_to_finish(room: Newsroom, store: Store, clock: Clock) -> None:
    three_outlets(room, store)
    events: list[Any] = []
    report = run(store, clock, on_event=events.append)
    assert events[0] == Started(3)
    assert events[-1] == Finished(report)
    assert {e.feed_title for e in events if isinstance(e, FeedDone)} == {
        "Outlet 1",
        "Outlet 2",
        "Outlet 3",
    }
    for stage in ("extract", "digest", "link"):
        steps = [e for e in events if isinstance(e, StageProgress) and e.stage == stage]
        assert [e.done for e in steps] == sorted(e.done for e in steps)
        assert steps[-1].done == steps[-1].total
    assert all(e.to_json()["event"] for e in events)


def test_a_second_run_asks_conditionally_and_changes_nothing(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    before = dump(store.path)
    clock.pass_by(hours=2)
    room.forget()
    report = run(store, clock)
    assert [r.status for r in room.requests] == [304, 304, 304]
    assert (report.fetched, report.new_articles, report.digested, report.stories) == (3, 0, 0, 0)
    assert dump(store.path) == before


def test_a_forced_run_fetches_all_anew_and_still_changes_nothing(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    before = dump(store.path)
    room.forget()
    report = run(store, clock, force=True)
    assert [r.status for r in room.requests] == [200, 200, 200]
    assert report.new_articles == 0
    assert dump(store.path) == before


def test_polite_12_a_feed_is_not_fetched_before_it_is_due(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    clock.pass_by(minutes=53)  # an hour, less a spread of a tenth
    assert run(store, clock).feeds == 0
    clock.pass_by(minutes=7)
    assert run(store, clock).feeds == 3


def test_polite_12_a_feed_asked_for_by_name_is_fetched_though_not_due(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    clock.pass_by(minutes=5)
    assert run(store, clock, feeds=store.feeds()[:1]).feeds == 1
    clock.pass_by(seconds=30)
    assert run(store, clock, feeds=store.feeds()[:1]).feeds == 0  # just now


def test_one_feed_failing_stops_no_other(room: Newsroom, store: Store, clock: Clock) -> None:
    three_outlets(room, store)
    room.page_instead("/2.xml")
    store.add_feed(room.url("/gone.xml"), "Gone")
    store.add_feed(room.refused_url(), "Refused")
    report = run(store, clock)
    assert (report.feeds, report.fetched, report.new_articles) == (5, 2, 3)
    errors = {title: error for title, _, error in report.failures}
    assert errors.keys() == {"Outlet 2", "Gone", "Refused"}
    assert isinstance(errors["Outlet 2"], NotAFeedError)
    assert isinstance(errors["Gone"], FetchError)
    assert not report.offline
    kept = {f.title: f for f in store.feeds()}
    assert "404" in (kept["Gone"].error or "")
    assert kept["Outlet 2"].etag is None
    assert kept["Outlet 1"].error is None


def test_polite_08_a_failing_feed_is_left_alone_for_longer_each_time(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    feed = store.add_feed(room.url("/gone.xml"), "Gone")
    waits = []
    for _ in range(3):
        run(store, clock)
        after = store.feed(feed.id)
        assert after.next_fetch_at is not None
        waits.append((after.next_fetch_at - clock()) / HOUR)
        clock.time = after.next_fetch_at
    assert [round(w - 0.05 * w) for w in waits] == [1, 2, 4]
    room.feed("/gone.xml", rss("Back", [FERRY_ITEM]))
    run(store, clock)
    assert store.feed(feed.id).failures == 0
    assert store.feed(feed.id).error is None


def test_polite_06_retry_after_is_obeyed_for_the_whole_server(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    for number in (1, 2, 3):
        room.fail(f"/{number}.xml", 429, retry_after=7200)
    run(store, clock, jobs=1)
    assert len(room.requests) <= 2  # those under way together
    clock.pass_by(minutes=119)
    assert run(store, clock).feeds == 0
    for number in (1, 2, 3):
        room.mend(f"/{number}.xml")
    clock.pass_by(minutes=2)
    assert run(store, clock).fetched == 3


def test_polite_33_no_network_is_said_once_and_costs_no_feed_its_turn(
    store: Store, clock: Clock
) -> None:
    for number in (1, 2, 3):
        store.add_feed(f"http://outlet-{number}.invalid/feed.xml", f"Outlet {number}")
    settings = Settings(fetch=FetchSettings(total_timeout=5))
    report = run(store, clock, fetcher=lambda: Fetcher(settings.fetch, online=lambda: False))
    assert report.offline
    assert report.failures == ()
    assert len(store.due_feeds(clock())) == 3
    assert all(feed.failures == 0 for feed in store.feeds())


def test_a_feed_without_a_name_takes_its_own(room: Newsroom, store: Store, clock: Clock) -> None:
    feed = store.add_feed(room.feed("/1.xml", rss("Coast Courier", [FERRY_ITEM])))
    run(store, clock)
    assert store.feed(feed.id).title == "Coast Courier"
    assert store.article_rows()[0].source == "Coast Courier"


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


def teaser(room: Newsroom, path: str = "/bridge.html") -> Item:
    return Item("Harbour bridge closed", room.url(path), summary="<p>The bridge is closed.</p>")


def test_polite_18_a_summary_is_completed_from_its_page_once(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    room.put("/bridge.html", article_page("Harbour bridge closed", BRIDGE))
    store.add_feed(room.feed("/1.xml", rss("Outlet", [teaser(room)])), "Outlet")
    run(store, clock)
    article = store.article(store.article_rows()[0].id)
    assert article.basis is Basis.FULL
    assert BRIDGE[2] in article.text
    run(store, clock, force=True)
    assert room.count("/bridge.html") == 1


def test_polite_18_a_feed_may_forbid_its_pages(room: Newsroom, store: Store, clock: Clock) -> None:
    url = room.feed("/1.xml", rss("Outlet", [teaser(room)]))
    store.add_feed(url, "Outlet", full_text=False)
    run(store, clock)
    assert room.count("/bridge.html") == 0
    assert store.article_rows()[0].basis is Basis.SUMMARY
    assert store.edition_rows(store.window(clock()))[0].summary_only


@pytest.mark.parametrize("status", [401, 402, 403, 451])
def test_polite_19_a_closed_page_is_asked_for_once_and_said_to_be_closed(
    room: Newsroom, store: Store, clock: Clock, status: int
) -> None:
    room.fail("/bridge.html", status)
    store.add_feed(room.feed("/1.xml", rss("Outlet", [teaser(room)])), "Outlet")
    run(store, clock)
    clock.pass_by(days=1)
    run(store, clock, force=True)
    assert room.count("/bridge.html") == 1
    assert store.article_rows()[0].basis is Basis.CLOSED


def test_an_archive_does_not_have_all_its_pages_fetched(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    items = [
        Item(
            f"Old news {n}",
            room.url(f"/old-{n}.html"),
            summary=f"<p>What happened {n} years ago.</p>",
            published=MORNING - timedelta(days=30 + n),
        )
        for n in range(15)
    ]
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    run(store, clock)
    asked = [r.path for r in room.requests if r.path != "/1.xml"]
    assert sorted(asked) == sorted(f"/old-{n}.html" for n in range(10))


# ── Changes ──────────────────────────────────────────────────────────────────────────────────


def test_an_updated_entry_is_digested_again_as_the_same_article(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    (row,) = store.search("Holm")
    changed = Item(
        FERRY_ITEM.title,
        FERRY_ITEM.link,
        content=paragraphs("The ferry sails again, its owner said on Tuesday.", *FERRY),
        published=FERRY_ITEM.published,
    )
    room.feed("/1.xml", rss("Outlet 1", [bridge_item(1), changed]))
    clock.pass_by(hours=2)
    report = run(store, clock)
    assert (report.new_articles, report.digested, report.stories) == (0, 1, 1)
    (again,) = store.search("Holm")
    assert (again.id, again.story_id) == (row.id, row.story_id)
    assert "sails again" in store.article(row.id).text


def test_a_read_story_with_a_new_article_is_updated_or_unread_again_never_lost(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    run(store, clock)
    story = max(store.edition_rows(store.window(clock())), key=lambda row: row.articles)
    store.mark_read([story.id], clock())
    room.feed("/4.xml", rss("Outlet 4", [bridge_item(4)]))
    store.add_feed(room.url("/4.xml"), "Outlet 4")
    clock.pass_by(hours=2)
    run(store, clock)
    after = store.story_row(story.id)
    assert after.articles == 4
    assert after.state is ReadState.UPDATED


# ── Two at once, and few ─────────────────────────────────────────────────────────────────────


def test_polite_13_two_refreshes_at_once_fetch_each_feed_once(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    three_outlets(room, store)
    hold = room.hold("/1.xml")
    reports = []

    def beside(path: Path) -> None:
        with Store.open(path) as other:
            reports.append(run(other, clock))

    threads = [threading.Thread(target=beside, args=(store.path,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    hold.arrived.wait()
    room.mend("/1.xml")
    for thread in threads:
        thread.join()
    assert [room.count(f"/{n}.xml") for n in (1, 2, 3)] == [1, 1, 1]
    assert sorted(report.new_articles for report in reports) == [0, 4]
    assert len(store.edition_rows(store.window(clock()))) == 2
    assert store.check() == ()


def test_nothing_is_left_running(room: Newsroom, store: Store, clock: Clock) -> None:
    before = set(multiprocessing.active_children())
    items = [bridge_item(n, link=f"https://outlet.example/{n}") for n in range(8)]
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    assert run(store, clock, jobs=2, low_priority=True).digested == 8
    for process in set(multiprocessing.active_children()) - before:
        process.join(5)
    assert set(multiprocessing.active_children()) <= before


def test_a_description_stands_in_for_a_page_without_an_article(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    told = "The harbour bridge of Saltmere is closed to lorries for twelve weeks."
    head = f'<head><meta property="og:description" content="{told}"></head>'
    room.put("/bridge.html", f"<html>{head}<body><div id='app'></div></body></html>")
    item = Item("Harbour bridge closed", room.url("/bridge.html"), summary="")
    store.add_feed(room.feed("/1.xml", rss("Outlet", [item])), "Outlet")
    run(store, clock)
    article = store.article(store.article_rows()[0].id)
    assert (article.text, article.basis) == (told, Basis.SUMMARY)


def test_a_wall_in_place_of_a_page_leaves_the_summary(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    choice = "We and our partners store cookies on your device, and you may withdraw your choice."
    room.put("/bridge.html", article_page("Your choice", [choice] * 12))
    summary = "<p>Inspectors found cracks in two bearings, and lorries must take the ferry.</p>"
    item = Item("Harbour bridge closed", room.url("/bridge.html"), summary=summary)
    store.add_feed(room.feed("/1.xml", rss("Outlet", [item])), "Outlet")
    run(store, clock)
    article = store.article(store.article_rows()[0].id)
    assert (article.text, article.basis) == (summary[3:-4], Basis.SUMMARY)


def test_a_rule_of_the_readers_own_says_where_the_article_stands_in_a_page(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    page = article_page("Harbour bridge closed", BRIDGE)
    room.put("/bridge.html", page.replace(f"<p>{BRIDGE[1]}", f"<p class='aside'>{BRIDGE[1]}"))
    store.add_feed(room.feed("/1.xml", rss("Outlet", [teaser(room)])), "Outlet")
    ruled = Settings(sites=(SiteSettings("127.0.0.1", drop=("p.aside",)),))
    refresh(store, ruled, RefreshOptions(), now=clock)
    text = store.article(store.article_rows()[0].id).text
    assert BRIDGE[2] in text
    assert BRIDGE[1] not in text
