"""Servers that attack: what they send is bounded, and leads nowhere but to the web."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from briefing.config import FetchSettings
from briefing.ingest import Fetcher
from briefing.model import FetchError
from tests.fake_web import Newsroom

SHORT = FetchSettings(
    connect_timeout=5, read_timeout=5, total_timeout=2, max_feed_mb=1, max_page_mb=1
)
Write = Callable[[bytes], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


@asynccontextmanager
async def server(answer: Callable[[Write], Awaitable[None]]) -> AsyncIterator[str]:
    """A server that sends what ``answer`` writes, to whoever asks; its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def write(part: bytes) -> None:
            writer.write(part)
            await writer.drain()

        with suppress(OSError):
            await reader.readuntil(b"\r\n\r\n")
            await answer(write)
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    finally:
        listening.close()


async def _drip(write: Write) -> None:
    await write(OK + b"Content-Length: 100000\r\n\r\n")
    while True:
        await write(b"x")
        await asyncio.sleep(0.05)


async def _drip_of_headers(write: Write) -> None:
    await write(OK)
    number = 0
    while True:
        number += 1
        await write(b"X-%d: y\r\n" % number)
        await asyncio.sleep(0.05)


async def _endless_chunks(write: Write) -> None:
    await write(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        await write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


async def _large_header(write: Write) -> None:
    await write(OK + b"X: " + b"y" * 1_000_000 + b"\r\nContent-Length: 1\r\n\r\nx")


async def _many_headers(write: Write) -> None:
    fields = b"".join(b"X-%d: yyyyyyyyyyyyyyyyyyyy\r\n" % n for n in range(10_000))
    await write(OK + fields + b"Content-Length: 1\r\n\r\nx")


async def _short_of_its_length(write: Write) -> None:
    await write(OK + b"Content-Length: 100\r\n\r\n<rss/>")


async def _chunks_cut_off(write: Write) -> None:
    await write(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")


async def _two_lengths(write: Write) -> None:
    await write(OK + b"Content-Length: 6\r\nContent-Length: 60\r\n\r\n<rss/>")


async def _no_http(write: Write) -> None:
    await write(b"\x1b]0;x\x07 NOT HTTP\r\n\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        _drip,
        _drip_of_headers,
        _endless_chunks,
        _large_header,
        _many_headers,
        _short_of_its_length,
        _chunks_cut_off,
        _two_lengths,
        _no_http,
    ],
)
async def test_hostile_20_a_server_that_lies_or_never_ends_is_given_up_with_a_clear_error(
    answer: Callable[[Write], Awaitable[None]],
) -> None:
    async with server(answer) as url, Fetcher(SHORT) as fetcher:
        async with asyncio.timeout(60):  # the fetcher's own limit is two seconds
            with pytest.raises(FetchError) as caught:
                await fetcher.get(url)
    assert caught.value.where == url
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@pytest.mark.parametrize("kind", ["feed", "page"])
async def test_hostile_08_a_bomb_is_stopped_at_the_limit_of_decoded_bytes(
    room: Newsroom, coding: str, kind: str
) -> None:
    bomb = b"<p>" * 10_000_000
    body = gzip.compress(bomb, mtime=0) if coding == "gzip" else zlib.compress(bomb)
    assert len(body) < 100_000
    url = room.put("/bomb", body, headers={"Content-Encoding": coding})
    async with Fetcher(SHORT) as fetcher:
        with pytest.raises(FetchError, match="larger than the limit of 1 MB") as caught:
            await fetcher.get(url, "feed" if kind == "feed" else "page")
    assert f"fetch.max_{kind}_mb" in caught.value.mend


async def test_hostile_08_codings_within_codings_are_refused(room: Newsroom) -> None:
    body = gzip.compress(gzip.compress(b"<rss/>"))
    url = room.put("/bomb", body, headers={"Content-Encoding": "gzip, gzip"})
    async with Fetcher(SHORT) as fetcher:
        with pytest.raises(FetchError, match="compressed more than once"):
            await fetcher.get(url)


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "data:text/html,x",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "gopher://127.0.0.1:1/x",
        "//",
        "http://",
        "http://[",
        "http://xn--/",
    ],
)
@pytest.mark.parametrize("kind", ["feed", "page"])
async def test_hostile_19_a_redirect_leads_nowhere_but_to_the_web(
    room: Newsroom, target: str, kind: str
) -> None:
    url = room.redirect("/feed.xml", target)
    async with Fetcher(SHORT) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(url, "feed" if kind == "feed" else "page")
    assert caught.value.where == url
    assert len(room.requests) == 1
