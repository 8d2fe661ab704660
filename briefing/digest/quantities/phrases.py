"""Words of a sentence with where they stand, and the packaged lists by which phrases are cut."""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from briefing.digest.wordlists import table

_REST = r"\w*+(?:[’'\-.&/]++\w++)*+"  # of a word, behind its first letter
# Most words first, then marks: which comes first matters only to capitals and digits.
_TITLES = r"(?:Mrs?|Ms|Dr|St|Sens?|Gov|Reps?|Gen|Lt|Col|Sgt|Capt|Prof|Rev)\.(?=\s+[A-Z])"
_INITIALS = rf"(?:[A-Z]\.){{2,}}(?:-[^\W_]{_REST})?"  # "the U.S.-Norrane border"
_TOKEN = re.compile(rf"([a-z]{_REST}|[^\w\s]|{_INITIALS}|{_TITLES}|\d[\d,.]*\d|[^\W_]{_REST})")
_new = tuple.__new__  # a tuple of Word made without a call of Word()
PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "at",
        "on",
        "from",
        "for",
        "aboard",
        "near",
        "against",
        "to",
        "by",
        "under",
        "with",
    ]
)
ARTICLES = frozenset(
    ["a", "an", "the", "this", "these", "those", "its", "his", "her", "their", "our"]
)


class Word(NamedTuple):
    """A word or mark of a sentence, also in lower case."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lists:
    """The packaged lists of ``numbers.toml`` about what is counted."""

    stops: frozenset[str]
    plurals: frozenset[str]
    singular: frozenset[str]
    states: frozenset[str]
    verbs: frozenset[str]
    spans: frozenset[str]
    glue: frozenset[str]
    moves: frozenset[str]
    distances: frozenset[str]
    numbers: frozenset[str]
    deeds: dict[str, str]
    totals: frozenset[str]


@cache
def word_lists() -> Lists:
    """The packaged lists, read once."""
    data = table("numbers")
    words = {k: frozenset(v.split()) for k, v in data["counting"].items()}
    return Lists(
        words["stops"],
        words["plurals"],
        words["singular"],
        words["states"],
        words["verbs"],
        words["spans"],
        words["glue"],
        words["moves"],
        words["distances"],
        frozenset(data["words"]) | frozenset(data["magnitudes"]),
        data["deeds"],
        words["totals"],
    )


def words_of(text: str) -> list[Word]:
    """The words and marks of a sentence."""
    # Splitting keeps the words and what lies between: all positions without a loop of ours.
    parts = _TOKEN.split(text)
    places = list(itertools.accumulate(map(len, parts), initial=0))
    words = parts[1::2]
    lows = ["u.s." if w == "US" else w.lower() for w in words]  # no pronoun
    if "’" in text:
        lows = [low.replace("’", "'") for low in lows]
    return [_new(Word, w) for w in zip(words, lows, places[1::2], places[2::2], strict=False)]
