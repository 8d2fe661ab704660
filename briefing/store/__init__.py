"""Everything that is kept, in one SQLite file: the only state, and the only place with SQL.

``ReadingStore`` is what screens and commands read and mark; ``Store`` has the work of a refresh
besides. Both are put together from one part a noun, each in its module: feeds; entries, article
texts, digests and the link queue (what a refresh takes its work from); revisions (what articles
first said); set aside (what cannot be read); stories, rankings and earlier stories (written by a
refresh); filters (what they mean); edition, articles and starred (read by the screen, in pages by
key); search; marks (written by the reader only); foreign marks (out of another reader's cache);
outlines (what a subscription list says besides); visits; maintenance; sync state and sync marks
(what a sync server calls our feeds and articles, and the outbox).
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names
from briefing.store.access import stamps, unwritable
from briefing.store.marks import UNDO_RECORDS, Mark, UndoToken
from briefing.store.reading_store import ReadingStore
from briefing.store.visits import Visit

if TYPE_CHECKING:
    from briefing.store.entries import PendingEntry
    from briefing.store.maintenance import StoreStats
    from briefing.store.query_marks import FoundArticle
    from briefing.store.set_aside import SetAsideRow
    from briefing.store.store import Store
    from briefing.store.sync_marks import OutgoingMark, SyncEntry, TakenMarks
    from briefing.store.sync_state import SyncFeed, SyncServer

__all__ = [
    "UNDO_RECORDS",
    "FoundArticle",
    "Mark",
    "OutgoingMark",
    "PendingEntry",
    "ReadingStore",
    "SetAsideRow",
    "Store",
    "StoreStats",
    "SyncEntry",
    "SyncFeed",
    "SyncServer",
    "TakenMarks",
    "UndoToken",
    "Visit",
    "stamps",
    "unwritable",
]

# What reading does not need.
_LATER = {
    "entries": ("PendingEntry",),
    "maintenance": ("StoreStats",),
    "query_marks": ("FoundArticle",),
    "set_aside": ("SetAsideRow",),
    "store": ("Store",),
    "sync_marks": ("OutgoingMark", "SyncEntry", "TakenMarks"),
    "sync_state": ("SyncFeed", "SyncServer"),
}
__getattr__ = lazy_names(__name__, _LATER)
