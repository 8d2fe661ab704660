"""Servers that answer what they should not: it is told, and nothing is lost here."""

import asyncio
import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from briefing.config import SyncSettings
from briefing.ingest.addresses import AddressPolicy
from briefing.model import FetchError
from briefing.store import Store
from briefing.sync.model import Capabilities, RemoteEntry, RemoteFeed, Server
from briefing.sync.report import Tally, ignore_progress
from briefing.sync.subscriptions import Subscriptions
from tests.fake_sync_server import HTML, Answer, Call, FakeSyncServer, answer_json
from tests.sync.conftest import SERVERS, Sync, agreed, article, filled_account, later, marks
from tests.sync.fake_miniflux import miniflux


@pytest.mark.parametrize("what", ["a web page", "nothing", "an empty list", "an empty object"])
@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_web_page_or_nothing_in_place_of_any_answer_loses_nothing(
    name: str, what: str, store: Store, sync: Sync
) -> None:
    answer = {
        "a web page": HTML,
        "nothing": Answer(200, b""),
        "an empty list": answer_json([]),
        "an empty object": answer_json({}),
    }[what]
    with SERVERS[name]() as server:
        account = server.account
        filled_account(account)
        sync(server)
        entries = list(account.entries.values())
        names = [article(store, entry.title) for entry in entries]
        request = problems = 0
        whole = False
        while not whole:
            request += 1
            turn = request % 2 == 1
            later(account)
            store.mark_article_read(names[0], read=turn)
            store.set_article_starred(names[3], turn)
            account.mark(entries[4], read=turn)
            server.calls.clear()

            def instead(call: Call, request: int = request) -> Answer | None:
                # Nothing, said to a mark, is how some servers say yes.
                is_word = call.method == "PUT" or "edit-tag" in call.path or call.value("mark")
                if len(server.calls) != request or (is_word and answer is not HTML):
                    return None
                return answer

            server.instead = instead
            try:
                problems += sync(server).problem is not None
            except FetchError:
                problems += 1
            whole = len(server.calls) < request
            server.instead = None
            later(account)
            sync(server)
            assert agreed(store, server), f"{what} in place of answer {request}"
            assert store.outbox_counts() == (0, 0)
            assert (marks(store)[entries[0].title][0], marks(store)[entries[3].title][1]) == (
                turn,
                turn,
            )
            assert [feed.url for feed in store.feeds()] == ["https://courier.example/feed.xml"]
        assert request > 4
        assert problems > 2


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


@pytest.mark.parametrize(
    ("host", "allowed", "taken"),
    [
        ("192.168.1.1", (), False),
        ("localhost:8080", (), False),
        ("2130706433", (), False),  # 127.0.0.1
        ("metadata.internal", (), False),
        ("192.168.1.1", ("192.168.1.0/24",), True),
        ("courier.example", (), True),
        ("reader.example", (), True),
    ],
)
def test_a_server_elsewhere_names_no_feed_of_this_machine_or_its_network(
    host: str, allowed: tuple[str, ...], taken: bool, store: Store
) -> None:
    settings = SyncSettings(kind="miniflux", url="https://reader.example")
    tally = Tally(ignore_progress)
    now = datetime(2026, 5, 5, tzinfo=UTC)
    server = cast("Server", SimpleNamespace(capabilities=Capabilities(edits_feeds=False)))
    feed = RemoteFeed("1", f"http://{host}/feed.xml", "Router News")
    work = Subscriptions(store, settings, tally, now, AddressPolicy(allowed))
    asyncio.run(work.run(server, [feed]))
    assert len(store.feeds()) == taken
    assert any("Not followed here: Router News" in note for note in tally.notes) != taken
    known = RemoteFeed("2", "https://courier.example/2.xml", "Courier")
    for url in (known.url, feed.url):  # nor by moving one that is known
        work = Subscriptions(store, settings, tally, now, AddressPolicy(allowed))
        asyncio.run(work.run(server, [replace(known, url=url)]))
    assert (feed.url in {each.url for each in store.feeds()}) == taken
    store.forget_sync()
    # A server of the same network may: it is the user's own.
    settings = replace(settings, url="http://192.168.1.2:8080")
    work = Subscriptions(store, settings, tally, now, AddressPolicy(allowed))
    asyncio.run(work.run(server, [feed]))
    assert feed.url in {each.url for each in store.feeds()}


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
