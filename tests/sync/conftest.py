"""What the tests of sync share: a store, and syncs of it with a fake server."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from briefing.config import FetchSettings, Settings, SyncSettings
from briefing.store import Store
from briefing.sync import SyncReport, sync_async
from tests.fake_sync_server import FakeAccount, FakeSyncServer
from tests.sync.fake_fever import fever
from tests.sync.fake_greader import greader
from tests.sync.fake_miniflux import miniflux

SERVERS: dict[str, Callable[[], FakeSyncServer]] = {
    "miniflux 2.3": lambda: FakeSyncServer(miniflux("2.3.4")),
    "miniflux 2.2": lambda: FakeSyncServer(miniflux("2.2.6")),
    "greader of miniflux": lambda: FakeSyncServer(greader(), kind="greader"),
    "greader of freshrss": lambda: FakeSyncServer(
        greader(toggles=False, prefix="/api/greader.php"), kind="greader", path="/api/greader.php"
    ),
    "fever of coldsweat": lambda: FakeSyncServer(fever(), kind="fever", path="/fever"),
    "fever of miniflux": lambda: FakeSyncServer(fever(toggles=True), kind="fever", path="/fever/"),
}
"""Fake servers by protocol; before 2.3 Miniflux toggles stars, by the other protocols still."""

FETCH = FetchSettings(connect_timeout=2, read_timeout=2, total_timeout=5)


class Sync(Protocol):
    """Does one sync, a second after the server's clock."""

    def __call__(self, server: FakeSyncServer, **settings: Any) -> SyncReport:
        """settings: of ``[sync]``."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's store is."""
    return tmp_path / "data" / "briefing.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(path) as opened:
        yield opened


def settings_for(server: FakeSyncServer, **changes: Any) -> Settings:
    """Settings for a fake server."""
    given: dict[str, Any] = {
        "kind": server.kind,
        "url": server.url,
        "user": server.account.user,
        "password_command": ("echo", server.account.password),
        **changes,
    }
    return Settings(sync=SyncSettings(**given), fetch=FETCH)


@pytest.fixture
def sync(store: Store) -> Sync:
    """One sync of the test's store."""

    def once(server: FakeSyncServer, **changes: Any) -> SyncReport:
        settings = settings_for(server, **changes)
        now = server.account.now + timedelta(seconds=1)
        return asyncio.run(sync_async(store, settings, now=lambda: now))

    return once


def marks(store: Store) -> dict[str, tuple[bool, bool]]:
    """Read and starred of every article here, by title."""
    return {row.title: (row.read, row.starred) for row in store.article_rows(limit=100_000)}


def article(store: Store, title: str) -> str:
    """The id of the article with a title."""
    (found,) = [row.id for row in store.article_rows(limit=100_000) if row.title == title]
    return found


def filled_account(account: FakeAccount, entries: int = 6) -> None:
    """One feed with so many entries; the second is starred, the third read."""
    feed = account.add_feed("courier", "Coast")
    for number in range(entries):
        account.add_entry(feed, hours=number, starred=number == 1, read=number == 2)


def later(account: FakeAccount, minutes: float = 10) -> None:
    """Time goes by at the server."""
    account.now += timedelta(minutes=minutes)


def agreed(store: Store, server: FakeSyncServer) -> bool:
    """Whether both sides have the same marks."""
    theirs = {e.title: (e.read, e.starred) for e in server.account.entries.values()}
    return marks(store) == theirs
