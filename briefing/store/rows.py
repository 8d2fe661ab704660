"""Between rows of the file and nouns: times, JSON, and one function a noun.

The codec is imported where JSON is read: a list of rows, the first paint, needs none.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from briefing.model import (
    AS_USUAL,
    NO_RHYTHM,
    Article,
    ArticleRow,
    Basis,
    Block,
    Enclosure,
    Entry,
    Feed,
    FeedRhythm,
    FeedSettings,
    Picture,
    ReadState,
    ScorePart,
    Span,
    StoryRow,
)
from briefing.store.caveat_kinds import kinds_from_text

ARTICLE_COLUMNS = (
    "article.id, article.title, article.source, article.published, article.url,"
    " article.story_id, article.is_read, article.is_starred, article.basis, article.opinion,"
    " article.feed_id, article.category"
)
STORY_COLUMNS = (
    "story.id, story.headline, story.outlets, story.articles, story.latest, story.score,"
    " story.category, story.caveat, story.caveat_kind, story.caveat_kinds, story.state,"
    " story.is_starred, story.summary_only, story.opinion"
)
FULL_ARTICLE = (
    "SELECT article.id, article.url, article.source, article.published,"
    " (SELECT at FROM stated_time WHERE article_id = article.id) AS stated, article.basis,"
    " article.opinion,"
    " body.title, body.text, body.byline, body.language, body.links, body.enclosures, body.blocks"
    " FROM article JOIN body ON body.article_id = article.id"
)
WRITTEN_ON = (
    "(EXISTS (SELECT 1 FROM article_tag AS own WHERE own.article_id = article.id"
    " AND own.by_rule = 0) OR EXISTS (SELECT 1 FROM note WHERE note.article_id = article.id))"
)
"""Whether a hand has tagged an article or noted something beside it: it is kept."""

BRIEF = "brief, (SELECT text FROM body WHERE article_id = story_detail.beside) AS beside"
"""Of the table ``story_detail``, for ``brief_kept``."""


def brief_kept(row: sqlite3.Row) -> str:
    """The JSON of a brief from a row of ``BRIEF``. Raises ValueError."""
    from briefing.store.packing import unpacked

    return unpacked(row["brief"], row["beside"] or "")


BROUGHT_BACK = (
    "UPDATE story SET is_muted = 0 WHERE is_muted = 1"
    " AND id IN (SELECT story_id FROM article WHERE id IN ({articles}))"
)
"""What a hand does with an article brings its story back that rules mute."""


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware time."""
    return int(moment.timestamp())


def maybe_seconds(moment: datetime | None) -> int | None:
    """``seconds``, or None."""
    return None if moment is None else seconds(moment)


ROW_FAULTS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What reading a row raises that another program, or a fault, wrote."""

_FIRST, _LAST = -62_135_596_800, 253_402_300_799  # of the years 1 to 9999


def moment(value: int) -> datetime:
    """The aware UTC time of seconds since 1970; beyond the calendar its first or last second."""
    return datetime.fromtimestamp(min(max(value, _FIRST), _LAST), UTC)


def maybe_moment(value: int | None) -> datetime | None:
    """``moment``, or None."""
    return None if value is None else moment(value)


def dumps(value: Any) -> str:
    """Short JSON that SQLite can keep: a lone surrogate is escaped, all else stands as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def storable(text: str) -> str:
    """``text`` with lone surrogates, which UTF-8 cannot hold, as question marks; same length."""
    return text.encode("utf-8", "replace").decode("utf-8")


