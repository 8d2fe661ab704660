"""How much each sentence belongs among the bullets."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.digest.caveats.judgement import Judgement
from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.models.sentence_models import SentenceModels
from briefing.digest.parameters import load_parameters

_AMONG = 4  # likeliest caveats of an article


class CaveatFeatures(NamedTuple):
    """What the caveat scores (log-odds) of an article's sentences say about one of them.

    Its score, its chance, its share of all the chances, and whether it is the likeliest, the
    second, or one of the four likeliest.
    """

    caveat: float
    caveat_chance: float
    caveat_share: float
    caveat_likeliest: float
    caveat_second: float
    caveat_among_four: float


def caveat_features(scores: Mapping[int, float]) -> dict[int, CaveatFeatures]:
    """The features of each sentence, by number, out of the caveat scores of an article."""
    chances = {i: 1 / (1 + math.exp(-s)) for i, s in scores.items()}
    total = sum(chances.values()) + 0.3
    order = sorted(scores, key=lambda i: (-scores[i], i))
    return {
        i: CaveatFeatures(
            scores[i],
            chances[i],
            chances[i] / total,
            float(place == 0),
            float(place == 1),
            float(place < _AMONG),
        )
        for place, i in enumerate(order)
    }


def scored_caveat_features(
    features: DocumentFeatures, judgements: Sequence[Judgement | None], *, log_odds: bool
) -> dict[int, CaveatFeatures]:
    """``caveat_features`` of the sentences judged; of none where the scores are no log-odds."""
    if not log_odds:
        return {}
    pairs = zip(features.sentences, judgements, strict=True)
    return caveat_features({a.sentence.index: j.score for a, j in pairs if j is not None})


def brevity_weight(count: int) -> float:
    """How much saying most in few words counts: the more, the fewer bullets there are."""
    parameters = load_parameters("selection")
    return parameters["brevity" if count >= parameters["ample"] else "brevity_tight"]


def rank(
    features: DocumentFeatures,
    caveats: Mapping[int, CaveatFeatures],
    models: SentenceModels,
    count: int,
) -> list[float]:
    """How much each of ``features.sentences`` belongs among ``count`` bullets: higher is more.

    What an editor would take, and how much a sentence says for its length. caveats: what
    ``scored_caveat_features`` gives.
    """
    editor, brevity = models.editor, models.brevity
    weights = [editor.constants[name] for name in CaveatFeatures._fields]
    of_brevity = brevity_weight(count)
    scores = []
    for analysis in features.sentences:
        score = editor.log_odds(analysis.features, analysis.ngram_scores.editor)
        for weight, value in zip(weights, caveats.get(analysis.sentence.index, ()), strict=False):
            score += weight * value
        scores.append(score + of_brevity * brevity.log_odds(analysis.features))
    return scores
