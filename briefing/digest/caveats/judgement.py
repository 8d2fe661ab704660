"""What a judge says of a sentence."""

from typing import NamedTuple

from briefing.digest.sentences.document import Sentence
from briefing.model import Caveat, CaveatKind, Cue, Span

_DIGITS = 3  # of a probability


class Judgement(NamedTuple):
    """How surely a sentence is a caveat, by the measure of its judge, and the caveat if it is one.

    ``score`` is comparable between the sentences of one judge; from his threshold on it is one.
    mark: what a reader is shown of it where it is a bullet, None where it is not probable enough
    for that. bullet: log-odds that an editor would take it as one, claim: how much rather it is the
    main claim than other sentences, of a judge that tells that too. probability: how likely it is a
    caveat, calibrated; sureness: how likely a caveat is of its kind, were it one. Both are None
    where they are not known.
    """

    score: float
    caveat: Caveat | None = None
    mark: Cue | None = None
    bullet: float = 0.0
    claim: float = 0.0
    probability: float | None = None
    sureness: float | None = None


def mark_caveat(
    sentence: Sentence,
    kind: CaveatKind,
    weight: int,
    cue: Span | None,
    probability: float | None = None,
) -> Caveat:
    """The caveat that ``sentence`` is.

    cue: the words that show it, in the sentence's own text; None where no few words do.
    """
    cue = cue or Span(0, 0)
    start = sentence.span.start
    in_article = Span(start + cue.start, start + cue.end)
    probability = None if probability is None else round(probability, _DIGITS)
    mark = Cue(kind, weight, cue.of(sentence.text), in_article, probability)
    return Caveat(mark, (sentence.span,))