def feed_of(row: sqlite3.Row) -> Feed:
    """A feed from its whole row."""
    return Feed(
        id=str(row["id"]),
        url=row["url"],
        title=row["title"] or None,
        site_url=row["site_url"],
        category=row["category"],
        weight=row["weight"],
        full_text=bool(row["full_text"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        language=row["language"],
        added_at=maybe_moment(row["added_at"]),
        fetched_at=maybe_moment(row["fetched_at"]),
        next_fetch_at=maybe_moment(row["next_fetch_at"]),
        failures=row["failures"],
        error=row["error"],
        validated_url=row["validated_url"],
        moved_to=row["moved_to"],
        moved_at=maybe_moment(row["moved_at"]),
        settings=FeedSettings.from_json(_loads(row["settings"])) if row["settings"] else AS_USUAL,
        rhythm=FeedRhythm.from_json(_loads(row["rhythm"])) if row["rhythm"] else NO_RHYTHM,
        keep_days=row["keep_days"],
        due_reason=row["due_reason"],
    )


def _loads(text: str) -> object:
    """The value of JSON; None for what is none: a feed is fetched all the same."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def article_of(row: sqlite3.Row) -> Article:
    """An article from a row of ``FULL_ARTICLE``."""
    from briefing.model.codec import link_from_json

    blocks, pictures = blocks_from_text(row["blocks"])
    return Article(
        id=str(row["id"]),
        text=row["text"],
        title=row["title"] or None,
        url=row["url"],
        source=row["source"] or None,
        byline=row["byline"],
        published=moment(row["published"]),
        stated=maybe_moment(row["stated"]),
        language=row["language"],
        basis=Basis(row["basis"]),
        links=tuple(link_from_json(link) for link in json.loads(row["links"])),
        opinion=bool(row["opinion"]),
        enclosures=enclosures_from_text(row["enclosures"]),
        blocks=blocks,
        pictures=pictures,
    )


def article_row_of(row: sqlite3.Row, snippet: str = "") -> ArticleRow:
    """A line of an article list from ``ARTICLE_COLUMNS``."""
    return ArticleRow(
        id=str(row["id"]),
        title=row["title"],
        source=row["source"],
        published=moment(row["published"]),
        url=row["url"],
        story_id=None if row["story_id"] is None else str(row["story_id"]),
        read=bool(row["is_read"]),
        starred=bool(row["is_starred"]),
        snippet=snippet,
        basis=Basis(row["basis"]),
        opinion=bool(row["opinion"]),
        feed_id=None if row["feed_id"] is None else str(row["feed_id"]),
        category=row["category"],
    )


def story_row_of(row: sqlite3.Row) -> StoryRow:
    """A line of the story list from ``STORY_COLUMNS``."""
    kinds = kinds_from_text(row["caveat_kinds"] or row["caveat_kind"] or "")
    return StoryRow(
        id=str(row["id"]),
        headline=row["headline"],
        outlets=row["outlets"],
        articles=row["articles"],
        latest=moment(row["latest"]),
        score=row["score"],
        category=row["category"],
        caveat=row["caveat"],
        caveat_kinds=kinds or ((None,) if row["caveat"] else ()),
        state=ReadState(row["state"]),
        starred=bool(row["is_starred"]),
        summary_only=bool(row["summary_only"]),
        opinion=bool(row["opinion"]),
    )


def parts_to_text(parts: Sequence[ScorePart]) -> str:
    """The parts of a score as JSON."""
    from briefing.model.codec import to_json

    return dumps([to_json(part) for part in parts])


def parts_from_text(text: str) -> tuple[ScorePart, ...]:
    """The inverse of ``parts_to_text``; an older version kept the words of each."""
    from briefing.model.codec import from_json

    return tuple(
        ScorePart("words", 0.0, name=part) if isinstance(part, str) else from_json(ScorePart, part)
        for part in json.loads(text)
    )


def entry_to_text(entry: Entry) -> str:
    """An entry as JSON."""
    from briefing.model.codec import to_json

    return dumps(to_json(entry))


def entry_from_text(text: str) -> Entry:
    """The inverse of ``entry_to_text``."""
    from briefing.model.codec import from_json

    return from_json(Entry, json.loads(text))


_PICTURE = "picture"
"""The kind of what stands beside the text among the blocks; an address and words follow."""


def blocks_to_text(article: Article) -> str:
    """Blocks and pictures of an article as JSON: [kind, start, end, level], and more of pictures.

    Pictures stand in the same list: both are told of the same text, and go with it.
    """
    pictures = [
        (_PICTURE, p.at, p.at, 0, storable(p.url), storable(p.words)) for p in article.pictures
    ]
    return dumps([*((b.kind, *b.span, b.level) for b in article.blocks), *pictures])


def blocks_from_text(text: str) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """The inverse of ``blocks_to_text``."""
    blocks: list[Block] = []
    pictures: list[Picture] = []
    for kind, start, end, level, *of_picture in json.loads(text):
        if kind == _PICTURE:
            pictures.append(Picture(of_picture[0], of_picture[1], start))
        else:
            blocks.append(Block(kind, Span(start, end), level))
    return tuple(blocks), tuple(pictures)


def enclosures_to_text(enclosures: Sequence[Enclosure]) -> str | None:
    """Enclosures as JSON; None where there are none."""
    from briefing.model.codec import to_json

    return dumps([to_json(each) for each in enclosures]) if enclosures else None


def enclosures_from_text(text: str | None) -> tuple[Enclosure, ...]:
    """The inverse of ``enclosures_to_text``."""
    if text is None:
        return ()
    from briefing.model.codec import from_json

    return tuple(from_json(Enclosure, each) for each in json.loads(text))
