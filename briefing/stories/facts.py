"""What two articles of one event agree on beside their words: the day of the week, the numbers.

Two reports of look-alike events share most of their words, but not when it happened, nor how many.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.stories.data import ClusterSettings

_READ = 600  # characters of a text: what an article is about stands in its opening
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_SMALL = 10  # whole numbers below this stand in every article
_MOST = 24  # numbers kept of an article


@dataclass(frozen=True, slots=True)
class Facts:
    """days: a bit for each day of the week that is named. numbers: as they are written."""

    days: int
    numbers: tuple[str, ...]


def find_facts(title: str, text: str, weekdays: Mapping[str, int]) -> Facts:
    """The weekdays and the numbers of an opening; ``weekdays`` gives the day (0 to 6) by word."""
    opening = text[:_READ]
    days = 0
    for word in _WORD.findall(opening.lower()):
        if word in weekdays:
            days |= 1 << weekdays[word]
    written = (m.replace(",", "").strip(".") for m in _NUMBER.findall(f"{title} {opening}"))
    telling = dict.fromkeys(n for n in written if "." in n or int(n) >= _SMALL)
    return Facts(days, tuple(telling)[:_MOST])


def agreement(one: Facts, other: Facts, rule: ClusterSettings) -> float:
    """By what the likeness of two articles is multiplied: above 1 where they agree.

    What one of them does not say is no disagreement.
    """
    factor = 1.0
    if one.days and other.days and not one.days & other.days:
        factor *= rule.other_day
    if one.numbers and other.numbers:
        shared = sum(n in other.numbers for n in one.numbers)
        if shared:
            factor *= rule.same_number ** min(shared, rule.same_numbers)
        else:
            factor *= rule.other_numbers
    return factor
