"""The figures of an article: each number that matters, with what it counts and its sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from briefing.digest.quantities.completeness import is_complete, names_several
from briefing.digest.quantities.counted_phrase import CountedPhrase, counted_phrases
from briefing.digest.quantities.languages import find_in_language, may_count_in
from briefing.digest.quantities.money import home_currency
from briefing.digest.quantities.number_words import LANGUAGES
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.quantities.salience import (
    FigureCandidate,
    figure_features,
    load_figure_model,
    start,
    topic_of,
)
from briefing.digest.sentences.document import Document
from briefing.model import CaveatKind, Figure, Span
from briefing.text import stop_words

Item = TypeVar("Item")
MAX_KEY = 8
_NOTE = 3  # weight of a cue of correction that is a note: "An earlier version said …"
_ROUNDED = 0.01  # share by which a rounded value may be off
_MANY_DIGITS = 3  # from which on two equal values are no coincidence
CROWDING = 0.2  # log-odds by which a figure must be surer for each that is key already


@dataclass(frozen=True, slots=True)
class _ScoredFigure:
    figure: Figure
    score: float
    candidate: FigureCandidate


def find_figures(document: Document) -> tuple[Figure, ...]:
    """The figures of ``document``, the most important first; ``key`` marks at most ``MAX_KEY``.

    Never marks a bare number: a key figure says what it counts.
    """
    candidates = read_figures(document)
    if not candidates:
        return ()
    model = load_figure_model()
    state = start(document, candidates, title_values(document))
    scored = [
        _ScoredFigure(
            _figure(candidate),
            model.log_odds(tuple(figure_features(candidate, state).values())),
            candidate,
        )
        for candidate in candidates
    ]
    scored.sort(key=lambda f: (-f.score, f.figure.span))
    return _with_keys(scored, model.constants["threshold"])


def read_figures(document: Document) -> list[FigureCandidate]:
    """The figures of ``document`` in reading order, each with what it counts."""
    language = document.article.language
    may_count = may_count_in(language)
    home = ""
    candidates = []
    for sentence in document.sentences:
        if not may_count(sentence.words):
            continue
        quantities = find_in_language(sentence.text, language)
        if not quantities:
            continue
        counts = counted_phrases(sentence.text, quantities)
        if language in LANGUAGES:
            counts = [_without_tail(counted, language or "") for counted in counts]
        for quantity, counted in zip(quantities, counts, strict=True):
            if quantity.unit == "USD" and "$" in quantity.core.of(sentence.text):
                home = home or home_currency(document.article)
                quantity = _in_dollars_of(home, sentence.text, quantity)
            topic = topic_of(document, counted)
            candidate = FigureCandidate(sentence, quantity, counted, len(quantities), topic)
            candidates.append(candidate)
    return candidates


def _without_tail(counted: CountedPhrase, language: str) -> CountedPhrase:
    """What is counted without the function words at its end: "Helfer" of "Helfer und"."""
    words = counted.phrase.split(" ")
    stops = stop_words(language)
    while words and words[-1].lower() in stops:
        words.pop()
    return replace(counted, phrase=" ".join(words))


def _in_dollars_of(home: str, sentence: str, quantity: Quantity) -> Quantity:
    """An amount in "$" in the dollars of ``home``; "US$" stays as it is."""
    return quantity if "US$" in quantity.core.of(sentence) else replace(quantity, unit=home)


def title_values(document: Document) -> frozenset[float]:
    """The numbers of the title."""
    found = find_in_language(document.title, document.article.language)
    return frozenset(q.value for q in found)


def _figure(candidate: FigureCandidate) -> Figure:
    quantity, sentence = candidate.quantity, candidate.sentence
    start, end = quantity.span
    offset = sentence.span.start
    return Figure(
        surface=sentence.text[start:end],
        value=quantity.value,
        span=Span(offset + start, offset + end),
        evidence=(sentence.span,),
        value_to=quantity.value_to,
        unit=quantity.unit,
        bound=quantity.bound,
        change=quantity.change,
        counts=candidate.counted.phrase,
    )


def _with_keys(ranked: list[_ScoredFigure], threshold: float) -> tuple[Figure, ...]:
    taken = set(select_key([(f.score, f.candidate, at) for at, f in enumerate(ranked)], threshold))
    return tuple(
        replace(f.figure, key=True) if at in taken else f.figure for at, f in enumerate(ranked)
    )


def select_key(
    scored: Iterable[tuple[float, FigureCandidate, Item]], threshold: float
) -> list[Item]:
    """What of an article's figures is key: the best from ``threshold`` on, none that says the same
    as another. Each further one must be surer by ``CROWDING``. A figure comes with its score and
    with what to give back for it."""
    taken: list[FigureCandidate] = []
    selected: list[Item] = []
    for score, candidate, item in sorted(scored, key=lambda s: -s[0]):
        if score < threshold + CROWDING * len(taken) or len(taken) == MAX_KEY:
            break
        if not _can_be_shown(candidate):
            continue
        if not any(_says_the_same(candidate, other) for other in taken):
            taken.append(candidate)
            selected.append(item)
    return selected


def _can_be_shown(candidate: FigureCandidate) -> bool:
    """Whether a figure says what it counts in a line of its own; a measure may say where or when
    ("310 miles from the coast"), and of several things a plural is named. A note of correction
    mostly gives the wrong number."""
    rules = [hit.rule for hit in candidate.sentence.cues]
    if any(rule.kind is CaveatKind.CORRECTION and rule.weight == _NOTE for rule in rules):
        return False
    phrase, unit = candidate.counted.phrase, candidate.quantity.unit
    if not unit and abs(candidate.quantity.value) > 1 and not names_several(phrase):
        return False
    measure = unit not in ("", "%") and not (len(unit) == 3 and unit.isupper())
    return bool(phrase) and (measure or is_complete(phrase))


def _says_the_same(a: FigureCandidate, b: FigureCandidate) -> bool:
    """Whether two figures give one value for one thing: a reader needs it once.

    "Roughly 449,000", "nearly 449,000" and "$449K" are one; so are values of one unit and topic of
    which one is rounded. A value of three digits and more is one whatever is said of it.
    """
    x, y = a.quantity, b.quantity
    if x.unit and y.unit and x.unit != y.unit:
        return False
    near = abs(x.value - y.value) <= _ROUNDED * max(abs(x.value), abs(y.value))
    if not near or (x.value != y.value and not (x.bound or y.bound)):
        return False
    if x.unit == y.unit and _digits(x.value) >= _MANY_DIGITS:
        return True
    if x.value != y.value and x.unit != y.unit:
        return False
    return bool(a.topic & b.topic) or (x.unit == y.unit and not (a.topic and b.topic))


def _digits(value: float) -> int:
    """How many digits of a value say something: 2 of 45,000, 3 of 449,000."""
    return len(f"{abs(value):.6g}".split("e")[0].replace(".", "").strip("0"))
