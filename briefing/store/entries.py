"""What feeds say, as it comes in, and which of it has no article yet.

What an article waits for stands in ``article.pending`` (extract, digest, link; null when nothing),
written in the same transaction as the step's result: after a crash the step is simply due again.
Two processes may do the same step at once; the second finds that it changes nothing.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.model import Entry, Feed, without_credentials
from briefing.store.entry_identity import Batch, EntryIdentity
from briefing.store.revisions import Revisions
from briefing.store.rows import (
    enclosures_to_text,
    entry_from_text,
    entry_to_text,
    feed_of,
    maybe_seconds,
    seconds,
    storable,
)
from briefing.store.set_aside import SettingAside, readable

_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits to be made an article.

    content_hash: of what the feed gave; it goes back with ``save_article``.
    """

    article_id: str
    feed: Feed
    entry: Entry
    content_hash: str
    tries: int = 0  # how often it has failed before


class Entries(EntryIdentity, Revisions, SettingAside):
    """From what feeds say to entries that wait to be extracted."""

    def add_entries(self, feed_id: str, entries: Iterable[Entry], fetched_at: datetime) -> int:
        """Keep the entries of a feed; how many were new.

        An entry is known by its guid, and within its feed by its address too (some feeds give the
        same article a new guid), where the address is one article's and not the front page's; at
        last by its title and time (``entry_identity``). An entry whose title, address or content
        differs from before is due for extraction again, as is a recent one that the feed says was
        changed since (``updated``, of its own); what it first said is kept, its time, story and
        marks stay. Without a time it has that of the fetch; a time in the future counts as that of
        the fetch.
        """
        from briefing.text.urls import canonical_url, is_page  # its package: 40 ms at start-up

        given = {entry.guid: entry for entry in entries}.values()
        addressed = [(canonical_url(e.url) if e.url else "", e) for e in given]
        addressed = _without_repeats(addressed)
        found = [entry for _, entry in addressed]
        addresses = [address for address, _ in addressed]
        shared = Counter(addresses)
        times = Counter(entry.updated for entry in found)
        telling = [a if is_page(a) and shared[a] == 1 else None for a in addresses]
        batch = Batch.of(found, telling, fetched_at)
        new = 0
        with self.transaction():
            feed = self._row(
                "SELECT id, coalesce(nullif(title, ''), url) AS source, category FROM feed"
                " WHERE id = ?",
                (self._number("feed", feed_id),),
            )
            if feed is None:
                raise self._missing("feed", feed_id)
            # Of a feed without articles nothing is to be recognised.
            has_articles = "SELECT 1 FROM article WHERE feed_id = ? LIMIT 1"
            if len(batch.guids) == len(found):
                batch.all_new = self._value(has_articles, (feed["id"],)) is None
            for entry, address in zip(found, telling, strict=True):
                if (
                    entry.updated is not None and times[entry.updated] > 1
                ):  # the feed's own time, not the entry's
                    entry = replace(entry, updated=None)
                new += self._add_entry(feed, entry, address, batch, fetched_at)
        return new

    def _add_entry(
        self,
        feed: sqlite3.Row,
        entry: Entry,
        address: str | None,
        batch: Batch,
        fetched_at: datetime,
    ) -> bool:
        if not batch.all_new and self._is_alias(feed["id"], entry.guid):
            return False
        content_hash = _content_hash(entry)
        recognised = self._recognise(feed["id"], entry, address, content_hash, batch)
        known = recognised.row
        enclosures = enclosures_to_text(entry.enclosures)
        now = seconds(fetched_at)
        if known is not None and known["content_hash"] == content_hash:
            due = entry.updated is not None and self._page_is_due(
                known["id"], seconds(entry.updated), known["published"], now
            )
            if not due:
                if enclosures is not None:  # their addresses may be new, which makes no new text
                    self._run(
                        "UPDATE body SET enclosures = :new WHERE article_id = :id"
                        " AND enclosures IS NOT :new",
                        {"new": enclosures, "id": known["id"]},
                    )
                return False
        values = {
            "feed": feed["id"],
            "guid": storable(recognised.guid),
            "url": entry.url and storable(entry.url),
            "canonical": address and storable(address),
            "title": storable(entry.title),
            "source": without_credentials(feed["source"]),
            "category": feed["category"],
            "published": min(now, now if entry.published is None else seconds(entry.published)),
            "dated": entry.published is not None,
            "now": now,
            "content_hash": content_hash,
        }
        if known is None:
            number = self._run(
                "INSERT INTO article (feed_id, guid, url, canonical, title, source, category,"
                " published, dated, fetched_at, content_hash) VALUES (:feed, :guid, :url,"
                " :canonical, :title, :source, :category, :published, :dated, :now, :content_hash)",
                values,
            ).lastrowid
            self._keep_stated(number, entry.published, fetched_at)
        else:
            number = known["id"]
            self._keep_first(number, now)
            self._run(
                "UPDATE article SET url = :url, canonical = :canonical, title = :title,"
                " content_hash = :content_hash, pending = 'extract', tries = 0, retry_at = NULL,"
                " problem = NULL WHERE id = :id",
                {**values, "id": number},
            )
        self._run(
            "INSERT INTO entry (article_id, entry) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET entry = excluded.entry",
            (number, entry_to_text(entry)),
        )
        # The title can be searched and shown before the text is there.
        self._run(
            "INSERT INTO body (article_id, title, enclosures) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET title = excluded.title, enclosures = excluded.enclosures",
            (number, values["title"], enclosures),
        )
        if known is None and entry.updated is not None:
            self._run(
                "INSERT INTO revisit (article_id, updated, times) VALUES (?, ?, 0)",
                (number, seconds(entry.updated)),
            )
        return known is None

    def _keep_stated(
        self, number: int | None, published: datetime | None, fetched_at: datetime
    ) -> None:
        """Keep a time in the future for showing; clocks may differ by a little."""
        if published is not None and published > fetched_at + _CLOCKS_DIFFER:
            self._run("INSERT INTO stated_time VALUES (?, ?)", (number, seconds(published)))

    def _is_alias(self, feed: int, guid: str) -> bool:
        found = self._value(
            "SELECT 1 FROM alias WHERE feed_id = ? AND guid = ?", (feed, storable(guid))
        )
        return found is not None

    def count_waiting(self, steps: Sequence[str], since: datetime | None = None) -> int:
        """How many articles wait for one of ``steps`` (extract, digest, link), published from
        ``since`` on; those that failed and are tried again later are none of them.
        """
        places = ", ".join("?" * len(steps))
        found = self._value(
            f"SELECT count(*) FROM article WHERE pending IN ({places})"  # noqa: S608
            " AND (retry_at IS NULL OR pending <> 'extract')"
            " AND (? IS NULL OR published >= ?)",
            (*steps, maybe_seconds(since), maybe_seconds(since)),
        )
        return int(found)

    def entries_to_extract(
        self, limit: int, now: datetime | None = None, since: datetime | None = None
    ) -> list[PendingEntry]:
        """Entries that have no article yet, or for whose page a summary stands in, published from
        ``since`` on, newest first; of those that wait for a retry the ones whose time has come.

        An entry that cannot be read is set aside, and taken anew when its feed gives it again.
        """
        chosen = (
            " AND (:now IS NULL OR article.retry_at IS NULL OR article.retry_at <= :now)"
            " AND (:since IS NULL OR article.published >= :since)"
            " ORDER BY article.published DESC LIMIT :limit"
        )
        values = {"now": maybe_seconds(now), "since": maybe_seconds(since), "limit": limit}
        rows = self._rows(f"{_ENTRY} WHERE article.pending = 'extract'{chosen}", values)
        if len(rows) < limit:
            stand_in = " WHERE article.pending IS NULL AND article.retry_at IS NOT NULL"
            values["limit"] = limit - len(rows)
            rows += self._rows(_ENTRY + stand_in + chosen, values)
        return readable(rows, _pending_entry, self._set_entry_aside)

    def _set_entry_aside(self, row: sqlite3.Row, error: Exception) -> None:
        number = row["article_id"]
        with self.transaction():
            self._set_aside("entry", number, row["entry"], error)
            self._run("DELETE FROM entry WHERE article_id = ?", (number,))
            self._run(
                "UPDATE article SET pending = NULL, content_hash = '' WHERE id = ?", (number,)
            )


