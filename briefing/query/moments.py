"""Times as people write them: ``90m``, ``yesterday``, ``2026-05-04``."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_AGO = re.compile(r"([0-9]{1,9})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}")
_ABSENT = timedelta(hours=24)
_LATE = datetime(9000, 1, 1, tzinfo=UTC)
WRITTEN = "90m, 24h, 3d, 2w, today, yesterday, last, or an ISO date or time such as 2026-05-04"


def moment_of(
    text: str, now: datetime, last: datetime | None = None, *, zone: tzinfo | None = None
) -> datetime:
    """The moment, in UTC, that ``text`` names.

    ``90m``, ``24h``, ``3d``, ``2w`` count back from ``now``; ``today`` and ``yesterday`` are local
    midnights (in ``zone``, the system's where None), as is a date; a time without a zone is local;
    ``last`` is the last visit of the reader, 24 hours ago where there was none.
    Raises ValueError or OverflowError for anything else.
    """
    word = text.strip().lower()
    return _named(word, now, last, zone) or _ago(word, now) or _written(word, zone)


def is_moment(text: str) -> bool:
    """Whether ``moment_of`` reads it."""
    try:
        moment_of(text, _LATE, zone=UTC)
    except (ValueError, OverflowError):
        return False
    return True


def span_of(text: str) -> timedelta | None:
    """A time such as ``90m`` or ``2d``; None for what is none."""
    match = _AGO.fullmatch(text.strip().lower())
    if match is None:
        return None
    try:
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
    except OverflowError:
        return None


def after_all_of(text: str) -> str:
    """The day after ``text`` where that is a date; ``text`` as it is where it is a moment."""
    if _DATE.fullmatch(text) is None:
        return text
    try:
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text


def _named(word: str, now: datetime, last: datetime | None, zone: tzinfo | None) -> datetime | None:
    today = now.astimezone(zone).date()
    match word:
        case "today":
            return _midnight(today, zone)
        case "yesterday":
            return _midnight(today - timedelta(days=1), zone)
        case "last":
            return now - _ABSENT if last is None else last.astimezone(UTC)
    return None


def _ago(word: str, now: datetime) -> datetime | None:
    span = span_of(word)
    return None if span is None else (now - span).astimezone(UTC)


def _written(word: str, zone: tzinfo | None) -> datetime:
    if _DATE.fullmatch(word):
        return _midnight(date.fromisoformat(word), zone)
    moment = datetime.fromisoformat(word.upper())
    return (moment if moment.tzinfo else _local(moment, zone)).astimezone(UTC)


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return _local(datetime.combine(day, time.min), zone).astimezone(UTC)


def _local(naive: datetime, zone: tzinfo | None) -> datetime:
    """The wall clock's time as a moment: with the offset of that very day, not of today."""
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
