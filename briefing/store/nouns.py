"""The nouns that are the store's own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from briefing.model import Digest, Entry, Feed


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits to be made an article. ``version`` goes back with ``save_article``."""

    article_id: str
    feed: Feed
    entry: Entry
    version: str
    tries: int = 0  # how often it has failed before


@dataclass(frozen=True, slots=True)
class RecentItem:
    """What linking looks at: the head of an article, and the story it is in, if any."""

    article_id: str
    title: str
    text: str  # the first 1,600 characters
    published: datetime
    source: str
    url: str | None
    language: str
    story_id: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story with what its brief is made from."""

    digest: Digest
    source: str
    published: datetime
    feed_weight: float
    category: str


class Ranked(Protocol):
    """Where a story stands and why; ``briefing.stories`` makes these."""

    @property
    def score(self) -> float:
        """Higher is earlier in the list; does not depend on the clock."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words."""


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
