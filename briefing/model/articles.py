"""Readable texts, and what was changed in them since they were first fetched."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from briefing.model.spans import Span


class Basis(StrEnum):
    """What a digest stands on."""

    FULL = "full"
    SUMMARY = "summary"
    CLOSED = "closed"


LinkKind = Literal["in-article", "see-also", "source-document"]


@dataclass(frozen=True, slots=True)
class Link:
    """Something the article itself points to. ``span``: its anchor in the text, if there."""

    kind: LinkKind
    title: str
    url: str | None = None
    span: Span | None = None


BlockKind = Literal["heading", "item", "quote", "code", "table", "cell", "caption", "emphasis"]


@dataclass(frozen=True, slots=True)
class Block:
    """How a stretch of an article's text stands in its source; plain paragraphs have none.

    A whole line, but for ``emphasis`` and ``cell``, which lie within one. ``level``: a heading's
    (1 to 6), how deep an item or a quotation is nested, from 1, or 1 for a cell that heads its row
    or column; else 0. A row of a table is a block; an empty cell has an empty span. Spans rise in
    the order of the text, and none overlaps another but what lies within a line that line.
    """

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What a feed gives to be heard, seen or fetched with an article (RSS 2.0, ``enclosure``).

    media_type: as of RFC 6838, empty where it is not known. length: in bytes. duration: in seconds.
    """

    url: str
    media_type: str = ""
    length: int | None = None
    duration: int | None = None

    @property
    def kind(self) -> str:
        """``audio``, ``video``, ``image``, ``application`` and the like; empty: not known."""
        return self.media_type.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that an article shows; its address alone is known until it is asked for.

    words: its alternative text (HTML, ``alt``) or its caption, empty where it has none. at: the end
    of the line of the text that it follows; 0: it stands before the text.
    """

    url: str
    words: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A readable text with what is known of it. Paragraphs of ``text`` are lines.

    ``published`` is never later than the fetch; ``stated`` is what the feed says where that is.
    ``opinion``: its feed or its page says that it argues rather than reports. ``canonical``: the
    address that its page gives itself; to tell articles apart by, never stored with the text.
    ``enclosures``: as the feed gives them. ``blocks``: headings, items, quotations and so on, in
    the order of the text. ``pictures``: beside the text, in its order too.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    byline: str | None = None
    published: datetime | None = None
    language: str = "en"
    basis: Basis = Basis.FULL
    links: tuple[Link, ...] = ()
    opinion: bool = False
    canonical: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    blocks: tuple[Block, ...] = ()
    stated: datetime | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A line of an article list or a search result."""

    id: str
    title: str
    source: str
    published: datetime
    url: str | None = None
    story_id: str | None = None
    read: bool = False
    starred: bool = False
    snippet: str = ""  # search: the words around the hit
    basis: Basis = Basis.FULL
    opinion: bool = False
    feed_id: str | None = None  # None: kept from a feed that was removed
    category: str = ""


Notice = Literal["", "correction", "update"]
"""How an article itself tells that it was changed; empty where it does not."""


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that was changed since its article was first fetched.

    at: where it stands in the newest text, or where it stood. before, after: its wordings, empty
    where there is none; ``before_span`` counts in the first text. numbers: those that took each
    other's place, as written. notice: the new wording tells of a change openly.
    """

    kind: Literal["added", "removed", "reworded"]
    at: int
    before: str
    after: str
    before_span: Span | None
    after_span: Span | None
    numbers: tuple[tuple[str, str], ...] = ()
    notice: Notice = ""


@dataclass(frozen=True, slots=True)
class FirstText:
    """An article as it was first fetched, where it was changed since; ``changed_at``: last."""

    article_id: str
    title: str
    text: str
    fetched_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article says otherwise than when it was first fetched.

    headline: the first one, empty where it stands. changes: in the order of the newest text.
    """

    first: FirstText
    headline: str
    changes: tuple[SentenceChange, ...]

    @property
    def silent(self) -> bool:
        """Whether nothing in the article tells of it."""
        return not any(c.notice for c in self.changes)
