"""What the steps of ingest give: plain values, imported without any library."""

from dataclasses import dataclass
from datetime import datetime

from briefing.model import NO_RHYTHM, Article, Block, Entry, FeedRhythm, Link, Picture


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to a conditional request: a whole body, or word that nothing has changed.

    ``content`` is decoded (no gzip) and empty for a 304. ``final_url`` is where the body came
    from; ``moved_to`` is the address to use from now on, where every redirect up to it was
    permanent (RFC 9110, 15.4). ``max_age`` is in seconds, what is left of it; ``retry_after``, in
    seconds too, what a redirect on the way asked to wait.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    max_age: int | None = None
    retry_after: float | None = None

    @property
    def not_modified(self) -> bool:
        """Whether what was fetched last is still current."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read. ``notes`` say what was wrong with it, where something was; ``rhythm`` is how
    often it says that it changes.
    """

    title: str
    site_url: str | None
    language: str | None  # ISO 639-1
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    rhythm: FeedRhythm = NO_RHYTHM


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back, for showing: fields that hold a secret have ``…`` for it."""

    url: str
    sent: tuple[tuple[str, str], ...]
    status: int
    http_version: str
    received: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FeedCandidate:
    """A feed that a page names. ``kind`` is ``rss``, ``atom`` or ``json``."""

    url: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article out of a page. Paragraphs of ``text`` are lines.

    Spans of ``links`` and ``blocks`` are in it. ``closed``: a paywall stood before the rest.
    ``labels``: the sections and kinds that the page files itself under. ``canonical``: the address
    that it gives itself, of the same site.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
    language: str | None = None  # ISO 639-1, as the page declares it
    source: str | None = None
    links: tuple[Link, ...] = ()
    closed: bool = False
    labels: tuple[str, ...] = ()
    canonical: str | None = None
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a subscription list. ``category`` is its folders, joined by " / ".

    title: empty where the list gives none, or only the address again. attributes: what else its
    outline says, to be written out again; names of a namespace as ``{namespace}name``.
    """

    url: str
    title: str
    category: str = ""
    site_url: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlReport:
    """A subscription list as read: its feeds, and (outline, reason) for what could not be used.

    notes: (feed, what is different here) for feeds that are followed all the same. repeated: how
    often the list names a feed that it has named before.
    """

    feeds: tuple[OpmlFeed, ...]
    unusable: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A valid line of a batch."""

    article: Article


@dataclass(frozen=True, slots=True)
class BatchError:
    """A line of a batch that cannot be used; ``id`` where it had one."""

    id: str | None
    error: str


__all__ = [
    "BatchError",
    "BatchItem",
    "Exchange",
    "Extracted",
    "FeedCandidate",
    "OpmlFeed",
    "OpmlReport",
    "ParsedFeed",
    "Response",
]
