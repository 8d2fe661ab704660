"""The values that outlets give for one counted thing, as lines: a column for each value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rich.text import Text

from briefing.model import (
    Article,
    Brief,
    Digest,
    Disagreement,
    Evidence,
    Place,
    Reported,
    Span,
)
from briefing.text.clean import clean_line, strip_controls
from briefing.ui.targets import Comparison, Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item
from briefing.ui.words import clock, counted

Read = Callable[[str], tuple[Article, Digest | None]]
"""An article and its digest by the article's id."""


def comparison_of(brief: Brief, counts: str, begin: Reported) -> Comparison:
    """All that is said of the thing called ``counts``: what outlets differ on, what was updated."""
    told = tuple(d for d in brief.disagreements if d.counts == counts)
    values = " · ".join(f"{v.surface} ({', '.join(v.outlets)})" for v in values_of(told))
    return Comparison(counts, told, f"{counts}: {values}", begin)


def values_of(told: tuple[Disagreement, ...]) -> list[Reported]:
    """Each value once, the earliest first."""
    once = {(v.value, v.value_to, v.unit, v.bound): v for d in told for v in d.values}
    return sorted(once.values(), key=lambda v: (v.first_at, v.value))


# ── The verdicts ─────────────────────────────────────────────────────────────────────────────


def verdicts(told: tuple[Disagreement, ...]) -> list[str]:
    """What is to be made of the values, a sentence for each disagreement, its sign before it."""
    disputed = [v for d in told if d.verdict == "differ" for v in d.values]
    return [
        _differ(d) if d.verdict == "differ" else _updated(d, d.values[-1] not in disputed)
        for d in told
    ]


def _differ(told: Disagreement) -> str:
    values = ", ".join(v.surface for v in told.values[:-1])
    return f"≠ Reports differ at the same time: {values} and {told.values[-1].surface}."


def _updated(told: Disagreement, alone: bool) -> str:
    last, before = told.values[-1], told.values[-2]
    way = "something else"
    if last.unit == before.unit and _size(last) != _size(before):
        way = "more" if _size(last) > _size(before) else "less"
    end = f"{last.surface} is current" if alone else f"{last.surface} came after {before.surface}"
    return f"↻ Later reports say {way}: {end}."


def _size(value: Reported) -> float:
    return value.value if value.value_to is None else (value.value + value.value_to) / 2


# ── The values ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Saying:
    """One outlet's own sentence. ``numbers``: where the value stands in ``text``."""

    source: str
    published: datetime | None
    place: Place
    text: str
    numbers: Evidence


def sayings(value: Reported, read: Read) -> list[Saying]:
    """The sentences that give a value, the earliest first.

    Raises StoreError where an article has gone.
    """
    found = []
    for place in value.places:
        article, digest = read(place.article_id)
        if not place.evidence:
            continue
        span = Span(place.evidence[0].start, place.evidence[-1].end)
        found.append(
            Saying(
                article.source or "",
                article.published,
                place,
                span.of(article.text),
                _numbers(value, span, article, digest),
            )
        )
    return sorted(found, key=lambda s: s.published.timestamp() if s.published else 0.0)


def _numbers(value: Reported, within: Span, article: Article, digest: Digest | None) -> Evidence:
    """Where the sentence gives the value: by its digest, else by the words of the first outlet."""
    wanted = (value.value, value.value_to)
    for figure in digest.figures if digest is not None else ():
        if (figure.value, figure.value_to) == wanted and within.contains(figure.span):
            return (Span(figure.span.start - within.start, figure.span.end - within.start),)
    at = within.of(article.text).casefold().find(value.surface.casefold())
    return (Span(at, at + len(value.surface)),) if at >= 0 else ()


def column(value: Reported, counts: str, read: Read, inks: Inks, now: datetime) -> list[Item]:
    """The lines of one value: its outlets and times, then their own sentences."""
    items = [Item(ink(f"{_outlets(value)} · {_times(value, now)}", style=inks.muted))]
    for saying in sayings(value, read):
        items += [Item(Text()), _saying(saying, value, counts, inks, now)]
    return items


def stacked(
    values: list[Reported], counts: str, read: Read, inks: Inks, now: datetime
) -> list[Item]:
    """The same below one another: each value, then its lines."""
    items: list[Item] = []
    for value in values:
        if items:
            items.append(Item(Text()))
        items.append(Item(ink(clean_line(value.surface), style=inks.strong)))
        items += column(value, counts, read, inks, now)
    return items


def _outlets(value: Reported) -> str:
    return counted(len(value.outlets), "outlet")


def _times(value: Reported, now: datetime) -> str:
    first, last = clock(value.first_at, now), clock(value.last_at, now)
    return first if first == last else f"{first} to {last}"


def _saying(saying: Saying, value: Reported, counts: str, inks: Inks, now: datetime) -> Item:
    text = ink(clean_line(saying.source) or "Unnamed", style=inks.strong)
    if saying.published is not None:
        text.append(f"  {clock(saying.published, now)}", style=inks.muted)
    text.append("\n")
    end = 0
    for number in saying.numbers:
        text.append(_inside(saying.text[end : number.start]))
        text.append(_inside(number.of(saying.text)), style=inks.evidence)
        end = number.end
    text.append(_inside(saying.text[end:]))
    place = saying.place
    target = Passage(
        place.article_id,
        place.evidence,
        clean_line(f"{counts}: {value.surface}"),
        clean_line(saying.text),
        value.places,
    )
    return Item(text, target)


def _inside(text: str) -> str:
    """A part of a sentence on one line; the spaces at its ends belong to it."""
    return strip_controls(text).replace("\n", " ").replace("\t", " ")
