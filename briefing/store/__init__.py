"""Everything that is kept, in one SQLite file: the only state, and the only place with SQL.

``Store`` is put together from one part a noun, each in its module: feeds; pipeline (entries,
articles and digests on their way in); revisions (what articles first said); stories (written by a
refresh); edition, articles and starred (read by the screen, in pages by key); search; marks
(written by the reader only); visits; maintenance.
"""

from briefing.store.nouns import (
    Mark,
    PendingEntry,
    StoreStats,
    StoryToRank,
    UndoToken,
    Visit,
)
from briefing.store.query import search_words
from briefing.store.set_aside import SetAsideRow
from briefing.store.store import Store

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
