"""Many articles told once, and what changed in the telling since the reader last looked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from briefing.model.articles import Basis, Enclosure, Link, Revision
from briefing.model.digests import Amount, Bound, Bullet, CaveatKind, Entity, Figure
from briefing.model.ranking import ScorePart
from briefing.model.spans import Evidence


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
    enclosures: tuple[Enclosure, ...] = ()

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

    @property
    def amount(self) -> Amount:
        """What tells one value from another."""
        return self.value, self.value_to, self.unit


@dataclass(frozen=True, slots=True)
class StoryFigure:
    """A figure merged over the outlets that give the same value for the same thing.

    ``before``: the value whose place it took, where earlier reports gave another.
    """

    figure: Figure
    article_id: str
    outlets: int = 1
    differs: bool = False
    also: tuple[Place, ...] = ()
    before: Reported | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Everywhere it is given, its own place first."""
        return (Place(self.article_id, self.figure.evidence), *self.also)


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

    def updates_in(self, line: StoryBullet) -> tuple[StoryFigure, ...]:
        """The figures told in a bullet that took the place of others, in the order of the brief."""
        return tuple(f for f in self.figures if f.before is not None and _is_told(f, line))

    @property
    def opinion(self) -> bool:
        """Whether nobody reports it: all its articles are opinion pieces."""
        return bool(self.articles) and all(a.opinion for a in self.articles)


def _is_told(figure: StoryFigure, line: StoryBullet) -> bool:
    own = (p.evidence for p in figure.places if p.article_id == line.article_id)
    return any(set(evidence) <= set(line.bullet.evidence) for evidence in own)


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
    caveat_kinds: tuple[CaveatKind | None, ...] = ()  # of all, weightiest first; None: not sure
    state: ReadState = ReadState.UNREAD
    starred: bool = False
    summary_only: bool = False
    opinion: bool = False  # all its articles are opinion pieces

    @property
    def caveat_kind(self) -> CaveatKind | None:
        """The kind of the weightiest caveat; None where there is none or it is not sure."""
        return self.caveat_kinds[0] if self.caveat_kinds else None


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


WEIGHTY = 3
"""The weight of a caveat that no reader should miss."""


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


@dataclass(frozen=True, slots=True)
class Story:
    """A brief with its place in the reader's world."""

    row: StoryRow
    brief: Brief
    reasons: tuple[ScorePart, ...] = ()  # why it ranks where it does
    earlier: tuple[Chapter, ...] = ()
    changed: tuple[StoryChange, ...] = ()
    looked_at: datetime | None = None

    @property
    def id(self) -> str:
        """The story's identifier, stable while articles come and go."""
        return self.row.id
