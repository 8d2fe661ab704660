"""Figures, people and links of many articles merged: each of them once."""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from briefing.model import (
    Disagreement,
    Entity,
    Evidence,
    Figure,
    LinkKind,
    Place,
    Reported,
    Span,
    StoryArticle,
    StoryEntity,
    StoryFigure,
    StoryLink,
)
from briefing.stories.figure_referent import referent_stems
from briefing.stories.newest_state import NewestState
from briefing.stories.outlet_names import is_end_of_outlet
from briefing.stories.parameters import CompareRules
from briefing.text import canonical_url, words

_SAME = 1e-6  # share by which two values may differ that were written in other units
_COMMON_NUMBER = 20  # up to here, two things of one story may well come in one number
_LINK_ORDER: dict[LinkKind, int] = {"see-also": 0, "source-document": 1, "in-article": 2}
_INITIAL_OR_POINT = re.compile(r"[^\w\s'’-]")
_UNITED_STATES = re.compile(r"\bUnited States\b")
_COMPANY_FORMS = frozenset(
    "inc corp corporation co company ltd limited llc plc se ag gmbh nv".split()
)
_POINTING = frozenset(("his", "her", "its", "their", "our", "my"))


_Noun = TypeVar("_Noun")


@dataclass(slots=True)
class _Group(Generic[_Noun]):
    mentions: list[tuple[StoryArticle, _Noun]] = field(default_factory=list)


def merge_figures(
    articles: Sequence[StoryArticle],
    voices: Mapping[str, str],
    disagreements: Sequence[Disagreement],
    state: NewestState,
    rule: CompareRules,
) -> tuple[StoryFigure, ...]:
    """One figure for each value of each counted thing, key ones first, then what most outlets give.

    ``articles``: the lead first; of equals its wording is shown. Key is what a report of the newest
    state gives: a value that was replaced, or that nobody gives any more, is none. Nothing is ever
    averaged.
    """
    groups: list[_Group[Figure]] = []
    # A table gives thousands of figures: each is held against those of its value only.
    by_value: dict[tuple[str, float | None], list[tuple[float, int]]] = defaultdict(list)
    for article in articles:
        for figure in article.digest.figures:
            language = article.article.language
            values = by_value[figure.unit, figure.value_to]
            near = (groups[at] for at in _near(values, figure.value))
            home = next((g for g in near if _same_figure(figure, language, g, rule)), None)
            if home is None:
                home = _Group()
                insort(values, (figure.value, len(groups)))
                groups.append(home)
            home.mentions.append((article, figure))
    merged = [_story_figure(g, voices, disagreements, state, rule) for g in groups]
    return tuple(sorted(merged, key=lambda f: (not f.figure.key, -f.outlets)))


def _near(values: Sequence[tuple[float, int]], value: float) -> list[int]:
    """The places, in order, of what has the value in ``values``, sorted; maybe some beside it."""
    slack = 3 * _SAME * max(1.0, abs(value))
    low = bisect_left(values, (value - slack, 0))
    high = bisect_left(values, (value + slack, 0), low)
    return sorted(at for _, at in values[low:high])


def _same_figure(figure: Figure, language: str, group: _Group[Figure], rule: CompareRules) -> bool:
    article, first = group.mentions[0]
    if (figure.unit, figure.value_to) != (first.unit, first.value_to):
        return False
    if figure.bound != first.bound and {figure.bound, first.bound} - {"", "about"}:
        return False
    if abs(figure.value - first.value) > _SAME * max(1.0, abs(first.value)):
        return False
    stems = referent_stems(figure.counts, language, rule)
    first_stems = referent_stems(first.counts, article.article.language, rule)
    common = stems & first_stems
    if not stems or not first_stems:
        return stems == first_stems
    if common in (stems, first_stems) or 2 * len(common) >= len(stems | first_stems):
        return True
    # "About 1,900 lorries a day use the bridge" and "the 1,900 lorries that crossed": few things
    # of one story come in just the same large number.
    return bool(common) and abs(figure.value) > _COMMON_NUMBER


def _story_figure(
    group: _Group[Figure],
    voices: Mapping[str, str],
    disagreements: Sequence[Disagreement],
    state: NewestState,
    rule: CompareRules,
) -> StoryFigure:
    holding = [(a, f) for a, f in group.mentions if state.holds(a, f)]
    article, first = next(((a, f) for a, f in holding if f.key), (holding or group.mentions)[0])
    key = bool(holding) and any(f.key and not state.is_replaced(a, f) for a, f in group.mentions)
    also = tuple(Place(a.id, f.evidence) for a, f in group.mentions if f is not first)
    places = {(a.id, f.evidence) for a, f in group.mentions}
    differs = any(
        (p.article_id, p.evidence) in places and r.value == first.value
        for d in disagreements
        if d.verdict == "differ"
        for r in d.values
        for p in r.places
    )
    outlets = len({voices[a.id] for a, _ in group.mentions})
    before = None
    if not differs:
        before = _before(
            first, _events(holding or group.mentions, rule), places, disagreements, rule
        )
    shown = first if first.key == key else replace(first, key=key)
    return StoryFigure(shown, article.id, outlets, differs, also, before)


def _events(mentions: Sequence[tuple[StoryArticle, Figure]], rule: CompareRules) -> frozenset[str]:
    """The events that a figure is a toll of, by the words of what it counts."""
    said = (w for _, f in mentions for w in words(f.counts))
    return frozenset(rule.events[w] for w in said if w in rule.events)


