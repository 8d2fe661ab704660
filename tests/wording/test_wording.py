"""Values in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from briefing.model import Disagreement, OutletsJoined, Reported
from briefing.wording import (
    disagreement_line,
    format_count,
    full_day,
    full_time,
    joined_line,
    single_report_line,
)

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
    assert format_count(number, *nouns) == words


def test_a_time_in_full_is_that_of_the_zone_and_so_is_its_day() -> None:
    east = timezone(timedelta(hours=2))
    assert full_time(MOMENT, UTC) == "Tue 5 May 2026, 23:02"
    assert full_time(MOMENT, east) == "Wed 6 May 2026, 01:02"
    assert full_day(MOMENT, east) == "Wed 6 May 2026"


def test_outlets_that_joined_are_counted_and_at_most_three_named() -> None:
    assert joined_line(OutletsJoined(("Fell Beacon",))) == "1 more source: Fell Beacon"
    assert joined_line(OutletsJoined(("A", "B", "C", "D"))) == "4 more sources: A, B, C"


def reported(surface: str, *outlets: str) -> Reported:
    return Reported(surface, 1.0, None, "t", "", (), outlets, MOMENT, MOMENT)


def test_values_that_differ_stand_against_each_other_with_their_outlets() -> None:
    limit, lower = reported("44 t", "A", "B", "C", "D"), reported("40 t", "E", "F", "G")
    line = disagreement_line(Disagreement("weight limit", "differ", (limit, lower)))
    assert line == "weight limit: 44 t (A, B and 2 more) ≠ 40 t (E, F, G)"


def test_a_value_that_took_the_place_of_another_comes_after_an_arrow() -> None:
    values = (reported("8", "A"), reported("12"))
    line = disagreement_line(Disagreement("weeks of repair", "updated", values))
    assert line == "weeks of repair: 8 (A) → 12"
    assert disagreement_line(Disagreement("weeks", "updated", values[:1])) == "weeks: 8"


def test_a_single_report_is_named_by_its_outlet() -> None:
    assert single_report_line("Tidewire") == "all follow one report: Tidewire"
