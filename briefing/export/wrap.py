"""Breaking lines by the cells they take on a terminal."""

import unicodedata
from collections.abc import Iterator


def cells(text: str) -> int:
    """How many terminal cells ``text`` takes: wide ones two, marks none (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """``text`` in lines of at most ``width`` cells, the first led by ``first``, others by ``rest``.

    Lines break at spaces. A word longer than a line is broken only where it has wide characters
    (Chinese, Japanese, Korean); an address stays whole, so that it can be copied.
    ``rest`` is as many spaces as ``first`` is wide where it is not given.
    """
    following = " " * cells(first) if rest is None else rest
    lines: list[str] = []
    lead, line, used = first, "", cells(first)
    for piece, spaced in _pieces(text):
        size = cells(piece)
        gap = 1 if spaced and line else 0
        if line and used + gap + size > width:
            lines.append(lead + line)
            lead, line, used, gap = following, "", cells(following), 0
        line += " " * gap + piece
        used += gap + size
    if line or not lines:
        lines.append((lead + line).rstrip())
    return lines


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What a line may be broken between, each with whether a space stands before it."""
    for word in text.split():
        if word.isascii() or all(_cell(c) < 2 for c in word):
            yield word, True
            continue
        run, spaced = "", True
        for character in word:
            # A mark that joins or closes stays with the character before it.
            if run and _cell(character) == 2 and unicodedata.category(character)[0] == "L":
                yield run, spaced
                run, spaced = "", False
            run += character
        yield run, spaced


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
