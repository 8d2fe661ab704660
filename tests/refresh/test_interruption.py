"""A refresh may be stopped at any moment: what is complete is kept, the next one does the rest."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.config import Settings
from briefing.refresh import Event, FeedDone, RefreshOptions, StageProgress, refresh
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, Item, article_page, rss
from tests.refresh.conftest import Clock, bridge_item, dump, run

COUNT = 9


def one_feed(room: Newsroom, store: Store) -> None:
    items = [bridge_item(n, link=f"https://outlet.example/{n}") for n in range(COUNT)]
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")


class Stop:
    """Stops the refresh at the first event of a kind."""

    def __init__(self, kind: type[Event], stage: str = "") -> None:
        self.kind, self.stage = kind, stage

    def __call__(self, event: Event) -> None:
        if isinstance(event, self.kind) and getattr(event, "stage", "") == self.stage:
            raise KeyboardInterrupt


@pytest.mark.parametrize(
    "stop",
    [
        Stop(FeedDone),
        Stop(StageProgress, "extract"),
        Stop(StageProgress, "digest"),
        Stop(StageProgress, "link"),
    ],
    ids=["fetch", "extract", "digest", "link"],
)
def test_the_next_refresh_finishes_what_was_stopped(
    room: Newsroom, store: Store, clock: Clock, tmp_path: Path, stop: Stop
) -> None:
    with Store.open(tmp_path / "whole.sqlite3") as whole:
        one_feed(room, whole)
        run(whole, clock, jobs=2)
        expected = dump(whole.path)
    one_feed(room, store)
    with pytest.raises(KeyboardInterrupt):
        run(store, clock, jobs=2, on_event=stop)
    assert store.check() == ()
    assert run(store, clock, jobs=2).feeds == 0  # what was fetched is not fetched again
    assert room.count("/1.xml") == 2
    assert dump(store.path) == expected


_PROGRAM = """
import signal
import sys
from pathlib import Path
from briefing.config import Settings
from briefing.refresh import RefreshOptions, refresh
from briefing.store import Store
if __name__ == "__main__":
    # A test run in the background of a shell hands down that SIGINT is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with Store.open(Path(sys.argv[1])) as store:
        refresh(store, Settings(), RefreshOptions(jobs=2, low_priority=True))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_polite_34_a_signal_stops_it_while_a_page_keeps_it_waiting(
    room: Newsroom, store: Store, tmp_path: Path, number: signal.Signals
) -> None:
    page = room.put("/slow.html", article_page("Bridge", BRIDGE))
    items = [bridge_item(n, link=f"https://outlet.example/{n}") for n in range(COUNT)]
    items.append(Item("Slow page", page, summary="<p>The bridge is closed.</p>"))
    store.add_feed(room.feed("/1.xml", rss("Outlet", items)), "Outlet")
    hold = room.hold("/slow.html")
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM)
    process = subprocess.Popen(
        [sys.executable, str(program), str(store.path)], stderr=subprocess.PIPE, text=True
    )
    assert hold.arrived.wait(60)
    process.send_signal(number)
    # The page is never answered. One that waited for it would go on without it and end well.
    _, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    if number != signal.SIGKILL:
        assert errors.strip().endswith("KeyboardInterrupt")
    assert store.check() == ()
    room.mend("/slow.html")
    report = refresh(store, Settings(), RefreshOptions(feeds=()))
    assert report.feeds == 0
    assert store.stats().articles == COUNT + 1
    assert store.stats().to_extract == store.stats().to_digest == store.stats().to_link == 0
