"""What comes in: subscriptions, and what they say."""

from dataclasses import dataclass
from datetime import datetime

from briefing.model.articles import Enclosure, Picture
from briefing.model.subscription import AS_USUAL, NO_RHYTHM, FeedRhythm, FeedSettings


def without_credentials(url: str) -> str:
    """``url`` without a user's name and password (RFC 3986, 3.2.1), as it may be shown and passed
    on."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return url
    end = min((at for at in map(rest.find, "/?#\\") if at >= 0), default=len(rest))
    return scheme + mark + rest[:end].rpartition("@")[2] + rest[end:]


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription, and what its last fetch left behind.

    title: None until the user or the feed gives it one. etag, last_modified: the validators that
    ``validated_url`` gave (RFC 9110, 8.8); None for it: ``url`` itself. moved_to: where a permanent
    redirect led at the last fetch, moved_at: since when it does. settings: how its user wants it
    fetched; rhythm: what it says of itself; keep_days: how long the texts of its articles are kept
    (None: as all). due_reason: why ``next_fetch_at`` is when it is, in words.
    """

    id: str
    url: str
    title: str | None = None
    site_url: str | None = None
    category: str = ""
    weight: float = 1.0
    full_text: bool = True  # may the article's page be fetched where the feed has a summary only
    etag: str | None = None
    last_modified: str | None = None
    language: str | None = None
    added_at: datetime | None = None
    fetched_at: datetime | None = None
    next_fetch_at: datetime | None = None
    failures: int = 0
    error: str | None = None  # the last failure in words, None after a success
    validated_url: str | None = None
    moved_to: str | None = None
    moved_at: datetime | None = None
    settings: FeedSettings = AS_USUAL
    rhythm: FeedRhythm = NO_RHYTHM
    keep_days: int | None = None
    due_reason: str = ""

    @property
    def display_name(self) -> str:
        """What the feed is called on a screen: its title, or its address without a password."""
        return self.title or without_credentials(self.url)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as parsed: cleaned of control characters, links resolved.

    source: whose it is, where its feed gathers entries of others. language: ISO 639-1, where the
    entry has one of its own. pictures: those that the feed names beside the text (Media RSS).
    """

    guid: str
    url: str | None
    title: str
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary_html: str = ""
    content_html: str = ""  # the full text, where the feed carries it
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    source: str | None = None
    language: str | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A line of the feeds view."""

    feed: Feed
    articles: int
    unread: int


@dataclass(frozen=True, slots=True)
class FetchHealth:
    """How the subscriptions do: how many there are, how many failed at their last fetch, and when
    one was last fetched well (never: None). sync: how the sync server does, where there is one.
    """

    feeds: int
    failing: int
    fetched_at: datetime | None
    sync: "SyncHealth | None" = None


@dataclass(frozen=True, slots=True)
class SyncHealth:
    """How the sync server does. problem: why the last sync failed, "" where it did not. waiting:
    marks that it is to hear of. synced_at: when one last went well (never: None).
    """

    problem: str = ""
    waiting: int = 0
    synced_at: datetime | None = None
