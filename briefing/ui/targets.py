"""Where Enter leads from a line of the screen."""

from dataclasses import dataclass

from briefing.model import Evidence, Place, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of an article. ``places`` are the same point in all outlets, this one included.

    label: what the breadcrumb calls the line. text: what copying it gives.
    """

    article_id: str
    evidence: Evidence
    label: str
    text: str = ""
    places: tuple[Place, ...] = ()

    def at(self, place: Place) -> "Passage":
        """The same point in another outlet."""
        return Passage(place.article_id, place.evidence, self.label, self.text, self.places)


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
