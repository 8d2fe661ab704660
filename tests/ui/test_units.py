"""The key U tells figures in the reader's own units, and takes it back."""

from pathlib import Path

from briefing.config import Settings
from tests.ui.desk import WIDE, Desk, at, reader_on


def told(desk: Desk) -> list[str]:
    """The lines of the key-figures pane that tell a figure in other units."""
    return [item.text.plain for item in desk.view("figures").items if "≈" in item.text.plain]


async def test_u_tells_figures_in_the_readers_units_and_as_written_again(sample: Path) -> None:
    async with at(reader_on(sample, Settings(units="imperial")), WIDE) as desk:
        await desk.press("j")
        await desk.until(lambda: "Marenza bridge" in desk.story.brief.headline, "the bridge")
        assert told(desk) == []
        await desk.press("U")
        await desk.until(lambda: bool(told(desk)), "the units")
        assert any("≈ 97,000 pounds" in line for line in told(desk))
        assert "figures in imperial units too" in desk.shown
        await desk.press("U")
        assert told(desk) == []


async def test_what_is_in_the_readers_units_already_is_left_alone(sample: Path) -> None:
    async with at(reader_on(sample, Settings(units="metric")), WIDE) as desk:
        await desk.press("j", "U")
        await desk.until(lambda: "figures in metric units too" in desk.shown, "the word")
        assert told(desk) == []
