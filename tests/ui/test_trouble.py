"""The reader when something is wrong with its store: it says so, and goes on."""

import asyncio
import json
from pathlib import Path

from briefing.model import ReadState
from briefing.store import Store
from briefing.stories import snapshot
from briefing.ui.app import Reader
from tests.ui.desk import MEDIUM, NARROW, WIDE, at, reader_on


async def test_marks_made_while_another_process_writes_are_all_kept(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as desk:
        ids = [row.id for row in desk.edition.stories.rows[:4]]
        with Store.open(sample) as other, other.transaction():
            other.set_starred(ids[0], False)  # holds the file
            await desk.press("m", "j", "m", "j", "m", "j", "m")
        await asyncio.wrap_future(desk.edition.library.mark_read(ids[0]))
    with Store.open(sample, read_only=True) as store:
        assert {store.story_row(i).state for i in ids} == {ReadState.READ}


async def test_a_mark_is_taken_back_though_it_was_not_written_yet(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as desk:
        story = desk.row.id
        before = desk.row.state
        with Store.open(sample) as other, other.transaction():
            other.set_starred(story, False)
            await desk.press("m", "u")
        await desk.until(lambda: "as before" in desk.status, "the undo")
    with Store.open(sample, read_only=True) as store:
        assert store.story_row(story).state is before


async def test_an_article_that_has_gone_meanwhile_is_said(sample: Path, opened: list[str]) -> None:
    async with at(reader_on(sample), WIDE) as desk:
        await desk.press("enter")
        with Store.open(sample) as other:
            for feed in other.feeds():
                other.remove_feed(feed.id)
            for row in other.starred_rows():
                other.set_starred(row.id, False)
        await desk.press("j", "j", "j", "enter", "o", "y", "escape", "escape")
        assert desk.app._exception is None
        assert any("no article" in words for words in desk.told) or opened


async def test_a_brief_in_a_hidden_pane_or_under_another_screen_is_not_seen(
    reader: Reader, hurry: object
) -> None:
    assert callable(hurry)
    async with at(reader, NARROW) as desk:
        hurry()
        await desk.press("j", "j", "slash", "escape")
        for _ in range(5):
            await desk.pilot.pause()
        assert {row.state for row in desk.edition.stories.rows} == {ReadState.UNREAD}
        await desk.press("enter")
        await desk.until(lambda: desk.row.state is ReadState.SEEN, "seen once it is shown")


async def test_what_is_new_is_told_anew_after_a_refresh(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as desk:
        story = desk.story
        assert story.changed
        with Store.open(sample) as other:  # the brief is looked at in another reader
            now = desk.edition.library.clock()
            other.mark_looked(story.id, now, json.dumps(snapshot(story.brief)))
        desk.edition.refreshed()
        await desk.pilot.pause()
        assert desk.story.changed == ()


async def test_another_theme_draws_the_feeds_anew(reader: Reader) -> None:
    async with at(reader, MEDIUM) as desk:
        await desk.press("f")
        dark = desk.view("feedlist").items[0].text.spans[0].style
        desk.app.choose_theme()
        await desk.pilot.pause()
        desk.app.theme = "paper"
        await desk.pilot.pause()
        await desk.press("escape")
        desk.app.theme = "paper"
        await desk.pilot.pause()
        assert desk.view("feedlist").items[0].text.spans[0].style != dark


async def test_lines_of_a_child_that_are_no_events_are_passed_over(reader: Reader) -> None:
    async with at(reader, WIDE) as desk:
        for line in ("5", "[1]", "not json", '{"event": "progress"}'[:-1]):
            desk.app._progress(line)
        desk.app._progress('{"event": "progress", "stage": "digest", "done": 2, "total": 9}')
        assert desk.status == "digesting 2 of 9"
