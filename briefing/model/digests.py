"""What one article says, and all that was found in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from briefing.model.articles import Article, Link
from briefing.model.spans import Evidence, Span

WORDS_A_MINUTE = 230


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


Bound = Literal["", "more", "less", "about"]


Context = Literal["none", "previous", "resolved"]


Chooser = Literal["briefing", "editor"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What marks a caveat: its kind, weight 1 to 3, and the words that carry it.

    kind: None where it is not sure. cue: empty where no few words carry it. probability: how likely
    it is a caveat (calibrated: of those told with .8, eight in ten are); None where that is not
    known.
    """

    kind: CaveatKind | None
    weight: int
    cue: str
    cue_span: Span
    probability: float | None = None


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

    caveat: the mark that a reader is shown, None where it is not probable enough for one.
    context: whether it opens with what only the sentence before explains (``previous``), and
    whether a name was put in for that (``resolved``). kept: the spans of the article's text that
    its text is made of, in order. by: who chose it, where a second editor was asked; editor_kind:
    the kind of caveat that he reads in it.
    """

    text: str
    caveat: Cue | None
    evidence: Evidence
    insertions: tuple[Insertion, ...] = ()
    context: Context = "none"
    kept: tuple[Span, ...] = ()
    by: tuple[Chooser, ...] = ()
    editor_kind: CaveatKind | None = None

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


Amount = tuple[float, float | None, str]
"""A value, the other end of its range, and its unit."""


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

    @property
    def amount(self) -> Amount:
        """What tells one value from another."""
        return self.value, self.value_to, self.unit


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


@dataclass(frozen=True, slots=True)
class SecondEditor:
    """Who chose beside us, when, and whether his choice is the digest. model: its own name."""

    model: str
    at: datetime
    lead: bool = False


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
    editor: SecondEditor | None = None

    @property
    def words(self) -> int:
        """How many words the article has, split at white space."""
        return len(self.article.text.split())

    @property
    def minutes(self) -> int:
        """Reading time in minutes, rounded up."""
        return -(-self.words // WORDS_A_MINUTE)
