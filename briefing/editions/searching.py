"""Finding articles by their words."""

from briefing.model import ArticleFilter, ArticleRow
from briefing.store import ReadingStore

_ALL = ArticleFilter()


def search(
    store: ReadingStore, query: str, chosen: ArticleFilter = _ALL, *, limit: int = 50
) -> list[ArticleRow]:
    """The newest ``limit`` articles of a filter that have the words of ``query``, newest first,
    each with a snippet. No query is an error. Raises StoreError.
    """
    return store.search(query, chosen, limit)
