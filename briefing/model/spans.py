"""A stretch of a text, by which everything that is shown is traced to its sentence."""

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch ``[start, end)`` of a text, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that this span covers in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a code point in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


Evidence = tuple[Span, ...]
"""Whole sentences of a text, in order."""
