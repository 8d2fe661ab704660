"""Reading an edition, a story of it, and an article of the story.

What compares a story with what the reader last saw is imported only where there was a last time:
a first look, and the way to the first paint, need none of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.config import EditionSettings
from briefing.editions.hidden import without_hidden
from briefing.model import (
    Article,
    Digest,
    Edition,
    EditionCounts,
    ReadState,
    Revision,
    RowError,
    Span,
    Story,
    StoryChange,
    StoryFilter,
    StoryRow,
    Window,
)
from briefing.store import ReadingStore, Visit

_PAGE = 200


@dataclass(frozen=True, slots=True)
class EditionReading:
    """An edition, and what kept those stories from being read that it leaves out."""

    edition: Edition
    unreadable: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """An article with its digest (None while it has none) and what was changed in it since it was
    first fetched (None where nothing was)."""

    article: Article
    digest: Digest | None
    revision: Revision | None

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of its sentences, as its digest knows them where it has one."""
        return _sentences(self.article, self.digest)


def edition_window(
    store: ReadingStore | None,
    settings: EditionSettings,
    now: datetime,
    *,
    since: datetime | None = None,
    visit: Visit | None = None,
) -> Window:
    """The time that today's edition covers, or from ``since`` on.

    store: None before the first refresh. visit: the reader's own, where it is open.
    """
    if since is not None:
        return Window(since, now)
    if store is None:
        return Window(now - timedelta(hours=settings.hours), now)
    return store.window(now, settings.hours, settings.max_days, visit=visit)


def read_edition(
    store: ReadingStore,
    window: Window,
    *,
    line: int,
    limit: int | None = None,
    category: str | None = None,
) -> EditionReading:
    """The stories of ``window``, best first, each with what is new in it since the last look.

    line: how many stand above the line; limit: how many are read, all by default. category: only
    its stories, and counts of these. Raises StoreError.
    """
    chosen = StoryFilter(category=category)
    rows: list[StoryRow] = []
    while limit is None or len(rows) < limit:
        size = _PAGE if limit is None else min(_PAGE, limit - len(rows))
        after = rows[-1] if rows else None
        page = store.edition_rows(window, chosen=chosen, after=after, limit=size)
        rows += page
        if len(page) < size:
            break
    stories: list[Story] = []
    unreadable: list[RowError] = []
    for row in rows:
        try:
            stories.append(read_story(store, row.id))
        except RowError as error:
            unreadable.append(error)
    counts = store.edition_counts(window, line if limit is None else limit)
    if category is not None:
        counts = counted(stories, counts.above)
    return EditionReading(Edition(window, counts, tuple(stories)), tuple(unreadable))


def counted(stories: Sequence[Story], above: int) -> EditionCounts:
    """The counts of stories that are all here, as those of one category are."""
    articles = [a for s in stories for a in s.brief.articles]
    return EditionCounts(
        stories=len(stories),
        above=min(above, len(stories)),
        articles=len(articles),
        sources=len({a.source for a in articles}),
        unread=sum(s.row.state is ReadState.UNREAD for s in stories),
    )


def read_story(store: ReadingStore, story_id: str) -> Story:
    """A story with what is new in it since the reader last looked; nothing on a first look.

    Raises StoreError where there is none, RowError where it cannot be read.
    """
    story = without_hidden(store, store.story(story_id))
    changes = _changes(store, story)
    return replace(story, changed=changes) if changes else story


def _changes(store: ReadingStore, story: Story) -> tuple[StoryChange, ...]:
    kept = store.snapshot(story.id)
    if kept is None or story.looked_at is None:
        return ()
    from briefing.stories.changes import article_changes, story_changes

    revisions = _revisions(store, story.id, story.looked_at)
    changed = article_changes(story.brief, revisions)
    return (*story_changes(json.loads(kept), story.brief), *changed)


def _revisions(store: ReadingStore, story_id: str, since: datetime) -> dict[str, Revision]:
    """What the articles of a story say otherwise than at first, by article: those that were
    changed after ``since``. Nearly always there are none."""
    revisions = {}
    for first in store.first_texts(story_id, since):
        from briefing.stories.revisions import find_revision

        article = store.article(first.article_id)
        revision = find_revision(first, article, _sentences(article, None))
        if revision is not None:
            revisions[first.article_id] = revision
    return revisions


def read_article(store: ReadingStore, article_id: str) -> ArticleReading:
    """An article to be shown. Raises StoreError where there is none, RowError where it cannot be
    read."""
    article = store.article(article_id)
    digest = store.digest(article_id)
    first = store.first_text(article_id)
    if first is None:
        return ArticleReading(article, digest, None)
    from briefing.stories.revisions import find_revision

    return ArticleReading(
        article, digest, find_revision(first, article, _sentences(article, digest))
    )


def _sentences(article: Article, digest: Digest | None) -> tuple[Span, ...]:
    if digest is not None:
        return digest.sentences
    from briefing.text import sentences

    return tuple(sentences(article.text, article.language))
