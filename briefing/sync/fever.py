"""The Fever API (feedafever.com/api, 2013) as coldsweat, Miniflux and FreshRSS serve it.

Every answer is 200; ``auth`` says whether the login was good. Fifty entries an answer, one mark a
request. Miniflux answers one question a request, and toggles a star whatever it is told: a mark is
sent only where it is another. Subscriptions cannot be changed.
"""

import hashlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
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

PAGE = 50
"""Entries of one answer: the protocol's own number."""
_AS = {
    ("read", True): "read",
    ("read", False): "unread",
    ("starred", True): "saved",
    ("starred", False): "unsaved",
}
_ABOVE_ALL = 2**31 - 1


class Fever:
    """A client of the Fever API. http: at the address of the API itself."""

    capabilities = Capabilities(edits_feeds=False, edits_folders=False, mark_batch=PAGE)

    def __init__(self, http: Http, user: str, password: str) -> None:
        self._http = http
        self._user = user
        # The protocol's own: it knows no better.
        key = hashlib.md5(f"{user}:{password}".encode(), usedforsecurity=False)
        self._key = key.hexdigest()
        self._lists: MarkLists | None = None
        self._path = "" if http.base.endswith(".php") else "/"

    async def identify(self) -> Identity:
        """Log in. The protocol does not say whose data it gives; the name is what there is."""
        answer = await self._ask({})
        return Identity(self._user, values.name(answer.get("api_version")))

    async def feeds(self) -> tuple[RemoteFeed, ...]:
        """All subscriptions; of several groups the first."""
        answer = await self._ask({"feeds": ""})
        found = values.rows(answer, "feeds")
        if found is None:
            raise self._http.wrong_answer("something without feeds")
        groups = values.rows(await self._ask({"groups": ""}), "groups") or []
        titles = {values.name(row.get("id")): values.line(row, "title") for row in groups}
        folders: dict[str, str] = {}
        for row in values.rows(answer, "feeds_groups") or []:
            title = titles.get(values.name(row.get("group_id")), "")
            for known in _ids(row.get("feed_ids")):
                folders.setdefault(known, "" if title in ("All", "Uncategorized") else title)
        feeds = [
            values.feed(
                row.get("id"),
                row.get("url"),
                values.line(row, "title"),
                folders.get(values.name(row.get("id")), ""),
                row.get("site_url"),
            )
            for row in found
        ]
        return tuple(feed for feed in feeds if feed is not None)

    async def changes(self, cursor: str, since: datetime, known: Known) -> AsyncIterator[Page]:
        """Entries that are not known here: the cursor is the highest id that was taken.

        Without one: from the latest back to ``since``; then what is unread or starred.
        """
        highest = int(cursor) if cursor.isascii() and cursor.isdigit() else 0
        first, taken = not highest, set[str]()
        while not first:
            entries = await self._items({"since_id": highest})
            last = max((int(entry.id) for entry in entries), default=highest)
            if last <= highest:
                break
            highest = last
            taken.update(entry.id for entry in entries)
            yield Page(entries, str(highest))
        lowest = _ABOVE_ALL
        while first:
            entries = await self._items({"max_id": lowest})
            last = min((int(entry.id) for entry in entries), default=lowest)
            if last >= lowest:
                break
            lowest = last
            highest = max(highest, *(int(entry.id) for entry in entries))
            taken.update(entry.id for entry in entries)
            yield Page(entries, "")
            if all(entry.published and entry.published < since for entry in entries):
                break
        lists = await self._all_marks()
        asked = sorted((lists.unread | lists.starred) - taken)
        rest = [name for name in asked if name not in known]
        for names in values.pieces(rest, PAGE):
            yield Page(await self.entries(names), "" if first else str(highest))
        yield Page((), str(highest) if highest else "")

    async def marks(self) -> MarkLists | None:
        """All that is unread and saved."""
        return self._lists or await self._all_marks()

    async def _all_marks(self) -> MarkLists:
        unread = await self._id_list("unread_item_ids")
        self._lists = MarkLists(unread, await self._id_list("saved_item_ids"))
        return self._lists

    async def _id_list(self, name: str) -> frozenset[str]:
        answer = await self._ask({name: ""})
        if name not in answer:
            raise self._http.wrong_answer("something without ids")
        return frozenset(_ids(answer[name]))

    async def entries(self, ids: Sequence[str]) -> tuple[RemoteEntry, ...]:
        """Those of the entries that are there."""
        found: list[RemoteEntry] = []
        for names in values.pieces(ids, PAGE):
            asked = set(names)
            answer = await self._items({"with_ids": ",".join(names)})
            found += [entry for entry in answer if entry.id in asked]
        return tuple(found)

    async def _items(self, query: dict[str, str | int]) -> tuple[RemoteEntry, ...]:
        answer = await self._ask({"items": "", **query})
        found = values.rows(answer, "items")
        if found is None:
            raise self._http.wrong_answer("something without entries")
        return tuple(entry for row in found if (entry := _entry(row)) is not None)

    async def set_marks(self, mark: MarkName, value: bool, ids: Sequence[str]) -> None:
        """Set a mark, an entry after the other, of those that have another."""
        there = await self.entries(ids)
        for entry in there:
            if (entry.read if mark == "read" else entry.starred) != value:
                form = {"mark": "item", "as": _AS[mark, value], "id": entry.id}
                await self._ask({}, form)

    async def subscribe(self, url: str, title: str, folder: str) -> None:  # noqa: ARG002
        """The protocol cannot. Raises SyncError."""
        raise self._cannot()

    async def unsubscribe(self, feed_id: str) -> None:  # noqa: ARG002
        """The protocol cannot. Raises SyncError."""
        raise self._cannot()

    async def move(self, feed: RemoteFeed, folder: str) -> None:  # noqa: ARG002
        """The protocol cannot. Raises SyncError."""
        raise self._cannot()

    def _cannot(self) -> SyncError:
        return SyncError("Fever cannot change subscriptions", self._http.where)

    async def _ask(
        self, query: dict[str, str | int], form: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """What the server answers to a login and a query. Raises SyncError."""
        whole = {"api_key": self._key, **(form or {})}
        answer = await self._http.json("POST", self._path, query={"api": "", **query}, form=whole)
        if not isinstance(answer, dict) or "auth" not in answer:
            raise self._http.wrong_answer("something without a login")
        if answer["auth"] not in (1, "1", True):
            raise SyncError(
                "it refuses the login",
                self._http.where,
                "Check sync.user and the password of the Fever API, which is often another than"
                " that of the server",
                status=401,
            )
        return answer


def _ids(value: object) -> list[str]:
    """The ids of a list in one text, with commas."""
    if not isinstance(value, str):
        return [values.name(value)] if values.name(value) else []
    return [
        part for each in value.split(",") if (part := each.strip()).isascii() and part.isdigit()
    ]


def _entry(row: dict[str, Any]) -> RemoteEntry | None:
    known = values.name(row.get("id"))
    if not (known.isascii() and known.isdigit()):
        return None
    return values.entry(
        known,
        row.get("feed_id"),
        row,
        url=row.get("url"),
        content=row.get("html"),
        published=values.seconds(row.get("created_on_time")),
        read=row.get("is_read") in (1, "1", True),
        starred=row.get("is_saved") in (1, "1", True),
    )
