"""A sentence that gets shorter, and the guard over what it must not lose."""

from collections.abc import Sequence
from typing import NamedTuple

from briefing.digest.selection.quoting import ANY_QUOTE, is_balanced, quotations
from briefing.digest.selection.shortening_rules import (
    WORD,
    ShorteningRules,
    normalised,
    word_parts,
)
from briefing.model import Span

LEAST = 6
"""Words that a bullet has at least."""
_LONGEST_ASIDE = 14  # words
_SHORTEST_ASIDE = 3  # words; fewer may say what is meant
_NO_SPACE_BEFORE = tuple(",.;:!?…)]”’»")


class Piece(NamedTuple):
    """A piece of a draft: where it starts there, where in the first version, and its length."""

    start: int
    source: int
    length: int

    def part(self, start: int, end: int) -> "Piece":
        """What of it lies within ``[start, end)`` of the draft; its length may be 0 or less."""
        first = max(start, self.start)
        last = min(end, self.start + self.length)
        return Piece(first, self.source + first - self.start, last - first)


class Draft:
    """A text that gets shorter, and the guard over what it must not lose."""

    __slots__ = ("_pieces", "cue", "rules", "text")

    def __init__(self, text: str, rules: ShorteningRules, cue: Span | None) -> None:
        self.text = text
        self.rules = rules
        self.cue = cue
        self._pieces = [Piece(0, 0, len(text))]

    def kept(self, start: int) -> tuple[Span, ...]:
        """The spans that are left, of a text whose first version began at ``start``."""
        return tuple(Span(start + p.source, start + p.source + p.length) for p in self._pieces)

    def drop(self, start: int, end: int, *, least: int = LEAST) -> bool:
        """Leaves out ``[start, end)`` unless something of worth would be lost; says whether it did.

        least: how many words must remain.
        """
        dropped = self.text[start:end]
        if self.worth(dropped) or not is_balanced(dropped) or self._quoted(start, end):
            return False
        return self.cut(start, end, least=least)

    def cut(self, start: int, end: int, *, least: int = LEAST) -> bool:
        """Leaves out ``[start, end)`` unless it touches the cue or too few words would remain."""
        if self.cue is not None and self.cue.overlaps(Span(start, end)):
            return False
        before, after = self.text[:start].rstrip(), self.text[end:].lstrip()
        tight = not before or not after or after.startswith(_NO_SPACE_BEFORE)
        text = f"{before}{after}" if tight else f"{before} {after}"
        if len(WORD.findall(text)) < least:
            return False
        if self.cue is not None and self.cue.start >= end:
            shift = len(text) - len(self.text)
            self.cue = Span(self.cue.start + shift, self.cue.end + shift)
        self._keep(len(before), len(self.text) - len(after), len(text) - len(self.text))
        self.text = text
        return True

    def _keep(self, before: int, after: int, shift: int) -> None:
        """Cut the pieces to what stands before ``before`` and, moved, from ``after`` on."""
        heads = (piece.part(0, before) for piece in self._pieces)
        tails = (piece.part(after, len(self.text)) for piece in self._pieces)
        moved = (p._replace(start=p.start + shift) for p in tails)
        self._pieces = [piece for piece in (*heads, *moved) if piece.length > 0]

    def worth(self, dropped: str) -> bool:
        """Whether ``dropped`` holds a number, a hedge, a denial, a contrast."""
        if any(c.isnumeric() for c in dropped):
            return True
        low = normalised(dropped)
        return not self.rules.kept.isdisjoint(word_parts(low)) or any(
            p in low for p in self.rules.kept_phrases
        )

    def loose(self, words: Sequence[str]) -> bool:
        """Whether an aside of these words (lower case) can go without a change of grammar or reach.

        It ties nothing to its sentence, names no source, sets no condition.
        """
        lexicon = self.rules.lexicon
        return (
            _SHORTEST_ASIDE <= len(words) <= _LONGEST_ASIDE
            and self.rules.binding.isdisjoint(word_parts(normalised(words[0])))
            and self.rules.conditions.isdisjoint(words)
            and lexicon.attribution_verbs.isdisjoint(words)
            and lexicon.first_person.isdisjoint(words)
        )

    def _quoted(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` touches a quotation mark or stands within a quotation."""
        if not ANY_QUOTE.search(self.text):
            return False
        if ANY_QUOTE.search(self.text, start, end):
            return True
        return any(q.overlaps(Span(start, end)) for q in quotations(self.text))
