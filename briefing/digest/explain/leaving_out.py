"""The words that move a judge who reads: each is left out, and the sentence judged again."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from briefing.digest.caveats.reasons import Reason
from briefing.digest.explain.attributions import wording_of
from briefing.model import Span
from briefing.text import tokens

_PARTS = 24  # of a sentence at most: longer ones are left out by several words at a time
_LEAST = 0.3  # log-odds; what moves less is not shown
_FOR, _AGAINST = 3, 2  # words or phrases shown on either side
_PHRASE = 4  # parts of a phrase


LogOdds = Callable[[Sequence[str]], Sequence[float]]
"""Of each of several texts that a sentence could have."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a sentence, and by how much the log-odds are higher with them than without."""

    span: Span
    effect: float


def moving_words(text: str, quick: LogOdds, settled: LogOdds) -> tuple[Reason, ...]:
    """The words or phrases of ``text`` that raise its log-odds most, then those that lower them.

    quick: log-odds of each of several readings of the sentence, roughly, by which words are found;
    settled: as they are judged, by which they are weighed. A word counts by what its leaving out
    changes; neighbours that move it the same way are left out together once more.
    """
    spans = _parts(text)
    if len(spans) < 2:
        return ()
    whole, *without = quick([text, *(_without(text, span) for span in spans)])
    parts = [_Part(s, whole - left) for s, left in zip(spans, without, strict=True)]
    runs = sorted(_runs(parts), key=lambda run: -abs(sum(p.effect for p in run)))
    chosen = [r for r in runs if r[0].effect > 0][:_FOR]
    chosen += [r for r in runs if r[0].effect < 0][:_AGAINST]
    if not chosen:
        return ()
    phrases = [Span(run[0].span.start, run[-1].span.end) for run in chosen]
    again = quick([_without(text, phrase) for phrase in phrases])
    found = [
        _heavier(run, _Part(phrase, whole - left))
        for run, phrase, left in zip(chosen, phrases, again, strict=True)
    ]
    form: str = wording_of("ngram")["plain"]
    whole, *without = settled([text, *(_without(text, part.span) for part in found)])
    pairs = zip(found, without, strict=True)
    weighed = [
        Reason(form.format(part.span.of(text)), whole - left)
        for part, left in pairs
        if (whole - left) * part.effect > 0 and abs(whole - left) >= _LEAST
    ]
    return tuple(sorted(weighed, key=lambda r: (r.score < 0, -abs(r.score))))


def _parts(text: str) -> list[Span]:
    """The words of a sentence, or as many neighbours together as make ``_PARTS`` of them."""
    spans = [token.span for token in tokens(text)]
    size = -(-len(spans) // _PARTS) or 1
    groups = [spans[at : at + size] for at in range(0, len(spans), size)]
    return [Span(group[0].start, group[-1].end) for group in groups]


def _without(text: str, span: Span) -> str:
    return " ".join((text[: span.start] + text[span.end :]).split())


def _runs(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Neighbours that move the log-odds the same way, each enough to be shown."""

    def way(part: _Part) -> int:
        return 0 if abs(part.effect) < _LEAST else 1 if part.effect > 0 else -1

    for sign, group in itertools.groupby(parts, way):
        run = list(group)
        if sign:
            yield from (run[at : at + _PHRASE] for at in range(0, len(run), _PHRASE))


def _heavier(run: Sequence[_Part], phrase: _Part) -> _Part:
    """The phrase, unless one of its parts moves more by itself."""
    sign = 1 if run[0].effect > 0 else -1
    return max((phrase, *run), key=lambda p: sign * p.effect)
