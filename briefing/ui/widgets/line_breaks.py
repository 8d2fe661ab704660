"""Where the lines of a paragraph break, as offsets in its text."""

import re

from rich.cells import cell_len, chop_cells

# What may not be one column wide; the rest is Latin with its punctuation, quotation marks, dashes.
_UNEVEN = re.compile("[^ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203b\u20ac]")
_WORD = re.compile(r"\S+")


def line_breaks(text: str, first: int, later: int, *, hard: bool = False) -> list[tuple[int, int]]:
    """First and last offset of each line of ``text``, at least one, without the spaces between.

    first, later: columns of the first line and of the others, at least 1. hard: break at the
    column, wherever words end. Newlines break lines too.
    """
    if "\n" in text:
        lines: list[tuple[int, int]] = []
        at = 0
        for part in text.split("\n"):
            found = line_breaks(part, later if at else first, later, hard=hard)
            lines += [(at + a, at + b) for a, b in found]
            at += len(part) + 1
        return lines
    if len(text) <= first and not _UNEVEN.search(text):
        return [(0, len(text))]
    if _UNEVEN.search(text):
        return _by_cells(text, first, later, hard=hard)
    lines = []
    at, width = 0, first
    while len(text) - at > width:
        end = -1 if hard else text.rfind(" ", at + 1, at + width + 1)
        if end < 0:
            end = at + width
        lines.append((at, end))
        at, width = end, later
        while not hard and at < len(text) and text[at] == " ":
            at += 1
    if at < len(text) or not lines:
        lines.append((at, len(text)))
    return lines


def _by_cells(text: str, first: int, later: int, *, hard: bool) -> list[tuple[int, int]]:
    """The same for text some of whose characters take two columns, or none."""
    lines: list[tuple[int, int]] = []
    begin = end = used = 0
    width = first
    words = [(0, text)] if hard else [(m.start(), m[0]) for m in _WORD.finditer(text)]
    for at, word in words:
        blank, cells = at - end, cell_len(word)
        if end > begin and used + blank + cells <= width:
            used, end = used + blank + cells, at + len(word)
            continue
        if end > begin:  # it may be of characters that take no column
            lines.append((begin, end))
            width = later
        begin, used, end = at, cells, at + len(word)
        if cells > width:
            for part in chop_cells(word, min(width, later))[:-1]:
                lines.append((begin, begin + len(part)))
                begin, width = begin + len(part), later
            used = cell_len(text[begin:end])
    if end > begin or not lines:
        lines.append((begin, max(begin, end)))
    return lines
