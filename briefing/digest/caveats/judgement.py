"""What a judge says of a sentence."""

from typing import NamedTuple

from briefing.digest.sentences.document import Sentence
from briefing.model import Caveat, CaveatKind, Cue, Span


class Judgement(NamedTuple):
    """How surely a sentence is a caveat, by the measure of its judge, and the caveat if it is one.

    ``score`` is comparable between the sentences of one judge; from his threshold on it is one.
    """

    score: float
    caveat: Caveat | None = None


def mark_caveat(sentence: Sentence, kind: CaveatKind, weight: int, cue: Span) -> Caveat:
    """The caveat that ``sentence`` is. cue: the words that show it, in the sentence's own text."""
    start = sentence.span.start
    in_article = Span(start + cue.start, start + cue.end)
    return Caveat(Cue(kind, weight, cue.of(sentence.text), in_article), (sentence.span,))
