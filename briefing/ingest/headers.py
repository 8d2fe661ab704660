"""What answers say in their headers: how long to wait, how long to keep, of what type."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FIELD_VALUE = re.compile(rb"[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
_LONGEST = 10 * 365 * 24 * 3600
"""Seconds; a larger number in a header is a mistake, and would overflow dates."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a ``Retry-After`` header: a number or an HTTP date (RFC 9110, 10.2.3).

    None where it says nothing usable; never negative.
    """
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), _LONGEST))
    moment = _date(text)
    if moment is None:
        return None
    return min(max(0.0, (moment - now).total_seconds()), float(_LONGEST))


def freshness(
    cache_control: str | None,
    age: str | None,
    expires: str | None,
    date: str | None,
    now: datetime,
) -> int | None:
    """Seconds of freshness left: ``max-age``, else ``Expires`` less ``Date``, less ``Age``.

    RFC 9111, 4.2.1 and 5.3. ``s-maxage`` is for shared caches. A date that is none (often ``0``)
    has passed. None where the answer says nothing of it.
    """
    for directive in (cache_control or "").split(","):
        name, _, value = directive.strip().partition("=")
        digits = value.strip().strip('"')
        if name.strip().lower() == "max-age" and digits.isascii() and digits.isdigit():
            return max(0, min(int(digits[:12]), _LONGEST) - _seconds(age))
    if expires is None:
        return None
    end, sent = _date(expires), _date(date) or now
    left = (end - sent).total_seconds() if end else 0.0
    return max(0, int(min(left, _LONGEST)) - _seconds(age))


def _date(value: str | None) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7), aware; None for anything else."""
    try:
        moment = parsedate_to_datetime((value or "").strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def field_bytes(value: str) -> bytes | None:
    """A validator as it is sent: a byte a character, as it came (obs-text, RFC 9110, 5.5).

    None where it cannot stand in a header: then the document is asked for without condition.
    """
    try:
        sent = value.encode("latin-1")
    except UnicodeEncodeError:
        return None
    return sent if _FIELD_VALUE.fullmatch(sent) else None


def _seconds(value: str | None) -> int:
    text = (value or "").strip()
    return int(text[:12]) if text.isascii() and text.isdigit() else 0


def media_type(content_type: str | None) -> str:
    """The type of a ``Content-Type`` header, in small letters and without its parameters."""
    return (content_type or "").split(";")[0].strip().lower()
