"""Full-text search over everything that was fetched."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
from contextlib import closing
from heapq import heappush, heappushpop
from typing import Literal

from briefing.model import ArticleFilter, ArticleRow
from briefing.store.database import Database
from briefing.store.filters import compile_articles
from briefing.store.query import match_of
from briefing.store.rows import ARTICLE_COLUMNS, article_row_of

Order = Literal["newest", "best"]

MOST_HITS = 5000  # of a common word, the latest to arrive are sorted: a keystroke stays quick
LATE = 3600  # seconds that an article may be stored after one that was fetched later
SNIPPET_TOKENS = 24

# Weights of title, text and bullets in bm25, which is smaller for the better.
_HITS: dict[Order, str] = {
    "newest": "SELECT rowid AS hit FROM search WHERE search MATCH :match"
    " ORDER BY rowid DESC LIMIT :most",
    "best": "SELECT rowid AS hit, bm25(search, 8.0, 1.0, 3.0) AS badness FROM search"
    " WHERE search MATCH :match ORDER BY rowid DESC LIMIT :most",
}


_ALL = ArticleFilter()


class Search(Database):
    """Finding articles by their words."""

    def search(
        self,
        query: str,
        chosen: ArticleFilter = _ALL,
        limit: int = 50,
        *,
        offset: int = 0,
        order: Order = "newest",
    ) -> list[ArticleRow]:
        """Articles of a filter whose title, text or bullets have the words of ``query``.

        What a query may say stands in ``query.py``.

        Newest first, or best (Okapi BM25 with the title before the bullets before the text).
        Of a word that more than ``MOST_HITS`` articles have, the latest to arrive are looked at.
        Each row has a snippet of the text, plain and in one line. No query is an error.
        """
        match = match_of(query)
        if match is None or limit <= 0:
            return []
        hits = self._newest if order == "newest" else self._best
        found = hits(match, chosen, limit + offset)[offset:]
        rows = {
            row["id"]: row
            for row in self._rows(
                f"SELECT {ARTICLE_COLUMNS} FROM article"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(found),),
            )
        }
        snippets = self._snippets(match, found)
        return [
            article_row_of(rows[number], snippets.get(number, ""))
            for number in found
            if number in rows
        ]

    def _newest(self, match: str, chosen: ArticleFilter, count: int) -> list[int]:
        """The ``count`` hits that were published last, newest first.

        Hits come in the order in which they arrived, the latest first, and no article is published
        after its fetch. Where so many are known that were published later than what is still to
        come was fetched, no more are looked at.
        """
        where, values = compile_articles(chosen)
        newest: list[tuple[int, int]] = []
        with (
            closing(
                self._run(
                    f"SELECT article.published, hit, article.fetched_at FROM ({_HITS['newest']})"
                    f" CROSS JOIN article ON article.id = hit WHERE {where}",
                    {**values, "match": match, "most": MOST_HITS},
                )
            ) as rows,
            self._translating_errors(),
        ):
            for published, number, fetched_at in rows:
                if len(newest) < count:
                    heappush(newest, (published, number))
                elif fetched_at + LATE < newest[0][0]:
                    break
                else:
                    heappushpop(newest, (published, number))
        return [number for _, number in sorted(newest, reverse=True)]

    def _best(self, match: str, chosen: ArticleFilter, count: int) -> list[int]:
        """The ``count`` hits that fit best."""
        where, values = compile_articles(chosen)
        rows = self._rows(
            f"SELECT hit FROM ({_HITS['best']})"
            f" CROSS JOIN article ON article.id = hit WHERE {where}"
            " ORDER BY badness, article.published DESC, article.id DESC LIMIT :count",
            {**values, "match": match, "most": MOST_HITS, "count": count},
        )
        return [row[0] for row in rows]

    def _snippets(self, match: str, hits: list[int]) -> dict[int, str]:
        """The words around the hit in each text, in one line."""
        if not hits:
            return {}
        # By a range, as FTS5 would begin its search again for every identifier of a list.
        rows = self._rows(
            "SELECT rowid, snippet(search, 1, '', '', '…', ?) AS words FROM search"
            " WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
            " AND +rowid IN (SELECT value FROM json_each(?))",
            (SNIPPET_TOKENS, match, min(hits), max(hits), json.dumps(hits)),
        )
        return {row["rowid"]: " ".join((row["words"] or "").split()) for row in rows}
