"""A key does something or says why it does nothing, on every screen; help lists what works."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.ui.app import Reader
from briefing.ui.keymap import ACTIONS, BY_ID
from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.screens.base import COUNTED, ReaderScreen
from briefing.ui.targets import Passage
from tests.ui.driver import LEAST, WIDE, ReaderDriver, at, reader_on

PLACES = {
    "stories": (),
    "the brief": ("enter",),
    "a source": ("enter", "enter"),
    "outlets' words": ("enter", "V"),
    "figures": ("tab", "tab"),
    "links": ("tab", "tab", "tab"),
    "feeds": ("f",),
    "articles": ("f", "enter"),
    "an article": ("f", "enter", "enter"),
    "hits": ("slash", *"lorries", "enter"),
    "help": ("question_mark",),
}
LEAVING = ("leave", "quit")


def told(driver: ReaderDriver) -> tuple[object, ...]:
    """Everything by which somebody sees or hears that a key was heard."""
    screen = driver.app.screen
    said = screen._said if isinstance(screen, ReaderScreen) else 0
    return (
        driver.app.screen_stack[:],
        driver.focus,
        driver.shown,
        said,
        len(driver.app._notifications),
        driver.app.clipboard,
    )


async def go_to(driver: ReaderDriver, place: str) -> None:
    """From wherever it is to the edition's first story, and from there to a place."""
    while len(driver.app.screen_stack) > 1:
        driver.app.pop_screen()
        await driver.pilot.pause()
    driver.edition.go("stories")
    await driver.press("g")
    for key in PLACES[place]:
        await driver.press(key)
    if place == "hits":
        await driver.until(lambda: driver.rows().current is not None)
        await driver.press("enter")


@pytest.mark.parametrize("place", PLACES)
async def test_every_action_does_something_or_says_why_not(
    reader: Reader, opened: list[str], place: str
) -> None:
    reader.sample = True  # nothing is fetched
    async with at(reader) as driver:
        silent = []
        there: tuple[object, str] = (None, "")
        for action in ACTIONS:
            if action.id in LEAVING:
                continue
            if driver.app.screen is not there[0] or driver.focus != there[1]:
                await go_to(driver, place)
                there = driver.app.screen, driver.focus
            screen = driver.app.screen
            assert isinstance(screen, ReaderScreen)
            before, addresses = told(driver), len(opened)
            screen.action_act(action.id)
            for _ in range(20):
                await driver.pilot.pause()
                if told(driver) != before or len(opened) > addresses:
                    break
            else:
                silent.append(action.id)
        # Where one is at the top already, or at the end of a card, that is seen.
        seen = {*COUNTED, "top", "bottom"} if place == "help" else {"top", "bottom"}
        assert set(silent) <= seen


@pytest.mark.parametrize("size", [LEAST, WIDE])
@pytest.mark.parametrize("place", ["stories", "articles", "an article"])
async def test_help_lists_first_what_works_where_it_is_asked_for(
    reader: Reader, place: str, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await go_to(driver, place)
        screen = driver.app.screen
        assert isinstance(screen, ReaderScreen)
        has = {action.id: screen.has_action(action.id) for action in ACTIONS}
        await driver.press("question_mark")
        lines = [item.text.plain for item in driver.view("keys").items]
        end = lines.index("Not here") if "Not here" in lines else lines.index("Signs")
        for name, works in has.items():
            where = next(i for i, line in enumerate(lines) if BY_ID[name].help in line)
            assert (where < end) == works, name


async def test_a_key_that_works_elsewhere_says_where(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "e")
        assert "e works in the edition" in driver.shown
        await driver.press("tab", "right_curly_bracket")
        assert "} works in an article and where outlets differ" in driver.shown


async def test_a_key_that_can_do_no_more_says_so(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("escape")
        assert driver.status == "this is the top"
        await driver.press("f", "enter", "enter", "right_curly_bracket")
        assert "no other outlet has this point" in driver.shown


async def test_a_page_that_is_opened_is_said_on_every_screen_with_articles(
    reader: Reader, opened: list[str]
) -> None:
    async with at(reader) as driver:
        await driver.press("f", "tab", "o")
        await driver.until(lambda: "opened http" in driver.shown, "the word in the list")
        await driver.press("enter", "o")
        assert "nothing here has a page" not in driver.shown
        await driver.until(lambda: "opened http" in driver.shown, "the word in the article")
    assert len(opened) == 2


@pytest.mark.parametrize("keys", [("enter", "enter"), ("f", "enter", "enter")])
async def test_what_became_of_a_page_a_copy_and_an_enclosure_is_said_in_both_views(
    reader: Reader, opened: list[str], keys: tuple[str, ...]
) -> None:
    async with at(reader) as driver:
        await driver.press(*keys)

        async def says(key: str, words: str) -> None:
            before = told(driver)
            await driver.press(key)
            said = [driver.shown.casefold(), *(n.casefold() for n in driver.notifications)]
            assert any(words in text for text in said), (key, words)
            assert told(driver) != before

        await says("E", "nothing is enclosed with this article")
        await says("y", "copied with its source")
        await says("o", "opened http")
        source = driver.app.screen.query_one(SourceView)
        assert source.reading is not None
        without = replace(source.reading.article, url=None)
        source.complete(replace(source.reading, article=without), "")
        await says("o", "no page")
    assert len(opened) == 1


async def test_an_article_that_has_gone_is_said_by_every_key_on_it(reader: Reader) -> None:
    async with at(reader) as driver:
        gone = ArticleScreen(driver.app.session, Passage("9999", ""), "Feeds")
        await driver.app.push_screen(gone)
        await driver.pilot.pause()
        assert any("no article" in words for words in driver.notifications)
        for key in ("E", "y", "F", "W", "V"):
            gone.say("")
            await driver.press(key)
            assert driver.said, key
        assert driver.app._exception is None


async def test_an_empty_edition_says_that_there_is_nothing_to_work_on(store_path: Path) -> None:
    async with at(reader_on(store_path)) as driver:
        for key in ("E", "F", "W", "V"):
            driver.edition.say("")
            await driver.press(key)
            assert driver.status, key
