"""What places stories in the edition, for ranking them anew."""

import json
from dataclasses import dataclass
from datetime import datetime

from briefing.model import Ranking, StoryScore
from briefing.model.codec import from_json
from briefing.store.database import Database
from briefing.store.rows import parts_to_text, seconds


@dataclass(frozen=True, slots=True)
class StoryToRank:
    """What a story's place is worked out from: see ``briefing.stories.rank``."""

    story_id: str
    base: StoryScore
    feed_weight: float
    categories: tuple[str, ...]
    boost: float = 1.0


class Rankings(Database):
    """Scores of stories and what they are made of."""

    def stories_to_rank(self, preferences: str, since: datetime, limit: int) -> list[StoryToRank]:
        """Stories with an article since then whose score holds other preferences than those of this
        key, newest first.
        """
        rows = self._rows(
            "SELECT story.id, story.boost, detail.score_parts,"
            " (SELECT max(coalesce(feed.weight, 1.0)) FROM article"
            " LEFT JOIN feed ON feed.id = article.feed_id"
            " WHERE article.story_id = story.id) AS weight,"
            " (SELECT json_group_array(DISTINCT article.category) FROM article"
            " WHERE article.story_id = story.id) AS categories"
            " FROM story INDEXED BY story_by_latest JOIN story_detail AS detail"
            " ON detail.story_id = story.id"
            " WHERE story.latest >= ? AND story.preferences <> ?"
            " AND detail.score_parts IS NOT NULL ORDER BY story.latest DESC LIMIT ?",
            (seconds(since), preferences, limit),
        )
        return [
            StoryToRank(
                str(row["id"]),
                from_json(StoryScore, json.loads(row["score_parts"])),
                1.0 if row["weight"] is None else row["weight"],
                tuple(json.loads(row["categories"])),
                row["boost"],
            )
            for row in rows
        ]

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
                (parts_to_text(ranking.parts), number),
            )
