"""The states of the reader beside a good morning: each says what is the matter, and the mend.

Each is kept as snapshots, and its words are asked for besides.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from briefing.model import BriefingError
from briefing.refresh import Event, FeedDone, Finished, RefreshReport, StageProgress, Started
from briefing.store import Store, reading_store
from briefing.ui.app import Reader
from tests.ui.driver import MEDIUM, ReaderDriver, at, reader_on
from tests.ui.frozen import NOW, copy_edition
from tests.ui.snapshots import SIZES, assert_looks_as_ever
from tests.unwritable import unwritable

Then = Callable[[ReaderDriver], Awaitable[Any]]
STORE = Path("briefing.sqlite3")  # below the test's own folder: its name is seen in messages
GONE = BriefingError("the server refused the connection", "", "Is the address right?")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's folder is the one that the reader stands in; messages stay."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Reader, "NOTIFICATION_TIMEOUT", 3600)


@pytest.fixture
def empty() -> Path:
    """A store with three feeds and no article."""
    with Store.open(STORE) as store:
        for name in ("Coast Courier", "Kalder Echo", "Tidewire"):
            store.add_feed(f"https://{name.split()[0].lower()}.example/feed", name)
    return STORE


@pytest.fixture
def full() -> Path:
    """The frozen edition, brought up to date."""
    Store.open(copy_edition(STORE)).close()
    return STORE


def fetched(path: Path, failing: int) -> None:
    """All feeds were fetched twenty minutes ago; so many of them failed since."""
    with Store.open(path) as store:
        for number, feed in enumerate(store.feeds()):
            for minutes, error in ((20, None), (2, GONE.what)):
                if error is None or number < failing:
                    at = NOW - timedelta(minutes=minutes)
                    store.record_fetch(
                        feed.id,
                        fetched_at=at,
                        next_fetch_at=at + timedelta(hours=1),
                        error=error,
                        failures=int(error is not None),
                    )


def refreshes(
    monkeypatch: pytest.MonkeyPatch,
    events: Sequence[Event],
    code: int | None,
    said: str = "",
) -> None:
    """A refresh beside the reader tells these events and this line, and ends with ``code``; it
    goes on where that is None."""

    async def run_beside(_: Reader, words: list[str], on_line: Callable[[str], None]) -> int:
        assert words[0] == "refresh"
        for event in events:
            on_line(json.dumps(event.to_json()))
        if said:
            on_line(said)
        if code is None:
            await asyncio.Event().wait()
        return code or 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)


def _is_told(driver: ReaderDriver, words: str) -> bool:
    """Whether words stand in a line, or in a message, which may break them."""
    return any(words in " ".join(text.split()) for text in (driver.shown, *driver.notifications))


async def assert_looks(
    app: Reader,
    snapshot: SnapshotAssertion,
    *words: str,
    keys: str = "",
    then: Then | None = None,
    sizes: tuple[tuple[int, int], ...] = SIZES,
) -> None:
    """Press keys, wait until these words stand on the screen, and compare it with its snapshots."""
    async with at(app, MEDIUM if sizes is SIZES else sizes[0]) as driver:
        await driver.press(*keys)
        if then is not None:
            await then(driver)
        for each in words:
            await driver.until(partial(_is_told, driver, each), each)
        await assert_looks_as_ever(driver, snapshot, sizes)


async def test_the_first_run(snapshot: SnapshotAssertion, newcomer: Reader) -> None:
    await assert_looks(
        newcomer, snapshot, "Welcome to Briefing", "everything stays on this machine"
    )


async def test_no_feeds_once_the_welcome_is_closed(
    snapshot: SnapshotAssertion, newcomer: Reader
) -> None:
    async def close(driver: ReaderDriver) -> None:
        await driver.press("escape")

    await assert_looks(newcomer, snapshot, "No feeds yet.", "a adds one", then=close)


async def test_feeds_that_were_never_fetched(snapshot: SnapshotAssertion, empty: Path) -> None:
    await assert_looks(reader_on(empty), snapshot, "Not fetched yet.", "r fetches the feeds now.")


async def test_the_first_feeds_arrive(
    snapshot: SnapshotAssertion, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = FeedDone("Kalder Echo", "https://kalder.example/feed", 12)
    refreshes(monkeypatch, [Started(3), answered], None)
    await assert_looks(
        reader_on(empty), snapshot, "Fetching your feeds …", "fetching 1 of 3 feeds", keys="r"
    )


async def test_nothing_new(snapshot: SnapshotAssertion, empty: Path) -> None:
    fetched(empty, failing=0)
    await assert_looks(
        reader_on(empty), snapshot, "Nothing new.", "You are up to date.", "updated 06:42"
    )


async def test_a_refresh_under_way(
    snapshot: SnapshotAssertion, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = StageProgress("digest", 12, 40)
    feed = FeedDone("Kalder Echo", "https://kalder.example/feed", 40)
    refreshes(monkeypatch, [Started(1), feed, progress], None)
    await assert_looks(reader_on(full), snapshot, "digesting 12 of 40", keys="r")


@pytest.mark.parametrize("kind", ["empty", "full"])
async def test_no_network(
    snapshot: SnapshotAssertion,
    request: pytest.FixtureRequest,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path: Path = request.getfixturevalue(kind)
    fetched(path, failing=0)
    report = RefreshReport(feeds=3, offline=True)
    refreshes(monkeypatch, [Started(3), Finished(report)], 3, "briefing: refresh: no network")

    async def message_goes(driver: ReaderDriver) -> None:
        said = "no network: the briefing is what was last fetched"
        await driver.until(lambda: driver.status == said, said)
        driver.edition._message.stop()
        driver.edition._write_foot("")

    words = ["no network · updated 06:42"]
    if kind == "empty":
        words += ["No network:", "nothing new was fetched.", "r tries again,"]
    await assert_looks(reader_on(path), snapshot, *words, keys="r", then=message_goes)


async def test_some_feeds_fail(snapshot: SnapshotAssertion, full: Path) -> None:
    fetched(full, failing=2)
    await assert_looks(reader_on(full), snapshot, "2 of 10 feeds failed · updated 06:42")


async def test_some_feeds_fail_and_nothing_is_new(snapshot: SnapshotAssertion, empty: Path) -> None:
    fetched(empty, failing=1)
    await assert_looks(
        reader_on(empty), snapshot, "Nothing new.", "1 of 3 feeds failed:", "f tells why of each,"
    )


@pytest.mark.parametrize("kind", ["empty", "full"])
async def test_all_feeds_fail(
    snapshot: SnapshotAssertion,
    request: pytest.FixtureRequest,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path: Path = request.getfixturevalue(kind)
    with Store.open(path) as store:
        feeds = store.feeds()
    fetched(path, failing=len(feeds))
    report = RefreshReport(
        feeds=len(feeds), failures=tuple((feed.display_name, feed.url, GONE) for feed in feeds)
    )
    refreshes(monkeypatch, [Started(len(feeds)), Finished(report)], 1)
    words = [f"none of {len(feeds)} feeds could be fetched · f tells why"]
    if kind == "empty":
        words += ["None of 3 feeds", "could be fetched.", "f tells why of each,"]
    await assert_looks(reader_on(path), snapshot, *words, keys="r")


async def test_hostile_25_a_store_that_another_program_holds(
    snapshot: SnapshotAssertion, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_store, "BUSY_SECONDS", 0.05)
    with ExitStack() as held:

        async def mark(driver: ReaderDriver) -> None:
            other = held.enter_context(Store.open(full))
            held.enter_context(other.transaction())
            other.set_starred(driver.row.id, False)
            await driver.press("m")
            await driver.until(lambda: driver.notifications, "the problem")
            assert driver.row.state.value == "unread"  # what is shown is what is kept
            assert driver.status == "not kept"

        await assert_looks(reader_on(full), snapshot, "is in use by another program", then=mark)


FULL_DISK = (
    "briefing: briefing.sqlite3: the store has no room to grow: the disk is full."
    " Free some space and try again."
)


async def test_hostile_25_a_full_disk(
    snapshot: SnapshotAssertion, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(full, failing=0)
    refreshes(monkeypatch, [Started(3)], 3, FULL_DISK)
    await assert_looks(
        reader_on(full),
        snapshot,
        "the disk is full. Free some space",
        "not refreshed · updated",
        keys="r",
    )


async def test_hostile_28_a_store_that_can_only_be_read(
    snapshot: SnapshotAssertion, full: Path, tmp_path: Path
) -> None:
    with unwritable(tmp_path / full, "file"):
        await assert_looks(reader_on(full), snapshot, "marks are not kept", "cannot be written")


async def test_a_terminal_that_is_too_small(snapshot: SnapshotAssertion, full: Path) -> None:
    too_small = ((39, 24), (80, 11))
    await assert_looks(reader_on(full), snapshot, "Briefing needs 40 × 12", sizes=too_small)
