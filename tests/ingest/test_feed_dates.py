"""Dates promise: what feeds write is read whole, in any order and language, or is no date."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.ingest import parse_feed
from briefing.ingest.dates import usable_time
from briefing.ingest.feed_dates import feed_date, month_comes_first
from tests.fake_web import MORNING  # 2026-05-05 07:00 UTC
from tests.growth import assert_linear

URL = "https://courier.example/feed.xml"
WORDS = (
    "Mon Di. mar., 5 05. 31 1er May Mai août Dez ago 26 2026 de , - : 09:00 24:00 25:61 7:00:60 "
    "PM a.m. CEST EST XYZ +0200 -25:99 Z 1777964400 20260505T070000Z 2026-W19-2 / 05/06/2026 Uhr "
    "15h07 Europe/Berlin (CET) 年 月 오후 мая T 99999999 W -"
).split()
LANGUAGES = "en de fr es it pt nl pl ru sv da nb cs uk tr ro el".split()


def rss(*dates: str) -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>t{n}</title><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


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
        "1777964400.5"[:10],
        "20260505070000",
        "20260505T07:00:00",
        "2026-05-05T07:00:00Z",
        "2026-05-05t09:00:00.000+0200",
        "2026-05-05 07:00:00,000 UTC",
        "2026-05-05T09:00+02",
        "2026-05-05T09.0+02:00"[:10] + " 07:00",
        "2026-W19-2T07:00Z",
        "2026W192T070000Z",
        "2026-125T07:00:00Z",
        "2026-05-05T09:00:00+02:00[Europe/Berlin]",
        "2026-05-05 03:00 America/New_York",
        "2026-05-05 09:00:00 (CEST)",
        "2026/05/05 07:00:00",
        "2026.5.5 7:00",
        "2026/May/05 07:00",
        "05/05/2026 07:00",
        "5.5.2026, 07.00 Uhr",
        "5-5-26 7:00",
        "Tue, May 05 2026 07:00:00 +0000",
        "Tue May  5 07:00:00 2026",
        "Tue May 5 07:00:00 UTC 2026",
        "05/May/2026:07:00:00 +0000",
        "May 5th, 2026 at 7 AM",
        "the 5th of May 2026, 7:00 a. m.",
        "Tue, 05 May 2026 09:00:00 GMT+0200 (Central European Summer Time)",
        "Tue, 05 May 2026 09:00:00 UTC+2",
        "Dienstag, 5. Mai 2026 um 7 Uhr",
        "mardi 5 mai 2026 à 7h00",
        "martes, 5 de mayo de 2026, 7:00 h",
        "martedì 5 maggio 2026, ore 7.00",
        "terça-feira, 5 de maio de 2026 às 7h",
        "dinsdag 5 mei 2026 om 07:00 uur",
        "wtorek, 5 maja 2026 r., godz. 7:00",
        "вторник, 5 мая 2026 г., 07:00",
        "5 мая 2026 года в 10:00 MSK",
        "2026年5月5日 07時00分",
        "2026년 5월 5일 오전 7:00",
        "\uff12\uff10\uff12\uff16-05-05T07:00\u22120000",
    ],
)
def test_hostile_11_one_moment_is_read_in_many_forms(text: str) -> None:
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
        ("2026-05-05T24:00Z", datetime(2026, 5, 6, tzinfo=UTC)),
        ("2026-05-05T07:00:00,5Z", MORNING + timedelta(seconds=0.5)),
        ("2026-05-05T07:00,5Z", MORNING + timedelta(seconds=30)),
        ("1777964400250", MORNING + timedelta(seconds=0.25)),
        ("1777964400.25", MORNING),
        ("2026-05", datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-05+01:00", datetime(2026, 5, 4, 23, tzinfo=UTC)),
        ("13/05/2026", datetime(2026, 5, 13, tzinfo=UTC)),
        ("05/13/2026", datetime(2026, 5, 13, tzinfo=UTC)),
        ("05/06/2026", datetime(2026, 6, 5, tzinfo=UTC)),
        ("Wed, 05/06/2026", datetime(2026, 5, 6, tzinfo=UTC)),
        ("mar, 3 mar 2026", datetime(2026, 3, 3, tzinfo=UTC)),
        ("3 mar 2026", datetime(2026, 3, 3, tzinfo=UTC)),
    ],
)
def test_hostile_11_odd_hours_and_years_are_moments_too(text: str, moment: datetime) -> None:
    assert feed_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "May 2026",
        "5 May",
        "29/11",
        "07:00",
        "12",
        "Tue, 31 Feb 2026 07:00:00 GMT",
        "Tue, 05 Foo 2026 07:00:00 GMT",
        "Tue, 05 May 2026 07:61:00 GMT",
        "Tue, 05 May 2026 07:00:00 +2599",
        "Fri, 31 Dec 9999 23:59:59 -1100",
        "2026-05-05T24:30:00Z",
        "2026-05-05T07:00:00 02:00",
        "2026-05-05 to 2026-05-07",
        "2026-13-05",
        "31/02/2026",
        "2026-W54-1",
        "2026-366",
        "1 May 5 June 2026",
        "not 5 May 2026",
        "9" * 101,
        "9" * 20,
    ],
)
def test_hostile_11_what_is_read_in_part_is_no_date(text: str) -> None:
    assert feed_date(text) is None
    assert feed_date(text, month_first=True) is None
    assert parse_feed(rss(text), URL).entries[0].published is None


def test_the_day_comes_first_unless_a_date_of_the_feed_proves_the_month() -> None:
    def read(*dates: str) -> list[tuple[int, int]]:
        times = (entry.published for entry in parse_feed(rss(*dates), URL).entries)
        return [(time.month, time.day) for time in times if time]

    assert read("05/06/2026", "07/06/2026") == [(6, 5), (6, 7)]
    assert read("05/06/2026", "05/31/2026") == [(5, 6), (5, 31)]
    assert read("05/06/2026", "31/05/2026") == [(6, 5), (5, 31)]
    assert read("05/06/2026", "31/05/2026", "05/31/2026") == [(6, 5), (5, 31), (5, 31)]
    assert read("5/6/26 7:00 PM", "Mon, 05/04/2026") == [(5, 6), (5, 4)]
    assert not month_comes_first(["Tue, 05 May 2026 09:00:00 +0200", "2026-05-31", "5/5/26"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_11_months_and_days_of_cldr_are_read_in_each_case_and_width(language: str) -> None:
    dates = pytest.importorskip("babel.dates")
    for month in range(1, 13):
        for day in (1, 2, 3, 4, 5, 6, 7):
            moment = datetime(2026, month, day, 7, tzinfo=UTC)
            for pattern in ("EEEE, d MMMM y HH:mm", "EEE, dd MMM y HH:mm", "d. LLLL y, HH:mm"):
                text = dates.format_datetime(moment, pattern, locale=language)
                assert feed_date(text) == moment, text


def test_hostile_11_years_before_1970_and_from_2200_on_are_no_time() -> None:
    for text in ("0001-01-01T00:00:00Z", "1899-12-30", "31 Dec 1969", "1970-01-01T00:00:00Z"):
        assert parse_feed(rss(text), URL).entries[0].published is None
    assert parse_feed(rss("9999-12-31T23:59:59Z"), URL).entries[0].published is None
    assert usable_time(datetime.fromisoformat("1970-01-02")) == datetime(1970, 1, 2, tzinfo=UTC)
    assert usable_time(datetime.fromisoformat("2200-01-01")) is None


def test_a_json_feed_has_the_same_dates() -> None:
    items = ", ".join(
        f'{{"id": {n}, "date_published": {date}}}'
        for n, date in enumerate(('"5 May 2026 09:00 CEST"', "1777964400"))
    )
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'
    assert [e.published for e in parse_feed(feed.encode(), URL).entries] == [MORNING, MORNING]


def test_hostile_11_a_time_to_come_is_kept_as_the_feed_gives_it() -> None:
    raw = rss("1 May 2126")
    assert parse_feed(raw, URL).entries[0].published == datetime(2126, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("piece", ["1 ", "1:", "a ", "(", "[", "1h ", "年", "- ", "utc+", "\u0301"])
def test_any_text_is_read_in_time_that_grows_with_it(piece: str) -> None:
    assert_linear(lambda size: piece * size, feed_date, 200_000)


@given(
    st.text(max_size=110) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    st.booleans(),
)
@example("0001-01-01T00:00:00+14:00", False)
@example("9999-12-31T23:59:59.9-14:00", True)
@example("²/³/2026", False)
@example("٥/٥/٢٠٢٦", False)
def test_hostile_11_any_text_is_a_time_in_utc_or_none(text: str, month_first: bool) -> None:
    moment = feed_date(text, month_first=month_first)
    assert moment is None or moment.utcoffset() == timedelta()
    assert month_comes_first([text]) in (True, False)


@given(
    st.integers(86_400, 7_258_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(
        ["%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S"]
    ),
)
def test_numeric_dates_come_back_as_written(moment: datetime, form: str) -> None:
    assert feed_date(moment.strftime(form)) == moment
