"""Salience of figures: how much one matters, by features and a learned model.

The weights stand in ``weights/figures.tsv``, made by ``tools/train_figures.py``.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from briefing.digest.models.linear import LinearModel, read_linear_model
from briefing.digest.models.weight_file import packaged_weights
from briefing.digest.quantities.completeness import is_complete
from briefing.digest.quantities.counted_phrase import CountedPhrase
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.sentences.document import Document, Sentence
from briefing.digest.wordlists import alternatives, word_set
from briefing.text import terms

_TOP_TERMS = 12
_NEAR = 40  # code points around a figure
_TIMES = frozenset("seconds minutes hours days weeks months years decades centuries".split())


def _any_of(*words: str) -> re.Pattern[str]:
    """Any of some words. A search for a letter is fast, one for the start of a word is not: so the
    look back stands behind the first letter.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    branches = [rf"{first}(?<!\w{first}){alternatives(some)}" for first, some in rests.items()]
    return re.compile(rf"(?:{'|'.join(branches)})\b")


_PAST = re.compile(r"\s(?:ago|earlier|later|before|after)\b")
_POINTING = re.compile(r"\b(?:past|last|next|first|previous|final|these|those|other)\s\Z")
_DEFINITE = re.compile(r"\b(?:the|these|those|all|both|his|her|their|its|our)\s\Z")
_DATED = re.compile(r"1(?<!\w1)[5-9]\d\d\b|2(?<!\w2)0[0-2]\d\b|century|decade|ago\b")
_LOCATED = re.compile(
    r"\s(?:away|off|up|down|inland|offshore|(?:to\sthe\s)?(?:north|south|east|west)\w*|from|outside"
    r"|of\s[A-Z])\b"
)
_AS_SUBORDINATE = re.compile(
    r"\b(?:which|who|whose|where|when|although|though|after|before|because|since|if|with"
    r"|including|despite|as)\b[^,;]*\Z"
)
_CLAUSE_BREAK = re.compile(r"[,;:—–]|\b(?:and|but)\b")
_OF_SEVERAL = re.compile(r"\b(?:one|two|three|four|\d+)\s(?:out\s)?of\s(?:the\s)?\Z")
_AGAINST = _any_of("compared", "than", "versus", "unlike")
_CURRENT = re.compile(
    r"\b(?:this\s(?:year|month|week)|today|now|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|current(?:ly)?|so\sfar)\b"
)
_PENALTY = _any_of("prison", "jail", "behind bars", "sentence", "sentenced")
_FIRST_PERSON = _any_of(*"I My my We we Our our me You you Your your".split())
_CAPITAL = re.compile(r"[A-Z][a-z]")
_SENTENCE_END = tuple(".!?\"”'’)…:")
_FEW = 10  # persons of whom a count is said in passing
_AGAIN = frozenset(["(", ", or", "or", "/"])


# In the order of ``figure_features``.
FEATURE_NAMES = (
    "aside", "bound", "less", "money", "percent", "time", "measure", "past", "pointing",
    "definite", "small_word", "two", "below_ten", "below_ten_of_few", "time_of_few", "large",
    "size", "digits", "joined", "fraction", "range", "change", "uncounted", "said", "words",
    "people", "toll", "few_persons", "joined_measure", "weak_phrase", "title", "in_title",
    "topical", "central", "alone", "pair", "crowd",
    "first_in_sentence", "again", "said_before", "bracket", "place", "opening",
    "small_in_opening", "third", "depth", "order", "order_log", "firm_before", "total",
    "total_log", "long", "length", "quote", "dated", "located", "first_person", "current",
    "first_figure", "subordinate", "of_several", "against", "penalty", "named", "headline_again",
)  # fmt: skip


@dataclass(slots=True)
class ReadingState:
    """What came before in an article, as its figures are read one after the other.

    every: how often the whole article gives each value.
    """

    document: Document
    every: Counter[float]
    total: int
    title_values: frozenset[float]
    top: frozenset[str]
    order: int = 0
    firm: int = 0
    values: Counter[float] = field(default_factory=Counter)
    last: Quantity | None = None
    last_sentence: int = -1


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A figure's sentence, its number and what it counts, with the stems of that."""

    sentence: Sentence
    quantity: Quantity
    counted: CountedPhrase
    siblings: int
    topic: frozenset[str]


def start(
    document: Document, found: Sequence[FigureCandidate], title_values: frozenset[float]
) -> ReadingState:
    """The state before the first of the figures ``found``."""
    often = sorted([(-n, t) for t, n in document.term_counts.items() if n > 1])
    top = frozenset([t for _, t in often[:_TOP_TERMS]])
    every = Counter([c.quantity.value for c in found])
    return ReadingState(document, every, len(found), title_values, top)


def topic_of(document: Document, counted: CountedPhrase) -> frozenset[str]:
    """The stems of what is counted."""
    return frozenset(terms(counted.phrase, document.article.language))


def figure_features(candidate: FigureCandidate, state: ReadingState) -> dict[str, float]:
    """What is measured of a figure, by ``FEATURE_NAMES``; ``state`` then counts the figure in.

    Figures must come in reading order.
    """
    sentence, quantity = candidate.sentence, candidate.quantity
    time = quantity.unit in _TIMES
    small = quantity.spelled and quantity.scale == 1 and not quantity.fraction
    features = {
        **_of_number(candidate, state, time=time, small=small),
        **_of_phrase(candidate, state),
        **_of_place(candidate, state, small=small),
        **_of_wording(candidate, state),
    }
    state.order += 1
    state.firm += not quantity.spelled and not time
    state.values[quantity.value] += 1
    state.last, state.last_sentence = quantity, sentence.index
    return features


