"""Servers that die, lose what they had, or answer what they should not: nothing is lost here."""

import gzip
from collections.abc import Sequence
from datetime import timedelta

import pytest

from briefing.model import FetchError
from briefing.store import Store
from briefing.sync.model import RemoteEntry
from tests.fake_sync_server import Answer, Call, FakeAccount, FakeSyncServer, answer_json
from tests.sync.conftest import SERVERS, Sync, article, marks
from tests.sync.fake_miniflux import miniflux


def filled_account(account: FakeAccount, entries: int = 6) -> None:
    feed = account.add_feed("courier", "Coast")
    for number in range(entries):
        account.add_entry(feed, hours=number, starred=number == 1, read=number == 2)


def later(account: FakeAccount, minutes: float = 10) -> None:
    account.now += timedelta(minutes=minutes)


def agreed(store: Store, server: FakeSyncServer) -> bool:
    theirs = {e.title: (e.read, e.starred) for e in server.account.entries.values()}
    return marks(store) == theirs


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


def test_a_server_that_sends_the_same_page_for_ever_is_left(store: Store, sync: Sync) -> None:
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 210)
        first = miniflux()(
            server.account,
            Call("GET", "/v1/entries", (("limit", "200"),), {"x-auth-token": "s3cret"}, b""),
        )

        def same(call: Call) -> Answer | None:
            return first if call.path == "/v1/entries" else None

        server.instead = same
        report = sync(server)
        assert report.problem is not None
        assert "the same entries again and again" in report.problem.what
        assert len(server.calls) < 20
        server.instead = None
        sync(server)
        assert len(marks(store)) == 210


def test_more_entries_than_one_sync_takes_come_with_the_next_ones(
    store: Store, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.sync import engine

    monkeypatch.setattr(engine, "MOST_ENTRIES", 200)
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 500)
        report = sync(server)
        assert any("more than 200 entries" in note for note in report.notes)
        assert len(marks(store)) == 200
        sync(server)
        sync(server)
        assert len(marks(store)) == 500
        assert agreed(store, server)


def test_a_server_that_never_comes_to_an_end_is_left_at_the_limit(
    store: Store, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.sync import engine

    monkeypatch.setattr(engine, "MOST_ENTRIES", 1_000)
    row = {"feed_id": 1, "status": "unread", "content": "<p>On and on.", "url": None}
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 1)

        def endless(call: Call) -> Answer | None:
            one = call.path.removeprefix("/v1/entries/")
            if one.isdigit():
                return answer_json({**row, "id": int(one), "title": "On"})
            if call.path != "/v1/entries":
                return None
            after = int(call.value("after_entry_id", "0"))
            entries = [{**row, "id": after + n, "title": f"On {n}"} for n in range(1, 201)]
            return answer_json({"total": 1_000_000, "entries": entries})

        server.instead = endless
        report = sync(server)
        assert report.problem is None
        assert any("more than 1,000 entries" in note for note in report.notes)
        assert server.count("GET", "/v1/entries") == 5
        assert len(marks(store)) == len(store.article_rows(limit=5_000)) > 0
        # The next one goes on where it was left.
        server.calls.clear()
        sync(server)
        asked = [call.value("after_entry_id") for call in server.calls if "entries" in call.path]
        assert asked[asked.index("1000") :] == ["1000", "1200", "1400", "1600", "1800"]


def test_a_server_that_pays_no_heed_to_the_limit_is_taken_a_page_at_a_time(
    store: Store, sync: Sync
) -> None:
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 700)

        def whole(call: Call) -> Answer | None:
            if call.path != "/v1/entries":
                return None
            query = tuple((k, v) for k, v in call.query if k != "limit")
            return miniflux()(
                server.account,
                Call(call.method, call.path, (*query, ("limit", "9999")), call.headers, b""),
            )

        server.instead = whole
        progress: list[int] = []
        from briefing.sync.pulling import Pulling

        keep = Pulling.keep

        def counted(self: Pulling, entries: Sequence[RemoteEntry], cursor: str) -> None:
            progress.append(len(entries))
            keep(self, entries, cursor)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Pulling, "keep", counted)
            assert sync(server).problem is None
        assert max(progress) == 200
        assert len(marks(store)) == 700
        assert agreed(store, server)


