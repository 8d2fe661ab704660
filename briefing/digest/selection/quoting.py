"""Quotation marks and brackets: which come in pairs, and what stands between them."""

import re

from briefing.model import Span

DOUBLE_QUOTES = re.compile(r"[\"“”„‟«»]")
ANY_QUOTE = re.compile(r"[\"“”„‟«»‘‚‹›`]|(?<!\w)['’]")
_SINGLE_OPEN = re.compile(r"[‘‚‹`]|(?<!\w)'(?=\w)")
_SINGLE_CLOSE = re.compile(r"[’'›](?!\w)")
_BRACKET = re.compile(r"[()\[\]]")
_PAIRS = {")": "(", "]": "["}


def is_balanced(text: str) -> bool:
    """Whether quotation marks come in pairs and brackets close in order."""
    if len(DOUBLE_QUOTES.findall(text)) % 2:
        return False
    opened: list[str] = []
    for bracket in _BRACKET.findall(text):
        if bracket in _PAIRS:
            if not opened or opened.pop() != _PAIRS[bracket]:
                return False
        else:
            opened.append(bracket)
    return not opened


def quotations(text: str) -> list[Span]:
    """The stretches of ``text`` in quotation marks; nested kinds make one from first to last."""
    marks = [m.start() for m in DOUBLE_QUOTES.finditer(text)]
    spans: list[Span] = []
    if marks and len({text[m] for m in marks}) > 2:
        spans.append(Span(marks[0], marks[-1] + 1))
    else:
        spans += [Span(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if opened := _SINGLE_OPEN.search(text):
        closed = [m.end() for m in _SINGLE_CLOSE.finditer(text, opened.end())]
        spans.append(Span(opened.start(), closed[-1] if closed else len(text)))
    return spans
