"""What screens, commands, exports and servers ask of a store: read, mark, search.

Each function takes the open store that it works on and gives values of ``briefing.model``; none
draws, prints or fetches. Nobody above puts a story together from ``store`` and ``stories`` again.
"""

from briefing.editions.hidden import without_hidden
from briefing.editions.marks import mark_seen
from briefing.editions.preferences import apply_preferences
from briefing.editions.reading import (
    ArticleReading,
    EditionReading,
    edition_window,
    read_article,
    read_edition,
    read_story,
)
from briefing.editions.rules import RuleTrial, apply_rules, try_rule
from briefing.editions.searching import did_you_mean, search
from briefing.editions.sections import ListSection, list_sections, searched_sections

__all__ = [
    "ArticleReading",
    "EditionReading",
    "ListSection",
    "RuleTrial",
    "apply_preferences",
    "apply_rules",
    "did_you_mean",
    "edition_window",
    "list_sections",
    "mark_seen",
    "read_article",
    "read_edition",
    "read_story",
    "search",
    "searched_sections",
    "try_rule",
    "without_hidden",
]
