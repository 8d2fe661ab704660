"""Whether this process, and those it starts, may write anything: ``briefing serve --read-only``."""

import os

READ_ONLY = "BRIEFING_READ_ONLY"
"""The variable of the environment that forbids it: processes inherit their environment."""


def is_read_only() -> bool:
    """Whether nothing may be written: no store, no configuration, no file."""
    return os.environ.get(READ_ONLY, "") not in ("", "0")
