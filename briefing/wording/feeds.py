"""How one feed is set and how it does, in words."""

from datetime import tzinfo

from briefing.model import Feed, without_credentials
from briefing.wording.counts import format_count
from briefing.wording.times import full_time


def described(feed: Feed) -> list[str]:
    """What is set for the feed alone, a clause each; no header's value and no password."""
    own = feed.settings
    parts = []
    if own.interval_minutes:
        parts.append(f"fetched every {_told(own.interval_minutes)}")
    if own.auto_interval:
        parts.append("fetched as often as its entries come")
    parts += [f"with the header {name}" for name, _ in own.headers]
    if own.user_agent:
        parts.append(f"as {own.user_agent}")
    if own.proxy:
        parts.append("past all proxies" if own.proxy == "none" else "by a proxy of its own")
    if own.username or own.password_command:
        parts.append(f"as the user {own.username}" if own.username else "with a password command")
    if own.insecure:
        parts.append("its certificate is not checked")
    if own.http_ok:
        parts.append("redirects from https to http are followed")
    if feed.keep_days:
        parts.append(f"texts are kept for {format_count(feed.keep_days, 'day')}")
    if own.max_new:
        entries = format_count(own.max_new, "entry", "entries")
        parts.append(f"at most {entries} of a fetch")
    return parts


def health_lines(feed: Feed, zone: tzinfo | None) -> list[str]:
    """When the feed was fetched, when it is due and why, what is wrong and the mend; times in
    ``zone``, the system's where None."""
    lines = [f"Last fetched {full_time(feed.fetched_at, zone)}." if feed.fetched_at else ""]
    if feed.error:
        times = f"; {feed.failures:,} times in a row" if feed.failures > 1 else ""
        tried = f"{lines.pop().removesuffix('.')}, and that failed{times}." if lines[0] else ""
        lines += [tried, f"⚠ {feed.error}"]
    if feed.next_fetch_at is None:
        lines.append("It is fetched at the next refresh.")
    else:
        why = feed.due_reason or "the usual interval"
        lines.append(f"Next {full_time(feed.next_fetch_at, zone)}: {why}.")
    if feed.moved_to:
        lines.append(f"It has moved to {without_credentials(feed.moved_to)}.")
    return [line for line in lines if line]


def _told(minutes: int) -> str:
    for unit, name in ((24 * 60, "day"), (60, "hour")):
        if minutes % unit == 0:
            return format_count(minutes // unit, name)
    return format_count(minutes, "minute")
