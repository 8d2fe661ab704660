"""The judge by rules: cues of the lexicon, weighed by the parameters that were set by hand."""

from collections.abc import Collection, Sequence

from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.caveats.reasons import Reason
from briefing.digest.features.document_features import (
    FEATURE_NAMES,
    DocumentFeatures,
    SentenceAnalysis,
)
from briefing.digest.parameters import load_parameters

_MORE_MAX = 1.2  # of the scores of all cues but the strongest


class RuleJudge:
    """For languages that have a lexicon and no labelled articles to learn from.

    How often it is right is not known, so that it marks nothing.
    """

    name, version, log_odds, mark_threshold = "rules", "2", False, None

    def __init__(self) -> None:
        self._parameters = load_parameters()
        self.threshold = self.seat_threshold = self._parameters["take"]

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """A judgement of every sentence; without a cue it scores nothing."""
        return [self._judge(analysis) for analysis in features.sentences]

    def reasons(
        self,
        features: DocumentFeatures,
        of: Collection[int],  # noqa: ARG002 - none costs much
    ) -> Sequence[Sequence[Reason]]:
        """Of all sentences, by features alone."""
        from briefing.digest.explain.attributions import Attributor

        parameters = self._parameters
        bearing = dict.fromkeys(("title", "lead_two"), parameters["bearing"])
        weights = {name: parameters[name] for name in FEATURE_NAMES if name in parameters}
        attributor = Attributor(features, weights | bearing, {})
        return [attributor.reasons(analysis) for analysis in features.sentences]

    def _judge(self, analysis: SentenceAnalysis) -> Judgement:
        hits = analysis.sentence.cues
        if not hits:
            return Judgement(0.0)
        parameters, features = self._parameters, analysis.features
        best = max(hits, key=lambda h: (h.rule.score, h.rule.weight))
        others = sum(h.rule.score for h in hits) - best.rule.score
        score = (
            parameters["cue"] * best.rule.score
            + parameters["more"] * min(others, _MORE_MAX)
            + parameters["contrast"] * features.contrast
            + parameters["pointed"] * features.pointed
            + parameters["bearing"] * min(1.0, features.title + features.lead_two)
            + parameters["position"] * features.position
            + parameters["quote"] * features.quote
            + parameters["first_person"] * features.first_person
            + parameters["short"] * features.short
        )
        if score < self.threshold:
            return Judgement(score)
        weight = best.rule.weight
        if weight == 2 and (features.pointed or score >= parameters["heavy"]):
            weight = 3
        return Judgement(score, mark_caveat(analysis.sentence, best.rule.kind, weight, best.span))
