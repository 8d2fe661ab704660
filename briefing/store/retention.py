"""Texts that are kept for a time only. Titles and marks stay for ever, and all that
is starred, tagged by hand or has a note."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import time
from dataclasses import dataclass
from datetime import datetime

from briefing.store.database import Database
from briefing.store.rows import WRITTEN_ON, dumps, seconds

# A story goes as a whole: one that goes on keeps the texts that it is told from.
_OLD = (
    "SELECT article.id FROM article INDEXED BY article_with_text"
    " LEFT JOIN story ON story.id = article.story_id"
    " WHERE article.text_dropped_at IS NULL AND article.feed_id IS :feed"
    " AND article.published < :before AND article.pending IS NULL AND article.is_starred = 0"
    " AND coalesce(story.is_starred, 0) = 0 AND coalesce(story.latest, 0) < :before"
    f" AND NOT {WRITTEN_ON} ORDER BY article.published LIMIT :limit"
)
# One statement for all articles of a step: with each the search index writes a part of its own,
# which it has to merge later.
_CHOSEN = "article_id IN (SELECT value FROM json_each(:ids))"
_DROP = (
    f"UPDATE body SET text = '', bullets = '', links = '[]', blocks = '[]' WHERE {_CHOSEN}",
    f"DELETE FROM finding WHERE {_CHOSEN}",
    f"DELETE FROM entry WHERE {_CHOSEN}",
    f"DELETE FROM first_text WHERE {_CHOSEN}",
    "UPDATE article SET text_dropped_at = :now WHERE id IN (SELECT value FROM json_each(:ids))",
)


@dataclass(frozen=True, slots=True)
class RetentionStep:
    """One transaction of retention. done: articles whose texts it dropped, or pages of the search
    index that it merged; 0: there was nothing to do. held: seconds that it kept others from
    writing, at most.
    """

    done: int
    held: float


class Retention(Database):
    """Dropping old texts, a little at a time."""

    def has_old_texts(self, feed_id: str | None, before: datetime) -> bool:
        """Whether there is anything for ``drop_texts``. Raises StoreError."""
        return self._row(_OLD, {**self._old(feed_id, before), "limit": 1}) is not None

    def drop_texts(
        self, feed_id: str | None, before: datetime, now: datetime, at_most: int = 64
    ) -> RetentionStep:
        """Drop the texts and digests of ``at_most`` articles of a feed published before a time, the
        oldest first, in one transaction.

        feed_id: None for what was kept of removed feeds. Starred articles, those tagged by
        hand or noted on, those of starred stories, of stories that had something new since, and
        what waits for a stage keep theirs.
        Raises StoreError.
        """
        with self.transaction():
            began = time.monotonic()
            rows = self._rows(_OLD, {**self._old(feed_id, before), "limit": at_most})
            numbers = [number for (number,) in rows]
            for statement in _DROP:
                self._run(statement, {"ids": dumps(numbers), "now": seconds(now)})
        return RetentionStep(len(numbers), time.monotonic() - began)

    def _old(self, feed_id: str | None, before: datetime) -> dict[str, int | None]:
        feed = None if feed_id is None else self._number("feed", feed_id)
        return {"feed": feed, "before": seconds(before)}

    def merge_search(self, at_most: int) -> RetentionStep:
        """Merge about ``at_most`` pages of the search index where it is in many parts, in one
        transaction (FTS5's command "merge").

        What is dropped makes parts; without this FTS5 merges much of them at once, within whatever
        statement happens to be next. Raises StoreError.
        """
        with self.transaction():
            began = time.monotonic()
            before = self._connection.total_changes
            self._run("INSERT INTO search (search, rank) VALUES ('merge', ?)", (at_most,))
            merged = self._connection.total_changes - before >= 2  # as its documentation says
        return RetentionStep(at_most if merged else 0, time.monotonic() - began)

    def move_journal(self) -> None:
        """Move what was written from the journal into the file, as far as nobody reads it; others
        write meanwhile (SQLite, "passive checkpoint"). Raises StoreError.

        Done after each step it is little; else it falls to whoever writes the thousandth page.
        """
        self._run("PRAGMA wal_checkpoint(PASSIVE)")
