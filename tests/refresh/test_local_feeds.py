"""Feeds by programs and files in a refresh: as polite, as bounded and as honest as others."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.refresh import Event, FeedDone
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, Item, article_page, rss
from tests.local_programs import Lifeline, feed_script, runs, script
from tests.refresh.conftest import Clock, bridge_item, run
from tests.refresh.test_interruption import _PROGRAM


@pytest.fixture
def program(tmp_path: Path) -> str:
    return feed_script(tmp_path / "bridge-feed", rss("Bridge Watch", [bridge_item(1)]))


def test_a_programs_feed_is_kept_and_what_it_writes_again_is_unchanged(
    store: Store, clock: Clock, program: str
) -> None:
    store.add_feed(f"exec:{program}")
    events: list[Event] = []
    assert run(store, clock, jobs=1).new_articles == 1
    (feed,) = store.feeds()
    assert (feed.title, feed.site_url) == ("Bridge Watch", "https://courier.example/")
    clock.pass_by(hours=2)
    report = run(store, clock, jobs=1, on_event=events.append)
    assert (report.fetched, report.new_articles) == (1, 0)
    assert [e.not_modified for e in events if isinstance(e, FeedDone)] == [True]
    assert runs(program) == 2


def test_a_program_runs_no_oftener_than_its_interval_but_by_name(
    store: Store, clock: Clock, program: str, tmp_path: Path
) -> None:
    feed = store.add_feed(f"exec:{program}")
    plain = store.add_feed((tmp_path / "bridge-feed.xml").as_uri())
    run(store, clock, jobs=1)
    clock.pass_by(minutes=10)
    fetched: list[Event] = []
    run(store, clock, jobs=1, manual=True, on_event=fetched.append)
    assert [e.url for e in fetched if isinstance(e, FeedDone)] == [plain.url]
    assert runs(program) == 1
    run(store, clock, jobs=1, feeds=(feed,))
    assert runs(program) == 2
    clock.pass_by(hours=1)
    run(store, clock, jobs=1, manual=True)
    assert runs(program) == 3


def test_a_program_that_fails_is_a_failed_feed_with_its_words_and_the_others_go_on(
    store: Store, clock: Clock, program: str, tmp_path: Path
) -> None:
    broken = script(tmp_path / "broken", "echo the sensor is wet >&2", "exit 4")
    store.add_feed(f"exec:{broken}", "Broken")
    store.add_feed(f"exec:{program}")
    report = run(store, clock, jobs=1)
    assert (report.fetched, report.offline) == (1, False)
    ((name, _, error),) = report.failures
    assert (name, error.what) == (
        "Broken",
        f"the program {broken} ended with code 4: the sensor is wet",
    )
    failed = next(feed for feed in store.feeds() if feed.title == "Broken")
    assert failed.failures == 1
    assert "Try it in a terminal" in (failed.error or "")


def test_a_program_and_a_file_are_read_where_there_is_no_network(
    store: Store, clock: Clock, program: str, tmp_path: Path
) -> None:
    store.add_feed(f"exec:{program}")
    store.add_feed((tmp_path / "bridge-feed.xml").as_uri())
    assert run(store, clock, jobs=1).fetched == 2


def test_articles_of_a_programs_feed_bring_no_page_of_a_private_network(
    store: Store, clock: Clock, room: Newsroom, tmp_path: Path
) -> None:
    """The user has typed the program and not the addresses that its feed holds."""
    page = room.put("/private.html", article_page("Bridge", BRIDGE))
    item = Item("Bridge", page, summary="<p>The bridge is closed.</p>", published=clock())
    body = rss("Bridge Watch", [item])
    store.add_feed(f"exec:{feed_script(tmp_path / 'p', body)}")
    run(store, clock, jobs=1)
    assert room.count("/private.html") == 0
    # A filter has a server of its own, which is the one that the user has typed.
    filtered = script(tmp_path / "f", f"cat '{tmp_path}/p.xml'")
    store.add_feed(f"filter:{filtered}:{room.feed('/f.xml', body)}")
    run(store, clock, jobs=1)
    assert room.count("/private.html") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_that_is_waited_for(
    store: Store, tmp_path: Path, number: signal.Signals
) -> None:
    refreshing = tmp_path / "program.py"
    refreshing.write_text(_PROGRAM)
    with Lifeline(tmp_path / "pipe") as line:
        waiting = script(tmp_path / "a", line.hold, "sleep 600 &", line.tell, "wait")
        store.add_feed(f"exec:{waiting}")
        process = subprocess.Popen(
            [sys.executable, str(refreshing), str(store.path)], stderr=subprocess.PIPE, text=True
        )
        line.assert_started()
        process.send_signal(number)
        _, errors = process.communicate(timeout=120)
        assert errors.strip().endswith("KeyboardInterrupt")
        line.assert_ended()
    assert store.check() == ()
