"""Finding articles: what a query of the query language asks for, over everything that is kept."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from briefing.model import ArticleFilter, RowError
from briefing.query import Node, Query, parse_query, wanted_patterns, wanted_words
from briefing.store.articles import Articles
from briefing.store.edition import EditionReading
from briefing.store.filters import compile_articles
from briefing.store.functions import without_bullets
from briefing.store.newest import Newest
from briefing.store.query import is_slow_to_match, match_of
from briefing.store.query_conditions import compile_driven, compile_query
from briefing.store.query_functions import QueryFunctions
from briefing.store.query_marks import BEGIN, END, FoundArticle, Place, pattern_places, place_of
from briefing.store.rows import ARTICLE_COLUMNS, BRIEF, article_row_of, brief_kept, seconds
from briefing.store.suggestions import Suggestions

MOST_HITS = 5000  # of a common word, the latest to arrive are sorted: a keystroke stays quick
LATE = 3600  # seconds that an article may be stored after one that was fetched later
LARGE = 30_000  # articles; in a smaller store all hits are soon found and sorted
SNIPPET_TOKENS = 24
_MARKED = {"begin": BEGIN, "end": END, "tokens": SNIPPET_TOKENS}
_TITLE = "highlight(search, 0, :begin, :end)"
_SNIPPET = "snippet(search, 1, :begin, :end, '…', :tokens)"
_FRESH = 14 * 86_400  # seconds after which recency has lost half of its part

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


class Asked(NamedTuple):
    """A query, and what its times count from: the present and the last visit. sort: as said, or
    as whoever asks wants it."""

    root: Node
    sort: str
    now: datetime
    last: datetime | None

    @classmethod
    def of(
        cls, query: str | Query, now: datetime | None, last: datetime | None, order: str
    ) -> "Asked":
        """Raises QueryError for a text that is no query."""
        read = parse_query(query) if isinstance(query, str) else query
        sort = read.sort or ("best" if order == "best" else "new")
        return cls(read.root, sort, datetime.now(UTC) if now is None else now, last)


class Finder(Suggestions, EditionReading, Articles):
    """Finds what is asked for; over the connection of the store that it belongs to."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._functions = QueryFunctions(connection, self._has_figures, self._differs)

    def find(
        self, asked: Asked, chosen: ArticleFilter, limit: int, offset: int, budget: float
    ) -> list[FoundArticle]:
        """What ``Search.find`` tells of."""
        match, (where, bound) = compile_driven(asked.root, asked.now, asked.last)
        filtered, values = compile_articles(chosen)
        values = {**values, **bound, "match": match, "now": seconds(asked.now)}
        where = f"{where} AND {filtered}"
        places: Mapping[int, Place] = {}
        if limit <= 0:
            return []
        with self._functions.within(budget):
            if match is not None and asked.sort == "new" and self._is_large():
                numbers, places = self._newest(asked.root, where, values, limit + offset)
                numbers = numbers[offset:]
            else:
                statement = _by_time if match is None else _by_words
                page = {"most": MOST_HITS, "limit": limit, "offset": offset}
                rows = self._rows(statement(where, asked.sort), {**values, **page})
                numbers = [row["id"] for row in rows]
        return self._found(numbers, places or self._places(asked.root, numbers))

    def _is_large(self) -> bool:
        return (self._value("SELECT max(id) FROM article") or 0) > LARGE

    def _found(self, numbers: list[int], places: Mapping[int, Place]) -> list[FoundArticle]:
        """The articles of these numbers, in that order."""
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        by_number = {row["id"]: row for row in rows}
        return [
            FoundArticle(
                article_row_of(by_number[number], place.snippet), place.in_title, place.in_snippet
            )
            for number in numbers
            if number in by_number
            for place in [places.get(number, Place())]
        ]

    def _newest(
        self, root: Node, where: str, values: Mapping[str, Any], count: int
    ) -> tuple[list[int], Mapping[int, Place]]:
        """The ``count`` newest hits, and where the words stand in them where that is told at once,
        as finding slow hits once more would take long.

        Hits come in the order in which they arrived, the latest first, and no article is published
        after its fetch. Where so many are known that were published later than what is still to
        come was fetched, no more are looked at.
        """
        newest = Newest(count)
        title = words = "NULL"
        if is_slow_to_match(root) and match_of(root) is not None:
            self._connection.create_function("is_among_newest", 2, newest.has_room_for)
            among = "CASE WHEN is_among_newest(article.published, article.id) THEN"
            title, words = f"{among} {_TITLE} END", f"{among} {_SNIPPET} END"
        with (
            closing(
                self._run(
                    f"SELECT article.published, article.id, article.fetched_at, {title}, {words}"
                    " FROM search CROSS JOIN article ON article.id = search.rowid"
                    f" WHERE search MATCH :match AND {where}"
                    " ORDER BY search.rowid DESC LIMIT :most",
                    {**values, **_MARKED, "most": MOST_HITS},
                )
            ) as rows,
            self._translating_errors(),
            without_bullets(),
        ):
            for published, number, fetched_at, marked, snippet in rows:
                if newest.is_full and fetched_at + LATE < newest.oldest:
                    break
                place = None if marked is None else place_of(marked, snippet or "")
                newest.add(published, number, place)
        return newest.numbers, newest.places

    def matching(
        self,
        query: Query,
        among: Sequence[str],
        now: datetime,
        last: datetime | None,
        budget: float,
    ) -> set[str]:
        """Which of these articles the query asks for. Raises LimitError."""
        where, bound = compile_query(query.root, now, last)
        numbers = [self._number("article", name) for name in among]
        with self._functions.within(budget):
            rows = self._rows(
                "SELECT article.id FROM json_each(:among) CROSS JOIN article"
                f" ON article.id = json_each.value WHERE {where}",
                {**bound, "among": json.dumps(numbers)},
            )
        return {str(row["id"]) for row in rows}

    def _has_figures(self, article: int) -> bool:
        with suppress(RowError):  # what cannot be read has none
            digest = self.digest(str(article))
            return digest is not None and any(figure.key for figure in digest.figures)
        return False

    def _differs(self, story: int) -> bool:
        row = self._row(f"SELECT {BRIEF} FROM story_detail WHERE story_id = ?", (story,))
        with suppress(ValueError, RowError):
            # Few briefs have the word: the others are not read.
            if row is not None and '"differ"' in brief_kept(row):
                return any(d.verdict == "differ" for d in self.brief(str(story)).disagreements)
        return False

    def _places(self, root: Node, hits: list[int]) -> dict[int, Place]:
        """Where what was asked for stands in each article, by its number."""
        words = [match_of(each) for each in wanted_words(root)]
        match = " OR ".join(each for each in words if each is not None)
        if not hits:
            return {}
        found = {} if not match else self._places_of_words(match, hits)
        patterns = tuple(wanted_patterns(root))
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
        values = {
            **_MARKED,
            "match": match,
            "first": min(hits),
            "last": max(hits),
            "hits": json.dumps(hits),
        }
        with without_bullets():
            rows = self._rows(
                f"SELECT rowid, {_TITLE} AS title, {_SNIPPET} AS words FROM search"
                " WHERE search MATCH :match AND rowid BETWEEN :first AND :last"
                " AND +rowid IN (SELECT value FROM json_each(:hits))",
                values,
            )
        return {row["rowid"]: place_of(row["title"] or "", row["words"] or "") for row in rows}


def _by_words(where: str, sort: str) -> str:
    """Hits come by the number of their article, nearly the order of time: the sort is bounded."""
    badness = _BADNESS if sort == "best" else "0"
    return (
        f"SELECT id FROM (SELECT article.id, article.published, {badness} AS badness FROM search"
        " CROSS JOIN article ON article.id = search.rowid"
        f" WHERE search MATCH :match AND {where}"
        f" ORDER BY search.rowid {'' if sort == 'old' else 'DESC'} LIMIT :most)"
        f" ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset"
    )


def _by_time(where: str, sort: str) -> str:
    """Without words none is better than another: the newest come first."""
    order = _ORDERS["new" if sort == "best" else sort]
    return f"SELECT id FROM article WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
