"""Which article of its feed an entry is: by its guid, else its address, else what it says.

RSS 2.0 and Atom (RFC 4287, 4.2.6) promise that an identifier stays with one entry. Many feeds do
not keep that: some give all their entries one, some give each a new one at every fetch.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from briefing.model import Entry
from briefing.store.database import Database
from briefing.store.rows import seconds, storable

_COLUMNS = "id, guid, canonical, content_hash, title, published, dated"
_PLACEHOLDERS = frozenset(
    " 0 1 -1 n/a na nan none null nil undefined unknown false true id guid - ? #".split(" ")
)
_APART = 12 * 3600  # seconds between articles that follow each other under one guid
_DAY = 24 * 3600
_AHEAD = 60 * _DAY  # how long before its time an entry is looked for


@dataclass(slots=True)
class Batch:
    """What one fetch gives of a feed: what of it is there cannot be another entry under a new name.

    now: seconds of the fetch. taken: the articles that entries of it were recognised as. all_new:
    there are none that an entry could be.
    """

    now: int
    guids: frozenset[str]
    addresses: frozenset[str]
    taken: set[int] = field(default_factory=set)
    all_new: bool = False

    @classmethod
    def of(
        cls, entries: Iterable[Entry], addresses: Iterable[str | None], now: datetime
    ) -> "Batch":
        """The batch of these entries with these addresses, fetched ``now``."""
        return cls(
            seconds(now),
            frozenset(storable(entry.guid) for entry in entries),
            frozenset(storable(address) for address in addresses if address),
        )


@dataclass(frozen=True, slots=True)
class Recognised:
    """The article that an entry is; None: a new one. guid: what it is to be known by."""

    row: sqlite3.Row | None
    guid: str


class EntryIdentity(Database):
    """Recognises entries."""

    def _recognise(
        self, feed: int, entry: Entry, address: str | None, content_hash: str, batch: Batch
    ) -> Recognised:
        """The article of ``feed`` that ``entry`` is. address: None where it tells nothing."""
        guid = storable(entry.guid)
        if batch.all_new:
            return Recognised(None, guid)
        row = self._by_guid(feed, guid)
        changed = row is not None and row["content_hash"] != content_hash
        if row is not None and changed and _is_another(row, entry, address):
            guid = storable(address or _guid_by_content(entry))
            row = self._by_guid(feed, guid)
        if row is None and address is not None:
            row = self._by_address(feed, address)
        if row is None:
            row = self._by_content(feed, entry, address, content_hash, batch)
        if row is not None:
            batch.taken.add(row["id"])
        return Recognised(row, guid)

    def _by_guid(self, feed: int, guid: str) -> sqlite3.Row | None:
        return self._row(
            f"SELECT {_COLUMNS} FROM article WHERE feed_id = ? AND guid = ?",  # noqa: S608
            (feed, guid),
        )

    def _by_address(self, feed: int, address: str) -> sqlite3.Row | None:
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM article"  # noqa: S608
            " WHERE feed_id = ? AND canonical = ? LIMIT 2",
            (feed, storable(address)),
        )
        return rows[0] if len(rows) == 1 else None

    def _by_content(
        self, feed: int, entry: Entry, address: str | None, content_hash: str, batch: Batch
    ) -> sqlite3.Row | None:
        """The article of the same title and time; without a time, of the same content.

        None of an entry that stands in the feed at the same time: those are two.
        """
        if entry.published is None:
            rows = self._rows(
                f"SELECT {_COLUMNS} FROM article"  # noqa: S608
                " WHERE feed_id = ? AND content_hash = ? AND dated = 0 ORDER BY id",
                (feed, content_hash),
            )
        elif seconds(entry.published) > batch.now:  # kept as of the fetch that brought it
            rows = self._rows(
                f"SELECT {_COLUMNS} FROM article"  # noqa: S608
                " WHERE feed_id = ? AND published BETWEEN ? AND ? AND title = ?"
                " AND content_hash = ? AND dated = 1 ORDER BY id",
                (feed, batch.now - _AHEAD, batch.now, storable(entry.title), content_hash),
            )
        else:
            rows = self._rows(
                f"SELECT {_COLUMNS} FROM article"  # noqa: S608
                " WHERE feed_id = ? AND published = ? AND title = ? AND dated = 1 ORDER BY id",
                (feed, seconds(entry.published), storable(entry.title)),
            )
        for row in rows:
            here = row["guid"] in batch.guids or row["canonical"] in batch.addresses
            if not here and row["id"] not in batch.taken and _may_be_one_page(row, entry, address):
                return row
        return None


def _is_another(row: sqlite3.Row, entry: Entry, address: str | None) -> bool:
    """Whether an entry has the guid of an article that it is not: title, page and time differ.

    A guid that stands for none is believed less than one that may be an entry's own: an article
    that was retold under it shares words with what it was.
    """
    if row["title"] == storable(entry.title) or not row["dated"] or entry.published is None:
        return False
    apart = abs(row["published"] - seconds(entry.published))
    placeholder = entry.guid.strip().casefold() in _PLACEHOLDERS
    if address is None or row["canonical"] is None:
        return placeholder and apart > 0
    if _path_and_query(row["canonical"])[0] == _path_and_query(address)[0]:
        return False
    return apart > 0 if placeholder else apart >= _APART and not _alike(row["title"], entry.title)


def _alike(one: str, other: str) -> bool:
    """Whether titles have half of the shorter one's words in common."""
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return 2 * len(first & second) >= min(len(first), len(second))


def _may_be_one_page(row: sqlite3.Row, entry: Entry, address: str | None) -> bool:
    """Whether two addresses can be one page: their hosts and queries may differ.

    Where the time is only a day, queries may not: a day has several articles of one title.
    """
    if address is None or row["canonical"] is None:
        return True
    known, given = _path_and_query(row["canonical"]), _path_and_query(address)
    by_the_day = entry.published is not None and seconds(entry.published) % _DAY == 0
    return known == given if by_the_day else known[0] == given[0]


def _path_and_query(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, address
    return parts.path, parts.query


def _guid_by_content(entry: Entry) -> str:
    """A guid for an entry that has none of its own and no page."""
    import hashlib  # with OpenSSL's library, which reading never needs

    words = f"{entry.guid}\n{entry.title}\n{entry.published}"
    return "sha256:" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
