"""Which stories are earlier chapters of which, and which may be."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

from collections.abc import Sequence
from datetime import datetime

from briefing.model import StoreError, StoryRow
from briefing.store.database import Database
from briefing.store.query import any_of
from briefing.store.rows import STORY_COLUMNS, seconds, story_row_of


class EarlierStories(Database):
    """The threads that stories of one matter make over the days."""

    def set_earlier(self, story_id: str, earlier: Sequence[str]) -> None:
        """Say which stories are earlier chapters of this one; unknown ones are passed over."""
        with self.transaction():
            number = self._story_number(story_id)
            self._run("DELETE FROM chapter WHERE story_id = ?", (number,))
            for name in earlier:
                try:
                    other = self._story_number(name)
                except StoreError:
                    continue
                if other != number:
                    self._run("INSERT OR IGNORE INTO chapter VALUES (?, ?)", (number, other))

    def earlier_of(self, story_id: str) -> list[str]:
        """The earlier chapters of a story, in no order. Raises StoreError where there is none."""
        number = self._story_number(story_id)
        rows = self._rows("SELECT earlier_id FROM chapter WHERE story_id = ?", (number,))
        return [str(row["earlier_id"]) for row in rows]

    def chapter_candidates(
        self, terms: Sequence[str], *, since: datetime, before: datetime, limit: int = 40
    ) -> list[StoryRow]:
        """Stories that may be earlier chapters: of that time, with these words in their titles.

        ``terms`` are words or their stems, best few and rare; likeliest first.
        """
        match = any_of(terms)
        if match is None:
            return []
        rows = self._rows(
            f"SELECT DISTINCT {STORY_COLUMNS} FROM (SELECT article.story_id AS hit,"
            " bm25(search) AS badness FROM search JOIN article ON article.id = search.rowid"
            " WHERE search MATCH :match AND article.story_id IS NOT NULL"
            " AND article.published >= :since AND article.published < :before"
            " ORDER BY badness LIMIT :many)"
            " CROSS JOIN story ON story.id = hit WHERE story.latest < :before",
            {
                "match": "{title} : (" + match + ")",
                "since": seconds(since),
                "before": seconds(before),
                "many": limit * 5,
            },
        )
        return [story_row_of(row) for row in rows[:limit]]
