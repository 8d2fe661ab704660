#!/usr/bin/env python3
"""Make the README's pictures from the real program on the sample edition: docs/images/*.svg.

usage: screenshots.py [FOLDER]
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.config import Settings
from briefing.sample import copy_sample, sample_now
from briefing.ui.app import Reader
from briefing.ui.session import ReadingSession

ROOT = Path(__file__).resolve().parent.parent

# name: size, theme, keys
PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "edition": ((140, 40), "harbour", ("j",)),
    "source": ((140, 40), "harbour", ("enter", "j", "enter")),
    "differ": ((140, 40), "harbour", ("j", "tab", "tab", "enter")),
    "paper": ((140, 40), "paper", ("j", "enter")),
    "lighthouse": ((140, 40), "lighthouse", ("j", "enter")),
    "medium": ((80, 24), "harbour", ("j",)),
    "narrow": ((50, 24), "harbour", ("enter",)),
}


async def picture(store: Path, size: tuple[int, int], theme: str, keys: tuple[str, ...]) -> str:
    """The screen as SVG after ``keys``."""
    session = ReadingSession(store, Settings(theme=theme), sample_now)
    app = Reader(session, sample=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.4)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        return app.export_screenshot(title="Briefing")


def main() -> None:
    """Make all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TZ"] = "UTC"
    time.tzset()
    for name, (size, theme, keys) in PICTURES.items():
        with TemporaryDirectory() as temporary:
            store = copy_sample(Path(temporary) / "sample.sqlite3")
            svg = asyncio.run(picture(store, size, theme, keys))
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(folder / f"{name}.svg")


if __name__ == "__main__":
    main()
