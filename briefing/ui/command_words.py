"""What a command beside the reader said, as a person is told it."""

import re
from collections.abc import Sequence

from briefing.text.clean import clean_line, shortened

_MOST = 400  # characters
_NEXT = " `briefing refresh` fetches its articles."  # the reader does so itself
_PREFIX = re.compile(r"(?:briefing|warning): (?:feeds(?: \w+)?: )?")


def words_for_people(lines: Sequence[str]) -> str:
    """The lines of a command without the names that a terminal needs: ``briefing: feeds: …``."""
    lines = [line.replace(_NEXT, "") for line in lines]
    cleaned = (_PREFIX.sub("", clean_line(line), count=1) for line in lines)
    return shortened(" ".join(line for line in cleaned if line), _MOST)
