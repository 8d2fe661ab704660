"""The stories of an edition that saved searches ask for: sections of their own."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.model import ArticleFilter, Edition, LimitError, Section, Window
from briefing.store import ReadingStore

if TYPE_CHECKING:
    from briefing.config import SearchSettings

_MOST_STORIES, _MOST_ARTICLES = 500, 200
"""Of the list, those that are looked among; of a search, those that are looked at."""

_log = logging.getLogger(__name__)


def searched_sections(
    store: ReadingStore,
    edition: Edition,
    searches: "Sequence[SearchSettings]",
    now: datetime,
    last: datetime | None = None,
) -> tuple[Section, ...]:
    """A section for each search that wants one, with the stories of which it asks for an article.

    A story stands in the first that asks for it. now, last: the present, and the last visit.
    Raises QueryError for a search that is no query, LimitError where one looks into too many texts.
    """
    story_of = {a.article_id: s.id for s in edition.stories for a in s.brief.articles}
    sections: list[Section] = []
    for search in searches:
        if search.section and story_of:
            from briefing.query import parse_query

            found = store.matching(parse_query(search.query), list(story_of), now, last)
            stories = frozenset(story_of[article] for article in found)
            sections.append((search.name, stories))
            story_of = {a: story for a, story in story_of.items() if story not in stories}
    return tuple(sections)


@dataclass(frozen=True, slots=True)
class ListSection:
    """A section of a list of stories: its name, and its stories in the order of the list."""

    name: str
    stories: tuple[str, ...]


def list_sections(
    store: ReadingStore,
    window: Window,
    above: int,
    searches: "Sequence[SearchSettings]",
    now: datetime,
    last: datetime | None = None,
) -> tuple[ListSection, ...]:
    """A section for each search that wants one and finds an article of a story of the edition after
    the first ``above``; a story stands in the first that asks for it.

    now, last: the present, and the last visit. A search that looks into too many texts has none.
    Raises QueryError for a search that is no query, StoreError.
    """
    from briefing.query import parse_query

    rows = store.edition_rows(window, limit=above + _MOST_STORIES)
    left = [row.id for row in rows[above:]]
    chosen = ArticleFilter(since=window.since)
    sections = []
    for search in searches:
        if not search.section or not left:
            continue
        query = parse_query(search.query)
        try:
            found = store.find(query, chosen, _MOST_ARTICLES, now=now, last=last)
        except LimitError as error:
            _log.warning("the search “%s” has no section: %s", search.name, error)
            continue
        told = {each.row.story_id for each in found}
        stories = tuple(name for name in left if name in told)
        if stories:
            sections.append(ListSection(search.name, stories))
            left = [name for name in left if name not in told]
    return tuple(sections)
