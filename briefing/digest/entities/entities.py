"""The people and organisations of an article, each once, by its fullest name."""

from briefing.digest.entities.clustering import Group, gather
from briefing.digest.entities.mentions import find_mentions, name_lists
from briefing.digest.entities.nominal_mentions import join_offices
from briefing.digest.entities.salience import Page, features, load_prominence
from briefing.digest.entities.types_by_document import settle_kind, without_places
from briefing.digest.sentences.document import Document
from briefing.model import Entity, EntityKind

MAX_KEY = 6
_SLIGHT = -100.0  # a score below all others


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The named people and organisations of ``document``, the most important first.

    ``kind`` is None where it is not sure; places are left out; ``key`` marks at most ``MAX_KEY``.
    """
    groups = find_groups(document)
    page = Page.of(groups, len(document.sentences), document.title)
    model = load_prominence()
    scored = sorted(
        ((_SLIGHT if g.is_slight else model.score(features(g, page)), g) for g in groups),
        key=lambda pair: (-pair[0], pair[1].mentions[0].start),
    )
    return tuple(
        show_entity(document, group, key=at < MAX_KEY and score >= model.threshold)
        for at, (score, group) in enumerate(scored)
    )


def find_groups(document: Document) -> list[Group]:
    """The names of the article, each with its kind, places left out."""
    lists = name_lists()
    found = find_mentions(document)
    groups = gather(found.mentions, lists)
    singles = {m.words[0] for m in found.mentions if len(m.words) == 1}
    for group in groups:
        group.kind = group.kind or settle_kind(group, singles, found.words, lists)
    groups = without_places(groups, lists)
    join_offices(groups, found.prose, lists)
    return groups


def show_entity(document: Document, group: Group, *, key: bool) -> Entity:
    """The entity of ``group``, its spans in the text of ``document``."""
    mentions = group.mentions
    spans = [mentions[0].span] if len(mentions) == 1 else sorted({m.span for m in mentions})
    longest = next((m for m in mentions if m.words == group.words), mentions[0])
    name = longest.span.of(document.text)
    kind: EntityKind | None = None
    if group.kind == "person":
        kind = "person"
    elif group.kind == "organisation":
        kind = "organisation"
    role_span = group.role.span if group.role else None
    role = role_span.of(document.text) if role_span else None
    return Entity(" ".join(name.split()), kind, tuple(spans), role, role_span, key)
