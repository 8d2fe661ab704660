"""Where outlets give different numbers for the same thing.

Precision before recall: a claim that outlets disagree must be right. Numbers are compared as
intervals, only where the same thing is counted with the same qualifiers, never with history.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.model import Disagreement, Figure, Place, Reported
from briefing.stories.coverage import StoryArticle, in_order
from briefing.stories.data import load_weights
from briefing.text import stem, stop_words, words

Interval = tuple[float, float]


def counted(counts: str, language: str = "en") -> frozenset[str]:
    """What is counted as a set of stems: synonyms are one, nouns for anybody are left out."""
    rule = load_weights().compare
    stop = stop_words(language)
    content = [w for w in words(counts) if w not in stop]
    specific = [w for w in content if w not in rule.general] or content
    return frozenset(rule.synonyms.get(w) or stem(w, language) for w in specific)


def interval(figure: Figure) -> Interval:
    """The values a figure allows: bounds are open to one side, "about" is 7 % wide, a large round
    number stands for what rounds to it."""
    rule = load_weights().compare
    low = figure.value
    high = figure.value if figure.value_to is None else figure.value_to
    low, high = min(low, high), max(low, high)
    if figure.bound == "more":
        return low, math.inf
    if figure.bound == "less":
        return -math.inf, high
    if figure.bound == "about":
        return low - rule.about * abs(low), high + rule.about * abs(high)
    return low - _rounding(low), high + _rounding(high)


def _rounding(value: float) -> float:
    """Half of what the second significant digit is worth, where the number ends there."""
    size = abs(value)
    if size < load_weights().compare.round_from:
        return 0.0
    step = 10 ** (math.floor(math.log10(size)) - 1)
    return step / 2 if size % step == 0 else 0.0


def disjoint(one: Interval, other: Interval) -> bool:
    """Whether two intervals have no value in common."""
    slack = 1e-9 * max(1.0, *(abs(v) for v in (*one, *other) if math.isfinite(v)))
    return one[1] < other[0] - slack or other[1] < one[0] - slack


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure as one article gives it."""

    article: StoryArticle
    figure: Figure
    thing: frozenset[str]


def find_disagreements(
    articles: Sequence[StoryArticle], copies: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """The counted things for which the independent articles give values that cannot both hold.

    ``differ``: two outlets stand by theirs at the same time (within three hours, or the earlier
    value is repeated after the later one); ``updated``: the later value took the place of the
    earlier one.
    """
    things: list[list[_Given]] = []
    for article in in_order(articles):
        if article.id in copies:
            continue
        for given in _comparable(article):
            home = next((t for t in things if _same_thing(given, t[0])), None)
            if home is None:
                things.append([given])
            else:
                home.append(given)
    found = (_disagreement(_unambiguous(t)) for t in things)
    return tuple(d for d in found if d is not None)


def _comparable(article: StoryArticle) -> list[_Given]:
    """The key figures of an article that say what they count, in the present."""
    found = []
    for figure in article.digest.figures:
        if not (figure.key and figure.counts and figure.change is None) or _historical(
            article, figure
        ):
            continue
        thing = counted(figure.counts, article.article.language)
        if thing:
            found.append(_Given(article, figure, thing))
    return found


def _historical(article: StoryArticle, figure: Figure) -> bool:
    """Whether the words of the sentence compare with another time."""
    text = article.article.text
    sentence = " ".join(s.of(text) for s in figure.evidence).casefold()
    return any(cue in sentence for cue in load_weights().compare.historical)


def _same_thing(one: _Given, other: _Given) -> bool:
    if one.figure.unit != other.figure.unit:
        return False
    if one.thing == other.thing:
        return True
    if one.thing <= other.thing or other.thing <= one.thing:
        return False  # a part is not the whole: "soldiers killed" among "killed"
    common = len(one.thing & other.thing)
    return common >= load_weights().compare.likeness * len(one.thing | other.thing)


def _unambiguous(things: Sequence[_Given]) -> list[_Given]:
    """Without the articles that give several values themselves: they count different things."""
    kept = []
    for given in things:
        own = [g for g in things if g.article.id == given.article.id]
        if not any(disjoint(interval(given.figure), interval(g.figure)) for g in own):
            kept.append(given)
    return kept


def _disagreement(things: Sequence[_Given]) -> Disagreement | None:
    values: dict[tuple[float, float | None, str], list[_Given]] = {}
    for given in things:
        f = given.figure
        values.setdefault((f.value, f.value_to, f.bound), []).append(given)
    apart = [
        group
        for group in values.values()
        if any(disjoint(interval(group[0].figure), interval(o[0].figure)) for o in values.values())
    ]
    if len(apart) < 2:
        return None
    differ = any(
        _at_once(one, other)
        for k, one in enumerate(apart)
        for other in apart[k + 1 :]
        if disjoint(interval(one[0].figure), interval(other[0].figure))
    )
    reported = sorted((_reported(g) for g in apart), key=lambda r: (r.first_at, r.value))
    # Of those who agree on the thing, the shortest wording names it.
    counts = min((g.figure.counts for g in things), key=len)
    return Disagreement(counts, "differ" if differ else "updated", tuple(reported))


def _at_once(one: Sequence[_Given], other: Sequence[_Given]) -> bool:
    """Whether two outlets give the two values at the same time, or the earlier is given again."""
    limit = timedelta(hours=load_weights().compare.overlap_hours)
    if _starts(other) < _starts(one):
        one, other = other, one
    later = _starts(other)
    return any(
        a.article.source != b.article.source
        and (abs(a.article.published - b.article.published) < limit or a.article.published > later)
        for a in one
        for b in other
    )


def _starts(group: Sequence[_Given]) -> datetime:
    return min(g.article.published for g in group)


def _reported(group: Sequence[_Given]) -> Reported:
    figure = group[0].figure
    times = [g.article.published for g in group]
    return Reported(
        figure.surface,
        figure.value,
        figure.value_to,
        figure.unit,
        figure.bound,
        tuple(dict.fromkeys(Place(g.article.id, g.figure.evidence) for g in group)),
        tuple(dict.fromkeys(g.article.source for g in group)),
        min(times),
        max(times),
    )
