"""What articles said when they were first fetched.

A copy is kept only of an article that was changed: the first text of the best basis that it had.
Nothing that lists are drawn from reads it.
"""

import sqlite3
from datetime import datetime

from briefing.model import FirstText
from briefing.store.database import Database
from briefing.store.rows import moment, seconds

_AT_ONCE = 60  # seconds; a time of change so soon is the publication's
_RECENT = 3 * 24 * 3600
_MOST_REVISITS = 3

_KEEP = (
    "INSERT INTO first_text (article_id, title, text, basis, changed_at)"
    " SELECT article.id, body.title, body.text, article.basis, :now"
    " FROM article JOIN body ON body.article_id = article.id"
    " WHERE article.id = :id AND body.text <> ''"
    " ON CONFLICT DO UPDATE SET changed_at = excluded.changed_at"
)
_ANEW = (
    "UPDATE first_text SET (title, text, basis) = (SELECT body.title, body.text, article.basis"
    " FROM article JOIN body ON body.article_id = article.id WHERE article.id = :id)"
    " WHERE article_id = :id AND basis <> 'full'"
    " AND (SELECT basis FROM article WHERE id = :id) = 'full'"
)
_DROP = (
    "DELETE FROM first_text WHERE article_id = :id AND EXISTS (SELECT 1 FROM body"
    " WHERE body.article_id = :id AND body.title = first_text.title"
    " AND body.text = first_text.text)"
)
_FIRST = (
    "SELECT article.id, first_text.title, first_text.text, article.fetched_at,"
    " first_text.changed_at FROM first_text JOIN article ON article.id = first_text.article_id"
    " WHERE article.basis = first_text.basis AND "
)


class Revisions(Database):
    """First texts, kept by the pipeline and read beside the newest ones."""

    def first_text(self, article_id: str) -> FirstText | None:
        """What an article first said, where that is not what it says now; one look by key."""
        number = self._number("article", article_id)
        row = self._row(f"{_FIRST}article.id = ?", (number,))
        return None if row is None else _first_of(row)

    def first_texts(self, story_id: str, since: datetime, limit: int = 3) -> list[FirstText]:
        """What those articles of a story first said that were changed after ``since``; the
        ``limit`` latest.
        """
        rows = self._rows(
            f"{_FIRST}article.story_id = ? AND first_text.changed_at > ?"
            " ORDER BY first_text.changed_at DESC LIMIT ?",
            (self._story_number(story_id), seconds(since), limit),
        )
        return [_first_of(row) for row in rows]

    def _keep_first(self, number: int, now: int) -> None:
        """Keep what an article says, before it is changed for the first time."""
        self._run(_KEEP, {"id": number, "now": now})
        self._run(_ANEW, {"id": number})

    def _page_is_due(self, number: int, updated: int, published: int, now: int) -> bool:
        """Whether an article is to be fetched again though its feed's own words are as before:
        it is recent, and the feed gives it a later time of change than when last looked at.

        Only so often an article: some feeds renew their times without end.
        """
        if updated <= published + _AT_ONCE or now - published > _RECENT:
            return False
        before = self._row("SELECT updated, times FROM revisit WHERE article_id = ?", (number,))
        self._run(
            "INSERT INTO revisit (article_id, updated, times) VALUES (?, ?, 1)"
            " ON CONFLICT DO UPDATE SET updated = excluded.updated, times = times + 1"
            " WHERE excluded.updated > updated AND times < ?",
            (number, updated, _MOST_REVISITS),
        )
        if before is None:
            return True
        return bool(updated > before["updated"] and before["times"] < _MOST_REVISITS)

    def _drop_unchanged(self, number: int) -> None:
        """Let go of a first text that is what the article says after all."""
        self._run(_DROP, {"id": number})


def _first_of(row: sqlite3.Row) -> FirstText:
    return FirstText(
        str(row["id"]),
        row["title"],
        row["text"],
        moment(row["fetched_at"]),
        moment(row["changed_at"]),
    )
