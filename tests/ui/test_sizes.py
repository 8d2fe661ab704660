"""The terminal in odd sizes while the reader is used."""

from pathlib import Path

import pytest

from tests.ui.driver import WIDE, ReaderDriver, at, reader_on

_BARS = str.maketrans(dict.fromkeys("▁▂▃▄▅▆▇█", " "))


def words(driver: ReaderDriver) -> list[str]:
    """The lines between the borders, without scroll bars."""
    return driver.shown.translate(_BARS).splitlines()[2:-2]


@pytest.mark.parametrize("keys", [[], ["enter", "enter"], ["f"], ["slash"], ["question_mark"]])
async def test_hostile_28_a_terminal_of_one_cell_and_back_shows_what_was_there(
    sample: Path, keys: list[str]
) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await driver.press(*keys)
        before, focus, screen = words(driver), driver.focus, driver.screen
        for width, height in ((1, 1), (2, 40), (300, 1), (1, 1), WIDE):
            await driver.resize(width, height)
            if not keys:
                await driver.press("j", "k")
        await driver.until(lambda: words(driver) == before, "what stood there before")
        assert (driver.focus, driver.screen) == (focus, screen)
        assert driver.app._exception is None
