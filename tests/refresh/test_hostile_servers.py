"""A server may answer with anything: what it says stays with the feed that was asked for."""

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from briefing.config import FetchSettings, Settings
from briefing.refresh import RefreshOptions, refresh
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, Item, article_page, rss
from tests.refresh.conftest import Clock, run


def test_hostile_21_other_feeds_content_never_mixes_into_a_feed(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    """Each answer is the other feed's, with its identifiers; then its own again."""
    items = {
        name: [Item(f"{name} {n}", f"https://{name}.example/{n}", guid=str(n)) for n in range(3)]
        for name in ("one", "two")
    }
    for name in items:
        store.add_feed(room.url(f"/{name}.xml"), name)
    owners: dict[str, str] = {}
    for turn in (("one", "two"), ("two", "one"), ("one", "two")):
        for path, name in zip(items, turn, strict=True):
            room.feed(f"/{path}.xml", rss(name, items[name]))
        assert run(store, clock, force=True).failures == ()
        for row in store.article_rows():
            assert owners.setdefault(row.id, row.source) == row.source
        told = {(row.source, row.title[:3]) for row in store.article_rows()}
        assert told >= set(zip(items, turn, strict=True))  # each what its own address said
        clock.pass_by(hours=2)
    assert set(owners.values()) == {"one", "two"}
    assert store.check() == ()


@pytest.fixture
def public_name(monkeypatch: pytest.MonkeyPatch) -> str:
    """A public name whose server is this machine."""
    real: Callable[..., Any] = socket.getaddrinfo

    def look_up(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1" if name == "paper.example" else host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return "paper.example"


def test_hostile_18_an_entry_of_a_public_feed_that_links_to_this_machine_has_its_summary_only(
    room: Newsroom, store: Store, public_name: str
) -> None:
    secret = room.put("/secret", article_page("Secret", BRIDGE))
    item = Item("Bridge", secret, summary="<p>The bridge is closed, the board said.</p>")
    room.feed("/feed.xml", rss("Paper", [item]))
    store.add_feed(f"http://{public_name}:{room.host.rpartition(':')[2]}/feed.xml", "Paper")
    fetch = replace(FetchSettings(), allow_networks=(public_name,))
    report = refresh(store, Settings(fetch=fetch), RefreshOptions(jobs=1))
    assert (report.failures, report.faults) == ((), ())
    assert room.count("/feed.xml") == 1
    assert room.count("/secret") == 0
    assert store.stats().articles == 1
    assert store.stats().to_extract == 0
