"""Miniflux's own API, v1 (miniflux.app/docs/api.html), of 2.2 and later.

What the server can is decided by ``/v1/version``: before 2.3.2 it answers some unknown addresses
with something else, and a star can only be toggled, so that each entry is looked at first.
"""

import json
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
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
_OVERLAP = 60
"""Seconds before the last pull that are pulled again: the server's clocks may differ by so much."""
_LEAST = (2, 0, 49)  # the first that tells its version, and what has changed since
_SETS_STARS = (2, 3, 2)
_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")


class Miniflux:
    """A client of Miniflux. http: logged in by its request fields or by a user and password."""

    capabilities = Capabilities()

    def __init__(self, http: Http) -> None:
        self._http = http
        self._sets_stars = False

    async def identify(self) -> Identity:
        """Whose data this is."""
        user = await self._http.json("GET", "/v1/me")
        account = values.name(user.get("id")) if isinstance(user, dict) else ""
        if not account:
            raise self._http.wrong_answer("something without a user")
        version = await self._version()
        found = _VERSION.match(version)
        # A build of the development branch has no number: it is newer than all that have one.
        number = tuple(int(part or 0) for part in found.groups()) if found else (9, 9, 9)
        if number < _LEAST:
            raise self._too_old(f"Miniflux {version}")
        self._sets_stars = number >= _SETS_STARS
        return Identity(account, version)

    async def _version(self) -> str:
        try:
            answer = await self._http.json("GET", "/v1/version")
        except SyncError as error:
            if error.status == 404:
                raise self._too_old("a Miniflux that does not tell its version") from error
            raise
        version = values.line(answer, "version") if isinstance(answer, dict) else ""
        if not version:
            raise self._http.wrong_answer("something without a version")
        return version

    def _too_old(self, what: str) -> SyncError:
        least = ".".join(map(str, _LEAST))
        return SyncError(
            f"it is {what}, which cannot tell what has changed",
            self._http.where,
            f"Miniflux {least} and later can; of an older one the Fever API is there, with"
            ' sync.kind = "fever"',
        )

    async def feeds(self) -> tuple[RemoteFeed, ...]:
        """All subscriptions; the category "All", which every account has, is no folder."""
        answer = await self._http.json("GET", "/v1/feeds")
        if not isinstance(answer, list):
            raise self._http.wrong_answer("something that is no list of feeds")
        found = [_feed(row) for row in answer if isinstance(row, dict)]
        return tuple(feed for feed in found if feed is not None)

    async def changes(
        self,
        cursor: str,
        since: datetime,
        known: Known,  # noqa: ARG002 - the server knows what has changed
    ) -> AsyncIterator[Page]:
        """Entries by the time that they were last changed at, marks included.

        The cursor is JSON: ``since`` (seconds) once all was pulled; ``after`` (an id) and ``begun``
        in the middle, so that a pull that was broken off goes on where it was.
        """
        at = _cursor(cursor)
        after_time = str(at.get("since", int(since.timestamp())))
        queries = [{"changed_after": after_time}]
        if "since" not in at or at.get("first"):
            older = {"changed_before": after_time}
            queries += [{"status": "unread", **older}, {"starred": "true", **older}]
        begun = at.get("begun")
        for number in range(at.get("query", 0), len(queries)):
            after = at.get("after", 0) if number == at.get("query", 0) else 0
            while True:
                entries, count, last = await self._page(queries[number], after)
                if begun is None:
                    now = self._http.date or datetime.now(UTC)
                    begun = int((now - timedelta(seconds=_OVERLAP)).timestamp())
                if not count:
                    break
                if last <= after and (entries or count >= PAGE):
                    raise self._http.wrong_answer("the same entries again and again")
                after = max(last, after)
                state = {
                    "since": int(after_time),
                    "query": number,
                    "after": after,
                    "begun": begun,
                    "first": len(queries) > 1,
                }
                yield Page(entries, json.dumps(state))
                if count < PAGE:
                    break
        yield Page((), json.dumps({"since": begun}))

    async def _page(
        self, query: dict[str, str], after: int
    ) -> tuple[tuple[RemoteEntry, ...], int, int]:
        """The usable entries that follow ``after``; how many there were, and the last one's id."""
        answer = await self._http.json(
            "GET",
            "/v1/entries",
            query={
                **query,
                "order": "id",
                "direction": "asc",
                "limit": PAGE,
                **({"after_entry_id": after} if after else {}),
            },
        )
        found = values.rows(answer, "entries")
        if found is None:
            raise self._http.wrong_answer("something without entries")
        # What comes beyond the limit is asked for again: no page is larger than one can be kept.
        entries = tuple(entry for row in found[:PAGE] if (entry := _entry(row)) is not None)
        return entries, len(found), max((int(entry.id) for entry in entries), default=0)

    async def marks(self) -> MarkLists | None:
        """None: ``changes`` tells changed marks."""
        return None

    async def entries(self, ids: Sequence[str]) -> tuple[RemoteEntry, ...]:
        """Those of the entries that are there, one request for each."""
        found = []
        for entry_id in ids:
            try:
                answer = await self._http.json("GET", f"/v1/entries/{int(entry_id)}")
            except SyncError as error:
                if error.status == 404:
                    continue
                raise
            entry = _entry(answer) if isinstance(answer, dict) else None
            if entry is None or entry.id != entry_id:
                raise self._http.wrong_answer("another entry than was asked for")
            found.append(entry)
        return tuple(found)

    async def set_marks(self, mark: MarkName, value: bool, ids: Sequence[str]) -> None:
        """Set a mark; a star of a server that only toggles where it is another."""
        if mark == "starred" and not self._sets_stars:
            for entry in await self.entries(ids):
                if entry.starred != value:
                    await self._http.json("PUT", f"/v1/entries/{int(entry.id)}/bookmark")
            return
        said = {"status": "read" if value else "unread"} if mark == "read" else {"starred": value}
        numbers = [int(entry_id) for entry_id in ids]
        try:
            await self._http.json("PUT", "/v1/entries", body={"entry_ids": numbers, **said})
        except SyncError as error:
            # It fails so where it has none of them any more; then there is nothing to be told.
            if error.status not in (400, 404, 500) or await self.entries(ids):
                raise

    async def subscribe(
        self,
        url: str,
        title: str,  # noqa: ARG002 - it takes the feed's own
        folder: str,
    ) -> None:
        """Subscribe; the server fetches the feed at once, and refuses what is none."""
        body: dict[str, Any] = {"feed_url": url}
        if folder:
            body["category_id"] = await self._category(folder)
        try:
            await self._http.json("POST", "/v1/feeds", body=body)
        except SyncError as error:
            if error.status not in (400, 409, 500):
                raise
            # 2.2 says so too where the feed is there already; what it wanted is in words only.
            if not any(feed.url == url for feed in await self.feeds()):
                raise

    async def unsubscribe(self, feed_id: str) -> None:
        """Unsubscribe."""
        try:
            await self._http.json("DELETE", f"/v1/feeds/{int(feed_id)}")
        except SyncError as error:
            if error.status != 404:
                raise

    async def move(self, feed: RemoteFeed, folder: str) -> None:
        """Put a feed into a category; one without a category goes to "All"."""
        category = await self._category(folder or "All")
        await self._http.json("PUT", f"/v1/feeds/{int(feed.id)}", body={"category_id": category})

    async def _category(self, folder: str) -> int:
        answer = await self._http.json("GET", "/v1/categories")
        known = {values.line(row, "title"): row for row in answer or () if isinstance(row, dict)}
        row = known.get(folder)
        if row is None:
            row = await self._http.json("POST", "/v1/categories", body={"title": folder})
        number = row.get("id") if isinstance(row, dict) else None
        if not isinstance(number, int):
            raise self._http.wrong_answer("a category without a number")
        return number


def _cursor(text: str) -> dict[str, Any]:
    """The cursor of ``changes``; an empty one where it is none of ours."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _feed(row: dict[str, Any]) -> RemoteFeed | None:
    category = row.get("category")
    folder = values.line(category, "title") if isinstance(category, dict) else ""
    return values.feed(
        row.get("id"),
        row.get("feed_url"),
        values.line(row, "title"),
        "" if folder == "All" else folder,
        row.get("site_url"),
    )


def _entry(row: dict[str, Any]) -> RemoteEntry | None:
    if not isinstance(row.get("id"), int):
        return None
    feed = row.get("feed")
    return values.entry(
        row.get("id"),
        row.get("feed_id", feed.get("id") if isinstance(feed, dict) else None),
        row,
        url=row.get("url"),
        content=row.get("content"),
        published=values.rfc3339(row.get("published_at")),
        read=row.get("status") != "unread",
        starred=row.get("starred") is True,
    )
