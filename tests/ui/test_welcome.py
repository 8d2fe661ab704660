"""The first run: an empty store, and the ways to begin."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.screens.welcome import SHOW_SAMPLE, starter_feeds
from tests.ui.driver import LEAST, MEDIUM, WIDE, ReaderDriver, at, reader_on

OPML = """<opml version="2.0"><head><title>Mine</title></head><body><outline text="Coast">
<outline type="rss" text="Coast Courier" xmlUrl="https://courier.example/feed.xml"/>
</outline></body></opml>"""


def message(driver: ReaderDriver) -> str:
    return str(driver.app.screen.query_one("#message", Static).content)


def subscriptions(path: Path) -> list[tuple[str, str]]:
    with Store.open(path, read_only=True) as store:
        return [(feed.category, feed.url) for feed in store.feeds()]


async def test_somebody_without_feeds_is_welcomed(newcomer: Reader) -> None:
    async with at(newcomer) as driver:
        assert driver.screen == "WelcomeScreen"
        for way in ("sample edition", "starter feeds", "OPML", "Paste an address"):
            assert way in driver.shown


async def test_the_welcome_can_be_walked_in_the_least_terminal(newcomer: Reader) -> None:
    async with at(newcomer, LEAST) as driver:
        for way in ("sample edition", "starter feeds", "OPML", "Paste an address"):
            assert way in driver.shown
        await driver.press("j", "j", "j", "enter")
        await driver.until(lambda: "https://…" in driver.shown, "the line for the address")
        assert driver.focus == "answer"
        await driver.press("escape")
        assert driver.focus == "choices"


async def test_the_empty_edition_says_how_to_add_feeds(newcomer: Reader) -> None:
    async with at(newcomer) as driver:
        await driver.press("escape")
        assert driver.screen == "EditionScreen"
        assert "No feeds yet." in driver.shown
        # No key has anything to work on, and none fails.
        await driver.press(*"jkGgnmsuoyenA", "enter", "tab", "escape", "space", "5", "j")
        await driver.press("right_square_bracket", "right_curly_bracket", "f", "tab", "enter")
        assert driver.screen == "FeedsScreen"


async def test_a_topic_adds_its_starter_feeds_and_fetches(
    newcomer: Reader, fetches: Callable[[], int]
) -> None:
    async with at(newcomer) as driver:
        await driver.press("j", "enter", "j", "space", "ctrl+s")
        await driver.until(lambda: driver.screen == "EditionScreen", "the edition")
        topic = list(starter_feeds())[1]
        wanted = [(topic, feed["url"]) for feed in starter_feeds()[topic]]
        assert sorted(subscriptions(driver.app.session.path)) == sorted(wanted)
        assert driver.status == f"{len(wanted)} feeds added"
        assert fetches() == 1


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE])
async def test_the_feeds_of_a_topic_are_listed_and_a_picked_one_has_a_sign(
    newcomer: Reader, size: tuple[int, int]
) -> None:
    topics = starter_feeds()
    first, second = list(topics)[:2]
    async with at(newcomer, size) as driver:
        await driver.press("j", "enter")
        for topic in (first, second):
            inside = str(driver.app.screen.query_one("#inside", Static).content)
            assert all(feed["title"] in inside for feed in topics[topic])
            assert topics[topic][0]["title"] in driver.shown
            await driver.press("j")
        await driver.press("k", "space")
        assert f"✓ {second}" in driver.shown
        assert f"· {first}" in driver.shown
        await driver.press("enter")
        assert "✓" not in driver.shown


async def test_an_address_that_is_none_is_said_without_the_commands_name(
    newcomer: Reader,
) -> None:
    async with at(newcomer) as driver:
        await driver.press("j", "j", "j", "enter")
        driver.app.screen.query_one("#answer").value = "not a url"  # type: ignore[attr-defined]
        await driver.press("enter")
        await driver.until(lambda: "is no web address" in message(driver), "the error")
        assert message(driver).startswith("⚠ 'not a url'")
        assert "esc goes back" in message(driver)


async def test_no_topic_adds_nothing(newcomer: Reader, fetches: Callable[[], int]) -> None:
    async with at(newcomer) as driver:
        await driver.press("j", "enter", "ctrl+s")
        assert message(driver) == "space picks a topic first"
        assert (subscriptions(driver.app.session.path), fetches()) == ([], 0)
        await driver.press("escape")
        assert (driver.screen, driver.focus) == ("WelcomeScreen", "choices")


async def test_an_opml_file_is_imported(
    newcomer: Reader, tmp_path: Path, fetches: Callable[[], int]
) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(OPML, encoding="utf-8")
    async with at(newcomer) as driver:
        await driver.press("j", "j", "enter")
        driver.app.screen.query_one("#answer").value = str(file)  # type: ignore[attr-defined]
        await driver.press("enter")
        await driver.until(lambda: driver.screen == "EditionScreen", "the edition")
        assert subscriptions(driver.app.session.path) == [
            ("Coast", "https://courier.example/feed.xml")
        ]
        assert fetches() == 1


async def test_a_path_without_a_file_says_what_is_wrong(newcomer: Reader, tmp_path: Path) -> None:
    async with at(newcomer) as driver:
        await driver.press("j", "j", "enter")
        driver.app.screen.query_one("#answer").value = str(tmp_path / "[none].opml")  # type: ignore[attr-defined]
        await driver.press("enter")
        await driver.until(
            lambda: message(driver) not in ("working …", "enter goes on · esc goes back")
        )
        assert "No such file" in message(driver)
        assert "[none].opml" in message(driver)
        card = driver.app.screen.query_one("#card")
        assert card.border_title == "Import an OPML file"  # what the line is for
        await driver.press("escape")
        assert card.border_title == "Welcome to Briefing"


async def test_a_file_that_is_no_opml_says_what_is_wrong(newcomer: Reader, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text("Dear diary, nothing today.", encoding="utf-8")
    async with at(newcomer) as driver:
        await driver.press("j", "j", "enter")
        driver.app.screen.query_one("#answer").value = str(file)  # type: ignore[attr-defined]
        await driver.press("enter")
        await driver.until(
            lambda: message(driver) not in ("working …", "enter goes on · esc goes back")
        )
        assert "OPML" in message(driver)
        assert "mine.opml" in message(driver)
        assert subscriptions(driver.app.session.path) == []


async def test_the_sample_is_another_run(newcomer: Reader) -> None:
    async with at(newcomer) as driver:
        await driver.press("enter")
    assert newcomer.return_code == SHOW_SAMPLE


async def test_r_without_feeds_asks_for_some(store_path: Path) -> None:
    async with at(reader_on(store_path)) as driver:
        await driver.press("r")
        assert driver.screen == "WelcomeScreen"
