"""A letter marks a story or a sentence; another key and the letter jump there from anywhere."""

from pathlib import Path

import pytest

from briefing.config import RuleSettings, Settings
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.source_view import SourceView
from briefing.ui.targets import Spot
from briefing.ui.widgets import virtual_list
from tests.ui.driver import LEAST, WIDE, at, reader_on

SIZES = pytest.mark.parametrize("size", [LEAST, WIDE])


@SIZES
async def test_a_story_is_jumped_to_from_another_screen_and_back(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("j", "j", "b", "a")
        marked = driver.row
        assert driver.status.startswith("mark a: ")
        await driver.press("g", "f", "enter", "j")
        article = driver.article
        await driver.press("apostrophe", "a")
        assert driver.screen == "EditionScreen"
        assert (driver.row.id, driver.story.id, driver.focus) == (marked.id, marked.id, "brief")
        await driver.press("apostrophe", "apostrophe")
        assert driver.screen == "ArticleScreen"
        assert driver.app.screen.query_one(SourceView).spot.article == article.id  # type: ignore[union-attr]
        await driver.press("apostrophe", "apostrophe")
        assert driver.story.id == marked.id


async def test_the_cursor_stays_where_a_story_that_is_not_listed_is_jumped_to(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtual_list, "PAGE", 5)  # more is to be loaded
    rule = RuleSettings("no sepsis", "sepsis", ("mute",))
    async with at(reader_on(sample, Settings(rules=(rule,))), LEAST) as driver:
        session, stories = driver.app.session, driver.edition.stories
        await driver.until(lambda: session.muted_counts()[0], "the rule")
        (muted, *_) = session.muted_stories(None, 1)
        await driver.until(lambda: muted.id not in {row.id for row in stories.rows})
        assert not stories.complete
        await driver.press("j")
        row = driver.row
        driver.app.go_to(Spot(muted.headline, story=muted.id))
        await driver.pilot.pause()
        assert (driver.story.id, driver.row.id) == (muted.id, row.id)
        assert stories.complete  # it was looked for


@SIZES
async def test_a_sentence_of_an_article_is_jumped_to(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        await driver.press("enter", "enter", "j", "j", "b", "q")
        spot = driver.edition.source.spot
        assert spot is not None
        assert spot.sentence is not None
        await driver.press("escape", "escape", "j", "apostrophe", "q")
        await driver.until(lambda: driver.screen == "ArticleScreen", "the article")
        assert driver.app.screen.query_one(SourceView).spot == spot
        await driver.press("escape")
        assert driver.screen == "EditionScreen"


async def test_what_cannot_be_jumped_to_is_said_and_does_nothing_else(reader: Reader) -> None:
    async with at(reader) as driver:
        for keys, words in (
            (("apostrophe", "apostrophe"), "no jump was made yet"),
            (("apostrophe", "q"), "mark q is not set"),
            (("apostrophe", "escape"), "no jump: a mark is a letter"),
            (("b", "3"), "not marked: a mark is a letter"),
            (("b", "down"), "not marked: a mark is a letter"),
        ):
            await driver.press(*keys)
            assert driver.status == words
        assert driver.app.is_running
        assert driver.edition.stories.cursor == 0
        await driver.press("b", "q", "apostrophe")
        assert driver.status == "jump to which mark? q"
        await driver.press("q")
        assert "jump" not in driver.status  # the question goes with its answer


async def test_a_mark_on_what_has_gone_meanwhile_says_so(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "enter", "b", "x", "escape", "escape")
        with Store.open(reader.session.path) as other:
            for feed in other.feeds():
                other.remove_feed(feed.id)
        await driver.press("apostrophe", "x")
        assert driver.status.startswith("it is gone: ")
