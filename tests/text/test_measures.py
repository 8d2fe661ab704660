"""Figures in the reader's own units: rightly converted, not more exact than they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Change, Figure, Span
from briefing.text.measures import in_units, load


def _figure(value: float, unit: str, to: float | None = None) -> Figure:
    return Figure("", value, Span(0, 1), (Span(0, 1),), value_to=to, unit=unit)


@pytest.mark.parametrize(
    ("value", "unit", "system", "told"),
    [
        (63, "km", "imperial", "39 miles"),
        (44, "t", "imperial", "97,000 pounds"),
        (26.2, "miles", "metric", "42.2 km"),
        (50, "°F", "metric", "10 °C"),
        (2000, "acres", "metric", "810 ha"),
        (0.5, "inches", "metric", "1.3 cm"),
        (0, "°C", "imperial", "32 °F"),
        (25.4, "mm", "imperial", "1.00 inches"),
    ],
)
def test_a_measure_is_told_in_the_other_system(
    value: float, unit: str, system: str, told: str
) -> None:
    assert in_units(_figure(value, unit), system) == told


def test_both_ends_of_a_range_are_told() -> None:
    assert in_units(_figure(20, "°C", to=25), "imperial") == "68–77 °F"


DEFINITIONS = [
    # NIST Handbook 44, appendix C: the international foot and pound, and what is made of them
    (1, "yards", 0.9144, "m"),
    (1, "feet", 0.3048, "m"),
    (12, "inches", 1, "feet"),
    (1, "miles", 1.609344, "km"),
    (1, "miles", 5280, "feet"),
    (1, "sq ft", 144 * 0.0254**2, "m²"),
    (1, "square miles", 1.609344**2, "km²"),
    (1, "pounds", 0.45359237, "kg"),
    (16, "ounces", 1, "pounds"),
    (1, "gallons", 231 * 2.54**3 / 1000, "l"),
    (1, "cubic feet", 0.3048**3, "m³"),
    (1, "mph", 1.609344, "km/h"),
    # the same: an acre is ten square chains, a chain 66 survey feet of 1200/3937 m
    (1, "acres", 10 * (66 * 1200 / 3937) ** 2, "m²"),
    # SI brochure, 9th edition, tables 4 and 8; a nautical mile is 1852 m (Monaco, 1929)
    (1, "ha", 10_000, "m²"),
    (1, "t", 1000, "kg"),
    (1, "m³", 1000, "l"),
    (1, "nautical miles", 1.852, "km"),
    (1, "knots", 1.852, "km/h"),
    (3.6, "km/h", 3.6 / 1.609344, "mph"),
    (0, "°C", 32, "°F"),
    (100, "°C", 212, "°F"),
    (-40, "°F", -40, "°C"),
    # 550 foot-pounds of force a second, at the standard gravity of 9.80665 m/s²
    (1, "hp", 550 * 0.3048 * 0.45359237 * 9.80665 / 1000, "kW"),
]


@pytest.mark.parametrize(("value", "unit", "same", "other"), DEFINITIONS)
def test_units_are_as_large_as_they_are_defined(
    value: float, unit: str, same: float, other: str
) -> None:
    assert load().convert(value, unit, other) == pytest.approx(same, rel=1e-12)
    assert load().convert(same, other, unit) == pytest.approx(value, rel=1e-12, abs=1e-12)


def test_every_unit_that_is_told_has_its_size() -> None:
    for told_in in load().systems.values():
        assert {*told_in, *told_in.values()} <= load().factor.keys()


@pytest.mark.parametrize(
    "figure",
    [
        _figure(12, "weeks"),
        _figure(5, "EUR"),
        _figure(5, "km"),
        _figure(5, ""),
        Figure("", 6.0, Span(0, 1), (Span(0, 1),), unit="miles", change=Change(5.0, 6.0)),
    ],
)
def test_what_needs_no_telling_or_is_a_change_stays_as_written(figure: Figure) -> None:
    assert in_units(figure, "metric") == ""


@given(st.floats(-1e9, 1e9), st.sampled_from(["metric", "imperial"]), st.data())
def test_every_listed_unit_converts_any_number(
    value: float, system: str, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(sorted(load().systems[system])))
    told = in_units(_figure(value, unit), system)
    assert told.endswith(load().systems[system][unit])
    assert "e" not in told.split()[0]