def test_an_answer_without_end_is_left_at_its_limit(
    store: Store, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.sync import http

    monkeypatch.setattr(http, "MOST_BYTES", 2_000_000)
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account)
        for coding, body in (
            ("identity", b" " * 3_000_000),
            ("gzip", gzip.compress(b" " * 3_000_000)),
        ):
            server.instead = Answer(200, body, headers={"Content-Encoding": coding})
            with pytest.raises(FetchError, match="its answer is larger than 2 MB"):
                sync(server)
        assert store.feeds() == []


@pytest.mark.parametrize(
    "entry",
    [
        {"id": 99, "feed_id": 1, "title": "\x1b]0;x\x07[bold]", "url": "javascript:alert(1)"},
        {"id": 99, "feed_id": 1, "title": None, "url": 7, "content": ["x"], "published_at": 1},
        {"id": "99", "feed_id": 1},
        {"id": 2**80, "feed_id": 1, "status": "unread"},
        {"id": 99, "feed_id": {"a": 1}, "status": 3, "starred": "yes"},
        "no object",
        None,
    ],
    ids=["controls", "types", "id", "large", "nested", "text", "null"],
)
def test_an_entry_of_wrong_types_harms_no_other(store: Store, sync: Sync, entry: object) -> None:
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 2)

        def with_one_more(call: Call) -> Answer | None:
            if call.path != "/v1/entries" or call.value("after_entry_id"):
                return None
            import json

            answer = json.loads(miniflux()(server.account, call).body)
            return answer_json({"total": 3, "entries": [entry, *answer["entries"]]})

        server.instead = with_one_more
        report = sync(server)
        assert report.problem is None
        assert {f"Report {n} of the harbour" for n in (2, 3)} <= set(marks(store))
        assert not any("\x1b" in title for title in marks(store))
        assert not any(row.url and "javascript" in row.url for row in store.article_rows())


@pytest.mark.parametrize("url", ["exec:rm -rf ~", "file:///etc/passwd", "filter:x:http://a", ""])
def test_a_server_brings_no_program_and_no_file_as_a_feed(
    store: Store, sync: Sync, url: str
) -> None:
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account, 1)
        server.account.add_feed("evil").url = url
        sync(server)
        assert [feed.url for feed in store.feeds()] == ["https://courier.example/feed.xml"]


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
    ("answer", "words"),
    [
        (answer_json({"version": "2.0.48"}), "it is Miniflux 2.0.48, which cannot tell"),
        (Answer(404, b"{}"), "a Miniflux that does not tell its version"),
        # What some versions answer at addresses that they do not know.
        (answer_json({"total": 0, "entries": []}), "something without a version"),
        (answer_json(["2.3.4"]), "something without a version"),
    ],
)
def test_a_server_that_is_too_old_or_says_no_version_changes_nothing(
    store: Store, sync: Sync, answer: Answer, words: str
) -> None:
    with FakeSyncServer(miniflux()) as server:
        filled_account(server.account)
        server.instead = lambda call: answer if call.path == "/v1/version" else None
        with pytest.raises(FetchError, match=words):
            sync(server)
        assert store.feeds() == []
        server.instead = lambda call: (
            answer_json({"version": "development"}) if call.path == "/v1/version" else None
        )
        assert sync(server).problem is None


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_another_users_data_changes_nothing_on_either_side(
    name: str, store: Store, sync: Sync
) -> None:
    with SERVERS[name]() as server:
        account = server.account
        filled_account(account)
        sync(server)
        store.mark_article_read(article(store, account.entries[4].title))
        before = marks(store)
        # The same address gives what somebody else reads: ids overlap, nothing else does.
        account.number, account.next_id = 8, 1
        account.feeds.clear()
        account.entries.clear()
        feed = account.add_feed("gardener")
        for read in (True, False, True):
            account.add_entry(feed, read=read).title = f"Roses {read}"
        theirs = {e.id: (e.read, e.starred) for e in account.entries.values()}
        later(account)
        with pytest.raises(FetchError, match=r"another account|none of the 1 feeds") as caught:
            sync(server)
        assert "--anew" in caught.value.mend
        assert {e.id: (e.read, e.starred) for e in account.entries.values()} == theirs
        assert list(account.feeds.values()) == [feed]
        assert [f.url for f in store.feeds()] == ["https://courier.example/feed.xml"]
        assert marks(store) == before
        assert store.outbox_counts()[0] == 1


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
