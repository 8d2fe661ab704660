"""The nouns of the whole program, as values: frozen dataclasses that hold no behaviour but reading.

Every time is an aware ``datetime`` in UTC. Every span counts Unicode code points of the text
it belongs to, ``[start, end)``. Identifiers are strings; only the store knows their numbers.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A stretch ``[start, end)`` of a text, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that this span covers in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a code point in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


Evidence = tuple[Span, ...]
"""Whole sentences of a text, in order."""


class Basis(StrEnum):
    """What a digest stands on."""

    FULL = "full"
    SUMMARY = "summary"
    CLOSED = "closed"


class CaveatKind(StrEnum):
    """How a caveat changes the reading of the main claim."""

    LIMITATION = "limitation"
    UNCERTAINTY = "uncertainty"
    SOURCING = "sourcing"
    DISPUTE = "dispute"
    CONDITION = "condition"
    PRECEDENT = "precedent"
    CORRECTION = "correction"


EntityKind = Literal["person", "organisation"]
LinkKind = Literal["in-article", "see-also", "source-document"]
Bound = Literal["", "more", "less", "about"]
Context = Literal["none", "previous", "resolved"]


# ── What comes in ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription, and what its last fetch left behind.

    title: None until the user or the feed gives it one. etag, last_modified: the validators that
    ``validated_url`` gave (RFC 9110, 8.8); None for it: ``url`` itself. moved_to: where a permanent
    redirect led at the last fetch.
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

    @property
    def display_name(self) -> str:
        """What the feed is called on a screen: its title, or its address."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as parsed: cleaned of control characters, links resolved."""

    guid: str
    url: str | None
    title: str
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary_html: str = ""
    content_html: str = ""  # the full text, where the feed carries it
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Something the article itself points to. ``span``: its anchor in the text, if there."""

    kind: LinkKind
    title: str
    url: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A readable text with what is known of it. Paragraphs of ``text`` are lines.

    ``opinion``: its feed or its page says that it argues rather than reports. ``canonical``: the
    address that its page gives itself; to tell articles apart by, never stored with the text.
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


# ── A digest ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Cue:
    """What marks a caveat: its kind, weight 1 to 3, and the words that carry it."""

    kind: CaveatKind
    weight: int
    cue: str
    cue_span: Span


@dataclass(frozen=True, slots=True)
class Caveat:
    """A sentence that changes how far, how surely or in what light the claim should be taken."""

    mark: Cue
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Insertion:
    """A name shown in brackets in place of the pronoun at ``at`` of a bullet's text."""

    at: int
    replaces: str
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line of a digest: its evidence sentence, or that sentence with words left out.

    context: whether it opens with what only the sentence before explains (``previous``), and
    whether a name was put in for that (``resolved``). kept: the spans of the article's text that
    its text is made of, in order.
    """

    text: str
    caveat: Cue | None
    evidence: Evidence
    insertions: tuple[Insertion, ...] = ()
    context: Context = "none"
    kept: tuple[Span, ...] = ()

    @property
    def named(self) -> str:
        """The text with the names that stand in for its pronouns, in brackets."""
        text, end = self.text, len(self.text)
        for insertion in sorted(self.insertions, key=lambda i: i.at, reverse=True):
            stop = insertion.at + len(insertion.replaces)
            if stop <= end and text[insertion.at : stop] == insertion.replaces:
                text = f"{text[: insertion.at]}[{insertion.text}]{text[stop:]}"
                end = insertion.at
        return text


@dataclass(frozen=True, slots=True)
class Change:
    """A figure's move, both values in the figure's unit."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. ``unit`` is ``%``, an ISO 4217 code, a measure or empty."""

    surface: str
    value: float
    span: Span
    evidence: Evidence
    value_to: float | None = None
    unit: str = ""
    bound: Bound = ""
    change: Change | None = None
    counts: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or organisation, by the fullest name the article gives."""

    name: str
    kind: EntityKind | None
    mentions: tuple[Span, ...]
    role: str | None = None
    role_span: Span | None = None
    key: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks. speaker: the name of who says them, None where it is not sure.

    span: with its marks; evidence: the sentences that hold it and its speaker.
    """

    span: Span
    speaker: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Attribution:
    """A credit to another outlet or source for the report itself."""

    source: str
    cue: str
    first: bool
    evidence: Evidence


