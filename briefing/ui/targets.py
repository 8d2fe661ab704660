"""Where Enter leads from a line of the screen."""

from dataclasses import dataclass

from briefing.model import Disagreement, Evidence, Place, Reported, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of an article, or with no ``focus`` the article as a whole.

    label: what the breadcrumb calls the line. focus: the cursor goes to its sentence.
    also_marked: marked with it. kept: the spans that the line's own words were taken from, where
    they are known. text: what copying the line gives. places: the same point in all outlets, this
    one included. changed: it leads to what was changed. All spans are of the article's text.
    """

    article_id: str
    label: str
    focus: Span | None = None
    also_marked: Evidence = ()
    text: str = ""
    places: tuple[Place, ...] = ()
    kept: tuple[Span, ...] = ()
    changed: bool = False

    @classmethod
    def of_place(
        cls, place: Place, label: str, text: str = "", places: tuple[Place, ...] = ()
    ) -> "Passage":
        """The passage of a place: its evidence is in reading order, the first has the cursor."""
        focus, rest = (place.evidence[0], place.evidence[1:]) if place.evidence else (None, ())
        return cls(place.article_id, label, focus, rest, text, places or (place,))

    @property
    def marked(self) -> Evidence:
        """All that is marked: the focus and what goes with it."""
        return (self.focus, *self.also_marked) if self.focus is not None else self.also_marked

    def at(self, place: Place) -> "Passage":
        """The same point in another outlet."""
        return Passage.of_place(place, self.label, self.text, self.places)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a jump leads: a story of the edition, or an article, at its sentence where that is
    known. name: what it is called."""

    name: str
    story: str | None = None
    article: str | None = None
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The values that outlets give for one counted thing.

    disagreements: all that is said of that thing. begin: the value that the cursor goes to, None
    for the first. text: what copying it gives.
    """

    counts: str
    disagreements: tuple[Disagreement, ...]
    text: str
    begin: Reported | None = None

    @property
    def article_id(self) -> str:
        """The article that gave a value first."""
        return self.disagreements[0].values[0].places[0].article_id


@dataclass(frozen=True, slots=True)
class CoverageList:
    """All articles of the story."""


@dataclass(frozen=True, slots=True)
class MoreFigures:
    """The line that tells of figures there was no room for. ``first``: the place of the first."""

    first: int


@dataclass(frozen=True, slots=True)
class OtherStory:
    """An earlier chapter."""

    story_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """An address to open in the browser."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of the source. ``marked``: it feeds a bullet or is the evidence."""

    span: Span
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class OldWordings:
    """The line that tells of changes in an article: Enter shows and hides what stood there."""

    text: str


@dataclass(frozen=True, slots=True)
class PictureLine:
    """The line that tells of a picture: Enter shows it. number: which of the article's, from 0."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Which articles a list shows: all, a category's, a feed's, the starred ones, what a query asks
    for, or those with a tag."""

    title: str
    feed_id: str | None = None
    category: str | None = None
    starred: bool = False
    query: str = ""
    tag: str | None = None


Target = (
    Passage
    | Comparison
    | CoverageList
    | MoreFigures
    | OtherStory
    | Page
    | SourceSentence
    | OldWordings
    | PictureLine
    | ArticleSource
)
"""What a line of a wrapped list can lead to."""


def copied_text(target: Target | None, otherwise: str) -> str:
    """What copying a line of the source gives; ``otherwise`` where the line has no words."""
    if isinstance(target, Page):
        return f"{target.text} {target.url}"
    return (
        target.text if isinstance(target, SourceSentence | OldWordings | PictureLine) else otherwise
    )
