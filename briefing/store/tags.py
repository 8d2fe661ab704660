"""Tags, notes and outlets hidden in a story: what the reader adds by hand.

Tags and notes hang on articles, so that they survive whatever becomes of stories: a story has those
of all its articles. A tag given to a story goes to each article that it tells.
"""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

from collections.abc import Sequence
from datetime import datetime

from briefing.model import ArticleRow, StoreError
from briefing.model.tags import Note, Tag, TagCount, note_text, same_tag, tag_name
from briefing.store.database import Database
from briefing.store.rows import (
    ARTICLE_COLUMNS,
    BROUGHT_BACK,
    article_row_of,
    moment,
    seconds,
    storable,
)

_LAST = 9223372036854775807

_TAGGED = (
    f"SELECT {ARTICLE_COLUMNS} FROM article_tag"
    " JOIN article ON article.id = article_tag.article_id WHERE article_tag.tag_id = ?"
    " AND (article.published, article.id) < (?, ?)"
    " ORDER BY article.published DESC, article.id DESC LIMIT ?"
)
# Of a tag that many articles have, the articles are walked in the order of time.
_TAGGED_MANY = (
    f"SELECT {ARTICLE_COLUMNS} FROM article INDEXED BY article_by_time WHERE EXISTS"
    " (SELECT 1 FROM article_tag WHERE article_id = article.id AND tag_id = ?)"
    " AND (article.published, article.id) < (?, ?)"
    " ORDER BY article.published DESC, article.id DESC LIMIT ?"
)
_MANY = 2000
_TAGS = (
    "SELECT tag.name, min(article_tag.by_rule) AS by_rule FROM article_tag"
    " JOIN tag ON tag.id = article_tag.tag_id WHERE article_tag.article_id IN ({articles})"
    " GROUP BY tag.id ORDER BY lower(tag.name)"
)
_OF_STORY = "SELECT id FROM article WHERE story_id = ?"


