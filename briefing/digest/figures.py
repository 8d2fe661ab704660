"""The figures of an article: each number that matters, with what it counts and its sentence."""

import re
from dataclasses import dataclass

from briefing.digest.document import Document, Sentence
from briefing.digest.quantities import Counted, Quantity, find_quantities, what_is_counted
from briefing.digest.wordlists import table
from briefing.model import Figure, Span
from briefing.text import terms

MAX_KEY = 8


@dataclass(frozen=True, slots=True)
class _Found:
    figure: Figure
    sentence: Sentence
    score: float
    topic: frozenset[str]


def find_figures(document: Document) -> tuple[Figure, ...]:
    """The figures of ``document``, the most important first; ``key`` marks at most ``MAX_KEY``.

    Never marks a bare number: a key figure has a unit or says what it counts.
    """
    found: list[_Found] = []
    total = max(1, len(document.sentences))
    for sentence in document.sentences:
        quantities = find_quantities(sentence.text)
        if not quantities:
            continue
        counted: list[Counted] = []
        for at, quantity in enumerate(quantities):
            limit = quantities[at + 1].span.start if at + 1 < len(quantities) else None
            counted.append(what_is_counted(sentence.text, quantity, counted, limit))
            found.append(_weigh(document, sentence, quantity, counted[-1], total, len(quantities)))
    return _with_keys(sorted(found, key=lambda f: (-f.score, f.figure.span)))


def _weigh(
    document: Document,
    sentence: Sentence,
    quantity: Quantity,
    counted: Counted,
    total: int,
    siblings: int,
) -> _Found:
    offset = sentence.span.start
    start, end = quantity.span
    figure = Figure(
        surface=sentence.text[start:end],
        value=quantity.value,
        span=Span(offset + start, offset + end),
        evidence=(sentence.span,),
        value_to=quantity.value_to,
        unit=quantity.unit,
        bound=quantity.bound,
        change=quantity.change,
        counts=counted.phrase,
    )
    topic = frozenset(terms(counted.phrase, document.article.language))
    weights = table("numbers")["importance"]
    score = (
        sum(
            weights[name] * amount
            for name, amount in _features(document, sentence, quantity, counted, topic, siblings)
        )
        - weights["depth"] * sentence.index / total
    )
    return _Found(figure, sentence, score, topic)


_PAST = re.compile(r"\s(?:ago|earlier|later|before|after)\b")
_SPAN_WORDS = re.compile(r"\b(?:past|last|next|first|previous|final|the|these|those|other)\s\Z")
_TIMES = frozenset(
    ["seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"]
)


def _features(
    document: Document,
    sentence: Sentence,
    quantity: Quantity,
    counted: Counted,
    topic: frozenset[str],
    siblings: int,
) -> list[tuple[str, float]]:
    """What speaks for a figure and against it, by the names of the packaged weights."""
    unit = quantity.unit
    small_word = quantity.spelled and quantity.scale == 1 and not quantity.fraction
    time = unit in _TIMES
    before = sentence.text[max(0, quantity.span.start - 12) : quantity.span.start].lower()
    return [
        ("base", 1.0),
        ("opening", float(sentence.index < 3)),
        ("aside", float(not sentence.prose)),
        ("bound", float(bool(quantity.bound))),
        ("money", float(len(unit) == 3 and unit.isupper())),
        ("percent", float(unit == "%")),
        ("time", float(time)),
        ("past", float(time and bool(_PAST.match(sentence.text, quantity.span.end)))),
        ("pointing", float(bool(_SPAN_WORDS.search(before)))),
        ("small_word", float(small_word)),
        ("large", float(quantity.value >= 1000)),
        ("digits", float(not quantity.spelled)),
        ("joined", float(quantity.joined)),
        ("fraction", float(quantity.fraction)),
        ("uncounted", float(not counted.phrase)),
        ("inherited", float(counted.inherited)),
        ("said", float(counted.said)),
        ("title", float(bool(topic & document.title_terms))),
        ("change", float(quantity.change is not None)),
        ("crowd", float(siblings > 3)),
        ("long", float(len(topic) >= 3)),
    ]


def _with_keys(ranked: list[_Found]) -> tuple[Figure, ...]:
    threshold = float(table("numbers")["importance"]["threshold"])
    chosen: list[_Found] = []
    out: list[Figure] = []
    for found in ranked:
        figure = found.figure
        key = (
            len(chosen) < MAX_KEY
            and found.score >= threshold
            and bool(figure.counts or figure.unit)
            and not any(_says_the_same(found, other) for other in chosen)
        )
        if key:
            chosen.append(found)
            figure = Figure(
                figure.surface, figure.value, figure.span, figure.evidence, figure.value_to,
                figure.unit, figure.bound, figure.change, figure.counts, key=True,
            )  # fmt: skip
        out.append(figure)
    return tuple(out)


def _says_the_same(a: _Found, b: _Found) -> bool:
    """Whether two figures give one value for one thing: a reader needs it once."""
    x, y = a.figure, b.figure
    if x.value != y.value or x.unit != y.unit:
        return False
    return bool(a.topic & b.topic) or not a.topic or not b.topic
