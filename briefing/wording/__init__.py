"""Values in words, for every screen and every printed format: the one place that writes sentences.

Nothing reads these words back: whoever needs to know something of a value asks the value.
"""

from briefing.wording.changes import change_line, joined_line, revision_line
from briefing.wording.counts import format_count
from briefing.wording.disagreements import disagreement_line
from briefing.wording.editor import chosen_by, editor_line, editor_lines
from briefing.wording.enclosures import enclosure_line, enclosure_note
from briefing.wording.feeds import described, health_lines
from briefing.wording.marks import (
    BULLET_SIGN,
    LEFT_OUT,
    LIGHT_SIGN,
    OPINION_SIGN,
    SIGN,
    UNNAMED_SIGN,
    caveat_name,
    caveat_sign,
    kind_sign,
    list_signs,
    mark_line,
    probability_line,
)
from briefing.wording.origin import ARGUES, single_report_line
from briefing.wording.reasons import reason_lines
from briefing.wording.times import full_day, full_time
from briefing.wording.updates import before_line, update_line

__all__ = [
    "ARGUES",
    "BULLET_SIGN",
    "LEFT_OUT",
    "LIGHT_SIGN",
    "OPINION_SIGN",
    "SIGN",
    "UNNAMED_SIGN",
    "before_line",
    "caveat_name",
    "caveat_sign",
    "change_line",
    "chosen_by",
    "described",
    "disagreement_line",
    "editor_line",
    "editor_lines",
    "enclosure_line",
    "enclosure_note",
    "format_count",
    "full_day",
    "full_time",
    "health_lines",
    "joined_line",
    "kind_sign",
    "list_signs",
    "mark_line",
    "probability_line",
    "reason_lines",
    "revision_line",
    "single_report_line",
    "update_line",
]
