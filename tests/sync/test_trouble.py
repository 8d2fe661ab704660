"""Servers that die, change, or lose what they had: nothing is lost here."""

from datetime import timedelta

import pytest

from briefing.model import FetchError
from briefing.store import Store
from tests.fake_sync_server import Answer, Call, FakeSyncServer
from tests.sync.conftest import SERVERS, Sync, agreed, article, filled_account, later, marks
from tests.sync.fake_miniflux import miniflux


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_whenever_the_server_dies_each_mark_arrives_once_and_none_is_lost(
    name: str, store: Store, sync: Sync
) -> None:
    with SERVERS[name]() as server:
        account = server.account
        filled_account(account)
        sync(server)
        entries = list(account.entries.values())
        names = [article(store, entry.title) for entry in entries]
        calls = 0
        for requests in range(1, 40):
            later(account)
            # The same words in turn, so that a mark that arrives twice would be seen.
            turn = requests % 2 == 1
            store.mark_article_read(names[0], read=turn)
            store.set_article_starred(names[1], not turn)
            store.set_article_starred(names[3], turn)
            account.mark(entries[4], read=turn, starred=turn)
            server.calls.clear()
            server.hang_up_after = requests
            try:
                problem = sync(server).problem
            except FetchError as error:
                problem = error
            server.hang_up_after = None
            later(account)
            sync(server)
            assert agreed(store, server), f"after {requests} requests"
            assert store.outbox_counts() == (0, 0)
            wanted = {
                entries[0].title: (turn, False),
                entries[1].title: (False, not turn),
                entries[3].title: (False, turn),
                entries[4].title: (turn, turn),
            }
            assert {title: marks(store)[title] for title in wanted} == wanted
            calls = requests
            if problem is None:
                break
        assert 3 < calls < 39  # it died within each of its requests, and then not at all


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_server_that_was_put_back_to_a_backup_is_told_again(
    name: str, store: Store, sync: Sync
) -> None:
    with SERVERS[name]() as server:
        account = server.account
        filled_account(account)
        sync(server)
        feed = next(iter(account.feeds.values()))
        later(account)
        fresh = account.add_entry(feed, hours=-0.1)
        titles = [entry.title for entry in account.entries.values()]
        sync(server)
        store.mark_article_read(article(store, titles[0]))
        store.set_article_starred(article(store, titles[3]), True)
        sync(server)
        assert agreed(store, server)
        # The backup is of before: it has neither those marks nor the latest entries.
        account.mark(account.entries[2], read=False)
        account.mark(account.entries[5], starred=False)
        for known in [n for n in account.entries if n > 6]:
            del account.entries[known]
        for entry in account.entries.values():
            entry.changed = account.now - timedelta(days=9)
        later(account)
        report = sync(server)
        here = marks(store)
        assert here[titles[0]] == (True, False)
        assert here[titles[3]] == (False, True)
        assert fresh.title in here  # what is here stays
        assert account.entries[2].read
        assert account.entries[5].starred
        assert any("lost its latest entries" in note for note in report.notes)
        assert store.outbox_counts()[0] == 0


def test_a_server_that_lost_everything_changes_nothing_here(store: Store, sync: Sync) -> None:
    with SERVERS["miniflux 2.3"]() as server:
        filled_account(server.account)
        sync(server)
        before = marks(store)
        server.account.feeds.clear()
        server.account.entries.clear()
        with pytest.raises(FetchError, match="none of the 1 feeds"):
            sync(server)
        assert (marks(store), len(store.feeds())) == (before, 1)
        server.account.next_id = 50
        filled_account(server.account)  # it was set up anew, with other ids
        with pytest.raises(FetchError, match="none of the 1 feeds"):
            sync(server)
        store.forget_sync()
        sync(server)
        assert len(store.feeds()) == 1


def test_ids_that_stand_for_other_entries_now_mark_nothing(store: Store, sync: Sync) -> None:
    with SERVERS["greader of freshrss"]() as server:
        filled_account(server.account)
        sync(server)
        old = server.account.entries[2]
        before = marks(store)[old.title]
        old.title, old.url, old.read = "Another one", "https://courier.example/news/other", True
        later(server.account)
        server.account.mark(old, read=True)
        sync(server)
        assert marks(store)["Report 2 of the harbour"] in (before, (True, False))
        assert len(store.feeds()) == 1


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_entries_that_the_server_drops_keep_their_marks_here(
    name: str, store: Store, sync: Sync
) -> None:
    with SERVERS[name]() as server:
        filled_account(server.account)
        sync(server)
        later(server.account)
        title = server.account.entries[3].title  # starred
        store.mark_article_read(article(store, server.account.entries[2].title))
        del server.account.entries[3], server.account.entries[2]
        sync(server)
        assert marks(store)[title] == (False, True)
        assert marks(store)["Report 2 of the harbour"] == (True, False)
        assert store.outbox_counts()[0] == 0


