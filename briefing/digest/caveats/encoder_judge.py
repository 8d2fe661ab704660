"""The judge that reads: the encoder says whether, of which weight and kind, with probabilities."""

import math
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Protocol, runtime_checkable

from briefing.digest.caveats.judgement import Judgement
from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.caveats.marking import Marking
from briefing.digest.caveats.reasons import Reason
from briefing.digest.encoder.encoder import KINDS, READ_TO, Answers
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.models.kind import KindModel, likeliest
from briefing.digest.parameters import load_parameters
from briefing.digest.sentences.document import Document, Sentence
from briefing.model import CaveatKind


class SentenceReader(Protocol):
    """An encoder: it answers for each sentence of a document that it reads, by number."""

    @property
    def version(self) -> str: ...

    def read(self, document: Document) -> Mapping[int, Answers]:
        """Its answers by the number of the sentence."""


@runtime_checkable
class SentenceRereader(Protocol):
    """An encoder that can be asked again about a sentence in other words."""

    def reread(
        self, document: Document, number: int, texts: Sequence[str], *, quick: bool = False
    ) -> Sequence[Answers]:
        """Its answers for sentence ``number``, were it each of ``texts``. quick: roughly."""


class EncoderJudge:
    """Asks the encoder, and the linear judge of what it does not read.

    Its score is the mean of the encoder's log-odds and the linear judge's, each made comparable
    (``[encoder]`` of the parameters, fitted by ``tools/calibrate_encoder.py`` on articles that
    neither has seen); a probability is made of it as of the linear judge's.
    """

    name, log_odds = "encoder", True

    def __init__(self, encoder: SentenceReader, linear: LearnedJudge, kind: KindModel) -> None:
        self._encoder = encoder
        self._linear = linear
        self._kind = kind
        self._limits = load_parameters("encoder")
        self.version = encoder.version
        self.threshold = self._limits["take"]
        self.seat_threshold = self._limits["seat"]
        self._marking = Marking(self._limits)
        self.mark_threshold = self._marking.threshold

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """A judgement of every sentence; those past the encoder's reach are no caveats."""
        answers = self._encoder.read(features.document)
        least_bullet = min((a.bullet for a in answers.values()), default=0.0)
        least_claim = min((a.claim for a in answers.values()), default=0.0)
        judgements = []
        for analysis, linear in zip(features.sentences, self._linear.judge(features), strict=True):
            read = answers.get(analysis.sentence.index)
            if read is None:
                judgement = Judgement(min(linear.score, self.threshold - 1))
                bullet, claim = least_bullet, least_claim
            else:
                judgement = self._judge(analysis, linear, read)
                bullet, claim = read.bullet, read.claim
            judgements.append(judgement._replace(bullet=bullet, claim=claim))
        return judgements

    def reasons(
        self, features: DocumentFeatures, of: Collection[int]
    ) -> Sequence[Sequence[Reason]]:
        """The words that move the encoder, found by leaving them out; none of other sentences, or
        of an encoder that cannot be asked again.
        """
        from briefing.digest.explain.attributions import feature_words

        found = []
        for analysis in features.sentences:
            asked = analysis.sentence.index in of
            reasons = self._reasons(features.document, analysis.sentence) if asked else ()
            if asked and analysis.features.pointed:
                reasons = (Reason(feature_words("pointed"), self._marking.least), *reasons)
            found.append(reasons)
        return found

    def _reasons(self, document: Document, sentence: Sentence) -> tuple[Reason, ...]:
        from briefing.digest.explain.leaving_out import moving_words

        encoder, number = self._encoder, sentence.index
        if number >= READ_TO or not isinstance(encoder, SentenceRereader):
            return ()

        def log_odds(texts: Sequence[str], *, quick: bool) -> list[float]:
            answers = encoder.reread(document, number, texts, quick=quick)
            return [a.caveat for a in answers]

        return moving_words(
            sentence.text, partial(log_odds, quick=True), partial(log_odds, quick=False)
        )

    def _judge(self, analysis: SentenceAnalysis, linear: Judgement, answers: Answers) -> Judgement:
        limits = self._limits
        share = limits["linear"]
        score = (1 - share) * answers.caveat + share * linear.score
        if analysis.features.pointed:
            score = self._marking.announced(score)
        if (counted := self._marking.by_rule(analysis.sentence, score)) is not None:
            return counted
        if score < self.threshold:
            probability = self._marking.probability(score)
            return Judgement(score, probability=probability)
        heavy = 1 / (1 + math.exp(-answers.heavy))
        weight = 1 + (heavy >= limits["two"]) + (heavy >= limits["three"])
        kind = likeliest(self._kinds(analysis, answers))
        return self._marking.judgement(analysis.sentence, score, weight, kind)

    def _kinds(self, analysis: SentenceAnalysis, answers: Answers) -> dict[CaveatKind, float]:
        """How likely each kind is: the mean of what the encoder and the linear model say."""
        linear = self._kind.probabilities(analysis.sentence, analysis.features)
        share = self._limits["linear_kind"]
        return {
            kind: (1 - share) * read + share * linear.get(kind, 0.0)
            for kind, read in zip(KINDS, answers.kinds, strict=True)
        }
