"""Hooks in the reader: what is starred or opened is given to them, and the screen never waits."""

import asyncio
import json
import os
import threading
from pathlib import Path

import pytest

from briefing.config import folders, load_settings
from briefing.refresh import HooksDone
from briefing.ui.refresh_progress import RefreshProgress
from tests.cli.test_commands import configure
from tests.local_programs import script
from tests.ui.driver import ReaderDriver, at, reader_on
from tests.ui.frozen import copy_edition


@pytest.fixture
def users_store() -> Path:
    """The frozen edition as the user's own store, which commands beside the reader find too."""
    folder = folders().data
    folder.mkdir(parents=True)
    return copy_edition(folder / "briefing.sqlite3")


async def next_line(said: Path) -> str:
    """What a hook says next; it waits until that is read."""
    return (await asyncio.to_thread(said.read_text)).strip()


def hook(folder: Path, on: str, *lines: str) -> Path:
    """Configure a hook that says what it was run for in a pipe; that pipe."""
    said = folder / "said"
    os.mkfifo(said)
    told = f'echo "$BRIEFING_EVENT $BRIEFING_KIND $BRIEFING_TITLE" >"{said}"'
    program = script(folder / "tell", told, *lines)
    configure(f'[[hooks]]\non = "{on}"\nrun = ["{program}"]\n')
    return said


async def test_what_is_starred_is_given_to_its_hooks_and_a_star_taken_away_is_not(
    users_store: Path, tmp_path: Path
) -> None:
    said = hook(tmp_path, "star")
    async with at(reader_on(users_store, load_settings())) as driver:
        headline = driver.story.brief.headline
        await driver.press("s")
        assert await next_line(said) == f"star story {headline}"
        await driver.press("s", "f", "tab")
        await driver.until(lambda: driver.rows().current is not None)
        title = driver.article.title
        await driver.press("s")
        assert await next_line(said) == f"star article {title}"


async def test_a_hook_for_pages_is_run_when_one_is_opened(
    users_store: Path, tmp_path: Path, opened: list[str]
) -> None:
    said = hook(tmp_path, "open", "echo no paper >&2", "exit 1")
    async with at(reader_on(users_store, load_settings())) as driver:
        await driver.press("o")
        assert opened
        assert await next_line(said) == f"open story {driver.story.brief.headline}"
        assert "no paper" in await told(driver)


async def test_what_is_starred_just_before_the_reader_is_quit_is_still_given_to_its_hooks(
    users_store: Path, tmp_path: Path
) -> None:
    """The next run of hooks has it, where the writing had not come to it yet."""
    hook(tmp_path, "star")
    gate = threading.Event()
    async with at(reader_on(users_store, load_settings())) as driver:
        driver.app.session._mark(lambda _store: gate.wait(60))
        try:
            await driver.press("s")
            driver.app.workers.cancel_all()  # as quitting does
            await driver.pilot.pause()
        finally:
            gate.set()
        with driver.kept() as store:
            assert store.count_calls("tell") == 1


async def told(driver: ReaderDriver) -> str:
    """Wait for a notification; its words."""
    await driver.until(lambda: driver.notifications, "a notification")
    return driver.notifications[-1]


async def test_the_demo_runs_no_hooks(users_store: Path, tmp_path: Path) -> None:
    hook(tmp_path, "star")
    async with at(reader_on(users_store, load_settings(), sample=True)) as driver:
        await driver.press("s")
        assert all(worker.group != "hooks" for worker in driver.app.workers)
        with driver.kept() as store:
            assert store.count_calls("tell") == 0


async def test_hooks_that_failed_after_a_refresh_are_told(sample: Path) -> None:
    async with at(reader_on(sample)) as driver:
        driver.app._progress = RefreshProgress()
        event = HooksDone(("hook “a”: it ended with 1: no [room",))
        driver.app._follow(json.dumps(event.to_json()))
        assert "no [room" in await told(driver)