def _of_number(
    candidate: FigureCandidate, state: ReadingState, *, time: bool, small: bool
) -> dict[str, float]:
    """Of the number itself. time: it is one; small: a small number in words."""
    text, quantity = candidate.sentence.text, candidate.quantity
    unit, span = quantity.unit, quantity.span
    before = text[max(0, span.start - 12) : span.start].lower()
    money = len(unit) == 3 and unit.isupper()
    few = 1 / (1 + state.total)
    return {
        "aside": not candidate.sentence.prose,
        "bound": bool(quantity.bound),
        "less": quantity.bound == "less",
        "money": money,
        "percent": unit == "%",
        "time": time,
        "measure": bool(unit) and not time and not money and unit != "%",
        "past": time and bool(_PAST.match(text, span.end)),
        "pointing": bool(_POINTING.search(before)),
        "definite": bool(_DEFINITE.search(before)),
        "small_word": small,
        "two": small and quantity.value == 2,
        "below_ten": quantity.value < 10,
        "below_ten_of_few": few if quantity.value < 10 else 0.0,
        "time_of_few": few if time else 0.0,
        "large": quantity.value >= 1000,
        "size": math.log10(1 + abs(quantity.value)) / 6,
        "digits": not quantity.spelled,
        "joined": quantity.joined,
        "fraction": quantity.fraction,
        "range": quantity.value_to is not None,
        "change": quantity.change is not None,
    }


def _of_phrase(candidate: FigureCandidate, state: ReadingState) -> dict[str, float]:
    """Of what it counts."""
    sentence, counted, topic = candidate.sentence, candidate.counted, candidate.topic
    span = candidate.quantity.span
    words = counted.phrase.lower().split()
    near = sentence.text[max(0, span.start - _NEAR) : span.end + _NEAR].lower()
    new = state.values[candidate.quantity.value] == 0
    people = not word_set("numbers", "people").isdisjoint(words)
    toll = any(map(near.__contains__, word_set("numbers", "tolls")))
    small = candidate.quantity.value < _FEW and not candidate.quantity.unit
    return {
        "uncounted": not counted.phrase,
        "said": counted.stated,
        "words": min(len(words), 8) / 8,
        "people": people,
        "toll": toll,
        "few_persons": people and small and not toll,
        "joined_measure": candidate.quantity.joined and bool(candidate.quantity.unit),
        "weak_phrase": not is_complete(counted.phrase),
        "title": bool(topic & state.document.title_terms),
        "in_title": candidate.quantity.value in state.title_values and new,
        "topical": len(topic & state.top) / (len(topic) or 1),
        "central": len(state.top.intersection(sentence.terms)) / 6,
    }


def _of_place(candidate: FigureCandidate, state: ReadingState, *, small: bool) -> dict[str, float]:
    """Of where it stands in its sentence and in the article, and after what."""
    sentence, quantity = candidate.sentence, candidate.quantity
    text, span = sentence.text, quantity.span
    first = state.last_sentence != sentence.index
    return {
        "alone": candidate.siblings == 1,
        "pair": candidate.siblings == 2,
        "crowd": candidate.siblings > 3,
        "first_in_sentence": first,
        "again": not first and state.last is not None and _says_again(text, state.last, quantity),
        "said_before": state.values[quantity.value] > 0,
        "bracket": text[span.start - 1 : span.start] == "(",
        "place": span.start / max(1, len(text)),
        "opening": sentence.index < 3,
        "small_in_opening": small and sentence.index < 3,
        "third": sentence.index == 2,
        "depth": sentence.index / max(1, len(state.document.sentences) - 1),
        "order": min(state.order, 15) / 15,
        "order_log": math.log1p(state.order) / 3,
        "firm_before": math.log1p(state.firm) / 3,
        "total": min(state.total, 40) / 40,
        "total_log": math.log1p(state.total) / 3,
        "long": len(sentence.words) > 45,
        "length": min(2.0, len(sentence.words) / 30),
        "quote": text[:1] in '"“',
        "dated": bool(_DATED.search(text)),
        "located": bool(quantity.unit) and bool(_LOCATED.match(text, span.end)),
    }


def _of_wording(candidate: FigureCandidate, state: ReadingState) -> dict[str, float]:
    """Of the words around it, and of who says it."""
    sentence, quantity = candidate.sentence, candidate.quantity
    text, span = sentence.text, quantity.span
    before = text[: span.start]
    near = text[max(0, span.start - _NEAR) : span.end + _NEAR].lower()
    close = before[-_NEAR:].lower()
    clause = _CLAUSE_BREAK.split(before)[-1]
    return {
        "first_person": bool(_FIRST_PERSON.search(text)),
        "current": bool(_CURRENT.search(text)),
        "first_figure": state.order == 0,
        "subordinate": bool(_AS_SUBORDINATE.search(clause)),
        "of_several": "of" in close and bool(_OF_SEVERAL.search(close)),
        "against": bool(_AGAINST.search(close)),
        "penalty": bool(_PENALTY.search(near)),
        "named": bool(_CAPITAL.search(candidate.counted.phrase)),
        # a headline or deck in the text is no sentence of it: the figure's own place comes later
        "headline_again": state.every[quantity.value] > 1
        and not text.rstrip().endswith(_SENTENCE_END),
    }


def _says_again(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether a figure only gives the last one in another unit: "3,200 miles (5,150 km)"."""
    return bool(quantity.unit) and text[last.span.end : quantity.span.start].strip() in _AGAIN


@cache
def load_figure_model() -> LinearModel:
    """The packaged model: from its ``threshold`` on a figure may be key. Read once."""
    return read_linear_model(packaged_weights("figures"), FEATURE_NAMES)
