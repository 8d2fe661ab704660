"""When a feed is fetched next, and why. Pure: the clock is passed in.

After a success the interval, RFC 9111 (freshness), RFC 9110 (Retry-After), RSS 2.0 (``ttl``,
``skipHours``, ``skipDays``) and the RSS 1.0 module Syndication set the earliest time; after
failures a delay that doubles. It is spread, so that feeds do not come back together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from zlib import crc32

from briefing.model import AS_USUAL, NO_RHYTHM, FeedRhythm, FeedSettings

DAY = timedelta(days=1)
LONGEST_WAIT = timedelta(days=30)  # no answer keeps a feed silent for longer
GONE = timedelta(days=3650)
"""After 410 (Gone) a feed is left alone for good; the reader is told, and may ask by name."""
FLOOR = timedelta(minutes=15)
"""No feed is fetched more often, unless its user says so for it."""
_SPREAD = 0.1  # share of a delay by which feeds are spread
_LEARNED_FROM = 4  # entries at least


@dataclass(frozen=True, slots=True)
class Due:
    """When a feed is fetched next, and why then: a clause."""

    at: datetime
    why: str


def own_interval(
    usual: timedelta, own: FeedSettings = AS_USUAL, times: Sequence[datetime] = ()
) -> tuple[timedelta, str]:
    """How often a feed is fetched where it says nothing itself, and why so.

    usual: the interval of all feeds. times: when its last entries were published; with
    ``auto_interval`` the median gap between them counts, from 15 minutes to a day.
    """
    if own.interval_minutes:
        return timedelta(minutes=own.interval_minutes), "the interval set for this feed"
    if own.auto_interval and len(times) >= _LEARNED_FROM:
        newest = sorted(times, reverse=True)
        gaps = [one - other for one, other in pairwise(newest)]
        gap = timedelta(seconds=median(g.total_seconds() for g in gaps))
        return min(max(gap, FLOOR), DAY), "the usual time between its entries"
    return max(usual, FLOOR), "the usual interval"


def after_success(
    now: datetime,
    interval: timedelta,
    max_age: int | None = None,
    *,
    why: str = "the usual interval",
    own: FeedSettings = AS_USUAL,
    rhythm: FeedRhythm = NO_RHYTHM,
    retry_after: float | None = None,
    key: str = "",
) -> Due:
    """The interval, or later where the server or the feed asks for that.

    max_age: seconds for which the answer stays fresh. What answers and feeds ask for counts up to a
    day, Retry-After up to 30; ``ttl`` and ``sy:`` not where its user set an interval. key: what
    tells this feed from others: by it the interval is up to a tenth shorter, never under 15
    minutes, so that an hour's feeds do not fire together and one that is due at the hour is not
    passed over by a timer that fires at the hour.
    """
    spread = interval * (1 - _SPREAD * _share(key)) if key else interval
    candidates = [Due(now + max(spread, min(interval, FLOOR)), why)]
    stated = [(timedelta(seconds=max_age or 0), "its server says that the answer stays fresh")]
    if not own.interval_minutes:
        stated += [
            (timedelta(minutes=rhythm.ttl_minutes), "the feed asks so (ttl)"),
            (timedelta(minutes=rhythm.period_minutes), "the feed asks so (sy:updatePeriod)"),
        ]
    candidates += [Due(now + min(wait, DAY), reason) for wait, reason in stated]
    if retry_after:
        rest = min(timedelta(seconds=retry_after), LONGEST_WAIT)
        candidates.append(Due(now + rest, "its server asks so (Retry-After)"))
    return _not_skipped(max(candidates, key=lambda due: due.at), rhythm, key)


def _not_skipped(due: Due, rhythm: FeedRhythm, key: str) -> Due:
    """Moved past the hours and days, in GMT, at which the feed is not to be fetched."""
    at = due.at.astimezone(UTC)
    for _ in range(24 * 8):
        if at.weekday() in rhythm.skip_days or at.hour in rhythm.skip_hours:
            at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        else:
            break
    if at == due.at:
        return due
    # Those that waited for the end of the hour together are spread over some minutes.
    at += timedelta(minutes=10) * _share(key)
    return Due(at, "the feed is not to be fetched before (skipHours, skipDays)")


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
    delay += delay * _SPREAD * _share(f"{key}:{failures}")
    if retry_after is not None:
        delay = max(delay, min(timedelta(seconds=retry_after), LONGEST_WAIT))
    return now + delay


def spread_after(until: datetime, key: str) -> datetime:
    """Within a minute after ``until``: feeds that waited for the same server come one by one."""
    return until + timedelta(minutes=1) * _share(key)


def _share(key: str) -> float:
    """A number from 0 to 1 that is always the same for ``key``."""
    return crc32(key.encode("utf-8", "replace")) / 2**32
