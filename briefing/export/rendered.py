"""The render model: an edition or a digest cleaned, chosen and cut for printing.

Text here is single lines without control characters, which each format escapes for itself. Ids
and times are kept as they are: a format writes them as it must (``briefing.export.captions`` has
the words of those for people), and a feed or a book can name and date its parts.
"""

from dataclasses import dataclass
from datetime import datetime

from briefing.model import CaveatKind, Chapter, EditionCounts, Window


@dataclass(frozen=True, slots=True)
class RenderedQuote:
    """The sentences of an article that a bullet stands on, as they are written there. ``url`` as of
    a link; ``published``: None where the story does not name the article."""

    text: str
    article_id: str
    outlet: str
    url: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class RenderedBullet:
    """A bullet of the article ``article_id``.

    marked: it is shown as a caveat; ``caveat``: its kind, None where that is not sure. ``outlet``
    is named where it alone says so among several. ``argued``: it is an opinion piece's.
    ``quotes``: its evidence, its own article's first; empty where the texts are not at hand.
    """

    text: str
    article_id: str
    caveat: CaveatKind | None = None
    outlet: str = ""
    argued: bool = False
    marked: bool = False
    updates: tuple[str, ...] = ()  # its figures that changed: "12 weeks, eight before"
    quotes: tuple[RenderedQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedFigure:
    """A figure with what it counts; ``differs``: outlets give other values for the same;
    ``before``: what it was, in words.
    """

    surface: str
    counts: str = ""
    differs: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class RenderedPerson:
    """A person or organisation, and who they are."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class RenderedLink:
    """Something to read on. ``url`` is an http or https address, or empty."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class RenderedSource:
    """An article of a story. ``url`` as of a link; ``notes``: what it is beside a report."""

    article_id: str
    title: str
    url: str
    outlet: str
    published: datetime
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedContent:
    """What stands below a title: of a digest, or of a story, which has more."""

    notes: tuple[str, ...] = ()  # what limits it, to be seen before the bullets
    bullets: tuple[RenderedBullet, ...] = ()
    figures: tuple[RenderedFigure, ...] = ()
    people: tuple[RenderedPerson, ...] = ()
    disagreements: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()  # values that took the place of others
    changes: tuple[str, ...] = ()
    earlier: tuple[Chapter, ...] = ()
    links: tuple[RenderedLink, ...] = ()
    links_left_out: int = 0
    sources: tuple[RenderedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedDigest:
    """One article's digest. ``url`` as of a link."""

    article_id: str
    title: str
    url: str
    outlet: str
    byline: str
    published: datetime | None
    opinion: bool
    words: int
    minutes: int
    content: RenderedContent


@dataclass(frozen=True, slots=True)
class FirstReport:
    """Who had it first: ``credited`` by others, else by the time at which it was ``published``."""

    outlet: str
    credited: bool
    published: datetime | None


@dataclass(frozen=True, slots=True)
class RenderedStory:
    """A story. ``outlets``: how many independent ones tell it; ``latest``: its newest article's
    time. ``single_source``: the outlet whose report all others follow, where there is one."""

    id: str
    title: str
    category: str
    latest: datetime
    outlets: int
    opinion: bool
    single_source: str
    first: FirstReport | None
    content: RenderedContent

    @property
    def published(self) -> datetime:
        """The time of its oldest article."""
        return min((s.published for s in self.content.sources), default=self.latest)


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """Stories under a heading; ``name`` is empty where the edition is told in one."""

    name: str
    stories: tuple[RenderedStory, ...]


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """A whole edition: the stories above the line told, those below it only named.

    ``hidden``: how many stories of the window are not here at all. ``title``: of stories that were
    chosen otherwise than by their time, empty where they were not.
    """

    window: Window
    counts: EditionCounts
    sections: tuple[RenderedSection, ...]
    below: tuple[RenderedStory, ...] = ()
    hidden: int = 0
    title: str = ""

    @property
    def stories(self) -> tuple[RenderedStory, ...]:
        """Those above the line, in the order told."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def has_sections(self) -> bool:
        """Whether the stories stand under headings."""
        return any(section.name for section in self.sections)
