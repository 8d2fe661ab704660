"""Which colours are read on which ground, and whether they can be (WCAG 2.2, criteria 1.4.3, 1.4.6
and 1.4.11).

``PAIRS`` is the one list of what the reader draws; the check of a theme, its tests and the table in
docs/contrast.md are made from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.ui.themes import ThemeFile

TEXT, SIGN = "text", "sign"

# By what is drawn: the least contrast, and the least in a theme of high contrast.
LEAST = {TEXT: (4.5, 7.0), SIGN: (3.0, 4.5)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on a ground, both by their names in a theme's file.

    kind: TEXT is read; a SIGN is a border, a scrollbar or another mark of one piece.
    """

    ink: str
    ground: str
    kind: str = TEXT


def _pairs(inks: str, grounds: str, kind: str = TEXT) -> Iterator[Pair]:
    return (Pair(ink, ground, kind) for ground in grounds.split() for ink in inks.split())


PAIRS: tuple[Pair, ...] = (
    # Lines of lists and articles, also under the cursor, with the focus and without it.
    *_pairs(
        "foreground muted primary unread caveat heavy unnamed",
        "background surface cursor cursor_blurred",
    ),
    # The sentence behind a line, the words that were searched for, what is selected in an input.
    *_pairs("foreground muted primary", "evidence"),
    # The status line, the line of keys and messages.
    *_pairs("foreground muted primary success warning error", "panel"),
    *_pairs("success warning error", "background surface"),
    # The cursor in an input.
    Pair("background", "foreground"),
    # Borders, dividers and scrollbars.
    *_pairs("rule", "background surface", SIGN),
)


def color_of(theme: "ThemeFile", name: str) -> str:
    """The colour of that name in a theme."""
    return theme.ink[name] if name in theme.ink else theme.colors[name]


def least(theme: "ThemeFile", pair: Pair) -> float:
    """The contrast that a pair wants in a theme."""
    return LEAST[pair.kind][theme.high_contrast]


def contrast_faults(theme: "ThemeFile") -> list[str]:
    """Pairs of colours that are hard to read, in words.

    What the terminal's own colours look like is not known: of them only that no two that are drawn
    on each other are the same. Lines under the cursor and evidence have no ground there.
    """
    if theme.ansi:
        return [
            f"{pair.ink} on {pair.ground} is {color_of(theme, pair.ink)} on itself"
            for pair in PAIRS
            if pair.ground in ("background", "surface", "panel")
            and color_of(theme, pair.ink) == color_of(theme, pair.ground) != "ansi_default"
        ]
    faults = []
    for pair in PAIRS:
        ratio = contrast(color_of(theme, pair.ink), color_of(theme, pair.ground))
        if ratio < least(theme, pair):
            faults.append(
                f"{pair.ink} on {pair.ground} has a contrast of {ratio:.2f},"
                f" under {least(theme, pair):g}"
            )
    return faults


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(color: str) -> tuple[float, float, float]:
    """A #rrggbb colour's red, green and blue as light, 0 to 1 (sRGB, IEC 61966-2-1)."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return red, green, blue
