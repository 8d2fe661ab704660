"""What the screens read and write beside stories: tags, notes, hidden outlets; what rules did."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import TypeVar

from briefing.model import ArticleRow, StoryRow, Window
from briefing.model.rules import RuleEffect
from briefing.model.tags import Note, Tag, TagCount
from briefing.store import ReadingStore

Result = TypeVar("Result")


class WritingSession:
    """A part of ``ReadingSession``: reads from its store, writes in its thread of marks."""

    _store: ReadingStore
    clock: Callable[[], datetime]
    window: Window

    def _mark(self, work: Callable[[ReadingStore], Result]) -> Future[Result]:
        raise NotImplementedError

    # ── Reading ──────────────────────────────────────────────────────────────────────────────

    def tags(self) -> list[TagCount]:
        """All tags with their counts."""
        return self._store.tags()

    def story_tags(self, story_id: str) -> tuple[Tag, ...]:
        """The tags of a story."""
        return self._store.story_tags(story_id)

    def article_tags(self, article_id: str) -> tuple[Tag, ...]:
        """The tags of an article."""
        return self._store.article_tags(article_id)

    def tagged(self, tag: str, after: ArticleRow | None, limit: int) -> list[ArticleRow]:
        """A page of the articles with a tag, newest first."""
        return self._store.tagged_rows(tag, after, limit)

    def story_notes(self, story_id: str) -> tuple[Note, ...]:
        """The notes on a story, the oldest first."""
        return self._store.story_notes(story_id)

    def hidden_outlets(self, story_id: str) -> frozenset[str]:
        """The outlets hidden in a story."""
        return self._store.hidden_outlets(story_id)

    def story_rules(self, story_id: str) -> tuple[RuleEffect, ...]:
        """What rules do with a story."""
        return self._store.story_rules(story_id)

    def muted_counts(self) -> tuple[int, int]:
        """How many stories rules keep out of the edition, and how many rules do."""
        return self._store.muted_counts(self.window)

    def muted_stories(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the stories that rules keep out of the edition."""
        return self._store.muted_rows(self.window, after=after, limit=limit)

    # ── Writing ──────────────────────────────────────────────────────────────────────────────

    def tag_story(self, story_id: str, tag: str, given: bool) -> Future[str]:
        """Give a story a tag, or take it away; the tag as it is kept."""
        return self._mark(lambda store: store.set_story_tag(story_id, tag, given))

    def tag_article(self, article_id: str, tag: str, given: bool) -> Future[str]:
        """Give an article a tag, or take it away; the tag as it is kept."""
        return self._mark(lambda store: store.set_article_tag(article_id, tag, given))

    def add_note(self, article_id: str, text: str) -> Future[Note | None]:
        """Keep a note beside an article."""
        now = self.clock()
        return self._mark(lambda store: store.add_note(article_id, text, now))

    def put_note(self, note: Note) -> Future[None]:
        """Change a note, or put one back."""
        return self._mark(lambda store: store.put_note(note))

    def remove_note(self, note: Note) -> Future[None]:
        """Drop a note."""
        return self._mark(lambda store: store.remove_note(note.id))

    def hide_outlets(self, story_id: str, sources: Sequence[str], hidden: bool) -> Future[None]:
        """Hide outlets in a story, or show them again."""

        def work(store: ReadingStore) -> None:
            for source in sources:
                store.hide_outlet(story_id, source, hidden)

        return self._mark(work)
