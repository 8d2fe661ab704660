"""What the people and organisations of an article say: each quotation with its speaker."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from briefing.digest.entities.name_lists import name_lists
from briefing.digest.sentences.document import Document, Sentence
from briefing.digest.wordlists import alternatives
from briefing.model import Entity, Quotation, Span

# What must not stand before a mark is asked behind it: so the search looks for marks alone.
_QUOTED = re.compile(r"“[^“”\n]{2,2000}(?:”|$)|\"(?<!\w\")[^\"\n]{2,2000}(?:\"|$)", re.MULTILINE)
_WORDS = 4  # a quotation of fewer words is a name or a turn of phrase
_GAP = 60  # characters between a speaker and the verb, a description included
_CARRIED = 2  # sentences that a speaker named before goes on for, by "he said" or nothing


def find_quotations(document: Document, entities: Iterable[Entity]) -> tuple[Quotation, ...]:
    """The quotations of ``document`` in reading order.

    The speaker is the one of ``entities`` named beside a verb of saying outside the marks, in the
    same sentence; or the speaker just before, where "he said" stands there. Places and names inside
    the quotation never speak.
    """
    quotes = [
        Span(*m.span()) for m in _QUOTED.finditer(document.text) if len(m.group().split()) >= _WORDS
    ]
    if not quotes:
        return ()
    named = sorted((span, entity) for entity in entities for span in entity.mentions)
    reader = _Reader(document, quotes, [n[0] for n in named], [n[1] for n in named])
    return tuple(reader.read(start, end) for start, end in quotes)


@cache
def _said() -> re.Pattern[str]:
    """The verbs of saying."""
    return re.compile(rf"\b(?:{alternatives(name_lists().saying)})\b")


class _Reader:
    """Gives the quotations of one document their speakers, in reading order."""

    def __init__(
        self, document: Document, quotes: list[Span], spans: list[Span], entities: list[Entity]
    ) -> None:
        self._document = document
        self._spans = spans
        self._entities = entities
        self._starts = [s.span.start for s in document.sentences]
        self._quotes = quotes
        self._last: tuple[Entity, int] | None = None

    def read(self, start: int, end: int) -> Quotation:
        """The quotation of these places."""
        held = self._sentences(start, end)
        evidence = tuple(s.span for s in held)
        if not held:
            return Quotation(Span(start, end), None, ())
        speaker = self._speaker(held[0].span.start, held[-1].span.end)
        if speaker is None and self._goes_on(held, start, end) and self._last is not None:
            speaker = self._last[0]
            before = self._document.sentences[self._last[1]].span
            evidence = evidence if before in evidence else (before, *evidence)
        elif speaker is not None:
            self._last = (speaker, held[-1].index)
        return Quotation(Span(start, end), speaker.name if speaker else None, evidence)

    def _sentences(self, start: int, end: int) -> list[Sentence]:
        at = max(0, bisect_left(self._starts, start + 1) - 1)
        stop = bisect_left(self._starts, end)
        return [s for s in self._document.sentences[at:stop] if s.span.end > start]

    def _speaker(self, start: int, end: int) -> Entity | None:
        """Who is named beside a verb of saying between two places, outside all marks."""
        text = self._document.text
        verbs = [m for m in _said().finditer(text, start, end) if not self._inside(m.start())]
        first = bisect_left(self._spans, Span(start, start))
        last = bisect_left(self._spans, Span(end, end))
        near = [
            (self._distance(span, verb.start(), verb.end()), at)
            for at, span in enumerate(self._spans[first:last], first)
            if not self._inside(span.start)
            for verb in verbs
        ]
        gap, at = min(near, default=(_GAP + 1, 0))
        return self._entities[at] if gap <= _GAP else None

    def _distance(self, name: Span, start: int, end: int) -> int:
        """How far a name stands from a verb; another sentence, or a name it governs, is far."""
        text = self._document.text
        if name.start >= end:  # "said Brun": nothing but a title between
            between = text[end : name.start]
            return _GAP + 1 if "," in between or "that" in between.split() else len(between)
        between = text[name.end : start]
        return _GAP + 1 if re.search(r"[.!?;]\s|\band\b", between) else len(between)

    def _inside(self, at: int) -> bool:
        index = bisect_left(self._quotes, Span(at + 1, 0)) - 1
        return index >= 0 and self._quotes[index].start <= at < self._quotes[index].end

    def _goes_on(self, held: list[Sentence], start: int, end: int) -> bool:
        """Whether a quotation without a name goes on with the speaker before it."""
        if self._last is None or held[0].index - self._last[1] > _CARRIED:
            return False
        text = self._document.text
        rest = text[held[0].span.start : start] + " " + text[end : held[-1].span.end]
        if _PRONOUN_SAYS.search(rest):
            return True
        same = self._document.sentences[self._last[1]].paragraph == held[0].paragraph
        return same and not re.search(r"\w", rest)


_PRONOUN_SAYS = re.compile(
    r"\b(?:[Hh]e|[Ss]he)\s(?:\w+ly\s)?(?:said|says|added|adds|told|wrote|continued|explained)\b"
    r"|\b(?:said|says|added|adds)\s(?:he|she)\b"
)
