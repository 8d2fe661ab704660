"""The reader on a store that cannot be written: everything can be read, and keys that would write
say why they do nothing.
"""

from pathlib import Path

import pytest

from briefing.model import ReadState
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.screens.base import NOT_KEPT
from tests.ui.driver import LEAST, MEDIUM, WIDE, at, reader_on
from tests.ui.frozen import copy_edition
from tests.ui.test_fetching import bring_a_story
from tests.unwritable import HOW, unwritable

each_way = pytest.mark.parametrize("how", HOW)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The frozen edition in a folder of its own."""
    (tmp_path / "data").mkdir()
    path = copy_edition(tmp_path / "data" / "briefing.sqlite3")
    Store.open(path).close()
    return path


def listed(path: Path) -> dict[str, bytes]:
    """The files of a folder that begin with the store's name, with what they hold."""
    return {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}


def bring_a_story_as_owner(path: Path) -> str:
    """A refresh by somebody who may write; its number."""
    path.chmod(0o600)
    number = bring_a_story(path)
    path.chmod(0o400)
    return number


@each_way
async def test_hostile_28_the_reader_reads_what_it_cannot_write_and_says_so(
    kept: Path, how: str, hurry: object
) -> None:
    before = listed(kept)
    assert callable(hurry)
    with unwritable(kept, how):
        async with at(reader_on(kept), WIDE) as driver:
            hurry()
            assert NOT_KEPT in driver.shown
            assert any(str(kept) in words for words in driver.notifications)
            await driver.press("j", "enter", "enter")  # to the brief, to the source
            assert driver.focus == "source"
            await driver.press("escape", "escape", "slash", *"bridge")
            await driver.until(lambda: driver.rows().rows, "what was found")
            await driver.press("enter", "enter")
            assert driver.screen == "ArticleScreen"
            await driver.press("escape", "escape", "escape", "f", "tab", "enter")
            assert driver.screen == "ArticleScreen"
            assert {row.state for row in driver.edition.stories.rows} == {ReadState.UNREAD}
            assert driver.app._exception is None
    assert listed(kept) == before


@each_way
@pytest.mark.parametrize("size", [LEAST, MEDIUM])
async def test_hostile_28_keys_that_would_write_say_why_they_do_not(
    kept: Path, how: str, size: tuple[int, int]
) -> None:
    with unwritable(kept, how):
        async with at(reader_on(kept), size) as driver:
            rows = list(driver.edition.stories.rows)
            for key in ("m", "A", "u", "s"):
                driver.edition.say("")
                await driver.press(key)
                assert driver.status == NOT_KEPT, key
            assert driver.edition.stories.rows == rows
            await driver.press("f", "tab", "s")
            assert driver.said == NOT_KEPT
            await driver.press("enter", "s")
            assert driver.said == NOT_KEPT


async def test_hostile_28_a_refresh_of_what_cannot_be_written_is_not_begun(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(Reader, "fetch", lambda _self, options: begun.append(options))
    with unwritable(kept, "folder"):
        async with at(reader_on(kept), WIDE) as driver:
            await driver.press("r")
            assert driver.status == "the store cannot be written: nothing is fetched"
    assert begun == []
    async with at(reader_on(kept), WIDE) as driver:
        await driver.press("r")
    assert begun == [["--manual"]]


async def test_hostile_28_the_welcome_adds_nothing_to_what_cannot_be_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "data" / "briefing.sqlite3"
    Store.open(path).close()
    with unwritable(path, "folder"):
        app = reader_on(path, welcome=True)
        async with app.run_test(size=WIDE) as pilot:
            await pilot.pause()
            await pilot.press("down", "enter")
            await pilot.pause()
            said = app.screen.query_one("#message").render()
    assert "the store cannot be written" in str(said)


async def test_hostile_28_what_its_owner_writes_is_shown_by_a_reader_that_may_not(
    kept: Path,
) -> None:
    with unwritable(kept, "file"):
        async with at(reader_on(kept), WIDE) as driver:
            driver.edition.look()
            number = bring_a_story_as_owner(kept)
            driver.edition.look()
            await driver.until(lambda: driver.edition.stories.rows[0].id == number, "the new story")
            await driver.press("g")
            await driver.brief_of(number)
            await driver.press("slash", *"bridge")
            await driver.until(lambda: driver.rows().rows, "what was found")
            assert driver.screen == "SearchScreen"
