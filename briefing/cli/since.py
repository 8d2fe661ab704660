"""What ``--since`` means."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from briefing.model import UsageError

_AGO = re.compile(r"([0-9]{1,9})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}")
_MEND = "Use 90m, 24h, 3d, 2w, today, yesterday, last, or an ISO date or time such as 2026-05-04."
_ABSENT = timedelta(hours=24)


def parse_since(
    text: str, now: datetime, last: datetime | None = None, *, zone: tzinfo | None = None
) -> datetime:
    """The moment, in UTC, that ``text`` names.

    ``90m``, ``24h``, ``3d``, ``2w`` count back from ``now``; ``today`` and ``yesterday`` are local
    midnights (in ``zone``, the system's where None), as is a date; a time without a zone is local;
    ``last`` is the last visit of the reader, 24 hours ago where there was none.
    Raises UsageError for anything else, and for what lies in the future.
    """
    word = text.strip().lower()
    try:
        moment = _named(word, now, last, zone) or _ago(word, now) or _written(word, zone)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"'{text}' is no time", "--since", _MEND) from error
    if moment > now:
        raise UsageError(f"'{text}' lies in the future", "--since", _MEND)
    return moment


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
    match = _AGO.fullmatch(word)
    if match is None:
        return None
    return (now - timedelta(**{_UNITS[match[2]]: int(match[1])})).astimezone(UTC)


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
