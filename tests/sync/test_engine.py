"""Sync with a server of each protocol: what is taken, what is sent, and which word wins."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from briefing.store import Store
from tests.fake_sync_server import NOW, FakeAccount, FakeSyncServer
from tests.sync.conftest import SERVERS, Sync, article, marks


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[FakeSyncServer]:
    """A server with two feeds and three entries, of each protocol and its kinds."""
    with SERVERS[request.param]() as started:
        account = started.account
        courier = account.add_feed("courier", "Coast")
        herald = account.add_feed("herald")
        account.add_entry(courier)
        account.add_entry(courier, hours=2, read=True)
        account.add_entry(herald, hours=3, starred=True)
        yield started


def skip_where_feeds_cannot_be_edited(server: FakeSyncServer) -> None:
    if server.kind == "fever":
        pytest.skip("Fever cannot change subscriptions")


def later(account: FakeAccount, minutes: float = 10) -> None:
    account.now += timedelta(minutes=minutes)


def test_subscriptions_folders_entries_and_marks_come_from_the_server(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    report = sync(server)
    assert [(f.url, f.title, f.category) for f in store.feeds()] == [
        ("https://herald.example/feed.xml", "Herald News", ""),
        ("https://courier.example/feed.xml", "Courier News", "Coast"),
    ]
    assert marks(store) == {
        "Report 3 of the harbour": (False, False),
        "Report 4 of the harbour": (True, False),
        "Report 5 of the harbour": (False, True),
    }
    assert (report.feeds_added, report.new_articles, report.problem) == (2, 3, None)
    assert store.outbox_counts() == (0, 0)  # what the server said is not sent back to it


def test_a_second_sync_changes_nothing_and_takes_nothing_anew(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    later(server.account)
    sync(server)
    before = marks(store)
    report = sync(server)
    assert (report.entries, report.applied, report.sent, report.new_articles) == (0, 0, 0, 0)
    assert marks(store) == before


def test_marks_of_both_sides_meet(store: Store, server: FakeSyncServer, sync: Sync) -> None:
    sync(server)
    later(server.account)
    third, fourth, fifth = server.account.entries.values()
    store.mark_article_read(article(store, third.title))
    store.set_article_starred(article(store, fourth.title), True)
    server.account.mark(fifth, read=True, starred=False)
    report = sync(server)
    assert [(e.read, e.starred) for e in (third, fourth, fifth)] == [
        (True, False),
        (True, True),
        (True, False),
    ]
    assert list(marks(store).values()) == [(True, False), (True, True), (True, False)]
    assert (report.sent, report.applied, report.waiting) == (2, 2, 0)


def test_ones_own_unsent_word_wins_over_a_later_one_of_the_server(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    sync(server)
    later(server.account)
    _, fourth, fifth = server.account.entries.values()
    store.set_article_starred(article(store, fifth.title), False)
    store.mark_article_read(article(store, fourth.title), read=False)
    server.account.mark(fifth, starred=True, read=True)
    server.account.mark(fourth, read=True)
    sync(server)
    assert (fifth.starred, fifth.read, fourth.read) == (False, True, False)
    assert marks(store)[fifth.title] == (True, False)
    later(server.account)
    assert sync(server).applied == 0
    assert marks(store)[fourth.title] == (False, False)


def test_a_word_that_was_taken_back_here_wins_too_and_the_conflict_is_told(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    sync(server)
    later(server.account)
    third, fourth, _ = server.account.entries.values()
    name = article(store, third.title)
    for value in (True, False):  # the last word is what the server had
        store.mark_article_read(name, read=value)
        store.set_article_starred(article(store, fourth.title), value)
    server.account.mark(third, read=True)
    server.account.mark(fourth, starred=True)
    report = sync(server)
    assert (third.read, fourth.starred) == (False, False)
    assert marks(store)[third.title][0] is False
    assert marks(store)[fourth.title][1] is False
    assert (report.kept, report.applied, report.sent, report.waiting) == (2, 0, 2, 0)
    (note,) = report.notes
    assert note.startswith("Marked otherwise at the server since, and your word stays: ")
    assert f"“{third.title}” (unread)" in note
    assert f"“{fourth.title}” (not starred)" in note
    later(server.account)
    assert sync(server).notes == ()


def test_what_waits_is_sent_in_the_order_in_which_it_was_said(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    sync(server)
    later(server.account)
    third, _, fifth = server.account.entries.values()
    store.set_article_starred(article(store, fifth.title), False)
    store.mark_article_read(article(store, third.title))
    store._run("UPDATE mark_log SET made_at = made_at - 60 WHERE mark = 'read'")
    said: list[str] = []
    before = (third.read, fifth.starred)

    def look(_call: object) -> None:
        nonlocal before
        now = (third.read, fifth.starred)
        said.extend(
            name
            for name, was, has in zip(("read", "starred"), before, now, strict=True)
            if was != has
        )
        before = now

    server.instead = look
    sync(server)
    look(None)
    assert said == ["read", "starred"]


def test_the_last_word_of_several_is_sent_once(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    sync(server)
    third = server.account.entries[3]
    name = article(store, third.title)
    for starred in (True, False, True, False, True):
        store.set_article_starred(name, starred)
    sync(server)
    assert third.starred
    later(server.account)
    before = third.changed
    assert sync(server).sent == 0
    assert third.changed == before


def test_an_article_that_was_read_elsewhere_makes_its_story_read_and_unread_again(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    from tests.store.builders import story_of

    sync(server)
    third = server.account.entries[3]
    story = story_of(store, article(store, third.title))
    store._run("UPDATE story SET latest = ?", (int(NOW.timestamp()),))
    later(server.account)
    server.account.mark(third, read=True)
    sync(server)
    assert store.story_row(story).state.value == "read"
    later(server.account)
    server.account.mark(third, read=False)
    sync(server)
    assert store.story_row(story).state.value == "unread"


def test_feeds_here_are_followed_at_the_server_and_removed_there(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    skip_where_feeds_cannot_be_edited(server)
    feed = store.add_feed("https://tide.example/feed.xml", "Tide", category="Coast")
    sync(server)
    assert {(f.url, f.folder) for f in server.account.feeds.values()} >= {(feed.url, "Coast")}
    store.remove_feed(feed.id)
    sync(server)
    assert feed.url not in {f.url for f in server.account.feeds.values()}
    assert feed.url not in {f.url for f in store.feeds()}


def test_some_feeds_stay_here_beside_the_synced_ones(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    mine = [
        store.add_feed("https://ann:t1dal@private.example/feed", "Private"),
        store.add_feed("exec:tides --harbour Saltmere", "Tides"),
        store.add_feed("https://diary.example/feed", "Family diary"),
    ]
    sync(server, local=("diary",))
    sent = {feed.url for feed in server.account.feeds.values()}
    assert not sent & {feed.url for feed in mine}
    assert b"t1dal" not in b"".join(call.body for call in server.calls)
    assert len(store.feeds()) == 5
    assert not store.served_feeds() & {feed.id for feed in mine}


def test_with_feeds_server_nothing_of_here_is_told(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    store.add_feed("https://tide.example/feed.xml", "Tide")
    sync(server, feeds="server")
    assert len(server.account.feeds) == 2
    assert len(store.feeds()) == 3


def test_with_feeds_local_only_marks_of_common_feeds_are_kept_in_step(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    store.add_feed("http://courier.example/feed.xml/", "My Courier")
    sync(server, feeds="local")
    assert [feed.title for feed in store.feeds()] == ["My Courier"]
    assert set(marks(store)) == {"Report 3 of the harbour", "Report 4 of the harbour"}


def test_folders_follow_whoever_changed_them_and_ours_win(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    skip_where_feeds_cannot_be_edited(server)
    sync(server)
    courier = next(f for f in store.feeds() if f.title == "Courier News")
    theirs = next(f for f in server.account.feeds.values() if f.title == "Courier News")
    theirs.folder = "Sea"
    sync(server)
    assert store.feed(courier.id).category == "Sea"
    store.edit_feed(courier.id, category="Shore")
    sync(server)
    assert theirs.folder == "Shore"
    theirs.folder = "Theirs"
    store.edit_feed(courier.id, category="Ours")
    sync(server)
    assert (theirs.folder, store.feed(courier.id).category) == ("Ours", "Ours")


def test_a_feed_that_the_server_no_longer_has_stays_here_and_is_not_given_back(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    sync(server)
    theirs = next(f for f in server.account.feeds.values() if f.title == "Courier News")
    server.account.remove_feed(theirs)
    report = sync(server)
    assert any("Courier News" in note for note in report.notes)
    assert len(store.feeds()) == 2
    assert len(marks(store)) == 3
    assert sync(server).notes == ()  # said once
    assert len(server.account.feeds) == 1


def test_a_feed_that_was_removed_on_both_sides_is_forgotten(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    sync(server)
    theirs = next(f for f in server.account.feeds.values() if f.title == "Courier News")
    server.account.remove_feed(theirs)
    sync(server)
    ours = next(feed for feed in store.feeds() if feed.url == theirs.url)
    store.remove_feed(ours.id)
    report = sync(server)
    assert (report.notes, report.feeds_refused, report.feeds_sent) == ((), 0, 0)
    assert len(store.sync_feeds()) == 1


def test_entries_that_are_fetched_from_the_feeds_are_marked_when_they_come(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    from briefing.model import Entry

    assert sync(server, entries="fetched").new_articles == 0
    assert (marks(store), store.served_feeds()) == ({}, frozenset())
    courier = next(f for f in store.feeds() if f.title == "Courier News")
    entry = server.account.entries[4]
    fetched = Entry("urn:tide:4", f"{entry.url}?utm_source=feed", "Of the feed", published=NOW)
    store.add_entries(courier.id, [fetched], NOW)
    sync(server, entries="fetched")
    assert marks(store) == {"Of the feed": (True, False)}
    store.set_article_starred(article(store, "Of the feed"), True)
    sync(server, entries="fetched")
    assert entry.starred


def test_the_feeds_that_a_server_serves_are_not_fetched_by_a_refresh(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    from briefing.refresh.fetching import due
    from briefing.refresh.options import RefreshOptions

    mine = store.add_feed("https://tide.example/feed.xml", "Tide")
    sync(server, feeds="server")
    assert [f.id for f in due(store, RefreshOptions(), NOW)] == [mine.id]
    assert [f.id for f in due(store, RefreshOptions(force=True), NOW)] == [mine.id]
    assert [f.id for f in due(store, RefreshOptions(manual=True), NOW)] == [mine.id]
    assert [bool(f.fetched_at) for f in store.feeds()].count(True) == 2
    assert store.fetch_health().fetched_at is not None


def test_the_star_of_a_story_is_that_of_the_article_which_leads_it(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    from tests.store.builders import story_of

    sync(server)
    third = server.account.entries[3]
    lead = article(store, third.title)
    story = story_of(store, lead)
    store._run("UPDATE story_detail SET beside = ?", (int(lead),))
    store.set_starred(story, True)
    later(server.account)
    sync(server)
    assert third.starred
    assert marks(store)[third.title] == (False, False)
    later(server.account)
    server.account.mark(third, starred=False)
    assert sync(server).applied == 1
    assert not store.story_row(story).starred
    store.set_starred(story, True)
    sync(server)
    store.set_starred(story, False)
    later(server.account)
    sync(server)
    assert not third.starred


def test_a_story_of_what_was_read_elsewhere_is_read_from_the_first(
    store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    from briefing.config import Settings
    from briefing.refresh import RefreshOptions, refresh
    from tests.store.builders import story_of

    sync(server)
    fourth, third = server.account.entries[4], server.account.entries[3]
    read = story_of(store, article(store, fourth.title))
    other = story_of(store, article(store, third.title))
    store._run("UPDATE story SET latest = ?", (int(NOW.timestamp()),))
    store._run("UPDATE article SET pending = NULL")
    refresh(store, Settings(), RefreshOptions(jobs=1), now=lambda: NOW)
    assert store.story_row(read).state.value == "read"
    assert store.story_row(other).state.value == "unread"


@pytest.mark.parametrize(
    "before", [{"feeds": "local"}, {"entries": "fetched"}], ids=["feeds", "entries"]
)
def test_what_was_passed_over_comes_when_the_configuration_asks_for_it(
    before: dict[str, str], store: Store, server: FakeSyncServer, sync: Sync
) -> None:
    later(server.account)
    sync(server, **before)
    assert marks(store) == {}
    later(server.account)
    sync(server, **before)
    assert sync(server).new_articles == 3
    assert list(marks(store).values()) == [(False, False), (True, False), (False, True)]
