"""Why a story stands where it does: the parts of its score, and what the reader prefers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
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
    "rule",
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
class Preferences:
    """What the reader weighs. topics: weights by category, or by word or phrase."""

    muted: tuple[str, ...] = ()
    topics: tuple[tuple[str, float], ...] = ()

    def key(self, feeds: Iterable[tuple[str, float, str]]) -> str:
        """A short hash of all that ranking applies. feeds: id, weight and category of each."""
        import hashlib  # with OpenSSL's library, which the way to the first paint need not load

        known = [self.muted, sorted(self.topics), sorted(feeds)]
        return hashlib.blake2b(json.dumps(known).encode(), digest_size=8).hexdigest()
