"""Starring: ``s`` in every list and view, and the one list in which all of it is found again."""

from pathlib import Path

import pytest

from briefing.model import ArticleRow, StoryRow
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.widgets.wrapped_list import WrappedList
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on


@pytest.fixture
def reader(sample: Path) -> Reader:
    """A reader on the sample edition, in which nothing is starred."""
    with Store.open(sample) as store:
        for row in store.starred_rows():
            mark = store.set_starred if isinstance(row, StoryRow) else store.set_article_starred
            mark(row.id, False)
    return reader_on(sample)


SIZES = pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])


async def starred_list(driver: ReaderDriver) -> list[StoryRow | ArticleRow]:
    """Open the feeds view at what is starred."""
    await driver.press("f")
    feeds = driver.app.screen.query_one("#feedlist", WrappedList)
    assert feeds.move_where(lambda shelf: getattr(shelf, "starred", False))
    await driver.press("enter")
    return driver.rows().rows


def under_cursor(driver: ReaderDriver) -> StoryRow | ArticleRow:
    """The row of the list that the cursor is on."""
    row = driver.rows().current
    assert isinstance(row, StoryRow | ArticleRow)
    return row


def is_starred(driver: ReaderDriver, row: StoryRow | ArticleRow) -> bool:
    """Whether the store has the star."""
    with driver.kept() as store:
        if isinstance(row, StoryRow):
            return store.story_row(row.id).starred
        return store.article_row(row.id).starred


@SIZES
async def test_a_starred_story_is_found_again_and_read(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("j")
        story = driver.row
        await driver.press("s")
        assert is_starred(driver, story)
        rows = await starred_list(driver)
        assert [row.id for row in rows if isinstance(row, StoryRow)] == [story.id]
        assert "★" in driver.shown
        await driver.press("enter")
        assert driver.screen == "StarredStories"
        assert story.headline[:16] in driver.shown
        await driver.press("enter")  # to the first bullet's sentence, and back out all the way
        assert "›" in driver.shown
        await driver.press("escape", "escape")
        assert driver.screen == "FeedsScreen"
        assert under_cursor(driver).id == story.id
        await driver.press("escape", "escape")
        assert driver.screen == "EditionScreen"


async def test_stories_and_articles_stand_in_one_list_newest_first(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("s", "j", "s")
        await driver.press("f", "enter", "j", "s", "j", "j", "s", "escape", "escape")
        rows = await starred_list(driver)
        assert sorted(type(row).__name__ for row in rows) == ["ArticleRow"] * 2 + ["StoryRow"] * 2
        times = [row.latest if isinstance(row, StoryRow) else row.published for row in rows]
        assert times == sorted(times, reverse=True)


async def test_a_star_is_set_and_taken_away_in_each_list_of_articles(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "enter", "j")
        article = driver.article
        await driver.press("s")
        assert driver.article.starred
        assert is_starred(driver, article)
        await driver.press("s")
        assert not is_starred(driver, article)
        await driver.press("escape", "escape", "slash", *"bridge")
        await driver.until(lambda: driver.rows().rows, "the hits")
        await driver.press("down", "s")
        hit = driver.article
        assert hit.starred
        assert hit.snippet
        assert is_starred(driver, hit)


async def test_a_star_is_set_in_the_article_itself_and_shows_in_the_list(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "enter", "enter")
        assert driver.screen == "ArticleScreen"
        await driver.press("s")
        assert "article starred" in driver.said
        driver.kept().close()
        await driver.press("escape")
        assert driver.article.starred
        assert is_starred(driver, driver.article)


async def test_what_loses_its_star_stays_in_the_list_until_it_is_opened_again(
    reader: Reader,
) -> None:
    async with at(reader) as driver:
        await driver.press("s")
        await starred_list(driver)
        await driver.press("s")
        assert len(driver.rows().rows) == 1
        assert not under_cursor(driver).starred
        await driver.press("s")
        assert under_cursor(driver).starred
        await driver.press("s", "escape", "escape")
        assert await starred_list(driver) == []
        assert "Nothing is starred yet." in driver.shown


async def test_the_articles_of_a_story_are_starred_in_its_lists(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter")
        driver.edition.go("linked")
        await driver.press("enter")
        assert driver.screen == "CoverageScreen"
        target = driver.app.screen.target  # type: ignore[attr-defined]
        await driver.press("s")
        with driver.kept() as store:
            assert store.article_row(target.article_id).starred


async def test_s_on_a_feed_says_what_can_be_starred(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "s")
        assert driver.said == "go to an article to star it"


async def test_a_star_goes_to_the_story_under_the_cursor_though_its_brief_is_not_there_yet(
    reader: Reader,
) -> None:
    async with at(reader) as driver:
        first = driver.row
        await driver.pilot.press("j", "s")
        assert driver.row.id != first.id
        assert is_starred(driver, driver.row)
        assert not is_starred(driver, first)
