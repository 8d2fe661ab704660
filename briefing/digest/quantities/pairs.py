"""Two numbers that are one figure: ranges ("12 to 15 weeks"), before and after ("to 6 from 7")."""

import re
from dataclasses import replace

from briefing.digest.quantities.quantity import Quantity
from briefing.model import Change, Span

_RANGE = re.compile(r"\s?[-–—]\s?|-to-|\s(?:to|or)\s|\sand\s")
_FROM = re.compile(
    r",?\s(?:(?:up|down|compared)\s)?(?:sharply\s|slightly\s)?from\s(?:a\srecord\s)?"
)
_LAST_WORDS = re.compile(r"[a-z]+")


def join_pairs(sentence: str, found: list[Quantity], moves: frozenset[str]) -> list[Quantity]:
    """Ranges, and moves from one value to another, as one figure each.

    found: the numbers of ``sentence`` in reading order. moves: verbs of movement.
    """
    out: list[Quantity] = []
    for quantity in found:
        merged = _pair(sentence, out[-1], quantity, moves) if out else None
        if merged is None:
            out.append(quantity)
        else:
            out[-1] = merged
    return out


def _pair(sentence: str, a: Quantity, b: Quantity, moves: frozenset[str]) -> Quantity | None:
    """The two as one figure, or None where they are two."""
    if a.change or a.value_to is not None or b.core.start < a.core.end:
        return None
    between = sentence[a.core.end : b.core.start]
    if len(between) > 40:
        return None
    head = sentence[max(0, a.span.start - 60) : a.span.start].lower()
    gap = sentence[a.span.end : b.span.start]
    if _FROM.fullmatch(gap) and (not a.unit or not b.unit or a.unit == b.unit):
        a, b = _share(a, b)
        return replace(
            a,
            span=Span(a.span.start, b.span.end),
            core=Span(a.core.start, b.core.end),
            change=Change(b.value, a.value),
        )
    if not _RANGE.fullmatch(between):
        return None
    word = between.strip()
    if word == "and" and not head.endswith("between "):
        return None
    came_from = head.endswith("from ")
    moved = came_from and any(w in moves for w in _LAST_WORDS.findall(head))
    if a.unit and b.unit and a.unit != b.unit:
        return None
    a, b = _share(a, b)
    start = a.span.start - len("from ") if came_from else a.span.start
    if word == "to" and moved:
        return replace(
            b,
            span=Span(start, b.span.end),
            core=Span(a.core.start, b.core.end),
            change=Change(a.value, b.value),
        )
    if b.value <= a.value:
        return None
    if word == "and":
        start -= len("between ")
    start = a.span.start if word != "and" else start
    return replace(
        a,
        span=Span(start, b.span.end),
        core=Span(a.core.start, b.core.end),
        value_to=b.value,
        joined=b.joined,
    )


def _share(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Gives each the unit, and the first the magnitude, that only the other names."""
    if not a.unit:
        a = replace(a, unit=b.unit)
    if not b.unit:
        b = replace(b, unit=a.unit)
    if b.scale > 1 and a.scale == 1 and a.value < 1000 and not a.fraction:
        a = replace(a, value=a.value * b.scale, scale=b.scale)
    return a, b
