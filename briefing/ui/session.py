"""What the screens ask of the store: reads in small pages, marks in a thread of their own."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefing.config import Settings
from briefing.editions import (
    ArticleReading,
    ListSection,
    RuleTrial,
    apply_preferences,
    apply_rules,
    edition_window,
    list_sections,
    mark_seen,
    read_article,
    read_story,
    try_rule,
    without_hidden,
)
from briefing.model import (
    Article,
    ArticleFilter,
    ArticleRow,
    BriefingError,
    Digest,
    EditionCounts,
    Entry,
    Feed,
    FetchHealth,
    Span,
    Story,
    StoryChange,
    StoryRow,
    Window,
)
from briefing.store import ReadingStore, UndoToken, Visit, stamps, unwritable
from briefing.ui.session_feeds import FeedSession
from briefing.ui.session_writing import WritingSession
from briefing.ui.undo import Changes

if TYPE_CHECKING:
    from briefing.digest.caveats.judges import CaveatJudge
    from briefing.hooks import Subject
    from briefing.model.rules import Rule
    from briefing.query import Query
    from briefing.store import FoundArticle
    from briefing.ui.targets import Spot

Result = TypeVar("Result")
TRIED = timedelta(weeks=2)
"""Of so long ago are the articles that a rule is tried on."""
SEARCH_SECONDS = 0.2
"""How long a search as one types may look into texts: marks wait for it."""


def _log_problem(error: BriefingError) -> None:
    logging.getLogger(__name__).warning("%s", error)


class ReadingSession(WritingSession, FeedSession):
    """The reader's view of one store.

    Reads are pages by key that take about a millisecond and never wait for a writer (WAL). Marks
    go through one thread with a connection of its own, in order, so that a refresh that holds
    the file never holds the screen.
    """

    def __init__(self, path: Path, settings: Settings, clock: Callable[[], datetime]) -> None:
        """``unwritable`` is why marks are not kept, where they are not. Raises StoreError."""
        self.path = path
        self.settings = settings
        self.clock = clock
        self.screen = settings.screen  # keys change it for the session
        self.unwritable = unwritable(path)
        self._stamps = stamps(path) if self.unwritable is not None else None
        self._store = self._opened()
        self._writer: ReadingStore | None = None
        # Told, in the marks' thread, of a mark that could not be written.
        self.on_problem: Callable[[BriefingError], None] = _log_problem
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="marks")
        self.reading_places: dict[str, Span] = {}  # how far each article was read, by its id
        self.visit: Visit | None = None
        self._begun: Future[Visit] | None = None
        self._changes: dict[str, tuple[StoryChange, ...]] = {}
        self._counted: Future[tuple[EditionCounts, FetchHealth]] | None = None
        self._leaving: set[str] = set()
        self.changes = Changes()
        self.commands: list[str] = []  # that stories were given to, the latest last
        self.jump_marks: dict[str, Spot] = {}  # by letter; they go with the session
        self._written = -1
        self._version: tuple[int, ...] | None = None
        self.window = self._window()

    def _opened(self) -> ReadingStore:
        return ReadingStore.open(self.path, read_only=self.unwritable is not None)

    # ── The visit ────────────────────────────────────────────────────────────────────────────

    def _window(self) -> Window:
        return edition_window(self._store, self.settings.edition, self.clock(), visit=self.visit)

    def begin_visit(self) -> None:
        """The reader is open: a visit begins. The window stays what it was."""
        now = self.clock()
        self.visit = Visit("", now, self._store.last_visit())  # the window needs no number
        if self.unwritable is None:
            self._begun = self._mark(lambda store: store.begin_visit(now))

    def apply_preferences(self) -> Future[int]:
        """Bring the edition to what the reader prefers now, and to the rules as they are now; how
        many stories changed."""
        settings, since, now = self.settings, self.window.since, self.clock()

        def work(store: ReadingStore) -> int:
            changed = apply_rules(store, settings.reading_rules, since, now)
            return apply_preferences(store, settings.preferences, since) + changed

        return self._mark(work)

    def advance_window(self) -> None:
        """After a refresh: the window's end moves to now, and what is new is told anew."""
        self.window = self._window()
        self._changes.clear()

    def close(self) -> None:
        """End the visit and close the store; waits for the marks under way."""
        self.on_problem = _log_problem  # nobody is there to be told
        self.let_go()
        begun, now = self._begun, self.clock()
        if begun is not None:
            # The thread does one thing after another: the visit's beginning is done by then.
            self._mark(lambda store: store.end_visit(begun.result(), now))
        self._thread.shutdown(wait=True)
        self._close_writer()
        self._store.close()

    # ── Reading ──────────────────────────────────────────────────────────────────────────────

    @property
    def syncs(self) -> bool:
        """Whether feeds and marks are kept in step with a server."""
        return self.settings.sync.kind != "off"

    @property
    def line(self) -> int:
        """How many stories stand above the line, by the target reading time."""
        return self.settings.edition.line

    def stories(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the edition."""
        return self._store.edition_rows(self.window, after=after, limit=limit)

    def overview(self) -> tuple[EditionCounts, FetchHealth]:
        """What the edition holds, and how the subscriptions do. For another thread than the
        screen's: over its own connection.
        """
        with ReadingStore.open(self.path, read_only=True) as store:
            health = store.fetch_health()
            if self.syncs:
                health = replace(health, sync=store.sync_health())
            return store.edition_counts(self.window, self.line), health

    def sections(self, above: int) -> tuple[ListSection, ...]:
        """The sections of saved searches below the line. For another thread than the screen's: over
        its own connection."""
        last = None if self.visit is None else self.visit.last
        searches, now = self.settings.searches, self.clock()
        with ReadingStore.open(self.path, read_only=True) as store:
            return list_sections(store, self.window, above, searches, now, last)

    def count_ahead(self) -> None:
        """Begin to count for ``counted``, in the other thread, while the screen is being made."""
        self._counted = self._thread.submit(self.overview)

    def counted(self) -> tuple[EditionCounts, FetchHealth] | None:
        """The overview that ``count_ahead`` began; None where it is not there yet, or failed."""
        ahead = self._counted
        if ahead is None or not ahead.done() or ahead.exception() is not None:
            return None
        return ahead.result()

    def brought(self) -> bool:
        """Whether a refresh, maybe another process's, has brought something since this was last
        asked. Costs a few microseconds while nothing was written.
        """
        if self._stamps is not None and self._stamps != (now := stamps(self.path)):
            self._stamps = now  # its owner has written to what was read as never changing
            self._read_anew()
        written = self._store.data_version()
        if written == self._written:
            return False
        self._written = written
        before, self._version = self._version, self._store.edition_version(self.window)
        return before is not None and self._version != before

    def _read_anew(self) -> None:
        opened = self._opened()
        self._store.close()
        self._store, self._written = opened, -1
        self._thread.submit(self._close_writer)

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def next_unread(self, after: StoryRow | None) -> StoryRow | None:
        """The next unread story, from the top again after the last one."""
        unread = self._store.next_unread(self.window, after)
        return unread or (self._store.next_unread(self.window) if after is not None else None)

    def story(self, story_id: str) -> Story:
        """A story with what is new in it since the reader last looked, kept for this visit."""
        changes = self._changes.get(story_id)
        if changes is None:
            story = read_story(self._store, story_id)
            self._changes[story_id] = story.changed
            return story
        story = without_hidden(self._store, self._store.story(story_id))
        if not changes:
            return story
        return replace(story, changed=changes)

    def read_article(self, article_id: str) -> ArticleReading:
        """An article with its digest and what was changed in it."""
        return read_article(self._store, article_id)

    def article(self, article_id: str) -> Article:
        """An article's text."""
        return self._store.article(article_id)

    def digest(self, article_id: str) -> Digest | None:
        """An article's digest, where it has been made."""
        return self._store.digest(article_id)

    def kept_entry(self, article_id: str) -> tuple[Feed, Entry] | None:
        """The entry that an article without a text is to be made of, with its feed."""
        return self._store.kept_entry(article_id)

    def has_waiting_articles(self) -> bool:
        """Whether some article waits for its text or its digest."""
        return self._store.has_waiting_articles()

    def articles(
        self, chosen: ArticleFilter, after: ArticleRow | None, limit: int, *, oldest: bool = False
    ) -> list[ArticleRow]:
        """A page of the articles of a filter, newest first, or the oldest."""
        return self._store.article_rows(chosen, after, limit, oldest=oldest)

    def starred(
        self, after: StoryRow | ArticleRow | None, limit: int
    ) -> list[StoryRow | ArticleRow]:
        """A page of the starred stories and articles, newest first."""
        return self._store.starred_rows(after=after, limit=limit)

    def name_now(self, story_id: str) -> str | None:
        """A story's identifier: that of the one it has become a part of; None where it is gone."""
        try:
            return self._store.story_row(story_id).id
        except BriefingError:
            return None

    def judged_quickly(self, article_id: str) -> bool:
        """Whether only the quick judge has seen an article."""
        from briefing.digest.version import is_quick

        return is_quick(self._store.digest_maker(article_id))

    def judge_of(self, article: Article) -> "CaveatJudge":
        """Who judged what is shown of an article: the quick judge, or its language's own. For
        another thread than the screen's: loading him may take a while."""
        from briefing.digest.caveats.judges import judge_for
        from briefing.digest.version import is_quick

        with ReadingStore.open(self.path, read_only=True) as store:
            maker = store.digest_maker(article.id)
        return judge_for(article.language, quick=is_quick(maker))

    def story_row(self, story_id: str) -> StoryRow:
        """A story's line in lists."""
        return self._store.story_row(story_id)

    def article_row(self, article_id: str) -> ArticleRow:
        """An article's line in lists."""
        return self._store.article_row(article_id)

    @property
    def keeps_marks(self) -> bool:
        """Whether the store can be written."""
        return self.unwritable is None

    # ── Marks ────────────────────────────────────────────────────────────────────────────────

    def _mark(self, work: Callable[[ReadingStore], Result]) -> Future[Result]:
        def run() -> Result:
            try:
                if self._writer is None:
                    self._writer = self._opened()
                return work(self._writer)
            except BriefingError as error:
                self.on_problem(error)
                raise

        return self._thread.submit(run)

    def _ask(self, work: Callable[[ReadingStore], Result]) -> Future[Result]:
        """Something that may take a while; what goes wrong is told to whoever waits for it."""

        def run() -> Result:
            if self._writer is None:
                self._writer = self._opened()
            return work(self._writer)

        return self._thread.submit(run)

    def mark_seen(self, story: Story) -> Future[None]:
        """The brief was on the screen: seen, and looked at, with what it showed."""
        now = self.clock()
        return self._mark(lambda store: mark_seen(store, story, now))

    def mark_read(self, story_id: str) -> Future[UndoToken]:
        """Mark a story as read."""
        now = self.clock()
        return self._mark(lambda store: store.mark_read([story_id], now))

    def mark_unread(self, story_id: str) -> Future[None]:
        """Mark a story as unread."""
        return self._mark(lambda store: store.unmark_read([story_id]))

    def mark_all_read(self) -> Future[UndoToken]:
        """Mark the whole edition as read."""
        now, window = self.clock(), self.window
        return self._mark(lambda store: store.mark_all_read(window, now))

    def undo(self, marking: Future[UndoToken]) -> Future[int]:
        """Take a marking back, after it where it is under way."""
        return self._mark(lambda store: store.undo(marking.result()))

    def star(self, story_id: str, starred: bool) -> Future[None]:
        """Star a story, or take its star away."""
        return self._mark(lambda store: store.set_starred(story_id, starred))

    def star_article(self, article_id: str, starred: bool) -> Future[None]:
        """Star an article, or take its star away."""
        return self._mark(lambda store: store.set_article_starred(article_id, starred))

    def subject(self, story_id: str | None, article_id: str | None) -> "Subject":
        """A story or an article as programs are given it. For another thread than the screen's:
        over its own connection. Raises StoreError."""
        from briefing.hooks import article_subject, story_subject

        with ReadingStore.open(self.path, read_only=True) as store:
            if article_id is not None:
                return article_subject(store, article_id)
            return story_subject(store, story_id or "", self.clock())

    def queue_hooks(self, event: str, story_id: str | None, article_id: str | None) -> Future[None]:
        """Let the hooks for an event wait until another process runs them."""
        from briefing.model.hooks import HookCall

        names = [hook.known_as for hook in self.settings.hooks if hook.on == event]

        def work(store: ReadingStore) -> None:
            for name in names:
                store.queue_call(HookCall(name, event, story_id, article_id))

        return self._mark(work)

    def mark_article_read(self, article_id: str, read: bool = True) -> Future[None]:
        """Mark an article as read, or as unread."""
        return self._mark(lambda store: store.mark_article_read(article_id, read))

    def mark_articles_read(
        self, chosen: ArticleFilter, than: ArticleRow | None = None, *, newer: bool = False
    ) -> Future[tuple[str, ...]]:
        """Mark the articles of a filter as read, or those older or newer than one; which."""
        return self._mark(lambda store: store.mark_articles_read(chosen, than, newer=newer))

    def mark_articles_unread(self, ids: Sequence[str]) -> Future[None]:
        """Take that back."""
        return self._mark(lambda store: store.mark_articles_unread(ids))

    def search(self, query: "Query", limit: int = 100) -> "Future[list[FoundArticle]]":
        """What a query asks for, the newest first where it does not say; in the other thread, as it
        may take a while.
        """
        now, last = self.clock(), None if self.visit is None else self.visit.last

        def work(store: ReadingStore) -> "list[FoundArticle]":
            return store.find(query, limit=limit, now=now, last=last, budget=SEARCH_SECONDS)

        return self._ask(work)

    def try_rule(self, rule: "Rule") -> RuleTrial:
        """What a rule would have done with the articles of two weeks. For another thread than the
        screen's: over its own connection. Raises QueryError, LimitError, StoreError."""
        now = self.clock()
        with ReadingStore.open(self.path, read_only=True) as store:
            return try_rule(store, rule, now - TRIED, now)

    def did_you_mean(self, query: "Query") -> "Future[Query | None]":
        """What may have been meant by a query that finds nothing."""
        return self._ask(lambda store: store.did_you_mean(query))
