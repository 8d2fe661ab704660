"""Dates promise: what feeds write is read in any language, with zones by name, or is no date."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import parse_feed
from briefing.ingest.feed_dates import feed_date, feed_date_tuple
from tests.fake_web import MORNING  # 2026-05-05 07:00 UTC

URL = "https://courier.example/feed.xml"
WORDS = (
    "Mon Di. mar., 5 05. 31 1er May Mai août Dez ago 26 2026 de , - : 09:00 24:00 25:61 7:00:60 "
    "PM a.m. CEST EST XYZ +0200 -25:99 Z 1777964400 20260505T070000Z"
).split()


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 05 May 2026 09:00:00 +0200",
        "Tue, 05 May 26 07:00 GMT",
        "Tuesday, 05-May-26 07:00:00 GMT",
        "Tue, 05 May 2026 09:00:00 CEST",
        "Tue, 05 May 2026 09:00:00 MESZ",
        "Tue, 05 May 2026 08:00:00 BST",
        "Tue, 05 May 2026 03:00:00 EDT",
        "Tue, 05 May 2026 16:00:00 JST",
        "Tue, 5 May 2026 7:00 AM",
        "May 5, 2026 07:00",
        "Di., 05. Mai 2026 09:00:00 +02:00",
        "mar., 05 mai 2026 09:00:00 +0200",
        "mar, 5 de mayo de 2026, 07:00",
        "ter, 05 mai 2026 07:00:00 GMT",
        "mar, 05 mag 2026 07:00:00 Z",
        "di, 05 mei 2026 07:00:00 XYZ",
        "1777964400",
        "1777964400000",
        "20260505T070000Z",
    ],
)
def test_one_moment_is_read_in_many_forms(text: str) -> None:
    assert feed_date(text) == MORNING
    raw = f"<rss><channel><item><title>t</title><pubDate>{text}</pubDate></item></channel></rss>"
    assert parse_feed(raw.encode(), URL).entries[0].published == MORNING


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 05 May 2026 24:00:00 GMT", datetime(2026, 5, 6, tzinfo=UTC)),
        ("Wed, 31 Dec 2025 23:59:60 GMT", datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Fri, 31 Dec 99 12:00:00 GMT", datetime(1999, 12, 31, 12, tzinfo=UTC)),
        ("1er août 2026 12:00 PM", datetime(2026, 8, 1, 12, tzinfo=UTC)),
        ("1 Dez 2026", datetime(2026, 12, 1, tzinfo=UTC)),
    ],
)
def test_odd_hours_and_years_are_moments_too(text: str, moment: datetime) -> None:
    assert feed_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Tue, 31 Feb 2026 07:00:00 GMT",
        "Tue, 05 Foo 2026 07:00:00 GMT",
        "Tue, 05 May 2026 07:61:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1100",
        "05/05/2026",
        "2026-05-05T09:00:00+02:00",  # feedparser's own
        "9" * 100,
    ],
)
def test_what_is_no_such_date_is_left_to_feedparser(text: str) -> None:
    assert feed_date(text) is None


def test_a_time_to_come_is_kept_as_the_feed_gives_it() -> None:
    raw = "<rss><channel><item><title>t</title><pubDate>1 May 2126</pubDate></item></channel></rss>"
    assert parse_feed(raw.encode(), URL).entries[0].published == datetime(2126, 5, 1, tzinfo=UTC)


@given(st.text(max_size=90) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_text_is_a_time_in_utc_or_none(text: str) -> None:
    moment = feed_date(text)
    assert moment is None or moment.utcoffset() == timedelta()
    assert moment is None or len(feed_date_tuple(text) or ()) == 9
