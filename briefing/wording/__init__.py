"""Values in words, for every screen and every printed format: the one place that writes sentences.

Nothing reads these words back: whoever needs to know something of a value asks the value.
"""

from briefing.wording.changes import change_line, joined_line, revision_line
from briefing.wording.reasons import reason_lines

__all__ = ["change_line", "joined_line", "reason_lines", "revision_line"]
