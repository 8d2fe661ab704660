"""What the reader reads of stories: the list by pages, its counts, one story."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
from dataclasses import replace

from briefing.model import (
    Brief,
    Chapter,
    EditionCounts,
    ReadState,
    Story,
    StoryFilter,
    StoryRow,
    Window,
)
from briefing.store.database import Database
from briefing.store.filters import compile_stories
from briefing.store.rows import (
    BRIEF,
    STORY_COLUMNS,
    brief_kept,
    maybe_moment,
    moment,
    parts_from_text,
    seconds,
    story_row_of,
)

# A window of so few stories is sorted; a larger one is walked in the order of score, where its
# stories stand close together because the score grows with time.
FEW = 1000
ABOVE_ALL = 1e300  # a score that no story has
_ALL = StoryFilter()

_ORDERED = (
    "score <= :score AND (score < :score OR id > :after) ORDER BY score DESC, id LIMIT :limit"
)


class EditionReading(Database):
    """Stories for the screen, for ``print`` and for exports. Nothing here writes."""

    def edition_rows(
        self,
        window: Window,
        *,
        chosen: StoryFilter = _ALL,
        after: StoryRow | None = None,
        limit: int = 50,
    ) -> list[StoryRow]:
        """A page of the edition, best first: the rows that follow ``after``.

        The edition holds the stories whose latest article is of ``window.since`` or later, without
        those that rules mute; chosen: which of them.
        """
        within = self._value(
            "SELECT count(*) FROM (SELECT 1 FROM story WHERE latest >= ? LIMIT ?)",
            (seconds(window.since), FEW + 1),
        )
        index = "story_by_latest" if within <= FEW else "story_by_score"
        return self._story_page(index, replace(chosen, since=window.since), after, limit)

    def next_unread(self, window: Window, after: StoryRow | None = None) -> StoryRow | None:
        """The first unread story of the edition that follows ``after``."""
        unread = StoryFilter(since=window.since, state=ReadState.UNREAD)
        rows = self._story_page("story_unread", unread, after, 1)
        return rows[0] if rows else None

    def _story_page(
        self, index: str, chosen: StoryFilter, after: StoryRow | None, limit: int
    ) -> list[StoryRow]:
        where, values = compile_stories(chosen)
        rows = self._rows(
            f"SELECT {STORY_COLUMNS} FROM story INDEXED BY {index} "
            f"WHERE {where} AND is_muted = 0 AND {_ORDERED}",
            {
                **values,
                "score": ABOVE_ALL if after is None else after.score,
                "after": 0 if after is None else int(after.id),
                "limit": limit,
            },
        )
        return [story_row_of(row) for row in rows]

    def edition_counts(self, window: Window, line: int) -> EditionCounts:
        """What the edition holds. ``line`` is how many stories the target reading time allows.

        ``articles`` are all articles of its stories, ``sources`` the feeds of those of any story,
        muted ones too, that were published in the window, ``unread`` the stories neither seen nor
        read.
        """
        row = self._row(
            "SELECT count(*) AS stories, coalesce(sum(articles), 0) AS articles,"
            " coalesce(sum(state = 'unread'), 0) AS unread"
            " FROM story INDEXED BY story_by_latest WHERE latest >= ? AND is_muted = 0",
            (seconds(window.since),),
        )
        sources = self._value(
            "SELECT count(*) FROM feed WHERE EXISTS"
            " (SELECT 1 FROM article INDEXED BY article_by_feed WHERE feed_id = feed.id"
            " AND published >= ? AND story_id IS NOT NULL)",
            (seconds(window.since),),
        )
        stories, articles, unread = (0, 0, 0) if row is None else row
        return EditionCounts(stories, min(line, stories), articles, sources, unread)

    def edition_version(self, window: Window) -> tuple[int, ...]:
        """What changes with the stories of the edition, but not with the reader's marks: other
        values tell that a refresh, maybe another process's, brought something.
        """
        row = self._row(
            "SELECT count(*), coalesce(max(id), 0), coalesce(sum(articles), 0),"
            " coalesce(max(latest), 0) FROM story INDEXED BY story_by_latest"
            " WHERE latest >= ? AND is_muted = 0",
            (seconds(window.since),),
        )
        return () if row is None else tuple(row)

    def story(self, story_id: str) -> Story:
        """A story, also by the identifier of one that was merged into it.

        ``changed`` is empty: news are told from ``snapshot`` and the brief. Raises StoreError where
        there is none, RowError where what is kept of it cannot be read.
        """
        from briefing.model.codec import brief_from_json
        from briefing.store.packing import unpacked

        number = self._story_number(story_id)
        row = self._row(
            f"SELECT {STORY_COLUMNS}, story.looked_at, {BRIEF}, reasons FROM story"
            " JOIN story_detail ON story_id = id WHERE id = ?",
            (number,),
        )
        if row is None:
            raise self._missing("story", story_id)
        earlier = self._rows(
            "SELECT story.id, story.headline, story.latest FROM chapter"
            " JOIN story ON story.id = chapter.earlier_id WHERE chapter.story_id = ?",
            (number,),
        )
        chapters = [Chapter(str(c["id"]), c["headline"], moment(c["latest"])) for c in earlier]
        with self._reading(f"story {story_id}"):
            return Story(
                row=story_row_of(row),
                brief=brief_from_json(json.loads(brief_kept(row))),
                reasons=parts_from_text(unpacked(row["reasons"])),
                earlier=tuple(sorted(chapters, key=lambda c: c.latest, reverse=True)),
                looked_at=maybe_moment(row["looked_at"]),
            )

    def story_row(self, story_id: str) -> StoryRow:
        """The line of one story in the list. Raises StoreError where there is none."""
        row = self._row(
            f"SELECT {STORY_COLUMNS} FROM story WHERE id = ?",
            (self._story_number(story_id),),
        )
        if row is None:
            raise self._missing("story", story_id)
        return story_row_of(row)

    def brief(self, story_id: str) -> Brief:
        """A story's brief alone. Raises StoreError where there is none, RowError where it cannot be
        read.
        """
        from briefing.model.codec import brief_from_json

        row = self._row(
            f"SELECT {BRIEF} FROM story_detail WHERE story_id = ?", (self._story_number(story_id),)
        )
        with self._reading(f"story {story_id}"):
            if row is None:
                raise ValueError("it has no brief")
            return brief_from_json(json.loads(brief_kept(row)))

    def snapshot(self, story_id: str) -> str | None:
        """What ``mark_looked`` kept when the reader last looked at the story."""
        text: str | None = self._value(
            "SELECT snapshot FROM story_detail WHERE story_id = ?", (self._story_number(story_id),)
        )
        return text
