"""What every protocol has in common: subscriptions, entries, marks, and what a server can do."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from briefing.store.marks import MarkName


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server can do. mark_batch: entries that one request marks at most."""

    edits_feeds: bool = True
    edits_folders: bool = True
    mark_batch: int = 500


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose data the server gives, as it says itself, and the version of its program."""

    account: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class RemoteFeed:
    """A subscription. url: of the feed itself, http or https. folder: empty for none."""

    id: str
    url: str
    title: str = ""
    folder: str = ""
    site_url: str | None = None


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """An entry, clean of control characters, with its marks."""

    id: str
    feed_id: str
    url: str | None
    title: str
    content_html: str = ""
    author: str | None = None
    published: datetime | None = None
    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries that are new or changed. cursor: where to go on once they are kept."""

    entries: tuple[RemoteEntry, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class MarkLists:
    """The entries that are unread and starred, all of them, by id."""

    unread: frozenset[str]
    starred: frozenset[str]


class Server(Protocol):
    """A server, whatever its protocol. Every method raises SyncError.

    Marks are set, never toggled: a client whose server can only toggle looks first.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, once it was identified."""
        ...

    async def identify(self) -> Identity:
        """Log in; whose data this is. Comes before all else."""
        ...

    async def feeds(self) -> tuple[RemoteFeed, ...]:
        """All subscriptions."""
        ...

    def changes(self, cursor: str, since: datetime, known: "Known") -> AsyncIterator[Page]:
        """Entries that are new or changed since ``cursor``, a page at a time; with no cursor those
        from ``since`` on, and all that are unread or starred. known: the entries known here.
        """
        ...

    async def marks(self) -> MarkLists | None:
        """All that is unread and starred; None where ``changes`` tells changed marks too."""
        ...

    async def entries(self, ids: Sequence[str]) -> tuple[RemoteEntry, ...]:
        """Those of the entries that are there."""
        ...

    async def set_marks(self, mark: MarkName, value: bool, ids: Sequence[str]) -> None:
        """Set a mark of at most ``mark_batch`` entries; entries that are gone are passed over."""
        ...

    async def subscribe(self, url: str, title: str, folder: str) -> None:
        """Subscribe to a feed; one that is there already stays."""
        ...

    async def unsubscribe(self, feed_id: str) -> None:
        """Unsubscribe; one that is gone does no harm."""
        ...

    async def move(self, feed: RemoteFeed, folder: str) -> None:
        """Put a subscription into a folder, which is made where there is none."""
        ...


class Known(Protocol):
    """Which entries are known here."""

    def __contains__(self, entry_id: object, /) -> bool:
        """Whether the entry is known."""
        ...
