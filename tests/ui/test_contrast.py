"""Every colour can be read on every ground that the reader draws it on, in every packaged theme.

The list of pairs is compared with what is drawn: screens are walked in a theme in which each colour
is another, so that each pair of colours on the terminal tells its names.
"""

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.errors import NoWidget
from textual.widget import Widget

from briefing.ui.contrast import PAIRS, SIGN, contrast, contrast_faults
from briefing.ui.themes import (
    COLORS,
    INKS,
    ThemeFile,
    load_theme,
    packaged_folder,
    read_theme,
    to_textual,
)
from tests.ui.driver import NARROW, WIDE, ReaderDriver, at, reader_on

ROOT = Path(__file__).resolve().parent.parent.parent
THEMES = [read_theme(path) for path in sorted(packaged_folder().glob("*.toml"))]
BY_NAME = pytest.mark.parametrize("theme", THEMES, ids=[theme.id for theme in THEMES])

# Each colour another, far from all others and from what two of them blend to.
TRACED = {
    name: f"#{40 + 7 * at:02x}{200 - 6 * at:02x}{(50 + 37 * at) % 256:02x}"
    for at, name in enumerate((*COLORS, *INKS))
}
TRACER = ThemeFile(
    id="tracer",
    name="Tracer",
    description="",
    dark=True,
    ansi=False,
    colors={name: TRACED[name] for name in COLORS},
    ink={name: TRACED[name] for name in INKS},
    path=Path("tracer.toml"),
)
KNOWN = {(pair.ink, pair.ground) for pair in PAIRS}
SIGNS = {(pair.ink, pair.ground) for pair in PAIRS if pair.kind == SIGN}

WALKS = (
    "j enter j enter j tab tab enter",  # a bullet, its source, the figures
    "tab j p e escape",  # a sentence in its place, why it was taken
    "G enter enter",  # outlets that differ
    "tab tab tab enter enter",  # the links, the coverage
    "f j j enter enter j N h e l l",  # feeds, articles, an article with a note
    "f enter enter semicolon n",  # letters on links
    "f v S M c escape",
    "f j j j j i escape D",
    "slash p o r t enter enter escape escape ctrl+s",
    "slash a A N D",
    "question_mark j",
    "a x enter",
    "I x",
    "X",
    "T h a",
    "N x shift+left",
    "ctrl+p t h",
    "s m u z L",
)


@BY_NAME
def test_every_pair_of_a_packaged_theme_can_be_read(theme: ThemeFile) -> None:
    assert contrast_faults(theme) == []


def test_there_is_a_theme_for_every_purpose() -> None:
    assert len(THEMES) >= 10
    colored = [theme for theme in THEMES if not theme.ansi]
    assert {(theme.dark, theme.high_contrast) for theme in colored} == {
        (dark, high) for dark in (True, False) for high in (True, False)
    }
    assert any(theme.ansi for theme in THEMES)
    grounds = [theme.colors["background"] for theme in colored if not theme.high_contrast]
    assert len(set(grounds)) == len(grounds)
    assert all(theme.description for theme in THEMES)
    for theme in colored:  # the ground is what the file says it is
        assert (contrast(theme.colors["background"], "#000000") < 4.5) == theme.dark


@BY_NAME
def test_the_cursor_and_evidence_are_seen_on_the_ground(theme: ThemeFile) -> None:
    if not theme.ansi:
        grounds = [theme.colors["background"], *(theme.ink[n] for n in ("cursor", "evidence"))]
        assert len(set(grounds)) == 3
        assert all(contrast(grounds[0], other) >= 1.1 for other in grounds[1:])


def test_a_pair_that_is_hard_to_read_is_named() -> None:
    theme = load_theme("paper")
    faint = replace(theme, ink=theme.ink | {"muted": "#b0b0b0", "rule": "#fafafa"})
    faults = "\n".join(contrast_faults(faint))
    assert "muted on cursor has a contrast of" in faults
    assert "rule on background has a contrast of" in faults
    assert contrast_faults(replace(theme, high_contrast=True))
    terminal = load_theme("terminal")
    same = replace(terminal, colors=terminal.colors | {"background": "ansi_magenta"})
    assert "caveat on background is ansi_magenta on itself" in contrast_faults(same)


