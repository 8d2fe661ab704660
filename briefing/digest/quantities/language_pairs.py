"""Two numbers that are one figure in German, French and Spanish: ranges ("zwei bis drei Millionen")
and shares ("siete de cada diez"); scores are none."""

import re
from dataclasses import replace
from typing import NamedTuple

from briefing.digest.quantities.quantity import Quantity
from briefing.model import Span


class _Links(NamedTuple):
    """The words between two numbers that make one of them."""

    span: re.Pattern[str]
    """Between the ends of a range."""
    both: re.Pattern[str]
    """The same, where ``opener`` stands before."""
    opener: str
    origin: str
    """Before a number from which another was reached."""
    share: re.Pattern[str]


_LINKS = {
    "de": _Links(
        *(re.compile(r"\s(?:bis(?:\szu)?|oder)\s"), re.compile(r"\sund\s"), "zwischen", "von"),
        re.compile(r"\s(?:von|unter)\s"),
    ),
    "fr": _Links(
        *(re.compile(r"\s(?:à|ou)\s"), re.compile(r"\set\s"), "entre", "de"),
        re.compile(r"\ssur\s"),
    ),
    "es": _Links(
        *(re.compile(r"\s(?:a|o|u)\s"), re.compile(r"\sy\s"), "entre", "de"),
        re.compile(r"\sde\scada\s"),
    ),
}
_LAST_WORD = re.compile(r"([^\W\d_]+)\s\Z")
_COUNTED = re.compile(r"\s[^\W\d_]{3}")
_WHOLES = range(3, 101)
_FAR = 20  # from which on "cinq à sept cents" may be 500 to 700


def join_in_language(sentence: str, found: list[Quantity], language: str) -> list[Quantity]:
    """Ranges and shares among the numbers of a sentence as one figure each.

    found: in reading order. Of two numbers in a score ("2 à 1") neither is given back.
    """
    out: list[Quantity] = []
    dropped: Quantity | None = None
    for quantity in found:
        before = out[-1] if out else dropped
        joined = _join(sentence, before, quantity, _LINKS[language]) if before else [quantity]
        if joined is None:
            joined = [quantity]
        elif before is not dropped:
            out.pop()
        dropped = quantity if not joined else None
        out.extend(joined)
    return out


def _join(sentence: str, a: Quantity, b: Quantity, links: _Links) -> list[Quantity] | None:
    """What two numbers are together: one figure, two, or none; None where they are apart."""
    gap = sentence[a.span.end : b.span.start]
    if a.change or b.change or a.value_to is not None or b.value_to is not None:
        return None
    if links.share.fullmatch(gap):
        return _share(sentence, a, b)
    opened = _LAST_WORD.search(sentence, 0, a.span.start)
    opener = opened[1].lower() if opened else ""
    both = opener == links.opener and links.both.fullmatch(gap)
    if not (both or links.span.fullmatch(gap)) or (a.unit and b.unit and a.unit != b.unit):
        return None
    unit, scale = b.unit or a.unit, b.scale
    first = replace(a, unit=unit)
    if scale > 1 and a.scale == 1 and a.value < 1000:
        first = replace(first, value=a.value * scale, scale=scale)
    if first.value >= b.value:
        return []
    if opener == links.origin:
        return [first, replace(b, unit=unit)]
    if scale == 1 and b.value >= _FAR * first.value:
        return []
    return [
        replace(
            first,
            span=Span(a.span.start, b.span.end),
            core=Span(a.core.start, b.core.end),
            value_to=b.value,
            joined=b.joined,
        )
    ]


def _share(sentence: str, a: Quantity, b: Quantity) -> list[Quantity] | None:
    whole = int(b.value)
    if a.unit or b.unit or a.scale > 1 or whole not in _WHOLES or not 0 < a.value < whole:
        return None
    if a.value != int(a.value) or not _COUNTED.match(sentence, b.span.end):
        return None
    span, core = Span(a.span.start, b.span.end), Span(a.core.start, b.core.end)
    return [replace(a, span=span, core=core, value=round(a.value / whole, 4), fraction=True)]
