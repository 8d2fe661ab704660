"""Where outlets give different numbers for the same thing.

Precision before recall: a claim that outlets disagree must be right. Numbers are compared as
intervals, only where the same thing is counted with the same qualifiers, never with history.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from typing import Literal

from briefing.model import Amount, Disagreement, Figure, Place, Reported, StoryArticle
from briefing.stories.figure_referent import Referent, comparable, referent_of, topic_stems
from briefing.stories.parameters import CompareRules, Parameters
from briefing.stories.past_values import is_told_as_past
from briefing.stories.source_independence import in_order
from briefing.text import words

Interval = tuple[float, float]
_POSTS = 3  # times of day that stand before the paragraphs of a running log
_POST = re.compile(r"\W{0,3}\d{1,2}[:.h]\d\d\b(?!\s*(?:%|per\b|million|billion))")
_LEAD = 2  # sentences of an article in which it tells its own news


def interval(figure: Figure, rule: CompareRules) -> Interval:
    """The values a figure allows: bounds are open to one side, "about" is 7 % wide, a large round
    number stands for what rounds to it."""
    low = figure.value
    high = figure.value if figure.value_to is None else figure.value_to
    low, high = min(low, high), max(low, high)
    if figure.bound == "more":
        return low, math.inf
    if figure.bound == "less":
        return -math.inf, high
    if figure.bound == "about":
        return low - rule.about * abs(low), high + rule.about * abs(high)
    return low - _rounding(low, rule), high + _rounding(high, rule)


def _rounding(value: float, rule: CompareRules) -> float:
    """Half of what the second significant digit is worth, where the number ends there."""
    size = abs(value)
    if size < rule.round_from:
        return 0.0
    step = 10 ** (math.floor(math.log10(size)) - 1)
    return step / 2 if size % step == 0 else 0.0


def disjoint(first: Interval, second: Interval) -> bool:
    """Whether two intervals have no value in common."""
    slack = 1e-9 * max(1.0, *(abs(v) for v in (*first, *second) if math.isfinite(v)))
    return first[1] < second[0] - slack or second[1] < first[0] - slack


@dataclass(frozen=True, slots=True)
class _ReportedFigure:
    """A figure as one article gives it."""

    article: StoryArticle
    figure: Figure
    referent: Referent


def find_disagreements(
    articles: Sequence[StoryArticle], copies: Mapping[str, str], parameters: Parameters
) -> tuple[Disagreement, ...]:
    """The counted things for which the independent articles give values that cannot both hold.

    ``differ``: two outlets stand by theirs at the same time (within three hours, or the earlier
    value is repeated after the later one), never one outlet by itself; ``updated``: the later value
    took the place of the earlier one. One thing may have both: 8 weeks became 12, and 15 is told
    beside it. What an article tells as past ("had stood at three"), where an earlier one gave it,
    is no value of its own; what was given before the value whose place it should have taken is no
    update. A page that is written on all day, with a time before each post, is left out.
    """
    rule = parameters.compare
    independent = [a for a in in_order(articles) if a.id not in copies and not is_live(a)]
    if len(independent) < 2:
        return ()
    topic = topic_stems(independent)
    given: dict[Amount, datetime] = {}
    by_referent: list[list[_ReportedFigure]] = []
    for article in independent:
        present = [
            f
            for f in article.digest.figures
            if f.amount not in given or not is_told_as_past(article, f, parameters.current)
        ]
        for f in present:
            given.setdefault(f.amount, article.published)
        for figure in _reported_figures(article, present, topic, rule):
            home = next(
                (g for g in by_referent if comparable(figure.referent, g[0].referent, rule)), None
            )
            if home is None:
                by_referent.append([figure])
            else:
                home.append(figure)
    return tuple(
        d
        for group in by_referent
        if len(group) > 1
        for d in _disagreements(_unambiguous(group, rule), rule)
        if not _is_given_again(d, given)
    )


def _is_given_again(disagreement: Disagreement, given: Mapping[Amount, datetime]) -> bool:
    """Whether the later value of an update was known already when the earlier one was given: a
    report that comes late with what others have replaced."""
    *_, replaced, newest = disagreement.values
    known = given.get(newest.amount)
    return disagreement.verdict == "updated" and known is not None and known < replaced.first_at


def is_live(article: StoryArticle) -> bool:
    """Whether an article is a running log: what it said in the morning is no value of its own."""
    lines = article.article.text.splitlines()
    return sum(_POST.match(line) is not None for line in lines) >= _POSTS


def _reported_figures(
    article: StoryArticle,
    figures: Iterable[Figure],
    topic: frozenset[str],
    rule: CompareRules,
) -> list[_ReportedFigure]:
    """Those of an article's figures that say what they count, in the present."""
    reported = []
    for figure in figures:
        if figure.counts and figure.change is None:
            referent = referent_of(article, figure, topic, rule)
            if referent is not None:
                reported.append(_ReportedFigure(article, figure, referent))
    return reported


