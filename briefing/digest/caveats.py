"""Caveats: sentences that change how far, how surely or in what light the claim should be taken."""

from dataclasses import dataclass

from briefing.digest.document import Sentence
from briefing.digest.features import Measured, load_weights
from briefing.digest.lexicon import CueHit
from briefing.model import Caveat, Cue, Span


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with cues, as judged: ``score`` above ``take`` of the weights makes a caveat."""

    sentence: Sentence
    caveat: Caveat | None
    score: float
    hits: tuple[CueHit, ...]


def judge_caveats(measured: Measured, main: int | None) -> dict[int, Judged]:
    """Every prose sentence that holds a cue, by number, with its score and mark.

    main: the number of the main claim, against which a caveat's bearing is measured. A bare
    pointer is never a caveat itself; what follows it gains.
    """
    document = measured.document
    judged: dict[int, Judged] = {}
    pointed = False
    for sentence in document.prose:
        if document.lexicon.is_pointer(sentence.text):
            pointed = True
            continue
        hits = document.lexicon.cues(sentence.text)
        if hits or pointed:
            result = _judge(measured, sentence, hits, main, pointed=pointed)
            if result is not None:
                judged[sentence.index] = result
        pointed = False
    return judged


def _judge(
    measured: Measured, sentence: Sentence, hits: list[CueHit], main: int | None, *, pointed: bool
) -> Judged | None:
    if not hits:
        return None
    weights = load_weights()
    table = weights.caveat
    features = measured.features[sentence.index]
    best = max(hits, key=lambda h: (h.rule.score, h.rule.weight))
    others = sum(h.rule.score for h in hits if h is not best)
    bearing = features.title + features.lead
    if main is not None:
        bearing += measured.similarity(sentence.index, main)
    score = (
        table["cue"] * best.rule.score
        + table["more"] * min(others, 1.2)
        + table["contrast"] * measured.document.lexicon.opens_with_contrast(sentence.text)
        + table["pointed"] * pointed
        + table["bearing"] * min(1.0, bearing)
        + table["position"] * features.position
        + table["quote"] * features.quote
        + table["first_person"] * features.first_person
        + table["short"] * features.short
    )
    if score < table["take"]:
        return Judged(sentence, None, score, tuple(hits))
    weight = best.rule.weight
    if weight == 2 and (pointed or score >= weights.choice["heavy"] + table["bearing"]):
        weight = 3
    start = sentence.span.start
    mark = Cue(
        best.rule.kind,
        weight,
        best.span.of(sentence.text),
        Span(start + best.span.start, start + best.span.end),
    )
    return Judged(sentence, Caveat(mark, (sentence.span,)), score, tuple(hits))