def test_a_feed_that_the_server_refuses_holds_up_nothing(store: Store, sync: Sync) -> None:
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 1)
        store.add_feed("https://refused.example/feed", "Refused Times")
        store.add_feed("https://tide.example/feed", "Tide")
        report = sync(server)
        assert report.feeds_refused == 1
        assert any("Refused Times" in note for note in report.notes)
        assert "https://tide.example/feed" in {f.url for f in server.account.feeds.values()}


@pytest.mark.parametrize("asked", ["/v1/me", "/v1/entries"])
def test_a_server_that_hangs_is_waited_for_no_longer_than_is_set(asked: str, store: Store) -> None:
    import asyncio
    import threading
    from dataclasses import replace

    from briefing.sync import sync_async
    from tests.sync.conftest import settings_for

    release = threading.Event()

    def hang(call: Call) -> Answer | None:
        if call.path == asked:
            release.wait(30)
        return None

    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account)
        server.instead = hang
        settings = settings_for(server)
        settings = replace(settings, fetch=replace(settings.fetch, read_timeout=0.2))
        try:
            if asked == "/v1/me":
                with pytest.raises(FetchError, match=r"nothing came for 0\.2 s"):
                    asyncio.run(sync_async(store, settings))
                assert store.feeds() == []
            else:
                report = asyncio.run(sync_async(store, settings))
                assert report.problem is not None
                assert "time-out" in report.problem.what
                assert len(store.feeds()) == 1
        finally:
            release.set()


def test_another_version_of_the_server_is_told_and_stars_are_set_as_it_can(
    store: Store, sync: Sync
) -> None:
    with FakeSyncServer(miniflux("2.2.6")) as server:
        filled_account(server.account)
        entry = server.account.entries[2]
        sync(server)
        # To the first that sets stars, back to the last that toggles them, and up again.
        for number, version in enumerate(("2.3.2", "2.3.1", "2.3.4")):
            server.protocol = miniflux(version)
            later(server.account)
            store.set_article_starred(article(store, entry.title), number % 2 == 0)
            report = sync(server)
            assert entry.starred == (number % 2 == 0)
            assert report.notes[0].startswith(f"The server is {version} now; it was 2.")
            later(server.account)
            assert sync(server).notes == ()
        toggles = [call.path for call in server.calls if "bookmark" in call.path]
        assert len(toggles) == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("false",), "false"),
        (("true",), "true"),
        (("no-such-program-of-anyone",), "no-such-program-of-anyone"),
    ],
    ids=["fails", "writes nothing", "is not there"],
)
def test_a_password_command_that_gives_none_is_told_and_nobody_is_asked(
    store: Store, sync: Sync, command: tuple[str, ...], words: str
) -> None:
    with FakeSyncServer(miniflux()) as server:
        with pytest.raises(FetchError, match="password") as caught:
            sync(server, password_command=command)
        assert words in str(caught.value)
        assert not server.calls


def test_two_syncs_at_once_are_one(store: Store, sync: Sync) -> None:
    from briefing.sync import sync_lock

    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 1)
        with sync_lock(store.path), pytest.raises(FetchError, match="another sync"):
            sync(server)
        assert not server.calls
        assert sync(server).problem is None


def test_hostile_30_a_sync_servers_password_is_never_told(store: Store, sync: Sync) -> None:
    with FakeSyncServer(miniflux()) as server:
        server.account.password = "t0p-s3cret"  # noqa: S105 - of a fake
        server.instead = Answer(401, b"denied t0p-s3cret")
        with pytest.raises(FetchError) as caught:
            sync(server)
        assert "s3cret" not in str(caught.value)
        server.instead = Answer(200, b"<html>t0p-s3cret", "text/html")
        with pytest.raises(FetchError) as caught:
            sync(server)
        assert "s3cret" not in str(caught.value)
