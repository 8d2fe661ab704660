"""The five-minute path: from the first unread story to the line, with one key."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import EditionSettings, Settings
from briefing.ui.app import Reader
from briefing.ui.screens.edition import EditionScreen
from briefing.ui.widgets.virtual_list import VirtualList
from tests.ui.driver import LEAST, ReaderDriver, at, reader_on
from tests.ui.edition_stories import FIRST, SHORTEST

THREE = Settings(edition=EditionSettings(minutes=1))  # three stories stand above the line


async def through(driver: ReaderDriver, story_id: str) -> None:
    """Press space until the story is left."""
    for _ in range(60):
        await driver.press("space")
        if driver.story.id != story_id or driver.status.startswith("You are up to date"):
            return
    raise AssertionError(driver.shown)


async def test_it_opens_on_the_first_unread_story(sample: Path) -> None:
    async with at(reader_on(sample)) as driver:
        rows = list(driver.edition.stories.rows)
        await driver.press("m", "j", "m")
    async with at(reader_on(sample)) as driver:
        assert driver.row.id == rows[2].id == driver.story.id
        assert driver.focus == "stories"


async def test_where_all_above_the_line_is_read_it_opens_at_the_top(sample: Path) -> None:
    async with at(reader_on(sample, THREE)) as driver:
        await driver.press("m", "j", "m", "j", "m")
        driver.state(driver.row.id)
    async with at(reader_on(sample, THREE)) as driver:
        assert driver.row.id == FIRST


async def test_space_walks_the_bullets_and_then_the_next_unread_story(reader: Reader) -> None:
    async with at(reader) as driver:
        rows = list(driver.edition.stories.rows)
        await driver.press("j", "m", "k", "space")
        assert driver.focus == "brief"
        stops, walked = driver.edition.brief._stops, []
        while driver.story.id == FIRST:
            walked.append(driver.edition.brief.cursor)
            assert driver.row.state != "read"
            await driver.press("space")
        assert list(dict.fromkeys(walked)) == stops
        assert (driver.state(FIRST), driver.story.id) == ("read", rows[2].id)
        assert driver.focus == "brief"
        assert driver.edition.brief.cursor == driver.edition.brief._stops[0]


async def test_every_line_of_a_long_bullet_is_walked(reader: Reader) -> None:
    async with at(reader, LEAST) as driver:
        await driver.press("space")
        brief, seen = driver.edition.brief, set[int]()
        first = brief._wrapped_items[brief._stops[0]].first
        while driver.story.id == FIRST:
            top = brief.scroll_offset.y
            seen |= set(range(top, top + brief.size.height))
            await driver.press("space")
        assert seen == set(range(min(seen), max(seen) + 1))
        assert min(seen) <= first


async def test_the_path_ends_at_the_line_and_goes_on_below_it_when_asked(sample: Path) -> None:
    async with at(reader_on(sample, THREE)) as driver:
        rows = list(driver.edition.stories.rows)
        above, below = rows[:3], rows[3:]
        await driver.press("space")
        for row in above:
            assert driver.story.id == row.id
            await through(driver, row.id)
        now = driver.edition.now
        assert driver.status == (
            f"You are up to date · {now:%H:%M} · {len(below)} more below the line"
        )
        assert driver.story.id == above[-1].id
        assert {driver.state(row.id) for row in above} == {"read"}
        assert {driver.state(row.id) for row in below} == {"unread"}
        await driver.press("space")
        assert driver.story.id == below[0].id


async def test_n_stops_at_the_line_too(sample: Path) -> None:
    async with at(reader_on(sample, THREE)) as driver:
        await driver.press("n", "n")
        for row in driver.edition.stories.rows[:2]:
            driver.edition.session.mark_read(row.id).result()
        await driver.press("n")
        assert driver.status.startswith("You are up to date")
        await driver.press("n")
        assert driver.edition.stories.cursor == 3


async def test_a_held_key_never_reads_what_was_not_shown(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.on(SHORTEST)
        await driver.press("space")
        for _ in driver.edition.brief._stops[1:]:
            await driver.press("space")
        assert driver.state(SHORTEST) == "unread"


async def test_in_other_panes_and_screens_space_goes_down_a_page(reader: Reader) -> None:
    async with at(reader, LEAST) as driver:
        await driver.press("enter", "enter")
        top = driver.view("source").scroll_offset.y
        await driver.press("space")
        assert driver.view("source").scroll_offset.y > top
        await driver.press("f", "tab")
        await driver.press("space")
        assert driver.rows().cursor > 0


async def test_n_is_seen_in_the_list_before_the_panes_are_filled(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fill, paint = EditionScreen.fill, EditionScreen._compositor_refresh

    def filled(screen: EditionScreen, *, keep: bool = False) -> None:
        happened.append("filled")
        fill(screen, keep=keep)

    def painted(screen: EditionScreen) -> None:
        happened.append("painted")
        paint(screen)

    async with at(reader) as driver:
        monkeypatch.setattr(EditionScreen, "fill", filled)
        monkeypatch.setattr(EditionScreen, "_compositor_refresh", painted)
        before = driver.story.id
        await driver.press("n")
        await driver.until(lambda: driver.story.id == driver.row.id != before, "the story")
        assert happened[:2] == ["painted", "filled"]


async def test_a_key_that_comes_before_the_panes_works_on_the_story_that_n_went_to(
    reader: Reader,
) -> None:
    async with at(reader) as driver:
        before = driver.story.id
        driver.edition.action_act("next-unread")
        row = driver.row
        assert row.id != before
        driver.edition.action_act("star")
        assert driver.row == replace(row, starred=not row.starred)
        assert driver.story.id == row.id


async def test_a_key_before_n_does_not_delay_the_panes_of_the_story_that_n_went_to(
    reader: Reader,
) -> None:
    """Its message may come after ``n`` was pressed, where keys are faster than the loop."""
    async with at(reader) as driver:
        edition, stories = driver.edition, driver.edition.stories
        before, after = stories.rows[1:3]
        stories.move_to(2)
        edition.show_after_paint(after.id)
        edition.on_virtual_list_moved(VirtualList.Moved(stories, before))
        edition.action_act("top")
        assert driver.story.id == after.id
