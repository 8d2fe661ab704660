"""Starring: ``s`` in every list and view, and the one list in which all of it is found again."""

from pathlib import Path

import pytest

from briefing.model import ArticleRow, StoryRow
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.widgets.items import ItemsView
from tests.ui.desk import LEAST, MEDIUM, NARROW, WIDE, Desk, at, reader_on


@pytest.fixture
def reader(sample: Path) -> Reader:
    """A reader on the sample edition, in which nothing is starred."""
    with Store.open(sample) as store:
        for row in store.starred_rows():
            mark = store.set_starred if isinstance(row, StoryRow) else store.set_article_starred
            mark(row.id, False)
    return reader_on(sample)


SIZES = pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])


async def starred_list(desk: Desk) -> list[StoryRow | ArticleRow]:
    """Open the feeds view at what is starred."""
    await desk.press("f")
    feeds = desk.app.screen.query_one("#feedlist", ItemsView)
    assert feeds.move_where(lambda shelf: getattr(shelf, "starred", False))
    await desk.press("enter")
    return desk.rows().rows


def under_cursor(desk: Desk) -> StoryRow | ArticleRow:
    """The row of the list that the cursor is on."""
    row = desk.rows().current
    assert isinstance(row, StoryRow | ArticleRow)
    return row


def is_starred(desk: Desk, row: StoryRow | ArticleRow) -> bool:
    """Whether the store has the star."""
    with desk.kept() as store:
        if isinstance(row, StoryRow):
            return store.story_row(row.id).starred
        return store.article_row(row.id).starred


@SIZES
async def test_a_starred_story_is_found_again_and_read(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as desk:
        await desk.press("j")
        story = desk.row
        await desk.press("s")
        assert is_starred(desk, story)
        rows = await starred_list(desk)
        assert [row.id for row in rows if isinstance(row, StoryRow)] == [story.id]
        assert "★" in desk.shown
        await desk.press("enter")
        assert desk.screen == "StarredStories"
        assert story.headline[:16] in desk.shown
        await desk.press("enter")  # to the first bullet's sentence, and back out all the way
        assert "›" in desk.shown
        await desk.press("escape", "escape")
        assert desk.screen == "Feeds"
        assert under_cursor(desk).id == story.id
        await desk.press("escape", "escape")
        assert desk.screen == "EditionScreen"


async def test_stories_and_articles_stand_in_one_list_newest_first(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("s", "j", "s")
        await desk.press("f", "enter", "j", "s", "j", "j", "s", "escape", "escape")
        rows = await starred_list(desk)
        assert sorted(type(row).__name__ for row in rows) == ["ArticleRow"] * 2 + ["StoryRow"] * 2
        times = [row.latest if isinstance(row, StoryRow) else row.published for row in rows]
        assert times == sorted(times, reverse=True)


async def test_a_star_is_set_and_taken_away_in_each_list_of_articles(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("f", "enter", "j")
        article = desk.article
        await desk.press("s")
        assert desk.article.starred
        assert is_starred(desk, article)
        await desk.press("s")
        assert not is_starred(desk, article)
        await desk.press("escape", "escape", "slash", *"bridge")
        await desk.until(lambda: desk.rows().rows, "the hits")
        await desk.press("down", "s")
        hit = desk.article
        assert hit.starred
        assert hit.snippet
        assert is_starred(desk, hit)


async def test_a_star_is_set_in_the_article_itself_and_shows_in_the_list(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("f", "enter", "enter")
        assert desk.screen == "Reading"
        await desk.press("s")
        assert "Starred." in desk.told
        desk.kept().close()
        await desk.press("escape")
        assert desk.article.starred
        assert is_starred(desk, desk.article)


async def test_what_loses_its_star_stays_in_the_list_until_it_is_opened_again(
    reader: Reader,
) -> None:
    async with at(reader) as desk:
        await desk.press("s")
        await starred_list(desk)
        await desk.press("s")
        assert len(desk.rows().rows) == 1
        assert not under_cursor(desk).starred
        await desk.press("s")
        assert under_cursor(desk).starred
        await desk.press("s", "escape", "escape")
        assert await starred_list(desk) == []
        assert "Nothing is starred yet." in desk.shown


async def test_the_articles_of_a_story_are_starred_in_its_lists(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("enter")
        desk.edition.go("linked")
        await desk.press("enter")
        assert desk.screen == "CoverageScreen"
        target = desk.app.screen.target  # type: ignore[attr-defined]
        await desk.press("s")
        with desk.kept() as store:
            assert store.article_row(target.article_id).starred


async def test_s_on_a_feed_says_what_can_be_starred(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("f", "s")
        assert desk.told == ["Go to an article to star it."]


async def test_a_star_goes_to_the_story_under_the_cursor_though_its_brief_is_not_there_yet(
    reader: Reader,
) -> None:
    async with at(reader) as desk:
        first = desk.row
        await desk.pilot.press("j", "s")
        assert desk.row.id != first.id
        assert is_starred(desk, desk.row)
        assert not is_starred(desk, first)
