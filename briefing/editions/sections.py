"""The stories of an edition that saved searches ask for: sections of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.model import Edition
from briefing.store import ReadingStore

if TYPE_CHECKING:
    from briefing.config import SearchSettings

Section = tuple[str, frozenset[str]]
"""A heading, and the identifiers of its stories."""


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
