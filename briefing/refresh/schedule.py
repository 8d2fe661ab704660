"""When a feed is fetched next. Pure: the clock is passed in.

RFC 9111 (max-age) sets the earliest time after a success, RFC 9110 (Retry-After, 410) and a delay
that doubles after failures.
"""

from datetime import datetime, timedelta
from zlib import crc32

DAY = timedelta(days=1)
LONGEST_WAIT = timedelta(days=30)  # no answer keeps a feed silent for longer
GONE = timedelta(days=3650)
"""After 410 (Gone) a feed is left alone for good; the reader is told, and may ask by name."""
_SPREAD = 0.1  # share of a delay by which failing feeds are spread


def after_success(now: datetime, interval: timedelta, max_age: int | None) -> datetime:
    """The interval, or what the server allows its answer to be kept (at most a day)."""
    fresh = timedelta(seconds=min(max_age or 0, DAY.total_seconds()))
    return now + max(interval, fresh)


def after_failure(
    now: datetime,
    interval: timedelta,
    failures: int,
    *,
    status: int | None = None,
    retry_after: float | None = None,
    key: str = "",
) -> datetime:
    """The interval, doubled with every failure in a row up to a day; never before Retry-After.

    failures: how many in a row, with this one. key: what tells this feed from others, so that
    feeds that failed together do not come back together.
    """
    if status == 410:
        return now + GONE
    longest = max(DAY, interval)
    doublings = min(max(failures, 1) - 1, 16)
    delay = min(longest, interval * (1 << doublings))
    share = crc32(f"{key}:{failures}".encode()) / 2**32
    delay += delay * _SPREAD * share
    if retry_after is not None:
        delay = max(delay, min(timedelta(seconds=retry_after), LONGEST_WAIT))
    return now + delay
