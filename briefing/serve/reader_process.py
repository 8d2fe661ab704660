"""A reader of its own for each page that is open: started, fed, drawn and ended."""

import asyncio
import json
import os
import shlex
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from briefing.serve.messages import Focused, Message, Ping, Resized, Typed

DRIVER = "briefing.ui.web_driver:BrowserDriver"
ENDED, FULL, FAILED = 4000, 4001, 4002
"""Why the server closes a page's websocket (RFC 6455, 7.4.2): the reader was left, there are too
many, or it could not start."""
LONGEST_REASON = 120
"""Bytes of a reason (RFC 6455, 5.5: a control frame has 125)."""
_GREETING = b"__GANGLION__\n"
_HEAD = 5  # a letter for the kind of packet, four bytes for its length
_LARGEST_PACKET = 1 << 24
_SECONDS = {"quit": 3.0, "terminate": 2.0}  # before the next, harder way to end a reader


class ReaderProcess(AppService):
    """textual-serve's process of an application, without a shell, and with an end.

    Textual-serve's own waits for ever for a process that does not end, and tells no page that its
    process has. It offers files for download, which the reader has none of.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """``words`` is the reader's command line; it waits for a line with its size."""
        super().__init__(
            shlex.join(words),
            write_bytes=self._write_bytes,
            write_str=self._write_text,
            close=self._leave,
            download_manager=DownloadManager(),
        )
        self._words = words
        self._page: web.WebSocketResponse | None = None
        self._starting = asyncio.Lock()
        self.has_drawn = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """The process's number, once it is started."""
        return None if self._process is None else self._process.pid

    async def prepare(self) -> None:
        """Start the process, where it is not there and has had no page: it waits for one. Raises
        OSError."""
        async with self._starting:
            if self._page is None and not self.is_waiting:
                await self._open_app_process()

    @property
    def is_waiting(self) -> bool:
        """Whether it is there and has no page yet."""
        started = self._process is not None and self._process.returncode is None
        return started and self._page is None

    async def open(self, page: web.WebSocketResponse, width: int, height: int) -> None:
        """Draw on ``page`` from now on. Raises OSError where no process can be started."""
        await self.prepare()
        self._page = page
        with suppress(ConnectionError):
            self.stdin.write(f"{width} {height}\n".encode())
            await self.stdin.drain()
        self._task = asyncio.create_task(self.run())

    async def take(self, message: Message) -> None:
        """Hand on what the page says."""
        match message:
            case Typed(text):
                await self.send_bytes(text.encode("utf-8", "replace"))
            case Resized(width, height):
                await self.set_terminal_size(width, height)
            case Ping(mark):
                await self._write_text(json.dumps(["pong", mark]))
            case Focused(has_focus):
                await (self.focus() if has_focus else self.blur())

    async def run(self) -> None:
        """Draw what the process draws until it ends; then the page is told why."""
        process = self._process
        assert process is not None  # noqa: S101 - ``start`` makes it
        assert process.stdout is not None  # noqa: S101
        errors = asyncio.create_task(_last_line(process))
        try:
            is_ready = await process.stdout.readline() == _GREETING
            while is_ready:
                head = await process.stdout.readexactly(_HEAD)
                if head == _GREETING[:_HEAD]:  # the same process shows the sample
                    await process.stdout.readline()
                    continue
                size = int.from_bytes(head[1:], "big")
                if size > _LARGEST_PACKET:
                    break
                await self._draw(head[:1], await process.stdout.readexactly(size))
        except (
            asyncio.IncompleteReadError,
            ValueError,
        ):
            pass  # it has ended, or says what it never does
        finally:
            self.has_drawn.set()
            await self._end(process, asked=False)
        words = await errors
        if process.returncode:
            await self._close(FAILED, words or f"The reader ended with {process.returncode}.")
        else:
            await self._leave()

    async def stop(self) -> None:
        """End the process and all that it has started; waits until they are gone."""
        if self._process is not None and self.is_waiting:
            self._process.kill()
        if self._process is not None:
            await self._end(self._process, asked=self._page is not None)
        if self._task is not None:
            await self._task

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,  # what it starts is ended with it
        )
        assert process.stdin is not None  # noqa: S101
        self._stdin = process.stdin
        return process

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        environment: dict[str, str] = super()._build_environment(width, height)
        environment |= {"TEXTUAL_DRIVER": DRIVER, "TERM": "xterm-256color"}
        environment |= {"COLORTERM": "truecolor"}
        return environment

    async def _draw(self, kind: bytes, payload: bytes) -> None:
        """Hand on a packet; one for a page that is gone is read all the same, or the process would
        wait for ever to write it."""
        if kind == b"D":
            await self._write_bytes(payload)
            self.has_drawn.set()
        elif kind == b"M":
            await self._open_page(json.loads(payload))

    async def _open_page(self, said: dict[str, object]) -> None:
        url = said.get("url")
        if said.get("type") != "open_url" or not isinstance(url, str):
            return  # files to download: the reader offers none
        if url.startswith(("http://", "https://")):
            await self._write_text(json.dumps(["open_url", {"url": url, "new_tab": True}]))

    async def _write_bytes(self, data: bytes) -> None:
        if self._page is not None and not self._page.closed:
            with suppress(ConnectionError):
                await self._page.send_bytes(data)

    async def _write_text(self, text: str) -> None:
        if self._page is not None and not self._page.closed:
            with suppress(ConnectionError):
                await self._page.send_str(text)

    async def _end(self, process: Process, *, asked: bool) -> None:
        """End the process, the gentle way first where it is still there, and what it has left."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_SECONDS["quit"]):
                if asked:
                    await self.send_meta({"type": "quit"})
                await process.wait()
        for number in (signal.SIGTERM, signal.SIGKILL):
            # Also of a process that has ended: its group is what it has started.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _SECONDS["terminate"])
                break

    async def _leave(self) -> None:
        await self._close(ENDED, "The reader was left.")

    async def _close(self, code: int, words: str) -> None:
        if self._page is not None:
            with suppress(ConnectionError):
                await self._page.close(code=code, message=reason(words))


async def _last_line(process: Process) -> str:
    """The last line that the process writes to its standard error: what an error is told in."""
    last = b""
    assert process.stderr is not None  # noqa: S101
    with suppress(ValueError):  # a line without an end
        while line := await process.stderr.readline():
            last = line.strip() or last
    return last.decode("utf-8", "replace").removeprefix("briefing: ")


def reason(words: str) -> bytes:
    """The words as a websocket is closed with: as many whole ones as go in."""
    encoded = words.encode("utf-8", "replace")
    if len(encoded) <= LONGEST_REASON:
        return encoded
    cut = encoded[: LONGEST_REASON - 3].decode("utf-8", "ignore").rpartition(" ")[0]
    return f"{cut}…".encode()
