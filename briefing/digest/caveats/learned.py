"""The judge by learned weights: a model says whether, another of which kind."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.caveats.reasons import Reason
from briefing.digest.cues import CueHit
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.models.kind import KindModel
from briefing.digest.models.linear import LinearModel
from briefing.digest.sentences.document import Sentence
from briefing.model import CaveatKind, Span

_CARRIES = 0.55  # score of a cue from which on its words are those an editor would point at
_SURE = 0.8  # score of a cue that makes a caveat of a kind too rare to be learned (corrections)


class LearnedJudge:
    """Weighs features, n-grams and cues.

    caveat: with the scores from which on a sentence is one (``take``), of weight 2 (``two``) and
    3 (``three``), and gets a seat (``seat``); with what makes a probability of a score (``slope``,
    ``offset``: Platt 1999), the probability from which on it is shown (``mark``), and that of being
    a caveat of the likeliest kind, from which on a mark names it (``named``). The documents must
    come with this model's n-gram weights.
    """

    name, version, log_odds = "learned", "2", True

    def __init__(self, caveat: LinearModel, kind: KindModel) -> None:
        self._caveat = caveat
        self._kind = kind
        self._limits: Mapping[str, float] = caveat.constants
        self.threshold = self._limits["take"]
        self.seat_threshold = self._limits["seat"]
        self.mark_threshold = self._limits["mark"]

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement]:
        """A judgement of every sentence."""
        return [self._judge(analysis) for analysis in features.sentences]

    def reasons(
        self,
        features: DocumentFeatures,
        of: Collection[int],  # noqa: ARG002 - none costs much
    ) -> Sequence[Sequence[Reason]]:
        """Of all sentences, by features and by n-grams."""
        from briefing.digest.explain.attributions import Attributor

        model = self._caveat
        weights = dict(zip(model.features, model.weights, strict=True))
        ngram_weights = {name: model.ngram_weight(name) for name in model.ngrams}
        attributor = Attributor(features, weights, ngram_weights)
        return [attributor.reasons(analysis) for analysis in features.sentences]

    def _judge(self, analysis: SentenceAnalysis) -> Judgement:
        sentence, hits = analysis.sentence, analysis.sentence.cues
        score = self._caveat.log_odds(analysis.features, analysis.ngram_scores.caveat)
        for hit in hits:
            if hit.rule.kind not in self._kind.kinds and hit.rule.score >= _SURE:
                score = max(score, self._score_of(self.mark_threshold))
                probability = self._probability(score)
                caveat = mark_caveat(
                    sentence, hit.rule.kind, hit.rule.weight, hit.span, probability
                )
                return Judgement(score, caveat, caveat.mark, probability=probability)
        if score < self.threshold:
            return Judgement(score, probability=self._probability(score))
        weight = 1 + (score >= self._limits["two"]) + (score >= self._limits["three"])
        kind, sureness = self._kind.kind(sentence, analysis.features)
        cue, probability = carrying_cue(sentence, kind), self._probability(score)
        caveat = mark_caveat(sentence, kind, weight, cue, probability)
        told = Judgement(score, caveat, None, 0.0, probability, sureness)
        if probability < self.mark_threshold:
            return told
        named = probability * sureness >= self._limits["named"]
        mark = caveat.mark if named else replace(caveat.mark, kind=None)
        return told._replace(mark=mark)

    def _probability(self, score: float) -> float:
        """How likely a sentence of this score is a caveat."""
        return 1 / (1 + math.exp(-self._limits["slope"] * score - self._limits["offset"]))

    def _score_of(self, probability: float) -> float:
        """The inverse of ``_probability``."""
        log_odds = math.log(probability / (1 - probability))
        return (log_odds - self._limits["offset"]) / self._limits["slope"]


def carrying_cue(sentence: Sentence, kind: CaveatKind) -> Span | None:
    """The words that carry a caveat: the surest cue of its kind; None where that tells little."""
    carrying = [h for h in sentence.cues if h.rule.kind is kind and h.rule.score >= _CARRIES]
    return max(carrying, key=_score_then_first).span if carrying else None


def _score_then_first(hit: CueHit) -> tuple[float, int]:
    return hit.rule.score, -hit.span.start
