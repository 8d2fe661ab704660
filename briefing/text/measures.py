"""Figures told in the reader's own units of measure, beside what the article says.

How large each unit is and what is converted into what is data (``measures.toml``).
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.model import Figure

_LEAST_DIGITS = 2  # significant ones; a figure written with more keeps as many
_DEGREES = ("°C", "°F")
_FLOAT_ERROR = 1e-12  # of a logarithm: 25.4 mm are one inch, not 0.9999999999999999


@dataclass(frozen=True, slots=True)
class _Measures:
    """Units by name. factor: in the SI unit of their kind; offset: in kelvins, of a scale's zero.

    systems: by system, what a unit of the other system is told in.
    """

    factor: Mapping[str, float]
    offset: Mapping[str, float]
    systems: Mapping[str, Mapping[str, str]]

    def convert(self, value: float, source: str, target: str) -> float:
        """A value of the unit ``source`` in ``target``, a unit of the same kind."""
        if source in self.offset:
            kelvins = value * self.factor[source] + self.offset[source]
            return (kelvins - self.offset[target]) / self.factor[target]
        return value * (self.factor[source] / self.factor[target])


@cache
def load() -> _Measures:
    """The units and what is told in what, read once."""
    file = resources.files("briefing.text") / "measures.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Measures(data.pop("factor"), data.pop("offset"), data)


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
    written = [figure.value] if figure.value_to is None else [figure.value, figure.value_to]
    shown = []
    for value in written:
        converted = measures.convert(value, figure.unit, target)
        digits = 0 if target in _DEGREES else _decimals(converted, _significant(value))
        shown.append(f"{round(converted, digits):,.{max(0, digits)}f}")
    return f"{'–'.join(shown)} {target}"


def _significant(value: float) -> int:
    """How many digits a number is written with, zeros at its ends apart."""
    written = f"{abs(value):.6f}".rstrip("0").replace(".", "").strip("0")
    return max(_LEAST_DIGITS, len(written))


def _decimals(value: float, significant: int) -> int:
    """The decimals that leave so many significant digits; below 0 for tens, hundreds."""
    if value == 0:
        return 0
    return significant - 1 - math.floor(math.log10(abs(value)) + _FLOAT_ERROR)
