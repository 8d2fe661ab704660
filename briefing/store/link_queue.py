"""What linking reads: articles that wait for their story, and those beside them."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from briefing.model import LINKED_CHARACTERS, LinkCandidate
from briefing.store.database import Database
from briefing.store.rows import (
    moment,
    seconds,
    storable,
)

_ITEM = (
    "SELECT article.id, article.title, substr(body.text, 1, :head) AS text, article.published,"
    " article.source, article.url, body.language, article.story_id"
    " FROM article JOIN body ON body.article_id = article.id"
)


class LinkQueue(Database):
    """Articles on their way into stories."""

    def articles_to_link(self, limit: int) -> list[LinkCandidate]:
        """Articles whose story is to be found or told anew (``story_id``), oldest first."""
        rows = self._rows(
            f"{_ITEM} WHERE article.pending = 'link' ORDER BY article.published, article.id"
            " LIMIT :limit",
            {"head": LINKED_CHARACTERS, "limit": limit},
        )
        return [_item(row) for row in rows]

    def linked_items(self, since: datetime, until: datetime) -> list[LinkCandidate]:
        """Articles that are in a story, published from ``since`` to ``until``, oldest first."""
        rows = self._rows(
            f"{_ITEM} WHERE article.story_id IS NOT NULL"
            " AND article.published BETWEEN :since AND :until"
            " ORDER BY article.published, article.id",
            {"head": LINKED_CHARACTERS, "since": seconds(since), "until": seconds(until)},
        )
        return [_item(row) for row in rows]

    def stories_of(self, article_ids: Iterable[str]) -> set[str]:
        """The stories that these articles are in."""
        numbers = [self._number("article", name) for name in article_ids]
        rows = self._rows(
            "SELECT DISTINCT story_id FROM article WHERE story_id IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return {str(row[0]) for row in rows}

    def mark_link_failed(self, article_ids: Iterable[str], problem: str) -> None:
        """No story could be told of these; they stay readable, in the story that they were in."""
        for name in article_ids:
            self._run(
                "UPDATE article SET pending = NULL, problem = ? WHERE id = ? AND pending = 'link'",
                (storable(problem), self._number("article", name)),
            )


def _item(row: sqlite3.Row) -> LinkCandidate:
    return LinkCandidate(
        str(row["id"]),
        row["title"],
        row["text"],
        moment(row["published"]),
        row["source"],
        row["url"],
        row["language"],
        None if row["story_id"] is None else str(row["story_id"]),
    )
