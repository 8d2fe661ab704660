"""Whether this process, and those it starts, may write anything: ``briefing serve --read-only``."""

import os

from briefing.model.errors import BriefingError

READ_ONLY = "BRIEFING_READ_ONLY"
"""The variable of the environment that forbids it: processes inherit their environment."""
MEND = "Start without --read-only"


def is_read_only() -> bool:
    """Whether nothing may be written: no store, no configuration, no file."""
    return os.environ.get(READ_ONLY, "") not in ("", "0")


def refuse_where_read_only(what: str, where: str = "") -> None:
    """Raises BriefingError, which says ``what`` is not done, where nothing may be written."""
    if is_read_only():
        raise BriefingError(what, where, MEND)
