"""What places stories in the edition, for ranking them anew."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime

from briefing.model import Ranking, StoryScore, StoryToRank
from briefing.model.codec import from_json
from briefing.store.database import Database
from briefing.store.packing import packed, unpacked
from briefing.store.rows import BRIEF, brief_kept, parts_to_text, seconds
from briefing.store.set_aside import readable

_log = logging.getLogger(__name__)


_RANKED_AT_ONCE = 200


class Rankings(Database):
    """Scores of stories and what they are made of."""

    def stories_to_rank(self, preferences: str, since: datetime, limit: int) -> list[StoryToRank]:
        """Stories with an article since then whose score holds other preferences than those of this
        key, newest first; without those that cannot be read.
        """
        rows = self._rows(
            f"SELECT story.id, story.boost, {BRIEF}, score_parts,"
            " (SELECT max(coalesce(feed.weight, 1.0)) FROM article"
            " LEFT JOIN feed ON feed.id = article.feed_id"
            " WHERE article.story_id = story.id) AS weight,"
            " (SELECT json_group_array(DISTINCT article.category) FROM article"
            " WHERE article.story_id = story.id) AS categories"
            " FROM story INDEXED BY story_by_latest JOIN story_detail"
            " ON story_detail.story_id = story.id"
            " WHERE story.latest >= ? AND story.preferences <> ?"
            " AND score_parts IS NOT NULL ORDER BY story.latest DESC LIMIT ?",
            (seconds(since), preferences, limit),
        )
        return readable(rows, _story_to_rank, _passed_over)

    def rank_anew(
        self, preferences: str, since: datetime, rank: Callable[[StoryToRank], Ranking]
    ) -> int:
        """Rank all ``stories_to_rank``, many in one transaction; how many there were."""
        count = 0
        while batch := self.stories_to_rank(preferences, since, _RANKED_AT_ONCE):
            with self.transaction():
                for story in batch:
                    self.set_ranking(story.story_id, rank(story))
            count += len(batch)
        return count

    def story_boost(self, story_id: str | None) -> float:
        """By how much rules boost a story; 1 for one that is not there yet, or no longer."""
        if story_id is None:
            return 1.0
        number = self._number("story", story_id)
        boost: float | None = self._value("SELECT boost FROM story WHERE id = ?", (number,))
        return 1.0 if boost is None else boost

    def set_ranking(self, story_id: str, ranking: Ranking) -> None:
        """Give a story the score and the reasons that other preferences lead to."""
        number = self._story_number(story_id)
        with self.transaction():
            self._run(
                "UPDATE story SET score = ?, preferences = ? WHERE id = ?",
                (ranking.score, ranking.preferences, number),
            )
            self._run(
                "UPDATE story_detail SET reasons = ? WHERE story_id = ?",
                (packed(parts_to_text(ranking.parts)), number),
            )


def _story_to_rank(row: sqlite3.Row) -> StoryToRank:
    parts = unpacked(row["score_parts"], brief_kept(row))
    return StoryToRank(
        str(row["id"]),
        from_json(StoryScore, json.loads(parts)),
        1.0 if row["weight"] is None else row["weight"],
        tuple(json.loads(row["categories"])),
        row["boost"],
    )


def _passed_over(row: sqlite3.Row, error: Exception) -> None:
    """``doctor`` sets its brief aside, and the next refresh tells it anew."""
    _log.info("the score of story %s cannot be read: %s", row["id"], error)
