"""Sync with the real Miniflux, by all its protocols, and with coldsweat: marks of both sides."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from briefing.config import FetchSettings, Settings, SyncSettings
from briefing.model import FetchError
from briefing.store import Store
from briefing.sync import SyncReport, sync_async
from tests.fake_web import Item, Newsroom, rss
from tests.sync.conftest import article, marks
from tests.sync.real_servers import Postgres, RealColdsweat, RealMiniflux, or_skip
from tests.sync.record import opml_of

TITLES = tuple(f"The harbour of Marenza, day {n}" for n in range(1, 8))


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for the tests of this module."""
    started: Postgres = or_skip(Postgres)
    yield started
    started.stop()


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Two feeds on the loopback, with seven entries."""
    with Newsroom() as newsroom:
        now = datetime.now(UTC).replace(microsecond=0)
        items = [
            Item(title, link=newsroom.url(f"/news/{n}"), published=now - timedelta(hours=n))
            for n, title in enumerate(TITLES)
        ]
        newsroom.feed("/courier.xml", rss("Coast Courier", items[:5]))
        newsroom.feed("/herald.xml", rss("Bay Herald", items[5:]))
        yield newsroom


def once(store: Store, settings: SyncSettings) -> SyncReport:
    """One sync."""
    return asyncio.run(sync_async(store, Settings(sync=settings, fetch=FetchSettings())))


def of_miniflux(server: RealMiniflux, kind: str) -> SyncSettings:
    given: dict[str, Any] = {
        "miniflux": {"url": server.url, "password_command": ("echo", server.password)},
        "greader": {"url": server.url, "password_command": ("echo", server.reader_password)},
        "fever": {
            "url": f"{server.url}/fever/",
            "password_command": ("echo", server.fever_password),
        },
    }[kind]
    return SyncSettings(kind=kind, user=server.user, **given)


@pytest.mark.parametrize(
    ("suite", "kind"),
    [("trixie", "miniflux"), ("trixie", "greader"), ("trixie", "fever"), ("sid", "miniflux")],
)
def test_marks_of_both_sides_meet_while_the_real_miniflux_dies(
    suite: str, kind: str, store: Store, room: Newsroom, postgres: Postgres, tmp_path: Any
) -> None:
    server: RealMiniflux = or_skip(lambda: RealMiniflux(suite, postgres, tmp_path))
    try:
        category = server.ask("POST", "/v1/categories", {"title": "Coast"})["id"]
        feed = {"feed_url": room.url("/courier.xml"), "category_id": category}
        server.ask("POST", "/v1/feeds", feed)
        server.mark(TITLES[4], "read", star=True)
        settings = of_miniflux(server, kind)
        first = once(store, settings)
        assert (first.feeds_added, first.new_articles, first.problem) == (1, 5, None)
        assert [f.category for f in store.feeds()] == ["Coast"]
        assert marks(store)[TITLES[4]] == (True, True)

        # Offline: marks here and there, some of them of the same entry.
        server.running.kill()
        store.mark_article_read(article(store, TITLES[0]))
        store.set_article_starred(article(store, TITLES[1]), True)
        store.set_article_starred(article(store, TITLES[4]), False)
        for read in (True, False):  # a word that is taken back is one
            store.mark_article_read(article(store, TITLES[3]), read=read)
        with pytest.raises(FetchError, match="refused the connection"):
            once(store, settings)
        assert store.outbox_counts() == (4, 0)
        server.running.start()
        server.mark(TITLES[3], "read")
        server.mark(TITLES[2], "read", star=True)
        server.mark(TITLES[4], "unread")
        second = once(store, settings)
        assert (second.problem, second.waiting, second.kept) == (None, 0, 1)
        assert f"“{TITLES[3]}” (unread)" in second.notes[0]
        agreed = {
            TITLES[0]: (True, False),
            TITLES[1]: (False, True),
            TITLES[2]: (True, True),
            TITLES[3]: (False, False),
            TITLES[4]: (False, False),
        }
        assert marks(store) == agreed
        assert of_server(server) == agreed

        # The same words once more, as after an answer that was lost: nothing is toggled back.
        store.send_marks_again()
        store._run("UPDATE sync_entry SET is_read = 1 - is_read, is_starred = 1 - is_starred")
        once(store, settings)
        assert of_server(server) == agreed
        assert marks(store) == agreed

        if kind != "fever":
            store.add_feed(room.url("/herald.xml"), "Bay Herald", category="Bay")
            third = once(store, settings)
            assert third.feeds_sent >= 1
            folders = {f["title"]: f["category"]["title"] for f in server.ask("GET", "/v1/feeds")}
            assert folders == {"Coast Courier": "Coast", "Bay Herald": "Bay"}
            once(store, settings)
            assert len(marks(store)) == 7
            store.remove_feed(next(f.id for f in store.feeds() if f.title == "Bay Herald"))
            once(store, settings)
            assert [f["title"] for f in server.ask("GET", "/v1/feeds")] == ["Coast Courier"]
    finally:
        server.running.kill()


def of_server(server: RealMiniflux) -> dict[str, tuple[bool, bool]]:
    return {
        title: (entry["status"] == "read", entry["starred"])
        for title, entry in server.entries().items()
    }


def test_marks_of_both_sides_meet_while_coldsweat_dies(
    store: Store, room: Newsroom, tmp_path: Any
) -> None:
    opml = opml_of(room.url("/courier.xml"))
    server: RealColdsweat = or_skip(lambda: RealColdsweat(opml, tmp_path))
    settings = SyncSettings(
        kind="fever",
        url=server.url,
        user=server.user,
        password_command=("echo", server.password),
    )
    try:
        first = once(store, settings)
        assert (first.feeds_added, first.new_articles, first.problem) == (1, 5, None)
        server.running.kill()
        store.mark_article_read(article(store, TITLES[0]))
        store.set_article_starred(article(store, TITLES[1]), True)
        with pytest.raises(FetchError, match="refused the connection"):
            once(store, settings)
        server.running.start()
        assert once(store, settings).sent == 2
        # Another device is another store.
        with Store.open(tmp_path / "tablet" / "briefing.db") as tablet:
            once(tablet, settings)
            assert marks(tablet)[TITLES[1]] == (False, True)
            tablet.set_article_starred(article(tablet, TITLES[1]), False)
            tablet.mark_article_read(article(tablet, TITLES[2]))
            tablet.mark_article_read(article(tablet, TITLES[0]), read=False)
            once(tablet, settings)
        last = once(store, settings)
        assert (last.applied, last.kept, last.waiting) == (3, 0, 0)
        assert marks(store) == dict.fromkeys(TITLES[:5], (False, False)) | {
            TITLES[2]: (True, False)
        }
    finally:
        server.running.kill()
