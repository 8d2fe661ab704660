"""Times of the day as they are written in the configuration."""

import re

_QUIET = re.compile(r"\s*(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?\s*", re.ASCII)


def time_of_day(text: str) -> tuple[int, int] | None:
    """Hour and minute of "6:30" or "18"; None for what is none."""
    found = re.fullmatch(r"\s*(\d{1,2})(?::(\d\d))?\s*", text, re.ASCII)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def quiet_hours(text: str) -> tuple[int, int] | None:
    """Begin and end of "22-07" or "22:30-7:15" in minutes of the day; None for what is none."""
    found = _QUIET.fullmatch(text)
    if found is None:
        return None
    begin, end = (int(found[n]) * 60 + int(found[n + 1] or 0) for n in (1, 3))
    minutes = (int(found[n] or 0) for n in (2, 4))
    is_day = max(begin, end) <= 24 * 60 and max(minutes) < 60 and begin != end
    return (begin, end) if is_day else None