_ENTRY = (
    "SELECT article.id AS article_id, article.content_hash, article.tries, entry.entry, feed.*"
    # Cross joins: by the articles' index, which is in the order asked for.
    " FROM article CROSS JOIN entry ON entry.article_id = article.id"
    " CROSS JOIN feed ON feed.id = article.feed_id"
)


def _pending_entry(row: sqlite3.Row) -> PendingEntry:
    return PendingEntry(
        str(row["article_id"]),
        feed_of(row),
        entry_from_text(row["entry"]),
        row["content_hash"],
        row["tries"],
    )


def _content_hash(entry: Entry) -> str:
    """A hash of what an article is made from; times are left out, as many feeds renew them."""
    import hashlib  # with OpenSSL's library, which reading never needs

    content = (entry.title, entry.url, entry.summary_html, entry.content_html)
    data = json.dumps(content).encode()
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _without_repeats(batch: list[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """The entries, with their addresses without dress, but for those that have another's address
    and title.

    Which of them stays does not depend on the order of the feed.
    """
    first: dict[tuple[str, str], str] = {}
    keys = [
        (address, " ".join(e.title.casefold().split())) if e.url else ("", e.guid)
        for address, e in batch
    ]
    for key, (_, entry) in zip(keys, batch, strict=True):
        first[key] = min(first.get(key, entry.guid), entry.guid)
    return [one for key, one in zip(keys, batch, strict=True) if first[key] == one[1].guid]
