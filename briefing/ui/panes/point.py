"""The same point in the sentences of each outlet that has it, and where these sentences differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from rich.style import Style
from rich.text import Text

from briefing.model import Digest, Disagreement, Place, Span
from briefing.text.clean import clean_line
from briefing.ui.formatting import format_time
from briefing.ui.panes.comparison import Read, emphasised, numbers_in
from briefing.ui.panes.wordings import CAME, word_changes
from briefing.ui.targets import Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import format_count

_ALIKE = 0.75  # of the words of two sentences: one was made of the other
_LONG = 150  # words; longer sentences are not compared
_MOST = 20  # outlets before, with which a sentence is compared


@dataclass(frozen=True, slots=True)
class OutletPoint:
    """What one article says of a point. places: its sentences, each with what belongs to it."""

    source: str
    published: datetime | None
    places: tuple[Place, ...]
    texts: tuple[str, ...]
    digest: Digest | None

    @property
    def named(self) -> str:
        """Its outlet's name."""
        return self.source or "Unnamed"

    @property
    def text(self) -> str:
        """The first place's sentences."""
        return self.texts[0]


def articles_of(passage: Passage) -> list[str]:
    """The articles that have the point, in the order of its places."""
    return list(dict.fromkeys(place.article_id for place in passage.places if place.evidence))


def outlet_points(passage: Passage, read: Read) -> list[OutletPoint]:
    """The point article by article. Raises StoreError where one has gone."""
    points = []
    for name in articles_of(passage):
        article, digest = read(name)
        places = tuple(p for p in passage.places if p.article_id == name and p.evidence)
        texts = tuple(" … ".join(s.of(article.text) for s in p.evidence) for p in places)
        points.append(OutletPoint(article.source or "", article.published, places, texts, digest))
    return points


# ── Where they differ ────────────────────────────────────────────────────────────────────────


def differing(
    disagreements: Sequence[Disagreement], points: Sequence[OutletPoint]
) -> list[Disagreement]:
    """The disagreements of the story of which these sentences give two values or more."""
    return [d for d in disagreements if sum(_gives(points, v.places) for v in d.values) > 1]


def _gives(points: Sequence[OutletPoint], places: Sequence[Place]) -> bool:
    return any(_is_at(own, place) for p in points for own in p.places for place in places)


def _is_at(own: Place, other: Place) -> bool:
    if own.article_id != other.article_id:
        return False
    return any(a.overlaps(b) for a in own.evidence for b in other.evidence)


def _numbers(point: OutletPoint, place: Place, told: Sequence[Disagreement]) -> list[Span]:
    """Where a sentence gives one of the values that outlets differ on, as its digest has it."""
    values = [
        value for d in told for value in d.values if any(_is_at(place, p) for p in value.places)
    ]
    spans = [numbers_in(v, s, point.digest) for v in values for s in place.evidence]
    return [span for found in spans for span in found]


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How a sentence is like one of an outlet before. came: what is other in it."""

    words: str
    came: tuple[Span, ...] = ()


def _likeness(text: str, before: Sequence[OutletPoint]) -> _Likeness | None:
    """The outlet whose words a sentence has, or nearly; None where it has words of its own."""
    mine = text.split()
    folded = [word.casefold() for word in mine]
    matcher = SequenceMatcher(None, (), mine, False)  # which indexes its second sequence
    best, found = 0.0, None
    for point in before[:_MOST]:
        theirs = point.text.split()
        if folded == [word.casefold() for word in theirs]:
            return _Likeness(f"word for word as {point.named}")
        if max(len(mine), len(theirs)) <= _LONG:
            matcher.set_seq1(theirs)
            least = max(best, _ALIKE)
            if matcher.quick_ratio() >= least:
                ratio = matcher.ratio()
                if ratio >= _ALIKE and ratio > best:
                    best, found = ratio, point
    if found is None:
        return None
    _, came = word_changes(found.text, text)
    if not came:
        return _Likeness(f"as {found.named}, shortened")
    return _Likeness(f"as {found.named} but for the words underlined", came)


# ── The lines ────────────────────────────────────────────────────────────────────────────────


def verdict_of(passage: Passage, points: Sequence[OutletPoint], styles: ThemeStyles) -> Text:
    """What is compared, in a line."""
    outlets = len({point.source for point in points})
    count = format_count(outlets, "outlet")
    articles = f", {format_count(len(points), 'article')}" if len(points) > outlets else ""
    return styled(f"{clean_line(passage.label)} in the words of {count}{articles}", styles.strong)


def point_items(
    passage: Passage,
    points: Sequence[OutletPoint],
    number: int,
    told: Sequence[Disagreement],
    styles: ThemeStyles,
    now: datetime,
) -> list[Item]:
    """The lines of one article: when it was published, its sentences, whose words they are.

    told: what outlets differ on in these sentences.
    """
    point = points[number]
    items: list[Item] = []
    if point.published is not None:
        items.append(Item(styled(format_time(point.published, now), style=styles.muted)))
    likeness = _likeness(point.text, points[:number])
    for index, (place, text) in enumerate(zip(point.places, point.texts, strict=True)):
        parts = [(span, styles.evidence) for span in _within(place, _numbers(point, place, told))]
        if index == 0 and likeness is not None:
            parts += [(span, CAME) for span in likeness.came]
        target = Passage.of_place(place, passage.label, clean_line(text), passage.places)
        items += [Item(Text())] * (index > 0)
        items.append(Item(emphasised(text, _apart(parts)), target))
    if likeness is not None:
        items.append(Item(styled(clean_line(likeness.words), style=styles.muted)))
    return items


def _within(place: Place, spans: Sequence[Span]) -> list[Span]:
    """Spans of an article as they lie in the joined sentences of one of its places."""
    found, at = [], 0
    for sentence in place.evidence:
        shift = at - sentence.start
        found += [Span(s.start + shift, s.end + shift) for s in spans if sentence.contains(s)]
        at += sentence.end - sentence.start + len(" … ")
    return found


def _apart(parts: list[tuple[Span, Style]]) -> list[tuple[Span, Style]]:
    """Of parts that overlap the numbers, which come first, stay whole."""
    kept: list[tuple[Span, Style]] = []
    for span, style in parts:
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, style))
    return kept
