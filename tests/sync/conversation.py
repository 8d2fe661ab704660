"""Conversations with the real servers, recorded once: they stand in where those cannot be had.

A conversation is a fixed series of calls of a client. ``recorded`` lets it run through a proxy that
notes what was asked and answered; ``Replay`` answers the same again, and is told of any other
request. Secrets and addresses of the machine are not noted.
"""

import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from briefing.config import FetchSettings, SyncSettings
from briefing.sync import connected
from briefing.sync.model import Server
from tests.fake_sync_server import Answer, Call, FakeAccount, Protocol

FOLDER = Path(__file__).parent / "conversations"
_SECRET = frozenset({"Passwd", "api_key", "T", "changed_after", "changed_before", "ot"})


NAMES = [
    *(
        f"miniflux-{suite}-{kind}"
        for suite in ("trixie", "sid")
        for kind in ("miniflux", "greader", "fever")
    ),
    "coldsweat-fever",
]
"""What was recorded: the server, where it is from, and the protocol."""


@asynccontextmanager
async def client(kind: str, url: str, user: str, password: str) -> AsyncIterator[Server]:
    """A client of the server at ``url``."""
    settings = SyncSettings(kind=kind, url=url, user=user, password_command=("echo", "none"))
    async with connected(settings, FetchSettings(), password) as server:
        yield server


@dataclass(frozen=True)
class Turn:
    """A request, without what is secret or the time, and its answer."""

    method: str
    path: str
    fields: list[tuple[str, str]]
    body: str
    status: int
    content_type: str
    answer: str


async def converse(server: Server) -> list[Any]:
    """The series of calls, and what each gave."""
    since = datetime(2026, 1, 1, tzinfo=UTC)
    told: list[Any] = [asdict(await server.identify()), [asdict(f) for f in await server.feeds()]]
    pages = [page async for page in server.changes("", since, {})]
    entries = sorted((e for page in pages for e in page.entries), key=lambda entry: int(entry.id))
    told.append([[e.id, e.feed_id, e.url, e.title, e.read, e.starred] for e in entries])
    names = list(dict.fromkeys(entry.id for entry in entries))
    for mark, value in (("read", True), ("starred", True), ("starred", True), ("starred", False)):
        await server.set_marks(mark, value, names[:2])  # type: ignore[arg-type]
        after = await server.entries(names[:2])
        told.append(sorted([e.id, e.read, e.starred] for e in after))
    lists = await server.marks()
    told.append(None if lists is None else [sorted(lists.unread), sorted(lists.starred)])
    told.append(len(await server.entries(["999999"])))
    return json.loads(json.dumps(told, default=str))  # type: ignore[no-any-return]


def _fields(call: Call) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (*call.query, *call.form) if name not in _SECRET]


def proxy(url: str, turns: list[Turn]) -> Protocol:
    """Passes every request on to the server at ``url``, and notes it."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"

    def answer(_account: FakeAccount, call: Call) -> Answer:
        query = f"?{urlencode(call.query)}" if call.query else ""
        kept = ("authorization", "x-auth-token", "content-type")
        request = urllib.request.Request(  # noqa: S310 - the loopback
            f"{origin}{call.path}{query}",
            call.body or None,
            {name: value for name, value in call.headers.items() if name in kept},
            method=call.method,
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as got:  # noqa: S310
                status, media, content = got.status, got.headers.get_content_type(), got.read()
        except urllib.error.HTTPError as error:
            status, media, content = error.code, error.headers.get_content_type(), error.read()
        body = "" if call.form or "ClientLogin" in call.path else call.body.decode()
        form = _fields(call)
        turns.append(Turn(call.method, call.path, form, body, status, media, content.decode()))
        return Answer(status, content, media)

    return answer


class Replay:
    """Answers as was recorded. Any request that was not is told, and refused."""

    def __init__(self, turns: list[Turn]) -> None:
        self._turns = list(turns)
        self.unexpected: list[str] = []

    def __call__(self, _account: FakeAccount, call: Call) -> Answer:
        """The answer of the next turn."""
        turn = self._turns.pop(0) if self._turns else None
        body = "" if call.form or "ClientLogin" in call.path else call.body.decode()
        asked = (call.method, call.path, [list(pair) for pair in _fields(call)], body)
        if turn is None or asked != (
            turn.method,
            turn.path,
            [list(pair) for pair in turn.fields],
            turn.body,
        ):
            self.unexpected.append(f"{asked} instead of {turn}")
            return Answer(599)
        return Answer(turn.status, turn.answer.encode(), turn.content_type)


def save(name: str, turns: list[Turn], told: list[Any], origin: str) -> None:
    """Keep a conversation, without the address at which its server stood."""
    text = json.dumps({"turns": [asdict(turn) for turn in turns], "told": told}, indent=1)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(
        text.replace(origin, "http://reader.example") + "\n", encoding="utf-8"
    )


def load(name: str) -> tuple[list[Turn], list[Any]]:
    """A conversation, and what its calls gave."""
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return [Turn(**turn) for turn in kept["turns"]], kept["told"]
