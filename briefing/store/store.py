"""The store with everything: what a refresh, ``doctor`` and backups need besides reading."""

from briefing.store.article_texts import ArticleTexts
from briefing.store.digests import Digests
from briefing.store.entries import Entries
from briefing.store.foreign_marks import ForeignMarks
from briefing.store.hook_calls import HookQueue
from briefing.store.link_queue import LinkQueue
from briefing.store.maintenance import Maintenance
from briefing.store.rankings import Rankings
from briefing.store.reading_store import ReadingStore
from briefing.store.retention import Retention
from briefing.store.rules import Rules
from briefing.store.stories import Stories
from briefing.store.sync_marks import SyncMarks
from briefing.store.sync_state import SyncState
from briefing.store.waiting import Waiting


class Store(
    Entries,
    ArticleTexts,
    Digests,
    LinkQueue,
    Maintenance,
    Retention,
    Stories,
    Rankings,
    Waiting,
    ForeignMarks,
    Rules,
    SyncState,
    SyncMarks,
    HookQueue,
    ReadingStore,
):
    """Everything that is kept: the work that waits, what writes it, and all of ``ReadingStore``."""
