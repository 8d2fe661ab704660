"""The web server: one page, its websocket, and the few files that draw it. Nothing else is served.

textual-serve's own server listens to every name, serves its folder with an index, loads a font from
another site and shows files for download: here are its terminal and its protocol, not its routes.
"""

import asyncio
import logging
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.typedefs import Handler, Middleware

from briefing.serve.access import Access
from briefing.serve.messages import message_from_json, size_asked
from briefing.serve.reader_process import FULL, ReaderProcess, reason

_PAGE = Path(__file__).parent / "page"
_THEIRS = Path(textual_serve.__file__ or "").parent / "static"
FILES = {
    "/": _PAGE / "index.html",
    "/page.js": _PAGE / "page.js",
    "/page.css": _PAGE / "page.css",
    "/textual.js": _THEIRS / "js" / "textual.js",
    "/xterm.css": _THEIRS / "css" / "xterm.css",
    "/mono.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
    "/mono-italic.ttf": _THEIRS / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf",
}
"""All that is served, by its path."""
LARGEST_MESSAGE = 1 << 18
_SECONDS_TO_END = 10.0
_YEAR = 365 * 24 * 3600

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served. words: the reader's command line; limit: how many may be open at once;
    heartbeat: seconds between two questions whether a page is still there: a lid may be closed."""

    words: Sequence[str]
    access: Access
    limit: int = 8
    heartbeat: float = 15.0


def serve(serving: Serving, listening: socket.socket) -> None:
    """Serve at a socket until SIGINT, SIGTERM or SIGHUP; then no reader is left running.

    Raises OSError where the socket cannot be served at.
    """
    asyncio.run(_serve(serving, listening))


async def _serve(serving: Serving, listening: socket.socket) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ended.set)
    # Without a log of requests: the token stands in one.
    runner = web.AppRunner(
        make_application(serving), access_log=None, shutdown_timeout=_SECONDS_TO_END
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        await ended.wait()
    finally:
        await runner.cleanup()


def make_application(serving: Serving) -> web.Application:
    """The application of aiohttp; its readers end with it."""
    pages = _Pages(serving)
    application = web.Application(middlewares=[_guard(serving.access)])
    application.add_routes([web.get(path, _file) for path in FILES])
    application.add_routes([web.get("/alive", _alive), web.get("/ws", pages.handle)])
    application.on_startup.append(pages.begin)
    application.on_shutdown.append(pages.end)
    return application


# ── Who may come in ──────────────────────────────────────────────────────────────────────────


def _guard(access: Access) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get("Host", "")
        if not access.knows_host(host):
            return _refusal(
                421, "This is no name of this server. `briefing serve --allow-host NAME` makes it."
            )
        if request.path == "/ws" and not access.is_own_page(
            request.headers.get("Origin", ""), host
        ):
            return _refusal(403, "Another site's page may not read here.")
        name = _cookie_name(request)
        if access.token and "token" in request.query:
            return _taken(request, access, name)
        if not access.is_cookie(request.cookies.get(name, "")):
            return _refusal(403, "Open the address with the token that `briefing serve` told.")
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = _refusal(error.status, "There is nothing here.")
        if not response.prepared:
            response.headers.update(_headers(host))
        return response

    return guard


def _taken(request: web.Request, access: Access, name: str) -> web.Response:
    """The token for a cookie, and out of the address: it would stay in the browser's history."""
    if not access.is_token(request.query["token"]):
        return _refusal(403, "This is not the token that `briefing serve` told.")
    response = web.Response(
        status=303, headers={"Location": str(request.rel_url.without_query_params("token"))}
    )
    response.headers.update(_headers(request.headers["Host"]))
    secure = request.headers.get("X-Forwarded-Proto") == "https"
    response.set_cookie(
        name, access.cookie, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure
    )
    return response


def _cookie_name(request: web.Request) -> str:
    """A cookie of its own for each port: browsers send a host's cookies to all of them."""
    return f"briefing-{request.url.port}"


def _refusal(status: int, words: str) -> web.Response:
    return web.Response(status=status, text=f"{words}\n", headers=_headers("'none'"))


def _headers(host: str) -> dict[str, str]:
    """What a browser may do with the answer: draw it with our files, and ask nobody else.

    xterm.js makes styles of its own (``unsafe-inline``, for styles alone).
    """
    connect = f"'self' ws://{host} wss://{host}" if host != "'none'" else host
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        f" font-src 'self'; img-src 'self' data:; connect-src {connect};"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "Server": "briefing",
    }


# ── The page ─────────────────────────────────────────────────────────────────────────────────


async def _file(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(FILES[request.path])


async def _alive(request: web.Request) -> web.StreamResponse:
    """What a page that has lost its websocket asks for: whether it may open it again."""
    del request
    return web.Response(status=204)


def _size(request: web.Request) -> tuple[int, int]:
    return size_asked(request.query.get("width", ""), request.query.get("height", ""))


class _Pages:
    """The pages that are open, each with its reader."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._open: set[web.WebSocketResponse] = set()
        self._spare = ReaderProcess(serving.words)
        self._preparing: asyncio.Task[None] | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A page opens its websocket: it has a reader until it is closed."""
        page = web.WebSocketResponse(
            heartbeat=self._serving.heartbeat, max_msg_size=LARGEST_MESSAGE, compress=False
        )
        await page.prepare(request)
        if len(self._open) >= self._serving.limit:
            limit = self._serving.limit
            are = "1 page is" if limit == 1 else f"{limit} pages are"
            words = f"{are} open, as many as may be (--sessions). Close one first."
            await page.close(code=FULL, message=reason(words))
            return page
        self._open.add(page)
        try:
            await self._read(page, *_size(request))
        finally:
            self._open.discard(page)
        return page

    async def _read(self, page: web.WebSocketResponse, width: int, height: int) -> None:
        reader, self._spare = self._spare, ReaderProcess(self._serving.words)
        try:
            await reader.open(page, width, height)
            _log.info("reader %s is open", reader.pid)
            self._prepare_after(reader)
            async for said in page:
                message = message_from_json(said.data) if said.type is WSMsgType.TEXT else None
                if message is not None:
                    with suppress(ConnectionError):
                        await reader.take(message)
        finally:
            # A handler may be cancelled: the process ends all the same.
            await asyncio.shield(reader.stop())
            _log.info("reader %s has ended", reader.pid)

    async def begin(self, application: web.Application) -> None:
        """The server begins: a reader waits for the first page."""
        del application
        await self._spare.prepare()

    def _prepare_after(self, reader: ReaderProcess) -> None:
        """Let a reader wait for the next page, once this one has the processor no more."""

        async def prepare() -> None:
            await reader.has_drawn.wait()
            await self._spare.prepare()

        if self._preparing is None or self._preparing.done():
            self._preparing = asyncio.create_task(prepare())

    async def end(self, application: web.Application) -> None:
        """The server ends: every page is told, by which its reader ends."""
        del application
        words = reason("The server was ended.")
        await asyncio.gather(
            *(page.close(code=WSCloseCode.GOING_AWAY, message=words) for page in set(self._open))
        )
        if self._preparing is not None:
            self._preparing.cancel()
        await self._spare.stop()