class Tags(Database):
    """Tags, notes, hidden outlets."""

    # ── Tags ─────────────────────────────────────────────────────────────────────────────────

    def tags(self) -> list[TagCount]:
        """All tags that an article has, with their counts, by name."""
        rows = self._rows(
            "SELECT tag.name, count(*) AS articles FROM article_tag"
            " JOIN tag ON tag.id = article_tag.tag_id GROUP BY tag.id ORDER BY lower(tag.name)"
        )
        return [TagCount(row["name"], row["articles"]) for row in rows]

    def story_tags(self, story_id: str) -> tuple[Tag, ...]:
        """The tags of the articles of a story, by name. Raises StoreError where there is none."""
        return self._tags_of(_OF_STORY, self._story_number(story_id))

    def article_tags(self, article_id: str) -> tuple[Tag, ...]:
        """The tags of an article, by name."""
        return self._tags_of("SELECT ?", self._number("article", article_id))

    def _tags_of(self, articles: str, number: int) -> tuple[Tag, ...]:
        rows = self._rows(_TAGS.format(articles=articles), (number,))
        return tuple(Tag(row["name"], bool(row["by_rule"])) for row in rows)

    def tagged_rows(
        self, tag: str, after: ArticleRow | None = None, limit: int = 50
    ) -> list[ArticleRow]:
        """A page of the articles with a tag, newest first: those that follow ``after``."""
        number = self._known_tag(tag)
        if number is None:
            return []
        place = (_LAST, 0) if after is None else (seconds(after.published), int(after.id))
        count = self._value(
            "SELECT count(*) FROM (SELECT 1 FROM article_tag WHERE tag_id = ? LIMIT ?)",
            (number, _MANY),
        )
        tagged = _TAGGED if count < _MANY else _TAGGED_MANY
        return [article_row_of(row) for row in self._rows(tagged, (number, *place, limit))]

    def set_story_tag(self, story_id: str, tag: str, given: bool) -> str:
        """Give all articles of a story a tag by hand, or take it away; the tag as it is kept.

        What is taken away by hand no rule gives again. Raises StoreError where there is no such
        story, or nothing is left of the name.
        """
        with self.transaction():
            return self._set_tag(_OF_STORY, self._story_number(story_id), tag, given)

    def set_article_tag(self, article_id: str, tag: str, given: bool) -> str:
        """``set_story_tag`` for one article."""
        with self.transaction():
            number = self._number("article", article_id)
            return self._set_tag("SELECT id FROM article WHERE id = ?", number, tag, given)

    def _set_tag(self, articles: str, number: int, tag: str, given: bool) -> str:
        tag_id, name = self._tag(tag)
        if given:
            self._run(
                f"DELETE FROM refused_tag WHERE tag_id = ? AND article_id IN ({articles})",
                (tag_id, number),
            )
            self._run(
                f"INSERT INTO article_tag (article_id, tag_id, by_rule) SELECT id, ?, 0"
                f" FROM article WHERE id IN ({articles})"
                " ON CONFLICT DO UPDATE SET by_rule = 0",
                (tag_id, number),
            )
            self._run(BROUGHT_BACK.format(articles=articles), (number,))
        else:
            self._run(
                "INSERT OR IGNORE INTO refused_tag (article_id, tag_id)"
                f" SELECT id, ? FROM article WHERE id IN ({articles})",
                (tag_id, number),
            )
            self._run(
                f"DELETE FROM article_tag WHERE tag_id = ? AND article_id IN ({articles})",
                (tag_id, number),
            )
        return name

    def _tag(self, written: str) -> tuple[int, str]:
        """The number of a tag, made where there is none yet, and its name as it is kept."""
        name = tag_name(storable(written))
        if not name:
            raise StoreError("a tag needs a name", "", "Write letters or digits.")
        known = self._same_tag(name)
        if known is not None:
            return known
        return int(self._run("INSERT INTO tag (name) VALUES (?)", (name,)).lastrowid or 0), name

    def _known_tag(self, written: str) -> int | None:
        known = self._same_tag(tag_name(storable(written)))
        return None if known is None else known[0]

    def _same_tag(self, name: str) -> tuple[int, str] | None:
        """The number and the name of a tag, however its letters are written; None for a new one."""
        rows = self._rows("SELECT id, name FROM tag")
        same = (row for row in rows if same_tag(row["name"], name))
        return next(((int(row["id"]), row["name"]) for row in same), None)

    # ── Notes ────────────────────────────────────────────────────────────────────────────────

    def story_notes(self, story_id: str) -> tuple[Note, ...]:
        """The notes on a story, the oldest first. Raises StoreError where there is none."""
        rows = self._rows(
            f"SELECT id, article_id, text, made_at FROM note WHERE article_id IN ({_OF_STORY})"
            " ORDER BY made_at, id",
            (self._story_number(story_id),),
        )
        return tuple(
            Note(str(row["id"]), str(row["article_id"]), row["text"], moment(row["made_at"]))
            for row in rows
        )

    def add_note(self, article_id: str, text: str, now: datetime) -> Note | None:
        """Keep a note beside an article; None for an empty one. Raises StoreError."""
        kept = note_text(storable(text))
        if not kept:
            return None
        article = self._number("article", article_id)
        with self.transaction():
            number = self._run(
                "INSERT INTO note (article_id, text, made_at) VALUES (?, ?, ?)",
                (article, kept, seconds(now)),
            ).lastrowid
            self._run(BROUGHT_BACK.format(articles="SELECT ?"), (article,))
        return Note(str(number), article_id, kept, now)

    def put_note(self, note: Note) -> None:
        """Put a note as it is in the place of the one with its id, or back where there is none."""
        self._run(
            "INSERT INTO note (id, article_id, text, made_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET text = excluded.text, made_at = excluded.made_at",
            (
                self._number("note", note.id),
                self._number("article", note.article_id),
                note_text(storable(note.text)),
                seconds(note.made_at),
            ),
        )

    def remove_note(self, note_id: str) -> None:
        """Drop a note; one that is not there does no harm."""
        self._run("DELETE FROM note WHERE id = ?", (self._number("note", note_id),))

    # ── Outlets ──────────────────────────────────────────────────────────────────────────────

    def hidden_outlets(self, story_id: str) -> frozenset[str]:
        """The outlets that the reader hid in a story."""
        rows = self._rows(
            "SELECT source FROM hidden_outlet WHERE story_id = ?", (self._story_number(story_id),)
        )
        return frozenset(row["source"] for row in rows)

    def hide_outlet(self, story_id: str, source: str, hidden: bool) -> None:
        """Hide an outlet in a story, or show it again. Raises StoreError."""
        values: Sequence[int | str] = (self._story_number(story_id), source)
        if hidden:
            self._run("INSERT OR IGNORE INTO hidden_outlet VALUES (?, ?)", values)
        else:
            self._run("DELETE FROM hidden_outlet WHERE story_id = ? AND source = ?", values)
