"""How much a figure matters: plain measures of it, and a logistic model learned from labels.

The weights stand in ``weights/figures.tsv``, made by ``tools/train_figures.py``.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from briefing.digest.quantities.counted_phrase import Counted
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.sentences.document import Document, Sentence
from briefing.digest.wordlists import word_set
from briefing.text import terms

_TOP_TERMS = 12
_NEAR = 40  # code points around a figure
_TIMES = frozenset("seconds minutes hours days weeks months years decades centuries".split())
_PAST = re.compile(r"\s(?:ago|earlier|later|before|after)\b")
_POINTING = re.compile(r"\b(?:past|last|next|first|previous|final|these|those|other)\s\Z")
_DEFINITE = re.compile(r"\b(?:the|these|those|all|both|his|her|their|its|our)\s\Z")
_DATED = re.compile(r"\b(?:1[5-9]\d\d|20[0-2]\d)\b|century|decade|ago\b")
_AGAIN = frozenset(["(", ", or", "or", "/"])


@dataclass(slots=True)
class Standing:
    """What came before in an article, as its figures are read one after the other."""

    document: Document
    total: int
    title_values: frozenset[float]
    top: frozenset[str]
    order: int = 0
    firm: int = 0
    values: Counter[float] = field(default_factory=Counter)
    last: Quantity | None = None
    last_sentence: int = -1


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure's sentence, its number and what it counts, with the stems of that."""

    sentence: Sentence
    quantity: Quantity
    counted: Counted
    siblings: int
    topic: frozenset[str]


def begin(document: Document, total: int, title_values: frozenset[float]) -> Standing:
    """The standing before the first of ``total`` figures."""
    said = Counter(
        itertools.chain.from_iterable(frozenset(s.terms) for s in document.sentences if s.prose)
    )
    often = sorted([(-n, t) for t, n in said.items() if n > 1])
    top = frozenset([t for _, t in often[:_TOP_TERMS]])
    return Standing(document, total, title_values, top)


def topic_of(document: Document, counted: Counted) -> frozenset[str]:
    """The stems of what is counted."""
    return frozenset(terms(counted.phrase, document.article.language))


def measures(one: Weighed, so_far: Standing) -> dict[str, float]:
    """The numbers that the model weighs, by name; ``so_far`` then counts the figure in.

    Figures must come in reading order.
    """
    sentence, quantity, counted = one.sentence, one.quantity, one.counted
    text, unit, span = sentence.text, quantity.unit, quantity.span
    low = counted.phrase.lower().split()
    before = text[max(0, span.start - 12) : span.start].lower()
    near = text[max(0, span.start - _NEAR) : span.end + _NEAR].lower()
    time = unit in _TIMES
    money = len(unit) == 3 and unit.isupper()
    small = quantity.spelled and quantity.scale == 1 and not quantity.fraction
    few = 1 / (1 + so_far.total)
    first = so_far.last_sentence != sentence.index
    said_before = so_far.values[quantity.value] > 0
    again = not first and so_far.last is not None and _says_again(text, so_far.last, quantity)
    bare_topic = len(one.topic) or 1
    found = {
        "aside": not sentence.prose,
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
        "uncounted": not counted.phrase,
        "said": counted.said,
        "words": min(len(low), 8) / 8,
        "people": not word_set("numbers", "people").isdisjoint(low),
        "toll": any(w in near for w in word_set("numbers", "tolls")),
        "title": bool(one.topic & so_far.document.title_terms),
        "in_title": quantity.value in so_far.title_values and not said_before,
        "topical": len(one.topic & so_far.top) / bare_topic,
        "central": len(so_far.top.intersection(sentence.terms)) / 6,
        "alone": one.siblings == 1,
        "pair": one.siblings == 2,
        "crowd": one.siblings > 3,
        "first_in_sentence": first,
        "again": again,
        "said_before": said_before,
        "bracket": text[span.start - 1 : span.start] == "(",
        "place": span.start / max(1, len(text)),
        "opening": sentence.index < 3,
        "small_in_opening": small and sentence.index < 3,
        "third": sentence.index == 2,
        "depth": sentence.index / max(1, len(so_far.document.sentences) - 1),
        "order": min(so_far.order, 15) / 15,
        "order_log": math.log1p(so_far.order) / 3,
        "firm_before": math.log1p(so_far.firm) / 3,
        "total": min(so_far.total, 40) / 40,
        "total_log": math.log1p(so_far.total) / 3,
        "long": len(sentence.words) > 45,
        "length": min(2.0, len(sentence.words) / 30),
        "quote": text[:1] in '"“',
        "dated": bool(_DATED.search(text)),
    }
    so_far.order += 1
    so_far.firm += not quantity.spelled and not time
    so_far.values[quantity.value] += 1
    so_far.last, so_far.last_sentence = quantity, sentence.index
    return found


def _says_again(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether a figure only gives the one before in another unit: "3,200 miles (5,150 km)"."""
    return bool(quantity.unit) and text[last.span.end : quantity.span.start].strip() in _AGAIN


@cache
def weights() -> dict[str, float]:
    """The packaged weights by name, with ``bias`` and ``threshold``; read once."""
    file = resources.files("briefing.digest") / "weights" / "figures.tsv"
    return dict(_read(file.read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[tuple[str, float]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, weight = line.partition("\t")
            yield name.removeprefix("@"), float(weight)


def score(found: dict[str, float], known: dict[str, float]) -> float:
    """The log-odds that a figure with these measures is key."""
    return known["bias"] + sum([known[name] * value for name, value in found.items() if value])
