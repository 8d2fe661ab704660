"""From a judge's score to what a reader is shown: a probability, a kind where it is sure, a cue."""

import math
from collections.abc import Mapping
from dataclasses import replace

from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.cues import CueHit
from briefing.digest.sentences.document import Sentence
from briefing.model import CaveatKind, Span

_A_HAIR = 1e-9  # above a threshold, whatever is lost in reckoning
_OPENING_QUOTES = ("“", '"', "„", "«", "‘")
_CARRIES = 0.55  # score of a cue from which on its words are those an editor would point at


class Marking:
    """When a judge's caveats are shown as marks, and named.

    limits: what makes a probability of a score (``slope``, ``offset``: Platt 1999), the probability
    from which on a caveat is shown (``mark``), and that of being a caveat of the likeliest kind,
    from which on a mark names it (``named``). least: the score from which on a caveat is shown.
    """

    def __init__(self, limits: Mapping[str, float]) -> None:
        self._slope, self._offset = limits["slope"], limits["offset"]
        self._named = limits["named"]
        self.threshold = limits["mark"]
        self.least = self.score_of(self.threshold)

    def probability(self, score: float) -> float:
        """How likely a sentence of this score is a caveat."""
        return 1 / (1 + math.exp(-self._slope * score - self._offset))

    def score_of(self, probability: float) -> float:
        """The inverse of ``probability``."""
        return (math.log(probability / (1 - probability)) - self._offset) / self._slope

    def announced(self, score: float) -> float:
        """The score of a sentence that a bare "But there's a catch." announces: its writer calls it
        a caveat. Too rare to be counted, so that no more is claimed than a mark asks for.
        """
        return max(score, self.least + _A_HAIR)

    def by_rule(self, sentence: Sentence, score: float) -> Judgement | None:
        """The judgement of a sentence by a wording whose caveats were counted, if it has one.

        score: the judge's own, which counts where it is higher.
        """
        for hit in sentence.cues:
            if hit.rule.kind is CaveatKind.CORRECTION and sentence.text[:1] in _OPENING_QUOTES:
                continue  # somebody corrects what they said, not the report itself
            if hit.rule.probability is not None:
                score = max(score, self.score_of(hit.rule.probability))
                probability = self.probability(score)
                caveat = mark_caveat(
                    sentence, hit.rule.kind, hit.rule.weight, hit.span, probability
                )
                mark = caveat.mark if probability >= self.threshold else None
                return Judgement(score, caveat, mark, probability=probability, sureness=1.0)
        return None

    def judgement(
        self, sentence: Sentence, score: float, weight: int, likeliest: tuple[CaveatKind, float]
    ) -> Judgement:
        """The judgement of a sentence that is a caveat. likeliest: its kind, and how likely that
        is.
        """
        kind, sureness = likeliest
        probability = self.probability(score)
        caveat = mark_caveat(sentence, kind, weight, _carrying_cue(sentence, kind), probability)
        mark = None
        if probability >= self.threshold:
            named = probability * sureness >= self._named
            mark = caveat.mark if named else replace(caveat.mark, kind=None)
        return Judgement(score, caveat, mark, probability=probability, sureness=sureness)


def _carrying_cue(sentence: Sentence, kind: CaveatKind) -> Span | None:
    """The words that carry a caveat: the surest cue of its kind; None where that tells little."""
    carrying = [h for h in sentence.cues if h.rule.kind is kind and h.rule.score >= _CARRIES]
    return max(carrying, key=_score_then_first).span if carrying else None


def _score_then_first(hit: CueHit) -> tuple[float, int]:
    return hit.rule.score, -hit.span.start
