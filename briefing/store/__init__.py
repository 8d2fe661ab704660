"""Everything that is kept, in one SQLite file: the only state, and the only place with SQL.

``Store`` is put together from one part a noun, each in its module: feeds; entries, article
texts, digests and the link queue (what a refresh takes its work from); revisions (what articles
first said); set aside (what cannot be read); stories, rankings and earlier stories (written by a
refresh); filters (what they mean); edition, articles and starred (read by the screen, in pages by
key); search; marks (written by the reader only); visits; maintenance.
"""

from briefing.store.query import search_words
from briefing.store.set_aside import SetAsideRow
from briefing.store.store import Store
from briefing.store.types import (
    Mark,
    PendingEntry,
    StoreStats,
    StoryToRank,
    UndoToken,
    Visit,
)

__all__ = [
    "Mark",
    "PendingEntry",
    "SetAsideRow",
    "Store",
    "StoreStats",
    "StoryToRank",
    "UndoToken",
    "Visit",
    "search_words",
]
