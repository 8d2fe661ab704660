"""What a command is given to read: a file, or standard input."""

import sys
from pathlib import Path
from typing import BinaryIO

from briefing.model import BriefingError, StoreError


def standard_input() -> BinaryIO:
    """Standard input. Raises StoreError where whoever started the program has closed it."""
    if sys.stdin is None:
        raise StoreError("it is closed", "standard input", "Name a file")
    return sys.stdin.buffer


def read_input(source: str, most: int, *, where_missing: str = "") -> bytes:
    """The first ``most`` bytes of the file ``source``, or of standard input for ``-``.

    where_missing: the mend where there is no such file. Raises BriefingError.
    """
    if source == "-":
        return standard_input().read(most)
    try:
        with Path(source).open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        mend = where_missing if isinstance(error, FileNotFoundError) else ""
        raise BriefingError(f"the file cannot be read ({reason})", source, mend) from error