# xterm's own colours; what other terminals make of the names is theirs.
XTERM = {"ansi_magenta": "#cd00cd", "ansi_bright_red": "#ff0000", "ansi_bright_blue": "#5c5cff"}


def test_the_terminals_own_colours_that_are_used_can_be_read_on_black_and_on_white() -> None:
    theme = load_theme("terminal")
    used = {*theme.colors.values(), *theme.ink.values()} - {"ansi_default"}
    assert used <= set(XTERM)
    for color in XTERM.values():
        assert min(contrast(color, "#000000"), contrast(color, "#ffffff")) >= 3.9


@pytest.mark.parametrize(
    ("walk", "size"), [*((walk, WIDE) for walk in WALKS), *((walk, NARROW) for walk in WALKS[:3])]
)
async def test_no_pair_that_is_drawn_is_missing_from_the_list(
    sample: Path, walk: str, size: tuple[int, int]
) -> None:
    async with at(reader_on(sample), size) as driver:
        driver.app.register_theme(to_textual(TRACER))
        driver.app.theme = TRACER.id
        await driver.pilot.pause()
        stories = driver.edition.stories
        await driver.until(lambda: name_of(stories.base.bgcolor) == "background", "the tracer")
        unknown: dict[tuple[str, str], str] = {}
        for key in ("", *walk.split()):
            await driver.press(*([key] if key else []))
            seen = list(drawn(driver))
            assert seen
            unknown |= {pair: words for pair, words in seen if not is_known(pair, words)}
        assert not unknown


def is_known(pair: tuple[str, str], words: str) -> bool:
    """Whether a drawn pair is on the list; a block may be drawn as its ground's rest."""
    if pair in KNOWN and (pair not in SIGNS or not any(c.isalnum() for c in words)):
        return True
    return pair[::-1] in KNOWN and not any(c.isalnum() for c in words)


def drawn(driver: ReaderDriver) -> Iterator[tuple[tuple[str, str], str]]:
    """The names of each colour on its ground, with the words; not of what lies behind a card."""
    screen = driver.app.screen
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            words = segment.text.strip()
            indent = len(segment.text) - len(segment.text.lstrip())
            if words and segment.style is not None and owner(screen, x + indent, y) is not screen:
                yield names(segment.style), words
            x += segment.cell_length


def owner(screen: Widget, x: int, y: int) -> Widget:
    """The widget that is drawn at a place; the screen itself where nothing of it is."""
    try:
        return screen.get_widget_at(x, y)[0]  # type: ignore[attr-defined, no-any-return]
    except NoWidget:
        return screen


def names(style: Style) -> tuple[str, str]:
    """The names of a style's colour and ground."""
    pair = name_of(style.color), name_of(style.bgcolor)
    return pair[::-1] if style.reverse else pair


def name_of(color: RichColor | None) -> str:
    """A traced colour's name; blending rounds. Another colour's digits."""
    if color is None:
        return "none"
    found = Color.from_rich_color(color).rgb
    for name, value in TRACED.items():
        wanted = Color.parse(value).rgb
        if all(abs(one - other) <= 2 for one, other in zip(found, wanted, strict=True)):
            return name
    return "#{:02x}{:02x}{:02x}".format(*found)


def table_tool() -> ModuleType:
    """The tool that makes docs/contrast.md."""
    spec = importlib.util.spec_from_file_location(
        "contrast_table", ROOT / "tools/contrast_table.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_documented_table_is_current() -> None:
    """Where this fails: run tools/contrast_table.py."""
    written = (ROOT / "docs/contrast.md").read_text(encoding="utf-8")
    assert written == table_tool().table()