def _unambiguous(figures: Sequence[_ReportedFigure], rule: CompareRules) -> list[_ReportedFigure]:
    """Of an article that gives several values itself the one of its lead: the rest is quoted.

    Where the lead gives none or several, the article counts different things and is left out.
    """
    by_article: dict[str, list[_ReportedFigure]] = {}
    for figure in figures:
        by_article.setdefault(figure.article.id, []).append(figure)
    kept = []
    for own in by_article.values():
        if not _are_at_odds(own, rule):
            kept += own
            continue
        leading = [f for f in own if _in_lead(f)]
        if not _are_at_odds(leading, rule):
            kept += leading
    return kept


def _are_at_odds(figures: Sequence[_ReportedFigure], rule: CompareRules) -> bool:
    """Whether some of one article's values contradict each other. Each value is compared once, as
    a log or a table may give one thousands of times."""
    values = {(f.figure.amount, f.figure.bound, f.referent.event): f for f in figures}
    return any(_contradict(f, g, rule) for f, g in permutations(values.values(), 2))


def _in_lead(reported: _ReportedFigure) -> bool:
    return any(s in reported.article.digest.sentences[:_LEAD] for s in reported.figure.evidence)


def _contradict(first: _ReportedFigure, second: _ReportedFigure, rule: CompareRules) -> bool:
    """Whether two values cannot both hold, and yet are of one order of magnitude."""
    if not disjoint(interval(first.figure, rule), interval(second.figure, rule)):
        return False
    low, high = sorted((abs(first.figure.value), abs(second.figure.value)))
    return low > 0 and high <= low * (rule.event_ratio if first.referent.event else rule.ratio)


_ReportedValue = list[_ReportedFigure]


def _disagreements(figures: Sequence[_ReportedFigure], rule: CompareRules) -> list[Disagreement]:
    """What outlets differ on now, and which earlier values were replaced."""
    values: dict[tuple[float, float | None, str], _ReportedValue] = {}
    for reported in figures:
        f = reported.figure
        values.setdefault((f.value, f.value_to, f.bound), []).append(reported)
    groups = [
        g for g in _rounded(list(values.values()), rule) if not _fallen(g, values.values(), rule)
    ]
    conflicting = [
        g
        for g in groups
        if any(
            _contradict(g[0], o[0], rule) or _outgrown(g, o, rule) or _outgrown(o, g, rule)
            for o in groups
        )
    ]
    replaced = [g for g in conflicting if any(_replaced(g, o, figures, rule) for o in conflicting)]
    standing = [
        g for g in conflicting if not any(_replaced(g, o, figures, rule) for o in conflicting)
    ]
    differing = [
        g
        for g in standing
        if any(_contradict(g[0], o[0], rule) and _at_once(g, o, rule) for o in standing)
    ]
    disagreements = []
    if differing:
        disagreements.append(_disagreement(figures, "differ", differing, rule))
    if replaced:
        replaced_at = max(_starts(g) for g in replaced)
        newer = [g for g in standing if _starts(g) > replaced_at]
        newest = max(newer, key=lambda g: len(_outlets(g)))
        disagreements.append(_disagreement(figures, "updated", [*replaced, newest], rule))
    return disagreements


def _fallen(group: _ReportedValue, others: Iterable[_ReportedValue], rule: CompareRules) -> bool:
    """Whether a toll is lower than one that another outlet gave before: it is not of the same."""
    if group[0].referent.event not in rule.growing:
        return False
    return any(
        _contradict(group[0], o[0], rule)
        and group[0].figure.value < o[0].figure.value
        and _starts(group) > _ends(o)
        and not _at_once(o, group, rule)
        and not _outlets(group) & _outlets(o)
        for o in others
    )


