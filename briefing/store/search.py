"""Finding articles: what a query of the query language asks for, over everything that is kept."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Literal

from briefing.model import ArticleFilter, ArticleRow
from briefing.query import Query, parse_query, wanted_patterns, wanted_words
from briefing.store.articles import Articles
from briefing.store.edition import EditionReading
from briefing.store.filters import compile_articles
from briefing.store.query import match_of
from briefing.store.query_conditions import compile_driven, compile_query
from briefing.store.query_functions import SECONDS, QueryFunctions
from briefing.store.query_marks import BEGIN, END, FoundArticle, Place, pattern_places, place_of
from briefing.store.rows import ARTICLE_COLUMNS, article_row_of, seconds

Order = Literal["best", "newest"]

MOST_HITS = 5000  # of a common word, the latest to arrive are sorted: a keystroke stays quick
SNIPPET_TOKENS = 24
_FRESH = 14 * 86_400  # seconds after which recency has lost half of its part
_ALL = ArticleFilter()

# Weights of title, text and bullets in bm25, which is smaller for the better; what is old keeps
# four tenths of it.
_BADNESS = (
    f"bm25(search, 8.0, 1.0, 3.0) * (0.4 + 0.6 / (1 + max(:now - published, 0) / {_FRESH}.0))"
)
_ORDERS: Mapping[str, str] = {
    "best": "badness, published DESC, id DESC",
    "new": "published DESC, id DESC",
    "old": "published, id",
}


class Search(EditionReading, Articles):
    """Finding articles by what a query asks for."""

    _functions: QueryFunctions | None = None

    def search(
        self,
        query: str | Query,
        chosen: ArticleFilter = _ALL,
        limit: int = 50,
        *,
        offset: int = 0,
        order: Order = "newest",
    ) -> list[ArticleRow]:
        """The rows of what ``find`` finds."""
        return [f.row for f in self.find(query, chosen, limit, offset=offset, order=order)]

    def find(
        self,
        query: str | Query,
        chosen: ArticleFilter = _ALL,
        limit: int = 50,
        *,
        offset: int = 0,
        order: Order = "newest",
        now: datetime | None = None,
        last: datetime | None = None,
        budget: float = SECONDS,
    ) -> list[FoundArticle]:
        """Articles of a filter that ``query`` asks for, with a snippet around its words.

        order: where the query names none. Best: Okapi BM25, the title before the bullets before
        the text, times recency; newest where it asks for no words. Of words that more than
        ``MOST_HITS`` articles have, the latest to arrive are sorted. now, last: what times count
        from, the present where None, and the last visit.

        Raises QueryError for a text that is no query, LimitError where it looks into texts for
        longer than ``budget`` seconds.
        """
        asked = parse_query(query) if isinstance(query, str) else query
        now = datetime.now(UTC) if now is None else now
        match, (where, bound) = compile_driven(asked.root, now, last)
        filtered, values = compile_articles(chosen)
        sort = asked.sort or ("best" if order == "best" else "new")
        statement = _by_time if match is None else _by_words
        with self._within(budget):
            rows = self._rows(
                statement(f"{where} AND {filtered}", sort),
                {
                    **values,
                    **bound,
                    "match": match,
                    "most": MOST_HITS,
                    "now": seconds(now),
                    "limit": limit,
                    "offset": offset,
                },
            )
        places = self._places(asked, [row["id"] for row in rows])
        return [
            FoundArticle(article_row_of(row, place.snippet), place.in_title, place.in_snippet)
            for row in rows
            for place in [places.get(row["id"], Place())]
        ]

    def matching(
        self,
        query: Query,
        among: Sequence[str],
        now: datetime,
        last: datetime | None = None,
        *,
        budget: float = SECONDS,
    ) -> set[str]:
        """Which of these articles the query asks for. Raises LimitError."""
        where, bound = compile_query(query.root, now, last)
        numbers = [self._number("article", name) for name in among]
        with self._within(budget):
            rows = self._rows(
                "SELECT article.id FROM json_each(:among) CROSS JOIN article"
                f" ON article.id = json_each.value WHERE {where}",
                {**bound, "among": json.dumps(numbers)},
            )
        return {str(row["id"]) for row in rows}

    def _within(self, seconds: float) -> AbstractContextManager[None]:
        if self._functions is None:
            self._functions = QueryFunctions(self._connection, self._has_figures, self._differs)
        return self._functions.within(seconds)

    def _has_figures(self, article: int) -> bool:
        digest = self.digest(str(article))
        return digest is not None and any(figure.key for figure in digest.figures)

    def _differs(self, story: int) -> bool:
        return any(d.verdict == "differ" for d in self.brief(str(story)).disagreements)

    def _places(self, query: Query, hits: list[int]) -> dict[int, Place]:
        """Where what was asked for stands in each article, by its number."""
        words = [match_of(each) for each in wanted_words(query.root)]
        match = " OR ".join(each for each in words if each is not None)
        if not hits:
            return {}
        found = {} if not match else self._places_of_words(match, hits)
        patterns = tuple(wanted_patterns(query.root))
        if not patterns:
            return found
        for row in self._rows(
            "SELECT article_id, title, text FROM body"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(hits),),
        ):
            place = found.get(row["article_id"], Place())
            found[row["article_id"]] = pattern_places(patterns, row["title"], row["text"], place)
        return found

    def _places_of_words(self, match: str, hits: list[int]) -> dict[int, Place]:
        # By a range, as FTS5 would begin its search again for every identifier of a list.
        rows = self._rows(
            "SELECT rowid, highlight(search, 0, :begin, :end) AS title,"
            " snippet(search, 1, :begin, :end, '…', :tokens) AS words FROM search"
            " WHERE search MATCH :match AND rowid BETWEEN :first AND :last"
            " AND +rowid IN (SELECT value FROM json_each(:hits))",
            {
                "begin": BEGIN,
                "end": END,
                "tokens": SNIPPET_TOKENS,
                "match": match,
                "first": min(hits),
                "last": max(hits),
                "hits": json.dumps(hits),
            },
        )
        return {row["rowid"]: place_of(row["title"] or "", row["words"] or "") for row in rows}


def _by_words(where: str, sort: str) -> str:
    """Hits come by the number of their article, nearly the order of time: the sort is bounded."""
    badness = _BADNESS if sort == "best" else "0"
    return (
        f"SELECT * FROM (SELECT {ARTICLE_COLUMNS}, {badness} AS badness FROM search"
        " CROSS JOIN article ON article.id = search.rowid"
        f" WHERE search MATCH :match AND {where}"
        f" ORDER BY search.rowid {'' if sort == 'old' else 'DESC'} LIMIT :most)"
        f" ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset"
    )


def _by_time(where: str, sort: str) -> str:
    order = "published, id" if sort == "old" else "published DESC, id DESC"
    return (
        f"SELECT {ARTICLE_COLUMNS} FROM article WHERE {where}"
        f" ORDER BY {', '.join(f'article.{column}' for column in order.split(', '))}"
        " LIMIT :limit OFFSET :offset"
    )
