"""What a figure was before it changed, in words."""

from datetime import UTC, datetime

import pytest

from briefing.model import Figure, Reported, Span, StoryFigure
from briefing.wording import before_line, update_line

_NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _figure(surface: str, before: str | None) -> StoryFigure:
    figure = Figure(surface, 2, Span(0, 1), (Span(0, 1),))
    if before is None:
        return StoryFigure(figure, "a")
    return StoryFigure(figure, "a", before=Reported(before, 1, None, "", "", (), (), _NOON, _NOON))


@pytest.mark.parametrize(
    ("surface", "before", "line"),
    [
        ("12 weeks", "Eight weeks", "12 weeks, eight before"),
        ("31", "12", "31, 12 before"),
        ("4.2 billion", "2.1 billion", "4.2 billion, 2.1 billion before"),
        ("three weeks", "10 days", "three weeks, 10 days before"),
        ("5.2 per cent", "4 per cent", "5.2 per cent, 4 per cent before"),
        ("14", "At least three", "14, at least three before"),
    ],
)
def test_the_earlier_value_stands_behind_the_new_one(surface: str, before: str, line: str) -> None:
    assert update_line(_figure(surface, before)) == line


def test_a_figure_that_did_not_change_says_nothing_of_before() -> None:
    assert before_line(_figure("12 weeks", None)) == ""
    assert update_line(_figure("12 weeks", None)) == "12 weeks"
