"""An article in windows of tokens: each sentence is judged once, with what stands around it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOW = 320
"""Tokens of a window at most, unless one sentence alone is longer."""
_TITLE, _OPENING, _BEFORE, _SENTENCE = 32, 48, 64, 128  # most tokens of each in a window


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens of part of an article, and where the sentences judged here stand in them.

    places: of each its number in the article, its first token and the one past its last.
    """

    tokens: tuple[int, ...]
    places: tuple[tuple[int, int, int], ...]


def windows_of(
    title: Sequence[int], sentences: Sequence[Sequence[int]], *, opener: int, separator: int
) -> Iterator[Window]:
    """The windows of an article, given the tokens of its title and sentences.

    Each begins with the title; from the second on the article's first sentence and the two before
    follow. opener, separator: the numbers of the tokens that open a window and end its parts.
    """
    at = 0
    while at < len(sentences):
        tokens = _before(at, title, sentences, opener=opener, separator=separator)
        places: list[tuple[int, int, int]] = []
        while at < len(sentences):
            own = sentences[at][:_SENTENCE] or [separator]
            if places and len(tokens) + len(own) + 1 > WINDOW:
                break
            places.append((at, len(tokens), len(tokens) + len(own)))
            tokens += own
            at += 1
        yield Window((*tokens, separator), tuple(places))


def window_of(
    number: int,
    title: Sequence[int],
    sentences: Sequence[Sequence[int]],
    *,
    opener: int,
    separator: int,
) -> Window:
    """The shortest window in which sentence ``number`` is judged: it and what stands before it."""
    tokens = _before(number, title, sentences, opener=opener, separator=separator)
    own = sentences[number][:_SENTENCE] or [separator]
    place = (number, len(tokens), len(tokens) + len(own))
    return Window((*tokens, *own, separator), (place,))


def _before(
    at: int,
    title: Sequence[int],
    sentences: Sequence[Sequence[int]],
    *,
    opener: int,
    separator: int,
) -> list[int]:
    """The tokens of a window before those of sentence ``at``, the first that is judged in it."""
    tokens = [opener, *title[:_TITLE], separator]
    if at > 2:
        tokens += [*sentences[0][:_OPENING], separator]
    for before in sentences[max(0, at - 2) : at]:
        tokens += before[:_BEFORE]
    return tokens


def place_of(number: int, count: int) -> tuple[float, float]:
    """Where sentence ``number`` of ``count`` stands, as the encoder is told it."""
    return math.log1p(number) / 4, number / max(1, count)
