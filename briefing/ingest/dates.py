"""Which times of feeds and pages are usable."""

from datetime import UTC, datetime

_FIRST_YEAR = 1970
_LAST_YEAR = 2199


def usable_time(moment: datetime) -> datetime | None:
    """``moment`` in UTC; one without a zone is taken as UTC. None where it says nothing.

    Years before 1970 are the zeros of programs (``0001-01-01`` is Go's, 1899 a spreadsheet's), and
    so is the beginning of Unix time itself; years from 2200 on are their infinities. A time that
    leaves the calendar in UTC is a mistake.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR or moment.timestamp() == 0:
        return None
    return moment