def _before(
    figure: Figure,
    events: frozenset[str],
    places: Container[tuple[str, Evidence]],
    disagreements: Sequence[Disagreement],
    rule: CompareRules,
) -> Reported | None:
    """The value whose place a figure took: the last of those that were given before it.

    A toll is known by its event and its number wherever it is given.
    """
    for disagreement in disagreements:
        if disagreement.verdict != "updated" or len(disagreement.values) < 2:
            continue
        *earlier, newest = disagreement.values
        if figure.amount == newest.amount and (
            any((p.article_id, p.evidence) in places for p in newest.places)
            or {rule.events.get(w) for w in words(disagreement.counts)} & events
        ):
            return earlier[-1]
    return None


# ── People and organisations ──


def merge_entities(
    articles: Sequence[StoryArticle], voices: Mapping[str, str]
) -> tuple[StoryEntity, ...]:
    """Each person and organisation once, key ones first, then by outlets and mentions.

    A surname joins the one full name it ends; where two people share it, it stands alone. An outlet
    that names itself ("told the Ledger") is no part of what it tells.
    """
    groups: list[_Group[Entity]] = []
    mentions = [
        (_parts(e.name), a, e)
        for a in articles
        for e in a.digest.entities
        if not is_end_of_outlet(e.name, a.source)
    ]
    names: list[tuple[str, ...]] = []  # the full name of each group, in parts
    with_last: defaultdict[str, list[int]] = defaultdict(list)  # groups by their names' last part
    # Fullest names first, so that a surname finds the name it belongs to.
    for parts, article, entity in sorted(mentions, key=lambda m: -len(m[0])):
        homes = [
            at
            for at in with_last[parts[-1] if parts else ""]
            if _same_name(parts, names[at])
            and _same_kind(entity, parts, groups[at].mentions[0][1], names[at])
        ]
        home = homes[0] if len(homes) == 1 else next((k for k in homes if names[k] == parts), None)
        if home is None:
            home = len(groups)
            groups.append(_Group())
            names.append(parts)
            with_last[parts[-1] if parts else ""].append(home)
        groups[home].mentions.append((article, entity))
    order = {a.id: k for k, a in enumerate(articles)}
    merged = [_story_entity(g, voices, order) for g in groups]
    return tuple(
        sorted(merged, key=lambda e: (not e.entity.key, -e.outlets, -len(e.entity.mentions)))
    )


def _parts(name: str) -> tuple[str, ...]:
    """A name in parts for comparing: without middle initials, points and the form of a company,
    and of "United States" and "U.S." the same."""
    parts = _INITIAL_OR_POINT.sub("", _UNITED_STATES.sub("us", name)).casefold().split()
    while len(parts) > 1 and parts[-1] in _COMPANY_FORMS:
        parts.pop()
    return tuple(parts)


def _same_name(parts: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name, in parts, is the full one or a short form of it: both end alike."""
    if not parts or not full:
        return False
    if parts == full:
        return True
    if len(parts) == 1:
        return parts[0] == full[-1]
    # A middle name may be left out.
    return (parts[0], parts[-1]) == (full[0], full[-1]) and set(parts) <= set(full)


def _same_kind(
    entity: Entity, parts: tuple[str, ...], full: Entity, full_parts: tuple[str, ...]
) -> bool:
    """Whether two of one name may be one: of no two kinds, and no organisation by a short form."""
    if entity.kind and full.kind and entity.kind != full.kind:
        return False
    return parts == full_parts or "organisation" not in (entity.kind, full.kind)


def _story_entity(
    group: _Group[Entity], voices: Mapping[str, str], order: Mapping[str, int]
) -> StoryEntity:
    def worth(pair: tuple[StoryArticle, Entity]) -> tuple[int, int, int, int]:
        article, entity = pair
        size = len(_parts(entity.name))
        told = min(len((entity.role or "").split()), 2)  # "Velm harbour master" before "Gov."
        return (min(size, 2), told, size, -order[article.id])

    group.mentions[:] = [(a, _without_pointing_role(e)) for a, e in group.mentions]
    if len(group.mentions) == 1:
        ((article, shown),) = group.mentions
        return StoryEntity(shown, article.id, 1, ())
    article, shown = max(group.mentions, key=worth)
    key = any(e.key for _, e in group.mentions)
    also = tuple(
        Place(a.id, (_sentence(a, e.mentions[0]),))
        for a, e in group.mentions
        if e is not shown and e.mentions
    )
    outlets = len({voices[a.id] for a, _ in group.mentions})
    return StoryEntity(replace(shown, key=key), article.id, outlets, also)


def _without_pointing_role(entity: Entity) -> Entity:
    """An entity without a role such as "his deputy": whose, stands in a sentence that nobody sees
    beside the name."""
    if entity.role is None or entity.role.partition(" ")[0].lower() not in _POINTING:
        return entity
    return replace(entity, role=None, role_span=None)


def _sentence(article: StoryArticle, span: Span) -> Span:
    """The sentence of ``article`` that a span stands in; the span itself where there is none."""
    return next((s for s in article.digest.sentences if s.contains(span)), span)


# ── Links ──


def pool_links(articles: Sequence[StoryArticle]) -> tuple[StoryLink, ...]:
    """What the articles point to, each address once: see-also first, then source documents."""
    seen: set[str] = set()
    links = []
    for article in articles:
        for link in article.digest.links:
            name = canonical_url(link.url) if link.url else link.title.casefold()
            if name not in seen:
                seen.add(name)
                links.append(StoryLink(link, article.id))
    return tuple(sorted(links, key=lambda s: _LINK_ORDER[s.link.kind]))
