"""A real browser without a window, driven over the DevTools protocol: Debian's Chromium."""

import asyncio
import base64
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE = 60  # seconds that a busy machine may take
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# textual-serve's script keeps its terminal to itself: what is made is caught on the way.
_CATCH = """
Object.defineProperty(Object.prototype, "terminal", {
  configurable: true,
  get() { return undefined; },
  set(made) {
    Object.defineProperty(this, "terminal",
      { value: made, writable: true, configurable: true, enumerable: true });
    if (made && made.buffer) window.xterm = made;
  },
});
window.opened = [];
window.open = (...given) => { window.opened.push(given); };
"""
SCREEN = """(
Array.from({ length: window.xterm ? xterm.rows : 0 },
  (_, n) => xterm.buffer.active.getLine(n).translateToString(true, 0, xterm.cols)).join("\\n"))"""

_COLORS = """
(async () => {
  const image = new Image();
  image.src = %s;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const data = canvas.getImageData(0, 0, image.width, image.height).data;
  const found = new Set();
  for (let n = 0; n < data.length; n += 4)
    found.add(data[n] << 16 | data[n + 1] << 8 | data[n + 2]);
  return [...found];
})()
"""


def chromium() -> str | None:
    """The program, where there is one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Devtools:
    """The browser's end of the protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if (future := self._waiting.pop(said.get("id", 0), None)) is None or future.done():
                continue
            if "error" in said:
                future.set_exception(RuntimeError(said["error"]["message"]))
            else:
                future.set_result(said["result"])

    async def call(self, method: str, session: str = "", **given: Any) -> Any:
        """What a method answers."""
        number = next(self._numbers)
        self._waiting[number] = future = asyncio.get_running_loop().create_future()
        asked = {"id": number, "method": method, "params": given}
        await self._socket.send_json(asked | ({"sessionId": session} if session else {}))
        return await asyncio.wait_for(future, PATIENCE)

    async def page(self, url: str, *, width: int = 1200, height: int = 800) -> "Page":
        """A page of its own, with cookies of its own, on its way to ``url``."""
        context = (await self.call("Target.createBrowserContext"))["browserContextId"]
        target = await self.call(
            "Target.createTarget",
            url="about:blank",
            browserContextId=context,
            width=width,
            height=height,
        )
        attached = await self.call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        page = Page(self, attached["sessionId"], target["targetId"])
        await page.call("Page.enable")
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=_CATCH)
        await page.go(url)
        return page

    async def close(self) -> None:
        """Leave the browser alone."""
        self._reading.cancel()
        await self._socket.close()


class Page:
    """A page, as somebody before the screen has it."""

    def __init__(self, devtools: Devtools, session: str, target: str) -> None:
        self._devtools = devtools
        self._session = session
        self._target = target

    async def call(self, method: str, **given: Any) -> Any:
        """What a method answers for this page."""
        return await self._devtools.call(method, self._session, **given)

    async def go(self, url: str) -> None:
        """Type an address."""
        await self.call("Page.navigate", url=url)

    async def value(self, script: str) -> Any:
        """What a script of the page gives."""
        answer = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait for a condition in the page's script; looked at as often as a frame is drawn."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    if await self.value(f"Boolean({condition})"):
                        return
                    await self.value("new Promise((done) => setTimeout(done, 16)).then(() => 1)")
                except (RuntimeError, AssertionError):  # the page gave way to another
                    await self.call("Page.getFrameTree")

    async def screen(self) -> str:
        """The text of the terminal, a line a row."""
        return str(await self.value(SCREEN))

    async def assert_shows(self, words: str) -> str:
        """Wait for words in the terminal; its text then."""
        await self.until(f"{SCREEN}.includes({json.dumps(words)})")
        return await self.screen()

    async def hides(self, words: str) -> str:
        """Wait until words are in the terminal no more; its text then."""
        await self.until(f"!{SCREEN}.includes({json.dumps(words)})")
        return await self.screen()

    async def says(self) -> str:
        """The page's own words, beside the terminal."""
        return str(await self.value("document.body.innerText"))

    async def assert_tells(self, words: str) -> None:
        """Wait for words of the page beside the terminal."""
        await self.until(f"document.body?.innerText.includes({json.dumps(words)})")

    async def press(self, key: str) -> None:
        """A key, by its name where it has one."""
        given: dict[str, Any] = {"key": key}
        if len(key) == 1:
            given["text"] = key
        elif key == "Enter":
            given |= {"text": "\r", "code": "Enter", "windowsVirtualKeyCode": 13}
        elif key == "Escape":
            given |= {"code": "Escape", "windowsVirtualKeyCode": 27}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **given)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **given)

    async def picture(self) -> bytes:
        """What is assert_drawn, as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])

    async def colors(self) -> set[tuple[int, int, int]]:
        """The colours of the picture: the browser reads its own PNG."""
        drawn = base64.b64encode(await self.picture()).decode()
        found = await self.value(_COLORS % json.dumps(f"data:image/png;base64,{drawn}"))
        return {(c >> 16, c >> 8 & 255, c & 255) for c in found}

    async def close(self) -> None:
        """Close the page, in the middle of whatever it does."""
        await self._devtools.call("Target.closeTarget", targetId=self._target)


@asynccontextmanager
async def browsing(program: str, profile: Path, *options: str) -> AsyncIterator[Devtools]:
    """A browser with a new profile, ended at the end."""
    process = await asyncio.create_subprocess_exec(
        program,
        "--headless=new",
        "--no-sandbox",  # of an administrator's tests; it sees our own pages alone
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        *options,
        "about:blank",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        address = await asyncio.wait_for(_address(process), PATIENCE)
        rest = asyncio.create_task(_read_away(process))
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(address, max_msg_size=0) as socket,
        ):
            devtools = Devtools(socket)
            yield devtools
            await devtools.close()
        rest.cancel()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    """Where the browser listens, which it says on standard error."""
    assert process.stderr is not None
    said = b""
    while line := await process.stderr.readline():
        said += line
        if line.startswith(b"DevTools listening on "):
            return line.split()[-1].decode()
    raise AssertionError(f"the browser did not start: {said.decode()[-2000:]}")


async def _read_away(process: asyncio.subprocess.Process) -> None:
    """What it says later would fill the pipe."""
    assert process.stderr is not None
    while await process.stderr.read(65536):
        pass
