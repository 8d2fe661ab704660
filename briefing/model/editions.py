"""The stories of a stretch of time."""

from dataclasses import dataclass, field
from datetime import datetime

from briefing.model.stories import Story


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


Section = tuple[str, frozenset[str]]
"""A heading, and the identifiers of the stories that stand under it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories of a window, best first."""

    window: Window
    counts: EditionCounts
    stories: tuple[Story, ...] = field(default=())
