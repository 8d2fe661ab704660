#!/usr/bin/env python3
"""Make docs/contrast.md: the contrast of every pair of colours in every packaged theme.

usage: contrast_table.py [FILE]
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from briefing.ui.contrast import LEAST, PAIRS, SIGN, TEXT, color_of, contrast
from briefing.ui.themes import ThemeFile, packaged_folder, read_theme

ROOT = Path(__file__).resolve().parent.parent

_HEAD = """\
# Contrast

Made by `tools/contrast_table.py` from `briefing/ui/contrast.py`, the one list of the colours that
the reader draws and of the grounds it draws them on; a test compares what is really drawn with that
list. The ratios are those of WCAG 2.2.

- Text wants {text:g} to 1 (criterion 1.4.3), and {high_text:g} to 1 in the themes of high contrast
  (1.4.6), set in bold here.
- Borders, dividers and scrollbars want {sign:g} to 1 (1.4.11), and {high_sign:g} to 1 there.
- What the colours of the theme `terminal` look like is the terminal's own affair. There, and where
  there are no colours at all, no text has a coloured ground: the line under the cursor is reversed,
  evidence is bold and underlined.
"""


def lines() -> Iterator[str]:
    """The document's lines."""
    themes = [read_theme(path) for path in sorted(packaged_folder().glob("*.toml"))]
    themes = [theme for theme in themes if not theme.ansi]
    (text, high_text), (sign, high_sign) = LEAST[TEXT], LEAST[SIGN]
    yield _HEAD.format(text=text, high_text=high_text, sign=sign, high_sign=high_sign)
    for kind, title in ((TEXT, "Text"), (SIGN, "Borders, dividers, scrollbars")):
        yield f"## {title}\n"
        yield "| colour | on | " + " | ".join(map(_title, themes)) + " |"
        yield "|---|---|" + "---:|" * len(themes)
        for pair in (pair for pair in PAIRS if pair.kind == kind):
            ratios = (contrast(color_of(t, pair.ink), color_of(t, pair.ground)) for t in themes)
            # Cut, not rounded: 4.49 does not meet 4.5.
            shown = " | ".join(f"{int(ratio * 10) / 10:.1f}" for ratio in ratios)
            yield f"| {pair.ink} | {pair.ground} | {shown} |"
        yield ""


def _title(theme: ThemeFile) -> str:
    return f"**{theme.id}**" if theme.high_contrast else theme.id


def table() -> str:
    """The document."""
    return "\n".join(lines())


if __name__ == "__main__":
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/contrast.md"
    file.write_text(table(), encoding="utf-8")
    print(file)
