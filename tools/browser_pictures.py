#!/usr/bin/env python3
"""Draw the pictures of docs/serve.md anew: the sample in Chromium, wide and as on a tablet."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.serve.chromium import browsing, chromium
from tests.serve.serving import served

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
LISTED = "Marenza bridge repairs"


async def draw() -> None:
    """Write the pictures."""
    program = chromium()
    if program is None:
        sys.exit("no Chromium is installed")
    with tempfile.TemporaryDirectory() as profile:
        async with served("--demo") as server, browsing(program, Path(profile)) as browser:
            wide = await browser.page(server.url, width=1280, height=760)
            await wide.assert_shows(LISTED)
            await wide.press("j")
            await wide.assert_shows("─ Five injured in Ulvane")
            (IMAGES / "serve-wide.png").write_bytes(await wide.picture())
            await wide.close()
            tablet = await browser.page(f"{server.url}?fontsize=20", width=800, height=1000)
            await tablet.assert_shows(LISTED)
            await tablet.press("Enter")
            await tablet.assert_shows("17 unread")
            (IMAGES / "serve-tablet.png").write_bytes(await tablet.picture())


if __name__ == "__main__":
    asyncio.run(draw())
