"""Bounds before a number in German, French and Spanish: "mindestens", "plus de", "unos".

Left out is what as often means something else: "über", "unter", "jusqu'à", "hasta".
"""

import re
from dataclasses import replace
from typing import cast

from briefing.digest.quantities.quantity import Quantity
from briefing.model import Bound, Span

_BOUNDS = {
    "de": (
        r"(?P<more>mindestens\s|wenigstens\s|zumindest\s|nicht\sweniger\sals\s)"
        r"|(?P<less>höchstens\s|maximal\s|bis\szu\s|nicht\smehr\sals\s)"
        r"|(?P<more2>mehr\sals\s)|(?P<less2>weniger\sals\s)"
        r"|(?P<about>rund\s|etwa\s|circa\s|ca\.\s|ungefähr\s|fast\s|knapp\s|gut\s|nahezu\s"
        r"|annähernd\s|schätzungsweise\s)"
    ),
    "fr": (
        r"(?P<more>au\s(?:moins|minimum)\s|pas\smoins\s(?:de\s|d['’]))"
        r"|(?P<less>au\s(?:plus|maximum)\s|pas\splus\s(?:de\s|d['’]))"
        r"|(?P<more2>plus\s(?:de\s|d['’]))|(?P<less2>moins\s(?:de\s|d['’]))"
        r"|(?P<about>environ\s|près\s(?:de\s|d['’])|quelque\s|presque\s|autour\sde\s)"
    ),
    "es": (
        r"(?P<more>al\smenos\s|por\slo\smenos\s|como\smínimo\s|no\smenos\sde\s)"
        r"|(?P<less>como\s(?:mucho|máximo)\s|no\smás\sde\s)"
        r"|(?P<more2>más\sde\s)|(?P<less2>menos\sde\s)"
        r"|(?P<about>un[oa]s\s|cerca\sde\s|alrededor\sde\s|casi\s|aproximadamente\s|en\storno\sa\s)"
    ),
}
_BEFORE = {
    language: re.compile(rf"(?<!\w)(?:{bounds})\Z", re.IGNORECASE)
    for language, bounds in _BOUNDS.items()
}
_LONGEST = 26  # code points of a bound and the word before it


def with_bound(sentence: str, quantity: Quantity, language: str) -> Quantity:
    """The figure with the bound that words of ``language`` right before it give; as it was where
    none stands there, or it has one."""
    start = quantity.span.start
    if quantity.bound or quantity.change:
        return quantity
    near = sentence[max(0, start - _LONGEST) : start].replace("\u00a0", " ")
    found = _BEFORE[language].search(near)
    if found is None:
        return quantity
    span = Span(start - len(found[0]), quantity.span.end)
    return replace(quantity, span=span, bound=cast("Bound", (found.lastgroup or "").rstrip("2")))
