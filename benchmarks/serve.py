#!/usr/bin/env python3
"""How fast the reader is in a browser: Chromium without a window, on this machine's loopback.

First paint: from the moment an address is gone to until the page has drawn the edition. A key: from
the moment it is pressed to until the page has drawn what it changes; both in the page's own clock.
The browser is started before, and a reader waits for each page, as it does for who opens one.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

from tests.serve.chromium import SCREEN, Page, browsing, chromium
from tests.serve.serving import served

PAINT, KEY = 2000.0, 100.0  # milliseconds that they may take
# Draws are told by xterm.js, once a frame.
_PAINTED = f"""
new Promise((done) => {{
  const look = () => window.xterm && {SCREEN}.includes("unread")
    ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 2);
  look();
}})
"""
_PRESSED = """
new Promise((done) => {
  const area = document.querySelector(".xterm-helper-textarea");
  area.addEventListener("keydown", () => {
    const start = performance.now();
    const drawn = xterm.onRender(() => { drawn.dispose(); done(performance.now() - start); });
  }, { once: true, capture: true });
  window.isListening = true;
})
"""


async def measure(pages: int, keys: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the first paint of so many pages, and of so many keys on the last."""
    paints: list[float] = []
    program = chromium()
    if program is None:
        sys.exit("no Chromium is installed")
    with tempfile.TemporaryDirectory() as profile:
        async with served("--demo") as server, browsing(program, Path(profile)) as browser:
            for _ in range(pages):
                await asyncio.sleep(3)  # pages are opened now and then: a reader waits for the next
                page = await browser.page(server.url)
                paints.append(float(await page.value(_PAINTED)))
                if len(paints) < pages:
                    await page.close()
            await page.assert_shows("unread")
            presses = [await _press(page, "jk"[number // 8 % 2]) for number in range(keys)]
    return paints, presses


async def _press(page: Page, key: str) -> float:
    """Milliseconds from a key to what it draws."""
    await page.value("window.isListening = false")
    drawn = asyncio.create_task(page.value(_PRESSED))
    await page.until("window.isListening")
    await page.press(key)
    taken = float(await drawn)
    await asyncio.sleep(0.3)  # somebody looks at it; what follows of the last key is drawn
    return taken


def main() -> int:
    """Measure, say, and fail where it is too slow."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--keys", type=int, default=40)
    asked = parser.parse_args()
    paints, presses = asyncio.run(measure(asked.pages, asked.keys))
    paint, key = statistics.median(paints), statistics.median(presses)
    print(f"first paint: median {paint:.0f} ms, slowest {max(paints):.0f} ms (< {PAINT:.0f})")
    print(f"a key: median {key:.0f} ms, slowest {max(presses):.0f} ms (< {KEY:.0f})")
    return 0 if paint < PAINT and key < KEY else 1


if __name__ == "__main__":
    sys.exit(main())
