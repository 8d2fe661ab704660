"""The reader as somebody sees it who opens `briefing serve` in a real browser."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

from briefing.store import ReadingStore
from tests.serve.cable import Cable
from tests.serve.chromium import Devtools, browsing, chromium
from tests.serve.serving import assert_ended, served

PROGRAM = chromium()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium: the browser is NOT tested")
GROUND = (16, 22, 29)  # of the theme that is there by default


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Devtools]:
    """A browser of this test's own."""
    async with browsing(PROGRAM or "", tmp_path / "profile") as devtools:
        yield devtools


async def test_the_edition_is_drawn_and_keys_lead_into_a_story(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url)
        screen = await page.assert_shows("Marenza bridge repairs")
        assert "19 stories" in screen
        assert (await page.says()).strip() == ""  # no notice lies over it
        await page.press("j")
        await page.assert_shows("─ Five injured in Ulvane landslide")
        await page.press("Enter")  # to its points …
        await page.assert_shows("17 unread")
        await page.press("Enter")  # … and to the sentence that the first is made of
        assert "ULVANE (Tidewire)" in await page.assert_shows("Bullet 1 › Tidewire")


async def test_the_picture_has_the_themes_colours(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url)
        await page.assert_shows("Marenza bridge repairs")
        colors = await page.colors()
    assert GROUND in colors
    assert len(colors) > 50  # inks, other grounds, and the edges of letters


async def test_the_screen_follows_the_window(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url, width=1400)
        await page.assert_shows("Marenza bridge repairs")
        wide = await page.value("xterm.cols")
        await page.call(
            "Emulation.setDeviceMetricsOverride",
            width=500,
            height=700,
            deviceScaleFactor=1,
            mobile=False,
        )
        await page.until(f"xterm.cols < {wide} / 2")
        await page.hides("4 sources")  # there is room for the list alone
        await page.assert_shows("Marenza bridge")


async def test_hostile_31_two_browsers_read_and_mark_the_same_store(
    browser: Devtools, stored: Path
) -> None:
    async with served() as server:
        one = await browser.page(server.url)
        other = await browser.page(server.url)
        await one.assert_shows("Bridge closed")
        await other.assert_shows("Bridge closed")
        await one.press("s")
        await one.assert_shows("★")
        await one.close()
        await server.logged("has ended")
        await other.press("?")  # it is as alive as before
        await other.assert_shows("Keys")
        await other.go(server.url)
        await other.assert_shows("★")


async def test_hostile_31_without_the_token_a_page_is_told_where_it_is(
    browser: Devtools, tmp_path: Path
) -> None:
    kept = tmp_path / "token"
    async with served("--demo", f"--token-file={kept}") as server:
        page = await browser.page(server.url)
        await page.assert_tells("Open the address with the token")
        await page.go(f"{server.url}?token=a-guess-of-somebody")
        await page.assert_tells("This is not the token")
        await page.go(f"{server.url}?token={kept.read_text().strip()}")
        await page.assert_shows("Marenza bridge repairs")
        assert await page.value("location.href") == server.url  # it is out of the address
        assert await page.value("document.cookie") == ""  # no script can read the cookie
        await page.go(server.url)
        await page.assert_shows("Marenza bridge repairs")


async def test_hostile_31_a_page_that_is_closed_in_the_middle_ends_its_reader(
    browser: Devtools, stored: Path
) -> None:
    async with served() as server:
        page = await browser.page(server.url)
        reader = await server.reader()
        await page.assert_shows("Bridge closed")
        await page.press("/")
        await page.close()
        await assert_ended(reader)


async def test_after_a_closed_lid_the_page_comes_back_with_what_was_marked(
    browser: Devtools, stored: Path
) -> None:
    async with served() as server, Cable(server.url) as cable:
        page = await browser.page(cable.url)
        reader = await server.reader()
        await page.assert_shows("Bridge closed")
        await page.press("s")
        await page.assert_shows("★")
        cable.pull()
        await page.assert_tells("The connection is lost. Connecting again …")
        await assert_ended(reader)
        cable.mend()
        assert await server.reader() != reader
        await page.until("document.body.classList.contains('-drawn')")
        await page.assert_shows("★")
    with ReadingStore.open(stored, read_only=True) as store:
        assert store is not None


async def test_a_server_that_comes_back_finds_its_page_waiting(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url)
        await page.assert_shows("Marenza bridge repairs")
    await page.assert_tells("Connecting again")
    async with served("--demo", port=int(server.url.strip("/").rpartition(":")[2])):
        await page.assert_shows("Marenza bridge repairs")


async def test_who_leaves_the_reader_may_open_it_again(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url)
        await page.assert_shows("Marenza bridge repairs")
        await page.press("q")
        await page.assert_tells("The reader was left.")
        await page.press("Enter")  # the button has the keyboard
        await page.assert_shows("Marenza bridge repairs")


async def test_hostile_22_a_page_is_opened_by_the_browser_that_reads(browser: Devtools) -> None:
    # Not by the server's: who reads may sit at another machine.
    async with served("--demo") as server:
        page = await browser.page(server.url)
        await page.assert_shows("Marenza bridge repairs")
        await page.press("o")
        await page.until("opened.length")
        ((url, target, features),) = await page.value("opened")
        assert url.startswith("https://")
        assert (target, features) == ("_blank", "noopener,noreferrer")


async def test_a_line_is_copied_to_the_clipboard_of_the_browser(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url)
        await page.assert_shows("Marenza bridge repairs")
        await page.value(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; }, 1"
        )
        await page.press("y")
        await page.until("window.copied")
        assert "Marenza bridge repairs" in await page.value("copied")


async def test_who_may_only_read_is_told_so(browser: Devtools, stored: Path) -> None:
    async with served("--read-only") as server:
        page = await browser.page(server.url)
        await page.assert_shows("read only")
        await page.press("s")
        screen = await page.assert_shows("marks are not kept")
        assert "★" not in screen


async def test_pages_ask_nobody_but_the_server(browser: Devtools) -> None:
    async with served("--demo") as server:
        page = await browser.page(server.url)
        await page.assert_shows("Marenza bridge repairs")
        asked = await page.value("performance.getEntriesByType('resource').map((r) => r.name)")
        assert asked
        assert all(url.startswith((server.url, "data:")) for url in asked), asked
        await asyncio.gather(page.picture(), page.screen())
