"""A pane can have the whole screen, or its text alone, and everything stands as before again."""

from pathlib import Path

import pytest

from briefing.model import ArticleFilter
from briefing.ui.app import Reader
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Passage
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, at, reader_on, visible


@pytest.mark.parametrize("size", [MEDIUM, WIDE])
async def test_z_gives_the_pane_the_whole_screen_and_back(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("enter", "enter")
        before, shown = visible(driver), driver.shown
        assert len(before) > 1
        await driver.press("z")
        assert visible(driver) == {"source"}
        assert driver.view("source").size.width > size[0] - 4
        assert driver.focus == "source"
        await driver.press("z")
        assert visible(driver) == before
        assert driver.shown == shown


async def test_zoomed_the_keys_go_from_pane_to_pane_and_at_last_back(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("enter", "z")
        for pane in ("figures", "linked", "stories", "brief"):
            await driver.press("tab")
            assert visible(driver) == {pane}
        await driver.press("enter")
        assert visible(driver) == {"source"}
        for pane in ("brief", "stories"):
            await driver.press("escape")
            assert visible(driver) == {pane}
        await driver.press("escape")
        assert visible(driver) == {"stories", "brief", "figures", "linked"}


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_capital_z_shows_the_text_alone(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        await driver.press("enter", "enter")
        before = driver.shown
        await driver.press("Z")
        assert driver.view("source").region.size == size
        assert not driver.edition.query_one("#foot").region.area
        await driver.press("Z")
        assert driver.shown == before


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_way_out_of_the_text_alone_is_the_one_out_of_everything(
    reader: Reader, size: tuple[int, int]
) -> None:
    """There is no line of keys then: who does not remember Z tries Esc."""
    async with at(reader, size) as driver:
        await driver.press("enter", "enter")
        before = driver.shown
        await driver.press("Z", "escape")
        assert driver.shown == before
        assert driver.focus == "source"
        await driver.press("escape")
        assert driver.focus == "brief"


async def test_an_article_on_its_own_says_that_it_has_the_screen(sample: Path) -> None:
    async with at(reader_on(sample)) as driver:
        name = driver.app.session.articles(ArticleFilter(), None, 1)[0].id
        await driver.app.push_screen(ArticleScreen(driver.app.session, Passage(name, ""), "Feeds"))
        await driver.press("z")
        words = "the article has the whole screen"
        await driver.until(lambda: words in driver.shown, words)
        await driver.press("Z")
        assert driver.view("article").region.size == WIDE
        await driver.press("right_curly_bracket")
        assert driver.notifications[-1] == "no other outlet has this point"


async def test_the_same_point_in_no_other_outlet_is_said(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("enter")
        await driver.press("right_curly_bracket")
        assert "enter on a line" in driver.status
        view = driver.view("brief")
        targets = [(n, view.items[n].target) for n in view._stops]
        alone = next(
            n
            for n, target in targets
            if isinstance(target, Passage) and len({p.article_id for p in target.places}) == 1
        )
        view.move_to(alone)
        await driver.press("enter", "right_curly_bracket")
        assert driver.status == "no other outlet has this point"
        await driver.press("left_curly_bracket")
        assert driver.status == "no other outlet has this point"


@pytest.mark.parametrize("size", [WIDE, MEDIUM, LEAST])
async def test_without_a_browser_the_address_is_copied_and_can_be_read_at_the_foot(
    reader: Reader, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a card over what is read. Not every terminal takes a clipboard from a program."""
    monkeypatch.setattr("webbrowser.open", lambda _url: False)
    url = "https://elvern.example/lock/" + "a-long-way-to-the-lower-gate/" * 4
    async with at(reader, size) as driver:
        driver.edition.open_page(url)
        await driver.until(lambda: url in driver.shown.replace("\n", "").replace(" ", ""), "it")
        assert driver.app.clipboard == url
        assert driver.notifications == []
        assert "no browser (config.toml: browser)" in " ".join(driver.shown.split())
        driver.edition.say("said next")
        await driver.until(lambda: driver.edition.query_one("#foot").size.height == 1, "one line")
        assert "said next" in driver.shown


async def test_a_short_address_that_cannot_be_opened_takes_one_line(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _url: False)
    async with at(reader, WIDE) as driver:
        driver.edition.open_page("https://elvern.example/lock")
        words = "no browser (config.toml: browser) · copied: https://elvern.example/lock"
        await driver.until(lambda: words in driver.shown.splitlines()[-1], "the line")
        assert "? keys" in driver.shown.splitlines()[-1]


async def test_the_list_of_stories_comes_back_from_the_whole_screen_without_a_word(
    reader: Reader,
) -> None:
    async with at(reader, WIDE) as driver:
        before = driver.shown
        await driver.press("z", "escape")
        assert driver.shown == before
