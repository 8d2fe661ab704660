"""What the reader reads of articles: one with its digest, and lists by feed and category."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
from collections.abc import Sequence

from briefing.model import Article, ArticleFilter, ArticleRow, Digest, Entry, Feed
from briefing.store.database import Database
from briefing.store.filters import article_index, compile_articles
from briefing.store.rows import (
    ARTICLE_COLUMNS,
    FULL_ARTICLE,
    article_of,
    article_row_of,
    entry_from_text,
    feed_of,
    seconds,
)

_END_OF_TIME = 9223372036854775807
_ALL = ArticleFilter()


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

    def texts(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The texts of articles, by their identifiers; those that are not there are left out."""
        numbers = [int(name) for name in article_ids if name.isascii() and name.isdigit()]
        rows = self._rows(
            "SELECT article_id, text FROM body"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return {str(row["article_id"]): row["text"] for row in rows}

    def digest(self, article_id: str) -> Digest | None:
        """An article's digest, None while it has none.

        Raises StoreError where there is no article, RowError where it cannot be read.
        """
        from briefing.model.codec import findings_from_json
        from briefing.store.packing import unpacked

        article = self.article(article_id)
        row = self._row(
            "SELECT findings, body.text FROM article"
            " JOIN finding ON finding.article_id = article.id"
            " JOIN body ON body.article_id = article.id"
            " WHERE article.id = ? AND pending IS NOT 'digest'",
            (int(article.id),),
        )
        if row is None:
            return None
        with self._reading(f"article {article_id}"):
            findings = unpacked(row["findings"], row["text"])
            return findings_from_json(article, json.loads(findings))

    def kept_entry(self, article_id: str) -> tuple[Feed, Entry] | None:
        """The entry that an article without a text is to be made of, with its feed; None where
        none is kept. Raises RowError where it cannot be read.
        """
        row = self._row(
            "SELECT entry.entry, feed.* FROM article"
            " JOIN entry ON entry.article_id = article.id JOIN feed ON feed.id = article.feed_id"
            " WHERE article.id = ?",
            (self._number("article", article_id),),
        )
        if row is None:
            return None
        with self._reading(f"entry {article_id}"):
            return feed_of(row), entry_from_text(row["entry"])

    def has_waiting_articles(self) -> bool:
        """Whether some article waits for its text or its digest."""
        waits = "SELECT 1 FROM article WHERE pending IN ('extract', 'digest') LIMIT 1"
        return self._value(waits) is not None

    def digest_maker(self, article_id: str) -> str:
        """What made an article's digest; empty where it has none, or nothing is known of it."""
        maker: str | None = self._value(
            "SELECT produced_by FROM finding WHERE article_id = ?",
            (self._number("article", article_id),),
        )
        return maker or ""

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
        chosen: ArticleFilter = _ALL,
        before: ArticleRow | None = None,
        limit: int = 50,
        *,
        oldest: bool = False,
    ) -> list[ArticleRow]:
        """A page of the articles of a filter, newest first: the rows that follow ``before``.
        ``oldest``: the oldest first.

        Read ones too where it does not say otherwise, and those that belong to no story.
        """
        if chosen.feed_id is not None:
            self._number("feed", chosen.feed_id)
        where, values = compile_articles(chosen)
        comes, order, end = (">", "ASC", -_END_OF_TIME) if oldest else ("<", "DESC", _END_OF_TIME)
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article INDEXED BY {article_index(chosen)}"
            f" WHERE {where} AND (published, id) {comes} (:before_time, :before_id)"
            f" ORDER BY published {order}, id {order} LIMIT :limit",
            {
                **values,
                "before_time": end if before is None else seconds(before.published),
                "before_id": 0 if before is None else int(before.id),
                "limit": limit,
            },
        )
        return [article_row_of(row) for row in rows]
