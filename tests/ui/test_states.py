"""The states of the reader beside a good morning: each says what is the matter, and the mend.

Each is looked at and kept as a picture, and its words are asked for besides.
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
from textual.pilot import Pilot

from briefing.model import BriefingError
from briefing.refresh import Event, FeedDone, Finished, RefreshReport, StageProgress, Started
from briefing.store import Store, reading_store
from briefing.ui.app import Reader
from tests.ui.driver import ReaderDriver, reader_on, settled
from tests.ui.frozen import NOW, copy_edition
from tests.unwritable import unwritable

Compare = Callable[..., bool]
Then = Callable[[ReaderDriver], Awaitable[Any]]
SIZES = pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
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


def showing(*words: str, keys: str = "", then: Then | None = None) -> dict[str, Any]:
    """Options for the comparison: press keys, and wait until these words stand on the screen."""

    async def prepare(pilot: Pilot[None]) -> None:
        driver = await settled(pilot)
        await driver.press(*keys)
        if then is not None:
            await then(driver)
        for each in words:
            await driver.until(partial(_is_told, driver, each), each)

    return {"run_before": prepare}


@SIZES
def test_the_first_run(snap_compare: Compare, newcomer: Reader, size: tuple[int, int]) -> None:
    options = showing("Welcome to Briefing", "everything stays on this machine")
    assert snap_compare(newcomer, terminal_size=size, **options)


@SIZES
def test_no_feeds_once_the_welcome_is_closed(
    snap_compare: Compare, newcomer: Reader, size: tuple[int, int]
) -> None:
    async def close(driver: ReaderDriver) -> None:
        await driver.press("escape")

    options = showing("No feeds yet.", "a adds one", then=close)
    assert snap_compare(newcomer, terminal_size=size, **options)


@SIZES
def test_feeds_that_were_never_fetched(
    snap_compare: Compare, empty: Path, size: tuple[int, int]
) -> None:
    options = showing("Not fetched yet.", "r fetches the feeds now.")
    assert snap_compare(reader_on(empty), terminal_size=size, **options)


@SIZES
def test_the_first_feeds_arrive(
    snap_compare: Compare, empty: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = FeedDone("Kalder Echo", "https://kalder.example/feed", 12)
    refreshes(monkeypatch, [Started(3), answered], None)
    options = showing("Fetching your feeds …", "fetching 1 of 3 feeds", keys="r")
    assert snap_compare(reader_on(empty), terminal_size=size, **options)


@SIZES
def test_nothing_new(snap_compare: Compare, empty: Path, size: tuple[int, int]) -> None:
    fetched(empty, failing=0)
    options = showing("Nothing new.", "You are up to date.", "updated 06:42")
    assert snap_compare(reader_on(empty), terminal_size=size, **options)


@SIZES
def test_a_refresh_under_way(
    snap_compare: Compare, full: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = StageProgress("digest", 12, 40)
    feed = FeedDone("Kalder Echo", "https://kalder.example/feed", 40)
    refreshes(monkeypatch, [Started(1), feed, progress], None)
    options = showing("digesting 12 of 40", keys="r")
    assert snap_compare(reader_on(full), terminal_size=size, **options)


@SIZES
@pytest.mark.parametrize("kind", ["empty", "full"])
def test_no_network(
    snap_compare: Compare,
    request: pytest.FixtureRequest,
    kind: str,
    size: tuple[int, int],
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
    options = showing(*words, keys="r", then=message_goes)
    assert snap_compare(reader_on(path), terminal_size=size, **options)


@SIZES
def test_some_feeds_fail(snap_compare: Compare, full: Path, size: tuple[int, int]) -> None:
    fetched(full, failing=2)
    options = showing("2 of 10 feeds failed · updated 06:42")
    assert snap_compare(reader_on(full), terminal_size=size, **options)


@SIZES
def test_some_feeds_fail_and_nothing_is_new(
    snap_compare: Compare, empty: Path, size: tuple[int, int]
) -> None:
    fetched(empty, failing=1)
    options = showing("Nothing new.", "1 of 3 feeds failed:", "f tells why of each,")
    assert snap_compare(reader_on(empty), terminal_size=size, **options)


@SIZES
@pytest.mark.parametrize("kind", ["empty", "full"])
def test_all_feeds_fail(
    snap_compare: Compare,
    request: pytest.FixtureRequest,
    kind: str,
    size: tuple[int, int],
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
    options = showing(*words, keys="r")
    assert snap_compare(reader_on(path), terminal_size=size, **options)


@SIZES
def test_hostile_25_a_store_that_another_program_holds(
    snap_compare: Compare, full: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
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

        options = showing("is in use by another program", then=mark)
        assert snap_compare(reader_on(full), terminal_size=size, **options)


FULL_DISK = (
    "briefing: briefing.sqlite3: the store has no room to grow: the disk is full."
    " Free some space and try again."
)


@SIZES
def test_hostile_25_a_full_disk(
    snap_compare: Compare, full: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(full, failing=0)
    refreshes(monkeypatch, [Started(3)], 3, FULL_DISK)
    options = showing("the disk is full. Free some space", "not refreshed · updated", keys="r")
    assert snap_compare(reader_on(full), terminal_size=size, **options)


@SIZES
def test_hostile_28_a_store_that_can_only_be_read(
    snap_compare: Compare, full: Path, size: tuple[int, int]
) -> None:
    with unwritable(full.absolute(), "file"):
        options = showing("marks are not kept", "cannot be written")
        assert snap_compare(reader_on(full), terminal_size=size, **options)


@pytest.mark.parametrize("size", [(39, 24), (80, 11)], ids=["39x24", "80x11"])
def test_a_terminal_that_is_too_small(
    snap_compare: Compare, full: Path, size: tuple[int, int]
) -> None:
    options = showing("Briefing needs 40 × 12")
    assert snap_compare(reader_on(full), terminal_size=size, **options)
