"""Times and numbers as people say them, in local time."""

from datetime import datetime, timedelta

from briefing.model.digests import WORDS_A_MINUTE

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BARS = "▁▂▃▄▅▆▇█"


def format_day(moment: datetime) -> str:
    """``Tue 5 May``."""
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


def part_of_day(moment: datetime) -> str:
    """``morning``, ``afternoon``, ``evening`` or ``night``."""
    hour = moment.hour
    if 5 <= hour < 12:
        return "morning"
    if 12 <= hour < 17:
        return "afternoon"
    return "evening" if 17 <= hour < 22 else "night"


def format_time(moment: datetime, now: datetime) -> str:
    """``07:02`` today, ``Mon 16:04`` in the last six days, ``2 May`` before."""
    moment = moment.astimezone(now.tzinfo)
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    if abs(now - moment) < timedelta(days=6):
        return f"{_DAYS[moment.weekday()]} {moment:%H:%M}"
    year = f" {moment.year}" if moment.year != now.year else ""
    return f"{moment.day} {_MONTHS[moment.month - 1]}{year}"


def truncate(text: str, most: int) -> str:
    """``text`` in at most so many letters, the last an ellipsis where some are left out."""
    return text if len(text) <= most else text[: most - 1] + "…"


def format_since(moment: datetime, now: datetime) -> str:
    """``yesterday``, ``07:10`` today, ``Sunday`` …: when the reader last looked."""
    moment = moment.astimezone(now.tzinfo)
    days = (now.date() - moment.date()).days
    if days <= 0:
        return f"{moment:%H:%M}"
    if days == 1:
        return "yesterday"
    return format_day(moment)


def sparkline(moments: list[datetime], width: int = 12) -> str:
    """How many of ``moments`` fall into each of ``width`` equal stretches of time, as bars.

    A stretch without any is the lowest bar, one with some is higher. Empty where there is no
    time between them.
    """
    first, last = min(moments, default=None), max(moments, default=None)
    if first is None or last is None or first == last:
        return ""
    length = (last - first).total_seconds()
    counts = [0] * width
    for moment in moments:
        place = int((moment - first).total_seconds() / length * width)
        counts[min(place, width - 1)] += 1
    most, steps = max(counts), len(BARS) - 1
    return "".join(BARS[-(-c * steps // most)] for c in counts)


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(number: int) -> str:
    """``¹²``."""
    return str(number).translate(_SUPERSCRIPTS)


def reading_minutes(words: int) -> int:
    """How long so many words take to read, in whole minutes."""
    return -(-words // WORDS_A_MINUTE)
