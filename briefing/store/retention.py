"""Texts that are kept for a time only. Titles and marks stay for ever, and all that
is starred, tagged by hand or has a note."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import time
from datetime import datetime

from briefing.store.database import Database
from briefing.store.rows import WRITTEN_ON, seconds

LOCKED_FOR = 0.01
"""Seconds that one step holds the writer's lock, about: a mark of the reader waits as long."""
_AT_ONCE = 64

# A story goes as a whole: one that goes on keeps the texts that it is told from.
_OLD = (
    "SELECT article.id FROM article INDEXED BY article_with_text"
    " LEFT JOIN story ON story.id = article.story_id"
    " WHERE article.text_dropped_at IS NULL AND article.feed_id IS :feed"
    " AND article.published < :before AND article.pending IS NULL AND article.is_starred = 0"
    " AND coalesce(story.is_starred, 0) = 0 AND coalesce(story.latest, 0) < :before"
    f" AND NOT {WRITTEN_ON} ORDER BY article.published LIMIT :limit"
)
_DROP = (
    "UPDATE body SET text = '', bullets = '', links = '[]', blocks = '[]' WHERE article_id = :id",
    "DELETE FROM finding WHERE article_id = :id",
    "DELETE FROM entry WHERE article_id = :id",
    "DELETE FROM first_text WHERE article_id = :id",
    "UPDATE article SET text_dropped_at = :now WHERE id = :id",
)


class Retention(Database):
    """Dropping old texts, a little at a time."""

    def drop_texts(
        self, feed_id: str | None, before: datetime, now: datetime, locked_for: float = LOCKED_FOR
    ) -> int:
        """Drop the texts and digests of articles of a feed published before a time; how many.

        feed_id: None for what was kept of removed feeds. Starred articles, those tagged by
        hand or noted on, those of starred stories, of stories that had something new since, and
        what waits for a stage keep theirs. One transaction, which ends after the article at which
        ``locked_for`` seconds are over. 0 means that there are no more. Raises StoreError.
        """
        feed = None if feed_id is None else self._number("feed", feed_id)
        values = {"feed": feed, "before": seconds(before), "limit": _AT_ONCE}
        if self._row(_OLD, {**values, "limit": 1}) is None:
            return 0
        done = 0
        with self.transaction():
            end = time.monotonic() + locked_for
            for (number,) in self._rows(_OLD, values):
                for statement in _DROP:
                    self._run(statement, {"id": number, "now": seconds(now)})
                done += 1
                if time.monotonic() > end:
                    break
        return done
