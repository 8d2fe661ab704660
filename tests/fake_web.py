"""A newsroom on the loopback: real sockets that serve feeds and pages, with faults on demand.

It stands in for the internet in tests of fetching and of everything built on it. What it serves
is made up by ``tests.feed_builders``, or read from the shared corpora.
"""

import gzip
import hashlib
import http.client
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast

from tests.feed_builders import (
    BRIDGE,
    MORNING,
    Item,
    article_page,
    atom,
    json_feed,
    rss,
    serve_netnewswire,
    serve_pages,
)

__all__ = [
    "BRIDGE",
    "MORNING",
    "Document",
    "Hold",
    "Item",
    "Newsroom",
    "Request",
    "article_page",
    "atom",
    "json_feed",
    "rss",
    "serve_netnewswire",
    "serve_pages",
]

FEED_TYPE = "application/rss+xml; charset=utf-8"
PAGE_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in. Header names are in small letters."""

    path: str
    headers: Mapping[str, str]
    status: int  # what was answered
    client: tuple[str, int] = ("", 0)  # the other end of its connection


@dataclass(frozen=True, slots=True)
class Document:
    """What stands at a path."""

    body: bytes
    content_type: str = PAGE_TYPE
    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    zipped: bool = False


class Hold:
    """An answer that is held back until ``release``; ``arrived`` is set when it is asked for."""

    def __init__(self, after: int) -> None:
        self.after = after  # bytes of the body that go out before the wait
        self.arrived = threading.Event()
        self._released = threading.Event()

    def release(self) -> None:
        """Let every answer held here go on."""
        self._released.set()

    def wait(self) -> None:
        """For the server: say that the request is here, and wait."""
        self.arrived.set()
        self._released.wait()


@dataclass(frozen=True, slots=True)
class _Fault:
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    drop_after: int | None = None
    times: int | None = None  # how many requests it meets; None: all


class Newsroom:
    """Serves documents by path. Used as ``with Newsroom() as room``.

    ``room.url("/feed.xml")`` is the address; ``room.requests`` is what came in, in order.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.most_at_once = 0  # the most requests that were under way together
        self._under_way = 0
        self._documents: dict[str, Document] = {}
        self._redirects: dict[str, tuple[int, str]] = {}
        self._faults: dict[str, _Fault] = {}
        self._holds: dict[str, Hold] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.room = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for hold in self._holds.values():
            hold.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # ── What stands where ────────────────────────────────────────────────────────────────────

    @property
    def host(self) -> str:
        """``127.0.0.1:PORT``."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str = "/") -> str:
        """The address of ``path``."""
        return f"http://{self.host}{path}"

    def put(
        self,
        path: str,
        body: bytes | str,
        content_type: str = PAGE_TYPE,
        *,
        etag: str | None = "auto",
        last_modified: str | None = "auto",
        headers: Mapping[str, str] | None = None,
        zipped: bool = False,
    ) -> str:
        """Serve ``body`` at ``path``; gives its address.

        ``auto`` validators come from the body, and from the morning of the made-up news; None
        serves without. ``zipped`` sends it gzipped.
        """
        raw = body.encode() if isinstance(body, str) else body
        if etag == "auto":
            etag = f'"{hashlib.sha256(raw).hexdigest()[:16]}"'
        if last_modified == "auto":
            last_modified = format_datetime(MORNING, usegmt=True)
        document = Document(raw, content_type, etag, last_modified, dict(headers or {}), zipped)
        with self._lock:
            self._documents[path] = document
            self._redirects.pop(path, None)
        return self.url(path)

    def feed(self, path: str, body: bytes | str, content_type: str = FEED_TYPE) -> str:
        """Serve a feed at ``path``; gives its address."""
        return self.put(path, body, content_type)

    def remove(self, path: str) -> None:
        """Let nothing stand at ``path`` (404)."""
        with self._lock:
            self._documents.pop(path, None)
            self._redirects.pop(path, None)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        """Send those who ask for ``path`` to ``to`` (a path or an address); gives its address."""
        with self._lock:
            self._redirects[path] = (status, to)
        return self.url(path)

    # ── Faults ───────────────────────────────────────────────────────────────────────────────

    def fail(
        self,
        path: str,
        status: int,
        *,
        retry_after: str | int | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | str = b"",
        times: int | None = None,
    ) -> None:
        """Answer ``path`` with ``status``, ``times`` often or from now on."""
        headers = dict(headers or {})
        if retry_after is not None:
            headers["Retry-After"] = str(retry_after)
        raw = body.encode() if isinstance(body, str) else body
        self._set_fault(path, _Fault(status, headers, raw, times=times))

    def drop(self, path: str, after: int | None = None, *, times: int | None = None) -> None:
        """Break the connection off within the body, by default in its middle."""
        self._set_fault(path, _Fault(drop_after=-1 if after is None else after, times=times))

    def empty(self, path: str, *, times: int | None = None) -> None:
        """Answer 200 with no body at all."""
        self._set_fault(path, _Fault(200, times=times))

    def page_instead(self, path: str, *, times: int | None = None) -> None:
        """Answer with a web page where a feed should be."""
        page = b"<!doctype html><html><title>Moved</title><body><p>We have moved.</p></body></html>"
        self._set_fault(path, _Fault(200, {"Content-Type": PAGE_TYPE}, page, times=times))

    def hold(self, path: str, after: int = -1) -> Hold:
        """Hold the answer of ``path`` back: all of it, or what follows ``after`` bytes of body."""
        hold = Hold(after)
        with self._lock:
            self._holds[path] = hold
        return hold

    def mend(self, path: str) -> None:
        """Take every fault and hold away from ``path``."""
        with self._lock:
            self._faults.pop(path, None)
            hold = self._holds.pop(path, None)
        if hold is not None:
            hold.release()

    @staticmethod
    def refused_url() -> str:
        """An address on this machine where nobody listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return f"http://127.0.0.1:{probe.getsockname()[1]}/feed.xml"

    # ── What was asked ───────────────────────────────────────────────────────────────────────

    def count(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return sum(r.path == path for r in self.requests)

    def last(self, path: str) -> Request:
        """The last request for ``path``; IndexError where there was none."""
        return [r for r in self.requests if r.path == path][-1]

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self.requests.clear()
            self.most_at_once = 0

    # ── For the handler ──────────────────────────────────────────────────────────────────────

    def _set_fault(self, path: str, fault: _Fault) -> None:
        with self._lock:
            self._faults[path] = fault

    def _take_fault(self, path: str) -> _Fault | None:
        with self._lock:
            fault = self._faults.get(path)
            if fault is not None and fault.times is not None:
                if fault.times <= 1:
                    del self._faults[path]
                else:
                    self._faults[path] = _Fault(
                        fault.status, fault.headers, fault.body, fault.drop_after, fault.times - 1
                    )
            return fault

    def _record(
        self, path: str, headers: Mapping[str, str], status: int, client: tuple[str, int]
    ) -> None:
        with self._lock:
            self.requests.append(Request(path, headers, status, client))

    def _count_in(self, change: int) -> None:
        with self._lock:
            self._under_way += change
            self.most_at_once = max(self.most_at_once, self._under_way)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    room: Newsroom

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the game: no traceback on the terminal."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30  # no thread outlives a test by much

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: what was asked is in ``room.requests``."""

    def do_GET(self) -> None:
        """Answer one request."""
        room = cast("_Server", self.server).room
        room._count_in(1)
        try:
            self._answer(room)
        finally:
            room._count_in(-1)

    def _answer(self, room: Newsroom) -> None:
        hold = room._holds.get(self.path)
        if hold is not None and hold.after < 0:
            hold.wait()
        fault = room._take_fault(self.path)
        document = room._documents.get(self.path)
        if fault is not None and fault.status is not None:
            self._send(room, fault.status, fault.headers, fault.body)
        elif self.path in room._redirects:
            status, to = room._redirects[self.path]
            self._send(room, status, {"Location": to}, b"")
        elif document is None:
            self._send(room, 404, {"Content-Type": "text/plain"}, b"Nothing stands here.")
        else:
            self._serve(room, document, fault, hold)

    def _serve(
        self, room: Newsroom, document: Document, fault: _Fault | None, hold: Hold | None
    ) -> None:
        headers = {"Content-Type": document.content_type, **document.headers}
        if document.etag is not None:
            headers["ETag"] = document.etag
        if document.last_modified is not None:
            headers["Last-Modified"] = document.last_modified
        if self._is_current(document):
            self._send(room, 304, headers, b"")
            return
        body = document.body
        if document.zipped:
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        stop = hold.after if hold is not None and hold.after >= 0 else None
        drop = fault.drop_after if fault is not None else None
        if drop is not None:
            drop = len(body) // 2 if drop < 0 else drop
        self._send(room, 200, headers, body, hold=hold, stop=stop, drop=drop)

    def _is_current(self, document: Document) -> bool:
        """RFC 9110, 13.2.2: an entity tag decides, where the request has one."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return document.etag is not None and document.etag in tags
        since = self.headers.get("If-Modified-Since")
        if since is None or document.last_modified is None:
            return False
        try:
            return parsedate_to_datetime(document.last_modified) <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def _send(
        self,
        room: Newsroom,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        *,
        hold: Hold | None = None,
        stop: int | None = None,
        drop: int | None = None,
    ) -> None:
        asked = {k.lower(): v for k, v in self.headers.items()}
        room._record(self.path, asked, status, self.client_address)
        phrase = http.client.responses.get(status, "Unknown")
        if "Date" in headers:
            self.send_response_only(status, phrase)
        else:
            self.send_response(status, phrase)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "Transfer-Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if hold is not None and stop is not None:
            self.wfile.write(body[:stop])
            self.wfile.flush()
            hold.wait()
            body = body[stop:]
        if drop is not None:
            self.wfile.write(body[:drop])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.wfile.write(body)
