"""How many colours the terminal has, and a theme in as many.

Textual would take the nearest of few colours for each of a theme's, by which grounds become alike
and text unreadable.
"""

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import cache

from rich.color import Color, ColorSystem
from rich.console import Console
from textual import constants

from briefing.ui.contrast import PAIRS, color_of, contrast, least, linear
from briefing.ui.themes import ThemeFile

OWN_COLORS = "terminal"
"""The theme for terminals of 16 colours or none: no colour is drawn on another."""

_GROUNDS = ("background", "surface", "panel", "cursor", "cursor_blurred", "evidence")
# Grounds in the order they are chosen in, and which of those before each is another than.
_APART = {
    "cursor": ("background", "surface"),
    "cursor_blurred": ("cursor",),
    "evidence": ("background", "surface", "cursor"),
}
_ROOM = 1.15  # what a ground leaves to inks: so much more contrast with the text than it wants


class Depth(Enum):
    """What the terminal has: 16 million colours, 256, its own 16, or none."""

    TRUE, INDEXED, BASIC, NONE = "truecolor", "256", "standard", "none"

    @property
    def is_shallow(self) -> bool:
        """Whether there are too few colours for a theme's own."""
        return self in (Depth.BASIC, Depth.NONE)


def terminal_depth() -> Depth:
    """The depth that the environment tells: NO_COLOR (no-color.org), COLORTERM and TERM."""
    if "NO_COLOR" in os.environ:
        return Depth.NONE
    system = Console(color_system=constants.COLOR_SYSTEM, force_terminal=True).color_system  # type: ignore[arg-type]
    return next((depth for depth in Depth if depth.value == system), Depth.NONE)


def why_shallow() -> str:
    """Why themes make no difference, in words."""
    if "NO_COLOR" in os.environ:
        return "NO_COLOR is set: no theme's colours are drawn"
    return "this terminal has too few colours for themes (TERM, COLORTERM)"


def indexed(theme: ThemeFile) -> ThemeFile:
    """The theme in the 256 colours of xterm: grounds stay apart, and what is read on them can be
    read. A theme in the terminal's own colours is given back as it is.
    """
    if theme.ansi:
        return theme
    colors, ink = dict(theme.colors), dict(theme.ink)
    made = replace(theme, colors=colors, ink=ink)

    def put(name: str, color: str) -> None:
        (ink if name in ink else colors)[name] = color

    for name in _GROUNDS:
        others = {color_of(made, other) for other in _APART.get(name, ())}
        put(name, next(_grounds(theme, color_of(theme, name), others)))
    for name in (*colors, *ink):
        if name not in _GROUNDS:
            put(name, next(_inks(made, name, color_of(theme, name))))
    drawn = _palette()
    return replace(
        made,
        colors={name: drawn[color] for name, color in colors.items()},
        ink={name: drawn[color] for name, color in ink.items()},
    )


def _grounds(theme: ThemeFile, color: str, others: set[str]) -> Iterator[str]:
    """The nearest colours that are none of the others and can be written on."""
    text = theme.colors["foreground"]
    wanted = _ROOM * max(least(theme, pair) for pair in PAIRS)
    nearest = _nearest(color)
    yield from (c for c in nearest if c not in others and contrast(text, c) >= wanted)
    yield from nearest


def _inks(theme: ThemeFile, name: str, color: str) -> Iterator[str]:
    """The nearest colours that can be read on all grounds of the theme that the ink is drawn on."""
    pairs = [pair for pair in PAIRS if pair.ink == name]
    nearest = _nearest(color)
    for c in nearest:
        if all(contrast(c, color_of(theme, pair.ground)) >= least(theme, pair) for pair in pairs):
            yield c
    yield from nearest


def _nearest(color: str) -> Sequence[str]:
    """The colours of the palette, the nearest first."""
    wanted = _oklab(color)
    return sorted(_palette(), key=lambda other: math.dist(wanted, _oklab(other)))


@cache
def _oklab(color: str) -> tuple[float, float, float]:
    """A colour by its lightness and two hues, in which distances are as they are seen (Oklab,
    bottosson.github.io/posts/oklab)."""
    red, green, blue = linear(color)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@cache
def _palette() -> Mapping[str, str]:
    """Those of the 256 colours that are the same on every terminal, each with the colour that Rich
    draws as it: of light greys that is another one."""
    colors = [Color.from_ansi(number).get_truecolor().hex for number in range(16, 256)]
    greys = [f"#{value:02x}{value:02x}{value:02x}" for value in range(256)]
    return {shown_as(color): color for color in (*greys, *colors)}


def shown_as(color: str) -> str:
    """What a terminal of 256 colours shows for a colour."""
    return Color.parse(color).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex
