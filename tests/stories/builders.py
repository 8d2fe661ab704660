"""Articles made for the tests, about places and people that do not exist."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from briefing.model import (
    Article,
    Attribution,
    Basis,
    Bound,
    Bullet,
    Caveat,
    CaveatKind,
    Cue,
    Digest,
    Entity,
    Figure,
    Link,
    Span,
    StoryArticle,
)

START = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """So many hours after the start."""
    return START + timedelta(hours=hours)


def story_article(
    key: str,
    source: str,
    title: str,
    lines: Sequence[str],
    *,
    hours: float = 0.0,
    bullets: Sequence[int] = (0,),
    caveats: Mapping[int, tuple[CaveatKind, int]] | None = None,
    dependent: Sequence[int] = (),
    figures: Sequence[Figure] = (),
    entities: Sequence[Entity] = (),
    credit: str | None = None,
    first: bool = True,
    basis: Basis = Basis.FULL,
    links: tuple[Link, ...] = (),
    weight: float = 1.0,
    opinion: bool = False,
) -> StoryArticle:
    """An article whose sentences are its lines; ``bullets`` and ``caveats`` count the lines.

    dependent: the bullets that open with what only the line before explains.
    """
    text = "\n".join(lines)
    spans = spans_of(lines)
    marks = {
        k: Cue(kind, heavy, lines[k].split()[0], Span(spans[k].start, spans[k].start + 3))
        for k, (kind, heavy) in (caveats or {}).items()
    }
    digest = Digest(
        article=Article(
            key,
            text,
            title,
            f"https://{key}.example/",
            source,
            None,
            at(hours),
            "en",
            basis,
            opinion=opinion,
        ),
        sentences=tuple(spans),
        bullets=tuple(
            Bullet(
                lines[k],
                marks.get(k),
                (spans[k],),
                context="previous" if k in dependent else "none",
            )
            for k in bullets
        ),
        caveats=tuple(Caveat(m, (spans[k],)) for k, m in marks.items()),
        figures=tuple(figures),
        entities=tuple(entities),
        links=links,
        attributions=()
        if credit is None
        else (Attribution(credit, "first reported", first, (spans[-1],)),),
    )
    return StoryArticle(digest, source, at(hours), weight)


def spans_of(lines: Sequence[str]) -> list[Span]:
    """The span of each line in the lines joined."""
    spans, start = [], 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def number(
    lines: Sequence[str],
    line: int,
    surface: str,
    value: float,
    counts: str,
    *,
    unit: str = "",
    bound: Bound = "",
    to: float | None = None,
    key: bool = True,
) -> Figure:
    """A figure that stands in a line."""
    span = spans_of(lines)[line]
    start = span.start + lines[line].index(surface)
    return Figure(
        surface,
        value,
        Span(start, start + len(surface)),
        (span,),
        to,
        unit,
        bound,
        None,
        counts,
        key,
    )


def person(lines: Sequence[str], name: str, role: str | None = None, *, key: bool = True) -> Entity:
    """A person named in the lines."""
    text = "\n".join(lines)
    start = text.index(name)
    return Entity(name, "person", (Span(start, start + len(name)),), role, None, key)


CLOSED = "The port authority of Nordhaven closed the harbour bridge to lorries on Monday."
BUSES = "Buses and ambulances may still cross the bridge at night under the order."
DENIED = "The hauliers' union says the weight limit rests on a wrong measurement by the inspectors."
CRACKS = "Inspectors found cracks in two of the nine pillars last week."
DETOUR = "Lorries now have to take the longer road through the village of Elm Ferry."
FERRY = "A second ferry between Elm Ferry and Nordhaven starts sailing on Thursday."
MARKET = "Fish traders at the morning market expect deliveries to arrive late."
SCHOOL = "Schools on the northern bank open an hour later until the summer."
