"""Publishers on the loopback that are in another mood at each request, chosen by a seed.

Each has an address of its own in 127.0.0.0/8, one feed (RSS, Atom or JSON Feed) and a page for each
of its articles. ``Publishers.served`` tells which entries went out in a whole, readable answer: all
of these have to be in the store of whoever fetched them.
"""

import asyncio
import gzip
import random
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Self

import brotli
import zstandard

from benchmarks.invented import story
from tests.feed_builders import Item, article_page, atom, json_feed, rss

KEPT = 20  # entries that a feed shows
FORMATS = {
    "rss": (rss, "application/rss+xml"),
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
}
_WALL = (
    "<html><head><title>{}</title></head><body><h1>We value your privacy</h1>"
    "<p>We and our 847 partners store and read information on a device, such as cookies, and"
    " process personal data. <button>Accept all</button> <button>Refuse</button></p></body></html>"
)
_BOMB = gzip.compress(bytes(60_000_000))


@dataclass(slots=True)
class Publisher:
    """One of them. entries: newest first."""

    number: int
    host: str
    form: str
    rng: random.Random
    entries: list[Item] = field(default_factory=list)
    made: int = 0
    retold: int = 0


@dataclass(slots=True)
class _Asked:
    """A request, and the way back."""

    publisher: Publisher
    path: str
    fields: Mapping[str, str]
    writer: asyncio.StreamWriter
    mood: str = ""

    async def answer(
        self, status: int, body: bytes = b"", fields: Mapping[str, str] | None = None
    ) -> None:
        """Send a whole answer."""
        head = {"Content-Length": str(len(body)), **(fields or {})}
        await self.send(_head(status, head) + (b"" if status == 304 else body))

    async def send(self, *pieces: bytes, pause: float = 0.0) -> None:
        """Send bytes as they are."""
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()
            if pause:
                await asyncio.sleep(pause)


