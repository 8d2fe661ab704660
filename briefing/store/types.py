"""The nouns that are the store's own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from briefing.model import Entry, Feed, StoryScore


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits to be made an article.

    content_hash: of what the feed gave; it goes back with ``save_article``.
    """

    article_id: str
    feed: Feed
    entry: Entry
    content_hash: str
    tries: int = 0  # how often it has failed before


@dataclass(frozen=True, slots=True)
class StoryToRank:
    """What a story's place is worked out from: see ``briefing.stories.rank``."""

    story_id: str
    base: StoryScore
    feed_weight: float
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A time that the reader was open. ``last``: when it was open before, None the first time."""

    id: str
    begun_at: datetime
    last: datetime | None


@dataclass(frozen=True, slots=True)
class UndoToken:
    """What takes a marking back: ``Store.undo``. ``stories``: how many it changed."""

    id: str
    stories: int


@dataclass(frozen=True, slots=True)
class StoreStats:
    """What ``doctor`` tells of the store. Sizes in bytes."""

    path: Path
    size: int
    wal_size: int  # written, and not yet moved into the file
    schema: int
    journal_mode: str
    feeds: int
    articles: int
    stories: int
    to_extract: int
    to_digest: int
    to_link: int
    oldest: datetime | None
    newest: datetime | None


MarkName = Literal["read", "starred"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader said of an article. feed, guid: what a server knows the article by."""

    article_id: str
    name: MarkName
    value: bool
    made_at: datetime
    feed: str | None
    guid: str
