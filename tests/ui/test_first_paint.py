"""The first paint is the whole screen: no half of it first, and nothing drawn twice for it."""

from pathlib import Path

import pytest
from textual.screen import Screen

from briefing.ui.app import Reader
from tests.ui.driver import LEAST, MEDIUM, NARROW, TALL, WIDE, at, reader_on


class Paints:
    """What stood on the screen each time that something was painted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.screens: list[str] = []
        display = Reader._display

        def recorded(app: Reader, screen: Screen[object], renderable: object) -> None:
            if renderable is not None:
                strips = screen._compositor.render_strips()
                self.screens.append("\n".join(strip.text.rstrip() for strip in strips))
            display(app, screen, renderable)  # type: ignore[arg-type]

        monkeypatch.setattr(Reader, "_display", recorded)


@pytest.fixture
def paints(monkeypatch: pytest.MonkeyPatch) -> Paints:
    """The paints from now on."""
    return Paints(monkeypatch)


@pytest.fixture
def counted(sample: Path) -> Reader:
    """A reader whose counting was done before its screen was made, as it nearly always is."""
    reader = reader_on(sample)
    reader.session.count_ahead()
    assert reader.session._counted is not None
    reader.session._counted.result()
    return reader


async def test_the_first_paint_is_the_whole_screen(counted: Reader, paints: Paints) -> None:
    async with at(counted) as driver:
        first = paints.screens[0]
        counts = driver.edition.counts
        assert counts is not None
        assert f"{counts.unread} unread" in first
        assert driver.row.headline[:20] in first
        assert " ".join(driver.story.brief.bullets[0].bullet.named.split()[:4]) in first
        assert "Key figures" in first
        assert driver.story.brief.figures[0].figure.surface in first


@pytest.mark.parametrize("size", [WIDE, TALL, MEDIUM, NARROW, LEAST])
async def test_what_is_painted_first_stays(
    counted: Reader, paints: Paints, size: tuple[int, int]
) -> None:
    async with at(counted, size) as driver:
        assert set(paints.screens) == {driver.shown}


async def test_where_counting_takes_longer_the_counts_follow(
    reader: Reader, paints: Paints
) -> None:
    async with at(reader) as driver:
        counts = driver.edition.counts
        assert counts is not None
        assert "Key figures" in paints.screens[0]
        assert "unread" not in paints.screens[0].splitlines()[0]
        assert f"{counts.unread} unread" in driver.shown


async def test_a_reader_left_as_soon_as_it_stands_is_left_in_order(
    counted: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(app: Reader, _screen: object, _renderable: object) -> None:
        app.exit(return_code=3)

    monkeypatch.setattr(Reader, "_display", leave)
    async with counted.run_test():
        pass
    assert counted.return_code == 3
