"""Finding articles by their words."""

from datetime import datetime

from briefing.model import ArticleRow
from briefing.store import Store


def search(
    store: Store, query: str, *, since: datetime | None = None, limit: int = 50
) -> list[ArticleRow]:
    """The newest ``limit`` articles that have the words of ``query``, published at ``since`` or
    later where it is given; newest first, each with a snippet. No query is an error. Raises
    StoreError."""
    return store.search(query, since, limit)
