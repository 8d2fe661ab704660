"""The model that tells of which kind a caveat is."""

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import mul

from briefing.digest.cues import CueHit
from briefing.digest.features.document_features import FEATURE_NAMES, Features
from briefing.digest.features.ngrams import NgramTable
from briefing.digest.models.linear import THOUSANDTHS, thousandths
from briefing.digest.models.weight_file import read_rows
from briefing.digest.sentences.document import Sentence
from briefing.model import CaveatKind

CUE_FEATURES = tuple(f"cue:{kind}" for kind in CaveatKind)
_NO_CUES = dict.fromkeys(CaveatKind, 0.0)
_NO_WEIGHT = itertools.repeat(0)


@dataclass(frozen=True, slots=True)
class KindModel:
    """A multinomial logistic model: weights of each kind, in the order of ``kinds``.

    weights: for each kind, of ``Features`` and then of the strongest cue of every ``CaveatKind``.
    ngrams: for each n-gram a weight of each kind, in thousandths.
    """

    kinds: tuple[CaveatKind, ...]
    bias: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    ngrams: NgramTable[tuple[int, ...]]

    def kind(self, sentence: Sentence, features: Features) -> tuple[CaveatKind, float]:
        """The likeliest kind of a caveat with these features, by its n-grams and cues too, and how
        likely it is.
        """
        return likeliest(self.probabilities(sentence, features))

    def probabilities(self, sentence: Sentence, features: Features) -> dict[CaveatKind, float]:
        """How likely a caveat with these features is of each kind."""
        measured = (*features, *strongest(sentence.cues))
        rows = self.ngrams.rows(sentence)
        ngram_scores = map(sum, zip(*rows, strict=True)) if rows else _NO_WEIGHT
        scores = [
            bias + sum(map(mul, weights, measured)) + score / THOUSANDTHS
            for bias, weights, score in zip(self.bias, self.weights, ngram_scores, strict=False)
        ]
        best = max(scores)
        powers = [math.exp(s - best) for s in scores]
        total = sum(powers)
        return {kind: power / total for kind, power in zip(self.kinds, powers, strict=True)}


def likeliest(probabilities: Mapping[CaveatKind, float]) -> tuple[CaveatKind, float]:
    """The kind with the highest probability, the first of equals, and that probability."""
    return max(probabilities.items(), key=lambda each: each[1])


def strongest(hits: Iterable[CueHit]) -> tuple[float, ...]:
    """The score of the strongest cue of each ``CaveatKind``, in its order; 0 where none is."""
    best = _NO_CUES.copy()
    for hit in hits:
        best[hit.rule.kind] = max(best[hit.rule.kind], hit.rule.score)
    return tuple(best.values())


def read_kind_model(text: str) -> KindModel:
    """A kind model out of the text of its file: a head line of kinds, then a line a name.

    Marked names are the bias, ``Features`` and ``CUE_FEATURES``, all others n-grams.
    """
    head, *rows = read_rows(text)
    kinds = tuple(map(CaveatKind, head.weights))
    nothing = (0.0,) * len(kinds)
    marked = {row.name: tuple(map(float, row.weights)) for row in rows if row.marked}
    ngrams = {row.name: tuple(map(thousandths, row.weights)) for row in rows if not row.marked}
    columns = [marked.get(name, nothing) for name in (*FEATURE_NAMES, *CUE_FEATURES)]
    by_kind = tuple(zip(*columns, strict=True))
    return KindModel(kinds, marked.get("bias", nothing), by_kind, NgramTable(ngrams))
