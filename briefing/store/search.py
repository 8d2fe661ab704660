"""Full-text search over everything that was fetched."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
import sqlite3
from contextlib import closing
from heapq import heappush, heappushpop
from typing import Literal

from briefing.model import ArticleFilter, ArticleRow
from briefing.store.database import Database
from briefing.store.filters import compile_articles
from briefing.store.functions import without_bullets
from briefing.store.query import is_slow_to_match, match_of
from briefing.store.rows import ARTICLE_COLUMNS, article_row_of

Order = Literal["newest", "best"]

MOST_HITS = 5000  # of a common word, the latest to arrive are sorted: a keystroke stays quick
LATE = 3600  # seconds that an article may be stored after one that was fetched later
LARGE = 30_000  # articles; in a smaller store all hits are soon found and sorted
SNIPPET_TOKENS = 24

# Weights of title, text and bullets in bm25, which is smaller for the better.
_HITS: dict[Order, str] = {
    "newest": "SELECT rowid AS hit, 0 AS badness FROM search WHERE search MATCH :match"
    " ORDER BY rowid DESC LIMIT :most",
    "best": "SELECT rowid AS hit, bm25(search, 8.0, 1.0, 3.0) AS badness FROM search"
    " WHERE search MATCH :match ORDER BY rowid DESC LIMIT :most",
}
_SNIPPET = "snippet(search, 1, '', '', '…', :tokens)"

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
        if order == "newest" and (self._value("SELECT max(id) FROM article") or 0) > LARGE:
            newest = _Newest(limit + offset)
            self._look_for(newest, match, chosen, with_snippets=is_slow_to_match(query))
            rows, snippets = self._in_order(newest.numbers[offset:]), newest.snippets
        else:
            rows, snippets = self._sorted(match, chosen, limit, offset, order), {}
        snippets = snippets or self._snippets(match, [row["id"] for row in rows])
        return [article_row_of(row, snippets.get(row["id"], "")) for row in rows]

    def _sorted(
        self, match: str, chosen: ArticleFilter, limit: int, offset: int, order: Order
    ) -> list[sqlite3.Row]:
        """A page of all hits."""
        where, values = compile_articles(chosen)
        return self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM ({_HITS[order]})"
            f" CROSS JOIN article ON article.id = hit WHERE {where}"
            " ORDER BY badness, article.published DESC, article.id DESC"
            " LIMIT :limit OFFSET :offset",
            {**values, "match": match, "most": MOST_HITS, "limit": limit, "offset": offset},
        )

    def _in_order(self, numbers: list[int]) -> list[sqlite3.Row]:
        """The rows of these articles, in this order."""
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        by_number = {row["id"]: row for row in rows}
        return [by_number[number] for number in numbers if number in by_number]

    def _look_for(
        self, newest: "_Newest", match: str, chosen: ArticleFilter, *, with_snippets: bool
    ) -> None:
        """Fill ``newest``; with_snippets: now, as finding its hits once more would take long.

        Hits come in the order in which they arrived, the latest first, and no article is published
        after its fetch. Where so many are known that were published later than what is still to
        come was fetched, no more are looked at.
        """
        where, values = compile_articles(chosen)
        snippet = "NULL"
        if with_snippets:
            self._connection.create_function("is_among_newest", 2, newest.has_room_for)
            snippet = f"CASE WHEN {where} AND is_among_newest(published, id) THEN {_SNIPPET} END"
        with (
            closing(
                self._run(
                    f"SELECT published, id, fetched_at, {where}, {snippet} FROM search"
                    " CROSS JOIN article ON article.id = search.rowid"
                    " WHERE search MATCH :match ORDER BY search.rowid DESC LIMIT :most",
                    {**values, "match": match, "most": MOST_HITS, "tokens": SNIPPET_TOKENS},
                )
            ) as rows,
            self._translating_errors(),
            without_bullets(),
        ):
            for published, number, fetched_at, is_chosen, words in rows:
                if newest.is_full and fetched_at + LATE < newest.oldest:
                    break
                if is_chosen:
                    newest.add(published, number, words)

    def _snippets(self, match: str, hits: list[int]) -> dict[int, str]:
        """The words around the hit in each text, in one line."""
        if not hits:
            return {}
        # By a range, as FTS5 would begin its search again for every identifier of a list.
        values = {
            "tokens": SNIPPET_TOKENS,
            "match": match,
            "first": min(hits),
            "last": max(hits),
            "hits": json.dumps(hits),
        }
        with without_bullets():
            rows = self._rows(
                f"SELECT rowid, {_SNIPPET} AS words FROM search"
                " WHERE search MATCH :match AND rowid BETWEEN :first AND :last"
                " AND +rowid IN (SELECT value FROM json_each(:hits))",
                values,
            )
        return {row["rowid"]: _in_one_line(row["words"]) for row in rows}


class _Newest:
    """The hits that were published last, at most ``count``."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._hits: list[tuple[int, int]] = []  # a heap, the oldest first
        self.snippets: dict[int, str] = {}  # of some that are no longer among them too

    @property
    def is_full(self) -> bool:
        return len(self._hits) == self._count

    @property
    def oldest(self) -> int:
        """When the oldest was published."""
        return self._hits[0][0]

    @property
    def numbers(self) -> list[int]:
        """Their numbers, newest first."""
        return [number for _, number in sorted(self._hits, reverse=True)]

    def has_room_for(self, published: int, number: int) -> bool:
        """Whether a hit would be among them."""
        return not self.is_full or (published, number) > self._hits[0]

    def add(self, published: int, number: int, words: str | None) -> None:
        """Add a hit with its snippet, if it has one."""
        if not self.is_full:
            heappush(self._hits, (published, number))
        else:
            heappushpop(self._hits, (published, number))
        if words is not None:
            self.snippets[number] = _in_one_line(words)


def _in_one_line(words: str | None) -> str:
    return " ".join((words or "").split())
