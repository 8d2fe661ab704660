"""Snapshots of the screen, kept with the terminal's own codes: ``cat`` draws one.

    cat "tests/ui/__snapshots__/test_snapshots/test_every_screen[feeds][80x24-paper].ans"

One start of the reader is enough for all sizes and themes: the terminal is resized under it and
another theme taken, as its user may do at any moment.
"""

from itertools import product

from rich.color import ColorSystem
from rich.segment import Segment
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.strip import Strip

from tests.ui.driver import LEAST, MEDIUM, TALL, ReaderDriver

LARGE = (200, 50)
SIZES = (LEAST, MEDIUM, TALL, LARGE)
THEMES = ("harbour", "paper", "lighthouse")
"""A dark one, a light one, and one of high contrast."""
_STILL = 3  # so many turns of the event loop change nothing on a screen that stands


class TerminalSnapshot(SingleFileSnapshotExtension):
    """A file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "ans"


async def assert_looks_as_ever(
    driver: ReaderDriver,
    snapshot: SnapshotAssertion,
    sizes: tuple[tuple[int, int], ...] = SIZES,
    themes: tuple[str, ...] = THEMES,
) -> None:
    """Compare what stands on the terminal with the snapshots of the test, in each size and theme.

    Raises:
        AssertionError: it looks otherwise; what was kept and what is shown stand in the message.
    """
    kept = snapshot.use_extension(TerminalSnapshot)
    wrong = []
    for (width, height), theme in product(sizes, themes):
        name = f"{width}x{height}-{theme}"
        await driver.resize(width, height)
        problem = driver.app.use_theme(theme)
        assert problem is None, problem
        picture = await standing(driver)
        same = kept(name=name) == picture
        if not same:
            wrong.append(name)
    assert not wrong, f"{', '.join(wrong)} look otherwise; the last of them:\n{driver.shown}"


async def standing(driver: ReaderDriver) -> str:
    """The screen once nothing moves on it any more."""
    seen = [picture(driver.app)]

    def still() -> bool:
        seen.append(picture(driver.app))
        return driver.is_wrapped and len(set(seen[-_STILL:])) == 1 and len(seen) > _STILL

    await driver.until(still, "a screen that stands")
    return seen[-1]


def picture(app: App[None]) -> str:
    """What stands on the terminal, a line a row, with its colours (SGR of ECMA-48, 24 bits)."""
    return "".join(f"{_codes(strip)}\n" for strip in app.screen._compositor.render_strips())


def _codes(strip: Strip) -> str:
    plain = (
        Segment(text, style.clear_meta_and_links() if style else None) for text, style, _ in strip
    )
    return "".join(
        style.render(text, color_system=ColorSystem.TRUECOLOR) if style else text
        for text, style, _ in Segment.simplify(plain)
    )
