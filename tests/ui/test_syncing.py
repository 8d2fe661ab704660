"""A sync server in the reader: its key and its timer sync first, beside the screen, and say so."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gaierror
from threading import Event

import pytest

from briefing.cli.output import error_text
from briefing.config import RefreshSettings, Settings, SyncSettings, config_path, set_sync
from briefing.ingest.failures import connection_error
from briefing.model import SyncError, SyncHealth
from briefing.refresh import Finished, RefreshReport
from briefing.store import Store
from briefing.sync import SyncReport
from briefing.ui.app import Reader
from briefing.ui.session import ReadingSession
from briefing.ui.sync_words import behind_words, outcome_of
from tests.fake_sync_server import HTML, Call, FakeAccount, FakeSyncServer
from tests.sync.conftest import marks
from tests.sync.fake_miniflux import miniflux
from tests.ui.driver import WIDE, ReaderDriver, at, reader_on
from tests.ui.frozen import NOW


@pytest.fixture
def server() -> Iterator[FakeSyncServer]:
    """A server with a feed and three entries, whose pages cannot be had."""
    account = FakeAccount(now=datetime.now(UTC))  # the commands have no other clock
    with FakeSyncServer(miniflux("2.2.6"), account) as started:
        feed = started.account.add_feed("http://127.0.0.1:9/feed.xml", "Coast")
        for hours in (1, 2, 3):
            started.account.add_entry(feed, hours=hours)
        yield started


def in_step(server: FakeSyncServer) -> SyncSettings:
    return SyncSettings(
        kind="miniflux",
        url=server.url,
        user=server.account.user,
        password_command=("echo", server.account.password),
    )


def reader_of(path: Path, server: FakeSyncServer) -> Reader:
    """The user's own reader, on the clock that its commands have too."""
    settings = set_sync(config_path(), in_step(server))
    return Reader(ReadingSession(path, settings, lambda: datetime.now(UTC)), sample=False)


async def fetched(driver: ReaderDriver) -> None:
    """Press the key, and wait for the end of what it begins."""
    await driver.press("r")
    for worker in [w for w in driver.app.workers if w.group == "refresh"]:
        await worker.wait()
    await driver.pilot.pause()


async def test_r_brings_feeds_and_entries_of_the_server_and_takes_it_what_was_marked(
    store_path: Path, server: FakeSyncServer
) -> None:
    async with at(reader_of(store_path, server), WIDE) as driver:
        assert "Not fetched yet." in driver.shown
        await fetched(driver)
        assert driver.status == "in step: 1 feed added, 3 new articles"
        await driver.until(lambda: driver.edition.stories.rows, "the stories that it brought")

        # Marks of both sides, one while the server is down.
        await driver.press("s")
        with driver.kept() as store:
            (mark,) = store.outgoing_marks()
            starred = store.article(mark.mark.article_id).title
        server.instead = HTML
        await fetched(driver)
        assert driver.status == "not in step"
        assert "it answered a web page where Miniflux was expected" in driver.notifications[-1]
        driver.edition.hush()
        await driver.until(lambda: "not in step, 1 mark waits" in driver.status, "it in the head")
        server.instead = None
        other = next(e for e in server.account.entries.values() if e.title != starred)
        server.account.mark(other, read=True)
        await fetched(driver)
        assert driver.status == "in step: 1 mark taken, 1 mark sent"
        assert [e.title for e in server.account.entries.values() if e.starred] == [starred]
        with driver.kept() as store:
            assert marks(store)[other.title] == (True, False)
        driver.edition.hush()
        await driver.until(lambda: "not in step" not in driver.status, "a head that is quiet")


async def test_a_server_that_hangs_keeps_nobody_from_reading_and_marking(
    store_path: Path, server: FakeSyncServer
) -> None:
    reached, release = Event(), Event()

    def hang(_call: Call) -> None:
        reached.set()
        release.wait(60)

    async with at(reader_of(store_path, server), WIDE) as driver:
        await fetched(driver)
        await driver.until(lambda: driver.edition.stories.rows, "the stories that it brought")
        server.instead = hang
        try:
            await driver.press("r")
            assert await asyncio.to_thread(reached.wait, 60)
            assert driver.app.is_fetching
            driver.edition.hush()
            assert driver.status == "in touch with the sync server …"
            await driver.press("s", "question_mark")
            assert driver.screen == "HelpScreen"
            await driver.press("escape", "r")
            assert driver.status == "already fetching"
            with driver.kept() as store:
                assert store.outbox_counts() == (1, 0)
        finally:
            server.instead = None
            release.set()
        for worker in [w for w in driver.app.workers if w.group == "refresh"]:
            await worker.wait()
        # What was marked while the sync was under way went with it.
        with driver.kept() as store:
            assert store.outbox_counts() == (0, 0)
        assert sum(entry.starred for entry in server.account.entries.values()) == 1


Said = Callable[[list[str]], None]


def commands(
    monkeypatch: pytest.MonkeyPatch, code: int, *lines: str
) -> tuple[list[list[str]], Said]:
    """The commands that run beside the reader; a sync says these lines, and ends so. The other
    changes what it says."""
    asked: list[list[str]] = []
    now = list(lines)

    async def run_beside(_: Reader, words: list[str], on_line: Callable[[str], None]) -> int:
        asked.append(words)
        if words[0] == "refresh":
            on_line(json.dumps(Finished(RefreshReport()).to_json()))  # nothing was due
            return 0
        for line in now:
            on_line(line)
        return code

    def says(lines: list[str]) -> None:
        now[:] = lines

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    return asked, says


