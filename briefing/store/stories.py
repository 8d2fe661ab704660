"""Stories as they are kept: briefs, which articles they tell, merges, earlier chapters."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from briefing.model import (
    Brief,
    KeptArticle,
    KeptStory,
    Ranking,
    ReadState,
    StoreError,
    StoryArticle,
    StoryPlan,
    joined_state,
    plan_story,
    same_story,
)
from briefing.model.codec import brief_to_json, findings_from_json, to_json
from briefing.store.caveat_kinds import kinds_to_text, marked_bullets
from briefing.store.earlier_stories import EarlierStories
from briefing.store.packing import as_read, packed, unpacked
from briefing.store.rows import (
    BRIEF,
    FULL_ARTICLE,
    article_of,
    dumps,
    moment,
    parts_to_text,
    seconds,
    storable,
)
from briefing.store.set_aside import SettingAside, readable

_INSERT = (
    "INSERT INTO story (headline, outlets, articles, latest, score, category, caveat,"
    " caveat_kind, caveat_kinds, summary_only, opinion, state, preferences) VALUES (:headline,"
    " :outlets, :articles, :latest, :score, :category, :caveat, :caveat_kind, :caveat_kinds,"
    " :summary_only, :opinion, :state, :preferences)"
)
_UPDATE = (
    "UPDATE story SET headline = :headline, outlets = :outlets, articles = :articles,"
    " latest = :latest, score = :score, category = :category, caveat = :caveat,"
    " caveat_kind = :caveat_kind, caveat_kinds = :caveat_kinds, summary_only = :summary_only,"
    " opinion = :opinion, state = :state, preferences = :preferences WHERE id = :id"
)


class Stories(SettingAside, EarlierStories):
    """Writing stories. Everything here is done by a refresh, never by the reader."""

    def save_story(
        self,
        story_id: str | None,
        brief: Brief,
        ranking: Ranking,
        *,
        category: str = "",
        earlier: Sequence[str] = (),
        deserves_unread: bool = False,
    ) -> str:
        """Keep a brief as story ``story_id``, or as a new one; the story's identifier.

        The story then holds exactly the articles of ``brief.articles``; they are no longer due for
        linking. A story that loses its last article to this one is merged into it; one that
        loses some, and an article that is left out here, are due for linking again. Saving
        without ``story_id`` where a story of the same articles (or some of them) exists updates
        that one: two refreshes at once make one story.

        A read story that gets an article becomes updated; with ``deserves_unread``, and
        something really new in it, it becomes unread. A new story whose articles have all been read
        is read.

        Raises StoreError where none of the articles exists any more.
        """
        with self.transaction():
            articles = self._kept_articles(brief)
            stories = self._kept_stories({a.story_id for a in articles if a.story_id is not None})
            target = self._target(story_id, articles, stories)
            text = dumps(brief_to_json(brief, compact=True))
            beside = self._row(
                "SELECT article_id, text FROM body WHERE article_id = ?",
                (self._number("article", brief.lead),),
            ) or (None, "")
            plan = plan_story(target, text, articles, stories, deserves_unread=deserves_unread)
            values = {**_row_values(brief, ranking, category), "state": plan.state.value}
            if plan.story_id is None:
                number = self._run(_INSERT, values).lastrowid
            else:
                number = self._number("story", plan.story_id)
                self._run(_UPDATE, {**values, "id": number})
            if number is None:
                raise StoreError("the story could not be kept", str(self._path))
            self._run(
                "INSERT INTO story_detail (story_id, beside, brief, reasons, score_parts)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " beside = excluded.beside, brief = excluded.brief,"
                " reasons = excluded.reasons, score_parts = excluded.score_parts",
                (
                    number,
                    beside[0],
                    packed(text, beside[1]),
                    packed(parts_to_text(ranking.parts)),
                    packed(dumps(to_json(ranking.base)), text),
                ),
            )
            self._made_anew("brief", number)
            self._take(number, articles, plan)
            self.set_earlier(str(number), earlier)
        return str(number)

    def _kept_articles(self, brief: Brief) -> list[KeptArticle]:
        """The articles of a brief that exist."""
        ids = [self._number("article", article.article_id) for article in brief.articles]
        rows = self._rows(
            "SELECT id, story_id, is_read FROM article"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        if not rows:
            raise StoreError("the articles of the story are gone", str(self._path))
        return [
            KeptArticle(
                str(row["id"]),
                None if row["story_id"] is None else str(row["story_id"]),
                bool(row["is_read"]),
            )
            for row in rows
        ]

    def _kept_stories(self, story_ids: Iterable[str]) -> list[KeptStory]:
        """These stories, oldest first."""
        wanted = self._numbers("story", story_ids)
        members: dict[int, list[str]] = {}
        for row in self._rows(
            "SELECT story_id, id FROM article WHERE story_id IN (SELECT value FROM json_each(?))",
            (wanted,),
        ):
            members.setdefault(row["story_id"], []).append(str(row["id"]))
        rows = self._rows(
            f"SELECT id, state, {BRIEF} FROM story LEFT JOIN story_detail ON story_id = id"
            " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (wanted,),
        )
        return [
            KeptStory(
                str(row["id"]),
                ReadState(row["state"]),
                as_read(row["brief"] or "", row["beside"] or ""),
                frozenset(members.get(row["id"], ())),
            )
            for row in rows
        ]

    def _target(
        self,
        story_id: str | None,
        articles: Sequence[KeptArticle],
        stories: Sequence[KeptStory],
    ) -> KeptStory | None:
        """The story to write to: the one named, or that of the same articles."""
        if story_id is None:
            story_id = same_story(articles, stories)
            return next((s for s in stories if s.story_id == story_id), None)
        try:
            number = self._story_number(story_id)
        except StoreError:
            return None  # it went with its feed: the brief begins a new one
        return self._kept_stories([str(number)])[0]

    def _take(self, number: int, articles: Sequence[KeptArticle], plan: StoryPlan) -> None:
        """Make the articles those of the story, and leave the others to linking, by plan."""
        self._run(
            "UPDATE article SET story_id = NULL, pending = coalesce(pending, 'link')"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (self._numbers("article", plan.released),),
        )
        self._run(
            "UPDATE article SET story_id = ?, pending = nullif(pending, 'link')"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (number, self._numbers("article", [a.article_id for a in articles])),
        )
        self._run(
            "UPDATE article SET pending = coalesce(pending, 'link')"
            " WHERE story_id IN (SELECT value FROM json_each(?))",
            (self._numbers("story", plan.retold),),
        )
        for ended in plan.merged:
            self._merge(self._number("story", ended), number)

    def _numbers(self, table: str, names: Iterable[str]) -> str:
        """The numbers of these identifiers as a JSON list."""
        return json.dumps([self._number(table, name) for name in names])

    def merge_stories(self, story_id: str, into: str) -> None:
        """Make two stories one: articles move, marks are joined, the old identifier leads on.

        Starred if one was; read where both were, updated where one was; the newer snapshot stays.
        The brief of ``into`` is told anew by the next ``save_story``.
        """
        with self.transaction():
            old, new = self._story_number(story_id), self._story_number(into)
            if old != new:
                self._merge(old, new)

    def _merge(self, old: int, new: int) -> None:
        values = {"old": old, "new": new}
        rows = self._rows("SELECT state FROM story WHERE id IN (:old, :new)", values)
        state = joined_state(ReadState(row["state"]) for row in rows)
        self._run(
            "UPDATE article SET story_id = :new, pending = coalesce(pending, 'link')"
            " WHERE story_id = :old",
            values,
        )
        # The newer look is the one that "since you last looked" counts from.
        self._run(
            "UPDATE story_detail SET snapshot = (SELECT snapshot FROM story_detail"
            " JOIN story ON story.id = story_id WHERE story_id IN (:old, :new)"
            " ORDER BY looked_at DESC NULLS LAST LIMIT 1) WHERE story_id = :new",
            values,
        )
        self._run(
            "UPDATE story SET state = :state, (is_starred, seen_at, read_at, looked_at) = (SELECT"
            " max(is_starred), max(seen_at), max(read_at), max(looked_at) FROM story"
            " WHERE id IN (:old, :new)) WHERE id = :new",
            {**values, "state": state.value},
        )
        self._run(
            "INSERT OR IGNORE INTO chapter SELECT :new, earlier_id FROM chapter"
            " WHERE story_id = :old AND earlier_id <> :new",
            values,
        )
        self._run(
            "INSERT OR IGNORE INTO chapter SELECT story_id, :new FROM chapter"
            " WHERE earlier_id = :old AND story_id <> :new",
            values,
        )
        self._run(
            "UPDATE OR IGNORE hidden_outlet SET story_id = :new WHERE story_id = :old", values
        )
        self._run("UPDATE redirect SET story_id = :new WHERE story_id = :old", values)
        self._run("DELETE FROM story WHERE id = :old", values)
        self._run("INSERT INTO redirect (old_id, story_id) VALUES (:old, :new)", values)

    def oldest_first(self, story_ids: Iterable[str]) -> list[str]:
        """These stories in the order in which they were made, also those that have ended."""
        return sorted(set(story_ids), key=lambda name: self._number("story", name))

    def story_articles(self, story_id: str) -> list[StoryArticle]:
        """The digested articles of a story, oldest first."""
        rows = self._rows(
            f"{FULL_ARTICLE} WHERE article.story_id = ? ORDER BY article.published, article.id",
            (self._story_number(story_id),),
        )
        return self._as_story_articles(rows)

    def members(self, article_ids: Sequence[str]) -> list[StoryArticle]:
        """These articles as far as they are digested, oldest first, whatever story they are in."""
        numbers = [self._number("article", name) for name in article_ids]
        rows = self._rows(
            f"{FULL_ARTICLE} WHERE article.id IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return self._as_story_articles(sorted(rows, key=lambda row: (row["published"], row["id"])))

    def _as_story_articles(self, rows: list[sqlite3.Row]) -> list[StoryArticle]:
        found = self._rows(
            "SELECT article.id, finding.findings, feed.weight, article.category FROM article"
            " JOIN finding ON finding.article_id = article.id"
            " LEFT JOIN feed ON feed.id = article.feed_id"
            " WHERE article.id IN (SELECT value FROM json_each(?))",
            (json.dumps([row["id"] for row in rows]),),
        )
        more = {row["id"]: row for row in found}
        articles = {
            int(article.id): article
            for article in readable(rows, article_of, self._set_article_aside)
        }

        def member(row: sqlite3.Row) -> StoryArticle:
            beside = more[row["id"]]
            findings = unpacked(beside["findings"], row["text"])
            return StoryArticle(
                digest=findings_from_json(articles[row["id"]], json.loads(findings)),
                source=row["source"],
                published=moment(row["published"]),
                feed_weight=1.0 if beside["weight"] is None else beside["weight"],
                category=beside["category"],
            )

        def unreadable(row: sqlite3.Row, error: Exception) -> None:
            findings = as_read(more[row["id"]]["findings"], row["text"])
            self._set_digest_aside(row["id"], findings, error)

        digested = [row for row in rows if row["id"] in more and row["id"] in articles]
        return readable(digested, member, unreadable)

    def _set_digest_aside(self, number: int, findings: str, error: Exception) -> None:
        """A digest that cannot be read is made anew, from the article's own text."""
        with self.transaction():
            self._set_aside("digest", number, findings, error)
            self._run("DELETE FROM finding WHERE article_id = ?", (number,))
            self._run(
                "UPDATE article SET pending = 'digest' WHERE id = ? AND pending IS NOT 'extract'",
                (number,),
            )

    def _set_brief_aside(self, number: int, error: Exception) -> None:
        """A brief that cannot be read is told anew, from its articles' digests."""
        with self.transaction():
            row = self._row(f"SELECT {BRIEF} FROM story_detail WHERE story_id = ?", (number,))
            brief = "" if row is None else as_read(row["brief"], row["beside"] or "")
            self._set_aside("brief", number, brief, error)
            self._run(
                "UPDATE article SET pending = coalesce(pending, 'link') WHERE story_id = ?",
                (number,),
            )


def _row_values(brief: Brief, ranking: Ranking, category: str) -> dict[str, Any]:
    marked = marked_bullets(brief)
    weighty = next(iter(marked), None)
    cue = None if weighty is None else weighty.bullet.caveat
    return {
        "headline": storable(brief.headline),
        "outlets": brief.outlets,
        "articles": len(brief.articles),
        "latest": max(seconds(article.published) for article in brief.articles),
        "score": ranking.score,
        "preferences": ranking.preferences,
        "category": category,
        "caveat": "" if weighty is None else storable(weighty.bullet.named),
        "caveat_kind": None if cue is None or cue.kind is None else cue.kind.value,
        "caveat_kinds": kinds_to_text(marked),
        "summary_only": brief.summary_only,
        "opinion": brief.opinion,
    }
