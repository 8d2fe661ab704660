"""Header promises: waiting times and freshness are read right, nonsense is no number."""

from datetime import UTC, datetime

import pytest

from briefing.ingest.headers import freshness, media_type, retry_after

NOW = datetime(2026, 5, 5, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Tue, 05 May 2026 07:10:00 GMT", 600),
        ("Tue, 05 May 2026 06:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("9" * 400, 315_360_000),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "age", "seconds"),
    [
        ("max-age=600", None, 600),
        ("public, Max-Age=600", "100", 500),
        ('max-age="60"', None, 60),
        ("max-age=60", "100", 0),
        ("s-maxage=600", None, None),
        ("no-cache", None, None),
        ("max-age=x", None, None),
        (None, None, None),
    ],
)
def test_max_age_is_what_is_left_of_it(
    value: str | None, age: str | None, seconds: int | None
) -> None:
    assert freshness(value, age, None, None, NOW) == seconds


def test_a_media_type_has_no_parameters() -> None:
    assert media_type("Text/HTML; charset=utf-8") == "text/html"
    assert media_type(None) == ""
