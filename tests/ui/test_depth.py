"""Every meaning is still seen in 256 colours, in 16 and in none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.color import Color
from textual.strip import Strip

from briefing.config import Settings, config_path
from briefing.ui.app import Reader
from briefing.ui.contrast import contrast, contrast_faults
from briefing.ui.depth import Depth, indexed, shown_as, terminal_depth
from briefing.ui.session import ReadingSession
from briefing.ui.themes import ThemeFile, packaged_folder, read_theme
from tests.ui.driver import WIDE, ReaderDriver, at
from tests.ui.frozen import now

TERMINALS = {
    "true colour": ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.TRUE),
    "256": ({"TERM": "screen-256color"}, Depth.INDEXED),
    "16": ({"TERM": "xterm"}, Depth.BASIC),
    "linux": ({"TERM": "linux"}, Depth.BASIC),
    "dumb": ({"TERM": "dumb"}, Depth.NONE),
    "NO_COLOR": ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "1"}, Depth.NONE),
}
IN_EACH = pytest.mark.parametrize("terminal", TERMINALS)
THEMES = [read_theme(path) for path in sorted(packaged_folder().glob("*.toml"))]
COLORED = [theme for theme in THEMES if not theme.ansi]


@pytest.fixture
def reader_of(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Reader]:
    """A reader as it starts in a terminal."""

    def made(terminal: str) -> Reader:
        for name in ("TERM", "COLORTERM", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in TERMINALS[terminal][0].items():
            monkeypatch.setenv(name, value)
        session = ReadingSession(sample, Settings(), now)
        return Reader(session, depth=terminal_depth())

    return made


@IN_EACH
def test_the_reader_has_the_size_of_its_terminal(
    reader_of: Callable[[str], Reader], monkeypatch: pytest.MonkeyPatch, terminal: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "30")
    assert reader_of(terminal).console.size == (100, 30)


def looks(driver: ReaderDriver, y: int) -> list[tuple[str, str]]:
    """A line as it is sent to the terminal: words, and the codes that they are sent with."""
    app = driver.app
    strip: Strip = app.screen._compositor.render_strips()[y]
    for line_filter in app._filters:
        if line_filter.enabled:
            strip = strip.apply_filter(line_filter, Color.parse("black"))
    system = app.console._color_system
    sent = [(s.text, s.style.render("x", color_system=system) if s.style else "x") for s in strip]
    return [(words, codes.split("x")[0].removeprefix("\x1b[")) for words, codes in sent]


def codes_of(driver: ReaderDriver, words: str) -> str:
    """The codes that some words of the screen are sent with."""
    for y in range(driver.app.size.height):
        for text, codes in looks(driver, y):
            if words in text:
                return codes
    raise AssertionError(f"{words!r} is not on the screen:\n{driver.shown}")


@IN_EACH
async def test_the_line_under_the_cursor_and_what_is_unread_are_told_apart(
    reader_of: Callable[[str], Reader], terminal: str
) -> None:
    async with at(reader_of(terminal), WIDE) as driver:
        assert driver.app.depth is TERMINALS[terminal][1]
        stories = driver.edition.stories
        first, second, third = (row.headline[:10] for row in stories.rows[:3])
        assert codes_of(driver, first) != codes_of(driver, second) == codes_of(driver, third)
        await driver.press("m", "j")  # the first is read
        await driver.until(lambda: "●" not in stories._strips(0, 40)[0].text, "it is marked")
        assert "●" in stories._strips(2, 40)[0].text
        styles = {codes_of(driver, words) for words in (first, second, third)}
        assert len(styles) == 3
        assert "▌" in stories._strips(1, 40)[0].text


@IN_EACH
async def test_evidence_and_the_sentence_under_the_cursor_are_told_apart(
    reader_of: Callable[[str], Reader], terminal: str
) -> None:
    async with at(reader_of(terminal), WIDE) as driver:
        await driver.press("enter", "enter")
        evidence = driver.target_text("source").split(" - ")[-1][:12]
        on_it = codes_of(driver, evidence)
        await driver.press("j")
        under = driver.target_text("source")[:12]
        await driver.press("j")
        plain, before = codes_of(driver, under), codes_of(driver, evidence)
        await driver.press("k")
        assert len({codes_of(driver, under), codes_of(driver, evidence), plain}) == 3
        assert before == codes_of(driver, evidence)
        assert plain not in (on_it, before)


@pytest.mark.parametrize("terminal", ["dumb", "NO_COLOR"])
async def test_no_colour_is_sent_where_none_is_wanted(
    reader_of: Callable[[str], Reader], terminal: str
) -> None:
    async with at(reader_of(terminal), WIDE) as driver:
        sent = {
            c for y in range(36) for _, codes in looks(driver, y) for c in codes[:-1].split(";")
        }
        assert sent - {"", "1", "2", "3", "4", "7", "39", "49"} == set()
        assert "7" in sent


@pytest.mark.parametrize("terminal", ["16", "NO_COLOR"])
async def test_themes_are_not_offered_where_they_make_no_difference(
    reader_of: Callable[[str], Reader], terminal: str
) -> None:
    async with at(reader_of(terminal), WIDE) as driver:
        await driver.press("t")
        assert driver.screen == "EditionScreen"
        why = "NO_COLOR" if terminal == "NO_COLOR" else "too few colours"
        assert why in driver.notifications[-1]
        assert not config_path().exists()


@pytest.mark.parametrize("theme", COLORED, ids=[theme.id for theme in COLORED])
def test_every_theme_can_be_read_in_256_colours(theme: ThemeFile) -> None:
    drawn = indexed(theme)
    shown = replace(
        drawn,
        colors={name: shown_as(color) for name, color in drawn.colors.items()},
        ink={name: shown_as(color) for name, color in drawn.ink.items()},
    )
    assert contrast_faults(shown) == []
    background = shown.colors["background"]
    assert len({background, shown.ink["cursor"], shown.ink["evidence"]}) == 3
    assert (contrast(background, "#000000") < 4.5) == theme.dark


def test_a_theme_of_the_terminals_own_colours_stays_as_it_is() -> None:
    (own,) = (theme for theme in THEMES if theme.ansi)
    assert indexed(own) is own


@pytest.mark.parametrize("terminal", ["16", "dumb"])
async def test_menus_and_inputs_show_where_one_is(
    reader_of: Callable[[str], Reader], terminal: str
) -> None:
    async with at(reader_of(terminal), WIDE) as driver:
        headline = driver.row.headline[:10]
        await driver.press("T", "h")
        assert headline in driver.shown  # the card does not blank what is behind it
        assert {"1", "4"} <= set(codes_of(driver, "+ h")[:-1].split(";"))
        (line,) = (y for y in range(36) if "│ h " in driver.shown.splitlines()[y])
        sent = [codes[:-1].split(";") for words, codes in looks(driver, line) if words == " "]
        assert any("7" in codes for codes in sent)


async def test_no_colour_of_the_terminals_own_is_drawn_on_another(
    reader_of: Callable[[str], Reader],
) -> None:
    """What they look like is not known: one of each piece of text and its ground is the default."""
    async with at(reader_of("16"), WIDE) as driver:
        for keys in ("", "enter enter", "tab", "escape escape f", "enter", "slash p o r t", "T"):
            await driver.press(*keys.split())
            for strip in driver.app.screen._compositor.render_strips():
                for segment in strip:
                    style = segment.style
                    if segment.text.strip() and style is not None:
                        pair = {style.color, style.bgcolor}
                        colored = [c for c in pair if c is not None and not c.is_default]
                        assert len(colored) <= 1, (segment.text, style)
