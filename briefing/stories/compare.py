"""Where outlets give different numbers for the same thing.

Precision before recall: a claim that outlets disagree must be right. Numbers are compared as
intervals, only where the same thing is counted with the same qualifiers, never with history.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from briefing.model import Disagreement, Figure, Place, Reported
from briefing.stories.coverage import StoryArticle, in_order
from briefing.stories.data import load_weights
from briefing.stories.things import Thing, comparable, thing_of, topic_of
from briefing.text import words

Interval = tuple[float, float]
_POSTS = 3  # times of day that stand before the paragraphs of a running log
_POST = re.compile(r"\W{0,3}\d{1,2}[:.h]\d\d\b(?!\s*(?:%|per\b|million|billion))")
_LEAD = 2  # sentences of an article in which it tells its own news


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
    thing: Thing


def find_disagreements(
    articles: Sequence[StoryArticle], copies: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """The counted things for which the independent articles give values that cannot both hold.

    ``differ``: two outlets stand by theirs at the same time (within three hours, or the earlier
    value is repeated after the later one), never one outlet by itself; ``updated``: the later value
    took the place of the earlier one. One thing may have both: 8 weeks became 12, and 15 is told
    beside it. A page that is written on all day, with a time before each post, is left out.
    """
    independent = [a for a in in_order(articles) if a.id not in copies and not is_live(a)]
    if len(independent) < 2:
        return ()
    topic = topic_of(independent)
    things: list[list[_Given]] = []
    for article in independent:
        for given in _given(article, topic):
            home = next((t for t in things if comparable(given.thing, t[0].thing)), None)
            if home is None:
                things.append([given])
            else:
                home.append(given)
    return tuple(d for t in things if len(t) > 1 for d in _disagreements(_unambiguous(t)))


def is_live(article: StoryArticle) -> bool:
    """Whether an article is a running log: what it said in the morning is no value of its own."""
    lines = article.article.text.splitlines()
    return sum(_POST.match(line) is not None for line in lines) >= _POSTS


def _given(article: StoryArticle, topic: frozenset[str]) -> list[_Given]:
    """The figures of an article that say what they count, in the present."""
    found = []
    for figure in article.digest.figures:
        if figure.counts and figure.change is None:
            thing = thing_of(article, figure, topic)
            if thing is not None:
                found.append(_Given(article, figure, thing))
    return found


def _unambiguous(things: Sequence[_Given]) -> list[_Given]:
    """Of an article that gives several values itself the one of its lead: the rest is quoted.

    Where the lead gives none or several, the article counts different things and is left out.
    """
    kept = []
    for given in things:
        own = [g for g in things if g.article.id == given.article.id]
        if not any(_apart(g, o) for g in own for o in own):
            kept.append(given)
            continue
        leading = [g for g in own if _in_lead(g)]
        if given in leading and not any(_apart(g, o) for g in leading for o in leading):
            kept.append(given)
    return kept


def _in_lead(given: _Given) -> bool:
    return any(s in given.article.digest.sentences[:_LEAD] for s in given.figure.evidence)


def _apart(one: _Given, other: _Given) -> bool:
    """Whether two values cannot both hold, and yet are of one order of magnitude."""
    if not disjoint(interval(one.figure), interval(other.figure)):
        return False
    rule = load_weights().compare
    low, high = sorted((abs(one.figure.value), abs(other.figure.value)))
    return low > 0 and high <= low * (rule.event_ratio if one.thing.event else rule.ratio)


_Group = list[_Given]


def _disagreements(things: Sequence[_Given]) -> list[Disagreement]:
    """What outlets differ on now, and which earlier values were replaced."""
    values: dict[tuple[float, float | None, str], _Group] = {}
    for given in things:
        f = given.figure
        values.setdefault((f.value, f.value_to, f.bound), []).append(given)
    groups = [g for g in _worded(list(values.values())) if not _fallen(g, values.values())]
    apart = [
        g
        for g in groups
        if any(_apart(g[0], o[0]) or _outgrown(g, o) or _outgrown(o, g) for o in groups)
    ]
    replaced = [g for g in apart if any(_replaced(g, o, things) for o in apart)]
    standing = [g for g in apart if not any(_replaced(g, o, things) for o in apart)]
    differing = [
        g for g in standing if any(_apart(g[0], o[0]) and _at_once(g, o) for o in standing)
    ]
    found = []
    if differing:
        found.append(_told(things, "differ", differing))
    if replaced:
        gone = max(_starts(g) for g in replaced)
        newer = [g for g in standing if _starts(g) > gone]
        newest = max(newer, key=lambda g: len(_outlets(g)))
        found.append(_told(things, "updated", [*replaced, newest]))
    return found


def _fallen(group: _Group, others: Iterable[_Group]) -> bool:
    """Whether a toll is lower than one that another outlet gave before: it is not of the same."""
    if group[0].thing.event not in load_weights().compare.growing:
        return False
    return any(
        _apart(group[0], o[0])
        and group[0].figure.value < o[0].figure.value
        and _starts(group) > _ends(o)
        and not _at_once(o, group)
        and not _outlets(group) & _outlets(o)
        for o in others
    )


def _worded(groups: Sequence[_Group]) -> list[_Group]:
    """The groups, with "about 1,200" among those who give 1,184, where that is the one it means."""
    exact = [g for g in groups if g[0].figure.bound != "about"]
    found = [[*g] for g in exact]
    for group in groups:
        if group[0].figure.bound == "about":
            meant = [
                k
                for k, g in enumerate(exact)
                if g[0].figure.bound == ""
                and not disjoint(interval(g[0].figure), interval(group[0].figure))
            ]
            if len(meant) == 1:
                found[meant[0]] += group
            else:
                found.append(group)
    return found


def _replaced(group: _Group, other: _Group, things: Sequence[_Given]) -> bool:
    """Whether ``other`` took the place of ``group``: it came later, and nobody said both at once
    but outlets that have given up the earlier value themselves."""
    if _outgrown(group, other):
        return True
    if not _apart(group[0], other[0]):
        return False
    kept = [g for g in group if not _given_up(g, things)]
    if not kept:
        return _starts(other) > _starts(group)
    return _starts(other) > _ends(group) and not _at_once(kept, other)


def _given_up(given: _Given, things: Sequence[_Given]) -> bool:
    """Whether the outlet itself gave another value later."""
    return any(
        o.article.source == given.article.source
        and o.article.published > given.article.published
        and _apart(o, given)
        for o in things
    )


def _outgrown(group: _Group, other: _Group) -> bool:
    """Whether "at least eight dead" grew to nine: a toll that is counted on, some hours later."""
    one, later = group[0], other[0]
    if not one.thing.event or not one.figure.surface.lower().startswith("at least"):
        return False
    pause = timedelta(hours=load_weights().compare.overlap_hours)
    return (
        later.figure.bound != "less"
        and one.figure.value < later.figure.value
        and later.figure.value <= one.figure.value * load_weights().compare.event_ratio
        and _starts(other) >= _ends(group) + pause
    )


def _told(
    things: Sequence[_Given], verdict: Literal["differ", "updated"], groups: Sequence[_Group]
) -> Disagreement:
    reported = sorted((_reported(g) for g in groups), key=lambda r: (r.first_at, r.value))
    return Disagreement(_name(things), verdict, tuple(reported))


def _name(things: Sequence[_Given]) -> str:
    """The shortest wording names the thing, best one that says what is measured ("cost of the
    repairs"); a toll is named by its event."""
    event = things[0].thing.event
    rule = load_weights().compare
    wordings = [g.figure.counts for g in things]
    measured = [c for c in wordings if any(w in rule.verbs for w in words(c))]
    wordings = measured or wordings
    if event:
        synonyms = rule.synonyms
        telling = [c for c in wordings if any(synonyms.get(w) == event for w in words(c))]
        wordings = telling or [next(w for w, e in synonyms.items() if e == event)]
    return min(wordings, key=lambda c: (len(c), c[:1].isupper(), c))


def _outlets(group: _Group) -> set[str]:
    return {g.article.source for g in group}


def _ends(group: _Group) -> datetime:
    return max(g.article.published for g in group)


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
