"""The nouns of the program as frozen values, their JSON, and its errors. Imports nothing of ours.

Every time is an aware ``datetime`` in UTC. Every span counts Unicode code points of the text
it belongs to, ``[start, end)``. Identifiers are strings; only the store knows their numbers.
"""

from typing import TYPE_CHECKING

from briefing.model.articles import (
    Article,
    ArticleRow,
    Basis,
    FirstText,
    Link,
    LinkKind,
    Notice,
    Revision,
    SentenceChange,
)
from briefing.model.digests import (
    CAVEAT_LANGUAGES,
    READ_TO,
    Amount,
    Attribution,
    Bound,
    Bullet,
    Caveat,
    CaveatKind,
    Change,
    Context,
    Cue,
    Digest,
    Entity,
    EntityKind,
    Figure,
    Insertion,
    Quotation,
)
from briefing.model.editions import Edition, EditionCounts, Window
from briefing.model.errors import (
    BriefingError,
    ConfigError,
    ExtractError,
    FetchError,
    NotAFeedError,
    ParseError,
    RowError,
    StoreError,
    UsageError,
    as_failure,
)
from briefing.model.feeds import Entry, Feed, FeedRow, FetchHealth
from briefing.model.filters import ArticleFilter, StoryFilter
from briefing.model.lazy import lazy_names
from briefing.model.ranking import Preferences, ScorePart, ScorePartKind
from briefing.model.spans import Evidence, Span
from briefing.model.stories import (
    WEIGHTY,
    ArticleRevised,
    Brief,
    BulletAdded,
    Chapter,
    Coverage,
    Disagreement,
    FigureChanged,
    First,
    OutletsJoined,
    Place,
    ReadState,
    Reported,
    Story,
    StoryBullet,
    StoryChange,
    StoryEntity,
    StoryFigure,
    StoryLink,
    StoryRow,
)
from briefing.model.subscription import AS_USUAL, NO_RHYTHM, FeedRhythm, FeedSettings

if TYPE_CHECKING:
    from briefing.model.linking import LINKED_CHARACTERS, LinkCandidate, StoryArticle
    from briefing.model.story_plan import (
        KeptArticle,
        KeptStory,
        StoryPlan,
        joined_state,
        plan_story,
        same_story,
    )
    from briefing.model.story_score import Ranking, StoryScore

__all__ = [
    "AS_USUAL",
    "CAVEAT_LANGUAGES",
    "LINKED_CHARACTERS",
    "NO_RHYTHM",
    "READ_TO",
    "WEIGHTY",
    "Amount",
    "Article",
    "ArticleFilter",
    "ArticleRevised",
    "ArticleRow",
    "Attribution",
    "Basis",
    "Bound",
    "Brief",
    "BriefingError",
    "Bullet",
    "BulletAdded",
    "Caveat",
    "CaveatKind",
    "Change",
    "Chapter",
    "ConfigError",
    "Context",
    "Coverage",
    "Cue",
    "Digest",
    "Disagreement",
    "Edition",
    "EditionCounts",
    "Entity",
    "EntityKind",
    "Entry",
    "Evidence",
    "ExtractError",
    "Feed",
    "FeedRhythm",
    "FeedRow",
    "FeedSettings",
    "FetchError",
    "FetchHealth",
    "Figure",
    "FigureChanged",
    "First",
    "FirstText",
    "Insertion",
    "KeptArticle",
    "KeptStory",
    "Link",
    "LinkCandidate",
    "LinkKind",
    "NotAFeedError",
    "Notice",
    "OutletsJoined",
    "ParseError",
    "Place",
    "Preferences",
    "Quotation",
    "Ranking",
    "ReadState",
    "Reported",
    "Revision",
    "RowError",
    "ScorePart",
    "ScorePartKind",
    "SentenceChange",
    "Span",
    "StoreError",
    "Story",
    "StoryArticle",
    "StoryBullet",
    "StoryChange",
    "StoryEntity",
    "StoryFigure",
    "StoryFilter",
    "StoryLink",
    "StoryPlan",
    "StoryRow",
    "StoryScore",
    "UsageError",
    "Window",
    "as_failure",
    "joined_state",
    "plan_story",
    "same_story",
]

# What only a refresh needs is imported at its first use: the way to the first paint is shorter.
_LATER = {
    "linking": ("LINKED_CHARACTERS", "LinkCandidate", "StoryArticle"),
    "story_score": ("Ranking", "StoryScore"),
    "story_plan": (
        "KeptArticle",
        "KeptStory",
        "StoryPlan",
        "joined_state",
        "plan_story",
        "same_story",
    ),
}
__getattr__ = lazy_names(__name__, _LATER)
