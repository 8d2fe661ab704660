"""Coverage over time in a line: bars that stand for counts, computed in plain code."""

from datetime import UTC, datetime, timedelta

import pytest

from briefing.ui.formatting import sparkline

START = datetime(2026, 5, 4, 16, 4, tzinfo=UTC)


def moments(*hours: float) -> list[datetime]:
    """Times so many hours after the start."""
    return [START + timedelta(hours=h) for h in hours]


@pytest.mark.parametrize(
    ("hours", "width", "bars"),
    [
        ((0, 4), 4, "█▁▁█"),
        ((0, 1, 1, 1, 1, 3, 4), 4, "▃█▁▅"),
        ((0, 0, 0, 4), 2, "█▄"),
        ((4, 0), 4, "█▁▁█"),  # in any order
    ],
)
def test_a_bar_is_as_high_as_its_stretch_of_time_is_told_often(
    hours: tuple[float, ...], width: int, bars: str
) -> None:
    assert sparkline(moments(*hours), width) == bars


def test_one_article_among_many_is_not_the_bar_of_none() -> None:
    bars = sparkline(moments(*([0.0] * 500), 5, 10), 3)
    assert bars[0] == "█"
    assert "▁" not in bars
    assert sparkline(moments(*([0.0] * 500), 10), 3)[1] == "▁"


@pytest.mark.parametrize("hours", [(), (1,), (1, 1, 1)])
def test_there_are_no_bars_where_no_time_passed(hours: tuple[float, ...]) -> None:
    assert sparkline(moments(*hours)) == ""
