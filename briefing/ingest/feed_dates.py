"""Dates that feedparser reads wrong or not at all: other languages' months, zones by name, epochs.

RFC 822 and 850 with two-digit years, twelve-hour clocks, 24:00 and leap seconds among them.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from time import struct_time

_LONGEST = 80  # characters of a date
_MONTH = r"(?P<month>[^\W\d_]{3,12})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DATE = re.compile(
    r"\s*(?:[^\W\d_]{2,12}\.?,?\s+)?"  # the day of the week
    rf"(?:(?P<day>\d{{1,2}})(?:\.|er)?[\s-]\s*(?:de\s+)?{_MONTH}\.?[\s-]\s*(?:de\s+|del\s+)?{_YEAR}"
    rf"|(?P<month_first>[^\W\d_]{{3,12}})\.?\s+(?P<second_day>\d{{1,2}}),?\s+(?P<second_year>\d{{4}}))"
    r"(?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>[A-Za-z]{1,5}|[+-]\d{2}:?\d{2}))?)?\s*",
)
_EPOCH = re.compile(r"\s*(\d{9,10})(\d{3})?\s*")
_BASIC_ISO = re.compile(r"\s*(\d{8}T\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)\s*")


@dataclass(frozen=True, slots=True)
class _Names:
    months: Mapping[str, int]
    zones: Mapping[str, int]


def feed_date(text: str) -> datetime | None:
    """The UTC time that ``text`` names; None where this is none of its forms.

    A zone that is not known, or none, is UTC, as feedparser has it.
    """
    if len(text) > _LONGEST:
        return None
    try:
        if match := _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(match[1]), UTC)
        if match := _BASIC_ISO.fullmatch(text):
            moment = datetime.fromisoformat(match[1])
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        match = _DATE.fullmatch(text)
        return _moment(match.groupdict()) if match else None
    except (ValueError, OverflowError):
        return None


def feed_date_tuple(text: str) -> struct_time | None:
    """``feed_date`` in the form that feedparser's date handlers give: nine numbers, in UTC."""
    moment = feed_date(text)
    return None if moment is None else moment.utctimetuple()


def _moment(parts: Mapping[str, str | None]) -> datetime | None:
    month = _month(parts["month"] or parts["month_first"] or "")
    if month is None:
        return None
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] in "pP" else 0)
    if hour > 24 or int(parts["minute"] or 0) > 59 or int(parts["second"] or 0) > 60:
        return None
    day = datetime(
        _year(parts["year"] or parts["second_year"] or ""),
        month,
        int(parts["day"] or parts["second_day"] or ""),
        tzinfo=UTC,
    )
    return day + timedelta(
        hours=hour,
        minutes=int(parts["minute"] or 0) - _zone(parts["zone"] or ""),
        seconds=min(int(parts["second"] or 0), 59),
    )


def _year(digits: str) -> int:
    """Two digits are of 1950 to 2049 (RFC 2822, 4.3)."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _zone(name: str) -> int:
    """Minutes from UTC."""
    if name[:1] in ("+", "-"):
        digits = name[1:].replace(":", "")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return -minutes if name[0] == "-" else minutes
    return _names().zones.get(name.lower(), 0)


def _month(name: str) -> int | None:
    plain = _plain(name)
    return next(
        (_names().months[plain[:n]] for n in (4, 3) if plain[:n] in _names().months),
        None,
    )


def _plain(name: str) -> str:
    """``name`` in small letters without accents."""
    parts = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


@cache
def _names() -> _Names:
    file = resources.files("briefing.ingest") / "feed_dates.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    months = {_plain(name): int(n) for n, names in table["months"].items() for name in names}
    return _Names(months, table["zones"])
