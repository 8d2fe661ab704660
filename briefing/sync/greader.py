"""The Google Reader API as FreshRSS, Miniflux and others serve it: their sources are its only
specification since 2013.

Ids come as signed decimals in lists and as long hexadecimals in contents; they are asked for in the
long form, which all servers read, and kept as signed decimals. Miniflux takes a mark off that it is
told to add a second time: only what is not there yet is sent.
"""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from briefing.model import SyncError
from briefing.store.marks import MarkName
from briefing.sync import values
from briefing.sync.http import Http
from briefing.sync.model import (
    Capabilities,
    Identity,
    Known,
    MarkLists,
    Page,
    RemoteEntry,
    RemoteFeed,
)

PAGE = 200
"""Entries of one answer."""
_IDS = 10_000  # of one answer
_MOST_IDS = 5_000_000
_LONG = "tag:google.com,2005:reader/item/"
_API = "/reader/api/0"
_STATE = "user/-/state/com.google/"
_LABEL = "user/-/label/"
_OVERLAP = timedelta(days=3)
"""What is asked for again: some servers go by when an entry was published, not by when it came."""


class GoogleReader:
    """A client of the Google Reader API."""

    capabilities = Capabilities(mark_batch=PAGE)

    def __init__(self, http: Http, user: str, password: str) -> None:
        self._http = http
        self._user = user
        self._password = password
        self._token = ""
        self._lists: MarkLists | None = None

    async def identify(self) -> Identity:
        """Log in (ClientLogin), and whose data this is."""
        form = {"Email": self._user, "Passwd": self._password}
        answer = await self._http.text("POST", "/accounts/ClientLogin", form=form)
        auth = next((line[5:] for line in answer.splitlines() if line.startswith("Auth=")), "")
        if not auth.strip() or not auth.isprintable():
            raise self._http.wrong_answer("something without a login")
        self._http.fields["Authorization"] = f"GoogleLogin auth={auth.strip()}"
        user = await self._get("/user-info")
        account = values.name(user.get("userId")) or values.name(user.get("userName"))
        if not account:
            raise self._http.wrong_answer("something without a user")
        return Identity(account)

    async def feeds(self) -> tuple[RemoteFeed, ...]:
        """All subscriptions; of several folders the first."""
        answer = await self._get("/subscription/list")
        found = values.rows(answer, "subscriptions")
        if found is None:
            raise self._http.wrong_answer("something without subscriptions")
        feeds = [_feed(row) for row in found]
        return tuple(feed for feed in feeds if feed is not None)

    async def changes(self, cursor: str, since: datetime, known: Known) -> AsyncIterator[Page]:
        """Entries that are not known here: of those that are unread, starred, or came since.

        The cursor is the time (seconds) of the last list that was taken to its end.
        """
        begun = values.seconds(cursor)
        after = since if begun is None else begun - _OVERLAP
        now = self._http.date
        lists = await self._all_marks()
        recent = await self._ids("reading-list", ot=int(after.timestamp()))
        wanted = sorted(
            {*recent, *lists.unread, *lists.starred}, key=lambda name: (len(name), name)
        )
        new = [name for name in wanted if name not in known]
        for names in values.pieces(new, PAGE):
            yield Page(await self.entries(names), cursor)
        yield Page((), str(int(now.timestamp())) if now else cursor)

    async def marks(self) -> MarkLists | None:
        """All that is unread and starred, as it was when ``changes`` began."""
        return self._lists or await self._all_marks()

    async def _all_marks(self) -> MarkLists:
        unread = await self._ids("reading-list", xt=f"{_STATE}read")
        self._lists = MarkLists(frozenset(unread), frozenset(await self._ids("starred")))
        return self._lists

    async def _ids(self, stream: str, **more: str | int) -> list[str]:
        """The ids of a stream, all of them."""
        found: list[str] = []
        query = {"s": f"{_STATE}{stream}", "n": _IDS, **more}
        while True:
            answer = await self._get("/stream/items/ids", query)
            rows = values.rows(answer, "itemRefs")
            if rows is None:
                raise self._http.wrong_answer("something without ids")
            before = len(found)
            found += [known for row in rows if (known := _decimal(row.get("id")))]
            where = answer.get("continuation")
            if not where or not rows:
                return found
            if where == query.get("c") or len(found) == before or len(found) > _MOST_IDS:
                raise self._http.wrong_answer("the same entries again and again")
            query["c"] = values.name(where)

    async def entries(self, ids: Sequence[str]) -> tuple[RemoteEntry, ...]:
        """Those of the entries that are there."""
        found: list[RemoteEntry] = []
        for names in values.pieces(ids, PAGE):
            try:
                answer = await self._post(
                    "/stream/items/contents", [("i", _long(name)) for name in names]
                )
            except SyncError as error:
                if error.status in (400, 404):  # none of them is there
                    continue
                raise
            rows = values.rows(_object(answer), "items")
            if rows is None:
                raise self._http.wrong_answer("something without entries")
            asked = set(names)
            entries = (_entry(row) for row in rows)
            found += [entry for entry in entries if entry is not None and entry.id in asked]
        return tuple(found)

    async def set_marks(self, mark: MarkName, value: bool, ids: Sequence[str]) -> None:
        """Set a mark of those of the entries that have another."""
        there = await self.entries(ids)
        other = [e.id for e in there if (e.read if mark == "read" else e.starred) != value]
        if not other:
            return
        how = "a" if value else "r"
        form = [(how, f"{_STATE}{mark}"), *(("i", _long(known)) for known in other)]
        self._said_ok(await self._post("/edit-tag", form))

    async def subscribe(self, url: str, title: str, folder: str) -> None:
        """Subscribe, and put it into its folder."""
        form = [("ac", "subscribe"), ("s", f"feed/{url}")]
        form += [("t", title)] if title else []
        form += [("a", f"{_LABEL}{folder}")] if folder else []
        self._said_ok(await self._post("/subscription/edit", form))

    async def unsubscribe(self, feed_id: str) -> None:
        """Unsubscribe."""
        form = [("ac", "unsubscribe"), ("s", feed_id)]
        self._said_ok(await self._post("/subscription/edit", form))

    async def move(self, feed: RemoteFeed, folder: str) -> None:
        """Put a subscription into a folder, and out of the one where it was."""
        form = [("ac", "edit"), ("s", feed.id)]
        form += [("a", f"{_LABEL}{folder}")] if folder else []
        form += [("r", f"{_LABEL}{feed.folder}")] if feed.folder else []
        self._said_ok(await self._post("/subscription/edit", form))

    # ── Requests ─────────────────────────────────────────────────────────────────────────────

    async def _get(self, path: str, query: dict[str, str | int] | None = None) -> dict[str, Any]:
        answer = await self._http.json(
            "GET", f"{_API}{path}", query={"output": "json", **(query or {})}
        )
        if not isinstance(answer, dict):
            raise self._http.wrong_answer("something that is no object")
        return answer

    async def _post(self, path: str, form: list[tuple[str, str]]) -> str:
        """The text of the answer. A token that has run out is asked for anew, once."""
        for is_last in (False, True):
            if not self._token:
                self._token = (await self._http.text("GET", f"{_API}/token")).strip()
            whole = [*form, ("output", "json"), ("T", self._token)]
            try:
                return await self._http.text("POST", f"{_API}{path}", form=whole)
            except SyncError as error:
                self._token = ""
                if is_last or error.status not in (400, 401):
                    raise
        raise AssertionError("unreachable")

    def _said_ok(self, answer: str) -> None:
        if answer.strip().strip('"') != "OK":
            raise self._http.wrong_answer(f"“{answer.strip()[:40]}”")


