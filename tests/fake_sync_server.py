"""A sync server on the loopback: real sockets, one account, any of the protocols, faults on demand.

The protocols themselves are in ``tests.sync.fake_miniflux`` and its neighbours; here stand the
account that they serve and the faults. Feeds and entries are invented.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlsplit

NOW = datetime(2026, 5, 5, 7, 0, tzinfo=UTC)


@dataclass
class FakeFeed:
    """A subscription of the account."""

    id: int
    url: str
    title: str
    folder: str = ""


@dataclass
class FakeEntry:
    """An entry of the account."""

    id: int
    feed: int
    url: str
    title: str
    content: str
    published: datetime
    changed: datetime
    read: bool = False
    starred: bool = False


@dataclass
class FakeAccount:
    """What the server keeps. now: its clock, which tests move."""

    user: str = "ann"
    password: str = "s3cret"  # noqa: S105 - of a fake
    number: int = 7
    now: datetime = NOW
    feeds: dict[int, FakeFeed] = field(default_factory=dict)
    entries: dict[int, FakeEntry] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    next_id: int = 1

    def _new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def add_feed(self, name: str = "courier", folder: str = "") -> FakeFeed:
        """Subscribe to an invented feed."""
        number = self._new_id()
        url = name if "://" in name else f"https://{name}.example/feed.xml"
        title = name if "://" in name else f"{name.capitalize()} News"
        self.feeds[number] = FakeFeed(number, url, title, folder)
        return self.feeds[number]

    def add_entry(
        self, feed: FakeFeed, *, hours: float = 1, read: bool = False, starred: bool = False
    ) -> FakeEntry:
        """One more entry, published so many hours ago and found now."""
        number = self._new_id()
        host = urlsplit(feed.url).netloc
        self.entries[number] = FakeEntry(
            number,
            feed.id,
            f"https://{host}/news/{number}",
            f"Report {number} of the harbour",
            f"<p>The harbour board of Marenza met on the matter {number}.</p>",
            self.now - timedelta(hours=hours),
            self.now,
            read,
            starred,
        )
        return self.entries[number]

    def mark(
        self, entry: FakeEntry, *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        """What the account's user does on another device, now."""
        if read is not None:
            entry.read = read
        if starred is not None:
            entry.starred = starred
        entry.changed = self.now

    def remove_feed(self, feed: FakeFeed) -> None:
        """Unsubscribe: its entries go too."""
        del self.feeds[feed.id]
        self.entries = {n: e for n, e in self.entries.items() if e.feed != feed.id}


@dataclass(frozen=True)
class Call:
    """A request as it came in, decoded."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def values(self, name: str) -> list[str]:
        """The values of a field, of the address and of a form."""
        return [value for key, value in (*self.query, *self.form) if key == name]

    def value(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return next(iter(self.values(name)), default)

    @property
    def form(self) -> list[tuple[str, str]]:
        """The fields of a form in the body."""
        if "form-urlencoded" not in self.headers.get("content-type", ""):
            return []
        return parse_qsl(self.body.decode(), keep_blank_values=True)

    @property
    def json(self) -> Any:
        """The JSON in the body."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_json(value: object, status: int = 200) -> Answer:
    """An answer in JSON."""
    return Answer(status, json.dumps(value).encode())


HTML = Answer(200, b"<!doctype html><title>Sign in</title><p>Please sign in.", "text/html")
Protocol = Callable[["FakeAccount", Call], Answer]


class FakeSyncServer:
    """Serves an account by one protocol. Used as ``with FakeSyncServer(miniflux()) as server``.

    kind, path: what it is in the configuration, and where its API stands. instead: an answer, or
    what makes one of a call (None: as usual), for every request to come. hang_up_after: so many
    requests more are answered; the work of the next one is done and nobody hears of it; then the
    server is down.
    """

    def __init__(
        self,
        protocol: Protocol,
        account: FakeAccount | None = None,
        *,
        kind: str = "miniflux",
        path: str = "",
    ) -> None:
        self.kind = kind
        self._path = path
        self.account = account or FakeAccount()
        self.protocol = protocol
        self.calls: list[Call] = []
        self.instead: Answer | Callable[[Call], Answer | None] | None = None
        self.hang_up_after: int | None = None
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where its API stands."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{self._path}"

    def count(self, method: str, part: str) -> int:
        """How many requests of a method had this in their path."""
        return sum(call.method == method and part in call.path for call in self.calls)

    def served(self, call: Call) -> Answer | None:
        """The answer; None where the connection breaks."""
        with self.lock:
            self.calls.append(call)
            lost = self.hang_up_after is not None and self.hang_up_after <= 0
            if self.hang_up_after is not None:
                self.hang_up_after -= 1
                if self.hang_up_after < -1:  # it is down
                    return None
            given = self.instead(call) if callable(self.instead) else self.instead
            answer = given or self.protocol(self.account, call)
            return None if lost else answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeSyncServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # head and body in one packet: the second would wait for a late acknowledgement

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""

    def _answer(self) -> None:
        fake = cast("_Server", self.server).fake
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        call = Call(
            self.command,
            parts.path,
            tuple(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        answer = fake.served(call)
        if answer is None:
            self.close_connection = True
            return
        self.send_response_only(answer.status)
        self.send_header("Date", format_datetime(fake.account.now, usegmt=True))
        if answer.body:
            self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815