def _rounded(groups: Sequence[_ReportedValue], rule: CompareRules) -> list[_ReportedValue]:
    """The groups, with "about 1,200" among those who give 1,184, where that is the one it means."""
    exact = [g for g in groups if g[0].figure.bound != "about"]
    merged = [[*g] for g in exact]
    for group in groups:
        if group[0].figure.bound == "about":
            meant = [
                k
                for k, g in enumerate(exact)
                if g[0].figure.bound == ""
                and not disjoint(interval(g[0].figure, rule), interval(group[0].figure, rule))
            ]
            if len(meant) == 1:
                merged[meant[0]] += group
            else:
                merged.append(group)
    return merged


def _replaced(
    group: _ReportedValue,
    other: _ReportedValue,
    figures: Sequence[_ReportedFigure],
    rule: CompareRules,
) -> bool:
    """Whether ``other`` took the place of ``group``: it came later, and nobody said both at once
    but outlets that have given up the earlier value themselves."""
    if _outgrown(group, other, rule):
        return True
    if not _contradict(group[0], other[0], rule):
        return False
    kept = [g for g in group if not _is_withdrawn(g, figures, rule)]
    if not kept:
        return _starts(other) > _starts(group)
    return _starts(other) > _ends(group) and not _at_once(kept, other, rule)


def _is_withdrawn(
    reported: _ReportedFigure, figures: Sequence[_ReportedFigure], rule: CompareRules
) -> bool:
    """Whether the outlet itself gave another value later."""
    return any(
        o.article.source == reported.article.source
        and o.article.published > reported.article.published
        and _contradict(o, reported, rule)
        for o in figures
    )


def _outgrown(group: _ReportedValue, other: _ReportedValue, rule: CompareRules) -> bool:
    """Whether "at least eight dead" grew to nine: a toll that is counted on, some hours later."""
    earlier, later = group[0], other[0]
    if not earlier.referent.event or not earlier.figure.surface.lower().startswith("at least"):
        return False
    pause = timedelta(hours=rule.overlap_hours)
    return (
        later.figure.bound != "less"
        and earlier.figure.value < later.figure.value
        and later.figure.value <= earlier.figure.value * rule.event_ratio
        and _starts(other) >= _ends(group) + pause
    )


def _disagreement(
    figures: Sequence[_ReportedFigure],
    verdict: Literal["differ", "updated"],
    groups: Sequence[_ReportedValue],
    rule: CompareRules,
) -> Disagreement:
    values = sorted(
        (reported([(g.article, g.figure) for g in group]) for group in groups),
        key=lambda r: (r.first_at, r.value),
    )
    return Disagreement(_name(figures, rule), verdict, tuple(values))


def _name(figures: Sequence[_ReportedFigure], rule: CompareRules) -> str:
    """The shortest wording names the thing, best one that says what is measured ("cost of the
    repairs"); a toll is named by its event."""
    event = figures[0].referent.event
    wordings = [g.figure.counts for g in figures]
    measured = [c for c in wordings if any(w in rule.verbs for w in words(c))]
    wordings = measured or wordings
    if event:
        events = rule.events
        telling = [c for c in wordings if any(events.get(w) == event for w in words(c))]
        wordings = telling or [next(w for w, e in events.items() if e == event)]
    return min(wordings, key=lambda c: (len(c), c[:1].isupper(), c))


def _outlets(group: _ReportedValue) -> set[str]:
    return {g.article.source for g in group}


def _ends(group: _ReportedValue) -> datetime:
    return max(g.article.published for g in group)


def _at_once(
    first: Sequence[_ReportedFigure], second: Sequence[_ReportedFigure], rule: CompareRules
) -> bool:
    """Whether two outlets give the two values at the same time, or the earlier is given again."""
    limit = timedelta(hours=rule.overlap_hours)
    if _starts(second) < _starts(first):
        first, second = second, first
    later = _starts(second)
    return any(
        a.article.source != b.article.source
        and (abs(a.article.published - b.article.published) < limit or a.article.published > later)
        for a in first
        for b in second
    )


def _starts(group: Sequence[_ReportedFigure]) -> datetime:
    return min(g.article.published for g in group)


def reported(given: Sequence[tuple[StoryArticle, Figure]]) -> Reported:
    """One value, with everywhere it is given. given: its figures, each with its article; the first
    one's wording is kept.
    """
    figure = given[0][1]
    times = [a.published for a, _ in given]
    return Reported(
        figure.surface,
        figure.value,
        figure.value_to,
        figure.unit,
        figure.bound,
        tuple(dict.fromkeys(Place(a.id, f.evidence) for a, f in given)),
        tuple(dict.fromkeys(a.source for a, _ in given)),
        min(times),
        max(times),
    )
