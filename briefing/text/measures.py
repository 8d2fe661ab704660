"""Figures told in the reader's own units of measure, beside what the article says.

pint knows the units; what is converted into what is data (``measures.toml``). pint takes half a
second to import, so a screen lets another thread ``load`` it.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from briefing.model import Figure

if TYPE_CHECKING:
    from pint import UnitRegistry

_LEAST_DIGITS = 2  # significant ones; a figure written with more keeps as many
_DEGREES = ("°C", "°F")


@dataclass(frozen=True, slots=True)
class _Measures:
    """pint's names of units, and by system what a unit is told in."""

    names: Mapping[str, str]
    systems: Mapping[str, Mapping[str, str]]
    registry: "UnitRegistry[Any]"


@cache
def load() -> _Measures:
    """The units and what is told in what, read once."""
    from pint import UnitRegistry

    file = resources.files("briefing.text") / "measures.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    names = data.pop("names")
    return _Measures(names, data, UnitRegistry(cache_folder=None))


def in_units(figure: Figure, system: str) -> str:
    """A figure in ``metric`` or ``imperial`` units: "39 miles", "20–25 °C".

    Rounded to as many significant digits as it was written with, two at least, and degrees to
    whole ones. Empty where it has no unit of measure, is in that system already, or tells of a
    change.
    """
    measures = load()
    target = measures.systems.get(system, {}).get(figure.unit)
    if target is None or figure.change is not None:
        return ""
    given = [figure.value] if figure.value_to is None else [figure.value, figure.value_to]
    quantity = measures.registry.Quantity
    source, wanted = measures.names[figure.unit], measures.names[target]
    told = []
    for value in given:
        found = float(quantity(value, source).to(wanted).magnitude)
        digits = 0 if target in _DEGREES else _decimals(found, _significant(value))
        told.append(f"{round(found, digits):,.{max(0, digits)}f}")
    return f"{'–'.join(told)} {target}"


def _significant(value: float) -> int:
    """How many digits a number is written with, zeros at its ends apart."""
    written = f"{abs(value):.6f}".rstrip("0").replace(".", "").strip("0")
    return max(_LEAST_DIGITS, len(written))


def _decimals(value: float, significant: int) -> int:
    """The decimals that leave so many significant digits; below 0 for tens, hundreds."""
    if value == 0:
        return 0
    return significant - 1 - math.floor(math.log10(abs(value)))
