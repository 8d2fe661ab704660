"""What --since takes, and what it refuses."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.since import parse_since
from briefing.model import UsageError

NOW = datetime(2026, 5, 5, 7, 2, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("90m", timedelta(minutes=90)),
        ("24h", timedelta(hours=24)),
        ("3d", timedelta(days=3)),
        ("2w", timedelta(weeks=2)),
        (" 24H ", timedelta(hours=24)),
        ("0h", timedelta(0)),
    ],
)
def test_a_length_of_time_counts_back_from_now(text: str, back: timedelta) -> None:
    assert parse_since(text, NOW) == NOW - back


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today", datetime(2026, 5, 4, 22, 0, tzinfo=UTC)),
        ("yesterday", datetime(2026, 5, 3, 22, 0, tzinfo=UTC)),
        ("2026-05-04", datetime(2026, 5, 3, 22, 0, tzinfo=UTC)),
        ("2026-05-04T07:00", datetime(2026, 5, 4, 5, 0, tzinfo=UTC)),
        ("2026-05-04 07:00:30", datetime(2026, 5, 4, 5, 0, 30, tzinfo=UTC)),
        ("2026-05-04T07:00Z", datetime(2026, 5, 4, 7, 0, tzinfo=UTC)),
        ("2026-05-04T07:00+02:00", datetime(2026, 5, 4, 5, 0, tzinfo=UTC)),
    ],
)
def test_days_and_times_are_local_unless_they_name_their_zone(text: str, moment: datetime) -> None:
    assert parse_since(text, NOW, zone=BERLIN) == moment


def test_midnight_has_the_offset_of_its_own_day_when_the_clocks_change() -> None:
    after_the_change = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)  # clocks went forward at 01:00 UTC
    assert parse_since("today", after_the_change, zone=BERLIN) == datetime(
        2026, 3, 28, 23, 0, tzinfo=UTC
    )


def test_last_is_the_last_visit_or_a_day_where_there_was_none() -> None:
    visit = NOW - timedelta(hours=40)
    assert parse_since("last", NOW, visit) == visit
    assert parse_since("last", NOW) == NOW - timedelta(hours=24)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "24", "h", "-3d", "3.5h", "999999999w", "2026-13-01", "2026-05-06", "٣d", "1y"],
)
def test_anything_else_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_since(text, NOW, zone=BERLIN)
    assert caught.value.where == "--since"
    assert "90m" in caught.value.mend


@given(st.text(max_size=30))
def test_no_text_makes_it_fail_in_another_way(text: str) -> None:
    try:
        moment = parse_since(text, NOW)
    except UsageError:
        return
    assert moment <= NOW
