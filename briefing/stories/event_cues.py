"""What two articles of one event agree on beside their words: the weekday, the numbers, the names.

Two reports of look-alike events share most of their words, but not when it happened, nor how many.
"""

import math
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from briefing.stories.parameters import ClusterRules
from briefing.text import terms

_READ = 600  # characters of a text: what an article is about stands in its opening
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_SMALL = 10  # whole numbers below this stand in every article
_MOST = 24  # numbers kept of an article
_NAMED_WORDS = 80  # words of a text in which names are looked for
_STARTS = ".!?:\"“”‘'’-–—("  # after these a capital tells nothing
_CAPITALISED = {"de"}  # languages that write every noun with a capital


@dataclass(frozen=True, slots=True)
class EventCues:
    """days: a bit for each day of the week that is named. numbers: as they are written."""

    days: int
    numbers: tuple[str, ...]


def find_event_cues(title: str, text: str, weekdays: Mapping[str, int]) -> EventCues:
    """The weekdays and the numbers of an opening; ``weekdays`` gives the day (0 to 6) by word."""
    opening = text[:_READ]
    days = 0
    for word in _WORD.findall(opening.lower()):
        if word in weekdays:
            days |= 1 << weekdays[word]
    numbers = (m.replace(",", "").strip(".") for m in _NUMBER.findall(f"{title} {opening}"))
    distinctive = dict.fromkeys(n for n in numbers if "." in n or int(n) >= _SMALL)
    return EventCues(days, tuple(distinctive)[:_MOST])


def find_names(text: str, language: str, dates: Container[str]) -> frozenset[str]:
    """The stems of the names of an opening: its capitals that do not stand first in a sentence.

    dates: lower-case words that are written with a capital, but name days or months.
    """
    if language in _CAPITALISED:
        return frozenset()
    opening = " ".join(text.split(None, _NAMED_WORDS)[:_NAMED_WORDS])
    names = []
    for match in _WORD.finditer(opening):
        word = match.group()
        if word[0].isupper() and len(word) > 2:
            before = opening[max(0, match.start() - 2) : match.start()].rstrip()
            if before and before[-1] not in _STARTS:
                names.append(word.lower())
    return frozenset(terms(" ".join(n for n in names if n not in dates), language))


def agreement(
    first: EventCues, second: EventCues, rule: ClusterRules, days_apart: float = 0.0
) -> float:
    """By what the similarity of two articles is multiplied: above 1 where they agree.

    What either does not say is no disagreement. Reports published days apart (``days_apart``) may
    well name other weekdays of one event.
    """
    factor = 1.0
    if first.days and second.days and not first.days & second.days:
        factor *= rule.other_day ** math.exp(-days_apart / rule.other_day_days)
    if first.numbers and second.numbers:
        shared = sum(n in second.numbers for n in first.numbers)
        if shared:
            factor *= rule.same_number ** min(shared, rule.same_numbers)
        else:
            factor *= rule.other_numbers
    return factor
