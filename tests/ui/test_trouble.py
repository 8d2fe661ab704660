"""The reader when something is wrong with its store: it says so, and goes on."""

import asyncio
import json
from pathlib import Path

from briefing.model import ReadState
from briefing.store import Store
from briefing.stories import snapshot
from briefing.ui.app import Reader
from briefing.ui.refresh_progress import RefreshProgress
from tests.ui.driver import MEDIUM, NARROW, WIDE, at, reader_on


async def test_marks_made_while_another_process_writes_are_all_kept(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        ids = [row.id for row in driver.edition.stories.rows[:4]]
        with Store.open(sample) as other, other.transaction():
            other.set_starred(ids[0], False)  # holds the file
            await driver.press("m", "j", "m", "j", "m", "j", "m")
        await asyncio.wrap_future(driver.edition.session.mark_read(ids[0]))
    with Store.open(sample, read_only=True) as store:
        assert {store.story_row(i).state for i in ids} == {ReadState.READ}


async def test_a_mark_is_taken_back_though_it_was_not_written_yet(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        story = driver.row.id
        before = driver.row.state
        with Store.open(sample) as other, other.transaction():
            other.set_starred(story, False)
            await driver.press("m", "u")
        await driver.until(lambda: "taken back" in driver.status, "the undo")
    with Store.open(sample, read_only=True) as store:
        assert store.story_row(story).state is before


async def test_an_article_that_has_gone_meanwhile_is_said(sample: Path, opened: list[str]) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await driver.press("enter")
        with Store.open(sample) as other:
            for feed in other.feeds():
                other.remove_feed(feed.id)
            for row in other.starred_rows():
                other.set_starred(row.id, False)
        await driver.press("j", "j", "j", "enter", "o", "y", "escape", "escape")
        assert driver.app._exception is None
        assert any("no article" in words for words in driver.notifications) or opened


async def test_a_brief_in_a_hidden_pane_or_under_another_screen_is_not_seen(
    reader: Reader, hurry: object
) -> None:
    assert callable(hurry)
    async with at(reader, NARROW) as driver:
        hurry()
        await driver.press("j", "j", "slash", "escape")
        for _ in range(5):
            await driver.pilot.pause()
        assert {row.state for row in driver.edition.stories.rows} == {ReadState.UNREAD}
        await driver.press("enter")
        await driver.until(lambda: driver.row.state is ReadState.SEEN, "seen once it is shown")


async def test_after_a_refresh_what_is_shown_stays_until_the_reader_comes_back(
    sample: Path,
) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        story = driver.story
        assert story.changed
        with Store.open(sample) as other:  # the brief is looked at in another reader
            now = driver.edition.session.clock()
            other.mark_looked(story.id, now, json.dumps(snapshot(story.brief)))
        driver.edition.refreshed()
        await driver.pilot.pause()
        assert driver.story == story
        await driver.press("j")
        await driver.until(lambda: driver.story.id != story.id, "another story")
        await driver.press("k")
        await driver.brief_of(story.id)
        assert driver.story.changed == ()


async def test_another_theme_draws_the_feeds_anew(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press("f")
        dark = driver.view("feedlist").items[0].text.spans[0].style
        driver.app.choose_theme()
        await driver.pilot.pause()
        driver.app.theme = "paper"
        await driver.pilot.pause()
        await driver.press("escape")
        driver.app.theme = "paper"
        await driver.pilot.pause()
        assert driver.view("feedlist").items[0].text.spans[0].style != dark


async def test_lines_of_a_child_that_are_no_events_are_passed_over(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        driver.app._progress = RefreshProgress()
        for line in ("5", "[1]", "not json", '{"event": "progress"}'[:-1]):
            driver.app._follow(line)
        driver.app._follow('{"event": "progress", "stage": "digest", "done": 2, "total": 9}')
        assert driver.status == "digesting 2 of 9"
