"""Which article each entry of the sync server is, the marks it has, and those it is to hear of.

The outbox is ``mark_log``: the last word on each mark of an article, a *set* operation, noted by
``marks`` in the transaction that makes the mark. A mark that waits there wins over the server's.
"""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.store.database import Database
from briefing.store.marks import Mark, MarkName
from briefing.store.rows import BROUGHT_BACK, moment, seconds, storable

_COLUMN = {"read": "is_read", "starred": "is_starred"}
_CHOSEN = "IN (SELECT value FROM json_each(:ids))"
_WAITS = (
    "EXISTS (SELECT 1 FROM mark_log WHERE mark_log.article_id = article.id"
    " AND mark_log.mark = :mark AND is_sent = 0)"
)


@dataclass(frozen=True, slots=True)
class SyncEntry:
    """An entry of the server, with the marks that it had there last. article_id: None: not here.

    address: canonical, empty where it tells nothing.
    """

    remote_id: str
    article_id: str | None
    remote_feed: str
    address: str
    title: str
    read: bool
    starred: bool


@dataclass(frozen=True, slots=True)
class OutgoingMark:
    """A mark that the server is to hear of, with what it calls the article. told: the marks that
    it has there, as far as is known, are the same already.
    """

    mark: Mark
    remote_ids: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class TakenMarks:
    """What came of marks of the server. kept: titles of the articles where an own word that waits
    to be sent won.
    """

    applied: int = 0
    kept: tuple[str, ...] = ()