def _head(status: int, fields: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def token(publisher: int, number: int) -> str:
    """What the title of an entry ends with, and its address."""
    return f"p{publisher}n{number}"


class Publishers:
    """So many publishers, served by a thread of their own while the block lasts.

    always: the moods that the feeds of the first, the second, … are in at each request.
    """

    def __init__(self, count: int, seed: int = 1, always: Sequence[str] = ()) -> None:
        self._always = always
        self.moods: Counter[str] = Counter()
        self.served: dict[str, float] = {}  # token: when it first went out whole
        self.made: set[str] = set()
        self.faults: list[str] = []
        self.calm = False  # from now on every answer is a good one
        self.seed = seed
        self._began = datetime.now(UTC)
        self._all = {
            f"127.0.1.{number}": Publisher(
                number,
                f"127.0.1.{number}",
                list(FORMATS)[number % 3],
                random.Random(f"{seed}:{number}"),
            )
            for number in range(1, count + 1)
        }
        self._port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    @property
    def addresses(self) -> list[str]:
        """The feeds' addresses."""
        return [self._address(publisher, "/feed") for publisher in self._all.values()]

    def _address(self, publisher: Publisher, path: str) -> str:
        return f"http://{publisher.host}:{self._port}{path}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _open(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.1.1", 0))
            self._port = probe.getsockname()[1]
        await asyncio.start_server(self._serve, list(self._all), self._port, backlog=128)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        publisher = self._all[writer.get_extra_info("sockname")[0]]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                pairs = (line.partition(":") for line in lines[1:] if line)
                fields = {name.lower(): value.strip() for name, _, value in pairs}
                asked = _Asked(publisher, lines[0].split(" ")[1], fields, writer)
                if not await self._answer(asked):
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has hung up, or it is all over
        except Exception as error:  # noqa: BLE001 - a fault of the benchmark's own has to be seen
            self.faults.append(f"the publishers: {type(error).__name__}: {error}")
        finally:
            writer.close()

    async def _answer(self, asked: _Asked) -> bool:
        """Answer in some mood; whether the connection stays."""
        rng = asked.publisher.rng
        if asked.path.startswith("/a/"):
            moods, weights, calm = PAGE_MOODS, PAGE_WEIGHTS, "page: article"
        elif asked.path == "/feed":
            moods, weights, calm = FEED_MOODS, FEED_WEIGHTS, "same"
        elif asked.path.startswith("/there/"):
            await self.feed(asked, self.document(asked.publisher))
            return True
        else:
            await _wall(self, asked)
            return True
        asked.mood = calm if self.calm else rng.choices(list(moods), weights)[0]
        if self._always:
            at = asked.publisher.number - 1
            asked.mood = self._always[at] if asked.path == "/feed" else calm
        self.moods[asked.mood] += 1
        return await moods[asked.mood](self, asked) is not False

    # ── Feeds ────────────────────────────────────────────────────────────────────────────────

    def add(self, publisher: Publisher, count: int = 0, text: str = "", **more: object) -> None:
        """Write new entries; ``more`` is otherwise with the first one."""
        rng = publisher.rng
        for at in range(count or rng.randrange(1, 4)):
            publisher.made += 1
            name = token(publisher.number, publisher.made)
            told = story(len(self.made) // 4, self.seed)  # several tell the same event
            one = told[publisher.number % len(told)]
            body = "".join(f"<p>{escape(line)}</p>" for line in (text or one.text).split("\n"))
            whole = rng.random() < 0.6  # else the article is to be read on its page
            item = Item(
                f"{one.title} {name}",
                self._address(publisher, f"/a/{name}"),
                summary="" if whole else escape(one.text[:120]) + " …",
                content=body if whole or text else "",
                published=datetime.now(UTC) - timedelta(minutes=rng.randrange(600)),
                guid=f"tag:{publisher.host},2026:{name}",
                author=rng.choice((None, "Ada Berford")),
            )
            if at == 0 and more:
                item = replace(item, **more)  # type: ignore[arg-type]
            publisher.entries.insert(0, item)
            self.made.add(name)
        del publisher.entries[KEPT:]

    def document(self, publisher: Publisher) -> bytes:
        """The feed as it is now."""
        if not publisher.entries:
            self.add(publisher, 5)
        return FORMATS[publisher.form][0](f"Outlet {publisher.number}", publisher.entries)

    async def feed(
        self,
        asked: _Asked,
        document: bytes,
        coding: str = "",
        media: str | None = None,
        pieces: int = 1,
    ) -> None:
        """Send a feed, whole; its entries count as served."""
        publisher = asked.publisher
        names = [item.link.rpartition("/")[2] for item in publisher.entries]
        etag = f'"{zlib.crc32(document):x}"'
        if etag == asked.fields.get("if-none-match"):
            await asked.answer(304, fields={"ETag": etag})
            return
        body = CODINGS[coding](document) if coding else document
        fields = {
            "Content-Type": media or FORMATS[publisher.form][1],
            "Content-Length": str(len(body)),
            "ETag": etag,
            **({"Content-Encoding": coding} if coding else {}),
        }
        size = len(body) // pieces + 1
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        await asked.send(_head(200, fields), *parts, pause=0.2 if pieces > 1 else 0.0)
        now = time.monotonic()
        for name in names:
            self.served.setdefault(name, now)


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
Mood = Callable[[Publishers, _Asked], Awaitable[bool | None]]


async def _new(here: Publishers, asked: _Asked) -> None:
    here.add(asked.publisher)
    await here.feed(asked, here.document(asked.publisher))


async def _same(here: Publishers, asked: _Asked) -> None:
    await here.feed(asked, here.document(asked.publisher))


def _coded(coding: str) -> Mood:
    async def mood(here: Publishers, asked: _Asked) -> None:
        here.add(asked.publisher)
        await here.feed(asked, here.document(asked.publisher), coding)

    return mood


async def _slow(here: Publishers, asked: _Asked) -> None:
    here.add(asked.publisher)
    await here.feed(asked, here.document(asked.publisher), pieces=8)


async def _renamed(here: Publishers, asked: _Asked) -> None:
    """Every entry has a new identifier; its address and time stay."""
    publisher = asked.publisher
    here.document(publisher)
    publisher.retold += 1
    publisher.entries = [
        replace(item, guid=f"urn:{publisher.retold}:{at}:{publisher.rng.random()}")
        for at, item in enumerate(publisher.entries)
    ]
    await here.feed(asked, here.document(publisher))


async def _retold(here: Publishers, asked: _Asked) -> None:
    """Two entries say more than before."""
    publisher = asked.publisher
    here.document(publisher)
    publisher.retold += 1
    more = f"<p>The board added on its {publisher.retold}th day that 40 more had come.</p>"
    for at in publisher.rng.sample(range(len(publisher.entries)), 2):
        item = publisher.entries[at]
        publisher.entries[at] = replace(item, content=item.content + more)
    await here.feed(asked, here.document(publisher))


async def _huge(here: Publishers, asked: _Asked) -> None:
    """An entry as long as a book: a table that says one thing again and again, or a log."""
    rng = asked.publisher.rng
    first, step = rng.randrange(9999), rng.choice((0, 1))
    texts = [story(first + step * at, here.seed)[0].text for at in range(120)]
    here.add(asked.publisher, 1, text="\n".join(texts))
    await here.feed(asked, here.document(asked.publisher))


async def _future(here: Publishers, asked: _Asked) -> None:
    ahead = timedelta(hours=asked.publisher.rng.choice((3, 50, 9000)))
    here.add(asked.publisher, 1, published=datetime.now(UTC) + ahead)
    await here.feed(asked, here.document(asked.publisher))


async def _undated(here: Publishers, asked: _Asked) -> None:
    here.add(asked.publisher, 1, published=None)
    await here.feed(asked, here.document(asked.publisher))


async def _controls(here: Publishers, asked: _Asked) -> None:
    """Words that a terminal must not see, and markup in a title."""
    name = token(asked.publisher.number, asked.publisher.made + 1)
    title = f"[bold]\u202eQuay\x9b31m <script>alert(1)</script> \u200d{name}"
    here.add(asked.publisher, 1, title=title)
    await here.feed(asked, here.document(asked.publisher))


async def _wrong_charset(here: Publishers, asked: _Asked) -> None:
    """It says one encoding and is in another; titles are in letters of both."""
    here.add(asked.publisher)
    document, media = here.document(asked.publisher), FORMATS[asked.publisher.form][1]
    said = asked.publisher.rng.choice(("iso-8859-1", "windows-1252", "x-unknown", "utf-16"))
    await here.feed(asked, document, media=f"{media}; charset={said}")


async def _bare_ampersand(here: Publishers, asked: _Asked) -> None:
    here.add(asked.publisher)
    document = here.document(asked.publisher)
    if asked.publisher.form != "json":
        document = document.replace(b"<title>Outlet", b"<title>Fish & chips&nbsp;of Outlet", 1)
    await here.feed(asked, document)


async def _wrong_type(here: Publishers, asked: _Asked) -> None:
    here.add(asked.publisher)
    media = asked.publisher.rng.choice(("text/html", "text/plain", "application/octet-stream"))
    await here.feed(asked, here.document(asked.publisher), media=media)


async def _moved(_: Publishers, asked: _Asked) -> None:
    status = asked.publisher.rng.choice((301, 302, 303, 307, 308))
    await asked.answer(status, fields={"Location": f"/there/{status}"})


async def _loop(_: Publishers, asked: _Asked) -> None:
    await asked.answer(302, fields={"Location": asked.path})


async def _busy(_: Publishers, asked: _Asked) -> None:
    rng = asked.publisher.rng
    seconds = rng.randrange(1, 90)
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    wait = rng.choice((str(seconds), date, "soon", "-1"))
    await asked.answer(rng.choice((429, 503)), b"Later, please.", {"Retry-After": wait})


def _refusing(*statuses: int) -> Mood:
    async def mood(_: Publishers, asked: _Asked) -> None:
        await asked.answer(asked.publisher.rng.choice(statuses), b"<html>No.</html>")

    return mood


async def _cut(here: Publishers, asked: _Asked) -> bool:
    here.add(asked.publisher)
    document = here.document(asked.publisher)
    fields = {"Content-Type": "text/xml", "Content-Length": str(len(document))}
    await asked.send(_head(200, fields), document[: asked.publisher.rng.randrange(len(document))])
    return False


async def _cut_chunks(here: Publishers, asked: _Asked) -> bool:
    document = here.document(asked.publisher)[:-40]
    fields = {"Content-Type": "text/xml", "Transfer-Encoding": "chunked"}
    await asked.send(_head(200, fields), f"{len(document):x}\r\n".encode(), document, b"\r\n")
    return False


async def _endless(here: Publishers, asked: _Asked) -> bool:
    fields = {"Content-Type": "text/xml"}
    await asked.send(_head(200, fields), here.document(asked.publisher)[:400])
    while True:
        await asked.send(b"<item><title>More</title></item>" * 2000)


async def _dripping(_: Publishers, asked: _Asked) -> bool:
    await asked.send(_head(200, {"Content-Type": "text/xml"}))
    while True:
        await asked.send(b" ", pause=0.5)


async def _silent(_: Publishers, asked: _Asked) -> bool:
    await asyncio.sleep(30)
    del asked
    return False


async def _bomb(_: Publishers, asked: _Asked) -> None:
    await asked.answer(200, _BOMB, {"Content-Encoding": "gzip", "Content-Type": "text/xml"})


async def _bad_coding(here: Publishers, asked: _Asked) -> None:
    coding = asked.publisher.rng.choice(list(CODINGS))
    body = bytearray(CODINGS[coding](here.document(asked.publisher)))
    body[len(body) // 2 :] = b"?" * 9
    await asked.answer(200, bytes(body), {"Content-Encoding": coding})


async def _broken_xml(here: Publishers, asked: _Asked) -> None:
    document = here.document(asked.publisher)
    at = max(document.find(mark) for mark in (b"<item>", b"<entry>", b'"items"'))  # of the first
    await asked.answer(
        200, document[:at] + b"<a <b ]]> \x00\xff" + document[at:], {"Content-Type": "text/xml"}
    )


async def _html(_: Publishers, asked: _Asked) -> None:
    link = asked.publisher.rng.choice(
        ("", '<link rel="alternate" type="application/rss+xml" href="/feed">')
    )
    page = f"<!doctype html><html><head><title>Moved</title>{link}</head><body><p>Hello.</p>"
    await asked.answer(200, page.encode(), {"Content-Type": "text/html"})


async def _closed(_: Publishers, asked: _Asked) -> bool:
    del asked
    return False


async def _reset(_: Publishers, asked: _Asked) -> bool:
    handle = asked.writer.get_extra_info("socket")
    handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


async def _garbage(_: Publishers, asked: _Asked) -> bool:
    await asked.send(b"\x16\x03\x01 200 fine\r\n\r\n<rss>")
    return False


async def _long_head(_: Publishers, asked: _Asked) -> bool:
    await asked.send(_head(200, {f"X-{number}": "a" * 900 for number in range(300)}))
    return False


async def _empty(_: Publishers, asked: _Asked) -> None:
    await asked.answer(asked.publisher.rng.choice((200, 204)))


async def _bare(_: Publishers, asked: _Asked) -> None:
    await asked.answer(200, rss("Outlet", ()), {"Content-Type": "application/rss+xml"})


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


async def _article(here: Publishers, asked: _Asked) -> None:
    told = story(zlib.crc32(asked.path.encode()) % 5000, here.seed)[0]
    page = article_page(told.title, told.text.split("\n"), published=datetime.now(UTC))
    await asked.answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


async def _wall(_: Publishers, asked: _Asked) -> None:
    page = _WALL.format(asked.path).encode()
    await asked.answer(200, page, {"Content-Type": "text/html"})


async def _to_login(_: Publishers, asked: _Asked) -> None:
    await asked.answer(302, fields={"Location": "/login?from=" + asked.path})


async def _media(_: Publishers, asked: _Asked) -> None:
    await asked.answer(200, b"%PDF-1.7 " * 100, {"Content-Type": "application/pdf"})


async def _deep(_: Publishers, asked: _Asked) -> None:
    page = b"<html><body>" + b"<div><table><tr><td>" * 8000 + b"Deep."
    await asked.answer(200, page, {"Content-Type": "text/html"})


FEED_MOODS: dict[str, Mood] = {
    "new": _new,
    "same": _same,
    **{coding: _coded(coding) for coding in CODINGS},
    "slow": _slow,
    "renamed guids": _renamed,
    "retold": _retold,
    "huge entry": _huge,
    "future date": _future,
    "no date": _undated,
    "control characters": _controls,
    "wrong charset": _wrong_charset,
    "bare ampersand": _bare_ampersand,
    "wrong type": _wrong_type,
    "redirect": _moved,
    "redirect loop": _loop,
    "busy": _busy,
    "server error": _refusing(500, 502, 504),
    "refused": _refusing(400, 401, 403, 404, 418),
    "gone": _refusing(410),
    "cut body": _cut,
    "cut chunks": _cut_chunks,
    "endless body": _endless,
    "dripping body": _dripping,
    "silent": _silent,
    "bomb": _bomb,
    "bad coding": _bad_coding,
    "broken XML": _broken_xml,
    "page instead": _html,
    "closed": _closed,
    "reset": _reset,
    "garbage": _garbage,
    "long head": _long_head,
    "empty": _empty,
    "no entries": _bare,
}
_OFTEN = {"new": 25, "same": 12, "gzip": 5, "retold": 4, "redirect": 4, "cut body": 3, "closed": 3}
FEED_WEIGHTS = [_OFTEN.get(name, 2 if name in CODINGS else 1) for name in FEED_MOODS]

PAGE_MOODS: dict[str, Mood] = {
    "page: article": _article,
    "page: wall": _wall,
    "page: login": _to_login,
    "page: refused": _refusing(401, 402, 403, 404, 410, 451, 500),
    "page: busy": _busy,
    "page: redirect loop": _loop,
    "page: no page": _media,
    "page: deep": _deep,
    "page: cut": _cut,
    "page: endless": _endless,
    "page: silent": _silent,
    "page: closed": _closed,
    "page: bomb": _bomb,
    "page: empty": _empty,
}
PAGE_WEIGHTS = [20, 4, *[1] * (len(PAGE_MOODS) - 2)]