def said(report: SyncReport) -> list[str]:
    """The lines of the command, as they are read."""
    text = json.dumps({"version": 1, **report.to_json()}, indent=2)
    return [line.strip() for line in text.splitlines()]


STEP = Settings(sync=SyncSettings(kind="miniflux", url="http://127.0.0.1:9"))
SYNC, REFRESH = ["sync", "now", "--format", "json"], ["refresh", "--events", "--low-priority"]


async def test_the_timer_syncs_first_too_and_is_silent_where_nothing_is_new(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, says = commands(monkeypatch, 0, *said(SyncReport("127.0.0.1")))
    settings = Settings(sync=STEP.sync, refresh=RefreshSettings(every=60))
    async with at(reader_on(store_path, settings), WIDE) as driver:
        await driver.until(lambda: len(asked) == 2, "both commands")
        assert asked == [SYNC, REFRESH]
        await driver.until(lambda: not driver.app.is_fetching, "their end")
        assert "in step" not in driver.status
        says(said(SyncReport("127.0.0.1", applied=2)))
        driver.app.fetch_by_itself()
        await driver.until(lambda: driver.status == "in step: 2 marks taken", "what is new")


async def test_what_fails_again_and_again_is_a_message_once(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = "briefing: reader.example: it asked to be left alone for 3600 s more."
    asked, says = commands(monkeypatch, 3, "a warning", problem)
    settings = Settings(sync=STEP.sync, refresh=RefreshSettings(every=60))
    async with at(reader_on(store_path, settings), WIDE) as driver:
        await driver.until(lambda: len(asked) == 2, "the first try")
        says([problem.replace("3600", "60")])
        driver.app.fetch_by_itself()
        await driver.until(lambda: len(asked) == 4, "the second")
        await driver.until(lambda: not driver.app.is_fetching, "its end")
        assert driver.notifications == [problem.removeprefix("briefing: ")]
        driver.edition.hush()
        await driver.until(lambda: driver.status.startswith("not in step"), "it in the head")


async def test_without_a_network_no_message_stands_in_the_way(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = connection_error("https://reader.example", gaierror(-3, "no name"), lambda: False)
    commands(monkeypatch, 3, f"briefing: {error_text(error)}")
    async with at(reader_on(store_path, STEP), WIDE) as driver:
        await fetched(driver)
        assert driver.status == "not in step"
        assert driver.notifications == []


async def test_one_feed_alone_is_fetched_without_a_sync_and_without_a_server_nothing_changes(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(store_path) as store:
        feed = store.add_feed("http://127.0.0.1:9/feed.xml", "Coast Courier")
    asked, _ = commands(monkeypatch, 0)
    async with at(reader_on(store_path, STEP), WIDE) as driver:
        await driver.app.refresh_feed(feed)
        assert asked == [[*REFRESH, f"--feed={feed.url}"]]
    asked.clear()
    async with at(reader_on(store_path), WIDE) as driver:
        await fetched(driver)
        assert asked == [[*REFRESH, "--manual"]]
        assert "nothing is due" in driver.status


@pytest.mark.parametrize(
    ("code", "lines", "words", "problem"),
    [
        (0, said(SyncReport("a")), "in step: nothing new", ""),
        (0, ["warning: x", *said(SyncReport("a", sent=1)), "In step"], "in step: 1 mark sent", ""),
        (1, said(SyncReport("a", sent=2, problem=SyncError("it hung up", "a"))),
         "not in step · 2 marks sent", "a: it hung up"),
        (3, ["briefing: a: it hung up."], "not in step", "a: it hung up."),
        (3, ["briefing: sync: another sync of this store is at work. Try again."],
         "another sync is at work", ""),
        (-9, [], "not in step", "The sync failed; `briefing sync -v` tells more."),
        (1, ["{", "]", "}"], "not in step", "The sync failed; `briefing sync -v` tells more."),
        (0, ["{", '"notes": 3', "}"], "in step: nothing new", ""),
    ],
)  # fmt: skip
def test_what_a_sync_said_in_few_words(
    code: int, lines: list[str], words: str, problem: str
) -> None:
    outcome = outcome_of(code, lines)
    assert (outcome.words, outcome.problem) == (words, problem)


@pytest.mark.parametrize(
    ("health", "failed", "words"),
    [
        (None, True, ""),
        (SyncHealth(waiting=3), False, ""),
        (SyncHealth("it is down", 1), False, "not in step, 1 mark waits"),
        (SyncHealth("it is down"), True, "not in step"),
        (SyncHealth(waiting=2), True, "not in step, 2 marks wait"),
        (SyncHealth(synced_at=NOW - timedelta(hours=1)), True, "not in step"),
        # Another process has done it since.
        (SyncHealth(synced_at=NOW + timedelta(hours=1)), True, ""),
        (SyncHealth("it is down", 0, NOW), False, "not in step"),
    ],
)
def test_the_head_says_what_waits_until_a_sync_goes_well_whoever_does_it(
    health: SyncHealth | None, failed: bool, words: str
) -> None:
    assert behind_words(health, NOW if failed else None) == words
