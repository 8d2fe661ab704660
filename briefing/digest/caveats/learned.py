"""The judge by learned weights: a model says whether, another of which kind."""

from collections.abc import Mapping, Sequence
from itertools import repeat

from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.caveats.reasons import Reason
from briefing.digest.cues import CueHit
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.features.ngrams import NUMBER, ngrams
from briefing.digest.models.kind import KindModel
from briefing.digest.models.linear import LinearModel
from briefing.digest.sentences.document import Sentence
from briefing.model import CaveatKind, Span
from briefing.text import tokens

_SURE = 0.8  # score of a cue that makes a caveat of a kind too rare to be learned (corrections)


class LearnedJudge:
    """Weighs features, n-grams and cues.

    caveat: with the scores from which on a sentence is one (``take``), of weight 2 (``two``) and
    3 (``three``). The documents must come with this model's n-gram weights.
    """

    name, version, log_odds = "learned", "1", True

    def __init__(self, caveat: LinearModel, kind: KindModel) -> None:
        self._caveat = caveat
        self._kind = kind
        self.threshold = caveat.constants["take"]

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """A judgement of every sentence."""
        return [self._judge(analysis) for analysis in features.sentences]

    def reasons(self, features: DocumentFeatures) -> Sequence[Sequence[Reason]]:
        """By features and by n-grams."""
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
                caveat = mark_caveat(sentence, hit.rule.kind, hit.rule.weight, hit.span)
                return Judgement(max(score, self.threshold), caveat)
        if score < self.threshold:
            return Judgement(score)
        limits: Mapping[str, float] = self._caveat.constants
        weight = 1 + (score >= limits["two"]) + (score >= limits["three"])
        kind = self._kind.kind(sentence, analysis.features)
        return Judgement(score, mark_caveat(sentence, kind, weight, self._cue(sentence, kind)))

    def _cue(self, sentence: Sentence, kind: CaveatKind) -> Span:
        """The words that carry the caveat: a cue of its kind, else the word or two that tell most
        that it is a caveat, and one of that kind.
        """
        of_kind = [hit for hit in sentence.cues if hit.rule.kind is kind]
        if of_kind:
            return max(of_kind, key=_score_then_first).span
        in_text = tokens(sentence.text)
        words = [token.text.lower().replace("’", "'") for token in in_text]
        alone = [0.0] * len(words)
        best, best_score = (0, 1), float("-inf")
        for name, first, end, form in ngrams(words, repeat("")):
            if form != "plain":
                continue
            score = self._weight(name, kind)
            if end - first == 1:
                alone[first] = score
            else:
                score = score + alone[first] + alone[first + 1]
            if score > best_score or (score == best_score and first < best[0]):
                best, best_score = (first, end), score
        first, end = best
        return Span(in_text[first].span.start, in_text[end - 1].span.end)

    def _weight(self, ngram: str, kind: CaveatKind) -> float:
        """How much an n-gram speaks for a caveat of a kind; a number is never shown for a cue."""
        if NUMBER in ngram:
            return 0.0
        return self._caveat.ngram_weight(ngram) + self._kind.ngram_weight(ngram, kind)


def _score_then_first(hit: CueHit) -> tuple[float, int]:
    return hit.rule.score, -hit.span.start
