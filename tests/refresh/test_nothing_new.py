"""A refresh that brings nothing new costs little: it fetches, and looks whether anything waits."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.digest.version import PROGRAM, produced_by, seem_current
from briefing.refresh import Told
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, rss
from tests.refresh.conftest import Clock, bridge_item, run

HEAVY = ("briefing.stories", "briefing.digest.pipeline", "briefing.refresh.linking", "feedparser")
FEEDS = 5  # more than are parsed in the process itself


@pytest.fixture
def read(room: Newsroom, store: Store, clock: Clock) -> Store:
    """A store whose feeds were all fetched and read; they are due again."""
    for number in range(FEEDS):
        item = bridge_item(number, published=MORNING - timedelta(hours=number + 1))
        store.add_feed(room.feed(f"/{number}.xml", rss("Outlet", [item])))
    run(store, clock)
    clock.pass_by(hours=2)
    return store


def test_nothing_of_digests_and_stories_is_imported_and_no_process_started(
    read: Store, tmp_path: Path, clock: Clock
) -> None:
    code = (
        "import sys, multiprocessing.process as p\n"
        "from datetime import datetime\n"
        "from pathlib import Path\n"
        "from briefing.config import Settings\n"
        "from briefing.refresh import refresh\n"
        "from briefing.store import Store\n"
        "now = datetime.fromisoformat(sys.argv[2])\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    report = refresh(store, Settings(), now=lambda: now)\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "from multiprocessing import resource_tracker\n"
        "print(report.fetched, loaded, resource_tracker._resource_tracker._fd)\n"
    )
    command = [sys.executable, "-c", code, str(read.path), clock().isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == f"{FEEDS} [] None"


def test_what_an_earlier_refresh_left_is_read(read: Store, clock: Clock) -> None:
    read._run("UPDATE article SET pending = 'digest'")
    told: list[object] = []
    assert run(read, clock, on_event=told.append).digested == FEEDS
    assert any(isinstance(event, Told) for event in told)


def test_what_is_to_be_tried_later_is_no_work_yet(read: Store, clock: Clock) -> None:
    read._run("UPDATE article SET pending = 'extract'")
    read._run("INSERT INTO entry SELECT id, '{}' FROM article")
    assert read.has_work(clock())
    later = int((clock() + timedelta(minutes=5)).timestamp())
    read._run("UPDATE article SET retry_at = ?", (later,))
    assert not read.has_work(clock())
    clock.pass_by(minutes=5)
    assert read.has_work(clock())


def test_makers_are_current_where_all_are_of_this_program_with_one_data() -> None:
    quick = produced_by(quick=True)
    assert seem_current([])
    assert seem_current([produced_by(), quick, "digest-99+abc"])
    assert not seem_current([quick, f"digest-{PROGRAM - 1}+abc"])
    assert not seem_current([quick, f"digest-{PROGRAM}+other"])
    assert not seem_current([""])
