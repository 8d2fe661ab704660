"""One key takes back every change of the reader, the last first, whatever screen shows."""

import pytest

from briefing.config import config_path, load_settings
from briefing.store import UNDO_RECORDS
from briefing.ui.app import Reader
from briefing.ui.undo import Changes
from briefing.ui.widgets.line import Line
from tests.ui.driver import LEAST, WIDE, ReaderDriver, at
from tests.ui.edition_stories import FIRST


async def taken_back(driver: ReaderDriver, what: str) -> None:
    """Press the key, and wait until that is said to be taken back."""
    await driver.press("u")
    await driver.until(lambda: f"taken back: {what}" in f"{driver.status} {driver.said}", what)


async def test_changes_of_one_story_go_back_one_after_the_other(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("s", "m", "m", "L")
        for what, starred, state, tags in (
            ("to be read later: ", True, "unread", 0),
            ("unread again: ", True, "read", 0),
            ("read: ", True, "unread", 0),
            ("starred: ", False, "unread", 0),
        ):
            await taken_back(driver, what)
            with driver.kept() as store:
                row = store.story_row(FIRST)
                assert len(store.story_tags(FIRST)) == tags
            assert (row.starred, row.state.value) == (starred, state)
            assert (driver.row.starred, driver.row.state.value) == (starred, state)
        await driver.press("u")
        assert driver.status == "nothing to take back"


@pytest.mark.parametrize("size", [LEAST, WIDE])
async def test_what_was_done_on_one_screen_is_taken_back_on_another(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("m", "f", "enter", "s", "enter")
        name = driver.app.screen._passage.article_id  # type: ignore[attr-defined]
        await driver.press("L", "escape")
        await taken_back(driver, "to be read later: ")
        await taken_back(driver, "read: ")
        assert not driver.article.read
        await driver.press("question_mark", "u")
        await driver.until(lambda: "taken back: starred: " in driver.shown, "the star")
        await driver.press("escape")
        assert not driver.article.starred
        with driver.kept() as store:
            assert not store.article_row(name).starred
        await taken_back(driver, "read: ")
        await driver.press("escape", "escape")
        assert driver.row.state == "unread"


async def test_going_past_the_end_of_a_brief_is_taken_back(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter", "G", "j")
        assert driver.state(FIRST) == "read"
        await taken_back(driver, "read: ")
        assert driver.state(FIRST) == "unread"


async def test_a_search_that_was_kept_goes_out_of_the_configuration_again(reader: Reader) -> None:
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Mine.\n", encoding="utf-8")
    async with at(reader) as driver:
        await driver.press("slash", *"ferry")
        await driver.press("ctrl+s")
        driver.app.screen.query_one("#name", Line).value = "Harbour"
        await driver.press("enter")
        assert [s.name for s in load_settings(path).searches] == ["Harbour"]
        await driver.press("escape")
        await taken_back(driver, "kept: Harbour")
        assert load_settings(path).searches == driver.app.session.settings.searches == ()
        assert path.read_text(encoding="utf-8") == "# Mine.\n"


async def test_a_theme_is_taken_back(reader: Reader) -> None:
    async with at(reader) as driver:
        before = driver.app.theme
        await driver.press("t", "down", "enter")
        chosen = driver.app.theme
        assert chosen != before
        await taken_back(driver, f"theme {chosen}")
        assert driver.app.theme == before


async def test_as_many_changes_are_kept_as_the_store_takes_back() -> None:
    changes = Changes()
    back: list[int] = []
    for number in range(UNDO_RECORDS + 1):
        changes.did(str(number), lambda number=number: back.append(number) or ())  # type: ignore[misc, func-returns-value]
    assert len(changes) == UNDO_RECORDS
    told = [await changes.take_back() for _ in range(UNDO_RECORDS + 1)]
    assert told == [*map(str, range(UNDO_RECORDS, 0, -1)), None]
    assert back == list(range(UNDO_RECORDS, 0, -1))
