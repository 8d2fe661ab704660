"""Where Enter leads from a line of the screen."""

from dataclasses import dataclass

from briefing.model import Disagreement, Evidence, Place, Reported, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of an article. ``places`` are the same point in all outlets, this one included.

    evidence: first the sentence that the cursor goes to, then others that are marked with it.
    label: what the breadcrumb calls the line. text: what copying it gives.
    """

    article_id: str
    evidence: Evidence
    label: str
    text: str = ""
    places: tuple[Place, ...] = ()

    def begins_at(self, target: object) -> bool:
        """Whether a target of the source view is the sentence that the cursor goes to."""
        return isinstance(target, Sentence) and any(
            target.span.overlaps(span) for span in self.evidence[:1]
        )

    def at(self, place: Place) -> "Passage":
        """The same point in another outlet."""
        return Passage(place.article_id, place.evidence, self.label, self.text, self.places)


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
class Sentence:
    """A sentence of the source as a target. ``marked``: it feeds a bullet or is the evidence."""

    span: Span
    text: str
    marked: bool
