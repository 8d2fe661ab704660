"""The key U tells figures in the reader's own units, and takes it back."""

from pathlib import Path

from briefing.config import Settings
from tests.ui.driver import WIDE, ReaderDriver, at, reader_on


def converted(driver: ReaderDriver) -> list[str]:
    """The lines of the key-figures pane that tell a figure in other units."""
    return [item.text.plain for item in driver.view("figures").items if "≈" in item.text.plain]


async def test_u_tells_figures_in_the_readers_units_and_as_written_again(sample: Path) -> None:
    async with at(reader_on(sample, Settings(units="imperial")), WIDE) as driver:
        await driver.press("j")
        await driver.until(lambda: "Marenza bridge" in driver.story.brief.headline, "the bridge")
        assert converted(driver) == []
        await driver.press("U")
        await driver.until(lambda: bool(converted(driver)), "the units")
        assert any("≈ 97,000 pounds" in line for line in converted(driver))
        assert "figures in imperial units too" in driver.shown
        await driver.press("U")
        assert converted(driver) == []


async def test_what_is_in_the_readers_units_already_is_left_alone(sample: Path) -> None:
    async with at(reader_on(sample, Settings(units="metric")), WIDE) as driver:
        await driver.press("j", "U")
        await driver.until(lambda: "figures in metric units too" in driver.shown, "the word")
        assert converted(driver) == []
