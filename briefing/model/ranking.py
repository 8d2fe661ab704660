"""Why a story stands where it does: the parts of its score, and what the reader prefers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

ScorePartKind = Literal[
    "muted",
    "recency",
    "outlets",
    "caveats",
    "disagreement",
    "feed",
    "earlier",
    "topic",
    "summary",
    "words",
]
"""``words``: a reason that an older version kept as a sentence."""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one matter adds to a story's score, in points; twice the outlets are one point.

    count: how many outlets or weighty caveats. name: the topic, the muted phrase, or what outlets
    disagree on.
    """

    kind: ScorePartKind
    points: float
    count: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class StoryScore:
    """What a story's score is made of before the reader's preferences.

    phrases: its headline and its main claim as plain words, between spaces, for muted words and
    topics to be found in.
    """

    parts: tuple[ScorePart, ...]
    phrases: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the reader weighs. topics: weights by category, or by word or phrase."""

    muted: tuple[str, ...] = ()
    topics: tuple[tuple[str, float], ...] = ()

    def key(self, feeds: Iterable[tuple[str, float, str]]) -> str:
        """A short hash of all that ranking applies. feeds: id, weight and category of each."""
        import hashlib  # with OpenSSL's library, which the way to the first paint need not load

        known = [self.muted, sorted(self.topics), sorted(feeds)]
        return hashlib.blake2b(json.dumps(known).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Ranking:
    """A story's score (higher is better, comparable over all stories ever), and what it is made of.

    base: the same without preferences. preferences: a key of those that were applied.
    """

    score: float
    parts: tuple[ScorePart, ...] = ()
    base: StoryScore = field(default=StoryScore((), ""))
    preferences: str = ""