class SyncMarks(Database):
    """Entries of the server and their marks."""

    # ── Which entry is which article ─────────────────────────────────────────────────────────

    def sync_entries(self, remote_ids: Iterable[str]) -> dict[str, SyncEntry]:
        """Those of the entries that are known, by id."""
        rows = self._rows(
            f"SELECT * FROM sync_entry WHERE remote_id {_CHOSEN}",
            {"ids": json.dumps([storable(name) for name in remote_ids])},
        )
        return {row["remote_id"]: _sync_entry(row, row["article_id"]) for row in rows}

    def sync_marks(self) -> dict[str, tuple[bool, bool]]:
        """Whether each known entry was read and starred at the server last, by its id."""
        rows = self._rows("SELECT remote_id, is_read, is_starred FROM sync_entry")
        return {row[0]: (bool(row[1]), bool(row[2])) for row in rows}

    def newest_sync_entries(self, most: int) -> list[str]:
        """The latest entries that have articles, of feeds that are still subscribed to: those with
        the highest ids, which servers count upwards.
        """
        rows = self._rows(
            "SELECT sync_entry.remote_id FROM sync_entry"
            " JOIN sync_feed ON sync_feed.remote_id = remote_feed WHERE article_id IS NOT NULL"
            " ORDER BY length(sync_entry.remote_id) DESC, sync_entry.remote_id DESC LIMIT ?",
            (most,),
        )
        return [row[0] for row in rows]

    def save_sync_entries(self, entries: Iterable[SyncEntry]) -> None:
        """Keep entries with the marks that they have at the server now."""
        with self.transaction(), self._translating_errors():
            self._connection.executemany(
                "INSERT INTO sync_entry (remote_id, article_id, remote_feed, address, title,"
                " is_read, is_starred) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " article_id = excluded.article_id, remote_feed = excluded.remote_feed,"
                " address = excluded.address, title = excluded.title,"
                " is_read = excluded.is_read, is_starred = excluded.is_starred",
                [
                    (
                        storable(e.remote_id),
                        None if e.article_id is None else self._number("article", e.article_id),
                        storable(e.remote_feed),
                        storable(e.address),
                        storable(e.title),
                        e.read,
                        e.starred,
                    )
                    for e in entries
                ],
            )

    def forget_sync_entries(self, remote_ids: Iterable[str]) -> None:
        """The server has these entries no more; articles and marks stay."""
        names = json.dumps([storable(name) for name in remote_ids])
        self._run(f"DELETE FROM sync_entry WHERE remote_id {_CHOSEN}", {"ids": names})

    def forget_waiting_entries(self, remote_feed: str) -> None:
        """Forget the entries of a subscription that have no article here: they are to come anew."""
        self._run(
            "DELETE FROM sync_entry WHERE remote_feed = ? AND article_id IS NULL",
            (storable(remote_feed),),
        )

    def articles_of_entries(
        self, feed_id: str, guids: Sequence[str], addresses: Sequence[str]
    ) -> dict[str, str]:
        """The articles of a feed by guid and by canonical address, of those that are asked for."""
        number = self._number("feed", feed_id)
        known: dict[str, str] = {}
        for column, names in (("canonical", addresses), ("guid", guids)):
            rows = self._rows(
                f"SELECT id, {column} AS name FROM article"
                f" WHERE feed_id = :feed AND {column} {_CHOSEN}",
                {"feed": number, "ids": json.dumps([storable(name) for name in names])},
            )
            known |= {row["name"]: str(row["id"]) for row in rows}
        return known

    def match_waiting_entries(self, limit: int = 5000) -> list[SyncEntry]:
        """Entries whose article has come since, with it: by address, of the same feed."""
        with self.transaction():
            rows = self._rows(
                "SELECT sync_entry.*, article.id AS found FROM sync_entry"
                " JOIN sync_feed ON sync_feed.remote_id = sync_entry.remote_feed"
                " JOIN article ON article.feed_id = sync_feed.feed_id"
                " AND article.canonical = sync_entry.address"
                " WHERE sync_entry.article_id IS NULL AND sync_entry.address <> '' LIMIT ?",
                (limit,),
            )
            matched = {row["remote_id"]: _sync_entry(row, row["found"]) for row in rows}
            self.save_sync_entries(matched.values())
        return list(matched.values())

    # ── What the server says ─────────────────────────────────────────────────────────────────

    def take_remote_marks(
        self, mark: MarkName, value: bool, article_ids: Sequence[str], now: datetime
    ) -> TakenMarks:
        """Give articles a mark that the server has; not where an own word on it waits to be sent.

        What is taken counts as the reader's own, sent already: rules leave it alone. The state of
        stories follows in ``settle_stories``.
        """
        column = _COLUMN[mark]
        values = {
            "ids": json.dumps([self._number("article", name) for name in set(article_ids)]),
            "mark": mark,
            "value": value,
            "now": seconds(now),
        }
        with self.transaction():
            kept = self._rows(
                f"SELECT title FROM article WHERE id {_CHOSEN} AND {column} <> :value"
                f" AND {_WAITS} ORDER BY id",
                values,
            )
            ids = [
                row[0]
                for row in self._rows(
                    f"SELECT id FROM article WHERE id {_CHOSEN} AND {column} <> :value"
                    f" AND NOT {_WAITS}",
                    values,
                )
            ]
            values["ids"] = json.dumps(ids)
            self._run(f"UPDATE article SET {column} = :value WHERE id {_CHOSEN}", values)
            self._run(
                "INSERT INTO mark_log (article_id, mark, value, made_at, is_sent)"
                f" SELECT id, :mark, :value, :now, 1 FROM article WHERE id {_CHOSEN}"
                " ON CONFLICT DO UPDATE SET value = excluded.value, made_at = excluded.made_at,"
                " is_sent = 1",
                values,
            )
            if mark == "read" and not value:
                self._run(
                    "UPDATE story SET state = 'unread', read_at = NULL WHERE state = 'read'"
                    f" AND id IN (SELECT story_id FROM article WHERE id {_CHOSEN})",
                    values,
                )
            elif mark == "starred" and not value:
                ids += self._unstar_stories(article_ids)
            elif mark == "starred":
                self._run(BROUGHT_BACK.format(articles="SELECT value FROM json_each(:ids)"), values)
        return TakenMarks(len(ids), tuple(row["title"] for row in kept))

    def _unstar_stories(self, article_ids: Iterable[str]) -> list[int]:
        """Take the star of stories away whose star the server knew as one of these articles'; the
        articles. An own word that waits wins here too.
        """
        rows = self._rows(
            "SELECT article.id, story_id FROM article JOIN mark_log ON article_id = article.id"
            " JOIN story ON story.id = story_id WHERE article.id IN (SELECT value FROM"
            " json_each(?)) AND mark = 'starred' AND value = 1 AND is_sent = 1"
            " AND article.is_starred = 0 AND story.is_starred = 1",
            (json.dumps([self._number("article", name) for name in set(article_ids)]),),
        )
        for row in rows:
            self._run("UPDATE story SET is_starred = 0 WHERE id = ?", (row["story_id"],))
            self._run(
                "UPDATE mark_log SET value = 0 WHERE article_id = ? AND mark = 'starred'",
                (row["id"],),
            )
        return [row["id"] for row in rows]

    def settle_stories(self, now: datetime, since: datetime) -> int:
        """Stories from ``since`` on whose articles were all read elsewhere are read; how many."""
        return self._run(
            "UPDATE story SET state = 'read', read_at = :now WHERE latest >= :since"
            " AND state <> 'read' AND EXISTS (SELECT 1 FROM article JOIN sync_entry"
            " ON sync_entry.article_id = article.id WHERE article.story_id = story.id"
            " AND sync_entry.is_read = 1) AND NOT EXISTS (SELECT 1 FROM article"
            " WHERE article.story_id = story.id AND article.is_read = 0)",
            {"now": seconds(now), "since": seconds(since)},
        ).rowcount

    # ── What the server is to hear of ────────────────────────────────────────────────────────

    def outgoing_marks(self, limit: int = 500, *, told: bool = True) -> list[OutgoingMark]:
        """The marks that wait for the server and whose articles it has, the oldest first; without
        ``told`` only those that it has not, as far as is known.
        """
        rows = self._rows(
            "SELECT mark_log.article_id, mark, value, mark_log.made_at, article.guid,"
            " json_group_array(remote_id) AS names,"
            " min(CASE mark WHEN 'read' THEN sync_entry.is_read ELSE sync_entry.is_starred END"
            " = value) AS told"
            " FROM mark_log INDEXED BY mark_log_unsent"
            " JOIN article ON article.id = mark_log.article_id"
            " JOIN sync_entry ON sync_entry.article_id = article.id"
            " WHERE is_sent = 0 GROUP BY mark_log.made_at, mark_log.article_id, mark"
            " HAVING told = 0 OR ? ORDER BY mark_log.made_at, mark_log.article_id LIMIT ?",
            (told, limit),
        )
        return [
            OutgoingMark(
                Mark(
                    str(row["article_id"]),
                    row["mark"],
                    bool(row["value"]),
                    moment(row["made_at"]),
                    None,
                    row["guid"],
                ),
                tuple(json.loads(row["names"])),
                bool(row["told"]),
            )
            for row in rows
        ]

    def remote_marks_set(self, mark: MarkName, value: bool, remote_ids: Iterable[str]) -> None:
        """The server has these marks now: it was told, and has said yes."""
        self._run(
            f"UPDATE sync_entry SET {_COLUMN[mark]} = :value WHERE remote_id {_CHOSEN}",
            {"value": value, "ids": json.dumps([storable(name) for name in remote_ids])},
        )

    def send_marks_again(self) -> None:
        """The server has lost data: the last word on each mark of its articles waits once more."""
        self._run(
            "UPDATE mark_log SET is_sent = 0"
            " WHERE article_id IN (SELECT article_id FROM sync_entry)"
        )


def _sync_entry(row: sqlite3.Row, article_id: int | None) -> SyncEntry:
    return SyncEntry(
        row["remote_id"],
        None if article_id is None else str(article_id),
        row["remote_feed"],
        row["address"],
        row["title"],
        bool(row["is_read"]),
        bool(row["is_starred"]),
    )
