"""What a story's place is worked out from, and what comes of it."""

from dataclasses import dataclass, field

from briefing.model.ranking import ScorePart


@dataclass(frozen=True, slots=True)
class StoryScore:
    """What a story's score is made of before the reader's preferences.

    phrases: its headline and its main claim as plain words, between spaces, for muted words and
    topics to be found in.
    """

    parts: tuple[ScorePart, ...]
    phrases: str


@dataclass(frozen=True, slots=True)
class StoryToRank:
    """A story as it is kept, for ranking it anew. feed_weight: the greatest of the feeds that carry
    it. categories: of its articles. boost: by rules, as a weight."""

    story_id: str
    base: StoryScore
    feed_weight: float
    categories: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """A story's score (higher is better, comparable over all stories ever), and what it is made of.

    base: the same without preferences. preferences: a key of those that were applied.
    """

    score: float
    parts: tuple[ScorePart, ...] = ()
    base: StoryScore = field(default=StoryScore((), ""))
    preferences: str = ""
