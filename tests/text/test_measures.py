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
    ],
)
def test_a_measure_is_told_in_the_other_system(
    value: float, unit: str, system: str, told: str
) -> None:
    assert in_units(_figure(value, unit), system) == told


def test_both_ends_of_a_range_are_told() -> None:
    assert in_units(_figure(20, "°C", to=25), "imperial") == "68–77 °F"


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
