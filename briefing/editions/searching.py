"""Finding articles by a query of the query language."""

from datetime import datetime
from typing import TYPE_CHECKING

from briefing.model import ArticleFilter
from briefing.store import ReadingStore

if TYPE_CHECKING:
    from briefing.query import Query
    from briefing.store import FoundArticle

_ALL = ArticleFilter()


def search(
    store: ReadingStore,
    query: "Query | str",
    chosen: ArticleFilter = _ALL,
    *,
    limit: int = 50,
    now: datetime | None = None,
    last: datetime | None = None,
) -> "list[FoundArticle]":
    """The ``limit`` best articles of a filter that ``query`` asks for, or the newest where it asks
    for no words, each with a snippet and where the words stand.

    now, last: the present, and the last visit of the reader. Raises QueryError for what is no
    query, LimitError where it looks into too many texts, StoreError.
    """
    return store.find(query, chosen, limit, order="best", now=now, last=last)


def did_you_mean(store: ReadingStore, query: "Query") -> "Query | None":
    """What may have been meant by a query that finds nothing; None where nothing is near."""
    return store.did_you_mean(query)
