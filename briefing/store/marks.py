"""What the reader has seen, read and starred. Only the reader calls these."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from briefing.model import ArticleFilter, ArticleRow, StoreError, Window
from briefing.store.database import Database
from briefing.store.filters import compile_articles
from briefing.store.rows import BROUGHT_BACK, moment, seconds

UNDO_RECORDS = 50  # how many markings can be taken back


MarkName = Literal["read", "starred"]

_LEADS = "SELECT beside AS id FROM story_detail WHERE story_id = ? AND beside IS NOT NULL"
# Whichever led it when it was starred, and has no star of its own.
_LED = (
    "SELECT id FROM article WHERE story_id = ? AND is_starred = 0 AND EXISTS (SELECT 1 FROM"
    " mark_log WHERE article_id = article.id AND mark = 'starred' AND value = 1)"
)


@dataclass(frozen=True, slots=True)
class UndoToken:
    """What takes a marking back: ``Store.undo``. ``stories``: how many it changed."""

    id: str
    stories: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader said of an article. feed, guid: what a server knows the article by."""

    article_id: str
    name: MarkName
    value: bool
    made_at: datetime
    feed: str | None
    guid: str


class Marks(Database):
    """Marks on stories and articles."""

    def mark_seen(self, story_id: str, now: datetime) -> None:
        """The brief was on the screen: unread becomes seen, what is further stays as it is."""
        self._run(
            "UPDATE story SET seen_at = coalesce(seen_at, :now),"
            " state = CASE state WHEN 'unread' THEN 'seen' ELSE state END WHERE id = :id",
            {"id": self._story_number(story_id), "now": seconds(now)},
        )

    def mark_looked(self, story_id: str, now: datetime, snapshot: str) -> None:
        """Keep what was shown, and when, for "since you last looked"."""
        with self.transaction():
            number = self._story_number(story_id)
            self._run("UPDATE story SET looked_at = ? WHERE id = ?", (seconds(now), number))
            self._run("UPDATE story_detail SET snapshot = ? WHERE story_id = ?", (snapshot, number))

    def mark_read(self, story_ids: Iterable[str], now: datetime) -> UndoToken:
        """Mark stories, and the articles they tell, as read. Unknown ones are passed over."""
        with self.transaction():
            ids = self._known_stories(story_ids)
            return self._mark_read(
                "id IN (SELECT value FROM json_each(?))", (json.dumps(ids),), now
            )

    def mark_all_read(self, window: Window, now: datetime) -> UndoToken:
        """Mark every story of the edition, and the articles they tell, as read; not the muted."""
        with self.transaction():
            return self._mark_read("latest >= ? AND is_muted = 0", (seconds(window.since),), now)

    def _mark_read(self, which: str, values: tuple[int | str, ...], now: datetime) -> UndoToken:
        token = self._run("INSERT INTO undo (made_at) VALUES (?)", (seconds(now),)).lastrowid
        self._run("DELETE FROM undo WHERE id <= ?", ((token or 0) - UNDO_RECORDS,))
        stories = self._run(
            "INSERT INTO undo_story SELECT ?, id, state, read_at FROM story"
            f" WHERE {which} AND state <> 'read'",
            (token, *values),
        ).rowcount
        marked = "(SELECT story_id FROM undo_story WHERE undo_id = :token)"
        both = {"token": token, "now": seconds(now)}
        self._run(
            "INSERT INTO undo_article SELECT :token, id FROM article"
            f" WHERE story_id IN {marked} AND is_read = 0",
            both,
        )
        self._run(
            f"UPDATE story SET state = 'read', read_at = :now WHERE id IN {marked}",
            both,
        )
        self._run(
            "UPDATE article SET is_read = 1 WHERE id IN"
            " (SELECT article_id FROM undo_article WHERE undo_id = :token)",
            both,
        )
        self._log("read", 1, "SELECT article_id AS id FROM undo_article WHERE undo_id = ?", token)
        return UndoToken(str(token), stories)

    def undo(self, token: UndoToken) -> int:
        """Give the stories of a marking the states they had; how many. 0 the second time."""
        number = self._number("marking", token.id)
        with self.transaction():
            self._log(
                "read", 0, "SELECT article_id AS id FROM undo_article WHERE undo_id = ?", number
            )
            self._run(
                "UPDATE article SET is_read = 0 WHERE id IN"
                " (SELECT article_id FROM undo_article WHERE undo_id = ?)",
                (number,),
            )
            restored = self._run(
                "UPDATE story SET state = before.state, read_at = before.read_at"
                " FROM undo_story AS before"
                " WHERE before.undo_id = ? AND before.story_id = story.id",
                (number,),
            ).rowcount
            self._run("DELETE FROM undo WHERE id = ?", (number,))
        return restored

    def unmark_read(self, story_ids: Iterable[str]) -> None:
        """Make stories, and the articles they tell, unread. Unknown ones are passed over."""
        with self.transaction():
            ids = json.dumps(self._known_stories(story_ids))
            chosen = "IN (SELECT value FROM json_each(?))"
            self._run(
                f"UPDATE story SET state = 'unread', read_at = NULL WHERE id {chosen}", (ids,)
            )
            self._log("read", 0, f"SELECT id FROM article WHERE story_id {chosen}", ids)
            self._run(f"UPDATE article SET is_read = 0 WHERE story_id {chosen}", (ids,))

    def set_starred(self, story_id: str, starred: bool) -> None:
        """Star a story, or take its star away. What a hand stars no rule keeps muted.

        A server knows articles only: it hears of the one that leads the story.
        """
        number = self._story_number(story_id)
        with self.transaction():
            self._run(
                "UPDATE story SET is_starred = :starred,"
                " is_muted = CASE WHEN :starred THEN 0 ELSE is_muted END WHERE id = :id",
                {"starred": starred, "id": number},
            )
            self._log("starred", starred, _LEADS if starred else _LED, number)

    def mark_article_read(self, article_id: str, read: bool = True) -> None:
        """Mark one article as read or unread; its story's state stays."""
        number = self._number("article", article_id)
        with self.transaction():
            self._log("read", read, "SELECT id FROM article WHERE id = ?", number)
            self._run("UPDATE article SET is_read = ? WHERE id = ?", (read, number))

    def mark_articles_read(
        self, chosen: ArticleFilter, than: ArticleRow | None = None, *, newer: bool = False
    ) -> tuple[str, ...]:
        """Mark the unread articles of a filter as read, or those of them that are older than one,
        or newer. Gives their ids, for ``mark_articles_unread``; stories' states stay.
        """
        where, values = compile_articles(replace(chosen, read=False))
        if than is not None:
            where += f" AND (published, id) {'>' if newer else '<'} (:time, :place)"
            values |= {"time": seconds(than.published), "place": self._number("article", than.id)}
        with self.transaction():
            rows = self._rows(f"SELECT id FROM article WHERE {where}", values)
            ids = tuple(str(row["id"]) for row in rows)
            self._set_read(ids, True)
        return ids

    def mark_articles_unread(self, ids: Iterable[str]) -> None:
        """Take that back. Unknown ones are passed over."""
        with self.transaction():
            self._set_read(tuple(ids), False)

    def _set_read(self, ids: tuple[str, ...], read: bool) -> None:
        chosen = json.dumps([self._number("article", name) for name in ids])
        which = "id IN (SELECT value FROM json_each(?))"
        self._log("read", read, f"SELECT id FROM article WHERE {which}", chosen)
        self._run(f"UPDATE article SET is_read = ? WHERE {which}", (read, chosen))

    def set_article_starred(self, article_id: str, starred: bool) -> None:
        """Star an article, or take its star away."""
        number = self._number("article", article_id)
        with self.transaction():
            self._log("starred", starred, "SELECT id FROM article WHERE id = ?", number)
            self._run("UPDATE article SET is_starred = ? WHERE id = ?", (starred, number))
            if starred:
                self._run(BROUGHT_BACK.format(articles="SELECT ?"), (number,))

    # ── What a server is to hear of ──────────────────────────────────────────────────────────

    def _log(self, mark: MarkName, value: bool | int, articles: str, which: object) -> None:
        """Note the last word on a mark of articles; a word that is sent is noted anew."""
        self._run(
            "INSERT INTO mark_log (article_id, mark, value, made_at)"
            f" SELECT id, ?, ?, CAST(strftime('%s', 'now') AS INTEGER) FROM ({articles})"
            " WHERE true ON CONFLICT DO UPDATE SET value = excluded.value,"
            " made_at = excluded.made_at, is_sent = 0",
            (mark, int(value), which),
        )

    def unsent_marks(self, limit: int = 500) -> list[Mark]:
        """The last word on each mark that no server has heard of yet, the oldest first."""
        rows = self._rows(
            "SELECT mark_log.article_id, mark, value, mark_log.made_at, feed.url AS feed,"
            " article.guid FROM mark_log INDEXED BY mark_log_unsent"
            " JOIN article ON article.id = mark_log.article_id"
            " LEFT JOIN feed ON feed.id = article.feed_id"
            " WHERE is_sent = 0 ORDER BY mark_log.made_at, mark_log.article_id LIMIT ?",
            (limit,),
        )
        return [
            Mark(
                str(row["article_id"]),
                row["mark"],
                bool(row["value"]),
                moment(row["made_at"]),
                row["feed"],
                row["guid"],
            )
            for row in rows
        ]

    def marks_sent(self, marks: Iterable[Mark]) -> None:
        """A server has heard of these; one that was changed again since stays unsent."""
        with self.transaction():
            for mark in marks:
                self._run(
                    "UPDATE mark_log SET is_sent = 1 WHERE article_id = ? AND mark = ?"
                    " AND value = ? AND made_at = ?",
                    (
                        self._number("article", mark.article_id),
                        mark.name,
                        mark.value,
                        seconds(mark.made_at),
                    ),
                )

    def _known_stories(self, story_ids: Iterable[str]) -> list[int]:
        known = []
        for name in story_ids:
            try:
                known.append(self._story_number(name))
            except StoreError:
                continue
        return known
