"""Stories that are put together otherwise than by their time: one, those found, those starred.

Each is an edition all of whose stories stand above the line. An article that stands in no story
(its feed was removed, or it is not linked yet) is told as a story of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.editions.reading import EditionReading, counted, read_article, read_story
from briefing.editions.searching import search
from briefing.model import (
    ArticleFilter,
    ArticleRow,
    Brief,
    Coverage,
    Edition,
    First,
    RowError,
    Story,
    StoryRow,
    Window,
)
from briefing.model.tags import Tag
from briefing.store import ReadingStore

if TYPE_CHECKING:
    from briefing.query import Query

_PAGE = 200
_ALONE = "article-"


def one_story(store: ReadingStore, story_id: str, now: datetime) -> EditionReading:
    """One story, also by the identifier of one that was merged into it.

    Raises StoreError where there is none, RowError where it cannot be read.
    """
    return _together([read_story(store, story_id)], (), now)


def found_stories(
    store: ReadingStore,
    query: "Query",
    now: datetime,
    *,
    since: datetime | None = None,
    limit: int = 50,
    last: datetime | None = None,
) -> EditionReading:
    """The stories of the ``limit`` best articles that ``query`` asks for, the best article's first.

    since: only articles published from then on. last: the reader's last visit. Raises what
    ``search`` does.
    """
    chosen = ArticleFilter(since=since)
    found = search(store, query, chosen, limit=limit, now=now, last=last)
    return _of_rows(store, (each.row for each in found), now)


def starred_stories(store: ReadingStore, now: datetime) -> EditionReading:
    """All that the reader starred, the newest first. Raises StoreError."""
    rows: list[StoryRow | ArticleRow] = []
    while True:
        page = store.starred_rows(after=rows[-1] if rows else None, limit=_PAGE)
        rows += page
        if len(page) < _PAGE:
            return _of_rows(store, rows, now)


def evidence_texts(store: ReadingStore, stories: Iterable[Story]) -> dict[str, str]:
    """The texts of the articles that the bullets of ``stories`` stand on, by their identifiers.

    Those that cannot be read, or are gone, are left out.
    """
    places = {
        article_id
        for story in stories
        for line in story.brief.bullets
        for article_id in (line.article_id, *(place.article_id for place in line.also))
    }
    return store.texts(sorted(places))


def tags_of_stories(store: ReadingStore, stories: Iterable[Story]) -> dict[str, tuple[Tag, ...]]:
    """The tags of ``stories``, by their identifiers."""
    return {
        story.id: store.article_tags(story.brief.lead)
        if _is_alone(story)
        else store.story_tags(story.id)
        for story in stories
    }


def _is_alone(story: Story) -> bool:
    """Whether the story is an article that stands in no story of the store."""
    return story.id.startswith(_ALONE)


def _of_rows(
    store: ReadingStore, rows: Iterable[StoryRow | ArticleRow], now: datetime
) -> EditionReading:
    """The stories of the rows, each once, in their order."""
    stories: dict[str, Story] = {}
    unreadable: list[RowError] = []
    for row in rows:
        story_id = row.id if isinstance(row, StoryRow) else row.story_id
        try:
            if story_id is None and isinstance(row, ArticleRow):
                alone = _story_of_one(store, row)
                stories[alone.id] = alone
            elif story_id is not None and story_id not in stories:
                stories[story_id] = read_story(store, story_id)
        except RowError as error:
            unreadable.append(error)
    return _together(stories.values(), unreadable, now)


def _together(
    stories: Iterable[Story], unreadable: Iterable[RowError], now: datetime
) -> EditionReading:
    told = tuple(stories)
    times = [a.published for story in told for a in story.brief.articles]
    window = Window(min([*times, now]), now)
    return EditionReading(Edition(window, counted(told, len(told)), told), tuple(unreadable))


def _story_of_one(store: ReadingStore, row: ArticleRow) -> Story:
    """An article as a story, which has an identifier that no story of the store has."""
    digest = read_article(store, row.id).digest
    if digest is None:
        brief = Brief(
            headline=row.title,
            lead=row.id,
            bullets=(),
            figures=(),
            entities=(),
            articles=(Coverage(row.id, row.source, row.title, row.url, row.published, row.basis),),
            first=First(row.id, row.source, "time"),
        )
    else:
        from briefing.model import StoryArticle
        from briefing.stories import make_brief

        brief = make_brief([StoryArticle(digest, row.source, row.published)])
    line = StoryRow(
        id=_ALONE + row.id,
        headline=brief.headline,
        outlets=brief.outlets,
        articles=1,
        latest=row.published,
        score=0.0,
        category=row.category,
        starred=row.starred,
        summary_only=brief.summary_only,
        opinion=brief.opinion,
    )
    return Story(line, brief)
