"""Which times of feeds and pages are usable."""

from datetime import UTC, datetime

_FIRST_YEAR = 1900


def usable_time(moment: datetime) -> datetime | None:
    """``moment`` in UTC; one without a zone is taken as UTC. None where it says nothing.

    Years before 1900 are the zeros of programs (``0001-01-01`` is Go's), and so is the beginning
    of Unix time itself; a time that leaves the calendar in UTC is a mistake.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return None
    if moment.year < _FIRST_YEAR or moment.timestamp() == 0:
        return None
    return moment
