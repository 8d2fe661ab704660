"""Caveats: sentences that change how far, how surely or in what light the claim should be taken."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.digest.features.document_features import Features, Measured, spelled
from briefing.digest.lexicon import CueHit
from briefing.digest.models.sentence_models import KindModel, LinearModel, Models
from briefing.digest.parameters import load_parameters
from briefing.digest.sentences.document import Sentence
from briefing.model import Caveat, CaveatKind, Cue, Span
from briefing.text import tokens

_SURE = 0.8  # score of a cue that makes a caveat of a kind too rare to be learned (corrections)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as judged: ``score`` is comparable within a language, and at ``take`` of its
    weights the sentence is taken for a caveat.
    """

    sentence: Sentence
    caveat: Caveat | None
    score: float
    hits: tuple[CueHit, ...]


def judge_caveats(
    measured: Measured, models: Models, sums: Mapping[int, tuple[int, int]]
) -> dict[int, Judged]:
    """Every prose sentence by number, with its score and, if it is a caveat, its mark.

    English by what was learned from labelled articles, other languages with a lexicon by reasoned
    weights; where there is no lexicon nothing is judged. A bare pointer is never a caveat itself.
    sums: those of ``Models.of_wordings``.
    """
    document = measured.document
    if not document.lexicon.known:
        return {}
    english = document.lexicon.language == "en"
    judged = {}
    for sentence in document.prose:
        if sentence.index in measured.pointers:
            continue
        if english:
            features = measured.features[sentence.index]
            score = models.caveat.log_odds(features, sums[sentence.index][0])
            judged[sentence.index] = _learned(sentence, features, score, models)
        else:
            judged[sentence.index] = _reasoned(measured, sentence)
    return judged


def _learned(sentence: Sentence, features: Features, score: float, models: Models) -> Judged:
    hits, model, kinds = sentence.cues, models.caveat, models.kind
    for hit in hits:
        if hit.rule.kind not in kinds.kinds and hit.rule.score >= _SURE:
            mark = _caveat(sentence, hit.rule.kind, hit.rule.weight, hit.span)
            return Judged(sentence, mark, max(score, model.extras["take"]), hits)
    if score < model.extras["take"]:
        return Judged(sentence, None, score, hits)
    weight = 1 + (score >= model.extras["two"]) + (score >= model.extras["three"])
    kind = kinds.kind(features, spelled(sentence), hits)
    within = _cue(sentence, kind, hits, model, kinds)
    return Judged(sentence, _caveat(sentence, kind, weight, within), score, hits)


def _cue(
    sentence: Sentence,
    kind: CaveatKind,
    hits: tuple[CueHit, ...],
    model: LinearModel,
    kinds: KindModel,
) -> Span:
    """The words that carry the caveat: a cue of its kind, else the wording that tells most that it
    is one, and one of that kind.
    """
    own = [h for h in hits if h.rule.kind is kind]
    if own:
        return max(own, key=lambda h: (h.rule.score, -h.span.start)).span
    found = tokens(sentence.text)
    low = [t.text.lower().replace("’", "'") for t in found]

    def weight(wording: str) -> float:
        return model.weight(wording) + kinds.weight(wording, kind)

    runs = [(weight(w), at, at) for at, w in enumerate(low)]
    runs += [
        (weight(f"{a} {b}") + runs[at][0] + runs[at + 1][0], at, at + 1)
        for at, (a, b) in enumerate(itertools.pairwise(low))
    ]
    _, first, last = max(runs, key=lambda r: (r[0], -r[1]))
    return Span(found[first].span.start, found[last].span.end)


def _reasoned(measured: Measured, sentence: Sentence) -> Judged:
    hits = sentence.cues
    if not hits:
        return Judged(sentence, None, 0.0, ())
    table = load_parameters()
    features = measured.features[sentence.index]
    best = max(hits, key=lambda h: (h.rule.score, h.rule.weight))
    others = sum(h.rule.score for h in hits) - best.rule.score
    score = (
        table["cue"] * best.rule.score
        + table["more"] * min(others, 1.2)
        + table["contrast"] * features.contrast
        + table["pointed"] * features.pointed
        + table["bearing"] * min(1.0, features.title + features.lead_two)
        + table["position"] * features.position
        + table["quote"] * features.quote
        + table["first_person"] * features.first_person
        + table["short"] * features.short
    )
    if score < table["take"]:
        return Judged(sentence, None, score, hits)
    weight = best.rule.weight
    if weight == 2 and (features.pointed or score >= table["heavy"]):
        weight = 3
    return Judged(sentence, _caveat(sentence, best.rule.kind, weight, best.span), score, hits)


def _caveat(sentence: Sentence, kind: CaveatKind, weight: int, within: Span) -> Caveat:
    start = sentence.span.start
    span = Span(start + within.start, start + within.end)
    return Caveat(Cue(kind, weight, within.of(sentence.text), span), (sentence.span,))
