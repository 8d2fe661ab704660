"""Articles as vectors of stems: tf-idf with the title and the opening counted most.

Term weights are (1 + log tf) x log((N + 1) / (df + 1/2)), normalised to length 1 (Salton and
Buckley 1988, "Term-weighting approaches in automatic text retrieval"). Document frequencies come
from the articles seen, on top of a small packaged table, so that a new user's first articles are
weighed sensibly too.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping

from briefing.stories.parameters import Parameters
from briefing.text import terms

Vector = Mapping[str, float]


def term_counts(title: str, text: str, language: str, parameters: Parameters) -> dict[str, float]:
    """How much each stem of an article counts, damped by the logarithm."""
    rule = parameters.vectors
    words = text.split(None, rule.words)[: rule.words]
    counts: Counter[str] = Counter()
    for stem in terms(" ".join(words[: rule.opening]), language):
        counts[stem] += 1
    raw: dict[str, float] = dict(counts)
    for stem in terms(" ".join(words[rule.opening :]), language):
        raw[stem] = raw.get(stem, 0.0) + rule.later
    for stem in terms(title, language):
        raw[stem] = raw.get(stem, 0.0) + rule.title
    return {s: 1 + math.log(n) if n > 1 else n for s, n in raw.items()}


class Frequencies:
    """In how many articles each stem stands: those counted so far, and the packaged table."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._seen: Counter[str] = Counter()
        self._articles = 0

    def count(self, stems: Iterable[str]) -> None:
        """Count one article; ``stems`` without repeats."""
        self._seen.update(stems)
        self._articles += 1

    def seen(self, stem: str) -> int:
        """In how many of the articles counted ``stem`` stands."""
        return self._seen[stem]

    def rarity(self, stem: str) -> float:
        """The inverse document frequency of ``stem``; never negative."""
        rule = self._parameters.vectors
        share = self._parameters.frequencies.get(stem, rule.unseen)
        total = self._articles + rule.prior_articles
        return max(
            0.0, math.log((total + 1) / (self._seen[stem] + share * rule.prior_articles + 0.5))
        )

    def vector(self, counts: Mapping[str, float], most: int | None = None) -> dict[str, float]:
        """The vector of an article, of length 1, heaviest term first; may be empty."""
        rarity = self.rarity
        weighted = [(n * rarity(s), s) for s, n in counts.items()]
        kept = heapq.nlargest(most or self._parameters.vectors.terms, weighted)
        length = math.sqrt(sum(w * w for w, _ in kept))
        return {s: w / length for w, s in kept if w > 0} if length else {}


def cosine(first: Vector, second: Vector) -> float:
    """The likeness of two vectors of length 1."""
    if len(second) < len(first):
        first, second = second, first
    get = second.get
    return sum(w * get(s, 0.0) for s, w in first.items())