CAVEAT_LANGUAGES = frozenset({"de", "en", "es", "fr"})
"""The languages (ISO 639-1) with a lexicon of caveats; in others none are claimed."""
READ_TO = 3000
"""How many sentences of an article a digest reads, some five hours of a reader's time. The others
are kept and shown, but nothing is told of them, so that a book in a feed holds nobody up."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one article says, in a few lines that can each be traced to its sentence."""

    article: Article
    sentences: tuple[Span, ...]
    bullets: tuple[Bullet, ...]
    caveats: tuple[Caveat, ...]
    figures: tuple[Figure, ...]
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    attributions: tuple[Attribution, ...]
    quotations: tuple[Quotation, ...] = ()

    @property
    def words(self) -> int:
        """How many words the article has, split at white space."""
        return len(self.article.text.split())

    @property
    def minutes(self) -> int:
        """Reading time at 230 words a minute, rounded up."""
        return -(-self.words // 230)


# ── What was changed afterwards ──────────────────────────────────────────────────────────────

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


# ── A story ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: a sentence (or two) of one article."""

    article_id: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Coverage:
    """One article of a story.

    ``copy_of`` names the article whose text it repeats (wire copy), ``follows`` the one whose
    report its outlet credits; either way it is no voice of its own. ``voice`` is the outlet whose
    report it is, normalised: articles with one voice are one independent source.
    """

    article_id: str
    source: str
    title: str
    url: str | None
    published: datetime
    basis: Basis = Basis.FULL
    copy_of: str | None = None
    follows: str | None = None
    opinion: bool = False
    voice: str = ""

    @property
    def is_own_report(self) -> bool:
        """Whether it neither copies nor passes on the report of another article here."""
        return self.copy_of is None and self.follows is None


@dataclass(frozen=True, slots=True)
class StoryBullet:
    """A bullet of a brief: from one article, said by ``outlets`` independent ones.

    ``argued``: that article is an opinion piece.
    """

    bullet: Bullet
    article_id: str
    source: str
    outlets: int = 1
    also: tuple[Place, ...] = ()  # the same point in other articles, or said again in this one
    argued: bool = False


@dataclass(frozen=True, slots=True)
class StoryFigure:
    """A figure merged over the outlets that give the same value for the same thing."""

    figure: Figure
    article_id: str
    outlets: int = 1
    differs: bool = False
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """A person or organisation merged over the articles that name it."""

    entity: Entity
    article_id: str
    outlets: int = 1
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """One value for a counted thing, with the articles that give it."""

    surface: str
    value: float
    value_to: float | None
    unit: str
    bound: Bound
    places: tuple[Place, ...]
    outlets: tuple[str, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values that outlets give for the same thing: ``updated`` over time, or ``differ`` at once."""

    counts: str
    verdict: Literal["updated", "differ"]
    values: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class First:
    """Who reported first. ``how`` is by explicit credit, or by the earliest time in the feeds."""

    article_id: str | None
    source: str
    how: Literal["time", "attribution"]
    place: Place | None = None  # the sentence that gives the credit


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A link of one of the story's articles."""

    link: Link
    article_id: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Many articles told once."""

    headline: str
    lead: str  # the id of the article whose headline and claim it takes
    bullets: tuple[StoryBullet, ...]
    figures: tuple[StoryFigure, ...]
    entities: tuple[StoryEntity, ...]
    articles: tuple[Coverage, ...]  # newest last
    first: First
    disagreements: tuple[Disagreement, ...] = ()
    links: tuple[StoryLink, ...] = ()
    summary_only: bool = False

    @property
    def outlets(self) -> int:
        """How many independent outlets tell it: wire copies, reports that credit another's and
        repeats of one outlet count once."""
        return len({a.voice for a in self.articles})

    @property
    def single_source(self) -> str | None:
        """The outlet to whose report all others can be traced; None where there are more witnesses.

        A story that only one outlet tells has no others, so nothing to warn of. A copied agency
        text is one report, and so is a scoop that the others credit, be the outlet among the feeds
        or not.
        """
        if self.outlets > 1 or len({a.source for a in self.articles}) < 2:
            return None
        if all(a.is_own_report for a in self.articles):
            return None  # one outlet under two names
        if self.first.how == "attribution":
            return self.first.source
        own = (a.source for a in self.articles if a.is_own_report)
        return next(own, self.first.source)

    @property
    def opinion(self) -> bool:
        """Whether nobody reports it: all its articles are opinion pieces."""
        return bool(self.articles) and all(a.opinion for a in self.articles)


@dataclass(frozen=True, slots=True)
class Chapter:
    """An earlier story on the same matter."""

    story_id: str
    headline: str
    latest: datetime


class ReadState(StrEnum):
    """What the reader knows of a story."""

    UNREAD = "unread"
    SEEN = "seen"
    UPDATED = "updated"  # read, and a new article has come
    READ = "read"


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A line of the story list: what is needed to draw it, and the key to the next page."""

    id: str
    headline: str
    outlets: int
    articles: int
    latest: datetime
    score: float
    category: str = ""
    caveat: str = ""  # the weightiest caveat bullet, empty where there is none
    caveat_kind: CaveatKind | None = None
    state: ReadState = ReadState.UNREAD
    starred: bool = False
    summary_only: bool = False
    opinion: bool = False  # all its articles are opinion pieces


@dataclass(frozen=True, slots=True)
class OutletsJoined:
    """Independent outlets that tell the story since, by name."""

    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureChanged:
    """A value that only new articles give, of a thing for which the known ones gave another."""

    disagreement: Disagreement
    before: Reported
    after: Reported


@dataclass(frozen=True, slots=True)
class BulletAdded:
    """A bullet that says what none of those did that the reader last saw."""

    line: StoryBullet

    @property
    def is_weighty_caveat(self) -> bool:
        """Whether it is a caveat of weight 3, and a report's rather than an opinion piece's."""
        mark = self.line.bullet.caveat
        return mark is not None and mark.weight == WEIGHTY and not self.line.argued


@dataclass(frozen=True, slots=True)
class ArticleRevised:
    """An article of the story that says otherwise than when the reader last looked."""

    article_id: str
    source: str
    revision: Revision

    @property
    def place(self) -> Place:
        """The first changed sentences that are still there: two, as an evidence holds no more."""
        spans = [c.after_span for c in self.revision.changes if c.after_span is not None]
        return Place(self.article_id, tuple(spans[:2]))


StoryChange = OutletsJoined | FigureChanged | BulletAdded | ArticleRevised
"""Something new in a story since the reader last looked at it."""

WEIGHTY = 3
"""The weight of a caveat that no reader should miss."""


@dataclass(frozen=True, slots=True)
class Story:
    """A brief with its place in the reader's world."""

    row: StoryRow
    brief: Brief
    reasons: tuple[str, ...] = ()  # why it ranks where it does, in words
    earlier: tuple[Chapter, ...] = ()
    changed: tuple[StoryChange, ...] = ()
    looked_at: datetime | None = None

    @property
    def id(self) -> str:
        """The story's identifier, stable while articles come and go."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Window:
    """The span of time that an edition covers, ``[since, until]``."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class EditionCounts:
    """What an edition holds, counted."""

    stories: int
    above: int  # how many stand above the line
    articles: int
    sources: int
    unread: int


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories of a window, best first."""

    window: Window
    counts: EditionCounts
    stories: tuple[Story, ...] = field(default=())


# ── Lists beside the edition ─────────────────────────────────────────────────────────────────


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


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A line of the feeds view."""

    feed: Feed
    articles: int
    unread: int
