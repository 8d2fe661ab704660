"""What the reader reads of articles: one with its digest, and lists by feed and category."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json

from briefing.model import Article, ArticleRow, Digest
from briefing.model.codec import findings_from_json
from briefing.store.database import Database
from briefing.store.rows import (
    ARTICLE_COLUMNS,
    FULL_ARTICLE,
    article_of,
    article_row_of,
    seconds,
)

_END_OF_TIME = 9223372036854775807


class Articles(Database):
    """Articles for the screen. Nothing here writes."""

    def article(self, article_id: str) -> Article:
        """An article; its text is empty while it waits to be extracted. StoreError if none."""
        row = self._row(
            f"{FULL_ARTICLE} WHERE article.id = ?", (self._number("article", article_id),)
        )
        if row is None:
            raise self._missing("article", article_id)
        with self._reading(f"article {article_id}"):
            return article_of(row)

    def digest(self, article_id: str) -> Digest | None:
        """An article's digest, None while it has none.

        Raises StoreError where there is no article, RowError where it cannot be read.
        """
        article = self.article(article_id)
        text = self._value(
            "SELECT findings FROM finding JOIN article ON article.id = article_id"
            " WHERE article_id = ? AND pending IS NOT 'digest'",
            (int(article.id),),
        )
        if text is None:
            return None
        with self._reading(f"article {article_id}"):
            return findings_from_json(article, json.loads(text))

    def article_row(self, article_id: str) -> ArticleRow:
        """The line of one article in a list. Raises StoreError where there is none."""
        row = self._row(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ?",
            (self._number("article", article_id),),
        )
        if row is None:
            raise self._missing("article", article_id)
        return article_row_of(row)

    def article_rows(
        self,
        feed_id: str | None = None,
        category: str | None = None,
        before: ArticleRow | None = None,
        limit: int = 50,
        *,
        starred: bool = False,
    ) -> list[ArticleRow]:
        """A page of articles, newest first: the rows that follow ``before``.

        All of them, or those of a feed, of a category, or the starred ones; read ones too, and
        those that belong to no story.
        """
        values = {
            "time": _END_OF_TIME if before is None else seconds(before.published),
            "id": 0 if before is None else int(before.id),
            "limit": limit,
            "category": category,
            "feed": None if feed_id is None else self._number("feed", feed_id),
        }
        index, which = "article_by_time", ""
        if feed_id is not None:
            index, which = "article_by_feed", "feed_id = :feed AND "
        elif category is not None:
            index, which = "article_by_category", "category = :category AND "
        elif starred:
            index, which = "article_starred", "is_starred = 1 AND "
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article INDEXED BY {index}"
            f" WHERE {which}(published, id) < (:time, :id)"
            " ORDER BY published DESC, id DESC LIMIT :limit",
            values,
        )
        return [article_row_of(row) for row in rows]
