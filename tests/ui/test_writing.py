"""Tags, notes, read later and hidden outlets: written by a key, shown at once, taken back by u."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from briefing.model.tags import Tag
from briefing.ui.app import Reader
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.wrapped_list import WrappedList
from tests.ui.driver import LEAST, MEDIUM, WIDE, ReaderDriver, at, tags_of

SIZES = pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE])


async def typed(driver: ReaderDriver, words: str) -> None:
    await driver.press(*("space" if c == " " else c for c in words))


@SIZES
async def test_a_story_is_put_on_the_shelf_and_found_there(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("L")
        assert tags_of(driver) == ["later"]
        articles = driver.story.row.articles
        await driver.press("f")
        feeds = driver.app.screen.query_one("#feedlist", WrappedList)
        assert feeds.move_where(lambda to: isinstance(to, ArticleSource) and to.tag == "later")
        await driver.press("enter")
        assert len(driver.rows().rows) == articles
        await driver.press("L")
        with driver.kept() as store:
            assert sum(tag.articles for tag in store.tags()) == articles - 1


async def test_a_new_tag_is_typed_and_a_known_one_completed_and_taken_away(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press("T")
        assert driver.screen == "TagScreen"
        await typed(driver, "Harbour")
        await driver.press("enter")
        await typed(driver, "har")
        await driver.press("tab", "enter", "escape")
        assert tags_of(driver) == []
        await driver.press("T")
        await typed(driver, "#boats")
        await driver.press("enter", "escape")
        assert tags_of(driver) == ["boats"]
        await driver.press("u")
        assert tags_of(driver) == []


async def test_hostile_names_of_tags_stay_one_plain_line(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press("T")
        await typed(driver, "[bold]x[/")
        await driver.press("enter")
        assert "[bold]x[/" in driver.shown
        await driver.press("escape")
        assert tags_of(driver) == ["[bold]x[/"]
        await driver.press("enter", "G")
        assert "#[bold]x[/" in driver.shown


async def test_a_note_is_shown_with_its_time_changed_and_dropped(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("N")
        await typed(driver, "ask Ada")
        await driver.press("enter")
        await driver.press("enter", "G")
        assert "✎ ask Ada  " in driver.shown
        await driver.press("N")
        await typed(driver, " soon")
        await driver.press("enter")
        assert "✎ ask Ada soon  " in driver.shown
        await driver.press("u")
        assert "✎ ask Ada  " in driver.shown
        await driver.press("N", "escape")
        assert "✎ ask Ada  " in driver.shown
        await driver.press("N", "ctrl+u", "enter")
        assert "✎" not in driver.shown
        await driver.press("u")
        assert "✎ ask Ada  " in driver.shown


async def test_an_outlet_is_hidden_in_a_story_and_shown_again(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("H")
        assert "go to a line of an outlet" in driver.shown
        whole = driver.story.brief
        await driver.press("enter")
        source = next(
            a.source for a in whole.articles if a.article_id == whole.bullets[0].article_id
        )
        await driver.press("H")
        told = driver.story.brief
        assert source not in {a.source for a in told.articles}
        assert all(b.source != source for b in told.bullets)
        assert told.outlets < whole.outlets
        assert driver.story.row.id == driver.row.id
        await driver.press("G")
        assert f"Hidden here: {source}" in driver.shown
        await driver.press("u")
        assert driver.story.brief == whole
        await driver.press("g", "H", "escape", "H")
        assert driver.story.brief == whole
        with driver.kept() as store:
            assert store.hidden_outlets(driver.story.id) == frozenset()


async def test_the_only_outlet_of_a_story_cannot_be_hidden(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        rows = driver.edition.stories.rows
        alone = next(n for n, row in enumerate(rows) if row.articles == 1)
        await driver.press(*("j" * alone), "enter", "H")
        assert driver.story.brief.articles
        with driver.kept() as store:
            assert store.hidden_outlets(driver.story.id) == frozenset()


def test_tags_by_rules_are_told_from_those_by_hand() -> None:
    from briefing.ui.panes.written import tag_words

    tag = Tag("boats")
    assert tag_words([tag, replace(tag, name="later", by_rule=True)]) == "#boats #later (by a rule)"


async def test_an_article_on_its_own_screen_is_put_on_the_shelf_too(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press("f", "tab", "enter")
        assert driver.screen == "ArticleScreen"
        await driver.press("L")
        with driver.kept() as store:
            (later,) = store.tags()
        assert (later.name, later.articles) == ("later", 1)
        await driver.press("L", "N", "H")
        with driver.kept() as store:
            assert store.tags() == []


async def test_what_is_pasted_into_a_note_or_a_tag_is_visible_characters(
    reader: Reader,
) -> None:
    async with at(reader, MEDIUM) as driver:
        for key in ("N", "T"):
            await driver.press(key)
            line = driver.app.screen.query_one(Input)
            line.value = "low\x1b]0;evil\x07 tide\x9b31m"
            assert line.value == "low tide"
            await driver.press("escape")
