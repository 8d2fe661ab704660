"""Which articles, and which stories: every condition that is given has to hold.

``briefing.store.filters`` says what each condition means, in SQL and of a row.
"""

from dataclasses import dataclass
from datetime import datetime

from briefing.model.articles import Basis
from briefing.model.digests import CaveatKind
from briefing.model.stories import ReadState


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Conditions on an article; those that are None say nothing. since, until: inclusive."""

    feed_id: str | None = None
    category: str | None = None
    outlet: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    read: bool | None = None
    starred: bool | None = None
    opinion: bool | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Conditions on a story; those that are None say nothing. since: of its latest article."""

    since: datetime | None = None
    category: str | None = None
    state: ReadState | None = None
    starred: bool | None = None
    opinion: bool | None = None
    caveat_kind: CaveatKind | None = None
    least_outlets: int | None = None