def _object(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _decimal(value: object) -> str:
    """An id as a signed decimal, of whichever form it comes in; empty where it is none."""
    text = values.name(value)
    try:
        number = int(text.removeprefix(_LONG), 16) if text.startswith(_LONG) else int(text)
    except ValueError:
        return ""
    if not -(2**63) <= number < 2**64:
        return ""
    return str(number - 2**64 if number >= 2**63 else number)


def _long(known: str) -> str:
    return f"{_LONG}{int(known) % 2**64:016x}"


def _feed(row: dict[str, Any]) -> RemoteFeed | None:
    known = values.name(row.get("id"))
    folders = values.rows(row, "categories") or []
    labels = [values.line(folder, "label") for folder in folders]
    return values.feed(
        known,
        row.get("url") or known.removeprefix("feed/"),
        values.line(row, "title"),
        next((label for label in labels if label not in ("", "All", "Uncategorized")), ""),
        row.get("htmlUrl"),
    )


def _entry(row: dict[str, Any]) -> RemoteEntry | None:
    tags = row.get("categories")
    states = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    origin = row.get("origin")
    links = [*(values.rows(row, "canonical") or []), *(values.rows(row, "alternate") or [])]
    bodies = [row.get(key) for key in ("content", "summary")]
    return values.entry(
        _decimal(row.get("id")),
        origin.get("streamId") if isinstance(origin, dict) else "",
        row,
        url=next((link.get("href") for link in links), None),
        content=next((b.get("content") for b in bodies if isinstance(b, dict)), ""),
        published=values.seconds(row.get("published")),
        read=any(state.endswith("/state/com.google/read") for state in states),
        starred=any(state.endswith("/state/com.google/starred") for state in states),
    )
