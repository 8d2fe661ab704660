"""Entries and marks of the server, taken a page at a time: each page is one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from briefing.ingest.entries import entry_guid
from briefing.model import Entry
from briefing.store import Store, SyncEntry, SyncFeed
from briefing.store.marks import MarkName
from briefing.sync.model import MarkLists, RemoteEntry, Server
from briefing.sync.report import Tally
from briefing.sync.values import pieces
from briefing.text.urls import canonical_url, is_page

_ASKED_AT_ONCE = 250
_OWN: dict[tuple[MarkName, bool], str] = {
    ("read", True): "unread",
    ("read", False): "read",
    ("starred", True): "not starred",
    ("starred", False): "starred",
}
"""The own word that won, by the server's."""


class _Change(NamedTuple):
    """A mark that the server has, and had not before."""

    article: str
    mark: MarkName
    value: bool


class Pulling:
    """Keeps what a server says of entries."""

    def __init__(self, store: Store, tally: Tally, now: datetime) -> None:
        self._store = store
        self._tally = tally
        self._now = now
        self._feeds: dict[str, SyncFeed] = {}

    def begin(self) -> None:
        """Read the subscriptions anew, and take the marks of entries that have come here since."""
        self._feeds = {row.remote_id: row for row in self._store.sync_feeds() if not row.is_gone}
        while matched := self._store.match_waiting_entries():
            self._take(_first_marks(entry) for entry in matched)

    def keep(self, entries: Sequence[RemoteEntry], cursor: str) -> None:
        """Keep a page, and how far has been pulled with it."""
        store, tally = self._store, self._tally
        with store.transaction():
            given = {entry.id: entry for entry in entries}
            known = store.sync_entries(given)
            by_feed = defaultdict(list)
            for entry in given.values():
                by_feed[entry.feed_id].append(entry)
            articles: dict[str, str] = {}
            for remote_id, of_feed in by_feed.items():
                row = self._feeds.get(remote_id)
                if row is not None and row.feed_id is not None:
                    articles |= self._articles(row.feed_id, of_feed, served=row.is_served)
            rows, changes = [], []
            for entry in given.values():
                row_before = known.get(entry.id)
                if row_before is not None and _is_another(row_before, entry):
                    row_before = None
                after = _row(entry, row_before, articles.get(entry.id))
                rows.append(after)
                changes += _changes(row_before, after)
            store.save_sync_entries(rows)
            self._take([changes])
            store.save_sync_cursor(cursor)
        tally.entries += len(given)
        tally.on_progress("entries", tally.entries)

    def _articles(
        self, feed_id: str, entries: Sequence[RemoteEntry], *, served: bool
    ) -> dict[str, str]:
        """The article of each entry that has one, by the entry's id."""
        named = {entry.id: (_guid(entry), _address(entry)) for entry in entries}
        if served:
            made = [_entry(entry, named[entry.id][0]) for entry in entries]
            self._tally.new_articles += self._store.add_entries(feed_id, made, self._now)
        found = self._store.articles_of_entries(
            feed_id,
            [guid for guid, _ in named.values()],
            [address for _, address in named.values() if address],
        )
        return {
            entry_id: article
            for entry_id, (guid, address) in named.items()
            if (article := found.get(guid) or found.get(address))
        }

    async def compare(self, server: Server, lists: MarkLists) -> None:
        """Take marks from lists of all that is unread and starred.

        What is missing in them may be gone as well as read: the server is asked about each, so
        that a server that lost its entries marks nothing.
        """
        missing = []
        changed: list[tuple[str, bool, bool]] = []
        for entry_id, (read, starred) in self._store.sync_marks().items():
            now_read, now_starred = entry_id not in lists.unread, entry_id in lists.starred
            if (now_read, now_starred) == (read, starred):
                continue
            if (now_read and not read) or (starred and not now_starred):
                missing.append(entry_id)
            else:
                changed.append((entry_id, now_read, now_starred))
        for start in range(0, len(changed), _ASKED_AT_ONCE):
            self._keep_marks(changed[start : start + _ASKED_AT_ONCE])
        gone = 0
        for names in pieces(missing, _ASKED_AT_ONCE):
            there = await server.entries(names)
            self._keep_marks([(entry.id, entry.read, entry.starred) for entry in there])
            lost = set(names) - {entry.id for entry in there}
            self._store.forget_sync_entries(lost)
            gone += len(lost)
        if gone:
            self._tally.note(
                f"{gone:,} entries are no longer at the server; their articles and marks stay here."
            )

    def _keep_marks(self, marks: Sequence[tuple[str, bool, bool]]) -> None:
        with self._store.transaction():
            known = self._store.sync_entries([entry_id for entry_id, _, _ in marks])
            rows, changes = [], []
            for entry_id, read, starred in marks:
                before = known.get(entry_id)
                if before is not None:
                    after = SyncEntry(
                        before.remote_id,
                        before.article_id,
                        before.remote_feed,
                        before.address,
                        before.title,
                        read,
                        starred,
                    )
                    rows.append(after)
                    changes += _changes(before, after)
            self._store.save_sync_entries(rows)
            self._take([changes])

    def _take(self, found: Iterable[Iterable[_Change]]) -> None:
        by_mark = defaultdict(list)
        for changes in found:
            for article, mark, value in changes:
                by_mark[mark, value].append(article)
        for (mark, value), articles in by_mark.items():
            taken = self._store.take_remote_marks(mark, value, articles, self._now)
            self._tally.applied += taken.applied
            self._tally.keep(f"“{title}” ({_OWN[mark, value]})" for title in taken.kept)


def _changes(before: SyncEntry | None, after: SyncEntry) -> list[_Change]:
    """The marks that changed at the server; of an article that it had not till now those that are
    set: nothing becomes unread only as the server does not know better.
    """
    if after.article_id is None:
        return []
    if before is None or before.article_id is None:
        return _first_marks(after)
    found = []
    if before.read != after.read:
        found.append(_Change(after.article_id, "read", after.read))
    if before.starred != after.starred:
        found.append(_Change(after.article_id, "starred", after.starred))
    return found


def _first_marks(entry: SyncEntry) -> list[_Change]:
    if entry.article_id is None:
        return []
    read: list[_Change] = [_Change(entry.article_id, "read", True)] if entry.read else []
    return [*read, *([_Change(entry.article_id, "starred", True)] if entry.starred else [])]


def _row(entry: RemoteEntry, before: SyncEntry | None, article: str | None) -> SyncEntry:
    known = before.article_id if before is not None else None
    return SyncEntry(
        entry.id,
        article or known,
        entry.feed_id,
        _address(entry),
        entry.title,
        entry.read,
        entry.starred,
    )


def _is_another(row: SyncEntry, entry: RemoteEntry) -> bool:
    """Whether an id stands for another entry than before: a server that was set up anew."""
    return row.title != entry.title and row.address != _address(entry)


def _address(entry: RemoteEntry) -> str:
    return _page(entry.url) if entry.url else ""


@lru_cache(1024)  # asked for several times while a page is kept
def _page(url: str) -> str:
    address = canonical_url(url)
    return address if is_page(address) else ""


def _guid(entry: RemoteEntry) -> str:
    """What our store knows the entry by: no protocol tells the feed's own identifier."""
    return entry_guid("", entry.url if _address(entry) else f"sync:{entry.id}", "", None)


def _entry(entry: RemoteEntry, guid: str) -> Entry:
    return Entry(
        guid=guid,
        url=entry.url,
        title=entry.title,
        author=entry.author,
        published=entry.published,
        content_html=entry.content_html,
    )
