"""What the reader starred: stories and articles in one list, newest first."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

from briefing.model import ArticleRow, StoryRow
from briefing.store.database import Database
from briefing.store.rows import (
    ARTICLE_COLUMNS,
    STORY_COLUMNS,
    article_row_of,
    seconds,
    story_row_of,
)

_FIRST_PLACE = (9223372036854775807, 0)  # later than any time that is kept
_NO_ID, _ANY_ID = 0, 9223372036854775807

_STORIES = (
    f"SELECT {STORY_COLUMNS} FROM story INDEXED BY story_starred WHERE is_starred = 1"
    " AND (latest, id) < (?, ?) ORDER BY latest DESC, id DESC LIMIT ?"
)
_ARTICLES = (
    f"SELECT {ARTICLE_COLUMNS} FROM article INDEXED BY article_starred WHERE is_starred = 1"
    " AND (published, id) < (?, ?) ORDER BY published DESC, id DESC LIMIT ?"
)


class Starred(Database):
    """The list of starred things. Nothing here writes."""

    def starred_rows(
        self, *, after: StoryRow | ArticleRow | None = None, limit: int = 50
    ) -> list[StoryRow | ArticleRow]:
        """A page of the starred stories and articles, newest first: the rows that follow ``after``.

        A story stands at the time of its latest article, and before the articles of that second.
        """
        stories, articles = _places(after)
        rows: list[StoryRow | ArticleRow] = [
            *(story_row_of(row) for row in self._rows(_STORIES, (*stories, limit))),
            *(article_row_of(row) for row in self._rows(_ARTICLES, (*articles, limit))),
        ]
        rows.sort(key=lambda row: -_time(row))  # stable: what comes of one query stays in order
        return rows[:limit]


def _places(after: StoryRow | ArticleRow | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the stories and where the articles go on, as (time, id)."""
    if after is None:
        return _FIRST_PLACE, _FIRST_PLACE
    time, number = _time(after), int(after.id)
    if isinstance(after, StoryRow):
        return (time, number), (time, _ANY_ID)
    return (time, _NO_ID), (time, number)


def _time(row: StoryRow | ArticleRow) -> int:
    return seconds(row.latest if isinstance(row, StoryRow) else row.published)
