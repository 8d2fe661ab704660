"""What ``--since`` means."""

from datetime import datetime, tzinfo

from briefing.model import UsageError
from briefing.query.moments import WRITTEN, moment_of

_MEND = f"Use {WRITTEN}."


def parse_since(
    text: str, now: datetime, last: datetime | None = None, *, zone: tzinfo | None = None
) -> datetime:
    """The moment, in UTC, that ``text`` names, as ``query.moments.moment_of`` reads it.

    Raises UsageError for anything else, and for what lies in the future.
    """
    try:
        moment = moment_of(text, now, last, zone=zone)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"'{text}' is no time", "--since", _MEND) from error
    if moment > now:
        raise UsageError(f"'{text}' lies in the future", "--since", _MEND)
    return moment
