"""The learned models of sentences: is it a caveat, of which kind, is it a bullet, is it brief, is
it the main claim.

Their files are made by ``tools/train_digest.py``.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from briefing.digest.features.document_features import (
    FEATURE_NAMES,
    NO_NGRAM_WEIGHTS,
    SentenceAnalysis,
)
from briefing.digest.features.ngrams import NgramWeights
from briefing.digest.models.kind import KindModel, read_kind_model
from briefing.digest.models.linear import LinearModel, read_linear_model
from briefing.digest.models.weight_file import packaged_weights


@dataclass(frozen=True)
class SentenceModels:
    """What a digest is made by: is it a caveat, of which kind, would an editor take it as a
    bullet, does it say much in few words, and is it the main claim.

    language: of which their n-grams were learned.
    """

    caveat: LinearModel
    kind: KindModel
    editor: LinearModel
    brevity: LinearModel
    claim: LinearModel
    language: str = "en"

    @cached_property
    def _ngram_weights(self) -> NgramWeights:
        return NgramWeights(self.caveat.ngrams, self.editor.ngrams, self.claim.ngrams)

    def claim_log_odds(self, analysis: SentenceAnalysis) -> float:
        """How much rather a sentence is the main claim than the others of its article."""
        return self.claim.log_odds(analysis.features, analysis.ngram_scores.claim)

    def ngram_weights(self, language: str) -> NgramWeights:
        """The weights of the n-grams of a language; none of one that they were not learned of."""
        return self._ngram_weights if language == self.language else NO_NGRAM_WEIGHTS


@cache
def load_models() -> SentenceModels:
    """The packaged models, read once."""
    return read_models(*map(packaged_weights, ("caveat", "kind", "editor", "brevity", "claim")))


def read_models(caveat: str, kind: str, editor: str, brevity: str, claim: str) -> SentenceModels:
    """The models out of the texts of their files."""
    return SentenceModels(
        read_linear_model(caveat, FEATURE_NAMES),
        read_kind_model(kind),
        read_linear_model(editor, FEATURE_NAMES),
        read_linear_model(brevity, FEATURE_NAMES),
        read_linear_model(claim, FEATURE_NAMES),
    )
