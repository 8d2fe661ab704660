"""The judge that reads: the encoder says whether, of which weight and kind, with probabilities."""

import math
from collections.abc import Sequence
from dataclasses import replace

from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.caveats.learned import LearnedJudge, carrying_cue
from briefing.digest.caveats.reasons import Reason
from briefing.digest.encoder.encoder import KINDS, Answers, Encoder
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.parameters import load_parameters


class EncoderJudge:
    """Asks the encoder, and the linear judge of what it does not read.

    Its score is the mean of the encoder's log-odds and the linear judge's, each made comparable
    (``[encoder]`` of the parameters, fitted by ``tools/calibrate_encoder.py`` on articles that
    neither has seen); a probability is made of it as of the linear judge's.
    """

    name, log_odds = "encoder", True

    def __init__(self, encoder: Encoder, linear: LearnedJudge) -> None:
        self._encoder = encoder
        self._linear = linear
        self._limits = load_parameters("encoder")
        self.version = encoder.version
        self.threshold = self._limits["take"]
        self.seat_threshold = self._limits["seat"]
        self.mark_threshold = self._limits["mark"]

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """A judgement of every sentence; those past the encoder's reach are no caveats."""
        answers = self._encoder.read(features.document)
        return [
            self._judge(analysis, linear, answers.get(analysis.sentence.index))
            for analysis, linear in zip(
                features.sentences, self._linear.judge(features), strict=True
            )
        ]

    def reasons(self, features: DocumentFeatures) -> Sequence[Sequence[Reason]]:
        """Those of the linear judge, which has a share in each score."""
        return self._linear.reasons(features)

    def _judge(
        self, analysis: SentenceAnalysis, linear: Judgement, answers: Answers | None
    ) -> Judgement:
        limits = self._limits
        if answers is None:
            return Judgement(min(linear.score, self.threshold - 1))
        share = limits["linear"]
        score = (1 - share) * answers.caveat + share * linear.score
        bullet, claim = answers.bullet, answers.claim
        if score < self.threshold:
            return Judgement(score, bullet=bullet, claim=claim)
        probability = 1 / (1 + math.exp(-limits["slope"] * score - limits["offset"]))
        sureness = max(answers.kinds)
        kind = KINDS[answers.kinds.index(sureness)]
        heavy = 1 / (1 + math.exp(-answers.heavy))
        weight = 1 + (heavy >= limits["two"]) + (heavy >= limits["three"])
        cue = carrying_cue(analysis.sentence, kind)
        caveat = mark_caveat(analysis.sentence, kind, weight, cue, probability)
        if probability < self.mark_threshold:
            return Judgement(score, caveat, bullet=bullet, claim=claim)
        named = probability * sureness >= limits["named"]
        mark = caveat.mark if named else replace(caveat.mark, kind=None)
        return Judgement(score, caveat, mark, bullet, claim)
