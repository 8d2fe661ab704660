"""The judge by learned weights: a model says whether, another of which kind."""

from collections.abc import Collection, Mapping, Sequence

from briefing.digest.caveats.judgement import Judgement
from briefing.digest.caveats.marking import Marking
from briefing.digest.caveats.reasons import Reason
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.models.kind import KindModel
from briefing.digest.models.linear import LinearModel


class LearnedJudge:
    """Weighs features, n-grams and cues.

    caveat: with the scores from which on a sentence is one (``take``), of weight 2 (``two``) and
    3 (``three``), and gets a seat (``seat``), and the limits of ``Marking``. The documents must
    come with this model's n-gram weights.
    """

    name, version, log_odds = "learned", "2", True

    def __init__(self, caveat: LinearModel, kind: KindModel) -> None:
        self._caveat = caveat
        self._kind = kind
        self._limits: Mapping[str, float] = caveat.constants
        self.threshold = self._limits["take"]
        self.seat_threshold = self._limits["seat"]
        self._marking = Marking(self._limits)
        self.mark_threshold = self._marking.threshold

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
        weights["pointed"] = self._marking.least
        ngram_weights = {name: model.ngram_weight(name) for name in model.ngrams}
        attributor = Attributor(features, weights, ngram_weights)
        return [attributor.reasons(analysis) for analysis in features.sentences]

    def _judge(self, analysis: SentenceAnalysis) -> Judgement:
        sentence = analysis.sentence
        score = self._caveat.log_odds(analysis.features, analysis.ngram_scores.caveat)
        if analysis.features.pointed:
            score = self._marking.announced(score)
        if (counted := self._marking.by_rule(sentence, score)) is not None:
            return counted
        if score < self.threshold:
            return Judgement(score, probability=self._marking.probability(score))
        weight = 1 + (score >= self._limits["two"]) + (score >= self._limits["three"])
        likeliest = self._kind.kind(sentence, analysis.features)
        return self._marking.judgement(sentence, score, weight, likeliest)
