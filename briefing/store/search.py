"""Finding articles by what a query of the query language asks for.

The work is done by ``finder``, which is imported when something is looked for.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from briefing.model import ArticleFilter, ArticleRow
from briefing.store.database import Database

if TYPE_CHECKING:
    from briefing.query import Query
    from briefing.store.finder import Finder
    from briefing.store.query_marks import FoundArticle

Order = Literal["best", "newest"]
SECONDS = 2.0
"""How long all that is slow in one query may take: expressions, and looks into digests."""

_ALL = ArticleFilter()


class Search(Database):
    """Finding articles."""

    _known_finder: "Finder | None" = None

    def search(
        self,
        query: "str | Query",
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
        query: "str | Query",
        chosen: ArticleFilter = _ALL,
        limit: int = 50,
        *,
        offset: int = 0,
        order: Order = "newest",
        now: datetime | None = None,
        last: datetime | None = None,
        budget: float = SECONDS,
    ) -> "list[FoundArticle]":
        """Articles of a filter that ``query`` asks for, with a snippet around its words.

        order: where the query names none. Best: Okapi BM25, the title before the bullets before
        the text, times recency; newest where it asks for no words. Of words that more than
        ``MOST_HITS`` articles have, the latest to arrive are sorted. now, last: what times count
        from, the present where None, and the last visit.

        Raises QueryError for a text that is no query, LimitError where it looks into texts for
        longer than ``budget`` seconds.
        """
        from briefing.store.finder import Asked

        asked = Asked.of(query, now, last, order)
        return self._finder.find(asked, chosen, limit, offset, budget)

    def matching(
        self,
        query: "Query",
        among: Sequence[str],
        now: datetime,
        last: datetime | None = None,
        *,
        budget: float = SECONDS,
    ) -> set[str]:
        """Which of these articles the query asks for. Raises LimitError."""
        return self._finder.matching(query, among, now, last, budget)

    def did_you_mean(self, query: "Query") -> "Query | None":
        """``query`` with each word, feed, category and tag that is nowhere in the store replaced by
        the nearest that is; None where there is none, or all are there.
        """
        return self._finder.did_you_mean(query)

    @property
    def _finder(self) -> "Finder":
        if self._known_finder is None:
            from briefing.store.finder import Finder

            self._known_finder = Finder(self._connection, self._path)
        return self._known_finder
