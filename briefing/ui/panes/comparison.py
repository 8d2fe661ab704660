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
from briefing.ui.formatting import format_time
from briefing.ui.targets import Comparison, Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import format_count

Read = Callable[[str], tuple[Article, Digest | None]]
"""An article and its digest by the article's id."""


def comparison_of(brief: Brief, counts: str, begin: Reported) -> Comparison:
    """All that is said of the thing called ``counts``: what outlets differ on, what was updated."""
    disagreements = tuple(d for d in brief.disagreements if d.counts == counts)
    values = " · ".join(f"{v.surface} ({', '.join(v.outlets)})" for v in values_of(disagreements))
    return Comparison(counts, disagreements, f"{counts}: {values}", begin)


def values_of(disagreements: tuple[Disagreement, ...]) -> list[Reported]:
    """Each value once, the earliest first."""
    once = {(v.value, v.value_to, v.unit, v.bound): v for d in disagreements for v in d.values}
    return sorted(once.values(), key=lambda v: (v.first_at, v.value))


# ── The verdicts ─────────────────────────────────────────────────────────────────────────────


def verdicts(disagreements: tuple[Disagreement, ...]) -> list[str]:
    """What is to be made of the values, a sentence for each disagreement, its sign before it."""
    disputed = [v for d in disagreements if d.verdict == "differ" for v in d.values]
    return [
        _differ(d) if d.verdict == "differ" else _updated(d, d.values[-1] not in disputed)
        for d in disagreements
    ]


def _differ(disagreement: Disagreement) -> str:
    values = ", ".join(v.surface for v in disagreement.values[:-1])
    return f"≠ Reports differ at the same time: {values} and {disagreement.values[-1].surface}."


def _updated(disagreement: Disagreement, alone: bool) -> str:
    last, before = disagreement.values[-1], disagreement.values[-2]
    way = "something else"
    if last.unit == before.unit and _size(last) != _size(before):
        way = "more" if _size(last) > _size(before) else "less"
    end = f"{last.surface} is current" if alone else f"{last.surface} came after {before.surface}"
    return f"↻ Later reports say {way}: {end}."


def _size(value: Reported) -> float:
    return value.value if value.value_to is None else (value.value + value.value_to) / 2


# ── The values ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Statement:
    """One outlet's own sentence. ``numbers``: where the value stands in ``text``."""

    source: str
    published: datetime | None
    place: Place
    text: str
    numbers: Evidence


def statements_of(value: Reported, read: Read) -> list[Statement]:
    """The sentences that give a value, the earliest first.

    Raises StoreError where an article has gone.
    """
    statements = []
    for place in value.places:
        article, digest = read(place.article_id)
        if not place.evidence:
            continue
        span = Span(place.evidence[0].start, place.evidence[-1].end)
        statements.append(
            Statement(
                article.source or "",
                article.published,
                place,
                span.of(article.text),
                _numbers(value, span, article, digest),
            )
        )
    return sorted(statements, key=lambda s: s.published.timestamp() if s.published else 0.0)


def _numbers(value: Reported, within: Span, article: Article, digest: Digest | None) -> Evidence:
    """Where the sentence gives the value: by its digest, else by the words of the first outlet."""
    numbers = (value.value, value.value_to)
    for figure in digest.figures if digest is not None else ():
        if (figure.value, figure.value_to) == numbers and within.contains(figure.span):
            return (Span(figure.span.start - within.start, figure.span.end - within.start),)
    at = within.of(article.text).casefold().find(value.surface.casefold())
    return (Span(at, at + len(value.surface)),) if at >= 0 else ()


def column(
    value: Reported, counts: str, read: Read, styles: ThemeStyles, now: datetime
) -> list[Item]:
    """The lines of one value: its outlets and times, then their own sentences."""
    items = [Item(styled(f"{_outlets(value)} · {_times(value, now)}", style=styles.muted))]
    for statement in statements_of(value, read):
        items += [Item(Text()), _statement_item(statement, value, counts, styles, now)]
    return items


def stacked(
    values: list[Reported], counts: str, read: Read, styles: ThemeStyles, now: datetime
) -> list[Item]:
    """The same below one another: each value, then its lines."""
    items: list[Item] = []
    for value in values:
        if items:
            items.append(Item(Text()))
        items.append(Item(styled(clean_line(value.surface), style=styles.strong)))
        items += column(value, counts, read, styles, now)
    return items


def _outlets(value: Reported) -> str:
    return format_count(len(value.outlets), "outlet")


def _times(value: Reported, now: datetime) -> str:
    first, last = format_time(value.first_at, now), format_time(value.last_at, now)
    return first if first == last else f"{first} to {last}"


def _statement_item(
    statement: Statement, value: Reported, counts: str, styles: ThemeStyles, now: datetime
) -> Item:
    text = styled(clean_line(statement.source) or "Unnamed", style=styles.strong)
    if statement.published is not None:
        text.append(f"  {format_time(statement.published, now)}", style=styles.muted)
    text.append("\n")
    end = 0
    for number in statement.numbers:
        text.append(_inside(statement.text[end : number.start]))
        text.append(_inside(number.of(statement.text)), style=styles.evidence)
        end = number.end
    text.append(_inside(statement.text[end:]))
    place = statement.place
    target = Passage.of_place(
        place,
        clean_line(f"{counts}: {value.surface}"),
        clean_line(statement.text),
        value.places,
    )
    return Item(text, target)


def _inside(text: str) -> str:
    """A part of a sentence on one line; the spaces at its ends belong to it."""
    return strip_controls(text).replace("\n", " ").replace("\t", " ")
