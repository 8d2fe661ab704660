"""The values that outlets give for one counted thing, as lines: a column for each value."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.style import Style
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
    found = numbers_in(value, within, digest)
    if found:
        return (Span(found[0].start - within.start, found[0].end - within.start),)
    surface = rf"(?<!\w){re.escape(value.surface)}(?!\w)"
    match = re.search(surface, within.of(article.text), re.IGNORECASE)
    return (Span(*match.span()),) if match else ()


def numbers_in(value: Reported, within: Span, digest: Digest | None) -> list[Span]:
    """Where the digest found the value in a stretch of its article."""
    numbers = (value.value, value.value_to)
    return [
        figure.span
        for figure in (digest.figures if digest is not None else ())
        if (figure.value, figure.value_to) == numbers and within.contains(figure.span)
    ]


def column(
    value: Reported, counts: str, read: Read, styles: ThemeStyles, now: datetime
) -> list[Item]:
    """The lines of one value: its outlets and times, then their own sentences."""
    items = [Item(styled(f"{_outlets(value)} · {_times(value, now)}", style=styles.muted))]
    for statement in statements_of(value, read):
        items += [Item(Text()), _statement_item(statement, value, counts, styles, now)]
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
    text.append_text(emphasised(statement.text, [(n, styles.evidence) for n in statement.numbers]))
    place = statement.place
    target = Passage.of_place(
        place,
        clean_line(f"{counts}: {value.surface}"),
        clean_line(statement.text),
        value.places,
    )
    return Item(text, target)


def emphasised(text: str, parts: Sequence[tuple[Span, Style]]) -> Text:
    """A sentence on one line, with parts of it in styles; a part within another loses."""
    shown, end = Text(), 0
    for span, style in sorted(parts, key=lambda part: part[0]):
        if span.start < end:
            continue
        shown.append(_inside(text[end : span.start]))
        shown.append(_inside(span.of(text)), style=style)
        end = span.end
    return shown.append(_inside(text[end:]))


def _inside(text: str) -> str:
    """A part of a sentence on one line; the spaces at its ends belong to it."""
    return strip_controls(text).replace("\n", " ").replace("\t", " ")
