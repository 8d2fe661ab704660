"""Values in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from briefing.model import OutletsJoined
from briefing.wording import counted, full_day, full_time, joined_line, single_report_line

MOMENT = datetime(2026, 5, 5, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "nouns", "words"),
    [
        (0, ("story", "stories"), "0 stories"),
        (1, ("story", "stories"), "1 story"),
        (1204, ("story", "stories"), "1,204 stories"),
        (1, ("source",), "1 source"),
        (2, ("more link",), "2 more links"),
    ],
)
def test_things_are_counted_in_the_number_that_they_have(
    number: int, nouns: tuple[str, ...], words: str
) -> None:
    assert counted(number, *nouns) == words


def test_a_time_in_full_is_that_of_the_zone_and_so_is_its_day() -> None:
    east = timezone(timedelta(hours=2))
    assert full_time(MOMENT, UTC) == "Tue 5 May 2026, 23:02"
    assert full_time(MOMENT, east) == "Wed 6 May 2026, 01:02"
    assert full_day(MOMENT, east) == "Wed 6 May 2026"


def test_outlets_that_joined_are_counted_and_at_most_three_named() -> None:
    assert joined_line(OutletsJoined(("Fell Beacon",))) == "1 more source: Fell Beacon"
    assert joined_line(OutletsJoined(("A", "B", "C", "D"))) == "4 more sources: A, B, C"


def test_a_single_report_is_named_by_its_outlet() -> None:
    assert single_report_line("Tidewire") == "all follow one report: Tidewire"
